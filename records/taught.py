"""Answers a community has taught itself (本社区补充): written by one person, approved by a second."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, func, insert, or_, select, update

from records import operations, revisions
from records.calendar import day_of
from records.database import Transaction
from records.errors import SamePerson, StaleButton, WordsTooLong
from records.model import Person, Role, TaughtState
from records.schema import communities, taught
from records.yearly import turn, years_after

LONGEST_QUESTION, LONGEST_ANSWER = 500, 3000
# Not blanked at once: within a month it can still be shown what people were answered, and who
# approved it. Afterwards the row says only in which role, and when.
WITHDRAWN_KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Taught:
    """A question with the community's own answer; `asks` are further wordings of the question.

    `number` counts within the community. `author_id` and `approved_by` are persons, None once they
    wanted to be forgotten; the roles stay. A pending one has no revision (0).
    """

    id: int
    community_id: int
    number: int
    question: str
    answer: str
    asks: tuple[str, ...]
    author_id: int | None
    author_role: Role
    taught_at: datetime
    state: TaughtState
    approved_by: int | None
    approved_role: Role | None
    approved_at: datetime | None
    review_on: date | None
    revision: int

    def review_due(self, today: date) -> date | None:
        """The latest day on which it had to be looked at again."""
        if self.review_on is None or self.review_on > today:
            return None
        return turn(self.review_on, today)


async def teach(
    db: Transaction,
    *,
    question: str,
    answer: str,
    asks: Sequence[str] = (),
    by: Person,
    at: datetime,
) -> Taught:
    """It waits for a second person. WordsTooLong."""
    if not question.strip() or not answer.strip():
        raise WordsTooLong
    if len(question) > LONGEST_QUESTION or len(answer) > LONGEST_ANSWER:
        raise WordsTooLong
    values = {
        "community_id": by.community_id,
        "number": await _next_number(db, by.community_id),
        "question": question,
        "answer": answer,
        "asks": json.dumps(list(asks), ensure_ascii=False),
        "author_id": by.id,
        "author_role": _role(by),
        "taught_at": at,
        "state": TaughtState.PENDING,
    }
    query = insert(taught).values(values).returning(taught)
    one = _taught_of((await db.execute(query)).one())
    await _log(db, one, "teach", by=by, at=at)
    return one


async def _next_number(db: Transaction, community_id: int) -> int:
    """The community is locked: two who write at once do not get the same."""
    lock = select(communities.c.id).where(communities.c.id == community_id).with_for_update()
    await db.execute(lock)
    query = select(func.max(taught.c.number)).where(taught.c.community_id == community_id)
    return int((await db.execute(query)).scalar_one() or 0) + 1


async def approve(
    db: Transaction, one: Taught, *, by: Person, at: datetime, review_on: date | None = None
) -> Taught:
    """It answers from now on, for a year if nothing else is said. SamePerson; StaleButton the second time."""
    fresh = await _locked(db, one.id, by=by)
    if fresh.state is not TaughtState.PENDING or fresh.author_id is None:
        raise StaleButton
    if fresh.author_id == by.id:
        raise SamePerson
    values = {
        "state": TaughtState.APPROVED,
        "approved_by": by.id,
        "approved_role": _role(by),
        "approved_at": at,
        "review_on": review_on or years_after(day_of(at), 1),
        "revision": await revisions.following(db),
    }
    return await _write(db, fresh, values, "approve_taught", by=by, at=at)


async def reword(
    db: Transaction, one: Taught, asks: Sequence[str], *, by: Person, at: datetime
) -> Taught:
    """补充问法: other wordings of the question. WordsTooLong; StaleButton if it was withdrawn."""
    if any(not 0 < len(ask.strip()) <= LONGEST_QUESTION for ask in asks):
        raise WordsTooLong
    fresh = await _locked(db, one.id, by=by)
    if fresh.state is TaughtState.WITHDRAWN:
        raise StaleButton
    values: dict[str, Any] = {"asks": json.dumps(list(asks), ensure_ascii=False)}
    if fresh.state is TaughtState.APPROVED:
        values["revision"] = await revisions.following(db)
    return await _write(db, fresh, values, "reword_taught", by=by, at=at)


async def keep(db: Transaction, one: Taught, *, by: Person, at: datetime) -> Taught:
    """继续使用: it is looked at again in a year. StaleButton."""
    fresh = await _locked(db, one.id, by=by)
    if fresh.state is not TaughtState.APPROVED:
        raise StaleButton
    values = {"review_on": years_after(day_of(at), 1), "revision": await revisions.following(db)}
    return await _write(db, fresh, values, "keep_taught", by=by, at=at)


async def withdraw(db: Transaction, one: Taught, *, by: Person, at: datetime) -> Taught:
    """It answers no more, or never will. StaleButton the second time."""
    fresh = await _locked(db, one.id, by=by)
    if fresh.state is TaughtState.WITHDRAWN:
        raise StaleButton
    values: dict[str, Any] = {"state": TaughtState.WITHDRAWN, "withdrawn_at": at}
    if fresh.state is TaughtState.APPROVED:
        values["revision"] = await revisions.following(db)
    return await _write(db, fresh, values, "withdraw_taught", by=by, at=at)


async def with_id(db: Transaction, number: int, *, community_id: int) -> Taught:
    """StaleButton if there is none, or it is another community's."""
    mine = (taught.c.id == number) & (taught.c.community_id == community_id)
    if not (found := await _where(db, mine)):
        raise StaleButton
    return found[0]


async def of_community(db: Transaction, community_id: int) -> list[Taught]:
    """Pending and approved ones, in their order."""
    in_use = taught.c.state != TaughtState.WITHDRAWN
    return await _where(db, (taught.c.community_id == community_id) & in_use)


async def approved(db: Transaction, community_id: int | None = None) -> list[Taught]:
    """What answers, of one community or of all, in their order."""
    condition = taught.c.state == TaughtState.APPROVED
    if community_id is not None:
        condition &= taught.c.community_id == community_id
    return await _where(db, condition)


async def to_review(db: Transaction, today: date) -> list[Taught]:
    """Approved ones whose day to be looked at again has come."""
    return await _where(
        db, (taught.c.state == TaughtState.APPROVED) & (taught.c.review_on <= today)
    )


async def changes(db: Transaction, since: int) -> list[Taught]:
    """What was approved, kept or withdrawn after a revision."""
    return await _where(db, taught.c.revision > since)


async def forget(db: Transaction, *, now: datetime) -> None:
    """Of what was withdrawn thirty days ago no words are left."""
    is_old = taught.c.withdrawn_at <= now - WITHDRAWN_KEPT
    has_words = or_(taught.c.question != "", taught.c.answer != "")
    blank = {"question": "", "answer": "", "asks": "[]"}
    await db.execute(update(taught).where(is_old, has_words).values(blank))


async def erase(db: Transaction, person: Person, *, at: datetime) -> None:
    """Who wrote and who approved is known by role only; what nobody has approved yet goes with its author."""
    wrote = taught.c.author_id == person.id
    pending = wrote & (taught.c.state == TaughtState.PENDING)
    gone = {"state": TaughtState.WITHDRAWN, "withdrawn_at": at}
    await db.execute(update(taught).where(pending).values(gone))
    await db.execute(update(taught).where(wrote).values(author_id=None))
    await db.execute(
        update(taught).where(taught.c.approved_by == person.id).values(approved_by=None)
    )


async def _where(db: Transaction, condition: ColumnElement[bool]) -> list[Taught]:
    query = select(taught).where(condition).order_by(taught.c.community_id, taught.c.number)
    return [_taught_of(row) for row in (await db.execute(query)).all()]


async def _locked(db: Transaction, number: int, *, by: Person) -> Taught:
    """Nobody else changes it until the commit. StaleButton if it is another community's."""
    mine = (taught.c.id == number) & (taught.c.community_id == by.community_id)
    row = (await db.execute(select(taught).where(mine).with_for_update())).one_or_none()
    if row is None:
        raise StaleButton
    return _taught_of(row)


async def _write(
    db: Transaction, one: Taught, values: dict[str, Any], act: str, *, by: Person, at: datetime
) -> Taught:
    await _log(db, one, act, by=by, at=at)
    query = update(taught).where(taught.c.id == one.id).values(values).returning(taught)
    return _taught_of((await db.execute(query)).one())


async def _log(db: Transaction, one: Taught, act: str, *, by: Person, at: datetime) -> None:
    subject = f"taught:{one.id}"
    await operations.log(db, by=by, act=act, subject=subject, detail=str(one.number), at=at)


def _role(person: Person) -> Role:
    """In which role somebody acts who may manage."""
    is_secretary = Role.PARTY_SECRETARY in person.roles
    return Role.PARTY_SECRETARY if is_secretary else Role.PARTY_WORKER


def _taught_of(row: Row[Any]) -> Taught:
    return Taught(
        row.id,
        row.community_id,
        row.number,
        row.question,
        row.answer,
        tuple(json.loads(row.asks)),
        row.author_id,
        row.author_role,
        row.taught_at,
        row.state,
        row.approved_by,
        row.approved_role,
        row.approved_at,
        row.review_on,
        row.revision,
    )
