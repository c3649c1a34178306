"""Single-use codes that bind an account to a person of the roster."""

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from records import operations, people
from records.database import Transaction
from records.errors import AlreadyBound, BadCode
from records.model import Person
from records.schema import accounts, binding_codes

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that is misread on paper
LENGTH = 10


def digest(code: str) -> str:
    """Codes are kept as their digest; case and spaces do not matter when they are typed."""
    return hashlib.sha256("".join(code.split()).upper().encode()).hexdigest()


async def issue(db: Transaction, *, person_id: int, at: datetime) -> str:
    """A new single-use code; codes given to this person before stop working."""
    await db.execute(
        update(binding_codes)
        .where(binding_codes.c.person_id == person_id, binding_codes.c.used_at.is_(None))
        .values(used_at=at)
    )
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    await db.execute(
        insert(binding_codes).values(digest=digest(code), person_id=person_id, issued_at=at)
    )
    return code


async def bind(db: Transaction, *, code: str, user_id: int, at: datetime) -> Person:
    """Bind an account to the person of the code. BadCode, AlreadyBound.

    The code works once; the same account may use it again, which changes nothing.
    """
    row = (
        await db.execute(
            select(binding_codes).where(binding_codes.c.digest == digest(code)).with_for_update()
        )
    ).one_or_none()
    if row is None:
        raise BadCode
    (person,) = await people.with_ids(db, [row.person_id])
    mine = await people.accounts_of(db, person_id=person.id)
    if mine == [user_id]:
        return person
    if row.used_at is not None:
        raise BadCode
    if mine or await people.find(db, community_id=person.community_id, user_id=user_id):
        raise AlreadyBound
    await db.execute(
        update(binding_codes).where(binding_codes.c.digest == row.digest).values(used_at=at)
    )
    await bind_account(db, person, user_id=user_id, by=person, at=at)
    return person


async def bind_account(
    db: Transaction, person: Person, *, user_id: int, by: Person, at: datetime
) -> None:
    """Make the account the person's own. AlreadyBound if it is somebody else's here."""
    if await people.find(db, community_id=person.community_id, user_id=user_id):
        raise AlreadyBound
    await db.execute(
        insert(accounts).values(
            community_id=person.community_id, person_id=person.id, user_id=user_id, bound_at=at
        )
    )
    await operations.log(db, by=by, act="bind", subject=f"person:{person.id}", about=person, at=at)


async def release(db: Transaction, person: Person, *, by: Person | None, at: datetime) -> None:
    """End the binding: the account is nobody here any more, and codes given out stop working.

    Nobody does it where a term has simply come to its end.
    """
    await db.execute(delete(accounts).where(accounts.c.person_id == person.id))
    await db.execute(
        update(binding_codes)
        .where(binding_codes.c.person_id == person.id, binding_codes.c.used_at.is_(None))
        .values(used_at=at)
    )
    if by is not None:
        subject = f"person:{person.id}"
        await operations.log(db, by=by, act="release", subject=subject, about=person, at=at)
