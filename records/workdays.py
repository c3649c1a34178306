"""Working days of the State Council's calendar (with 调休), and the hours in which the bot speaks unasked."""

from datetime import date, datetime, time, timedelta

import chinese_calendar

from records.calendar import CHINA

REMINDER_TIME = time(9, 30)
OFFICE_HOURS = (time(9, 0), time(18, 0))


def is_announced(year: int) -> bool:
    """Whether the holidays of the year are known; if not, weekdays stand in for working days."""
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def is_workday(day: date) -> bool:
    if is_announced(day.year):
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < 5


def first_workday(day: date) -> date:
    """The day itself if it is a working day, otherwise the next one."""
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def nth_workday(first: date, count: int) -> date:
    """The count-th working day from the first day on, which may be the first day itself."""
    day = first_workday(first)
    for _ in range(count - 1):
        day = first_workday(day + timedelta(days=1))
    return day


def workdays_before(day: date, count: int) -> date:
    """The count-th working day before the day; the day itself is not counted."""
    while count:
        day -= timedelta(days=1)
        count -= is_workday(day)
    return day


def reminder_moment(day: date) -> datetime:
    """When reminders of that day are said: 09:30 in China."""
    return datetime.combine(day, REMINDER_TIME, CHINA)


def notice_moment(day: date) -> datetime:
    """When the team is asked about a meeting of that day: 09:30 on the working day before."""
    return reminder_moment(workdays_before(day, 1))


def is_office_time(moment: datetime) -> bool:
    """Whether the bot may speak unasked: a working day, 09:00 up to 18:00 in China."""
    local = moment.astimezone(CHINA)
    opens, closes = OFFICE_HOURS
    return is_workday(local.date()) and opens <= local.time() < closes


def next_morning(moment: datetime) -> datetime:
    """The first 09:30 of a working day that is later than the moment."""
    day = moment.astimezone(CHINA).date()
    while (morning := reminder_moment(day)) <= moment or not is_workday(day):
        day += timedelta(days=1)
    return morning
