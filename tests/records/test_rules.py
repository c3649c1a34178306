"""Quorum and what a meeting counts for: the numbers of the documents, and what holds for any number."""

from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records import rules
from records.calendar import CHINA, Month, day_of
from records.model import (
    Meeting,
    MeetingKind,
    MeetingState,
    Roll,
)
from records.rules import Majority
from records.workdays import Workdays


def test_quorum_is_as_the_table_of_two_thirds_says() -> None:
    assert [rules.quorum(size) for size in range(7, 22)] == [
        5, 6, 6, 7, 8, 8, 9, 10, 10, 11, 12, 12, 13, 14, 14,
    ]  # fmt: skip


@given(st.integers(1, 5000))
def test_quorum_is_the_least_number_not_below_two_thirds(size: int) -> None:
    least = rules.quorum(size)

    assert Fraction(least, size) >= Fraction(2, 3) > Fraction(least - 1, size)


@pytest.mark.parametrize(
    ("kind", "present", "held"),
    [
        (MeetingKind.WORKING, 6, True),
        (MeetingKind.WORKING, 5, False),
        (MeetingKind.JOINT, 1, True),
        (MeetingKind.JOINT, 0, False),
    ],
)
def test_nine_members_need_six_for_a_working_meeting(
    kind: MeetingKind, present: int, held: bool
) -> None:
    roll = Roll(_meeting(kind), expected=9, present=present, excused=0, non_voting=20)

    assert rules.has_quorum(roll) is held


def test_team_without_members_has_no_quorum() -> None:
    roll = Roll(_meeting(MeetingKind.WORKING), expected=0, present=0, excused=0, non_voting=3)

    assert not rules.has_quorum(roll)


def test_meeting_counts_for_the_month_in_which_it_was_opened() -> None:
    planned = datetime(2026, 11, 30, 15, 0, tzinfo=CHINA)
    opened = datetime(2026, 12, 1, 9, 0, tzinfo=CHINA)
    meeting = _meeting(MeetingKind.WORKING, MeetingState.HELD, planned, opened)

    assert not rules.counts_for(meeting, Month(2026, 11))
    assert rules.counts_for(meeting, Month(2026, 12))


def test_mutual_appraisal_counts_for_the_month_only_where_it_was_a_joint_meeting_too() -> None:
    opened = datetime(2026, 12, 20, 15, 0, tzinfo=CHINA)
    appraisal = _meeting(MeetingKind.MUTUAL_APPRAISAL, MeetingState.HELD, opened, opened)
    both = replace(appraisal, also_kind=MeetingKind.JOINT)

    assert not rules.counts_for(appraisal, Month(2026, 12))
    assert rules.counts_for(both, Month(2026, 12))
    assert not rules.counts_for(both, Month(2026, 11))


def test_meeting_not_held_counts_for_nothing() -> None:
    opened = datetime(2026, 11, 25, 15, 0, tzinfo=CHINA)
    meeting = _meeting(MeetingKind.WORKING, MeetingState.NOT_HELD, opened, opened)

    assert not rules.counts_for(meeting, Month(2026, 11))


def _meeting(
    kind: MeetingKind,
    state: MeetingState = MeetingState.OPEN,
    starts_at: datetime = datetime(2026, 11, 25, 15, 0, tzinfo=CHINA),
    opened_at: datetime | None = None,
) -> Meeting:
    return Meeting(1, 1, -1, None, kind, state, starts_at, "", opened_at, None)


@pytest.mark.parametrize(
    ("present", "least"), [(4, 3), (5, 3), (6, 4), (7, 4), (8, 5), (9, 5), (10, 6), (11, 6)]
)
def test_majority_has_three_outcomes_as_the_table_of_one_half_says(
    present: int, least: int
) -> None:
    assert rules.majority(present=present, agreed=least) is Majority.REACHED
    half = Majority.EXACTLY_HALF if present % 2 == 0 else Majority.NOT_REACHED
    assert rules.majority(present=present, agreed=least - 1) is half


def test_names_of_a_year_are_kept_through_the_next_and_announced_on_working_days() -> None:
    assert rules.details_end(2026, extended=False) == date(2028, 1, 1)
    assert rules.details_end(2026, extended=True) == date(2028, 4, 1)
    notices = rules.details_notices(2024, extended=False, days=Workdays())
    assert [day_of(moment) for moment in notices] == [date(2025, 11, 3), date(2025, 12, 17)]


def test_outcome_follows_the_roll() -> None:
    six, five = (
        Roll(_meeting(MeetingKind.WORKING), expected=9, present=present, excused=0, non_voting=0)
        for present in (6, 5)
    )

    assert (rules.outcome(six), rules.outcome(five)) == (MeetingState.HELD, MeetingState.NOT_HELD)
