"""Two years of many communities by a seed: everything that happens, and when the bot looks."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random

from tests.simulation import acts, facts, life
from tests.simulation.acts import Act
from tests.simulation.days import CHINA, ONE_DAY
from tests.simulation.life import Life

FIRST, LAST = date(2025, 6, 2), date(2027, 5, 31)
NOTABLE = (  # founded on the first or last day of something, on a day of reminders, in the last weeks of a year
    date(2026, 11, 10),
    date(2025, 12, 31),
    date(2025, 10, 9),
    date(2026, 1, 20),
    date(2025, 6, 30),
    date(2025, 9, 1),
    date(2026, 5, 15),
    date(2026, 12, 5),
)


def written(seed: int, communities: int) -> list[Act]:
    """Everything that happens, in order."""
    rng = Random(seed)  # noqa: S311 - no secret
    numbers = count(1)
    found = list(_arrangements(rng))
    for number in range(communities):
        one = Life(
            f"社区{number + 1:03}",
            rng,
            _founded(rng, number),
            LAST,
            numbers,
            count(10_000 * (number + 1)),
        )
        life.found(one)
        life.set_up(one)
        facts.registrations(one)
        facts.meetings(one)
        facts.appraisals(one)
        found += one.acts
    return sorted(found, key=lambda act: act.at)


def _founded(rng: Random, number: int) -> datetime:
    """Long before the first tick, on a notable day, or in the middle of something."""
    if number % 5 < 2:
        day = date(2024, 3, 1) + timedelta(days=rng.randrange(450))
    elif number % 5 == 2:
        day = NOTABLE[number // 5 % len(NOTABLE)]
    else:
        day = FIRST + timedelta(days=rng.randrange(500))
    return datetime.combine(day, time(8), CHINA) + timedelta(seconds=rng.randrange(12 * 3600))


def _arrangements(rng: Random) -> Iterator[Act]:
    """An operator puts days right, well before they come or at the last moment; 2027 is announced in November."""
    at_once = date(2025, 12, 8)
    yield acts.HolidaysArranged(
        datetime.combine(at_once, time(15, 20), CHINA),
        "",
        {at_once + timedelta(days=4): False, at_once + timedelta(days=5): True},
    )
    for announced in (date(2025, 8, 20), date(2026, 2, 25)):
        free = {announced + timedelta(days=rng.randint(45, 120)): False for _ in range(2)}
        saturday = announced + timedelta(days=65 - announced.weekday())
        at = datetime.combine(announced, time(11, 5), CHINA)
        yield acts.HolidaysArranged(at, "", {**free, saturday: True})
    holidays = {date(2027, 1, 1) + timedelta(days=number): False for number in range(3)}
    holidays |= {date(2027, 2, 5) + timedelta(days=number): False for number in range(9)}
    holidays |= {date(2027, 1, 30): True, date(2027, 2, 14): True}
    yield acts.HolidaysArranged(datetime(2026, 11, 20, 16, 0, tzinfo=CHINA), "", holidays)


def turning_days(found: Iterable[Act]) -> list[date]:
    """The days with whose beginning somebody is in office or is not any more."""
    lines = [line for act in found if isinstance(act, acts.RosterLoaded) for line in act.people]
    first = {line.since for line in lines if line.since is not None}
    return sorted(first | {line.until + ONE_DAY for line in lines if line.until is not None})


def downtimes(seed: int) -> set[date]:
    """The days on which nothing ticks: one to five at a time, fifty in all."""
    rng = Random(seed)  # noqa: S311 - no secret
    found: set[date] = set()
    while len(found) < 50:
        begins = FIRST + timedelta(days=rng.randrange((LAST - FIRST).days))
        found |= {begins + timedelta(days=number) for number in range(rng.randint(1, 5))}
    return found


def looks(rng: Random, day: date) -> list[datetime]:
    """When the bot looks on that day: mostly once in the morning, sometimes at the edges of its hours."""
    mornings = [(time(9, 30),), (time(9, 30, 40),), (time(10, 15),)]
    edges = [
        (time(9, 30), time(14)),
        (time(8, 59, 59), time(9), time(9, 29, 59), time(9, 30)),
        (time(2, 10), time(17, 59, 59)),
        (time(8, 59, 59), time(18)),  # too early, too late: it is said the next day
    ]
    times = rng.choice([*mornings, *mornings, *edges])
    return [datetime.combine(day, moment, CHINA) for moment in times]
