"""A visit that was registered: noted further, printed, listed, confirmed by the unit as its contact."""

from datetime import date

from handlers import dates
from handlers.attendance import expect, is_number, user_id_of
from handlers.conversation import Message, Place, Reply, Request, Services, say
from handlers.dates import Near
from handlers.files import visit_form
from handlers.files.cells import is_private
from handlers.office import numbers, office
from handlers.registering import liaisons_of
from handlers.texts import days as day_texts
from handlers.texts import visits as texts
from records import communities, people, registrations, visits
from records.calendar import Year, day_of
from records.errors import (
    DayAhead,
    DayUnknown,
    NotALiaison,
    NoteMissing,
    PrivateNumber,
    PrivateOnly,
    StaleButton,
    WordsTooLong,
)
from records.model import Community, Duty, Person, Role, Visit
from records.registrations import Happened

NAMES, NOTE = 100, 500  # characters
YEARS = 2  # the running one and the one before


def written(words: str, most: int) -> str:
    """NoteMissing, WordsTooLong, PrivateNumber."""
    line = " ".join(words.split()).strip()
    if not line:
        raise NoteMissing
    if len(line) > most:
        raise WordsTooLong
    if is_private(line):
        raise PrivateNumber
    return line


async def record(
    request: Request, services: Services, fact: Happened, names: str, person: Person
) -> Reply:
    is_new = await registrations.known(services.db, fact, community_id=person.community_id) is None
    found = await visits.record(services.db, fact, visitors=names, by=person, at=request.at)
    asked = await _who_confirms(services, found) if is_new else []
    notes = [
        Message(texts.to_liaison(found, person), texts.liaison_buttons(found), chat_id=account)
        for account in asked
    ]
    can_count = bool(asked) or found.counts is not None
    shown = texts.recorded(found, can_count=can_count)
    message = Message(shown, texts.card_buttons(found), replaces=request.pressed)
    return Reply((message, *notes))


async def _who_confirms(services: Services, found: Visit) -> list[int]:
    """The liaisons of a unit that owes contact."""
    unit = found.registration.unit
    if unit is None or not texts.owes(unit):
        return []
    return await liaisons_of(services.db, unit)


async def listed(request: Request, services: Services) -> Reply:
    """走访记录: of this year and the last, the newest first."""
    community, _person = await office(request, services)
    page, this = numbers(request)[:1], day_of(request.at).year
    found = await visits.of_community(
        services.db,
        community_id=community.id,
        first=Year(this - YEARS + 1).first,
        last=Year(this).last,
    )
    pages = max(1, -(-len(found) // texts.ON_A_PAGE))
    number = min(int(page[0]), pages) if page and is_number(page[0]) and int(page[0]) else 1
    shown = found[::-1][(number - 1) * texts.ON_A_PAGE : number * texts.ON_A_PAGE]
    words = texts.listed(community, shown, page=number, pages=pages)
    keys = texts.list_buttons(community, shown, page=number, pages=pages)
    return Reply((Message(words, keys, replaces=bool(page)),))


async def card(request: Request, services: Services) -> Reply:
    """One visit with what can still be noted."""
    community, _person = await office(request, services)
    found = await _visit(services, community, numbers(request, least=1)[0])
    return await _shown(services, found, replaces=False)


async def _shown(services: Services, found: Visit, *, replaces: bool) -> Reply:
    can_count = bool(await _who_confirms(services, found))
    words = texts.card(found, can_count=can_count)
    return Reply((Message(words, texts.card_buttons(found), replaces=replaces),))


async def note(request: Request, services: Services) -> Reply:
    """补充需求 and its like: asked for, then noted. NoteMissing, WordsTooLong, PrivateNumber, DayUnknown, DayAhead."""
    community, person = await office(request, services)
    number, field = numbers(request, least=2)[:2]
    found = await _visit(services, community, number)
    if field not in texts.FIELDS:
        raise StaleButton
    if request.pressed:
        await expect(request, services, "visitnote", f"{community.id}:{number}:{field}")
        return say(texts.write(found, field), *day_texts.drop_buttons())
    value: str | date
    if field == "done_on":
        value = _day(request)
    else:
        value = written(request.words, NAMES if field == "visitors" else NOTE)
    noted = await visits.complete(services.db, found, by=person, at=request.at, **{field: value})
    return await _shown(services, noted, replaces=False)


def _day(request: Request) -> date:
    today = day_of(request.at)
    read = dates.read_day(request.words, today=today, near=Near.PAST)
    if read is None:
        raise DayUnknown
    if read[0] > today:
        raise DayAhead
    return read[0]


async def counts(request: Request, services: Services) -> Reply:
    """The unit's answer, once; or 不计入 by a worker, at any time."""
    if request.place is Place.GROUP:
        raise PrivateOnly
    community_id, number, answer = (*request.words.split(":"), "", "")[:3]
    if not (is_number(community_id) and is_number(number)) or not request.pressed:
        raise StaleButton
    if answer == "no":
        return await _not_counted(request, services, number)
    person = await people.of_account(
        services.db, community_id=int(community_id), user_id=user_id_of(request)
    )
    community = await communities.with_id(services.db, person.community_id)
    await communities.lock(services.db, community)
    found = await _visit(services, community, number)
    if Role.LIAISON not in person.roles or person.unit != found.registration.unit:
        raise NotALiaison
    if answer not in ("yes", "true"):
        raise StaleButton
    if found.counts is not None:  # answered before, or taken out by the worker
        return Reply((Message(texts.answered(found), replaces=True),))
    if answer == "yes":
        await _as_contact(request, services, found, person)
    await visits.count(services.db, found.registration.id, counts=answer == "yes")
    noted = await _visit(services, community, number)
    told = [
        Message(texts.told(noted, person), chat_id=account)
        for account in await people.accounts_of(
            services.db, person_id=found.registration.recorded_by
        )
    ]
    return Reply((Message(texts.answered(noted), replaces=True), *told))


async def _as_contact(request: Request, services: Services, found: Visit, liaison: Person) -> None:
    """The unit's contact, registered by its liaison; who registered the visit stands for it, and for its day."""
    fact = found.registration
    contact = Happened(
        Duty.HALF_YEAR_CONTACT, fact.on, fact.unit, form=fact.form, arises_from=fact.id
    )
    made = await registrations.record(
        services.db, contact, by=liaison, at=request.at, is_checked=True
    )
    (worker,) = await people.with_ids(services.db, [fact.recorded_by])
    await registrations.confirm(services.db, made.id, by=worker, at=request.at)


async def _not_counted(request: Request, services: Services, number: str) -> Reply:
    """What the unit had confirmed is taken back with it."""
    community, person = await office(request, services)
    found = await _visit(services, community, number)
    contact = await visits.contact_of(services.db, found.registration.id)
    notes: list[Message] = []
    if contact is not None:
        await registrations.withdraw(
            services.db, contact, reason=texts.NOT_COUNTED, by=person, at=request.at
        )
        notes = [
            Message(texts.not_counted(found, person), chat_id=account)
            for account in await _who_confirms(services, found)
        ]
    await visits.count(services.db, found.registration.id, counts=False)
    shown = await _shown(services, await _visit(services, community, number), replaces=True)
    return Reply((*shown.messages, *notes))


async def form(request: Request, services: Services) -> Reply:
    """打印记录表: a job makes it."""
    community, _person = await office(request, services)
    found = await _visit(services, community, numbers(request, least=1)[0])
    await visit_form.order(services.db, found, chat_id=user_id_of(request), at=request.at)
    return Reply(toast=texts.COMING)


async def _visit(services: Services, community: Community, number: str) -> Visit:
    if not is_number(number):
        raise StaleButton
    return await visits.with_id(services.db, int(number), community_id=community.id)
