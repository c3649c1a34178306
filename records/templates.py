"""A community's own form of the meeting record: a Word file, kept as it was sent."""

from datetime import datetime

from sqlalchemy import delete, insert, select

from records import operations
from records.database import Transaction
from records.model import Person
from records.schema import templates


async def put(db: Transaction, content: bytes, *, by: Person, at: datetime) -> None:
    """The form from now on, instead of the one before."""
    await db.execute(delete(templates).where(templates.c.community_id == by.community_id))
    await db.execute(insert(templates).values(community_id=by.community_id, content=content, at=at))
    await operations.log(db, by=by, act="template", subject=f"community:{by.community_id}", at=at)


async def of(db: Transaction, community_id: int) -> bytes | None:
    query = select(templates.c.content).where(templates.c.community_id == community_id)
    return (await db.execute(query)).scalar_one_or_none()


async def kept_at(db: Transaction, community_id: int) -> datetime | None:
    """When the form was handed in; None if there is none."""
    query = select(templates.c.at).where(templates.c.community_id == community_id)
    return (await db.execute(query)).scalar_one_or_none()


async def drop(db: Transaction, *, by: Person, at: datetime) -> None:
    """The standard form again."""
    await db.execute(delete(templates).where(templates.c.community_id == by.community_id))
    await operations.log(
        db, by=by, act="drop_template", subject=f"community:{by.community_id}", at=at
    )
