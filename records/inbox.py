"""Updates that have arrived: kept before they are confirmed, done in the transaction of their effects."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from records.database import DatabaseSeconds, Transaction
from records.schema import dead_letters, inbox

TRIES = 5
KEEP_UPDATE_IDS = timedelta(days=30)
KEEP_DEAD_LETTERS = timedelta(days=14)


@dataclass(frozen=True)
class Arrival:
    """An update as it came. Talk that was not addressed to the bot has neither lane nor body."""

    update_id: int
    lane: str | None
    body: str | None


@dataclass(frozen=True)
class Waiting:
    """An update whose turn it is."""

    id: int
    update_id: int
    body: str
    attempts: int
    received_at: datetime


async def store(db: Transaction, arrivals: Iterable[Arrival], *, at: datetime) -> None:
    """Keep what arrived; an update that came before is not kept twice."""
    rows = [
        {
            "update_id": arrival.update_id,
            "lane": arrival.lane,
            "body": arrival.body,
            "is_done": arrival.body is None,
            "received_at": at,
        }
        for arrival in arrivals
    ]
    if not rows:
        return
    build = sqlite_insert if db.dialect.name == "sqlite" else postgresql_insert
    await db.execute(build(inbox).on_conflict_do_nothing(index_elements=["update_id"]), rows)


async def claim(db: Transaction) -> Waiting | None:
    """The oldest waiting update of a lane in which nothing older waits.

    On PostgreSQL its row stays locked until the transaction ends, so other replicas pass over it;
    a crash frees it at once. None when nothing can be done now.
    """
    earlier = inbox.alias()
    query = (
        select(inbox)
        .where(
            ~inbox.c.is_done,
            inbox.c.retry_at <= DatabaseSeconds(),
            ~exists().where(
                ~earlier.c.is_done, earlier.c.lane == inbox.c.lane, earlier.c.id < inbox.c.id
            ),
        )
        .order_by(inbox.c.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=inbox)
    )
    row = (await db.execute(query)).one_or_none()
    return (
        None
        if row is None
        else Waiting(row.id, row.update_id, row.body, row.attempts, row.received_at)
    )


async def is_overtaken(db: Transaction, waiting: Waiting) -> bool:
    """Whether something newer waits in the same lane."""
    mine = select(inbox.c.lane).where(inbox.c.id == waiting.id).scalar_subquery()
    newer = select(inbox.c.id).where(
        ~inbox.c.is_done, inbox.c.lane == mine, inbox.c.id > waiting.id
    )
    return (await db.execute(newer.limit(1))).first() is not None


async def done(db: Transaction, waiting: Waiting) -> None:
    """The update has had its effects; its text is blanked in the same transaction."""
    await db.execute(
        update(inbox).where(inbox.c.id == waiting.id).values(is_done=True, body=None, lane=None)
    )


async def is_still_waiting(db: Transaction, waiting: Waiting) -> bool:
    """Whether nobody else has done or tried it since; the row stays locked until the commit."""
    query = (
        select(inbox.c.id)
        .where(inbox.c.id == waiting.id, ~inbox.c.is_done, inbox.c.attempts == waiting.attempts)
        .with_for_update()
    )
    return (await db.execute(query)).first() is not None


async def failed(db: Transaction, waiting: Waiting) -> None:
    """Try again after 1, 2, 4, 8 seconds; later updates of the lane wait behind it."""
    delay = float(2**waiting.attempts)
    await db.execute(
        update(inbox)
        .where(inbox.c.id == waiting.id)
        .values(attempts=waiting.attempts + 1, retry_at=DatabaseSeconds() + delay)
    )


async def bury(db: Transaction, waiting: Waiting, *, error: str, at: datetime) -> int:
    """Move an update that failed too often to the dead letters; returns the letter's number."""
    result = await db.execute(
        insert(dead_letters)
        .values(update_id=waiting.update_id, body=waiting.body, error=error, died_at=at)
        .returning(dead_letters.c.id)
    )
    await done(db, waiting)
    return int(result.scalar_one())


async def is_empty(db: Transaction) -> bool:
    return (await db.execute(select(inbox.c.id).where(~inbox.c.is_done).limit(1))).first() is None


async def forget(db: Transaction, *, now: datetime) -> None:
    """Retention: old update ids go, dead letters lose their text."""
    await db.execute(
        delete(inbox).where(inbox.c.is_done, inbox.c.received_at < now - KEEP_UPDATE_IDS)
    )
    await db.execute(
        update(dead_letters)
        .where(dead_letters.c.died_at < now - KEEP_DEAD_LETTERS)
        .values(body=None)
    )
