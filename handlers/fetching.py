"""What a job needs from the messenger before it can go on."""

from dataclasses import dataclass

LARGEST = 2 * 1024 * 1024  # bytes of a file that is fetched


@dataclass(frozen=True)
class File:
    """The content of a file somebody sent, as bytes. FileTooLarge, FileGone."""

    file_id: str


@dataclass(frozen=True)
class Administrators:
    """Who administers a group, by account; nobody if the assistant is not in it."""

    chat_id: int


Wanted = File | Administrators
Fetched = bytes | frozenset[int]
