"""One number that grows with every change of what answers: whoever read up to it knows what else to read."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from records.database import Transaction
from records.schema import revisions

NAME = "knowledge"


async def following(db: Transaction) -> int:
    """The number of a change. Its row stays locked until the commit.

    So numbers are committed in their order, and a reader that has seen one has seen all before it.
    Ask for it last in a transaction: everybody else's changes wait from here on.
    """
    build = sqlite_insert if db.dialect.name == "sqlite" else postgresql_insert
    query = (
        build(revisions)
        .values(name=NAME, number=1)
        .on_conflict_do_update(index_elements=["name"], set_={"number": revisions.c.number + 1})
        .returning(revisions.c.number)
    )
    return int((await db.execute(query)).scalar_one())


async def latest(db: Transaction) -> int:
    """0 before the first change."""
    query = select(revisions.c.number).where(revisions.c.name == NAME)
    return int((await db.execute(query)).scalar_one_or_none() or 0)
