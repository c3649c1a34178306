"""设置: how the community reads what the documents leave open, each beside the original sentence."""

from typing import Any

from handlers import dates
from handlers.attendance import expect
from handlers.conversation import Message, Reply, Request, Services
from handlers.dates import Near
from handlers.office import numbers, office, which
from handlers.texts import settings as texts
from handlers.texts.office import DROP
from records import obligations, settings
from records.calendar import day_of
from records.errors import DateUnclear, DecidedLater, StaleButton
from records.model import Duty, Half

# The duties whose reminders depend on a setting.
RESETS = {
    "window": Duty.MUTUAL_APPRAISAL,
    "upward_report": Duty.UPWARD_REPORT,
    "public_review": Duty.PUBLIC_REVIEW,
}


async def settings_(request: Request, services: Services) -> Reply:
    """All of them; a button for each."""
    if (choice := await which(request, services, "settings")) is not None:
        return choice
    community, _person = await office(request, services)
    found = await settings.of(services.db, community.id)
    message = Message(
        texts.overview(community, found),
        texts.overview_buttons(community),
        replaces=bool(numbers(request)),
    )
    return Reply((message,))


async def setting(request: Request, services: Services) -> Reply:
    """One of them with what it may be; pressed once more it is that."""
    community, person = await office(request, services)
    name, *chosen = numbers(request) or [""]
    if name not in texts.QUESTIONS or (chosen and chosen[0] not in texts.QUESTIONS[name].options):
        raise StaleButton
    if name == "half" and chosen and chosen[0] != "none":
        await expect(request, services, "decided", f"{community.id}:{chosen[0]}")
        return Reply((Message(texts.which_day(Half(chosen[0])), ((DROP,),), replaces=True),))
    if chosen:
        await settings.change(services.db, by=person, at=request.at, **_changes(name, chosen[0]))
        if name in RESETS:
            await obligations.reset(services.db, community.id, RESETS[name], now=request.at)
    found = await settings.of(services.db, community.id)
    shown = texts.one(name, found)
    return Reply((Message(shown, texts.one_buttons(community, name, found), replaces=True),))


def _changes(name: str, chosen: str) -> dict[str, Any]:
    value = texts.QUESTIONS[name].options[chosen].value
    if name == "half":
        return {"half": None, "half_decided_on": None}
    return {name: value}


async def decided(request: Request, services: Services) -> Reply:
    """The day on which the community decided together how exactly half is read."""
    community, person = await office(request, services)
    read = dates.read_day(request.words, today=day_of(request.at), near=Near.PAST)
    if read is None:
        raise DateUnclear
    if read[0] > day_of(request.at):
        raise DecidedLater
    half = Half(numbers(request)[0])
    found = await settings.decide_half(services.db, half, on=read[0], by=person, at=request.at)
    return Reply((Message(texts.one("half", found), texts.one_buttons(community, "half", found)),))
