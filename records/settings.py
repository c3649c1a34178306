"""How a community reads what the documents leave open; each change is logged."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, delete, insert, select

from records import operations
from records.database import Transaction
from records.model import Half, Meeting, Person, Settings, Vote
from records.schema import settings


async def of(db: Transaction, community_id: int, *, at: datetime | None = None) -> Settings:
    """What the community has set, now or as it stood at the moment; defaults where it had set nothing."""
    query = (
        select(settings)
        .where(settings.c.community_id == community_id)
        .order_by(settings.c.since.desc())
        .limit(1)
    )
    if at is not None:
        query = query.where(settings.c.since <= at)
    row = (await db.execute(query)).one_or_none()
    return _settings_of(row) if row is not None else Settings()


async def of_communities(db: Transaction, ids: Select[tuple[int]]) -> Mapping[int, Settings]:
    """What each of them has set now; one that has set nothing is left out."""
    query = select(settings).where(settings.c.community_id.in_(ids)).order_by(settings.c.since)
    return {row.community_id: _settings_of(row) for row in (await db.execute(query)).all()}


def _settings_of(row: Row[Any]) -> Settings:
    return Settings(**{field.name: getattr(row, field.name) for field in fields(Settings)})


async def of_meeting(db: Transaction, meeting: Meeting, votes: Iterable[Vote] = ()) -> Settings:
    """What a meeting is judged by: as it stood when it was closed, or entered, or its last half settled.

    A community that reads the clauses otherwise afterwards changes nothing in its ledger.
    """
    if meeting.closed_at is None:
        return await of(db, meeting.community_id)
    settled = [vote.settled_at for vote in votes if vote.settled_at is not None]
    moment = max([meeting.entered_at or meeting.closed_at, *settled])
    return await of(db, meeting.community_id, at=moment)


async def change(db: Transaction, *, by: Person, at: datetime, **changes: Any) -> Settings:
    """Set some of them for the community of the person."""
    found = replace(await of(db, by.community_id), **changes)
    now = (settings.c.community_id == by.community_id) & (settings.c.since == at)
    await db.execute(delete(settings).where(now))
    values = {"community_id": by.community_id, "since": at, **asdict(found)}
    await db.execute(insert(settings).values(values))
    for name, value in changes.items():
        detail = str(getattr(value, "value", value))
        await operations.log(db, by=by, act="set", subject=f"setting:{name}", detail=detail, at=at)
    return found


async def decide_half(
    db: Transaction, half: Half, *, on: date, by: Person, at: datetime
) -> Settings:
    """Whether exactly half is enough, as the community decided together on that day."""
    return await change(db, by=by, at=at, half=half, half_decided_on=on)
