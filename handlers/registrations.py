"""What was registered: confirmed by a worker with one press, taken back with a reason, given to a year; listed."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.attendance import expect, is_number, number_in, user_id_of
from handlers.conversation import Message, Place, Reply, Request, Services, say
from handlers.office import numbers, office, which
from handlers.registering import to_bearer
from handlers.texts import registrations as texts
from handlers.texts.text import text
from records import communities, people, registrations, standing, visits
from records.calendar import Year, day_of
from records.errors import (
    ConfirmedBefore,
    NotAllowed,
    PrivateOnly,
    StaleButton,
    WordsTooLong,
)
from records.model import Community, Duty, Person, Registration

REASON = 200  # characters
YEARS = 2  # the running one and the one before


async def confirm(request: Request, services: Services) -> Reply:
    """确认: once more changes nothing; from the list it shows the list again."""
    community, person = await office(request, services)
    number, *page = numbers(request, least=1)
    try:
        fact = await _fact(services, community, number)
    except StaleButton:
        if page:
            raise
        return Reply((Message(text(texts.GONE), replaces=True),))
    found = await registrations.confirm(services.db, fact.id, by=person, at=request.at)
    if page:
        return await _listed(request, services, community, page[0])
    (done,) = await standing.of(services.db, [found])
    return Reply((Message(texts.confirmed(done), replaces=True),))


async def confirm_all(request: Request, services: Services) -> Reply:
    """全部确认: everything that waited when the list was shown."""
    community, person = await office(request, services)
    (newest,) = numbers(request, least=1)[:1]
    if not is_number(newest):
        raise StaleButton
    waiting = [
        one
        for one in await registrations.unconfirmed(services.db, community_id=community.id)
        if one.id <= int(newest)
    ]
    for one in waiting:
        await registrations.confirm(services.db, one.id, by=person, at=request.at)
    shown = await _listed(request, services, community, "1")
    return replace(shown, toast=texts.confirmed_all(len(waiting)))


async def withdraw(request: Request, services: Services) -> Reply:
    """撤销登记: the reason is asked for, then it is as if it had not been registered.

    By a worker; by whoever registered it until a worker has confirmed it. ConfirmedBefore, WordsTooLong.
    """
    community, person = await _who(request, services)
    fact = await _fact(services, community, numbers(request, least=1)[0])
    _check_may_change(fact, person)
    (done,) = await standing.of(services.db, [fact])
    if request.pressed:
        await expect(request, services, "withdrawfact", f"{community.id}:{fact.id}")
        return say(texts.why(done), *texts.why_buttons())
    reason = " ".join(request.words.split()).strip("。")
    if len(reason) > REASON:
        raise WordsTooLong
    owed = await _owed(services, community, fact)
    await registrations.withdraw(services.db, fact.id, reason=reason, by=person, at=request.at)
    if fact.arises_from is not None:
        await visits.count(services.db, fact.arises_from, counts=False)
    left = await standing.occurrence(
        services.db, community, owed, owed.counts_on, today=day_of(request.at)
    )
    keys = texts.withdrawn_buttons(community, manages=person.may_manage)
    told: Sequence[Message] = ()
    if person.may_manage:
        words = texts.withdrawn_note(done, person, reason, left)
        told = await to_bearer(services.db, fact, words, but=user_id_of(request))
    return Reply((Message(texts.withdrawn(done, left), keys), *told))


async def _owed(services: Services, community: Community, fact: Registration) -> Registration:
    """What fulfils the duty: of a visit the contact that arose from it."""
    contact = await visits.contact_of(services.db, fact.id)
    if contact is None:
        return fact
    return await registrations.with_id(services.db, contact, community_id=community.id)


async def year(request: Request, services: Services) -> Reply:
    """归属2026年: in January what was done may be given to the year before; a worker may do so later too."""
    community, person = await _who(request, services)
    number, chosen = numbers(request, least=2)[:2]
    fact = await _fact(services, community, number)
    _check_may_change(fact, person)
    offered = await years(services, community, fact, person, request)
    if not is_number(chosen) or int(chosen) not in offered:
        raise StaleButton
    found = await registrations.attribute(
        services.db, fact.id, int(chosen), by=person, at=request.at
    )
    (done,) = await standing.of(services.db, [found])
    words = texts.recorded(done, today=day_of(request.at), years=offered)
    return Reply((Message(words, texts.recorded_buttons(done, offered), replaces=True),))


async def years(
    services: Services, community: Community, fact: Registration, by: Person, request: Request
) -> list[int]:
    """The years it may be given to: its own, and the one before in January, or for a worker if it is open."""
    own = fact.on.year
    if texts.may_be_chosen(fact, own - 1) or fact.counts_on.year == own - 1:
        return [own - 1, own]
    if not by.may_manage:
        return [own]
    before = await standing.earlier(services.db, community, fact, today=day_of(request.at))
    return [own - 1, own] if before == Year(own - 1) else [own]


def _check_may_change(fact: Registration, person: Person) -> None:
    if person.may_manage:
        return
    if fact.recorded_by != person.id:
        raise NotAllowed
    if fact.confirmed_by is not None:
        raise ConfirmedBefore


async def _who(request: Request, services: Services) -> tuple[Community, Person]:
    """Whoever presses, in the community that the button carries. NotBound, PrivateOnly."""
    if request.place is Place.GROUP:
        raise PrivateOnly
    number, user_id = number_in(request), user_id_of(request)
    mine = await people.all_of_account(services.db, user_id=user_id)
    for person in mine:
        if person.community_id == number:
            community = await communities.with_id(services.db, person.community_id)
            await communities.lock(services.db, community)
            return community, person
    raise NotAllowed


async def _fact(services: Services, community: Community, number: str) -> Registration:
    if not is_number(number):
        raise StaleButton
    return await registrations.with_id(services.db, int(number), community_id=community.id)


async def facts(request: Request, services: Services) -> Reply:
    """登记明细: what was registered for the running year and the one before."""
    if (choice := await which(request, services, "facts")) is not None:
        return choice
    community, _person = await office(request, services)
    page = numbers(request)[:1] if request.pressed else []
    return await _listed(request, services, community, page[0] if page else "1")


async def _listed(request: Request, services: Services, community: Community, page: str) -> Reply:
    """A page of it: what waits for a worker first, then duty by duty, the newest first."""
    this = day_of(request.at).year
    found = await registrations.within(
        services.db,
        community_id=community.id,
        first=Year(this - YEARS + 1).first,
        last=Year(this).last,
    )
    waiting = await registrations.unconfirmed(services.db, community_id=community.id)
    ids = {one.id for one in waiting}
    ordered = _in_order([*waiting, *(one for one in found if one.id not in ids)])
    pages = max(1, -(-len(ordered) // texts.ON_A_PAGE))
    number = min(int(page), pages) if is_number(page) and int(page) else 1
    shown = ordered[(number - 1) * texts.ON_A_PAGE : number * texts.ON_A_PAGE]
    done = await standing.of(services.db, shown)
    words = texts.listed(
        community,
        done,
        page=number,
        pages=pages,
        total=len(ordered),
        waiting=len(waiting),
        years=[this - 1, this],
    )
    keys = texts.list_buttons(community, done, page=number, pages=pages, waiting=waiting)
    return Reply((Message(words, keys, replaces=_turns(request)),))


def _turns(request: Request) -> bool:
    """A press inside the list changes it; 登记明细 under something else shows it below."""
    return request.pressed and bool(numbers(request))


def _in_order(found: Sequence[Registration]) -> list[Registration]:
    order = list(Duty)
    return sorted(
        found,
        key=lambda one: (
            one.confirmed_at is not None,
            order.index(one.duty) if one.confirmed_at is not None else 0,
            -one.on.toordinal(),
            -one.id,
        ),
    )
