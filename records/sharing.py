"""What a community shares with its subdistrict: the ledger of a year, for a purpose in words, until it is taken back."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from records import connections, operations
from records.calendar import day_of
from records.database import Transaction
from records.errors import NotConnected, NotShared, StaleButton, WordsTooLong
from records.model import Community, Person, Staff
from records.schema import shares

LONGEST = 200  # characters of a purpose


@dataclass(frozen=True)
class Share:
    """A ledger that is shared now."""

    id: int
    community_id: int
    year: int
    purpose: str
    granted_on: date


async def grant(
    db: Transaction, community: Community, *, year: int, purpose: str, by: Person, at: datetime
) -> Share:
    """Sharing the year once more only states another purpose. NotConnected, WordsTooLong."""
    words = " ".join(purpose.split())
    if not words or len(words) > LONGEST:
        raise WordsTooLong
    if not await connections.is_confirmed(db, community.id):
        raise NotConnected
    for one in await of_community(db, community):
        if one.year == year:
            await _end(db, one, by=by, at=at)
    values = {
        "community_id": community.id,
        "year": year,
        "purpose": words,
        "granted_by": by.id,
        "granted_at": at,
    }
    row = (await db.execute(insert(shares).values(values).returning(shares))).one()
    await _log(db, "share", row.id, f"{year}：{words}", by=by, at=at)
    return _share_of(row)


async def revoke(
    db: Transaction, community: Community, number: int, *, by: Person, at: datetime
) -> Share:
    """StaleButton if it is not shared any more."""
    found = next((one for one in await of_community(db, community) if one.id == number), None)
    if found is None:
        raise StaleButton
    await _end(db, found, by=by, at=at)
    await _log(db, "unshare", number, str(found.year), by=by, at=at)
    return found


async def _end(db: Transaction, one: Share, *, by: Person, at: datetime) -> None:
    await db.execute(
        update(shares).where(shares.c.id == one.id).values(revoked_by=by.id, revoked_at=at)
    )


async def of_community(db: Transaction, community: Community) -> list[Share]:
    """What is shared now, the newest year first."""
    query = (
        select(shares)
        .where(shares.c.community_id == community.id, shares.c.revoked_at.is_(None))
        .order_by(shares.c.year.desc())
    )
    return [_share_of(row) for row in (await db.execute(query)).all()]


async def for_staff(db: Transaction, one: Staff, community_id: int, *, year: int) -> Share:
    """What lets the staff read the ledger of the year. StaleButton, NotShared."""
    community = await connections.confirmed(db, one, community_id)
    for share in await of_community(db, community):
        if share.year == year:
            return share
    raise NotShared


async def log_export(
    db: Transaction, community: Community, share: Share, *, by: Staff, at: datetime
) -> None:
    """The community sees in its operations that its ledger went to the subdistrict."""
    detail = str(share.year)
    await operations.log_outside(db, community, by=by, act="shared_export", detail=detail, at=at)


def _share_of(row: Row[Any]) -> Share:
    return Share(row.id, row.community_id, row.year, row.purpose, day_of(row.granted_at))


async def _log(
    db: Transaction, act: str, number: int, detail: str, *, by: Person, at: datetime
) -> None:
    subject = f"share:{number}"
    await operations.log(db, by=by, act=act, subject=subject, detail=detail, at=at)
