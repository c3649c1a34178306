"""What is gone through twice a day for all communities, and not at every tick: when it was done last."""

from datetime import datetime, time

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from records.calendar import CHINA, day_of
from records.database import Transaction
from records.schema import rounds
from records.workdays import reminder_moment


def made(name: str, *, now: datetime) -> ColumnElement[bool]:
    """Whether the round was made since midnight or, later in the day, since 09:30.

    One of a later moment (the clock went back) is none.
    """
    today = day_of(now)
    morning = reminder_moment(today)
    since = morning if morning <= now else datetime.combine(today, time(), CHINA)
    return exists().where(rounds.c.name == name, rounds.c.made_at >= since, rounds.c.made_at <= now)


async def is_made(db: Transaction, name: str, *, now: datetime) -> bool:
    return bool((await db.execute(select(made(name, now=now)))).scalar_one())


async def make(db: Transaction, name: str, *, now: datetime) -> None:
    """To be called once everything is gone through: a round that broke off is made again."""
    build = sqlite_insert if db.dialect.name == "sqlite" else postgresql_insert
    await db.execute(
        build(rounds)
        .values(name=name, made_at=now)
        .on_conflict_do_update(index_elements=["name"], set_={"made_at": now})
    )
