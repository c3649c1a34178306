"""下发: a document that a subdistrict's staff hands to its communities, with the day from which it applies."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from records import connections, operations, overview
from records.database import Transaction
from records.errors import StaleButton
from records.model import Community, Staff
from records.schema import rollouts


@dataclass(frozen=True)
class Paper:
    """A file the messenger keeps, by its number there."""

    file_id: str
    name: str
    size: int


@dataclass(frozen=True)
class Rollout:
    """`sent_at` is None until 〔下发〕 is pressed."""

    id: int
    staff_id: int
    title: str
    effective_on: date
    paper: Paper
    sent_at: datetime | None


async def prepare(
    db: Transaction, paper: Paper, *, title: str, effective_on: date, by: Staff, at: datetime
) -> Rollout:
    """What would be handed out. Of what the same person prepared only the newest can be sent (`send`)."""
    values = {
        "staff_id": by.id,
        "title": title,
        "effective_on": effective_on,
        "file_id": paper.file_id,
        "file_name": paper.name,
        "size": paper.size,
        "prepared_at": at,
    }
    row = (await db.execute(insert(rollouts).values(values).returning(rollouts))).one()
    return _rollout_of(row)


async def recipients(db: Transaction, one: Staff) -> list[Community]:
    """The confirmed communities, in administrative order."""
    return overview.confirmed(await connections.of_subdistrict(db, one.subdistrict))


async def send(db: Transaction, number: int, *, by: Staff, at: datetime) -> Rollout | None:
    """Hand it out; None if that was done before. StaleButton if it is another's, or replaced by a newer one."""
    query = (
        select(rollouts)
        .where(rollouts.c.id == number, rollouts.c.staff_id == by.id)
        .with_for_update()
    )
    row = (await db.execute(query)).one_or_none()
    if row is None:
        raise StaleButton
    if row.sent_at is not None:
        return None
    newest = select(func.max(rollouts.c.id)).where(rollouts.c.staff_id == by.id)
    if (await db.execute(newest)).scalar_one() != number:
        raise StaleButton
    await db.execute(update(rollouts).where(rollouts.c.id == number).values(sent_at=at))
    for community in await recipients(db, by):
        detail = f"《{row.title}》"
        await operations.log_outside(db, community, by=by, act="rollout", detail=detail, at=at)
    return _rollout_of(row)


async def sent_by(db: Transaction, number: int, one: Staff) -> Rollout | None:
    """What somebody has handed out; None if it is another's, or was not sent."""
    mine = (rollouts.c.id == number) & (rollouts.c.staff_id == one.id)
    query = select(rollouts).where(mine, rollouts.c.sent_at.is_not(None))
    row = (await db.execute(query)).one_or_none()
    return _rollout_of(row) if row is not None else None


def _rollout_of(row: Row[Any]) -> Rollout:
    return Rollout(
        row.id,
        row.staff_id,
        row.title,
        row.effective_on,
        Paper(row.file_id, row.file_name, row.size),
        row.sent_at,
    )
