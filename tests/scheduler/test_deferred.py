"""What waits for somebody's hour or the end of his pause is looked at again before it is said."""

from datetime import date, time

from records import binding, people, reminder_settings
from records.database import Database
from tests.records.facts import START, USER_IDS, person, planned, settled
from tests.scheduler.heard import at, through, ticked

WORKER, LIAISON = USER_IDS["王岚"], USER_IDS["刘强"]


async def test_reminders_of_january_reach_whoever_has_chosen_another_hour(
    database: Database,
) -> None:
    await _settled_with_hour(database, WORKER, time(11, 0))
    heard = await through(database, START, at(1, 29, 18, year=2027))

    told = [day for day, who, words in heard if who == WORKER and "双述双评会议还没有登记" in words]
    assert told == ["12-01", "01-18", "01-27"]


async def test_meeting_called_in_the_meantime_is_not_asked_for(database: Database) -> None:
    await _settled_with_hour(database, WORKER, time(16, 30))
    assert await ticked(database, at(11, 4)) == []
    async with database.begin() as db:
        await planned(db, at(11, 10, 15), at=at(11, 4, 11))

    heard = await ticked(database, at(11, 4, 16, 30))
    assert [words for _day, _who, words in heard if "11月会议" in words] == []


async def test_account_that_was_unbound_in_the_meantime_hears_nothing(database: Database) -> None:
    await _settled_with_hour(database, LIAISON, time(16, 30))
    await ticked(database, at(11, 16))
    async with database.begin() as db:
        liaison = await person(db, "刘强")
        await binding.release(db, liaison, by=await person(db, "王岚"), at=at(11, 16, 10))

    assert await ticked(database, at(11, 16, 16, 30)) == []
    heard = await ticked(database, at(12, 10))
    assert LIAISON not in {who for _day, who, _words in heard}


async def test_pause_beyond_the_end_of_the_period_says_nothing_of_it(database: Database) -> None:
    async with database.begin() as db:
        await settled(db)
        await reminder_settings.pause(db, user_id=LIAISON, until=date(2027, 1, 11))
    heard = await through(database, START, at(1, 15, 18, year=2027))

    assert [words for _day, who, words in heard if who == LIAISON] == []


async def _settled_with_hour(database: Database, user_id: int, hour: time) -> None:
    async with database.begin() as db:
        await settled(db)
        await reminder_settings.choose_hour(db, user_id=user_id, said_at=hour)
        assert await people.all_of_account(db, user_id=user_id)
