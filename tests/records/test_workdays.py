"""Working days with 调休, and the hours in which the bot may speak unasked."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from records import workdays
from records.calendar import CHINA

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2027, 6, 1)).map(  # noqa: DTZ001 - made aware here
    lambda naive: naive.replace(tzinfo=CHINA)
)


def test_national_day_is_free_and_the_shifted_saturday_is_worked() -> None:
    assert not workdays.is_workday(date(2026, 10, 1))
    assert workdays.is_workday(date(2026, 10, 10))
    assert not workdays.is_workday(date(2026, 11, 28))


def test_year_without_announcement_falls_back_to_weekdays() -> None:
    assert not workdays.is_announced(2031)
    assert workdays.is_workday(date(2031, 10, 1))
    assert not workdays.is_workday(date(2031, 10, 4))


def test_two_working_days_before_the_end_of_november() -> None:
    assert workdays.workdays_before(date(2026, 11, 30), 2) == date(2026, 11, 26)


def test_bot_speaks_from_nine_to_six_on_working_days() -> None:
    def at(hour: int, minute: int, day: int = 25) -> bool:
        return workdays.is_office_time(datetime(2026, 11, day, hour, minute, tzinfo=CHINA))

    assert [at(8, 59), at(9, 0), at(17, 59), at(18, 0)] == [False, True, True, False]
    assert not at(10, 0, day=28)


@given(MOMENTS)
def test_next_morning_is_the_first_half_past_nine_of_a_working_day(now: datetime) -> None:
    morning = workdays.next_morning(now)

    assert morning > now
    assert workdays.is_office_time(morning)
    day = morning.date() - timedelta(days=1)
    while day > now.date():
        assert not workdays.is_workday(day)
        day -= timedelta(days=1)
