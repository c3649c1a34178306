"""Questions without an answer: what was asked, how often, and for ninety days at most; never by whom.

The accounts that asked are kept apart, and only until they have been told or the question is closed.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from records.calendar import CHINA, day_of
from records.database import Transaction
from records.errors import StaleButton
from records.model import QuestionState, Verdict
from records.schema import askers as askers_table
from records.schema import unanswered

KEPT = timedelta(days=90)
LONGEST = 500


@dataclass(frozen=True)
class Entry:
    """A question as it was first worded. `first_at` and `asked_at` are when it was asked first and last.

    Without a community it came from somebody of none: the operator's matter. `reason` and
    `passage` are there if it was answered, and the answer did not help (没解决). `answer` is what its
    askers were told.
    """

    id: int
    community_id: int | None
    text: str
    normalised: str
    reason: Verdict | None
    passage: str | None
    asked_at: datetime
    times: int
    state: QuestionState
    first_at: datetime
    answer: str | None = None

    @property
    def number(self) -> str:
        """As people see it."""
        return f"Q-{self.id:04}"


async def note(
    db: Transaction,
    *,
    community_id: int | None,
    text: str,
    normalised: str,
    user_id: int | None,
    at: datetime,
    reason: Verdict | None = None,
    passage: str | None = None,
) -> Entry:
    """The same words that are still open become one entry; the account is told when there is an answer.

    Whoever asks twice on a day is counted once.
    """
    facts: dict[str, Any] = {"asked_at": at}
    if reason is not None:
        facts |= {"reason": reason, "passage": passage}
    open_as, on = _open_as(community_id, normalised), day_of(at)
    again = facts.copy()
    if user_id is None or not await _has_asked(db, open_as, user_id, on=on):
        again["times"] = unanswered.c.times + 1
    # looked for first: an upsert would use up a number each time, and people see the numbers
    query = update(unanswered).where(unanswered.c.open_as == open_as).values(again)
    row = (await db.execute(query.returning(unanswered))).one_or_none()
    if row is None:
        values = {
            "community_id": community_id,
            "text": text[:LONGEST],
            "normalised": normalised[:LONGEST],
            "open_as": open_as,
            "first_at": at,
        }
        row = await _open(db, values | facts, again)
    entry = _entry_of(row)
    if user_id is not None:
        await _wait(db, entry, user_id, on=on)
    return entry


async def known(db: Transaction, normalised: str, *, community_id: int | None) -> Entry | None:
    """The entry of these words, if it is open."""
    query = select(unanswered).where(unanswered.c.open_as == _open_as(community_id, normalised))
    row = (await db.execute(query)).one_or_none()
    return _entry_of(row) if row is not None else None


async def _open(db: Transaction, values: dict[str, Any], again: dict[str, Any]) -> Row[Any]:
    """A new entry; of two who ask at the same moment the second finds it."""
    build = sqlite_insert if db.dialect.name == "sqlite" else postgresql_insert
    query = (
        build(unanswered)
        .values(values | {"times": 1, "state": QuestionState.OPEN})
        .on_conflict_do_update(index_elements=["open_as"], set_=again)
        .returning(unanswered)
    )
    row: Row[Any] = (await db.execute(query)).one()
    return row


async def _has_asked(db: Transaction, open_as: str, user_id: int, *, on: date) -> bool:
    query = (
        select(askers_table.c.user_id)
        .join(unanswered, unanswered.c.id == askers_table.c.unanswered_id)
        .where(unanswered.c.open_as == open_as)
        .where(askers_table.c.user_id == user_id, askers_table.c.asked_on == on)
    )
    return (await db.execute(query)).first() is not None


async def _wait(db: Transaction, entry: Entry, user_id: int, *, on: date) -> None:
    build = sqlite_insert if db.dialect.name == "sqlite" else postgresql_insert
    row, last = {"unanswered_id": entry.id, "user_id": user_id}, {"asked_on": on}
    upsert = build(askers_table).values(row | last)
    await db.execute(upsert.on_conflict_do_update(index_elements=list(row), set_=last))


def _open_as(community_id: int | None, normalised: str) -> str:
    return hashlib.sha256(f"{community_id or ''}:{normalised}".encode()).hexdigest()


async def with_id(db: Transaction, number: int, *, community_id: int | None) -> Entry:
    """StaleButton if there is no such question, or it is another community's."""
    query = select(unanswered).where(
        unanswered.c.id == number, unanswered.c.community_id == community_id
    )
    if (row := (await db.execute(query)).one_or_none()) is None:
        raise StaleButton
    return _entry_of(row)


async def open_ones(
    db: Transaction, community_id: int | None, *, limit: int | None = None
) -> list[Entry]:
    """Most asked first, among equals the latest."""
    query = (
        select(unanswered)
        .where(unanswered.c.community_id == community_id)
        .where(unanswered.c.state == QuestionState.OPEN)
        .order_by(unanswered.c.times.desc(), unanswered.c.asked_at.desc(), unanswered.c.id)
        .limit(limit)
    )
    return [_entry_of(row) for row in (await db.execute(query)).all()]


async def askers(db: Transaction, entry: Entry) -> list[int]:
    """The accounts that wait for an answer."""
    query = (
        select(askers_table.c.user_id)
        .where(askers_table.c.unanswered_id == entry.id)
        .order_by(askers_table.c.user_id)
    )
    return list((await db.execute(query)).scalars())


async def answer(
    db: Transaction, entry: Entry, *, at: datetime, words: str | None = None
) -> list[int]:
    """It has its answer: the accounts to be told, which are kept no longer. StaleButton if it is not open."""
    waiting = await _end(db, entry, QuestionState.ANSWERED, at=at)
    query = update(unanswered).where(unanswered.c.id == entry.id).values(answer=words)
    await db.execute(query)
    return waiting


async def close(db: Transaction, entry: Entry, *, at: datetime) -> None:
    """Nobody is told, and nobody's account kept. StaleButton if it is not open."""
    await _end(db, entry, QuestionState.CLOSED, at=at)


async def merge(db: Transaction, into: Entry, others: Sequence[Entry]) -> Entry:
    """Several wordings of one question: the times add up, whoever asked waits for the same answer.

    The others are closed. StaleButton if one is not open, or of another community.
    """
    numbers = sorted({into.id, *(other.id for other in others)})
    query = (
        select(unanswered)
        .where(unanswered.c.id.in_(numbers), unanswered.c.state == QuestionState.OPEN)
        .where(unanswered.c.community_id == into.community_id)
        .order_by(unanswered.c.id)
        .with_for_update()
    )
    found = [_entry_of(row) for row in (await db.execute(query)).all()]
    if [entry.id for entry in found] != numbers:
        raise StaleButton
    await _move_askers(db, numbers, into=into.id)
    away = [number for number in numbers if number != into.id]
    closed = {"state": QuestionState.CLOSED, "open_as": None}
    await db.execute(update(unanswered).where(unanswered.c.id.in_(away)).values(closed))
    facts = {
        "times": sum(entry.times for entry in found),
        "first_at": min(entry.first_at for entry in found),
        "asked_at": max(entry.asked_at for entry in found),
    }
    merged = update(unanswered).where(unanswered.c.id == into.id).values(facts)
    return _entry_of((await db.execute(merged.returning(unanswered))).one())


async def _move_askers(db: Transaction, numbers: Sequence[int], *, into: int) -> None:
    theirs = askers_table.c.unanswered_id.in_(numbers)
    mine, last = askers_table.c.user_id, func.max(askers_table.c.asked_on)
    query = select(mine, last.label("asked_on")).where(theirs).group_by(mine).order_by(mine)
    found = (await db.execute(query)).all()
    await db.execute(delete(askers_table).where(theirs))
    rows = [
        {"unanswered_id": into, "user_id": row.user_id, "asked_on": row.asked_on} for row in found
    ]
    if rows:
        await db.execute(insert(askers_table), rows)


async def count(db: Transaction, community_id: int | None) -> int:
    """How many questions are open."""
    query = select(func.count()).where(
        unanswered.c.community_id == community_id, unanswered.c.state == QuestionState.OPEN
    )
    return int((await db.execute(query)).scalar_one())


async def fresh(db: Transaction, since: date, until: date) -> dict[int, int]:
    """How many open questions of each community came first from the one day on and before the other."""
    first = datetime.combine(since, time(), CHINA), datetime.combine(until, time(), CHINA)
    query = (
        select(unanswered.c.community_id, func.count())
        .where(
            unanswered.c.community_id.is_not(None),
            unanswered.c.state == QuestionState.OPEN,
            unanswered.c.first_at >= first[0],
            unanswered.c.first_at < first[1],
        )
        .group_by(unanswered.c.community_id)
    )
    return {row[0]: row[1] for row in (await db.execute(query)).all()}


async def forget(db: Transaction, *, now: datetime) -> None:
    """Ninety days after it was asked last nothing of a question is left, or of who asked it then."""
    old = select(unanswered.c.id).where(unanswered.c.asked_at <= now - KEPT)
    long_ago = askers_table.c.asked_on <= day_of(now - KEPT)
    await db.execute(delete(askers_table).where(long_ago | askers_table.c.unanswered_id.in_(old)))
    await db.execute(delete(unanswered).where(unanswered.c.asked_at <= now - KEPT))


async def _end(db: Transaction, entry: Entry, state: QuestionState, *, at: datetime) -> list[int]:
    is_open = (unanswered.c.id == entry.id) & (unanswered.c.state == QuestionState.OPEN)
    query = update(unanswered).where(is_open).values(state=state, open_as=None, ended_at=at)
    if (await db.execute(query.returning(unanswered.c.id))).first() is None:
        raise StaleButton
    waiting = await askers(db, entry)
    await db.execute(delete(askers_table).where(askers_table.c.unanswered_id == entry.id))
    return waiting


def _entry_of(row: Row[Any]) -> Entry:
    return Entry(
        row.id,
        row.community_id,
        row.text,
        row.normalised,
        row.reason,
        row.passage,
        row.asked_at,
        row.times,
        row.state,
        row.first_at,
        row.answer,
    )
