"""The agenda of a meeting: its items in order."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select

from records import operations
from records.database import Transaction
from records.model import AgendaItem, Meeting, Person
from records.schema import agenda_items


async def of(db: Transaction, meeting: Meeting) -> list[AgendaItem]:
    query = (
        select(agenda_items)
        .where(agenda_items.c.meeting_id == meeting.id)
        .order_by(agenda_items.c.position)
    )
    return [
        AgendaItem(row.id, row.meeting_id, row.position, row.title)
        for row in (await db.execute(query)).all()
    ]


async def put(
    db: Transaction, meeting: Meeting, titles: Sequence[str], *, by: Person, at: datetime
) -> None:
    """The items of the meeting from now on, instead of those before."""
    await db.execute(delete(agenda_items).where(agenda_items.c.meeting_id == meeting.id))
    for position, title in enumerate(titles, start=1):
        await db.execute(
            insert(agenda_items).values(meeting_id=meeting.id, position=position, title=title)
        )
    await operations.log(db, by=by, act="agenda", subject=f"meeting:{meeting.id}", at=at)
