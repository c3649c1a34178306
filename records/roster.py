"""A community as an office hands it in, and its loading into the records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from records import binding, obligations, people, rules
from records.calendar import day_of
from records.communities import community_of
from records.database import Transaction
from records.model import Capacity, Community, Entry, Post, Role, Seat
from records.schema import communities, members, roles, units
from records.schema import people as people_table


@dataclass(frozen=True)
class RosterUnit:
    name: str
    is_local: bool
    has_party_organisation: bool


@dataclass(frozen=True)
class RosterPerson:
    """A line of the roster. `post` is None for people outside the team: workers and liaisons."""

    name: str
    unit: str | None = None
    post: Post | None = None
    seat: Seat | None = None
    entry: Entry | None = None
    capacity: Capacity = Capacity.VOTING
    roles: frozenset[Role] = frozenset()
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
    leaving is an `until`). Who is not in it, and units already known, stay as they are.
    """
    community = await _community(db, roster, now=now)
    unit_ids = await _units(db, community, roster.units, now=now)
    codes = []
    for line in roster.people:
        unit_id = unit_ids[line.unit] if line.unit else None
        person_id = await _person(db, community, line, unit_id=unit_id, today=day_of(now))
        if not await people.accounts_of(db, person_id=person_id):
            codes.append(BindingCode(line, await binding.issue(db, person_id=person_id, at=now)))
    return codes


async def _community(db: Transaction, roster: Roster, *, now: datetime) -> Community:
    query = select(communities).where(communities.c.name == roster.community)
    if (row := (await db.execute(query)).one_or_none()) is None:
        row = (
            await db.execute(
                insert(communities)
                .values(
                    name=roster.community, subdistrict=roster.subdistrict, starts_on=day_of(now)
                )
                .returning(communities)
            )
        ).one()
        await obligations.begin_for_community(db, community_id=row.id, now=now)
    return community_of(row)


async def _units(
    db: Transaction, community: Community, lines: Sequence[RosterUnit], *, now: datetime
) -> Mapping[str, int]:
    query = select(units.c.name, units.c.id).where(units.c.community_id == community.id)
    known: dict[str, int] = {row.name: row.id for row in (await db.execute(query)).all()}
    for line in lines:
        if line.name in known:
            continue
        result = await db.execute(
            insert(units)
            .values(
                community_id=community.id,
                name=line.name,
                is_local=line.is_local,
                has_party_organisation=line.has_party_organisation,
            )
            .returning(units.c.id)
        )
        known[line.name] = int(result.scalar_one())
        if rules.owed_by_units(line.is_local, line.has_party_organisation):
            await obligations.begin_for_unit(
                db, community_id=community.id, unit_id=known[line.name], now=now
            )
    return known


async def _person(
    db: Transaction, community: Community, line: RosterPerson, *, unit_id: int | None, today: date
) -> int:
    query = select(people_table.c.id).where(
        people_table.c.community_id == community.id,
        people_table.c.name == line.name,
        people_table.c.unit_id == unit_id if unit_id else people_table.c.unit_id.is_(None),
    )
    known: int | None = (await db.execute(query)).scalars().first()
    if known is None:
        result = await db.execute(
            insert(people_table)
            .values(community_id=community.id, unit_id=unit_id, name=line.name)
            .returning(people_table.c.id)
        )
        known = int(result.scalar_one())
    await _term(db, known, line, today=today)
    await db.execute(delete(roles).where(roles.c.person_id == known))
    for role in sorted(line.roles, key=lambda role: role.value):
        await db.execute(insert(roles).values(person_id=known, role=role))
    return known


async def _term(db: Transaction, person_id: int, line: RosterPerson, *, today: date) -> None:
    """The person's last term as the workbook has it, or a first one; nothing outside the team."""
    if line.post is None:
        return
    facts: dict[str, Any] = {
        "post": line.post,
        "seat": line.seat,
        "entry": line.entry,
        "capacity": line.capacity,
        "until": line.until,
    }
    last = (
        select(members.c.id)
        .where(members.c.person_id == person_id)
        .order_by(members.c.since.desc())
        .limit(1)
    )
    term: int | None = (await db.execute(last)).scalar_one_or_none()
    if term is None:
        facts |= {"person_id": person_id, "since": line.since or today}
        await db.execute(insert(members).values(facts))
        return
    if line.since is not None:
        facts["since"] = line.since
    await db.execute(update(members).where(members.c.id == term).values(facts))
