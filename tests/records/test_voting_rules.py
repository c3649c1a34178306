"""Who may meet and whether a vote carries: the tables of 第7问, and what holds for any numbers."""

from dataclasses import replace
from datetime import datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records import rules
from records.calendar import CHINA, Month
from records.model import (
    Manner,
    Meeting,
    MeetingKind,
    MeetingState,
    PassMark,
    QuorumBase,
    Roll,
    Settings,
    Vote,
)
from records.rules import Majority

AT = datetime(2026, 11, 25, 15, 0, tzinfo=CHINA)
OTHERS = (MeetingKind.JOINT, MeetingKind.MUTUAL_APPRAISAL, MeetingKind.OTHER)
ORDER = (Majority.NOT_REACHED, Majority.EXACTLY_HALF, Majority.REACHED)


@st.composite
def rolls(draw: st.DrawFn, kind: MeetingKind = MeetingKind.WORKING) -> Roll:
    """Numbers that can be: nobody is counted twice."""
    expected = draw(st.integers(0, 400))
    present = draw(st.integers(0, expected))
    return Roll(
        meeting(kind),
        expected=expected,
        present=present,
        excused=draw(st.integers(0, expected - present)),
        non_voting=draw(st.integers(0, 400)),
        online=draw(st.integers(0, present)),
        left=draw(st.integers(0, present)),
        settings=Settings(
            quorum_base=draw(st.sampled_from(QuorumBase)), online_counts=draw(st.booleans())
        ),
    )


def test_attendance_table_is_complete() -> None:
    """Strictly more than half of 4 … 11 present, and half or more (product of 第7问)."""
    strict = [least(present, {Majority.REACHED}) for present in range(4, 12)]
    loose = [least(present, {Majority.REACHED, Majority.EXACTLY_HALF}) for present in range(4, 12)]

    assert strict == [3, 3, 4, 4, 5, 5, 6, 6]
    assert loose == [2, 3, 3, 4, 4, 5, 5, 6]


def least(present: int, enough: set[Majority]) -> int:
    return next(
        agreed
        for agreed in range(present + 1)
        if rules.majority(present=present, agreed=agreed) in enough
    )


@given(st.integers(1, 2000), st.data())
def test_majority_never_contradicts_the_clause(present: int, data: st.DataObject) -> None:
    agreed = data.draw(st.integers(0, present))
    found = rules.majority(present=present, agreed=agreed)

    share = Fraction(agreed, present)
    assert (found is Majority.REACHED) == (share > Fraction(1, 2))
    assert (found is Majority.EXACTLY_HALF) == (share == Fraction(1, 2))
    if agreed < present:
        more = rules.majority(present=present, agreed=agreed + 1)
        assert ORDER.index(more) >= ORDER.index(found)


@given(rolls())
def test_two_thirds_are_of_the_base_and_guests_never_count(roll: Roll) -> None:
    if roll.base > 0:
        share = Fraction(roll.counted, roll.base)
        assert rules.has_quorum(roll) == (share >= Fraction(2, 3))
    assert (rules.short_of_quorum(roll) == 0) == (rules.has_quorum(roll) or roll.base == 0)
    without = replace(roll, non_voting=0)
    assert rules.has_quorum(without) == rules.has_quorum(roll)


@given(rolls())
def test_one_more_of_the_team_never_ends_a_meeting(roll: Roll) -> None:
    if roll.unsigned > 0:
        more = replace(roll, present=roll.present + 1)
        assert rules.has_quorum(more) >= rules.has_quorum(roll)


@given(rolls())
def test_nobody_votes_below_two_thirds(roll: Roll) -> None:
    if rules.may_vote(roll):
        assert rules.has_quorum(roll)
        assert Fraction(roll.counted - roll.left, roll.base) >= Fraction(2, 3)


def test_leave_and_line_change_the_numbers_only_where_it_was_set() -> None:
    """Nine of the team, three on leave, four there and one by line."""
    by_default = Roll(meeting(), expected=9, present=5, excused=3, non_voting=0, online=1)
    without_excused = Settings(quorum_base=QuorumBase.WITHOUT_EXCUSED)
    of_the_rest = replace(by_default, settings=without_excused)
    in_the_room = replace(by_default, settings=Settings(online_counts=False))

    assert [rules.short_of_quorum(one) for one in (by_default, of_the_rest, in_the_room)] == [
        1, 0, 2,
    ]  # fmt: skip


@pytest.mark.parametrize("kind", OTHERS)
def test_only_working_meetings_have_a_quorum(kind: MeetingKind) -> None:
    alone = Roll(meeting(kind), expected=9, present=1, excused=0, non_voting=0)
    nobody = Roll(meeting(kind), expected=9, present=0, excused=0, non_voting=5)

    assert rules.short_of_quorum(nobody) == 0
    assert (rules.has_quorum(alone), rules.may_vote(alone)) == (True, True)
    assert (rules.has_quorum(nobody), rules.may_vote(nobody)) == (False, False)


@pytest.mark.parametrize(
    ("kind", "settings", "agreed", "result"),
    [
        (MeetingKind.JOINT, Settings(), 5, Majority.REACHED),
        (MeetingKind.JOINT, Settings(), 4, Majority.EXACTLY_HALF),
        (MeetingKind.JOINT, Settings(), 3, Majority.NOT_REACHED),
        (MeetingKind.JOINT, Settings(pass_mark=PassMark.TWO_THIRDS), 5, Majority.REACHED),
        (MeetingKind.WORKING, Settings(), 8, None),
        (MeetingKind.WORKING, Settings(pass_mark=PassMark.HALF), 4, Majority.EXACTLY_HALF),
        (MeetingKind.WORKING, Settings(pass_mark=PassMark.TWO_THIRDS), 6, Majority.REACHED),
        (MeetingKind.WORKING, Settings(pass_mark=PassMark.TWO_THIRDS), 5, Majority.NOT_REACHED),
        (MeetingKind.MUTUAL_APPRAISAL, Settings(pass_mark=PassMark.HALF), 8, None),
        (MeetingKind.OTHER, Settings(), 8, None),
    ],
)
def test_vote_of_eight_present(
    kind: MeetingKind, settings: Settings, agreed: int, result: Majority | None
) -> None:
    vote = Vote(1, 1, "电梯", Manner.HANDS, AT, AT, 8, agreed, 8 - agreed, 0)

    assert rules.vote_result(kind, vote, settings) is result


def test_only_working_and_joint_meetings_count_for_the_month() -> None:
    november = Month(2026, 11)
    counted = {
        kind for kind in MeetingKind if rules.counts_for(meeting(kind, MeetingState.HELD), november)
    }
    planned = {
        kind
        for kind in MeetingKind
        if rules.is_planned_in(meeting(kind, MeetingState.PLANNED), november)
    }

    assert counted == planned == {MeetingKind.WORKING, MeetingKind.JOINT}
    assert not rules.counts_for(meeting(state=MeetingState.TALK), november)


def meeting(
    kind: MeetingKind = MeetingKind.WORKING, state: MeetingState = MeetingState.OPEN
) -> Meeting:
    return Meeting(1, 1, -1, None, kind, state, AT, "", opened_at=AT)
