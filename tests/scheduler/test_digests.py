"""The digest of a subdistrict: once a week or month to each of its staff, also with two replicas and after a pause."""

import asyncio
import json
from datetime import date, datetime

from sqlalchemy import select

from records import connections, holidays, subdistricts
from records.calendar import CHINA
from records.database import Database
from records.model import Rhythm, Staff
from records.schema import outbox
from records.workdays import Workdays
from scheduler import digests
from tests.records.facts import settled

SUBDISTRICT = "人民街道"
DAYS = Workdays()
WORDS = "1个社区：11月会议已登记0，已排期0，尚无安排1。\n尚未登记不等于未开展。"
IN_DECEMBER = (
    "1个社区：12月会议已登记0，已排期0，尚无安排1。\n"
    "另有尚未登记：11月会议1个社区。\n尚未登记不等于未开展。"
)
START = datetime(2026, 11, 18, 10, 0, tzinfo=CHINA)  # a Wednesday


def at(month: int, day: int, hour: int = 9, minute: int = 30) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=CHINA)


async def overseen(database: Database, *user_ids: int, confirms: bool = True) -> list[Staff]:
    """A community that its subdistrict's staff have confirmed."""
    found = []
    async with database.begin() as db:
        community = await settled(db, at=START)
        for user_id in user_ids:
            (code,) = await subdistricts.add(db, SUBDISTRICT, [f"张华{user_id}"], at=START)
            one = await subdistricts.bind(db, code=code.code, user_id=user_id, at=START)
            assert one is not None
            found.append(one)
        if confirms:
            await connections.confirm(db, found[0], community.id, at=START)
    return found


async def heard(database: Database) -> list[tuple[int, str, list[str]]]:
    """Who was told what, with the labels of its buttons."""
    query = select(outbox.c.chat_id, outbox.c.body).where(outbox.c.key.like("digest:%"))
    async with database.begin() as db:
        rows = (await db.execute(query.order_by(outbox.c.id))).all()
    return [
        (
            row.chat_id,
            json.loads(row.body)["text"],
            [key["label"] for keys in json.loads(row.body)["buttons"] for key in keys],
        )
        for row in rows
    ]


async def test_every_one_of_the_staff_hears_on_monday_once(database: Database) -> None:
    await overseen(database, 71, 72)
    for moment in (at(11, 20), at(11, 23, 9, 0), at(11, 23), at(11, 23, 9, 31), at(11, 24)):
        await digests.tick(database, DAYS, moment)

    buttons = ["11月会议尚无安排"]
    assert await heard(database) == [
        (71, WORDS, buttons),
        (72, WORDS, buttons),
    ]
    async with database.begin() as db:
        assert await digests.next_due(db, DAYS, at(11, 24)) == at(11, 30)


async def test_two_replicas_tell_each_of_them_once(
    postgresql_pair: tuple[Database, Database],
) -> None:
    one, two = postgresql_pair
    await overseen(one, *range(71, 91))
    await asyncio.gather(
        *(digests.tick(database, DAYS, at(11, 23)) for database in (one, two) for _n in range(3))
    )

    assert [user_id for user_id, _words, _keys in await heard(one)] == list(range(71, 91))


async def test_after_three_weeks_only_the_last_is_said_and_says_so(database: Database) -> None:
    await overseen(database, 71)
    await digests.tick(database, DAYS, at(12, 9, 14, 0))

    assert [words for _user, words, _keys in await heard(database)] == [f"（补发）{IN_DECEMBER}"]
    async with database.begin() as db:
        assert await digests.next_due(db, DAYS, at(12, 9, 14, 0)) == at(12, 14)


async def test_what_falls_due_at_night_is_said_in_the_morning(database: Database) -> None:
    await overseen(database, 71)
    await digests.tick(database, DAYS, at(11, 23, 20, 0))
    assert await heard(database) == []
    async with database.begin() as db:
        assert await digests.next_due(db, DAYS, at(11, 23, 20, 0)) == at(11, 24)
    await digests.tick(database, DAYS, at(11, 24))

    assert [words for _user, words, _keys in await heard(database)] == [f"（补发）{WORDS}"]


async def test_monday_that_has_become_a_holiday_is_passed_over(database: Database) -> None:
    """The operator imports it after the moment was noted."""
    await overseen(database, 71)
    async with database.begin() as db:
        await holidays.put(db, {date(2026, 11, 23): False}, at=START)
        days = await holidays.workdays(db)
    await digests.tick(database, days, at(11, 23))
    await digests.tick(database, days, at(11, 24, 9, 0))
    assert await heard(database) == []
    await digests.tick(database, days, at(11, 24))

    assert len(await heard(database)) == 1


async def test_monthly_one_comes_on_the_months_first_working_day(database: Database) -> None:
    (one,) = await overseen(database, 71)
    async with database.begin() as db:
        await subdistricts.choose_rhythm(db, one, Rhythm.MONTHLY, now=START)
    for day in (23, 30):
        await digests.tick(database, DAYS, at(11, day))
    assert await heard(database) == []
    await digests.tick(database, DAYS, at(12, 1))

    assert [words for _user, words, _keys in await heard(database)] == [IN_DECEMBER]


async def test_whoever_wants_none_or_has_left_gets_none(database: Database) -> None:
    first, second = await overseen(database, 71, 72)
    async with database.begin() as db:
        await subdistricts.choose_rhythm(db, first, Rhythm.NEVER, now=START)
        await subdistricts.remove(db, SUBDISTRICT, [second.name], at=START)
        assert await digests.next_due(db, DAYS, START) is None
    await digests.tick(database, DAYS, at(11, 23))

    assert await heard(database) == []


async def test_changing_ones_mind_on_monday_brings_no_second_one(database: Database) -> None:
    (one,) = await overseen(database, 71)
    await digests.tick(database, DAYS, at(11, 23))
    async with database.begin() as db:
        await subdistricts.choose_rhythm(db, one, Rhythm.NEVER, now=at(11, 23, 10))
        await subdistricts.choose_rhythm(db, one, Rhythm.WEEKLY, now=at(11, 23, 10))
    await digests.tick(database, DAYS, at(11, 23, 10, 5))

    assert len(await heard(database)) == 1


async def test_waiting_confirmation_is_news_and_nothing_at_all_is_none(
    database: Database,
) -> None:
    await overseen(database, 71, confirms=False)
    async with database.begin() as db:
        (code,) = await subdistricts.add(db, "光明街道", ["李敏"], at=START)
        await subdistricts.bind(db, code=code.code, user_id=99, at=START)
    await digests.tick(database, DAYS, at(11, 23))

    assert await heard(database) == [
        (71, "还没有已接入的社区。待接入确认1件，请发送 /approve 办理。", [])
    ]
