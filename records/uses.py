"""How often each clause was shown, by community and calendar month; never to whom."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from records.calendar import Month
from records.database import Transaction
from records.schema import uses

OUTSIDE = 0  # no community has this number


@dataclass(frozen=True)
class Use:
    """A clause, as the passage and the span in its text, and how often it was shown."""

    passage: str
    start: int
    end: int
    times: int


async def count(
    db: Transaction, *, community_id: int | None, passage: str, start: int, end: int, on: date
) -> None:
    build = sqlite_insert if db.dialect.name == "sqlite" else postgresql_insert
    place = {
        "community_id": community_id or OUTSIDE,
        "month": Month.of(on).first,
        "passage": passage,
        "start": start,
        "end": end,
    }
    await db.execute(
        build(uses)
        .values(place | {"times": 1})
        .on_conflict_do_update(index_elements=list(place), set_={"times": uses.c.times + 1})
    )


async def top(
    db: Transaction, community_id: int | None, since: date, *, limit: int = 10
) -> list[Use]:
    """The clauses shown most since the month of that day."""
    times = func.sum(uses.c.times)
    query = (
        select(uses.c.passage, uses.c.start, uses.c.end, times.label("times"))
        .where(uses.c.community_id == (community_id or OUTSIDE))
        .where(uses.c.month >= Month.of(since).first)
        .group_by(uses.c.passage, uses.c.start, uses.c.end)
        .order_by(times.desc(), uses.c.passage, uses.c.start, uses.c.end)
        .limit(limit)
    )
    rows = (await db.execute(query)).all()
    return [Use(row.passage, row.start, row.end, int(row.times)) for row in rows]
