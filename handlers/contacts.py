"""Recording a contact: the liaison for his unit, the worker for any, in private and two presses."""

import re
from datetime import date

from handlers import dates
from handlers.conversation import Message, Place, Reply, Request, Services
from handlers.texts import contacts as texts
from records import communities, contacts, people
from records.calendar import day_of
from records.errors import NotALiaison, NotAllowed, NotBound, PrivateOnly, StaleButton
from records.model import ContactForm, Person, Role, Unit

FORMS = "|".join(form.value for form in ContactForm)
CARRIED = re.compile(rf"(\d+):(\d{{4}}-[01]\d-[0-3]\d)(?::({FORMS}))?")


async def contact(request: Request, services: Services) -> Reply:
    """Ask for what is still missing (unit, form), then record."""
    if request.place is Place.GROUP:
        raise PrivateOnly
    if request.user_id is None:
        raise NotBound
    persons = await people.all_of_account(services.db, user_id=request.user_id)
    if request.pressed and request.words:
        return await _pressed(request, services, persons)
    read = dates.read_day(request.words, today=day_of(request.at))
    on, name = read or (day_of(request.at), request.words)
    return await _which_unit(services, persons, on=on, name=name.strip())


async def _which_unit(services: Services, persons: list[Person], *, on: date, name: str) -> Reply:
    units = await _units_of(services, persons)
    if name:
        wanted = [unit for unit in units if unit.name == name]
        units = wanted or [await _unit_named(services, persons, name)]
    if len(units) == 1:
        return Reply((Message(texts.ask_form(units[0], on), texts.form_buttons(units[0], on)),))
    return Reply((Message(texts.which_unit(on), texts.unit_buttons(units, on)),))


async def _unit_named(services: Services, persons: list[Person], name: str) -> Unit:
    return await communities.unit_named(
        services.db, community_id=persons[0].community_id, name=name
    )


async def _pressed(request: Request, services: Services, persons: list[Person]) -> Reply:
    """A button carries unit:day or unit:day:form; it is checked again at every press."""
    match = CARRIED.fullmatch(request.words)
    if match is None:
        raise StaleButton
    unit_id, on, form = match[1], date.fromisoformat(match[2]), match[3]
    for person in persons:
        for unit in await _units_of(services, [person]):
            if str(unit.id) == unit_id:
                if form is None:
                    shown = Message(
                        texts.ask_form(unit, on), texts.form_buttons(unit, on), replaces=True
                    )
                    return Reply((shown,))
                recorded = await contacts.record(
                    services.db, unit, by=person, on=on, form=ContactForm(form), at=request.at
                )
                return Reply((Message(texts.recorded(recorded), replaces=True),))
    raise NotAllowed


async def _units_of(services: Services, persons: list[Person]) -> list[Unit]:
    """The units somebody may record for: his own as liaison, all of them as worker."""
    found: list[Unit] = []
    for person in persons:
        if person.may_manage:
            found += await communities.owing_units(services.db, community_id=person.community_id)
        elif Role.LIAISON in person.roles and person.unit is not None:
            found.append(person.unit)
    if not found:
        raise NotALiaison
    return found
