"""Which post somebody holds in the committee on a day."""

from datetime import date

from sqlalchemy import or_, select

from records.database import Transaction
from records.model import Post
from records.schema import members, people


async def on(db: Transaction, *, community_id: int, day: date) -> dict[int, Post]:
    """The post of everybody in office that day, by person."""
    query = (
        select(members.c.person_id, members.c.post)
        .join(people, people.c.id == members.c.person_id)
        .where(
            people.c.community_id == community_id,
            members.c.since <= day,
            or_(members.c.until.is_(None), members.c.until >= day),
        )
        .order_by(members.c.since)
    )
    return {row.person_id: row.post for row in (await db.execute(query)).all()}
