"""Sign-ins of accounts that are nobody yet: kept until a worker says who it was."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select

from records import attendance, binding, meetings, people
from records.database import Transaction
from records.errors import AlreadyBound, LedgerClosed, StaleButton
from records.model import Attendance, Meeting, Person
from records.schema import claims


@dataclass(frozen=True)
class Claim:
    """An account that pressed 我已到会 at that moment."""

    id: int
    meeting: Meeting
    user_id: int
    at: datetime
    online: bool


async def make(
    db: Transaction, meeting: Meeting, *, user_id: int, at: datetime, online: bool
) -> Claim | None:
    """Keep the press; None if the account has already pressed."""
    known = select(claims.c.id).where(
        claims.c.meeting_id == meeting.id, claims.c.user_id == user_id
    )
    if (await db.execute(known)).first() is not None:
        return None
    result = await db.execute(
        insert(claims)
        .values(meeting_id=meeting.id, user_id=user_id, at=at, online=online)
        .returning(claims.c.id)
    )
    return Claim(int(result.scalar_one()), meeting, user_id, at, online)


async def count(db: Transaction, meeting: Meeting) -> int:
    query = select(func.count()).where(claims.c.meeting_id == meeting.id)
    return int((await db.execute(query)).scalar_one())


async def with_id(db: Transaction, claim_id: int) -> Claim:
    """StaleButton if it was dealt with."""
    row = (await db.execute(select(claims).where(claims.c.id == claim_id))).one_or_none()
    if row is None:
        raise StaleButton
    meeting = await meetings.with_id(db, row.meeting_id)
    return Claim(row.id, meeting, row.user_id, row.at, row.online)


async def assign(
    db: Transaction, claim: Claim, person: Person, *, by: Person, at: datetime
) -> Attendance:
    """Bind the account to the person and sign in as of the press. AlreadyBound."""
    if claim.meeting.confirmed_at is not None:
        raise LedgerClosed
    if await people.accounts_of(db, person_id=person.id):
        raise AlreadyBound
    await binding.bind_account(db, person, user_id=claim.user_id, by=by, at=at)
    await drop(db, claim)
    record = await attendance.sign_in(db, claim.meeting, person, at=claim.at, online=claim.online)
    await meetings.reassess(db, claim.meeting)
    return record


async def drop(db: Transaction, claim: Claim) -> None:
    await db.execute(delete(claims).where(claims.c.id == claim.id))
