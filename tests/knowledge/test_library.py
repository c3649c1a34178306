"""The library asked as people ask."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.library import Answer, Library, Suggestions
from knowledge.words import LONGEST, bare

QUORUM = "参会人数不少于三分之二方可召开"
HALF_YEARLY = "定期联系沟通,每半年至少1次"


def said(library: Library, question: str, *previous: str) -> str | list[str] | None:
    """The clause of the answer, the passages suggested, or None."""
    found = library.answer(question, previous=previous)
    if isinstance(found, Suggestions):
        return [item.passage.id for item in found.items]
    return found.clause.text if isinstance(found, Answer) else None


@pytest.mark.parametrize(
    "question",
    [
        "大党委工作会议要多少人到会才能开",
        "大黨委工作會議要多少人到會才能開",
        "大党委工作会义要多少人道会才能开",
        "da dang wei gongzuo huiyi yao duoshao ren daohui",
        "　大党委工作会议，　要多少人到会？？？",
        "各位领导好，请问大党委工作会议要多少人到会方可召开，谢谢",
    ],
)
def test_same_question_in_many_hands_has_one_answer(library: Library, question: str) -> None:
    answer = library.answer(question)

    assert isinstance(answer, Answer)
    assert QUORUM in answer.clause.text


def test_answer_carries_passage_clause_and_certainty(library: Library) -> None:
    answer = library.answer("驻区单位多久跟大党委联系一次")

    assert isinstance(answer, Answer)
    assert answer.passage.id == "faq-6"
    assert HALF_YEARLY in answer.clause.text
    assert answer.passage.text[answer.clause.start : answer.clause.end] == answer.clause.text
    assert 0.4 < answer.score <= 1


@pytest.mark.parametrize(
    "question",
    [
        "今天天气怎么样",
        "党费每个月交多少钱",
        "你好",
        "预备党员多久转正",
        "打印机坏了找谁",
        "大党委的公章去哪刻",
    ],
)
def test_what_the_documents_do_not_say_is_not_answered(library: Library, question: str) -> None:
    assert not isinstance(library.answer(question), Answer)


def test_suggestion_can_be_shown_as_a_button(library: Library) -> None:
    found = library.answer("兼职委员有没有补贴")

    assert isinstance(found, Suggestions)
    assert found.items[0].passage.id == "faq-2"
    assert found.items[0].question.startswith("兼职委员占不占社区职数")


def test_follow_ups_lean_on_the_question_before(library: Library) -> None:
    opening = "大党委书记由谁来当"

    assert str(said(library, "那专职委员有几个呢", opening)).startswith("其中专职委员1-2名")


def test_new_subject_starts_afresh(library: Library) -> None:
    opening = "大党委书记由谁来当"

    assert said(library, "换个问题，街道社区党组织多久开一次民主生活会", opening) == (
        "街道、社区党组织每年应召开一次民主生活会"
    )


def test_where_is_that_written_repeats_the_answer(library: Library) -> None:
    opening = "社区书记和居委会主任能一肩挑吗"

    assert said(library, "这是第几条", opening) == said(library, opening)


@pytest.mark.parametrize(
    "question",
    [
        "",
        " ",
        "😀🎉",
        "？？？",
        "\0" * 50,
        "\u202e\u202d",
        "甲",
        "a",
        "9",
        "<b>&\"'",
        "'; DROP TABLE units;--",
        "第条第项",
    ],
)
def test_nothing_to_answer_is_none(library: Library, question: str) -> None:
    assert library.answer(question, previous=["", "😀"]) is None


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=300), st.lists(st.text(max_size=40), max_size=4))
def test_any_text_is_taken(library: Library, question: str, previous: list[str]) -> None:
    library.answer(question, previous=previous)


@pytest.mark.parametrize(
    "question", ["大党委工作会议" * 600, "a" * 4096, "gongzuohuiyi" * 340, "第七条" * 1400]
)
def test_of_a_long_story_only_the_end_is_read(library: Library, question: str) -> None:
    assert len(bare(question)) <= LONGEST
    library.answer(question, previous=[question, question])


def test_loading_prints_nothing_and_leaves_nothing_behind(tmp_path: Path) -> None:
    code = "from knowledge.library import Library; Library.load().answer('工作会议')"

    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=Path(__file__).parent.parent.parent,
        env=os.environ | {"TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert (done.stdout, done.stderr, list(tmp_path.iterdir())) == ("", "", [])


@pytest.mark.parametrize(
    ("question", "clause"),
    [("兼职委员配几名", "原则上配备7-9名"), ("专职委员配几名", "其中专职委员1-2名")],
)
def test_whoever_asks_for_part_time_seats_is_not_shown_the_full_time_ones(
    library: Library, question: str, clause: str
) -> None:
    found = library.answer(question)

    assert isinstance(found, Answer)
    assert found.clause.text == clause
