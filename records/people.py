"""People of a community: who an account is, and the team of a day."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, insert, or_, select

from records.calendar import day_of
from records.database import Transaction
from records.errors import NotBound, NotOnRoster
from records.model import Capacity, Community, Meeting, Person, Role, Unit
from records.schema import accounts, members, people, roles, units


async def accounts_of(db: Transaction, *, person_id: int) -> list[int]:
    query = select(accounts.c.user_id).where(accounts.c.person_id == person_id)
    return list((await db.execute(query)).scalars())


async def of_account(db: Transaction, *, community_id: int, user_id: int) -> Person:
    """The person behind an account; NotOnRoster if it is only bound elsewhere, else NotBound."""
    if (person := await find(db, community_id=community_id, user_id=user_id)) is not None:
        return person
    elsewhere = select(accounts.c.id).where(accounts.c.user_id == user_id)
    if (await db.execute(elsewhere)).first() is not None:
        raise NotOnRoster
    raise NotBound


async def all_of_account(db: Transaction, *, user_id: int) -> list[Person]:
    """Everybody this account is, one person for each of its communities; NotBound if nobody."""
    found = await _people(
        db, people.c.id.in_(select(accounts.c.person_id).where(accounts.c.user_id == user_id))
    )
    if not found:
        raise NotBound
    return found


async def with_roles(
    db: Transaction, *, community_id: int, wanted: Iterable[Role], unit_id: int | None = None
) -> list[tuple[Person, int]]:
    """The bound people who hold one of the roles, with their account; of one unit if given."""
    condition = people.c.community_id == community_id
    if unit_id is not None:
        condition &= people.c.unit_id == unit_id
    holders = select(roles.c.person_id).where(roles.c.role.in_(list(wanted)))
    found = await _people(db, condition & people.c.id.in_(holders))
    return [
        (person, user_id)
        for person in found
        for user_id in await accounts_of(db, person_id=person.id)
    ]


async def accounts_with_roles(
    db: Transaction, *, community_ids: Iterable[int], wanted: Iterable[Role]
) -> list[tuple[int, int]]:
    """The community and the account of everybody bound who holds one of the roles, each once."""
    query = (
        select(accounts.c.community_id, accounts.c.user_id)
        .join(roles, roles.c.person_id == accounts.c.person_id)
        .where(accounts.c.community_id.in_(list(community_ids)), roles.c.role.in_(list(wanted)))
        .distinct()
        .order_by(accounts.c.community_id, accounts.c.user_id)
    )
    return [(row.community_id, row.user_id) for row in (await db.execute(query)).all()]


async def bound_on(db: Transaction, person: Person) -> date | None:
    """The day on which the person's account was bound."""
    query = select(accounts.c.bound_at).where(accounts.c.person_id == person.id)
    moment = (await db.execute(query)).scalar_one_or_none()
    return day_of(moment) if moment is not None else None


async def managers_of(db: Transaction, community_id: int) -> list[Person]:
    """Party secretary and Party-affairs workers, bound or not."""
    holders = select(roles.c.person_id).where(
        roles.c.role.in_([Role.PARTY_SECRETARY, Role.PARTY_WORKER])
    )
    return await _people(db, (people.c.community_id == community_id) & people.c.id.in_(holders))


async def with_name(db: Transaction, *, community_id: int, name: str) -> list[Person]:
    """Everybody of that name; a unit before or after the name tells people apart."""
    found = await _people(db, people.c.community_id == community_id)
    exactly = [person for person in found if person.name == name]
    if exactly:
        return exactly
    return [
        person
        for person in found
        if person.unit is not None
        and person.name in name
        and name.replace(person.name, "", 1).strip("（）() 　") == person.unit.name
    ]


async def capacity_on(db: Transaction, person: Person, *, day: date) -> Capacity:
    """Voting for the team by the roster of that day; everybody else attends without vote."""
    query = select(members.c.capacity).where(
        members.c.person_id == person.id, _in_office(day), members.c.capacity == Capacity.VOTING
    )
    found = (await db.execute(query)).first()
    return Capacity.VOTING if found is not None else Capacity.NON_VOTING


async def team_on(db: Transaction, *, community_id: int, day: date) -> list[Person]:
    """班子成员 of that day: leave counts, empty seats and people without vote do not."""
    return await _people(db, people.c.id.in_(team_ids(community_id, day)))


def team_ids(community_id: int, day: date) -> Select[tuple[int]]:
    """The same as a query for their numbers, each once."""
    return (
        select(members.c.person_id)
        .join(people, people.c.id == members.c.person_id)
        .where(
            people.c.community_id == community_id,
            _in_office(day),
            members.c.capacity == Capacity.VOTING,
        )
        .distinct()
    )


async def unbound_on(db: Transaction, meeting: Meeting) -> list[Person]:
    """The team of the meeting's day whom no account is bound to."""
    team = await team_on(db, community_id=meeting.community_id, day=day_of(meeting.starts_at))
    known = await bound(db, community_id=meeting.community_id)
    return [person for person in team if person.id not in known]


async def of_community(db: Transaction, *, community_id: int) -> list[Person]:
    """Everybody who is or was known to the community, in the order of the roster."""
    return await _people(db, people.c.community_id == community_id)


async def bound(db: Transaction, *, community_id: int) -> set[int]:
    """Those who have confirmed who they are, by their number."""
    query = select(accounts.c.person_id).where(accounts.c.community_id == community_id)
    return set((await db.execute(query)).scalars())


async def add(db: Transaction, community: Community, name: str, unit: Unit | None = None) -> Person:
    """Somebody who was not known before."""
    values = {"community_id": community.id, "name": name, "unit_id": unit.id if unit else None}
    result = await db.execute(insert(people).values(values).returning(people.c.id))
    return Person(int(result.scalar_one()), community.id, name, unit, frozenset())


async def with_ids(db: Transaction, person_ids: list[int]) -> list[Person]:
    return await _people(db, people.c.id.in_(person_ids))


def _in_office(day: date) -> ColumnElement[bool]:
    return (members.c.since <= day) & or_(members.c.until.is_(None), members.c.until >= day)


async def find(db: Transaction, *, community_id: int, user_id: int) -> Person | None:
    account = select(accounts.c.person_id).where(
        accounts.c.community_id == community_id, accounts.c.user_id == user_id
    )
    found = await _people(db, people.c.id.in_(account))
    return found[0] if found else None


async def _people(db: Transaction, condition: ColumnElement[bool]) -> list[Person]:
    query = (
        select(
            people,
            units.c.name.label("unit_name"),
            units.c.is_local,
            units.c.has_party_organisation,
        )
        .select_from(people.outerjoin(units, units.c.id == people.c.unit_id))
        .where(condition)
        .order_by(people.c.id)
    )
    rows = (await db.execute(query)).all()
    held = await _roles(db, [row.id for row in rows])
    return [_person_of(row, held[row.id]) for row in rows]


async def _roles(db: Transaction, person_ids: list[int]) -> dict[int, set[Role]]:
    held: dict[int, set[Role]] = defaultdict(set)
    query = select(roles).where(roles.c.person_id.in_(person_ids))
    for row in (await db.execute(query)).all():
        held[row.person_id].add(row.role)
    on_team = select(members.c.person_id).where(members.c.person_id.in_(person_ids))
    for person_id in (await db.execute(on_team)).scalars():
        held[person_id].add(Role.MEMBER)
    return held


def _person_of(row: Row[Any], held: set[Role]) -> Person:
    unit = None
    if row.unit_id is not None:
        unit = Unit(
            row.unit_id, row.community_id, row.unit_name, row.is_local, row.has_party_organisation
        )
    return Person(row.id, row.community_id, row.name, unit, frozenset(held))
