"""Asking for an article by its number."""

import pytest

from knowledge.library import Answer, Library, Suggestions


@pytest.mark.parametrize(
    ("question", "citation", "start"),
    [
        ("第4条", "第四条", "社区设立党的基层组织"),
        ("第四条原文是什么", "第四条", "社区设立党的基层组织"),
        ("第七条第（六）项", "第七条第（六）项", "(六)按照干部管理权限"),
        ("规定第7条第6项写了啥", "第七条第（六）项", "(六)按照干部管理权限"),
        ("第八条（二）写的是什么", "第八条第（二）项", "(二)讨论决定本社区"),
        ("问答6", "第6问", "决策议事机制"),
        ("问答第7问", "第7问", "社区“大党委”工作会议"),
        ("问答第三条", "第3问", "第一书记和社区党委成员"),
        ("双向沟通机制", "第6问“双向沟通机制”", "双向沟通机制:"),
        ("请问第二十二条的内容", "第二十二条", "加强街道、社区党组织领导班子"),
    ],
)
def test_named_article_is_answered_with_its_text(
    library: Library, question: str, citation: str, start: str
) -> None:
    answer = library.answer(question)

    assert isinstance(answer, Answer)
    assert answer.passage.cite(answer.clause) in {citation, answer.passage.citation}
    assert answer.clause.text.startswith(start)


def test_chapter_is_answered_with_its_articles(library: Library) -> None:
    listed = library.answer("第二章有哪些条")

    assert isinstance(listed, Suggestions)
    assert [item.question for item in listed.items] == ["第三条", "第四条", "第五条", "第六条"]


def test_question_about_a_named_article_is_answered_from_it(library: Library) -> None:
    answer = library.answer("第二十二条里说民主生活会几年开一次")

    assert isinstance(answer, Answer)
    assert answer.clause.text == "街道、社区党组织每年应召开一次民主生活会"


def test_article_that_there_is_not_is_none(library: Library) -> None:
    assert library.answer("第九十九条") is None
