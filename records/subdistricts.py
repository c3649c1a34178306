"""The staff of a subdistrict (街道党工委): of no community, set up by the operator, bound by a single-use code."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, insert, select, update

from records import holidays, rhythms
from records.binding import ALPHABET, LENGTH, digest
from records.database import Transaction
from records.errors import AlreadyBound, BadCode, NoSuchStaff, NotStaff
from records.model import Rhythm, Staff
from records.schema import communities, staff, staff_codes


@dataclass(frozen=True)
class StaffCode:
    name: str
    code: str


async def add(
    db: Transaction, subdistrict: str, names: Iterable[str], *, at: datetime
) -> list[StaffCode]:
    """A fresh code for each who is not bound; codes given to them before stop working."""
    found = []
    for name in dict.fromkeys(names):
        one = await _named(db, subdistrict, name)
        if one is None:
            values = {"subdistrict": subdistrict, "name": name}
            query = insert(staff).values(values).returning(staff)
            one = _staff_of((await db.execute(query)).one())
        if one.user_id is None:
            found.append(StaffCode(name, await _issue(db, one, at=at)))
    return found


async def remove(
    db: Transaction, subdistrict: str, names: Iterable[str], *, at: datetime
) -> list[Staff]:
    """They see nothing any more; what they did stays recorded. NoSuchStaff."""
    found = []
    for name in dict.fromkeys(names):
        one = await _named(db, subdistrict, name)
        if one is None:
            raise NoSuchStaff(name)
        await release(db, one, at=at)
        found.append(one)
    return found


async def release(db: Transaction, one: Staff, *, at: datetime) -> None:
    """End the binding: the account is nobody here any more, and codes given out stop working."""
    await _void_codes(db, one, at=at)
    await db.execute(
        update(staff)
        .where(staff.c.id == one.id)
        .values(user_id=None, bound_at=None, next_due=None, rhythm=Rhythm.WEEKLY)
    )


async def _issue(db: Transaction, one: Staff, *, at: datetime) -> str:
    await _void_codes(db, one, at=at)
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    values = {"digest": digest(code), "staff_id": one.id, "issued_at": at}
    await db.execute(insert(staff_codes).values(values))
    return code


async def _void_codes(db: Transaction, one: Staff, *, at: datetime) -> None:
    await db.execute(
        update(staff_codes)
        .where(staff_codes.c.staff_id == one.id, staff_codes.c.used_at.is_(None))
        .values(used_at=at)
    )


async def bind(db: Transaction, *, code: str, user_id: int, at: datetime) -> Staff | None:
    """Bind an account to the staff of the code; None if it is no code of staff. BadCode, AlreadyBound.

    The code works once; the same account may use it again, which changes nothing.
    """
    query = select(staff_codes).where(staff_codes.c.digest == digest(code)).with_for_update()
    row = (await db.execute(query)).one_or_none()
    if row is None:
        return None
    one = await with_id(db, row.staff_id)
    if one.user_id == user_id:
        return one
    if row.used_at is not None:
        raise BadCode
    if one.user_id is not None or await find(db, user_id=user_id) is not None:
        raise AlreadyBound
    await db.execute(
        update(staff_codes).where(staff_codes.c.digest == row.digest).values(used_at=at)
    )
    values = {"user_id": user_id, "bound_at": at}
    await db.execute(update(staff).where(staff.c.id == one.id).values(values))
    return await choose_rhythm(db, one, Rhythm.WEEKLY, now=at)


async def choose_rhythm(db: Transaction, one: Staff, rhythm: Rhythm, *, now: datetime) -> Staff:
    """How often the digest comes; the next one is later than now."""
    days = await holidays.workdays(db)
    values = {"rhythm": rhythm, "next_due": rhythms.following(rhythm, now, days)}
    await db.execute(update(staff).where(staff.c.id == one.id).values(values))
    return await with_id(db, one.id)


async def of_account(db: Transaction, *, user_id: int) -> Staff:
    """NotStaff if the account is nobody's of a subdistrict."""
    if (one := await find(db, user_id=user_id)) is None:
        raise NotStaff
    return one


async def find(db: Transaction, *, user_id: int) -> Staff | None:
    return await _one(db, staff.c.user_id == user_id)


async def with_id(db: Transaction, number: int) -> Staff:
    return _staff_of((await db.execute(select(staff).where(staff.c.id == number))).one())


async def bound(db: Transaction, subdistrict: str) -> list[Staff]:
    """Those of the subdistrict who can be written to."""
    query = (
        select(staff)
        .where(staff.c.subdistrict == subdistrict, staff.c.user_id.is_not(None))
        .order_by(staff.c.id)
    )
    return [_staff_of(row) for row in (await db.execute(query)).all()]


async def size(db: Transaction, subdistrict: str) -> int:
    """How many communities name the subdistrict as theirs."""
    query = select(func.count()).where(communities.c.subdistrict == subdistrict)
    return int((await db.execute(query)).scalar_one())


@dataclass(frozen=True)
class Due:
    """Somebody whose digest has come, and the moment it was noted for."""

    staff: Staff
    next_due: datetime


async def due(db: Transaction, *, now: datetime, limit: int) -> list[Due]:
    """Whose digest has come, one subdistrict after another; held for whoever asks until the commit."""
    query = (
        select(staff)
        .where(staff.c.next_due <= now, staff.c.user_id.is_not(None))
        .order_by(staff.c.subdistrict, staff.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [Due(_staff_of(row), row.next_due) for row in (await db.execute(query)).all()]


async def set_due(db: Transaction, one: Staff, moment: datetime | None) -> None:
    await db.execute(update(staff).where(staff.c.id == one.id).values(next_due=moment))


async def next_due(db: Transaction) -> datetime | None:
    """The next moment at which a digest is noted."""
    query = select(func.min(staff.c.next_due))
    moment: datetime | None = (await db.execute(query)).scalar_one()
    return moment


async def _named(db: Transaction, subdistrict: str, name: str) -> Staff | None:
    return await _one(db, (staff.c.subdistrict == subdistrict) & (staff.c.name == name))


async def _one(db: Transaction, condition: ColumnElement[bool]) -> Staff | None:
    row = (await db.execute(select(staff).where(condition))).one_or_none()
    return _staff_of(row) if row is not None else None


def _staff_of(row: Row[Any]) -> Staff:
    return Staff(row.id, row.subdistrict, row.name, row.user_id, row.bound_at, row.rhythm)
