"""What cannot be read, each with its one reason."""

import io
import json
import random
import zipfile

import pytest
from docx import Document
from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge.reading import Problem, Reading, Unreadable, read
from knowledge.reading.kinds import LARGEST
from tests.knowledge.files import OLE, compound, docx, pdf, saved, scan, xlsx, zipped

RULES = "第一条 不堆物。\n第二条 不吸烟。\n"


def problem(content: bytes, name: str) -> tuple[Problem, str]:
    with pytest.raises(Unreadable) as caught:
        read(content, name)
    return caught.value.problem, caught.value.detail


@pytest.mark.parametrize("name", ["a.txt", "a.docx", "a.pdf", "a.csv"])
def test_empty_file_says_so(name: str) -> None:
    assert problem(b"", name) == (Problem.EMPTY, "")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"\xef\xbb\xbf \r\n", "a.txt"),
        ("　\n<!-- 空 -->".encode(), "a.md"),
        (b"<html><body><script>1</script></body></html>", "a.html"),
        (docx(""), "a.docx"),
        ("问题,答案\n".encode(), "a.csv"),
    ],
)
def test_file_without_words_is_empty(content: bytes, name: str) -> None:
    assert problem(content, name) == (Problem.EMPTY, "")


def test_file_that_is_too_large_is_not_looked_at() -> None:
    assert problem(bytes(LARGEST + 1), "a.docx") == (Problem.TOO_LARGE, "")


@pytest.mark.parametrize(
    ("content", "name", "wanted"),
    [
        (compound("WordDocument"), "a.doc", (Problem.OLD_WORD, "")),
        (compound("WordDocument"), "a.docx", (Problem.OLD_WORD, "")),
        (b"{\\rtf1 hello}", "a.doc", (Problem.OLD_WORD, "")),
        (OLE, "a.wps", (Problem.WPS, "")),
        (docx("甲。"), "a.wps", (Problem.WPS, "")),
        (compound("EncryptedPackage"), "a.docx", (Problem.ENCRYPTED, "")),
        (compound("EncryptedPackage"), "a.xlsx", (Problem.ENCRYPTED, "")),
        (compound("Workbook"), "a.xls", (Problem.UNKNOWN_KIND, ".xls")),
        (pdf(["甲。"], locked=True), "a.pdf", (Problem.ENCRYPTED, "")),
        (scan(), "a.pdf", (Problem.SCANNED, "")),
    ],
)
def test_kinds_that_cannot_be_read_are_named(
    content: bytes, name: str, wanted: tuple[Problem, str]
) -> None:
    assert problem(content, name) == wanted


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (pdf(["甲。"]), "a.docx", ".pdf"),
        (docx("甲。"), "a.doc", ".docx"),
        (docx("甲。"), "a.pdf", ".docx"),
        (xlsx(["甲"]), "a.csv", ".xlsx"),
        (RULES.encode(), "a.docx", ".txt"),
        (b"<html><p>a</p></html>", "a.doc", ".html"),
        (pdf(["甲。"]), "a.dat", ".pdf"),
    ],
)
def test_wrong_extension_names_what_the_file_is(content: bytes, name: str, kind: str) -> None:
    assert problem(content, name) == (Problem.WRONG_EXTENSION, kind)


@pytest.mark.parametrize(
    ("content", "name", "detail"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a.png", ""),
        (b"print(1)", "a.py", ""),
        (zipped(a_txt=b"1"), "a.zip", ".zip"),
        (zipped(ppt__presentation_xml=b"1"), "a.pptx", ".pptx"),
    ],
)
def test_other_kinds_are_unknown(content: bytes, name: str, detail: str) -> None:
    assert problem(content, name) == (Problem.UNKNOWN_KIND, detail)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (docx("甲。")[:-200], "a.docx"),
        (zipped(word__document_xml=b"<a"), "a.docx"),
        (pdf(["甲。"])[:30], "a.pdf"),
        (b"\x01\x00\x02", "a.txt"),
        (b'{"a": ', "a.jsonl"),
    ],
)
def test_damaged_file_is_broken(content: bytes, name: str) -> None:
    assert problem(content, name)[0] is Problem.BROKEN


def test_zip_bombs_are_not_unpacked() -> None:
    inner = zipped(a_xml=bytes(90 * 1024 * 1024))
    sheet = zipped(xl__workbook_xml=b"<a/>", xl__sheet_xml=bytes(30 * 1024 * 1024))

    assert [
        problem(sheet, "a.xlsx"),
        problem(zipped(word__document_xml=b"<a/>", a_zip=inner, b_zip=inner), "a.docx"),
    ] == [(Problem.BOMB, "")] * 2


def test_locked_archive_is_encrypted() -> None:
    content = bytearray(zipped(word__document_xml=b"<a/>"))
    content[content.rindex(b"PK\x01\x02") + 8] |= 1

    assert problem(bytes(content), "a.docx") == (Problem.ENCRYPTED, "")


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (RULES.encode() + "第三条 不喧哗。".encode("gb18030"), "3"),
        ("第一条 不堆物。\n".encode("gb18030") + RULES.encode() * 2, "1"),
        ("社區黨組織應當團結帶領居民群眾，完成各項任務\n".encode("big5"), "1"),
        (RULES.encode("gb18030") + b"\xff\xff", "3"),
        (RULES.encode() + "第三条 \ufffd\ufffd。".encode(), "3"),
        (b"\xff\xfe" + "甲\n乙".encode("utf-16-le") + b"\x00\xd8", "2"),
    ],
)
def test_mixed_encodings_name_the_line(content: bytes, line: str) -> None:
    assert problem(content, "a.txt") == (Problem.MIXED_ENCODING, line)


def test_short_words_of_one_encoding_are_not_mistaken_for_another() -> None:
    assert (
        read("联通。\n移动。\n联通。".encode("gb18030"), "a.txt").text == "联通。\n移动。\n联通。"
    )


def test_table_without_the_columns_says_so() -> None:
    assert [
        problem(xlsx(["姓名", "电话"], ["甲", "1"]), "a.xlsx"),
        problem("姓名,电话\n".encode() * 30, "a.csv"),
        problem(b'{"name": 1}', "a.jsonl"),
    ] == [(Problem.NO_TABLE, ""), (Problem.NO_TABLE, ""), (Problem.NO_TABLE, "1")]


def test_ten_thousand_rows_are_read_and_one_more_is_not() -> None:
    rows = "".join(f"问题{number}？,答案{number}。\n" for number in range(10_000))

    assert read(f"问题,答案\n{rows}".encode(), "a.csv").text.count("问：") == 10_000
    assert problem(f"问题,答案\n{rows}又？,一。".encode(), "a.csv") == (Problem.TOO_MANY_ROWS, "")


def test_text_of_millions_of_characters_is_too_long() -> None:
    assert problem(("甲" * 2000 + "\n").encode() * 1600, "a.txt") == (Problem.TOO_LONG, "")


@pytest.mark.parametrize(
    ("text", "marking"),
    [
        ("内部资料　注意保存\n" + RULES, "内部资料"),
        ("内部资料 注意保管\n" + RULES, "内部资料"),
        ("内 部 文 件\n" + RULES, "内部文件"),
        ("机密★1年\n" + RULES, "机密"),
        ("秘　密\n" + RULES, "秘密"),
        ("密级：绝密\n" + RULES, "绝密"),
        ("# 某办法\n（内部使用，不得外传）\n" + RULES, "内部使用"),
        ("严禁外传\n" + RULES, "严禁外传"),
        (RULES * 9 + "秘密★长期", "秘密"),
        (RULES + "（此件不公开）", "此件不公开"),
    ],
)
def test_marking_stops_the_import(text: str, marking: str) -> None:
    assert problem(text.encode(), "a.md") == (Problem.MARKED, marking)


@pytest.mark.parametrize(
    "text",
    [
        "保守国家秘密办法\n第一条 国家秘密分为绝密、机密、秘密三级。\n第二条 内部资料不得外传。",
        "问：内部资料能带回家吗？\n答：不能，注意保密。\n问：什么是商业秘密？\n答：不为公众所知悉的信息。",
        "密级：公开\n本答复仅供参考\n第一条 甲。\n第二条 秘密投票。",
        "# 内部监督\n对内部监督的要求如下。\n# 保密\n应当保密。",
    ],
)
def test_words_about_secrets_are_no_marking(text: str) -> None:
    assert isinstance(read(text.encode(), "a.md"), Reading)


def test_marking_in_header_footer_or_page_edge_is_found() -> None:
    header, footer = Document(), Document()
    for document in (header, footer):
        document.add_paragraph("第一条 甲。")
    header.sections[0].header.paragraphs[0].text = "内部资料 注意保密"
    footer.sections[0].footer.paragraphs[0].text = "机密"
    above = xlsx(["秘密★2年"], ["问题", "答案"], ["甲？", "乙"])

    assert [
        problem(saved(header), "a.docx"),
        problem(saved(footer), "a.docx"),
        problem(above, "a.xlsx"),
        problem(pdf(["第一条 甲按照规定办理。"] * 20 + ["机密"]), "a.pdf"),
    ] == [
        (Problem.MARKED, "内部资料"),
        (Problem.MARKED, "机密"),
        (Problem.MARKED, "秘密"),
        (Problem.MARKED, "机密"),
    ]


GOOD = {
    ".docx": docx("第一条 甲。", "第二条 乙。"),
    ".xlsx": xlsx(["问题", "答案"], ["甲？", "乙"]),
    ".pdf": pdf(["第一条 甲。", "第二条 乙。"]),
    ".html": b"<html><h1>a</h1><table><tr><td>b</td></tr></table></html>",
    ".txt": RULES.encode(),
    ".csv": "问题,答案\n甲？,乙".encode(),
    ".jsonl": json.dumps({"问": "甲？", "答": "乙"}).encode(),
}


def _is_read_or_refused(content: bytes, name: str) -> bool:
    try:
        return isinstance(read(content, name), Reading)
    except Unreadable:
        return True


@given(st.binary(max_size=300), st.sampled_from([*GOOD, "", ".doc", ".md", ".wps"]))
@example("第一条 甲\n第三条".encode(), ".txt")
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_or_refused(content: bytes, ending: str) -> None:
    assert _is_read_or_refused(content, "a" + ending)


@given(
    st.text(
        alphabet="第一二条章、（）1.#|问答：？。Q \n\t*-《》秘密2024年月日目录…<td/>", max_size=200
    )
)
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_or_refused(text: str) -> None:
    for ending in (".txt", ".md", ".html", ".csv"):
        assert _is_read_or_refused(text.encode(), "a" + ending)


@pytest.mark.parametrize("ending", [".docx", ".xlsx", ".pdf"])
def test_damaged_copies_are_read_or_refused(ending: str) -> None:
    chance = random.Random(6)  # noqa: S311 - the same damage every time
    for _copy in range(40):
        content = bytearray(GOOD[ending])
        for _byte in range(3):
            content[chance.randrange(len(content))] = chance.randrange(256)
        assert _is_read_or_refused(bytes(content), "a" + ending)


def test_entities_in_a_document_are_not_multiplied() -> None:
    lines = [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)]
    bomb = f'<!DOCTYPE a [<!ENTITY a0 "甲">{"".join(lines)}]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&a11;</w:t></w:r></w:p></w:body></w:document>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("_rels/.rels", "")
        archive.writestr("word/document.xml", bomb)

    assert problem(stream.getvalue(), "a.docx")[0] in (Problem.EMPTY, Problem.BROKEN)
