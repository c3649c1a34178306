"""Working days of the State Council's calendar (with 调休), and the hours in which the bot speaks unasked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

import chinese_calendar

from records.calendar import CHINA

REMINDER_TIME = time(9, 30)
OFFICE_HOURS = (time(9, 0), time(18, 0))

ONE_DAY = timedelta(days=1)
FREE = frozenset[date](chinese_calendar.holidays)
WORKED = frozenset[date](chinese_calendar.workdays)
KNOWN_YEARS = range(min(FREE).year, max(FREE).year + 1)


@dataclass(frozen=True)
class Workdays:
    """Working days as the shipped calendar knows them, put right by what an operator imported.

    In a year that neither of them knows, weekdays stand in for working days.
    """

    overrides: Mapping[date, bool] = field(default_factory=dict)  # whether the day is worked

    def is_announced(self, year: int) -> bool:
        """Whether the holidays of the year are known."""
        return year in KNOWN_YEARS or any(day.year == year for day in self.overrides)

    def is_workday(self, day: date) -> bool:
        if day in self.overrides:
            return self.overrides[day]
        return day in WORKED or (day.weekday() < 5 and day not in FREE)

    def first_workday(self, day: date) -> date:
        """The day itself if it is a working day, otherwise the next one."""
        return self.nth_workday(day, 1)

    def nth_workday(self, first: date, count: int) -> date:
        """The count-th working day from the first day on, which may be the first day itself."""
        return self.workdays_after(first - ONE_DAY, count)

    def workdays_before(self, day: date, count: int) -> date:
        """The count-th working day before the day; the day itself is not counted."""
        while count:
            day -= ONE_DAY
            count -= self.is_workday(day)
        return day

    def workdays_after(self, day: date, count: int) -> date:
        """The count-th working day after the day; the day itself is not counted."""
        while count:
            day += ONE_DAY
            count -= self.is_workday(day)
        return day

    def notice_moment(self, day: date) -> datetime:
        """When the team is asked about a meeting of that day: 09:30 on the working day before."""
        return reminder_moment(self.workdays_before(day, 1))

    def is_office_time(self, moment: datetime) -> bool:
        """Whether the bot may speak unasked: a working day, 09:00 up to 18:00 in China."""
        local = moment.astimezone(CHINA)
        opens, closes = OFFICE_HOURS
        return self.is_workday(local.date()) and opens <= local.time() < closes

    def next_morning(self, moment: datetime) -> datetime:
        """The first 09:30 of a working day that is later than the moment."""
        today = moment.astimezone(CHINA).date()
        morning = reminder_moment(self.first_workday(today))
        return morning if morning > moment else reminder_moment(self.workdays_after(today, 1))


def reminder_moment(day: date) -> datetime:
    """When reminders of that day are said: 09:30 in China."""
    return datetime.combine(day, REMINDER_TIME, CHINA)
