"""The arrangement of a year's holidays as an operator imports it once it is published."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import delete, insert, select

from records.database import Transaction
from records.schema import workday_overrides
from records.workdays import Workdays


async def workdays(db: Transaction) -> Workdays:
    """The calendar with everything that was imported."""
    query = select(workday_overrides.c.day, workday_overrides.c.is_workday)
    return Workdays({row.day: row.is_workday for row in (await db.execute(query)).all()})


async def put(db: Transaction, days: Mapping[date, bool], *, at: datetime) -> None:
    """Whether each of the days is worked; what was imported of other days stays."""
    await db.execute(delete(workday_overrides).where(workday_overrides.c.day.in_(days)))
    rows = [
        {"day": day, "is_workday": is_workday, "imported_at": at}
        for day, is_workday in days.items()
    ]
    await db.execute(insert(workday_overrides), rows)
