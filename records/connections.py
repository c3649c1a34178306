"""接入确认: which communities their subdistrict sees, and in which order. A community works without it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, insert, select, update

from records import operations
from records.communities import community_of
from records.database import Transaction
from records.errors import NoSuchCommunity, StaleButton
from records.model import Community, Role, Staff
from records.schema import accounts, administrative_order, communities, connections, roles, shares


@dataclass(frozen=True)
class Connection:
    """A community of the subdistrict; `confirmed_at` is None while it waits for 接入确认.

    `is_new` tells the act that has just confirmed it from one that found it confirmed.
    """

    community: Community
    confirmed_at: datetime | None
    is_new: bool = False


async def of_subdistrict(db: Transaction, subdistrict: str) -> list[Connection]:
    """In administrative order; those without a place behind, as they were founded. Never by numbers."""
    place = administrative_order.c.place
    query = (
        select(communities, connections.c.at.label("confirmed_at"))
        .outerjoin(connections, connections.c.community_id == communities.c.id)
        .outerjoin(administrative_order, administrative_order.c.community_id == communities.c.id)
        .where(communities.c.subdistrict == subdistrict)
        .order_by(place.is_(None), place, communities.c.id)
    )
    rows = (await db.execute(query)).all()
    return [Connection(community_of(row), row.confirmed_at) for row in rows]


def confirmed_ids(subdistrict: str) -> Select[tuple[int]]:
    """The confirmed communities as a query for their numbers."""
    return (
        select(connections.c.community_id)
        .join(communities, communities.c.id == connections.c.community_id)
        .where(communities.c.subdistrict == subdistrict)
    )


async def confirmed(db: Transaction, one: Staff, community_id: int) -> Community:
    """A community that the staff may look at. StaleButton."""
    found = await _of(db, one, community_id)
    if found.confirmed_at is None:
        raise StaleButton
    return found.community


async def offices(db: Transaction, subdistrict: str) -> Mapping[int, Sequence[int]]:
    """Of each confirmed community the workers' accounts; the Party secretary's where no worker is bound."""
    query = (
        select(accounts.c.community_id, accounts.c.user_id, roles.c.role)
        .join(roles, roles.c.person_id == accounts.c.person_id)
        .where(
            accounts.c.community_id.in_(confirmed_ids(subdistrict)),
            roles.c.role.in_([Role.PARTY_WORKER, Role.PARTY_SECRETARY]),
        )
        .order_by(accounts.c.person_id)
    )
    held: dict[int, dict[Role, list[int]]] = {}
    for row in (await db.execute(query)).all():
        held.setdefault(row.community_id, {}).setdefault(row.role, []).append(row.user_id)
    return {
        number: found.get(Role.PARTY_WORKER) or found[Role.PARTY_SECRETARY]
        for number, found in held.items()
    }


async def is_confirmed(db: Transaction, community_id: int) -> bool:
    query = select(connections.c.at).where(connections.c.community_id == community_id)
    return (await db.execute(query)).first() is not None


async def confirm(db: Transaction, one: Staff, community_id: int, *, at: datetime) -> Connection:
    """From now on the subdistrict sees the community; once more changes nothing. StaleButton."""
    found = await _of(db, one, community_id)
    if found.confirmed_at is not None:
        return found
    values = {"community_id": community_id, "staff_id": one.id, "at": at}
    await db.execute(insert(connections).values(values))
    await _log(db, one, found.community, "connect", at=at)
    return Connection(found.community, at, is_new=True)


async def revoke(db: Transaction, one: Staff, community_id: int, *, at: datetime) -> Connection:
    """The subdistrict sees nothing of it any more: what the community shared ends with it. StaleButton."""
    found = await _of(db, one, community_id)
    if found.confirmed_at is None:
        raise StaleButton
    await db.execute(delete(connections).where(connections.c.community_id == community_id))
    shared = (shares.c.community_id == community_id) & shares.c.revoked_at.is_(None)
    await db.execute(update(shares).where(shared).values(revoked_at=at))
    await _log(db, one, found.community, "disconnect", at=at)
    return await _of(db, one, community_id)


async def arrange(db: Transaction, one: Staff, names: Sequence[str]) -> list[Connection]:
    """The administrative order as written; who is not named stands behind. NoSuchCommunity."""
    known = {
        each.community.name: each.community for each in await of_subdistrict(db, one.subdistrict)
    }
    for name in names:
        if name not in known:
            raise NoSuchCommunity(name)
    places = administrative_order.c.community_id
    mine = select(communities.c.id).where(communities.c.subdistrict == one.subdistrict)
    await db.execute(delete(administrative_order).where(places.in_(mine)))
    rows = [
        {"community_id": known[name].id, "place": place}
        for place, name in enumerate(dict.fromkeys(names), start=1)
    ]
    await db.execute(insert(administrative_order), rows)
    return await of_subdistrict(db, one.subdistrict)


async def _of(db: Transaction, one: Staff, community_id: int) -> Connection:
    """StaleButton if the community is not the subdistrict's. Its other acts wait until this is done."""
    query = (
        select(communities, connections.c.at.label("confirmed_at"))
        .outerjoin(connections, connections.c.community_id == communities.c.id)
        .where(communities.c.id == community_id, communities.c.subdistrict == one.subdistrict)
        .with_for_update(of=communities)
    )
    row = (await db.execute(query)).one_or_none()
    if row is None:
        raise StaleButton
    return Connection(community_of(row), row.confirmed_at)


async def _log(
    db: Transaction, one: Staff, community: Community, act: str, *, at: datetime
) -> None:
    await operations.log_outside(db, community, by=one, act=act, at=at)
