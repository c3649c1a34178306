"""Who did what and when: every act that changed a fact."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from records import people
from records.database import Transaction
from records.model import Community, Person, Staff
from records.schema import operations

DETAIL = 400


@dataclass(frozen=True)
class Operation:
    """An act as it was logged; `about` is the person whose facts it changed, if one."""

    id: int
    at: datetime
    by: Person | None
    act: str
    subject: str
    about: Person | None
    detail: str | None


async def log(
    db: Transaction,
    *,
    by: Person,
    act: str,
    subject: str,
    at: datetime,
    about: Person | None = None,
    detail: str | None = None,
) -> None:
    """`act` and `subject` are short names such as sign_in and meeting:12.

    `detail` says what was before, what is now and why; a person's name is in neither of them.
    """
    await db.execute(
        insert(operations).values(
            community_id=by.community_id,
            person_id=by.id,
            act=act,
            subject=subject,
            at=at,
            about_id=about.id if about is not None else None,
            detail=detail[:DETAIL] if detail else None,
        )
    )


async def log_outside(
    db: Transaction,
    community: Community,
    *,
    by: Staff,
    act: str,
    at: datetime,
    detail: str = "",
) -> None:
    """An act of the subdistrict's staff, who are no people of the community; the subdistrict is named."""
    words = f"{by.subdistrict}：{detail}" if detail else by.subdistrict
    await db.execute(
        insert(operations).values(
            community_id=community.id,
            act=act,
            subject=f"staff:{by.id}",
            at=at,
            detail=words[:DETAIL],
        )
    )


async def latest(
    db: Transaction,
    *,
    community_id: int,
    limit: int,
    subject: str | None = None,
    before: int | None = None,
) -> list[Operation]:
    """The newest acts first, of one subject if it is named, before the act of a number."""
    query = (
        select(operations)
        .where(operations.c.community_id == community_id)
        .order_by(operations.c.id.desc())
        .limit(limit)
    )
    if subject is not None:
        query = query.where(operations.c.subject == subject)
    if before is not None:
        query = query.where(operations.c.id < before)
    rows = (await db.execute(query)).all()
    ids = {row.person_id for row in rows} | {row.about_id for row in rows}
    known = {
        person.id: person
        for person in await people.with_ids(db, sorted(one for one in ids if one is not None))
    }
    return [
        Operation(
            row.id,
            row.at,
            known.get(row.person_id),
            row.act,
            row.subject,
            known.get(row.about_id),
            row.detail,
        )
        for row in rows
    ]
