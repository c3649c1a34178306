"""Files of each format give the same canonical text."""

import json

import pytest
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

from knowledge.cleaning import Flaw, Repair
from knowledge.reading import Reading, read
from tests.knowledge.files import REGULATION, docx, pdf, saved, xlsx

CANONICAL = """某某市楼道管理办法
第一章 总则
第一条 为了管好楼道，制定本办法。
第二条 楼道不得堆放杂物。"""
MARKDOWN = """---
layout: page
---
# 某某市楼道管理办法
<!-- 2024 -->
## 第一章 总 则

**第一条** 为了管好[楼道](http://a.cn)，制定本办法。

第二条 楼道不得堆放杂物。
"""
PAGE = """<!DOCTYPE html><html><head><title>政府网</title><script>var 甲;</script></head><body>
<div class="top-nav"><div>首页</div><div>公开</div></div><h1>某某市楼道管理办法</h1>
<h2>第一章　总则</h2><p>第一条&nbsp;为了管好楼道，<b>制定</b>本办法。</p>
<p>第二条　楼道不得堆放杂物。</p><footer>版权所有</footer></body></html>"""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", "\n".join(REGULATION).encode()),
        ("a", "\n".join(REGULATION).encode("utf-8-sig")),
        ("a.txt", "\r\n".join(REGULATION).encode("gb18030")),
        ("a.txt", "\r\n".join(REGULATION).encode("utf-16")),
        ("a.md", MARKDOWN.encode()),
        ("a.html", PAGE.encode("gb18030")),
        ("a.htm", PAGE.encode()),
        ("A.DOCX", docx(*REGULATION)),
        ("a.pdf", pdf(REGULATION)),
        ("a.pdf", pdf(REGULATION, indent=False)),
    ],
)
def test_regulation_reads_the_same_from_every_format(name: str, content: bytes) -> None:
    reading = read(content, name)

    assert (reading.form, reading.text, reading.card.title) == (
        "regulation",
        CANONICAL,
        "某某市楼道管理办法",
    )


def test_lines_of_a_printed_paragraph_are_put_together_across_pages() -> None:
    long = "居民应当共同爱护楼道里的照明、消防、门禁等设施，发现损坏的及时告诉物业服务企业或者居民委员会来修理"
    head = "某某街道办事处文件汇编"
    content = pdf(
        [head, "楼道公约", long + "，", "并且保持清洁。"],
        [head, "不乱贴广告。"],
        [head, "不大声喧哗。"],
    )

    assert read(content, "公约.pdf").text == "\n".join(
        [long + "，", "并且保持清洁。", "不乱贴广告。", "不大声喧哗。"]
    )


def test_text_that_was_broken_at_a_width_is_put_together() -> None:
    words = "楼道是大家共同使用的地方，任何人不得占用楼道堆放杂物、停放电动自行车或者给电动自行车充电，也不得把楼道圈起来归自己使用；违反的，由居民委员会劝阻，劝阻不听的报告街道办事处依法处理，造成损失的应当赔偿，情节严重的还要公示三十天以上并记录。"
    lines = [words[at : at + 20] for at in range(0, len(words), 20)]

    assert (
        read("\n".join([*lines, "", "谢谢配合。"]).encode(), "告示.txt").text
        == f"{words}\n谢谢配合。"
    )


def test_word_headings_tables_and_their_order_are_kept() -> None:
    document = Document()
    document.add_heading("办事指南", 0)
    document.add_heading("申请条件", 1)
    document.add_paragraph("收入低于标准。")
    table = document.add_table(2, 2)
    for cell, words in zip(table._cells, ("材料", "份数", "身份证", "1份"), strict=True):
        cell.text = words
    document.add_heading("办理时间", 1)
    document.add_paragraph("工作日。")
    section = document.sections[0]
    section.header.paragraphs[0].text = "某某街道"

    assert read(saved(document), "a.docx") == Reading(
        "text",
        "# 办事指南\n# 申请条件\n收入低于标准。\n材料　份数\n身份证　1份\n# 办理时间\n工作日。",
        read(saved(document), "a.docx").card,
        (),
    )


def test_word_deletions_go_insertions_and_text_boxes_stay() -> None:
    document = Document()
    paragraph = document.add_paragraph("楼道")
    for kind, text in (
        ("del", '<w:delText xml:space="preserve">可以</w:delText>'),
        ("ins", "<w:t>不得</w:t>"),
    ):
        paragraph._p.append(
            parse_xml(
                f'<w:{kind} {nsdecls("w")} w:id="1" w:author="a"><w:r>{text}</w:r></w:{kind}>'
            )
        )
    paragraph.add_run("堆物。")
    paragraph.add_run("批注").font.hidden = True
    box = f"<w:r {nsdecls('w')}><w:pict><w:txbxContent><w:p><w:r><w:t>联系电话：12345。</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    paragraph._p.append(parse_xml(box))

    assert read(saved(document), "a.docx").text == "楼道不得堆物。\n联系电话：12345。"


def test_word_numbers_that_are_not_in_the_text_are_counted() -> None:
    document = Document()
    numbering = document.part.numbering_part.element
    level = '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="{}"/></w:lvl>'
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">'
            + level.format(0, "第%1条")
            + level.format(1, "（%2）")
            + "</w:abstractNum>"
        ),
    )
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>')
    )
    style = document.styles.add_style("条文", WD_STYLE_TYPE.PARAGRAPH)
    style.element.get_or_add_pPr().append(_listed(0))
    document.add_paragraph("为了管好楼道：", "条文")
    for words in ("不堆物；", "不吸烟。"):
        document.add_paragraph(words)._p.get_or_add_pPr().append(_listed(1))
    document.add_paragraph("请遵守。", "条文")

    assert read(saved(document), "a.docx").text == (
        "第一条 为了管好楼道：\n（一）不堆物；\n（二）不吸烟。\n第二条 请遵守。"
    )


def _listed(level: int) -> BaseOxmlElement:
    return parse_xml(
        f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>'
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "表.xlsx",
            xlsx(
                ["社区常见问题"],
                ["序号", "问题（必填）", "答案"],
                [1, "收费吗？", "不收费。"],
                [],
                [2, "几点开门？", 9],
            ),
        ),
        ("表.csv", "﻿编号,问题,答案\n1,收费吗？,不收费。\n\n2,几点开门？,9\n".encode()),
        (
            "表.csv",
            "question;answer;x\r\n收费吗？;不收费。;\r\n几点开门？;9;\r\n".encode("gb18030"),
        ),
        (
            "表.jsonl",
            "\n".join(
                json.dumps(one)
                for one in (
                    {"问": "收费吗？", "答": "不收费。"},
                    {"Question": "几点开门？", "Answer": 9},
                )
            ).encode(),
        ),
    ],
)
def test_question_tables_give_pairs(name: str, content: bytes) -> None:
    reading = read(content, name)

    assert (reading.form, reading.text, reading.card.title, reading.repairs) == (
        "pairs",
        "问：收费吗？\n答：不收费。\n问：几点开门？\n答：9",
        "表",
        (),
    )


def test_rows_with_half_a_pair_are_reported_and_lines_in_cells_kept() -> None:
    content = xlsx(
        ["标准问题", "答案"],
        ["收费吗？", "不收费。\n问：是吗？"],
        ["谁负责？", None],
        [None, "无主的答案"],
    )

    assert read(content, "a.xlsx") == Reading(
        "pairs",
        "问：收费吗？\n答：不收费。\n问:是吗？",
        read(content, "a.xlsx").card,
        (
            Repair(Flaw.HALF_ROW, 3, "谁负责？", ""),
            Repair(Flaw.HALF_ROW, 4, "无主的答案", ""),
        ),
    )


@pytest.mark.parametrize(
    "text",
    [
        "便民问答\n问：收费吗？\n答：不收费。\n问：几点开门？\n答：九点。\n周末休息。",
        "1. Q: 收费吗？\nA: 不收费。\n2. Q: 几点开门？\nA: 九点。\n周末休息。",
        "一、收费吗？\n不收费。\n二、几点开门？\n九点。\n周末休息。",
        "1.收费吗？\n答：不收费。\n2.几点开门？\n答：九点。\n周末休息。",
        "# 便民问答\n## 收费吗？\n不收费。\n## 几点开门？\n九点。\n周末休息。",
        "01\n收费吗？\n不收费。\n02\n几点开门？\n九点。\n周末休息。",
    ],
)
def test_questions_are_recognised_however_they_are_set(text: str) -> None:
    reading = read(text.encode(), "a.md")

    assert (reading.form, reading.text) == (
        "pairs",
        "问：收费吗？\n答：不收费。\n问：几点开门？\n答：九点。\n周末休息。",
    )


def test_short_numbered_lines_head_what_follows_and_lists_do_not() -> None:
    text = "办事指南\n一、申请条件\n收入低于标准。\n二、申请材料\n1.身份证\n2.户口本\n三、办理流程\n（一）申请\n到窗口。\n（二）审核\n等通知。"

    assert read(text.encode(), "a.txt").text == (
        "办事指南\n# 一、申请条件\n收入低于标准。\n# 二、申请材料\n1.身份证\n2.户口本\n# 三、办理流程\n"
        "## （一）申请\n到窗口。\n## （二）审核\n等通知。"
    )


def test_mentions_of_articles_begin_none() -> None:
    text = "第一条 甲按\n第三条规定办理。\n第二条 乙。\n第三条 丙。"

    assert (
        read(text.encode(), "a.txt").text
        == "第一条 甲按\n第三条规定办理。\n第二条 乙。\n第三条 丙。"
    )


def test_article_on_a_line_of_its_own_gets_its_words() -> None:
    text = "目　录\n第一章　总则……1\n第一章　总　则\n第一条\n为了管好楼道。\n第二条【范围】适用于楼道。"

    assert read(text.encode(), "a.txt").text == (
        "第一章 总则\n第一条 为了管好楼道。\n第二条 【范围】适用于楼道。"
    )


def test_repairs_are_logged_with_their_lines() -> None:
    reading = read("第一条 社區(qū)\n第二条 依据《\n楼道公约》。\n第三条 甲".encode(), "a.txt")

    assert reading.text == "第一条 社区\n第二条 依据《楼道公约》。\n第三条 甲"
    assert [(one.flaw, one.line) for one in reading.repairs] == [
        (Flaw.PINYIN, 1),
        (Flaw.SCRIPT, 1),
        (Flaw.BROKEN_LINE, 3),
    ]
