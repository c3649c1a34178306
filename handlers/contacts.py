"""Registering a contact: the liaison for his unit, a worker for any, in private and at most three presses."""

import re
from datetime import date

from handlers import dates, days
from handlers.conversation import Message, Reply, Request, Services, say
from handlers.registering import Mine, labels, named, register_fact, unit_in, units_of
from handlers.texts import contacts as texts
from handlers.texts import days as day_texts
from handlers.texts import registrations as fact_texts
from records import communities, registrations, standing
from records.calendar import Period, day_of, period_of
from records.errors import DayNotUnderstood, NoSuchUnit, StaleButton
from records.model import ContactForm, Duty, Person, Unit
from records.registrations import Happened

P2 = Duty.HALF_YEAR_CONTACT
FORM = "|".join(form.value for form in ContactForm)
CARRIED = re.compile(
    rf"(\d{{1,15}})(?::(\d{{4}}-[01]\d-[0-3]\d)(?::(\d{{4}}-H[12]))?(?::({FORM}))?)?"
)


async def contact(request: Request, services: Services) -> Reply:
    """Ask for what is still missing (unit, day, form), then register."""
    mine = await units_of(request, services)
    if request.pressed and request.words:
        return await _pressed(request, services, mine)
    return await _line(request, services, mine, request.words)


async def day(request: Request, services: Services) -> Reply:
    """The day that was asked for, typed; the form may stand beside it."""
    mine = await units_of(request, services)
    carried, on, rest = days.typed(request)
    found = unit_in(mine, days.number_of(carried))
    if on is None and _form(rest)[0] is None:
        raise DayNotUnderstood
    return await _read(request, services, [found], on, rest)


async def begin(request: Request, services: Services, unit: Unit, _person: Person) -> Reply:
    """The first question about a unit, below what was said before."""
    return await _ask_day(request, services, unit, replaces=False)


async def _line(request: Request, services: Services, mine: Mine, words: str) -> Reply:
    """/contact 9月12日 建设银行 来访: any part of it may be missing."""
    on, rest = dates.beside(words, today=day_of(request.at))
    return await _read(request, services, mine, on, rest)


async def _read(
    request: Request, services: Services, mine: Mine, on: date | None, words: str
) -> Reply:
    form, rest = _form(words)
    found, left = named(rest, mine) if rest else (mine, "")
    if not found or left:
        raise NoSuchUnit(left or rest)
    if on is not None:
        registrations.check_day(P2, on, by=found[0][1], today=day_of(request.at))
    if len(found) > 1:
        names = await labels(services, found)
        return say(
            texts.which_unit("contact", len(names), on), *texts.unit_buttons("contact", names, on)
        )
    unit, person = found[0]
    if form is not None:
        when = on or day_of(request.at)
        return await _register(request, services, Happened(P2, when, unit, form=form), person)
    if on is None:
        return await _ask_day(request, services, unit, replaces=False)
    return await _ask_form(request, services, unit, person, on, replaces=False)


def _form(words: str) -> tuple[ContactForm | None, str]:
    """The form a line names, and the words without it."""
    parts = words.split()
    for place, part in enumerate(parts):
        if part in texts.SAID:
            return texts.SAID[part], " ".join(parts[:place] + parts[place + 1 :])
    return None, " ".join(parts)


async def _pressed(request: Request, services: Services, mine: Mine) -> Reply:
    """A button carries unit, unit:day, or these with the form and an earlier half-year it is given to."""
    match = CARRIED.fullmatch(request.words)
    if match is None:
        raise StaleButton
    unit, person = unit_in(mine, int(match[1]))
    if match[2] is None:
        return await _ask_day(request, services, unit, replaces=True)
    on = days.iso(match[2])
    given = period_of(match[3]) if match[3] is not None else None
    if given is not None and given != await _earlier(request, services, unit, person, on):
        raise StaleButton
    if match[4] is None:
        return await _ask_form(request, services, unit, person, on, given=given, replaces=True)
    counts_on = given.last if given is not None else None
    fact = Happened(P2, on, unit, form=ContactForm(match[4]), counts_on=counts_on)
    return await _register(request, services, fact, person)


async def _ask_day(request: Request, services: Services, unit: Unit, *, replaces: bool) -> Reply:
    await days.expect_day(request, services, "contact", str(unit.id))
    keys = day_texts.day_buttons("contact", str(unit.id), day_of(request.at))
    return Reply((Message(texts.ask_day(unit), keys, replaces=replaces),))


async def _ask_form(
    request: Request,
    services: Services,
    unit: Unit,
    person: Person,
    on: date,
    *,
    given: Period | None = None,
    replaces: bool,
) -> Reply:
    """The form; early in a half-year a worker may give it to the one before if that is still open."""
    registrations.check_day(P2, on, by=person, today=day_of(request.at))
    carried = texts.carried_of(unit, on, given)
    keys = texts.form_buttons("contact", carried)
    earlier = None if given else await _earlier(request, services, unit, person, on)
    if earlier is not None:
        keys += texts.given_button(carried, earlier)
    return Reply((Message(texts.ask_form(unit, on, given), keys, replaces=replaces),))


async def _earlier(
    request: Request, services: Services, unit: Unit, person: Person, on: date
) -> Period | None:
    if not person.may_manage:
        return None
    community = await communities.with_id(services.db, unit.community_id)
    fact = Happened(P2, on, unit)
    return await standing.earlier(services.db, community, fact, today=day_of(request.at))


async def _register(request: Request, services: Services, fact: Happened, person: Person) -> Reply:
    done, told = await register_fact(request, services, fact, person)
    await days.settled(request, services, "contactday")
    words = fact_texts.recorded(done, today=day_of(request.at))
    message = Message(words, fact_texts.recorded_buttons(done), replaces=request.pressed)
    return Reply((message, *told))
