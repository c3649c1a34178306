"""Months and half-years."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from records.calendar import HalfYear, Month, day_of

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@given(DAYS)
def test_day_lies_in_its_month_and_in_no_other(day: date) -> None:
    month = Month.of(day)

    assert day in month
    assert day not in month.following()
    assert month.first <= day <= month.last < month.following().first


@given(DAYS)
def test_half_years_follow_each_other_without_gap(day: date) -> None:
    half = HalfYear.of(day)

    assert day in half
    assert (half.following().first - half.last).days == 1
    assert half.following().following().half == half.half


def test_keys_sort_as_time_passes() -> None:
    assert [Month(2026, 2).key, Month(2026, 11).key] == ["2026-02", "2026-11"]
    assert [HalfYear(2026, 1).key, HalfYear(2026, 2).key] == ["2026-H1", "2026-H2"]


def test_evening_in_london_is_the_next_day_in_china() -> None:
    assert day_of(datetime(2026, 11, 25, 17, 0, tzinfo=UTC)) == date(2026, 11, 26)
