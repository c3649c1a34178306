"""What was decided, who sees to it and until when; what is open comes back on the next agenda."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from records import operations
from records.database import Transaction
from records.errors import StaleButton
from records.model import Meeting, Person, Resolution
from records.schema import resolutions


async def add(
    db: Transaction,
    meeting: Meeting,
    *,
    words: str,
    owner: str,
    due_on: date | None,
    by: Person,
    at: datetime,
) -> Resolution:
    row = (
        await db.execute(
            insert(resolutions)
            .values(
                community_id=meeting.community_id,
                meeting_id=meeting.id,
                words=words,
                owner=owner,
                due_on=due_on,
            )
            .returning(resolutions)
        )
    ).one()
    await operations.log(db, by=by, act="resolve", subject=f"meeting:{meeting.id}", at=at)
    return _resolution_of(row)


async def of(db: Transaction, meeting: Meeting) -> list[Resolution]:
    query = (
        select(resolutions).where(resolutions.c.meeting_id == meeting.id).order_by(resolutions.c.id)
    )
    return [_resolution_of(row) for row in (await db.execute(query)).all()]


async def open_ones(db: Transaction, *, community_id: int) -> list[Resolution]:
    """What is not yet done, the earliest date first; without a date last."""
    query = (
        select(resolutions)
        .where(resolutions.c.community_id == community_id, resolutions.c.done_on.is_(None))
        .order_by(resolutions.c.id)
    )
    found = [_resolution_of(row) for row in (await db.execute(query)).all()]
    return sorted(found, key=lambda one: (one.due_on is None, one.due_on or date.max))


async def drop(
    db: Transaction, meeting: Meeting, resolution_id: int, *, by: Person, at: datetime
) -> Resolution:
    """Take back one that was written down by mistake. StaleButton if it is not the meeting's."""
    found = next((one for one in await of(db, meeting) if one.id == resolution_id), None)
    if found is None:
        raise StaleButton
    await db.execute(delete(resolutions).where(resolutions.c.id == resolution_id))
    await operations.log(
        db,
        by=by,
        act="undo_resolve",
        subject=f"meeting:{meeting.id}",
        detail=found.words,
        at=at,
    )
    return found


async def finish(
    db: Transaction, resolution_id: int, *, on: date, by: Person, at: datetime
) -> Resolution:
    """It has been seen to. StaleButton if it is not one of the community's, or already done."""
    result = await db.execute(
        update(resolutions)
        .where(
            resolutions.c.id == resolution_id,
            resolutions.c.community_id == by.community_id,
            resolutions.c.done_on.is_(None),
        )
        .values(done_on=on)
        .returning(resolutions)
    )
    row = result.one_or_none()
    if row is None:
        raise StaleButton
    await operations.log(db, by=by, act="finish", subject=f"meeting:{row.meeting_id}", at=at)
    return _resolution_of(row)


def _resolution_of(row: Row[Any]) -> Resolution:
    return Resolution(
        row.id, row.community_id, row.meeting_id, row.words, row.owner, row.due_on, row.done_on
    )
