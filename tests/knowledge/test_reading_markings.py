"""A marking stops a file wherever offices put it: beside the text, behind it, on another sheet, in its name."""

import io

import pytest
from docx import Document
from docx.oxml import parse_xml
from openpyxl import Workbook

from knowledge.reading import Problem, Reading, Unreadable, read
from tests.knowledge.files import docx, saved

RULES = "第一条 不堆物。\n第二条 不吸烟。\n"
WATERMARK = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape>'
    '<v:textpath string="机密"/></v:shape></w:pict></w:r>'
)


def marking(content: bytes, name: str) -> str:
    with pytest.raises(Unreadable) as caught:
        read(content, name)
    assert caught.value.problem is Problem.MARKED
    return caught.value.detail


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("★内部★", "内部"),
        ("秘密（一年）", "秘密"),
        ("机密（3年）", "机密"),
        ("绝密 长期", "绝密"),
        ("保密期限：3年 密级：机密", "机密"),
        ("仅限内部传阅", "仅限内部传阅"),
        ("限内部使用", "限内部使用"),
        ("机密文件 严禁外传", "机密文件"),
        ("内部资料（注意保存）", "内部资料"),
        ("内部资料·注意保密", "内部资料"),
        ("本件为内部资料", "内部资料"),
        ("内部参阅", "内部参阅"),
        ("内参", "内参"),
    ],
)
def test_marking_has_many_forms(line: str, level: str) -> None:
    assert marking(f"{line}\n{RULES}".encode(), "a.txt") == level


def test_front_matter_of_markdown_is_looked_at() -> None:
    assert marking(f"---\ntitle: 办法\n密级: 机密\n---\n{RULES}".encode(), "a.md") == "机密"


def test_watermark_and_traditional_footer_of_word_are_looked_at() -> None:
    watermark, footer = Document(), Document()
    for document in (watermark, footer):
        document.add_paragraph("第一条 甲。")
    watermark.sections[0].header.paragraphs[0]._p.append(parse_xml(WATERMARK))
    footer.sections[0].footer.paragraphs[0].text = "機密"

    assert [marking(saved(one), "a.docx") for one in (watermark, footer)] == ["机密", "机密"]


def test_cover_header_and_name_of_a_sheet_are_looked_at() -> None:
    cover, header, name = Workbook(), Workbook(), Workbook()
    cover.worksheets[0].append(["秘密★1年"])
    cover.create_sheet()
    header.worksheets[0].oddHeader.center.text = "内部资料 注意保存"  # type: ignore[union-attr]
    name.worksheets[0].title = "机密"
    found = []
    for book in (cover, header, name):
        for row in (["问题", "答案"], ["甲？", "乙"]):
            book.worksheets[-1].append(row)
        stream = io.BytesIO()
        book.save(stream)
        found.append(marking(stream.getvalue(), "a.xlsx"))

    assert found == ["秘密", "内部资料", "机密"]


def test_line_under_a_table_is_looked_at() -> None:
    assert marking("问题,答案\n甲？,乙\n内部资料 注意保存,\n".encode(), "a.csv") == "内部资料"


@pytest.mark.parametrize("name", ["【机密】办法.docx", "办法（内部资料）.docx", "内部文件.docx"])
def test_name_of_a_file_is_looked_at(name: str) -> None:
    assert marking(docx("第一条 甲。"), name) in ("机密", "内部资料", "内部文件")


@pytest.mark.parametrize("name", ["小区内部道路管理办法.txt", "保守秘密的规定（试行）.txt"])
def test_words_of_a_name_are_no_marking(name: str) -> None:
    assert isinstance(read(RULES.encode(), name), Reading)
