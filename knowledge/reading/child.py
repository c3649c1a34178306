"""Reads one file in a process of its own that may do nothing else: whoever made the file is not trusted."""

import contextlib
import io
import json
import sys
import zipfile

from openpyxl import Workbook

from knowledge.reading.reader import read
from knowledge.reading.result import Problem, Reading, Unreadable, packed

LIMITS = {
    "RLIMIT_CPU": 60,  # seconds
    "RLIMIT_AS": 1024 * 1024 * 1024,
    "RLIMIT_FSIZE": 0,  # no byte into any file
    "RLIMIT_NOFILE": 3,  # nothing is opened besides the three pipes
    "RLIMIT_NPROC": 0,
    "RLIMIT_CORE": 0,
}
NEARLY = 0.6  # of the memory: with so much in use the next piece may have been refused
WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p/></w:body></w:document>'
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>>>>>/Contents 4 0 R>>endobj 4 0 obj<</Length 55>>stream\nBT /F 1 Tf (Neighbours, a committee.) Tj ET\nendstream endobj trailer<</Root 1 0 R>>"


def confine() -> None:
    """From here on no file, no process, little time and memory; as far as the system can.

    As in handlers/files/filling.py, which is started by its path and can import nothing of ours.
    """
    try:
        import resource
    except ImportError:  # Windows; the starter's patience still ends
        return
    for name, limit in LIMITS.items():
        with contextlib.suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, name), (limit, limit))


def rehearse() -> None:
    """Python loads parts of itself only when they are used: all are used once while files open."""
    word, book = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(word, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", "")
        archive.writestr("word/document.xml", WORD)
    sheet = Workbook()
    sheet.active.append(["问题", "答案"])  # type: ignore[union-attr]
    sheet.save(book)
    text = "問：甲？\n答：乙。"
    for content, name in (
        (word.getvalue(), "a.docx"),
        (book.getvalue(), "a.xlsx"),
        (PDF, "a.pdf"),
        (b"<html><p>&amp;</p>", "a.html"),
        (text.encode("utf-16"), "a.txt"),
        (text.encode("gb18030"), "a.md"),
        ("问题,答案\n甲,乙".encode(), "a.csv"),
        (b"{}", "a.jsonl"),
    ):
        outcome(content, name)


def outcome(content: bytes, name: str, *, before: int = 0) -> Reading | Unreadable:
    """`before` is the most memory that was in use until now, in bytes."""
    try:
        return read(content, name)
    except Unreadable as unreadable:
        short = max(before, NEARLY * LIMITS["RLIMIT_AS"])
        if unreadable.problem is Problem.BROKEN and _most_in_use() > short:
            # the readers of XML call a file broken when they cannot get the memory for it
            return Unreadable(Problem.TOO_BIG_IN_MEMORY)
        return unreadable


def _most_in_use() -> int:
    """Bytes. Linux begins with what the process that started this one had in use; 0 where nobody counts."""
    try:
        import resource
    except ImportError:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def main() -> None:
    """The name (JSON) in the first line, then the file; the outcome goes out as JSON."""
    rehearse()
    confine()
    before = _most_in_use()
    name = json.loads(sys.stdin.buffer.readline())
    try:
        said = packed(outcome(sys.stdin.buffer.read(), name, before=before))
    except MemoryError:
        said = packed(Unreadable(Problem.TOO_BIG_IN_MEMORY))
    sys.stdout.buffer.write(said)
