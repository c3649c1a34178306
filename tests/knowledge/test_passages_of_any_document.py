"""The passages of regulations, question lists and other texts that the bot has never seen."""

from datetime import date

from knowledge.passages import Document, Level, Passage
from knowledge.splitting import passages_of

DOCUMENT = Document("d5", "某某市物业办法", None, None, date(2024, 1, 1), None, "现行", "导入")


def split(form: str, *lines: str) -> tuple[Passage, ...]:
    return passages_of(DOCUMENT, form, "\n".join(lines))


def test_articles_stand_under_the_chain_of_their_headings() -> None:
    passages = split(
        "regulation",
        "第一编 总则",
        "第一章 一般规定",
        "第一条 甲。",
        "第二编 物权",
        "第一分编 通则",
        "第一章 登记",
        "第一节 动产",
        "第二条 乙。",
        "附则",
        "第三条 丙。",
    )

    assert [(one.id, one.chapter) for one in passages] == [
        ("d5-1", "第一编 总则 第一章 一般规定"),
        ("d5-2", "第二编 物权 第一分编 通则 第一章 登记 第一节 动产"),
        ("d5-3", "第二编 物权 第一分编 通则 附则"),
    ]


def test_numbers_go_beyond_ninety_nine_and_between_articles() -> None:
    passages = split(
        "regulation",
        "第一百零五条 甲。",
        "第一百二十条 乙。",
        "第一百二十条之一 丙。",
        "第一千二百六十条 丁。",
    )

    assert [(one.id, one.number, one.citation) for one in passages] == [
        ("d5-105", 105, "第一百零五条"),
        ("d5-120", 120, "第一百二十条"),
        ("d5-120-1", 120, "第一百二十条之一"),
        ("d5-1260", 1260, "第一千二百六十条"),
    ]
    assert passages[2].body.text == "丙。"


def test_article_is_cited_as_it_is_printed() -> None:
    assert [one.citation for one in split("regulation", "第1条 甲。", "第一百〇五条 乙。")] == [
        "第1条",
        "第一百〇五条",
    ]


def test_title_and_dates_alone_make_no_notice() -> None:
    passages = split(
        "regulation",
        "某某市物业办法",
        "2024年1月1日 某某市人民政府令第3号公布",
        "（2024年1月1日通过。）",
        "第一条 甲。",
    )

    assert [one.id for one in passages] == ["d5-1"]


def test_words_before_the_articles_are_cited_by_what_they_are() -> None:
    order = split(
        "regulation", "某某市人民政府令", "第3号", "现予公布，自2024年2月1日起施行。", "第一条 甲。"
    )
    notice = split("regulation", "关于印发办法的通知", "现印发给你们。", "第一条 甲。")
    foreword = split("regulation", "我们要守望相助。", "第一条 甲。")

    assert [one[0].citation for one in (order, notice, foreword)] == ["公布令", "通知", "前言"]
    assert order[0].id == "d5-notice"


def test_list_below_a_later_paragraph_is_cited_with_it() -> None:
    (passage,) = split(
        "regulation",
        "第六条 房屋的所有权人为业主。",
        "业主享有下列权利：",
        "（一）接受服务；",
        "（二）提出建议：",
        "1. 书面的；",
        "2．口头的。",
        "前款权利可以委托。",
    )

    assert [passage.cite(part.clause) for part in passage.parts] == [
        "第六条",
        "第六条",
        "第六条第二款第（一）项",
        "第六条第二款第（二）项",
        "第六条第二款第（二）项第1目",
        "第六条第二款第（二）项第2目",
        "第六条",
    ]


def test_annex_is_a_section_and_not_the_end_of_the_last_article() -> None:
    passages = split("regulation", "第一条 甲。", "第二条 乙。", "附件1：收费标准", "每平方米2元。")

    assert [(one.id, one.level, one.citation, one.text) for one in passages[1:]] == [
        ("d5-2", Level.ARTICLE, "第二条", "第二条 乙。"),
        ("d5-s1", Level.SECTION, "“附件1：收费标准”", "附件1：收费标准\n每平方米2元。"),
    ]


def test_second_regulation_in_the_file_is_told_apart() -> None:
    passages = split(
        "regulation",
        "第一条 甲。",
        "第二条 乙。",
        "某某市门禁管理办法",
        "第一章 总则",
        "第一条 丙。",
        "第二条 丁。",
    )

    assert [(one.id, one.citation, one.text) for one in passages[1:]] == [
        ("d5-2", "第二条", "第二条 乙。"),
        ("d5-r2.1", "《某某市门禁管理办法》第一条", "第一条 丙。"),
        ("d5-r2.2", "《某某市门禁管理办法》第二条", "第二条 丁。"),
    ]


def test_number_that_is_printed_twice_loses_no_article() -> None:
    passages = split("regulation", "第一条 甲。", "第二条 乙。", "第二条 丙。", "第三条 丁。")

    assert [one.id for one in passages] == ["d5-1", "d5-2", "d5-2.2", "d5-3"]


def test_table_of_contents_gives_no_passage() -> None:
    passages = split(
        "regulation",
        "某某办法",
        "第一章 总则",
        "第二章 附则",
        "第一章 总则",
        "第一条 甲。",
        "第二章 附则",
        "第二条 乙。",
    )

    assert [(one.id, one.chapter) for one in passages] == [
        ("d5-1", "第一章 总则"),
        ("d5-2", "第二章 附则"),
    ]


def test_words_between_chapter_and_article_are_kept() -> None:
    passages = split("regulation", "第一条 甲。", "第二章 费用", "本章说费用。", "第二条 乙。")

    assert [(one.citation, one.text) for one in passages] == [
        ("第一条", "第一条 甲。"),
        ("“第二章 费用”", "第二章 费用\n本章说费用。"),
        ("第二条", "第二条 乙。"),
    ]


def test_pairs_are_questions_with_the_answer_below() -> None:
    first, second = split(
        "pairs",
        "问：怎么报名？",
        "答：到服务中心。",
        "（一）带身份证；",
        "问：收费吗？",
        "答：不收费。",
    )

    assert (first.id, first.level, first.text) == (
        "d5-1",
        Level.QUESTION,
        "怎么报名？\n到服务中心。\n（一）带身份证；",
    )
    assert (second.citation, second.heading, second.body.text) == ("第2问", "收费吗？", "不收费。")
    assert first.cite(first.clause("带身份证")) == "第1问第（一）项"


def test_sections_stand_under_their_headings() -> None:
    passages = split(
        "text",
        "先说几句。",
        "# 一、低保",
        "## （一）申请条件",
        "收入低。",
        "财产少。",
        "## 办理流程",
        "先申请。",
    )

    assert [(one.id, one.chapter, one.citation, one.text) for one in passages] == [
        ("d5-1", "", "“某某市物业办法”", "某某市物业办法\n先说几句。"),
        ("d5-2", "一、低保", "“申请条件”", "（一）申请条件\n收入低。\n财产少。"),
        ("d5-3", "一、低保", "“办理流程”", "办理流程\n先申请。"),
    ]
    assert passages[1].body.text == "收入低。\n财产少。"


def test_long_section_is_split_between_paragraphs() -> None:
    paragraphs = [letter * 240 for letter in "甲乙丙"]

    assert [(one.citation, one.body.text) for one in split("text", "# 费用", *paragraphs)] == [
        ("“费用”（一）", "\n".join(paragraphs[:2])),
        ("“费用”（二）", paragraphs[2]),
    ]


def test_heading_without_words_gives_no_passage() -> None:
    assert split("text", "# 目录", "# 附则") == ()
