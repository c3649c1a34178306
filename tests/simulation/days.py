"""Working days, periods and the days of the reminders, counted out one by one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import chinese_calendar

from records.model import Duty, Frequency, Window

CHINA = ZoneInfo("Asia/Shanghai")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    key: str
    first: date
    last: date


@dataclass(frozen=True)
class Settings:
    """What a community has set of what the duties depend on."""

    window: Window = Window.TO_JANUARY
    upward_report: Frequency | None = None
    public_review: Frequency | None = None

    def with_frequency(self, duty: Duty, frequency: Frequency | None) -> "Settings":
        if duty is Duty.UPWARD_REPORT:
            return replace(self, upward_report=frequency)
        return replace(self, public_review=frequency)


class Calendar:
    """Which days are worked, with what an operator imported."""

    def __init__(self, overrides: Mapping[date, bool]) -> None:
        self.overrides = dict(overrides)

    def is_worked(self, day: date) -> bool:
        if day in self.overrides:
            return self.overrides[day]
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:  # not yet announced
            return day.weekday() < 5

    def is_announced(self, year: int) -> bool:
        try:
            chinese_calendar.is_workday(date(year, 7, 1))
        except NotImplementedError:
            return any(day.year == year for day in self.overrides)
        return True

    def is_office_time(self, moment: datetime) -> bool:
        opens, closes = time(9), time(18)
        return self.is_worked(moment.date()) and opens <= moment.time() < closes

    def worked_from(self, day: date, count: int = 1) -> date:
        """The count-th working day on or after the day."""
        while True:
            if self.is_worked(day):
                count -= 1
            if count == 0:
                return day
            day += ONE_DAY

    def worked_before(self, day: date, count: int) -> date:
        """The count-th working day before the day, which is not counted itself."""
        while count > 0:
            day -= ONE_DAY
            if self.is_worked(day):
                count -= 1
        return day


def half_past_nine(day: date) -> datetime:
    return datetime.combine(day, time(9, 30), CHINA)


def month_of(day: date) -> Period:
    return Period(f"{day:%Y-%m}", day.replace(day=1), last_of_month(day.year, day.month))


def quarter_of(day: date) -> Period:
    number = {1: 1, 2: 1, 3: 1, 4: 2, 5: 2, 6: 2, 7: 3, 8: 3, 9: 3, 10: 4, 11: 4, 12: 4}[day.month]
    first = date(day.year, 3 * number - 2, 1)
    return Period(f"{day.year}-Q{number}", first, last_of_month(day.year, 3 * number))


def half_year_of(day: date) -> Period:
    if day.month <= 6:
        return Period(f"{day.year}-H1", date(day.year, 1, 1), date(day.year, 6, 30))
    return Period(f"{day.year}-H2", date(day.year, 7, 1), date(day.year, 12, 31))


def year_of(day: date) -> Period:
    return Period(f"{day.year}", date(day.year, 1, 1), date(day.year, 12, 31))


def last_of_month(year: int, month: int) -> date:
    return (date(year, month, 28) + timedelta(days=4)).replace(day=1) - ONE_DAY


def window_of(year: int, window: Window) -> tuple[date, date]:
    """First and last day of the year's mutual appraisal; a last day in January is one of the next year."""
    opens, closes = (date.fromisoformat(f"{year}-{written}") for written in window.value.split("/"))
    return opens, closes if closes > opens else closes.replace(year=year + 1)


def appraisal_year_of(day: date, window: Window) -> Period:
    """Until the window of the year before has ended, that year's is the one that runs."""
    year = day.year
    if day <= window_of(year - 1, window)[1]:
        year -= 1
    return Period(f"{year}", date(year, 1, 1), window_of(year, window)[1])


KINDS_OF_PERIOD = {
    Frequency.MONTH: month_of,
    Frequency.QUARTER: quarter_of,
    Frequency.HALF_YEAR: half_year_of,
    Frequency.YEAR: year_of,
}


def running(duty: Duty, day: date, settings: Settings) -> Period | None:
    """The period that runs on the day; None where the community has set no frequency."""
    if duty is Duty.MONTHLY_MEETING:
        return month_of(day)
    if duty is Duty.HALF_YEAR_CONTACT:
        return half_year_of(day)
    if duty is Duty.MUTUAL_APPRAISAL:
        return appraisal_year_of(day, settings.window)
    if duty in (Duty.UPWARD_REPORT, Duty.PUBLIC_REVIEW):
        is_report = duty is Duty.UPWARD_REPORT
        frequency = settings.upward_report if is_report else settings.public_review
        return KINDS_OF_PERIOD[frequency](day) if frequency is not None else None
    return year_of(day)


def before(duty: Duty, period: Period, settings: Settings) -> Period:
    found = running(duty, period.first - ONE_DAY, settings)
    assert found is not None
    return found


@cache
def stages(duty: Duty, period: Period, calendar: Calendar, settings: Settings) -> list[date]:
    """The days of the reminders, in order; what falls on the same day is one."""
    last = period.last
    if duty is Duty.MONTHLY_MEETING:
        found = [calendar.worked_from(period.first, 3)]
        found += [calendar.worked_before(last, 7), calendar.worked_before(last, 2)]
    elif duty is Duty.HALF_YEAR_CONTACT:
        middle = date(last.year, last.month - 1, 15)
        found = [calendar.worked_from(middle)]
        found += [calendar.worked_before(last, 15), calendar.worked_before(last, 3)]
    elif duty in (Duty.DEED, Duty.REPORT_TO_UNIT, Duty.REPORT_TO_COMMITTEE):
        found = [calendar.worked_from(date(last.year, 10, 1))]
        found += [calendar.worked_before(last, 15), calendar.worked_before(last, 3)]
    elif duty is Duty.MUTUAL_APPRAISAL:
        opens, closes = window_of(period.first.year, settings.window)
        found = [calendar.worked_from(opens)]
        found += [calendar.worked_before(closes, 10), calendar.worked_before(closes, 3)]
    elif duty is Duty.DEMOCRATIC_LIFE:
        found = [calendar.worked_from(date(last.year, 12, 1))]
    elif duty is Duty.HOLIDAYS:
        found = [calendar.worked_from(date(last.year, 11, 1))]
    else:
        found = [calendar.worked_before(last, 10), calendar.worked_before(last, 2)]
    return sorted(set(found))


def given_until(duty: Duty, period: Period) -> date:
    """The last day of which something may still be given to the period (P3-P5: 31 January, P6: 31 March)."""
    following = period.first.year + 1
    if duty is Duty.DEMOCRATIC_LIFE:
        return date(following, 3, 31)
    if duty in (
        Duty.DEED,
        Duty.REPORT_TO_UNIT,
        Duty.REPORT_TO_COMMITTEE,
        Duty.MUTUAL_APPRAISAL,
    ):
        return date(following, 1, 31)
    return period.last
