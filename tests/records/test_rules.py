"""Quorum and the stages of a duty: the numbers of the documents, and what holds for any number."""

from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records import rules, workdays
from records.calendar import CHINA, HalfYear, Month, day_of
from records.model import (
    Duty,
    DutyState,
    Meeting,
    MeetingKind,
    MeetingState,
    Roll,
)
from records.rules import Majority

DAYS = st.dates(date(2020, 1, 1), date(2026, 12, 31))
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2026, 10, 31)).map(  # noqa: DTZ001 - made aware here
    lambda naive: naive.replace(tzinfo=CHINA)
)
DUTIES = st.sampled_from(Duty)


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


def test_november_2026_has_its_three_moments() -> None:
    assert _days(Duty.MONTHLY_MEETING, Month(2026, 11)) == [
        date(2026, 11, 4),
        date(2026, 11, 19),
        date(2026, 11, 26),
    ]


def test_october_2026_starts_after_the_national_holiday_and_counts_the_working_saturday() -> None:
    assert _days(Duty.MONTHLY_MEETING, Month(2026, 10))[0] == date(2026, 10, 10)


def test_second_half_of_2026_has_its_three_moments() -> None:
    assert _days(Duty.HALF_YEAR_CONTACT, HalfYear(2026, 2)) == [
        date(2026, 11, 16),
        date(2026, 12, 10),
        date(2026, 12, 28),
    ]


@given(DUTIES, DAYS)
def test_stages_are_at_most_three_in_order_on_working_days_of_the_period(
    duty: Duty, day: date
) -> None:
    period = rules.period_for(duty, day)
    moments = rules.stages(duty, period)

    assert 1 <= len(moments) <= 3
    assert list(moments) == sorted(moments)
    assert all(workdays.is_office_time(moment) and day_of(moment) in period for moment in moments)


@given(DUTIES, MOMENTS)
def test_next_moment_is_the_first_stage_after_now(duty: Duty, now: datetime) -> None:
    following = rules.next_moment(duty, now)

    assert following > now
    assert rules.next_moment(duty, following - timedelta(seconds=1)) == following


def test_of_missed_stages_only_the_latest_is_due() -> None:
    moments = rules.stages(Duty.MONTHLY_MEETING, Month(2026, 11))

    assert [rules.stage_due(moments, moment) for moment in moments] == [0, 1, 2]
    assert rules.stage_due(moments, moments[0] - timedelta(minutes=1)) is None
    assert rules.stage_due(moments, datetime(2026, 11, 29, tzinfo=CHINA)) == 2


@pytest.mark.parametrize(
    ("today", "fulfilled", "state"),
    [
        (date(2026, 11, 18), False, DutyState.UPCOMING),
        (date(2026, 11, 19), False, DutyState.NEAR_END),
        (date(2026, 11, 30), False, DutyState.NEAR_END),
        (date(2026, 12, 1), False, DutyState.OUTSTANDING),
        (date(2026, 12, 1), True, DutyState.FULFILLED),
    ],
)
def test_state_of_the_monthly_meeting(today: date, fulfilled: bool, state: DutyState) -> None:
    found = rules.state(Duty.MONTHLY_MEETING, Month(2026, 11), fulfilled=fulfilled, today=today)

    assert found is state


def test_meeting_counts_for_the_month_in_which_it_was_opened() -> None:
    planned = datetime(2026, 11, 30, 15, 0, tzinfo=CHINA)
    opened = datetime(2026, 12, 1, 9, 0, tzinfo=CHINA)
    meeting = _meeting(MeetingKind.WORKING, MeetingState.HELD, planned, opened)

    assert not rules.counts_for(meeting, Month(2026, 11))
    assert rules.counts_for(meeting, Month(2026, 12))


def test_meeting_not_held_counts_for_nothing() -> None:
    opened = datetime(2026, 11, 25, 15, 0, tzinfo=CHINA)
    meeting = _meeting(MeetingKind.WORKING, MeetingState.NOT_HELD, opened, opened)

    assert not rules.counts_for(meeting, Month(2026, 11))


@pytest.mark.parametrize(
    ("is_local", "has_party_organisation", "owes"),
    [(True, True, True), (True, False, False), (False, True, False), (False, False, False)],
)
def test_only_local_units_with_a_party_organisation_owe_contact(
    is_local: bool, has_party_organisation: bool, owes: bool
) -> None:
    assert rules.owed_by_units(is_local, has_party_organisation) is owes


def _days(duty: Duty, period: Month | HalfYear) -> list[date]:
    return [day_of(moment) for moment in rules.stages(duty, period)]


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
    assert [day_of(moment) for moment in rules.details_notices(2024, extended=False)] == [
        date(2025, 11, 3),
        date(2025, 12, 17),
    ]


def test_outcome_follows_the_roll() -> None:
    six, five = (
        Roll(_meeting(MeetingKind.WORKING), expected=9, present=present, excused=0, non_voting=0)
        for present in (6, 5)
    )

    assert (rules.outcome(six), rules.outcome(five)) == (MeetingState.HELD, MeetingState.NOT_HELD)
