"""Reading in the child process: the same result, limits, and nothing inherited."""

import random
import sys

import pytest
from docx.oxml.ns import nsdecls

from knowledge.reading import Problem, Unreadable, read, read_safely
from tests.knowledge.files import REGULATION, docx, pdf, xlsx, zipped


def test_child_reads_ten_thousand_rows_like_its_parent() -> None:
    rows = ([f"問题{number}？", f"答案{number}。"] for number in range(10_000))
    content = xlsx(["问题", "答案"], *rows, ["一半", ""])

    reading = read_safely(content, "表.xlsx")

    assert (reading.text.count("问："), len(reading.repairs)) == (10_000, 10_001)
    assert reading == read(content, "表.xlsx")


@pytest.mark.parametrize(
    ("name", "content"), [("a.pdf", pdf(REGULATION)), ("a.docx", docx(*REGULATION))]
)
def test_child_needs_no_file_to_read(name: str, content: bytes) -> None:
    assert read_safely(content, name).text.splitlines()[2] == "第一条 为了管好楼道，制定本办法。"


def test_child_says_why_a_file_cannot_be_read() -> None:
    with pytest.raises(Unreadable) as caught:
        read_safely("秘密★1年\n甲。".encode(), "a.txt")

    assert caught.value == Unreadable(Problem.MARKED, "秘密")


def test_child_has_only_so_much_time() -> None:
    with pytest.raises(Unreadable) as caught:
        read_safely(b"a", "a.txt", patience=0.001)

    assert caught.value == Unreadable(Problem.TOO_SLOW)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps a process to so much memory")
def test_child_has_only_so_much_memory() -> None:
    body = "<w:p><w:r><w:t>甲。</w:t></w:r></w:p>" * 2_000_000
    content = zipped(
        word__document_xml=f"<w:document {nsdecls('w')}><w:body>{body}</w:body></w:document>".encode(),
        word__noise=random.Random(6).randbytes(800_000),  # noqa: S311 - else it is a bomb
    )

    with pytest.raises(Unreadable) as caught:
        read_safely(content, "a.docx")

    assert caught.value == Unreadable(Problem.TOO_BIG_IN_MEMORY)


def test_memory_of_whoever_starts_the_child_is_not_counted_as_its_own() -> None:
    ballast = b"\1" * (700 << 20)  # more than the child may call nearly all

    with pytest.raises(Unreadable) as caught:
        read_safely(b"PK\x03\x04 broken", "坏.docx")

    assert len(ballast) > 0
    assert caught.value == Unreadable(Problem.BROKEN)
