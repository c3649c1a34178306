"""How a community reads what the documents leave open; each change is logged."""

from dataclasses import asdict, fields, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, select

from records import operations
from records.database import Transaction
from records.model import Half, Person, Settings
from records.schema import settings


async def of(db: Transaction, community_id: int) -> Settings:
    """What the community has set; the defaults of the product where it has set nothing."""
    query = select(settings).where(settings.c.community_id == community_id)
    row = (await db.execute(query)).one_or_none()
    if row is None:
        return Settings()
    return Settings(**{field.name: getattr(row, field.name) for field in fields(Settings)})


async def change(db: Transaction, *, by: Person, at: datetime, **changes: Any) -> Settings:
    """Set some of them for the community of the person."""
    found = replace(await of(db, by.community_id), **changes)
    await db.execute(delete(settings).where(settings.c.community_id == by.community_id))
    await db.execute(insert(settings).values(community_id=by.community_id, **asdict(found)))
    for name, value in changes.items():
        detail = str(getattr(value, "value", value))
        await operations.log(db, by=by, act="set", subject=f"setting:{name}", detail=detail, at=at)
    return found


async def decide_half(
    db: Transaction, half: Half, *, on: date, by: Person, at: datetime
) -> Settings:
    """Whether exactly half is enough, as the community decided together on that day."""
    return await change(db, by=by, at=at, half=half, half_decided_on=on)
