"""What registering has in common, whatever is registered: for whom one may, what comes of it, who is told."""

from collections.abc import Mapping, Sequence

from handlers.attendance import user_id_of
from handlers.conversation import Button, Message, Place, Request, Services
from handlers.texts import registrations as texts
from handlers.texts.text import Text
from records import communities, duties, people, registrations, standing
from records.database import Transaction
from records.errors import NoOwingUnits, NotALiaison, NotAllowed, PrivateOnly
from records.model import Community, Person, Registration, Role, Unit
from records.registrations import Happened
from records.standing import Registered

Mine = Sequence[tuple[Unit, Person]]
"""The units somebody may register for, and as whom."""


async def units_of(request: Request, services: Services) -> Mine:
    """One's own as liaison, all that owe contact and deeds as worker. PrivateOnly, NotALiaison, NoOwingUnits."""
    if request.place is Place.GROUP:
        raise PrivateOnly
    found: list[tuple[Unit, Person]] = []
    persons = await people.all_of_account(services.db, user_id=user_id_of(request))
    for person in persons:
        if person.may_manage:
            owing = await communities.owing_units(services.db, community_id=person.community_id)
            found += [(unit, person) for unit in owing]
        elif Role.LIAISON in person.roles and person.unit is not None and _owes(person.unit):
            found.append((person.unit, person))
    if not found:
        raise NoOwingUnits if any(one.may_manage for one in persons) else NotALiaison
    return found


def _owes(unit: Unit) -> bool:
    return duties.owed_by_units(unit.is_local, unit.has_party_organisation)


def unit_in(mine: Mine, number: int) -> tuple[Unit, Person]:
    """The unit a button carries, if one may still register for it. NotAllowed."""
    for unit, person in mine:
        if unit.id == number:
            return unit, person
    raise NotAllowed


async def labels(services: Services, mine: Mine) -> Mapping[int, str]:
    """The names of the units; whoever keeps several communities sees to which one each belongs."""
    ids = {unit.community_id for unit, _person in mine}
    if len(ids) == 1:
        return {unit.id: unit.name for unit, _person in mine}
    names = {one: (await communities.with_id(services.db, one)).name for one in ids}
    return {unit.id: f"{unit.name}（{names[unit.community_id]}）" for unit, _person in mine}


def named(words: str, mine: Mine, *, at_end: bool = True) -> tuple[Mine, str]:
    """The units that the words name, in full anywhere or shortened in front (or at the end), and the words left."""
    if full := [(unit, person) for unit, person in mine if unit.name in words]:
        name = max((unit.name for unit, _person in full), key=len)
        rest = " ".join(words.replace(name, " ", 1).split())
        return [one for one in full if one[0].name == name], rest
    parts = words.split()
    for place in dict.fromkeys((0, len(parts) - 1) if at_end else (0,)) if parts else ():
        found = [one for one in mine if parts[place] in one[0].name]
        if found and len(parts[place]) > 1:
            return found, " ".join(parts[:place] + parts[place + 1 :])
    return [], words


async def register_fact(
    request: Request, services: Services, fact: Happened, by: Person
) -> tuple[Registered, tuple[Message, ...]]:
    """What is registered now, and the note to the worker where he is to confirm it.

    One act on a community's register at a time. What `registrations.record` refuses.
    """
    community = await communities.with_id(services.db, by.community_id)
    await communities.lock(services.db, community)
    before = await registrations.known(services.db, fact, community_id=community.id)
    found = await registrations.record(services.db, fact, by=by, at=request.at)
    (done,) = await standing.of(services.db, [found])
    if before is not None or not texts.is_to_confirm(done):
        return done, ()
    note = texts.note(done), texts.note_buttons(found)
    return done, await to_workers(services.db, community, *note)


async def to_workers(
    db: Transaction, community: Community, words: Text, keys: tuple[tuple[Button, ...], ...] = ()
) -> tuple[Message, ...]:
    """To every Party-affairs worker; to the Party secretary where none has confirmed who he is."""
    for wanted in (Role.PARTY_WORKER, Role.PARTY_SECRETARY):
        found = await people.with_roles(db, community_id=community.id, wanted=[wanted])
        if found:
            return tuple(Message(words, keys, chat_id=account) for _person, account in found)
    return ()


async def to_bearer(
    db: Transaction, fact: Registration, words: Text, *, but: int
) -> tuple[Message, ...]:
    """To the liaisons of the unit, or to the member himself; not to whoever does it."""
    accounts: list[int] = []
    if fact.unit is not None:
        accounts = await liaisons_of(db, fact.unit)
    elif fact.person_id is not None:
        accounts = await people.accounts_of(db, person_id=fact.person_id)
    return tuple(Message(words, chat_id=account) for account in accounts if account != but)


async def liaisons_of(db: Transaction, unit: Unit) -> list[int]:
    """The accounts of those who speak for a unit."""
    found = await people.with_roles(
        db, community_id=unit.community_id, wanted=[Role.LIAISON], unit_id=unit.id
    )
    return [account for _person, account in found]
