"""When a digest is said: on the first working day of a week or a month, at 09:30."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from records.calendar import day_of
from records.model import Rhythm
from records.workdays import Workdays, reminder_moment

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Turn:
    """A digest's week or month by its first day, and the moment at which it is said."""

    first: date
    at: datetime


def following(rhythm: Rhythm, after: datetime, days: Workdays) -> datetime | None:
    """The first moment later than the given one; None for who wants none."""
    if rhythm is Rhythm.NEVER:
        return None
    turns = _turns(rhythm, _before(rhythm, _first(rhythm, day_of(after))), days)
    return next(turn.at for turn in turns if turn.at > after)


def latest(rhythm: Rhythm, now: datetime, days: Workdays) -> Turn | None:
    """The last one that has come: of several missed ones only this is said."""
    if rhythm is Rhythm.NEVER:
        return None
    first = _first(rhythm, day_of(now))
    while (turn := next(_turns(rhythm, first, days))).at > now:
        first = _before(rhythm, first)
    return turn


def of_day(rhythm: Rhythm, day: date, days: Workdays) -> Turn:
    """The one of the week or month of the day: working days may have been put right since it was noted."""
    return next(_turns(rhythm, _first(rhythm, day), days))


def _turns(rhythm: Rhythm, first: date, days: Workdays) -> Iterator[Turn]:
    while True:
        yield Turn(first, reminder_moment(days.first_workday(first)))
        first = _first(rhythm, first + WEEK) if rhythm is Rhythm.WEEKLY else _month_after(first)


def _first(rhythm: Rhythm, day: date) -> date:
    """Monday, or the first of the month."""
    if rhythm is Rhythm.MONTHLY:
        return day.replace(day=1)
    return day - timedelta(days=day.weekday())


def _before(rhythm: Rhythm, first: date) -> date:
    return _first(rhythm, first - timedelta(days=1))


def _month_after(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)
