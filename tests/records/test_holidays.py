"""What an operator imported is believed from the next look on; a later import corrects an earlier one."""

from datetime import date, datetime, timedelta

from records import holidays
from records.calendar import CHINA
from records.database import Database
from records.workdays import Workdays

NOVEMBER = datetime(2026, 11, 10, 10, 0, tzinfo=CHINA)
NEW_YEAR, SUNDAY, MONDAY = date(2027, 1, 1), date(2027, 1, 3), date(2027, 1, 4)


async def test_without_an_import_the_shipped_calendar_stands(database: Database) -> None:
    async with database.begin() as db:
        days = await holidays.workdays(db)

    assert days == Workdays()
    assert not days.is_announced(2027)


async def test_imported_days_are_believed(database: Database) -> None:
    async with database.begin() as db:
        await holidays.put(db, {NEW_YEAR: False, SUNDAY: True}, at=NOVEMBER)
    async with database.begin() as db:
        days = await holidays.workdays(db)

    assert days.is_announced(2027)
    assert not days.is_workday(NEW_YEAR)
    assert days.first_workday(NEW_YEAR) == SUNDAY


async def test_later_import_corrects_its_own_days_and_leaves_the_others(
    database: Database,
) -> None:
    async with database.begin() as db:
        await holidays.put(db, {NEW_YEAR: False, SUNDAY: True}, at=NOVEMBER)
        await holidays.put(db, {SUNDAY: False, MONDAY: False}, at=NOVEMBER + timedelta(days=1))
        days = await holidays.workdays(db)

    assert days == Workdays({NEW_YEAR: False, SUNDAY: False, MONDAY: False})


async def test_whole_year_can_be_imported(database: Database) -> None:
    year = {NEW_YEAR + timedelta(days=count): count % 2 == 0 for count in range(365)}
    async with database.begin() as db:
        await holidays.put(db, year, at=NOVEMBER)
        await holidays.put(db, year, at=NOVEMBER)
        days = await holidays.workdays(db)

    assert days == Workdays(year)
