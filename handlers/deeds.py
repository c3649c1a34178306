"""Registering a deed of a unit for the community (问答第6问): title, day and year; no photo, no score."""

import re
from datetime import date

from handlers import dates, days, lines, registrations
from handlers.attendance import expect
from handlers.conversation import Message, Reply, Request, Services, say
from handlers.files.cells import is_private
from handlers.registering import Mine, labels, named, register_fact, unit_in, units_of
from handlers.texts import contacts as contact_texts
from handlers.texts import deeds as texts
from handlers.texts import registrations as fact_texts
from records import projects
from records import registrations as facts
from records.calendar import day_of
from records.errors import PrivateNumber, StaleButton, UnitMissing
from records.model import Duty, Person, Unit
from records.registrations import Happened

CARRIED = re.compile(r"(\d{1,15})(?::(\d{4}-[01]\d-[0-3]\d)(?::(\d{1,15}))?)?")


async def deed(request: Request, services: Services) -> Reply:
    """Ask for what is still missing (unit, day, title), then register."""
    mine = await units_of(request, services)
    if request.pressed and request.words:
        return await _pressed(request, services, mine)
    found, words = named(request.words, mine, at_end=False) if request.words else (mine, "")
    if len(mine) == 1 and not found:
        found = mine
    on, title = dates.beside(words, today=day_of(request.at)) if words else (None, "")
    if title and len(found) != 1:
        raise UnitMissing
    if len(found) != 1:
        return await _which_unit(request, services, found or mine, on)
    return await _read(request, services, found[0], on, title)


async def _which_unit(request: Request, services: Services, found: Mine, on: date | None) -> Reply:
    if on is not None:
        facts.check_day(Duty.DEED, on, by=found[0][1], today=day_of(request.at))
    names = await labels(services, found)
    asked = contact_texts.which_unit("deed", len(names), on)
    return say(asked, *contact_texts.unit_buttons("deed", names, on))


async def day(request: Request, services: Services) -> Reply:
    """The day that was asked for, typed; or the whole line."""
    mine = await units_of(request, services)
    carried, on, title = days.typed(request)
    found = unit_in(mine, days.number_of(carried))
    return await _read(request, services, found, on, title)


async def title(request: Request, services: Services) -> Reply:
    """The title that was asked for."""
    mine = await units_of(request, services)
    match = CARRIED.fullmatch(request.carried)
    if match is None or match[2] is None:
        raise StaleButton
    unit, person = unit_in(mine, int(match[1]))
    on = days.iso(match[2])
    return await _register(request, services, Happened(Duty.DEED, on, unit), person, request.words)


async def begin(request: Request, services: Services, unit: Unit, _person: Person) -> Reply:
    """The first question about a unit, below what was said before."""
    return await _ask_day(request, services, unit, replaces=False)


async def _read(
    request: Request,
    services: Services,
    found: tuple[Unit, Person],
    on: date | None,
    title: str,
) -> Reply:
    unit, person = found
    if title:
        fact = Happened(Duty.DEED, on or day_of(request.at), unit)
        return await _register(request, services, fact, person, title)
    if on is None:
        return await _ask_day(request, services, unit, replaces=False)
    return await _ask_title(request, services, unit, person, on)


async def _pressed(request: Request, services: Services, mine: Mine) -> Reply:
    """A button carries unit, unit:day, or unit:day:project."""
    match = CARRIED.fullmatch(request.words)
    if match is None:
        raise StaleButton
    unit, person = unit_in(mine, int(match[1]))
    if match[2] is None:
        return await _ask_day(request, services, unit, replaces=True)
    on = days.iso(match[2])
    if match[3] is None:
        return await _ask_title(request, services, unit, person, on)
    project = await projects.with_id(services.db, int(match[3]), community_id=unit.community_id)
    if project.unit != unit:
        raise StaleButton
    fact = Happened(Duty.DEED, on, unit)
    return await _register(request, services, fact, person, project.title)


async def _ask_day(request: Request, services: Services, unit: Unit, *, replaces: bool) -> Reply:
    await days.expect_day(request, services, "deed", str(unit.id))
    keys = texts.day_buttons(unit, day_of(request.at))
    return Reply((Message(texts.ask_day(unit), keys, replaces=replaces),))


async def _ask_title(
    request: Request, services: Services, unit: Unit, person: Person, on: date
) -> Reply:
    facts.check_day(Duty.DEED, on, by=person, today=day_of(request.at))
    await expect(request, services, "deedtitle", f"{unit.id}:{on.isoformat()}")
    offered = await projects.of_unit(services.db, unit)
    asked = texts.ask_title(unit, on, offered=bool(offered))
    keys = texts.title_buttons(unit, on, offered)
    return Reply((Message(asked, keys, replaces=request.pressed),))


async def _register(
    request: Request, services: Services, fact: Happened, person: Person, words: str
) -> Reply:
    """WordsTooLong, PrivateNumber, and what `registrations.record` refuses."""
    named_so = lines.read_title(words)
    if is_private(named_so):
        raise PrivateNumber
    whole = Happened(fact.duty, fact.on, fact.unit, title=named_so)
    done, told = await register_fact(request, services, whole, person)
    await days.settled(request, services, "deedday", "deedtitle")
    years = await registrations.years(services, done.community, done.fact, person, request)
    message = Message(
        fact_texts.recorded(done, today=day_of(request.at), years=years),
        fact_texts.recorded_buttons(done, years),
        replaces=request.pressed,
    )
    return Reply((message, *told))
