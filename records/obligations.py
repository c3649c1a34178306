"""What is owed and when to look at it next: one row for each duty of a community or a unit."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from records import contacts, meetings, rules
from records.calendar import Period, day_of
from records.database import Transaction
from records.model import Community, Duty, Obligation, Occurrence, Unit
from records.schema import communities, obligations, units


async def begin_for_community(db: Transaction, *, community_id: int, now: datetime) -> None:
    """A community owes a meeting a month (第6问); stages before now are not made up for."""
    await _begin(db, Duty.MONTHLY_MEETING, community_id=community_id, unit_id=None, now=now)


async def begin_for_unit(
    db: Transaction, *, community_id: int, unit_id: int, now: datetime
) -> None:
    """A local unit with a Party organisation owes contact each half-year (第6问)."""
    await _begin(db, Duty.HALF_YEAR_CONTACT, community_id=community_id, unit_id=unit_id, now=now)


async def end_for_unit(db: Transaction, *, unit_id: int) -> None:
    """The unit owes nothing any more; what it has registered stays."""
    await db.execute(delete(obligations).where(obligations.c.unit_id == unit_id))


async def _begin(
    db: Transaction, duty: Duty, *, community_id: int, unit_id: int | None, now: datetime
) -> None:
    await db.execute(
        insert(obligations).values(
            community_id=community_id,
            unit_id=unit_id,
            duty=duty,
            next_due=rules.next_moment(duty, now),
        )
    )


async def due(db: Transaction, *, now: datetime, limit: int = 200) -> list[Obligation]:
    """Obligations whose next moment has come, the oldest first; locked until the commit."""
    found = communities.c
    query = (
        select(
            obligations,
            found.name,
            found.subdistrict,
            found.group_chat_id,
            found.starts_on,
            units.c.name.label("unit_name"),
            units.c.is_local,
            units.c.has_party_organisation,
        )
        .select_from(
            obligations.join(communities).outerjoin(units, units.c.id == obligations.c.unit_id)
        )
        .where(obligations.c.next_due <= now)
        .order_by(obligations.c.next_due, obligations.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=obligations)
    )
    return [_obligation_of(row) for row in (await db.execute(query)).all()]


async def occurrence(
    db: Transaction, obligation: Obligation, *, now: datetime
) -> Occurrence | None:
    """The stage to be said now; None if nothing is due in this period or facts fulfilled the duty.

    Of several missed stages only the latest is said, and those of a period that is over never.
    """
    duty, community = obligation.duty, obligation.community
    period = rules.period_for(duty, day_of(now))
    moments = rules.stages(duty, period)
    stage = rules.stage_due(moments, now)
    if stage is None or await is_fulfilled(db, obligation, period):
        return None
    planned = None
    if duty is Duty.MONTHLY_MEETING:
        planned = await meetings.planned_in(db, community, period)
    if planned is not None and stage == 0:
        return None
    return Occurrence(
        obligation,
        period,
        stage,
        is_last=stage == len(moments) - 1,
        late=day_of(moments[stage]) < day_of(now),
        planned=planned,
    )


async def advance(db: Transaction, obligation: Obligation, *, now: datetime) -> None:
    """Set the next moment: the first stage after now, in this period or a later one."""
    await db.execute(
        update(obligations)
        .where(obligations.c.id == obligation.id)
        .values(next_due=rules.next_moment(obligation.duty, now))
    )


async def is_fulfilled(db: Transaction, obligation: Obligation, period: Period) -> bool:
    """Facts fulfil a duty, never a tick-box: a meeting held, a contact recorded."""
    if obligation.duty is Duty.MONTHLY_MEETING:
        return await meetings.held_in(db, obligation.community, period) is not None
    return obligation.unit is not None and await contacts.exists(db, obligation.unit, period)


async def next_due(db: Transaction) -> datetime | None:
    """The next moment at which anything falls due."""
    found: datetime | None = (
        await db.execute(select(func.min(obligations.c.next_due)))
    ).scalar_one()
    return found


def _obligation_of(row: Row[Any]) -> Obligation:
    unit = None
    if row.unit_id is not None:
        unit = Unit(
            row.unit_id, row.community_id, row.unit_name, row.is_local, row.has_party_organisation
        )
    community = Community(
        row.community_id, row.name, row.subdistrict, row.group_chat_id, row.starts_on
    )
    return Obligation(row.id, community, row.duty, unit, row.next_due)
