"""Working days with 调休 and what was imported, and the hours in which the bot may speak unasked."""

from datetime import date, datetime, time, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.calendar import CHINA
from records.workdays import Workdays

SHIPPED = Workdays()
FIRST, LAST = date(2025, 12, 1), date(2028, 2, 1)
DAYS = st.dates(FIRST, LAST)
COUNTS = st.integers(1, 30)
IMPORTED = st.dictionaries(DAYS, st.booleans(), max_size=100).map(Workdays)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)).map(  # noqa: DTZ001 - made aware here
    lambda naive: naive.replace(tzinfo=CHINA)
)


def worked(days: Workdays, first: date, last: date) -> list[date]:
    """The working days from the first to the last day, both included."""
    between = (first + timedelta(days=count) for count in range((last - first).days + 1))
    return [day for day in between if days.is_workday(day)]


def test_national_day_is_free_and_the_shifted_saturday_is_worked() -> None:
    assert not SHIPPED.is_workday(date(2026, 10, 1))
    assert SHIPPED.is_workday(date(2026, 10, 10))
    assert not SHIPPED.is_workday(date(2026, 11, 28))


@given(st.dates(date(2004, 1, 1), date(2026, 12, 31)))
def test_shipped_calendar_is_the_one_of_the_state_council(day: date) -> None:
    assert SHIPPED.is_announced(day.year)
    assert SHIPPED.is_workday(day) == chinese_calendar.is_workday(day)


@pytest.mark.parametrize("year", [2003, 2031])
def test_year_without_announcement_falls_back_to_weekdays(year: int) -> None:
    assert not SHIPPED.is_announced(year)
    assert len(worked(SHIPPED, date(year, 1, 1), date(year, 12, 31))) == 261


def test_imported_day_is_believed_before_the_calendar_and_announces_its_year() -> None:
    days = Workdays(
        {
            date(2026, 10, 1): True,
            date(2026, 10, 10): False,
            date(2031, 10, 1): False,
            date(2031, 10, 4): True,
        }
    )

    assert [days.is_workday(day) for day in days.overrides] == [True, False, False, True]
    assert days.is_announced(2031)
    assert not days.is_announced(2032)
    assert days.is_workday(date(2031, 10, 2))


@given(IMPORTED, DAYS)
def test_day_that_was_not_imported_stays_what_it_was(days: Workdays, day: date) -> None:
    assert days.is_workday(day) == days.overrides.get(day, SHIPPED.is_workday(day))


def test_two_working_days_before_the_end_of_november() -> None:
    monday = date(2026, 11, 30)

    assert SHIPPED.workdays_before(monday, 2) == date(2026, 11, 26)
    assert Workdays({date(2026, 11, 28): True}).workdays_before(monday, 2) == date(2026, 11, 27)


@given(IMPORTED, DAYS, COUNTS)
def test_working_days_are_counted_backwards_and_forwards(
    days: Workdays, day: date, count: int
) -> None:
    before, after = days.workdays_before(day, count), days.workdays_after(day, count)

    assert worked(days, before, day - timedelta(days=1))[0] == before
    assert len(worked(days, before, day - timedelta(days=1))) == count
    assert worked(days, day + timedelta(days=1), after)[-1] == after
    assert len(worked(days, day + timedelta(days=1), after)) == count


@given(IMPORTED, DAYS, COUNTS)
def test_first_and_nth_working_day_may_be_the_day_itself(
    days: Workdays, day: date, count: int
) -> None:
    first, nth = days.first_workday(day), days.nth_workday(day, count)

    assert worked(days, day, first) == [first]
    assert len(worked(days, day, nth)) == count
    assert days.is_workday(nth)


@given(IMPORTED, DAYS, COUNTS)
def test_there_and_back_is_the_same_working_day(days: Workdays, day: date, count: int) -> None:
    start = days.first_workday(day)

    assert days.workdays_after(days.workdays_before(start, count), count) == start
    assert days.workdays_before(days.workdays_after(start, count), count) == start


@given(IMPORTED, DAYS)
def test_team_is_asked_at_half_past_nine_of_the_working_day_before(
    days: Workdays, day: date
) -> None:
    moment = days.notice_moment(day)

    assert days.is_office_time(moment)
    assert moment.timetz() == time(9, 30, tzinfo=CHINA)
    assert worked(days, moment.date(), day - timedelta(days=1)) == [moment.date()]


def test_bot_speaks_from_nine_to_six_on_working_days() -> None:
    def at(hour: int, minute: int, day: int = 25) -> bool:
        return SHIPPED.is_office_time(datetime(2026, 11, day, hour, minute, tzinfo=CHINA))

    assert [at(8, 59), at(9, 0), at(17, 59), at(18, 0)] == [False, True, True, False]
    assert not at(10, 0, day=28)


@given(IMPORTED, MOMENTS)
def test_next_morning_is_the_first_half_past_nine_of_a_working_day(
    days: Workdays, now: datetime
) -> None:
    morning = days.next_morning(now)

    assert morning > now
    assert days.is_office_time(morning)
    assert morning.timetz() == time(9, 30, tzinfo=CHINA)
    today = now.date() if now.time() < time(9, 30) else now.date() + timedelta(days=1)
    assert worked(days, today, morning.date()) == [morning.date()]
