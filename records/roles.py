"""Who manages a community and who speaks for a unit: given, taken away, never left without a worker."""

from datetime import datetime

from sqlalchemy import delete, insert

from records import operations, people
from records.database import Transaction
from records.errors import LastWorker
from records.model import Person, Role
from records.schema import roles

MANAGING = frozenset({Role.PARTY_SECRETARY, Role.PARTY_WORKER})
ENOUGH = 2  # managers who have confirmed who they are, so that a community is never orphaned


async def held_by(db: Transaction, *, community_id: int) -> dict[Role, set[int]]:
    """The managing roles and which people who have confirmed who they are hold them."""
    known = await people.bound(db, community_id=community_id)
    managers = await people.managers_of(db, community_id)
    return {
        role: {one.id for one in managers if role in one.roles and one.id in known}
        for role in MANAGING
    }


async def guard(db: Transaction, before: dict[Role, set[int]], *, community_id: int) -> None:
    """LastWorker if a change took away the last worker, or the last of all managers."""
    after = await held_by(db, community_id=community_id)
    lost_workers = before[Role.PARTY_WORKER] and not after[Role.PARTY_WORKER]
    lost_all = any(before.values()) and not any(after.values())
    if lost_workers or lost_all:
        raise LastWorker


async def put(db: Transaction, person: Person, held: frozenset[Role]) -> None:
    """The person holds exactly these; being a member follows from a term."""
    await db.execute(delete(roles).where(roles.c.person_id == person.id))
    for role in sorted(held - {Role.MEMBER}, key=lambda role: role.value):
        await db.execute(insert(roles).values(person_id=person.id, role=role))


async def give(db: Transaction, person: Person, role: Role, *, by: Person, at: datetime) -> None:
    """Changes nothing for who holds it."""
    if role in person.roles:
        return
    await put(db, person, person.roles | {role})
    await _log(db, person, f"+{role.value}", by=by, at=at)


async def take(db: Transaction, person: Person, role: Role, *, by: Person, at: datetime) -> None:
    """LastWorker if nobody would be left who may manage."""
    before = await held_by(db, community_id=person.community_id)
    await put(db, person, person.roles - {role})
    await guard(db, before, community_id=person.community_id)
    await _log(db, person, f"-{role.value}", by=by, at=at)


async def _log(db: Transaction, person: Person, detail: str, *, by: Person, at: datetime) -> None:
    subject = f"person:{person.id}"
    await operations.log(
        db, by=by, act="change_role", subject=subject, about=person, detail=detail, at=at
    )
