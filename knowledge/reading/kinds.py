"""What a file is, by its content; its name only has to agree."""

import io
import re
import zipfile
from enum import Enum
from pathlib import PurePath

from knowledge.reading.result import Problem, Unreadable

LARGEST = 20 * 1024 * 1024  # bytes; the bot is given no larger files
UNPACKED = 100 * 1024 * 1024  # bytes
RATIO, SMALL = 150, 10 * 1024 * 1024  # times, unless it stays small; long tables reach 30
NESTED = re.compile(r"\.(zip|docx|xlsx|pptx)$", re.IGNORECASE)
DEEPEST = 2  # archives in archives
BLANK = b"\x00\t\n\x0b\x0c\r \xef\xbb\xbf\xff\xfe"
MARKUP = re.compile(
    rb"^[\s\xef\xbb\xbf]*(<!--.*?-->\s*)?<(!doctype html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
MISNAMED = (".doc", ".xls")
"""Other programs write text or web pages under these names."""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Kind(Enum):
    """The kinds that can be read, each by the ending it ought to have."""

    WORD = ".docx"
    SHEET = ".xlsx"
    PDF = ".pdf"
    WEB = ".html"
    JSON = ".jsonl"
    CSV = ".csv"
    MARKDOWN = ".md"
    TEXT = ".txt"


ENDINGS = {
    ".docx": Kind.WORD,
    ".docm": Kind.WORD,
    ".xlsx": Kind.SHEET,
    ".xlsm": Kind.SHEET,
    ".pdf": Kind.PDF,
    ".html": Kind.WEB,
    ".htm": Kind.WEB,
    ".jsonl": Kind.JSON,
    ".csv": Kind.CSV,
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".txt": Kind.TEXT,
    "": Kind.TEXT,
}
PLAIN = (Kind.WEB, Kind.JSON, Kind.CSV, Kind.MARKDOWN, Kind.TEXT)
WPS = (".wps", ".wpt", ".et", ".dps")


def kind_of(content: bytes, name: str) -> Kind:
    """Unreadable where the content is of no kind that can be read, or of another than the name says."""
    if len(content) > LARGEST:
        raise Unreadable(Problem.TOO_LARGE)
    if not content.strip(BLANK):
        raise Unreadable(Problem.EMPTY)
    ending = PurePath(name.strip()).suffix.lower()
    if ending in WPS:
        raise Unreadable(Problem.WPS)
    found = _binary(content) or _plain(content, ending)
    if (
        ending
        and ENDINGS.get(ending) is not found
        and not (found in PLAIN and ENDINGS.get(ending) in PLAIN)
    ):
        raise Unreadable(Problem.WRONG_EXTENSION, found.value)
    return found


def _binary(content: bytes) -> Kind | None:
    """None for what may be text."""
    if b"%PDF-" in content[:1024]:
        return Kind.PDF
    if content.startswith(OLE):
        raise Unreadable(*_compound(content))
    if content.startswith(b"{\\rtf"):
        raise Unreadable(Problem.OLD_WORD)
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(content)
    return None


def _compound(content: bytes) -> tuple[Problem, str]:
    """What Microsoft's programs wrote before 2007, and what they write with a password."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return Problem.ENCRYPTED, ""
    if "Workbook".encode("utf-16-le") in content:
        return Problem.UNKNOWN_KIND, ".xls"
    if "PowerPoint Document".encode("utf-16-le") in content:
        return Problem.UNKNOWN_KIND, ".ppt"
    return Problem.OLD_WORD, ""


def _packed(content: bytes) -> Kind:
    try:
        promised = _promised(content, DEEPEST)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            locked = any(entry.flag_bits & 1 for entry in archive.infolist())
    except Exception as error:  # a damaged archive fails in many ways
        raise Unreadable(Problem.BROKEN) from error
    if promised > min(UNPACKED, max(len(content) * RATIO, SMALL)):
        raise Unreadable(Problem.BOMB)
    if locked:
        raise Unreadable(Problem.ENCRYPTED)
    if any(name.startswith("word/") for name in names):
        return Kind.WORD
    if any(name.startswith("xl/") for name in names):
        return Kind.SHEET
    raise Unreadable(Problem.UNKNOWN_KIND, ".pptx" if "ppt/presentation.xml" in names else ".zip")


def _promised(content: bytes, depth: int) -> int:
    """The bytes that an archive would unpack to, by its directory, with the archives in it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        total = sum(entry.file_size for entry in entries)
        for entry in entries:
            if total > UNPACKED or not depth:
                break
            if NESTED.search(entry.filename) and zipfile.is_zipfile(
                io.BytesIO(archive.read(entry))
            ):
                total += _promised(archive.read(entry), depth - 1)
    return total


def _plain(content: bytes, ending: str) -> Kind:
    if b"\x00" in content and content[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise Unreadable(Problem.BROKEN if ending in ENDINGS else Problem.UNKNOWN_KIND)
    if MARKUP.search(content[:2048]):
        return Kind.WEB
    known = ENDINGS.get(ending)
    if known is None and ending not in MISNAMED:
        raise Unreadable(Problem.UNKNOWN_KIND)
    return known if known in PLAIN else Kind.TEXT
