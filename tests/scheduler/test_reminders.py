"""What is due is said once, on a working day, to those concerned, with the clause; then silence."""

import json
from datetime import datetime, timedelta

from sqlalchemy import text

from records import attendance, contacts, meetings, obligations
from records.calendar import CHINA, day_of
from records.database import Database, Transaction
from records.model import Community, ContactForm
from scheduler import reminders
from tests.records.facts import START, USER_IDS, person, planned, settled

SECRETARY, WORKER, LIAISON = (USER_IDS[name] for name in ("李书明", "王岚", "刘强"))
LAST_STAGE = datetime(2026, 11, 26, 9, 30, tzinfo=CHINA)


def at(month: int, day: int, hour: int = 9, minute: int = 30, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=CHINA)


async def test_worker_hears_three_times_and_the_secretary_only_the_last(
    database: Database,
) -> None:
    await _settled(database)
    heard = await _through(database, START, at(11, 30, 18))

    monthly = [(day, who) for day, who, words in heard if "会议" in words.splitlines()[0]]
    assert monthly == [
        ("11-04", WORKER),
        ("11-19", WORKER),
        ("11-26", SECRETARY),
        ("11-26", WORKER),
    ]


async def test_words_carry_the_clause_and_what_to_do(database: Database) -> None:
    await _settled(database)
    heard = await _through(database, START, at(11, 4, 10))

    assert [words for _day, _who, words in heard] == [
        "幸福里社区大党委11月会议还没有安排。\n"
        "依据：问答第6问“每月至少召开1次工作会议或党建联席会议”\n"
        "可用 /newmeeting 安排会议，当天签到后计入本月。"
    ]


async def test_planned_meeting_silences_the_first_and_a_held_one_the_rest(
    database: Database,
) -> None:
    community = await _settled(database)
    async with database.begin() as db:
        await _call(db, community, at(11, 10, 15))
    heard = await _through(database, START, at(11, 10, 14))
    assert [words for _day, _who, words in heard if "能否到会" not in words] == []

    await _hold(database, community, at(11, 10, 15))
    heard = await _through(database, at(11, 10, 16), at(11, 30, 18))
    assert [words for _day, _who, words in heard if "会议" in words.splitlines()[0]] == []


async def test_liaison_hears_in_the_middle_of_november_and_a_contact_silences(
    database: Database,
) -> None:
    community = await _settled(database)
    heard = await _through(database, START, at(11, 16, 10))
    assert [words for _day, who, words in heard if who == LIAISON] == [
        "刘强您好。贵单位今年下半年与幸福里社区大党委的联系沟通，目前还没有登记。\n"
        "依据：问答第6问“定期联系沟通,每半年至少1次”\n"
        "如已联系，点“已联系，去登记”即可，不用传照片。"
    ]

    async with database.begin() as db:
        liaison = await person(db, "刘强")
        assert liaison.unit is not None
        await contacts.record(
            db,
            liaison.unit,
            by=liaison,
            on=day_of(at(9, 12)),
            form=ContactForm.VISIT,
            at=at(11, 16, 11),
        )
    heard = await _through(database, at(11, 16, 12), at(12, 31, 18))
    assert [who for _day, who, _words in heard if who == LIAISON] == []
    assert community.id == liaison.community_id


async def test_worker_sees_the_units_that_nobody_can_be_reached_for(database: Database) -> None:
    await _settled(database)
    heard = await _through(database, START, at(11, 16, 10))

    assert [words for day, who, words in heard if (day, who) == ("11-16", WORKER)] == [
        "2026年下半年联系沟通：1个单位尚未登记，且没有可以提醒的联络员。\n"
        "第一小学。\n"
        "依据：问答第6问“定期联系沟通,每半年至少1次”\n"
        "请代为联系；已联系的，发送 /contact 登记。尚未登记不等于未开展。"
    ]


async def test_nothing_is_said_at_night_or_on_a_free_day_and_nothing_is_dropped(
    database: Database,
) -> None:
    await _settled(database)
    await reminders.tick(database, at(11, 4, 20))
    await reminders.tick(database, at(11, 7, 10))
    assert await _heard(database) == []

    await reminders.tick(database, at(11, 9, 10))
    assert [(day, words[:4]) for day, _who, words in await _heard(database)] == [
        ("11-09", "（补发）")
    ]


async def test_tick_repeated_says_nothing_twice(database: Database) -> None:
    await _settled(database)
    for _ in range(3):
        await reminders.tick(database, at(11, 4))

    assert len(await _heard(database)) == 1


async def test_month_long_outage_is_caught_up_with_the_latest_stage_only(
    database: Database,
) -> None:
    await _settled(database)
    await reminders.tick(database, at(12, 21))

    first_lines = {words.splitlines()[0] for _day, _who, words in await _heard(database)}
    assert first_lines == {
        "（补发）幸福里社区大党委12月会议还没有安排。",
        "（补发）刘强您好。贵单位今年下半年与幸福里社区大党委的联系沟通，目前还没有登记。",
        "（补发）2026年下半年联系沟通：1个单位尚未登记，且没有可以提醒的联络员。",
    }


async def test_year_without_announced_holidays_is_labelled(database: Database) -> None:
    await _settled(database)
    await reminders.tick(database, at(1, 5, year=2032))

    (words,) = [words for _day, _who, words in await _heard(database)]
    assert words.splitlines()[-1] == "（调休安排待公布）"


async def _settled(database: Database) -> Community:
    async with database.begin() as db:
        return await settled(db)


async def _through(
    database: Database, start: datetime, end: datetime
) -> list[tuple[str, int, str]]:
    """Step from one moment of interest to the next, as the rehearsal clock does."""
    known = len(await _heard(database))
    now = start
    while (now := await reminders.next_look(database, now)) <= end:
        await reminders.tick(database, now)
    return (await _heard(database))[known:]


async def _heard(database: Database) -> list[tuple[str, int, str]]:
    """Day, recipient and text of every letter so far."""
    async with database.begin() as db:
        query = text("SELECT created_at, chat_id, body FROM outbox ORDER BY id")
        rows = (await db.execute(query)).all()
    return [(str(row[0])[5:10], row[1], json.loads(row[2])["text"]) for row in rows]


async def _call(db: Transaction, community: Community, starts_at: datetime) -> None:
    await planned(db, starts_at, at=START)


async def _hold(database: Database, community: Community, moment: datetime) -> None:
    async with database.begin() as db:
        worker = await person(db, "王岚")
        meeting = await meetings.open_sign_in(db, community, by=worker, at=moment)
        for name in ("李书明", "陈敏", "赵卫国"):
            await attendance.sign_in(db, meeting, await person(db, name), at=moment)
        await meetings.close_sign_in(db, community, by=worker, at=moment + timedelta(minutes=30))
        assert await obligations.next_due(db) is not None
