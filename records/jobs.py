"""Slow work put off until after the transaction: leased, tried again, and done in a second one."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from records.database import DatabaseSeconds, Transaction
from records.schema import jobs

LEASE = 120.0  # seconds
TRIES = 5


@dataclass(frozen=True)
class Job:
    """`chat_id` is where its result goes, or the news that it failed."""

    id: int
    kind: str
    chat_id: int
    body: str
    attempts: int


async def put(db: Transaction, *, kind: str, chat_id: int, body: str, at: datetime) -> None:
    await db.execute(
        insert(jobs).values(kind=kind, chat_id=chat_id, body=body, is_done=False, created_at=at)
    )


async def lease(db: Transaction, *, owner: str) -> Job | None:
    """Take the oldest job that nobody is working on; the lease ends by itself after 120 s."""
    query = (
        select(jobs)
        .where(~jobs.c.is_done, jobs.c.leased_until <= DatabaseSeconds())
        .order_by(jobs.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = (await db.execute(query)).one_or_none()
    if row is None:
        return None
    await db.execute(
        update(jobs)
        .where(jobs.c.id == row.id)
        .values(owner=owner, leased_until=DatabaseSeconds() + LEASE, attempts=jobs.c.attempts + 1)
    )
    return Job(row.id, row.kind, row.chat_id, row.body, row.attempts + 1)


async def is_mine(db: Transaction, job: Job, *, owner: str) -> bool:
    """Whether the lease still belongs to this owner; the row stays locked until the commit."""
    query = select(jobs.c.owner).where(jobs.c.id == job.id, ~jobs.c.is_done).with_for_update()
    return (await db.execute(query)).scalar_one_or_none() == owner


async def done(db: Transaction, job: Job, *, error: str | None = None) -> None:
    await db.execute(
        update(jobs)
        .where(jobs.c.id == job.id)
        .values(is_done=True, body="", error=error and error[:200])
    )


async def failed(db: Transaction, job: Job) -> None:
    """Free the job again after 2, 4, 8, 16 seconds."""
    await db.execute(
        update(jobs)
        .where(jobs.c.id == job.id)
        .values(leased_until=DatabaseSeconds() + float(2**job.attempts), owner=None)
    )


async def is_empty(db: Transaction) -> bool:
    return (await db.execute(select(jobs.c.id).where(~jobs.c.is_done).limit(1))).first() is None
