"""A community as an office hands it in, and its loading into the records."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update

from records import binding, obligations, people, roles, terms, units
from records.calendar import day_of
from records.communities import community_of
from records.database import Transaction
from records.model import Capacity, Community, Entry, Person, Post, Role, Seat
from records.schema import communities, members
from records.schema import people as people_table
from records.terms import Term

DAY = timedelta(days=1)


@dataclass(frozen=True)
class RosterUnit:
    """A line of the register of units. A mark is None where nothing is said about it."""

    name: str
    is_local: bool | None = None
    has_party_organisation: bool | None = None


@dataclass(frozen=True)
class RosterPerson:
    """A line of the roster. `post` is None for people outside the team: workers and liaisons.

    `roles` is None where the line says nothing of them: they stay, and the Party secretary has his.
    """

    name: str
    unit: str | None = None
    post: Post | None = None
    seat: Seat | None = None
    entry: Entry | None = None
    capacity: Capacity = Capacity.VOTING
    roles: frozenset[Role] | None = frozenset()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Roster:
    """One community as an office hands it in."""

    community: str
    subdistrict: str
    units: Sequence[RosterUnit] = field(default=())
    people: Sequence[RosterPerson] = field(default=())


@dataclass(frozen=True)
class BindingCode:
    person: RosterPerson
    code: str


async def load(db: Transaction, roster: Roster, *, now: datetime) -> list[BindingCode]:
    """Load a community, or what has changed; a fresh code for everybody who is not yet bound.

    Of people already known, post, seat, way in, term and roles become what the workbook says (a
    leaving is an `until`). Who is not in it stays as he is.
    """
    query = select(communities).where(communities.c.name == roster.community)
    row = (await db.execute(query)).one_or_none()
    if row is not None:
        community = community_of(row)
    else:
        community = await found(db, roster.community, roster.subdistrict, now=now)
    person_ids = await put(db, community, roster, now=now)
    known = await people.bound(db, community_id=community.id)
    return [
        BindingCode(line, await binding.issue(db, person_id=person_id, at=now))
        for line, person_id in zip(roster.people, person_ids, strict=True)
        if person_id not in known
    ]


async def found(
    db: Transaction, name: str, subdistrict: str, *, chat_id: int | None = None, now: datetime
) -> Community:
    """A new community. What it owes begins today; before that there is no record."""
    values = {"name": name, "subdistrict": subdistrict, "starts_on": day_of(now)}
    values |= {"group_chat_id": chat_id}
    row = (await db.execute(insert(communities).values(values).returning(communities))).one()
    await obligations.begin_for_community(db, community_id=row.id, since=row.starts_on, now=now)
    return community_of(row)


async def put(
    db: Transaction,
    community: Community,
    roster: Roster,
    *,
    now: datetime,
    elected_on: date | None = None,
) -> list[int]:
    """Write the lines; the people's numbers in their order. LastWorker.

    With `elected_on` they are the whole new team: every term ends the day before, those of the
    lines begin on that day.
    """
    managers = await roles.held_by(db, community_id=community.id)
    unit_ids = await _units(db, community, roster, now=now)
    history = await terms.of_community(db, community_id=community.id)
    if elected_on is not None:
        await _end_all(db, history, elected_on)
    writer = _Writer(
        db,
        community,
        {
            (person.name, person.unit.id if person.unit else None): person
            for person in await people.of_community(db, community_id=community.id)
        },
        _last(history),
        day_of(now),
        elected_on,
    )
    written = [
        await writer.write(line, unit_ids[line.unit] if line.unit else None)
        for line in roster.people
    ]
    await roles.guard(db, managers, community_id=community.id)
    await obligations.settle_members(db, now=now, community_id=community.id)
    return written


async def _units(
    db: Transaction, community: Community, roster: Roster, *, now: datetime
) -> Mapping[str, int]:
    """The units by name. One that only stands beside a person is listed without marks."""
    listed = {unit.name: unit for unit in await units.of_community(db, community_id=community.id)}
    lines = {unit.name: unit for unit in roster.units}
    for person in roster.people:
        if person.unit is not None:
            lines.setdefault(person.unit, RosterUnit(person.unit))
    for line in lines.values():
        unit = listed.get(line.name)
        if unit is None:
            unit = await units.add(db, line.name, community_id=community.id)
        listed[line.name] = await units.mark(
            db,
            unit,
            is_local=_said(line.is_local, unit.is_local),
            has_party_organisation=_said(line.has_party_organisation, unit.has_party_organisation),
            at=now,
        )
    return {name: unit.id for name, unit in listed.items()}


def _said(mark: bool | None, known: bool) -> bool:  # noqa: FBT001 - one mark and what it was
    return known if mark is None else mark


def _last(history: Iterable[Term]) -> dict[int, Term]:
    """The last term of everybody."""
    return {term.person.id: term for term in sorted(history, key=lambda term: term.since)}


async def _end_all(db: Transaction, history: Iterable[Term], day: date) -> None:
    """Everybody's term ends the day before; one that would begin on the day or later never does."""
    lasting = [term for term in history if term.until is None or term.until >= day]
    over = [term.id for term in lasting if term.since < day]
    await db.execute(update(members).where(members.c.id.in_(over)).values(until=day - DAY))
    never = [term.id for term in lasting if term.since >= day]
    await db.execute(delete(members).where(members.c.id.in_(never)))


@dataclass(frozen=True)
class _Writer:
    """Writes lines over what is known of a community."""

    db: Transaction
    community: Community
    known: Mapping[tuple[str, int | None], Person]
    last: Mapping[int, Term]
    today: date
    elected_on: date | None

    async def write(self, line: RosterPerson, unit_id: int | None) -> int:
        person = self.known.get((line.name, unit_id)) or await self._new(line, unit_id)
        held = _roles(line, person)
        if held != person.roles - {Role.MEMBER}:
            await roles.put(self.db, person, held)
        if line.post is not None:
            await self._term(person.id, line)
        return person.id

    async def _new(self, line: RosterPerson, unit_id: int | None) -> Person:
        values = {"community_id": self.community.id, "unit_id": unit_id, "name": line.name}
        query = insert(people_table).values(values).returning(people_table.c.id)
        number = int((await self.db.execute(query)).scalar_one())
        return Person(number, self.community.id, line.name, None, frozenset())

    async def _term(self, person_id: int, line: RosterPerson) -> None:
        facts: dict[str, Any] = {
            "post": line.post,
            "seat": line.seat,
            "entry": line.entry,
            "capacity": line.capacity,
            "until": line.until,
        }
        last = self.last.get(person_id)
        if self.elected_on is not None:
            await self._begin(facts | {"person_id": person_id, "since": self.elected_on})
        elif last is not None and goes_on(last, line, today=self.today):
            facts["since"] = line.since or last.since
            await self.db.execute(update(members).where(members.c.id == last.id).values(facts))
        else:
            since = line.since or self.today
            if last is not None:
                await terms.end(self.db, last.person, until=since - DAY)
            await self._begin(facts | {"person_id": person_id, "since": since})

    async def _begin(self, facts: Mapping[str, Any]) -> None:
        await self.db.execute(insert(members).values(facts))


def _roles(line: RosterPerson, person: Person) -> frozenset[Role]:
    """Where a line says nothing of roles, the Party secretary's follows from the post."""
    if line.roles is not None:
        return line.roles - {Role.MEMBER}
    kept = person.roles - {Role.MEMBER, Role.PARTY_SECRETARY}
    return kept | ({Role.PARTY_SECRETARY} if line.post is Post.SECRETARY else frozenset())


async def unbound(db: Transaction, *, community_id: int, today: date) -> list[Person]:
    """Who is in office, will be, or holds a role, and has not confirmed who he is."""
    known = await people.bound(db, community_id=community_id)
    history = await terms.of_community(db, community_id=community_id)
    holders = {term.person.id for term in terms.lasting(history, today)}
    return [
        person
        for person in await people.of_community(db, community_id=community_id)
        if person.id not in known and (person.id in holders or person.roles - {Role.MEMBER})
    ]


def goes_on(last: Term, line: RosterPerson, *, today: date) -> bool:
    """Whether the line is about the last term, to be put right; else a new one begins.

    Who left and is in office again has a new term, and so has who holds another post, seat or
    capacity from a later day on: past meetings keep the roster of their day.
    """
    if line.since is None:
        back = line.until is None or line.until >= today
        return not (last.is_over(today) and back)
    if last.until is not None and line.since > last.until:
        return False
    return line.since <= last.since or same_office(last, line)


def same_office(term: Term, line: Term | RosterPerson) -> bool:
    """Whether post, seat, way in and capacity are the same."""
    return (term.post, term.seat, term.entry, term.capacity) == (
        line.post,
        line.seat,
        line.entry,
        line.capacity,
    )
