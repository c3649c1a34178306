"""The passages of the two documents, and how they are cited."""

import json
from datetime import date
from pathlib import Path

import pytest

from knowledge.library import Library
from knowledge.numerals import chinese, number
from knowledge.passages import Document, Level

DATA = Path(__file__).parent.parent / "data"


def test_passages_are_those_a_reader_finds(library: Library) -> None:
    wanted = json.loads((DATA / "passages.json").read_text(encoding="utf-8"))

    assert [(one.id, one.chapter, one.text) for one in library.passages] == [
        (row["id"], row["chapter"], row["text"]) for row in wanted
    ]


def test_cards_say_what_the_documents_state_and_nothing_else(library: Library) -> None:
    regulation, answers = library.documents

    assert regulation == Document(
        key="reg",
        title="重庆市街道社区党组织工作规定",
        number="渝委发〔2006〕25号",
        issuer="中共重庆市委",
        date=date(2006, 7, 25),
        region="重庆市",
        status="是否现行有效待核实",
        origin="通知及规定全文文本",
        repairs=regulation.repairs,
    )
    assert answers == Document(
        key="faq",
        title="社区“大党委”问答",
        number=None,
        issuer=None,
        date=None,
        region=None,
        status="参考材料，非规范性文件",
        origin="网络转载稿",
        repairs=answers.repairs,
    )


@pytest.mark.parametrize(
    ("passage_id", "words", "citation"),
    [
        ("reg-notice", "2006年7月25日", "通知"),
        ("reg-4", "设立党支部", "第四条"),
        ("reg-7", "负责干部的教育、培养、选拔", "第七条第（六）项"),
        ("reg-31", "党建工作联系点", "第三十一条"),
        ("faq-6", "每半年至少1次", "第6问“双向沟通机制”"),
        ("faq-7", "半数以上同意", "第7问"),
    ],
)
def test_clause_is_cited_down_to_its_item(
    library: Library, passage_id: str, words: str, citation: str
) -> None:
    passage = library.passage(passage_id)

    assert passage is not None
    assert passage.cite(passage.clause(words)) == citation


def test_article_is_cited_without_a_clause(library: Library) -> None:
    assert [one.citation for one in library.passages[:3]] == ["通知", "第一条", "第二条"]


def test_unknown_passage_is_none(library: Library) -> None:
    assert library.passage("reg-32") is None


def test_items_and_paragraphs_are_told_apart(library: Library) -> None:
    duties, meetings = library.passage("reg-7"), library.passage("faq-7")

    assert duties
    assert [(part.level, part.number) for part in duties.parts] == [
        (Level.PARAGRAPH, 1),
        *((Level.ITEM, number) for number in range(1, 7)),
    ]
    assert meetings
    assert [(part.level, part.number) for part in meetings.parts] == [
        (Level.PARAGRAPH, 1),
        (Level.PARAGRAPH, 2),
    ]


def test_body_is_the_passage_without_its_number_or_question(library: Library) -> None:
    article, question = library.passage("reg-3"), library.passage("faq-5")

    assert article
    assert article.body.text.startswith("街道设立党的工作委员会")
    assert question
    assert question.heading == "社区“大党委”到底要干啥?"
    assert question.body.text.startswith("宣传贯彻党的路线方针")


def test_every_part_and_fact_is_a_span_of_its_passage(library: Library) -> None:
    spans = [(passage, part.clause) for passage in library.passages for part in passage.parts]
    spans += [(fact.passage, fact.clause) for fact in library.facts]

    assert [one for passage, one in spans if passage.text[one.start : one.end] != one.text] == []


def test_chinese_numerals_go_both_ways() -> None:
    assert [number(chinese(value)) for value in range(1, 100)] == list(range(1, 100))
    assert [number(text) for text in ("１２", "二〇", "一百二十", "两", "几", "")] == [
        12,
        20,
        120,
        2,
        None,
        None,
    ]
