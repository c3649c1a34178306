"""/visit: what the community's Party organisation goes out for (P9): unit, day, form and visitors."""

import re
from collections.abc import Sequence
from datetime import date

from handlers import dates, days, visit_cards
from handlers.attendance import expect, is_number
from handlers.conversation import Message, Reply, Request, Services, say
from handlers.office import numbers, office, which
from handlers.registering import named
from handlers.texts import visits as texts
from handlers.texts.roll import fingerprint
from records import people, registrations, units
from records.calendar import day_of
from records.errors import (
    DayNotUnderstood,
    NobodyVisited,
    NoOwingUnits,
    NoSuchUnit,
    StaleButton,
)
from records.model import Community, ContactForm, Duty, Person, Unit
from records.registrations import Happened

MOST_VISITORS = 24  # to choose from: places of a mask
MASK = re.compile(r"([0-9a-f]{4})\.([0-9a-f]{1,6})")


async def visit(request: Request, services: Services) -> Reply:
    """Unit, form (today unless another day is chosen), visitors: three presses."""
    if (choice := await which(request, services, "visit")) is not None:
        return choice
    community, person = await office(request, services)
    carried = numbers(request) if request.pressed else []
    if request.words and not request.pressed:
        return await _line(request, services, community, person)
    if not carried:
        local = await _local(services, community)
        return say(texts.which_unit(len(local)), *texts.unit_buttons(community, local))
    unit = await _unit(services, community, carried[0])
    on = days.iso(carried[1]) if len(carried) > 1 else day_of(request.at)
    if len(carried) < 3:
        return await _ask_form(request, services, person, unit, on)
    fact = Happened(Duty.VISIT, on, unit, form=_form(carried[2]))
    team = await _team(services, unit, on)
    chosen = _chosen(carried[3], team) if len(carried) > 3 else _default(team, person)
    return await _ask_visitors(request, services, fact, team, chosen)


async def _line(
    request: Request, services: Services, community: Community, person: Person
) -> Reply:
    """/visit 第一小学 11月20日."""
    on, words = dates.beside(request.words, today=day_of(request.at))
    mine = [(one, person) for one in await _local(services, community)]
    found, rest = named(words, mine)
    if len(found) != 1 or rest:
        raise NoSuchUnit(rest or words)
    return await _ask_form(request, services, person, found[0][0], on or day_of(request.at))


async def _local(services: Services, community: Community) -> list[Unit]:
    """NoOwingUnits if none is marked."""
    listed = await units.of_community(services.db, community_id=community.id)
    found = [one for one in listed if one.is_local]
    if not found:
        raise NoOwingUnits
    return found


async def day(request: Request, services: Services) -> Reply:
    """The day that was asked for, typed."""
    community, person = await office(request, services)
    carried, on, _rest = days.typed(request)
    unit = await _unit(services, community, carried.partition(":")[2])
    if on is None:
        raise DayNotUnderstood
    return await _ask_form(request, services, person, unit, on)


async def _ask_form(
    request: Request, services: Services, person: Person, unit: Unit, on: date
) -> Reply:
    registrations.check_day(Duty.VISIT, on, by=person, today=day_of(request.at))
    carried = f"{unit.community_id}:{unit.id}"
    await days.expect_day(request, services, "visit", carried)
    keys = texts.form_buttons(f"{carried}:{on.isoformat()}", carried)
    return Reply((Message(texts.ask_form(unit, on), keys, replaces=request.pressed),))


async def _ask_visitors(
    request: Request,
    services: Services,
    fact: Happened,
    team: Sequence[Person],
    chosen: frozenset[int],
) -> Reply:
    if fact.unit is None or fact.form is None:
        raise StaleButton
    carried = f"{fact.unit.community_id}:{fact.unit.id}:{fact.on.isoformat()}:{fact.form.value}"
    await expect(request, services, "visitors", carried)
    marks = [_mask(chosen ^ {place}, team) for place in range(len(team))]
    keys = texts.visitor_buttons(team, chosen, carried, marks, _mask(chosen, team))
    asked = texts.ask_visitors(fact.unit, fact.on, fact.form)
    return Reply((Message(asked, keys, replaces=True),))


async def _team(services: Services, unit: Unit, on: date) -> Sequence[Person]:
    """The community's own people: of the team of the day, and who manages."""
    found = [
        *await people.team_on(services.db, community_id=unit.community_id, day=on),
        *await people.managers_of(services.db, unit.community_id),
    ]
    own = {one.id: one for one in found if one.unit is None}
    return [own[number] for number in sorted(own)][:MOST_VISITORS]


def _default(team: Sequence[Person], person: Person) -> frozenset[int]:
    return frozenset(place for place, one in enumerate(team) if one.id == person.id)


def _mask(chosen: frozenset[int], team: Sequence[Person]) -> str:
    """4e1f.5: which team it is, then a bit for each of it who is chosen."""
    return f"{fingerprint(team)}.{sum(1 << place for place in chosen):x}"


def _chosen(packed: str, team: Sequence[Person]) -> frozenset[int]:
    """StaleButton after a change of the team."""
    match = MASK.fullmatch(packed)
    if match is None or match[1] != fingerprint(team):
        raise StaleButton
    bits = int(match[2], 16)
    return frozenset(place for place in range(len(team)) if bits >> place & 1)


def _form(value: str) -> ContactForm:
    try:
        return ContactForm(value)
    except ValueError as error:
        raise StaleButton from error


async def done(request: Request, services: Services) -> Reply:
    """确认登记: those who are chosen. NobodyVisited."""
    person, unit, fact, rest = await _carried(request, services, least=4)
    team = await _team(services, unit, fact.on)
    chosen = _chosen(rest[0], team)
    if not chosen:
        raise NobodyVisited
    names = "、".join(team[place].name for place in sorted(chosen))
    await days.settled(request, services, "visitday", "visitors")
    return await visit_cards.record(request, services, fact, names, person)


async def visitors(request: Request, services: Services) -> Reply:
    """The names, typed. WordsTooLong, PrivateNumber."""
    person, _unit_visited, fact, _rest = await _carried(request, services, least=3)
    names = visit_cards.written(request.words, visit_cards.NAMES)
    return await visit_cards.record(request, services, fact, names, person)


async def _carried(
    request: Request, services: Services, *, least: int
) -> tuple[Person, Unit, Happened, list[str]]:
    """Who registers, the visit that a button or a waiting act carries, and what stands behind it."""
    community, person = await office(request, services)
    number, on, form, *rest = numbers(request, least=least)
    unit = await _unit(services, community, number)
    return person, unit, Happened(Duty.VISIT, days.iso(on), unit, form=_form(form)), rest


async def _unit(services: Services, community: Community, number: str) -> Unit:
    if not is_number(number):
        raise StaleButton
    return await units.with_id(services.db, int(number), community_id=community.id)
