"""What a job needs from the messenger before it can go on."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024
LARGEST = 2 * MEGABYTE  # bytes of a file that is fetched, if nothing else is said


@dataclass(frozen=True)
class File:
    """The content of a file somebody sent, as bytes. FileTooLarge, FileGone."""

    file_id: str
    largest: int = LARGEST


@dataclass(frozen=True)
class Administrators:
    """Who administers a group, by account; nobody if the assistant is not in it."""

    chat_id: int


Wanted = File | Administrators
Fetched = bytes | frozenset[int]
