"""Communities, their units and their groups."""

from typing import Any

from sqlalchemy import Row, or_, select, update

from records.database import Transaction
from records.errors import GroupTaken, NoCommunity
from records.model import Community, Person, Unit
from records.schema import communities, meetings, units


async def in_group(db: Transaction, chat_id: int) -> Community:
    """The community whose group this is; NoCommunity if the group was never joined to one."""
    query = select(communities).where(communities.c.group_chat_id == chat_id)
    if (row := (await db.execute(query)).one_or_none()) is None:
        raise NoCommunity
    return community_of(row)


async def lock(db: Transaction, community: Community) -> None:
    """One act on a community's meetings at a time: what is read afterwards stays true."""
    query = select(communities.c.id).where(communities.c.id == community.id).with_for_update()
    await db.execute(query)


async def with_id(db: Transaction, community_id: int) -> Community:
    query = select(communities).where(communities.c.id == community_id)
    return community_of((await db.execute(query)).one())


async def with_name(db: Transaction, name: str) -> list[Community]:
    """Of one name there may be several, each in a subdistrict of its own; 人民街道幸福里社区 is one."""
    is_it = or_(communities.c.name == name, communities.c.subdistrict + communities.c.name == name)
    rows = (await db.execute(select(communities).where(is_it).order_by(communities.c.id))).all()
    return [community_of(row) for row in rows]


async def is_known(db: Transaction, *, name: str | None = None, chat_id: int | None = None) -> bool:
    """Whether a community has this name, or this group."""
    condition = communities.c.group_chat_id == chat_id if chat_id else communities.c.name == name
    return (await db.execute(select(communities.c.id).where(condition))).first() is not None


async def join_group(db: Transaction, person: Person, *, chat_id: int) -> Community:
    """Make the group the community's own; GroupTaken if either already has a partner."""
    query = select(communities).where(
        or_(communities.c.group_chat_id == chat_id, communities.c.id == person.community_id)
    )
    for row in (await db.execute(query)).all():
        if row.id == person.community_id and row.group_chat_id == chat_id:
            return community_of(row)
        if row.group_chat_id is not None:
            raise GroupTaken
    result = await db.execute(
        update(communities)
        .where(communities.c.id == person.community_id)
        .values(group_chat_id=chat_id)
        .returning(communities)
    )
    joined = community_of(result.one())
    # until now what was planned could only be shown to the worker
    await db.execute(
        update(meetings)
        .where(meetings.c.community_id == joined.id, meetings.c.chat_id > 0)
        .values(chat_id=chat_id)
    )
    return joined


async def move_group(db: Transaction, *, old: int, new: int) -> None:
    """A group became a supergroup: it keeps its community and its meetings."""
    await db.execute(
        update(communities).where(communities.c.group_chat_id == old).values(group_chat_id=new)
    )
    await db.execute(update(meetings).where(meetings.c.chat_id == old).values(chat_id=new))


async def owing_units(db: Transaction, *, community_id: int) -> list[Unit]:
    """The local units with a Party organisation, in the order of the roster."""
    query = (
        select(units)
        .where(units.c.community_id == community_id, units.c.is_local)
        .where(units.c.has_party_organisation)
        .order_by(units.c.id)
    )
    return [unit_of(row) for row in (await db.execute(query)).all()]


def community_of(row: Row[Any]) -> Community:
    return Community(row.id, row.name, row.subdistrict, row.group_chat_id, row.starts_on)


def unit_of(row: Row[Any]) -> Unit:
    return Unit(row.id, row.community_id, row.name, row.is_local, row.has_party_organisation)
