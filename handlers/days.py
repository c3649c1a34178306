"""The day something happened: today by a button, any other by its month or typed."""

import re
from datetime import date

from handlers import dates
from handlers.attendance import expect, is_number, stop_waiting, waiting_for
from handlers.conversation import Message, Reply, Request, Services
from handlers.texts import days as texts
from handlers.texts.text import text
from records.calendar import HalfYear, Month, day_of
from records.errors import StaleButton

MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
# the act that waits for a typed day, by the command that asks for it
WAITING = {
    "contact": "contactday",
    "deed": "deedday",
    "report": "reportday",
    "visit": "visitday",
}


async def expect_day(request: Request, services: Services, action: str, carried: str) -> None:
    """The next words may be the day; what is carried says of what."""
    await expect(request, services, WAITING[action], f"{carried}:")


async def settled(request: Request, services: Services, *acts: str) -> None:
    """What these acts waited for was pressed: it is not waited for any more."""
    prompt = await waiting_for(request, services)
    if prompt is not None and prompt.action in acts:
        await stop_waiting(request, services)


async def months(request: Request, services: Services) -> Reply:
    """其他月份: those of the running and of the preceding half-year; a typed day is still waited for."""
    action, carried = _asked(request)
    today = day_of(request.at)
    await expect_day(request, services, action, carried)
    keys = texts.month_buttons(action, carried, months_until(today), today)
    return Reply((Message(text(texts.WHICH_MONTH), keys, replaces=True),))


def months_until(today: date) -> list[Month]:
    """From the first month of the preceding half-year to the running one."""
    running = HalfYear.of(today)
    first = HalfYear(running.year - (running.half == 1), 3 - running.half).first
    found = [Month.of(first)]
    while today not in found[-1]:
        found.append(found[-1].following())
    return found


async def month(request: Request, services: Services) -> Reply:
    """The day of a month is typed."""
    action, rest = _asked(request)
    _carried, _colon, key = rest.rpartition(":")
    chosen = _month(key)
    if chosen is None:
        raise StaleButton
    await expect(request, services, WAITING[action], rest)
    return Reply((Message(texts.which_day(chosen), texts.drop_buttons(), replaces=True),))


def iso(words: str) -> date:
    """The day a button carries. StaleButton."""
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise StaleButton from error


def number_of(words: str) -> int:
    """The number an act that waits carries. StaleButton."""
    if not is_number(words):
        raise StaleButton
    return int(words)


def _asked(request: Request) -> tuple[str, str]:
    action, _colon, carried = request.words.partition(":")
    if action not in WAITING or not carried:
        raise StaleButton
    return action, carried


def _month(key: str) -> Month | None:
    match = MONTH.fullmatch(key)
    return Month(int(match[1]), int(match[2])) if match is not None else None


def typed(request: Request) -> tuple[str, date | None, str]:
    """What the act that waits carries, the day in the words if there is one, and the other words."""
    carried, _colon, key = request.carried.rpartition(":")
    on, rest = dates.beside(request.words, today=day_of(request.at), month=_month(key))
    return carried, on, rest
