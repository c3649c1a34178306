"""Recording a contact: the liaison for his unit, the worker for any, in private and two presses."""

import re
from collections.abc import Sequence
from datetime import date

from handlers import dates
from handlers.attendance import user_id_of
from handlers.conversation import Message, Place, Reply, Request, Services, say
from handlers.dates import Near
from handlers.texts import contacts as texts
from records import communities, contacts, people
from records.calendar import day_of
from records.errors import (
    DayNotUnderstood,
    DayOutOfRange,
    NoOwingUnits,
    NoSuchUnit,
    NotALiaison,
    NotAllowed,
    PrivateOnly,
    StaleButton,
)
from records.model import ContactForm, Person, Role, Unit

FORMS = "|".join(form.value for form in ContactForm)
CARRIED = re.compile(rf"(\d+):(\d{{4}}-[01]\d-[0-3]\d)(?::({FORMS}))?")


async def contact(request: Request, services: Services) -> Reply:
    """Ask for what is still missing (unit, form), then record."""
    if request.place is Place.GROUP:
        raise PrivateOnly
    mine = await _units_of(request, services)
    if request.pressed and request.words:
        return await _pressed(request, services, mine)
    on, name = _read(request, [unit for unit, _person in mine])
    units = [unit for unit, _person in mine if name in ("", unit.name)]
    if not units:
        raise NoSuchUnit(name)
    if len(units) > 1:
        return say(texts.which_unit(on), *texts.unit_buttons(units, on))
    return say(texts.ask_form(units[0], on), *texts.form_buttons(units[0], on))


def _read(request: Request, units: Sequence[Unit]) -> tuple[date, str]:
    """The day and the unit's name, each of which may be missing; today if no day is named."""
    today, words = day_of(request.at), request.words.strip()
    named = next((unit.name for unit in units if unit.name in words), "")
    rest = words.replace(named, " ", 1).strip() if named else words
    read = dates.read_day(rest, today=today, near=Near.PAST)
    if read is None and dates.names_a_day(rest):
        raise DayNotUnderstood
    on, left = read or (today, rest)
    if on > today:
        raise DayOutOfRange
    return on, named or left


async def _units_of(request: Request, services: Services) -> list[tuple[Unit, Person]]:
    """The units somebody may record for, and as whom: his own as liaison, all of them as worker."""
    found: list[tuple[Unit, Person]] = []
    persons = await people.all_of_account(services.db, user_id=user_id_of(request))
    for person in persons:
        if person.may_manage:
            owing = await communities.owing_units(services.db, community_id=person.community_id)
            found += [(unit, person) for unit in owing]
        elif Role.LIAISON in person.roles and person.unit is not None:
            found.append((person.unit, person))
    if not found:
        raise NoOwingUnits if any(one.may_manage for one in persons) else NotALiaison
    return found


async def _pressed(request: Request, services: Services, mine: list[tuple[Unit, Person]]) -> Reply:
    """A button carries unit:day or unit:day:form; it is checked again at every press."""
    unit_id, on, form = _carried(request.words)
    for unit, person in mine:
        if unit.id == unit_id and form is None:
            ask = Message(texts.ask_form(unit, on), texts.form_buttons(unit, on), replaces=True)
            return Reply((ask,))
        if unit.id == unit_id:
            recorded = await contacts.record(
                services.db, unit, by=person, on=on, form=ContactForm(form), at=request.at
            )
            return Reply((Message(texts.recorded(recorded), replaces=True),))
    raise NotAllowed


def _carried(words: str) -> tuple[int, date, str | None]:
    match = CARRIED.fullmatch(words)
    try:
        if match is not None:
            return int(match[1]), date.fromisoformat(match[2]), match[3]
    except ValueError as error:
        raise StaleButton from error
    raise StaleButton
