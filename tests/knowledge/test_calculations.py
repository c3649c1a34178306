"""The asker's own numbers: read from how people write, and what 第四条 makes of a membership."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.calculations import (
    Consent,
    Form,
    Membership,
    Numbers,
    Seats,
    Turnout,
    forms,
    is_complete,
    read,
)


@pytest.mark.parametrize(
    ("members", "possible"),
    [
        (0, ()),
        (2, ()),
        (3, (Form.BRANCH,)),
        (49, (Form.BRANCH,)),
        (50, (Form.BRANCH, Form.GENERAL_BRANCH)),
        (51, (Form.GENERAL_BRANCH,)),
        (100, (Form.GENERAL_BRANCH,)),
        (101, (Form.COMMITTEE,)),
    ],
)
def test_bounds_of_article_four(members: int, possible: tuple[Form, ...]) -> None:
    assert forms(members) == possible


@given(st.integers(3, 99_999))
def test_every_membership_from_three_on_has_a_form_and_only_fifty_has_two(members: int) -> None:
    assert len(forms(members)) == (2 if members == 50 else 1)


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("本社区有党员６３名，应当设立什么组织", Membership(63)),
        ("一共八十六个党员，建支部还是建总支", Membership(86)),
        ("党员一百零五人，可以成立党委吗", Membership(105)),
        ("原有党员45名，新转来7名，设什么组织好", Membership(52)),
        ("两个支部31人和26人合并，党员这么多设什么", Membership(57)),
        ("103名党员调走了4个，还能设党委吗", Membership(99)),
        ("咱班子10个人，到会6人，工作会议能召开吗", Turnout(10, 6)),
        ("应到十二人，实到八人，会议能开吗", Turnout(12, 8)),
        ("13个人请假4个，能开会不", Turnout(13, 9)),
        ("到会7人，能开会吗", Turnout(None, 7)),
        ("班子11人，来了7个委员和2个列席，工作会议开得成吗", Turnout(11, 7)),
        ("来了8个，其中2个列席，班子9人，能开会吗", Turnout(9, 6)),
        ("联席会议10人参会，5人同意，能通过吗", Consent(10, 5)),
        ("6个人参会，4个赞成，能形成决议吗", Consent(6, 4)),
        ("同意4票，反对3票，弃权1票，算通过吗", Consent(8, 4)),
        ("3个人同意，能形成决议吗", Consent(None, 3)),
        ("联席会议9人参会，5人同意、4人不同意，能通过吗", Consent(9, 5)),
        ("联席会议8人参会，能通过吗", None),
        ("在册9人的班子，到会6人，工作会议能开吗", Turnout(9, 6)),
        ("专职和兼职委员一共11人，合适吗", None),
        ("专职1名、兼职9名，这样配行吗", Seats(1, 9)),
    ],
)
def test_numbers_are_read(question: str, numbers: Numbers) -> None:
    assert read(question) == numbers


@pytest.mark.parametrize(
    "question",
    [
        "",
        "党员接近100名能设党委吗",
        "近百名党员设什么",
        "大概八十来名党员该设什么",
        "党员超过100名的设立什么",
        "3名以上50名以下设什么组织",
        "第四条规定党员设什么组织",
        "工作会议来了7个人，4个同意算通过吗",
        "大党委委员原则上9-11名，专职几名",
        "2026年开会有什么要求",
        "党员28人和35人，设什么组织",
    ],
)
def test_what_is_no_number_of_the_askers_is_not_computed_with(question: str) -> None:
    assert read(question) is None


def test_number_alone_goes_on_with_the_membership_asked_about_before() -> None:
    before = ["我们有120名党员，设什么组织"]

    assert read("要是只有98个呢", previous=before) == Membership(98)
    assert read("要是只有98个呢") is None
    assert read("那近百名呢", previous=before) is None


def test_half_a_question_is_to_be_asked_back() -> None:
    assert [is_complete(numbers) for numbers in (Turnout(None, 5), Consent(None, 5))] == [False] * 2
    whole: list[Numbers] = [Turnout(9, 5), Consent(9, 5), Membership(3), Seats(1, 8)]
    assert all(is_complete(numbers) for numbers in whole)


@given(st.text(max_size=200))
def test_any_text_is_read_without_fail(question: str) -> None:
    read(question, previous=["我们有120名党员，设什么组织"])
