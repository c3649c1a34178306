"""Visits to units (问答第6问“主动走访联系驻区单位党组织”): what is noted of them, and whether they count as contact."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from records import operations, registrations
from records.database import Transaction
from records.errors import StaleButton
from records.model import Duty, Person, Registration, Visit
from records.registrations import Happened
from records.schema import registrations as facts
from records.schema import visits


async def record(
    db: Transaction, fact: Happened, *, visitors: str, by: Person, at: datetime
) -> Visit:
    """Register the visit with its visitors; the same visit stays as it was noted first."""
    found = await registrations.record(db, fact, by=by, at=at)
    known = await _rows(db, [found.id])
    if found.id in known:
        return _of(found, known[found.id])
    await db.execute(insert(visits).values(registration_id=found.id, visitors=visitors))
    return Visit(found, visitors)


async def complete(
    db: Transaction, visit: Visit, *, by: Person, at: datetime, **noted: str | date
) -> Visit:
    """What is noted later: visitors, needs, opinions, handling, done_on."""
    number = visit.registration.id
    await db.execute(update(visits).where(visits.c.registration_id == number).values(**noted))
    subject, detail = f"registration:{number}", " ".join(noted)
    await operations.log(db, by=by, act="note_visit", subject=subject, detail=detail, at=at)
    changes: dict[str, Any] = dict(noted)
    return replace(visit, **changes)


async def count(db: Transaction, number: int, *, counts: bool) -> None:
    """Whether it stands for the unit's contact of its half-year."""
    await db.execute(update(visits).where(visits.c.registration_id == number).values(counts=counts))


async def with_id(db: Transaction, number: int, *, community_id: int) -> Visit:
    """StaleButton if it was taken back, or is no visit of this community."""
    found = await registrations.with_id(db, number, community_id=community_id)
    known = await _rows(db, [number])
    if number not in known:
        raise StaleButton
    return _of(found, known[number])


async def of_community(
    db: Transaction, *, community_id: int, first: date, last: date
) -> list[Visit]:
    """Those of the days, in their order."""
    found = await registrations.within(
        db, community_id=community_id, first=first, last=last, wanted=[Duty.VISIT]
    )
    known = await _rows(db, [one.id for one in found])
    return [_of(one, known[one.id]) for one in found if one.id in known]


async def contact_of(db: Transaction, number: int) -> int | None:
    """The contact that arose from a visit, unless it was taken back."""
    query = select(facts.c.id).where(facts.c.arises_from == number, facts.c.withdrawn_at.is_(None))
    found: int | None = (await db.execute(query)).scalars().first()
    return found


async def _rows(db: Transaction, ids: list[int]) -> Mapping[int, Row[Any]]:
    query = select(visits).where(visits.c.registration_id.in_(ids))
    return {row.registration_id: row for row in (await db.execute(query)).all()}


def _of(found: Registration, row: Row[Any]) -> Visit:
    return Visit(
        found, row.visitors, row.needs, row.opinions, row.handling, row.done_on, row.counts
    )
