"""Zip archives: the same bytes for the same facts, and names that every system can unpack."""

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import date

LONGEST = 60  # characters: 180 bytes, and room for the ending
SPACES = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|]')
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def clean(words: str) -> str:
    """On one line, without what nobody sees: control characters, marks of direction."""
    return UNSEEN.sub("", SPACES.sub(" ", words)).strip()


def name(stem: str, ending: str) -> str:
    """A file or folder name that cannot leave its folder, on Windows too."""
    words = NOT_IN_NAMES.sub("_", clean(stem)).strip(". ")[:LONGEST].rstrip(". ")
    return f"{words or '_'}{ending}"


def pack(files: Iterable[tuple[str, bytes]], on: date) -> bytes:
    """A zip of the files in the given order, all of them dated that day."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path, content in files:
            info = zipfile.ZipInfo(path, (on.year, on.month, on.day, 0, 0, 0))
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
    return stream.getvalue()


def dated(document: bytes, on: date) -> bytes:
    """An xlsx or docx as if it had been written that day: no trace of the clock is left in it."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    stamp = f"{on.isoformat()}T00:00:00Z".encode()
    return pack(
        (
            (path, MODIFIED.sub(rb"\g<1>" + stamp, part) if path == "docProps/core.xml" else part)
            for path, part in parts
        ),
        on,
    )
