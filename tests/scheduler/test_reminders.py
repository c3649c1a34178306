"""What is due is said once, on a working day, to those concerned, with the clause; then silence."""

import asyncio
from datetime import date, datetime, time, timedelta

from sqlalchemy import text

from records import (
    attendance,
    holidays,
    meetings,
    obligations,
    registrations,
    reminder_settings,
    settings,
)
from records.database import Database
from records.model import (
    Community,
    ContactForm,
    Duty,
    Frequency,
    MeetingKind,
    Registration,
    Role,
    Unit,
)
from records.registrations import Happened
from scheduler import reminders
from tests.records.facts import SCHOOL, START, USER_IDS, person, planned, settled
from tests.scheduler.heard import at, buttons, through, ticked

SECRETARY, WORKER, MEMBER, LIAISON = (USER_IDS[name] for name in ("李书明", "王岚", "陈敏", "刘强"))
CONTACT = (
    "刘强您好。贵单位今年下半年与幸福里社区大党委的联系沟通，目前还没有登记。\n"
    "依据：问答第6问“定期联系沟通,每半年至少1次”\n"
    "如已联系，点“已联系，去登记”即可，不用传照片。"
)


async def test_worker_hears_three_times_and_the_secretary_only_the_last(
    database: Database,
) -> None:
    await _settled(database)
    heard = await through(database, START, at(11, 30, 18))

    assert [(day, who) for day, who, words in heard if "11月会议" in words] == [
        ("11-04", WORKER),
        ("11-19", WORKER),
        ("11-26", SECRETARY),
        ("11-26", WORKER),
    ]


async def test_words_carry_the_clause_and_what_to_do(database: Database) -> None:
    await _settled(database)

    assert [words for _day, _who, words in await through(database, START, at(11, 4, 10))][1:] == [
        "幸福里社区大党委11月会议还没有安排。\n"
        "依据：问答第6问“每月至少召开1次工作会议或党建联席会议”\n"
        "可用 /newmeeting 安排会议，当天签到后计入本月。"
    ]


async def test_planned_meeting_silences_the_first_and_a_held_one_the_rest(
    database: Database,
) -> None:
    community = await _settled(database)
    async with database.begin() as db:
        await planned(db, at(11, 10, 15), at=START)
    heard = await through(database, START, at(11, 10, 14))
    assert [words for _day, _who, words in heard if "11月会议" in words] == []

    await _hold(database, community, at(11, 10, 15))
    heard = await through(database, at(11, 10, 16), at(11, 30, 18))
    assert [words for _day, _who, words in heard if "11月会议" in words] == []


async def test_planned_meeting_is_named_in_the_later_reminders(database: Database) -> None:
    await _settled(database)
    async with database.begin() as db:
        await planned(db, at(11, 27, 15), at=START)
    heard = await through(database, START, at(11, 19, 10))

    monthly = [words.splitlines()[0] for _day, _who, words in heard if "大党委11月会议" in words]
    assert monthly == ["幸福里社区大党委11月会议已安排在11月27日（周五）15:30，还没有召开。"]


async def test_liaison_hears_in_the_middle_of_november_and_a_contact_silences(
    database: Database,
) -> None:
    await _settled(database)
    heard = await through(database, START, at(11, 16, 10))
    assert [words for _day, who, words in heard if who == LIAISON] == [CONTACT]
    assert await buttons(database, LIAISON) == ["已联系，去登记", "三天后再提醒", "联络员已更换"]

    await _contact(database, on=date(2026, 9, 12), recorded=at(11, 16, 11))
    heard = await through(database, at(11, 16, 12), at(12, 31, 18))
    assert [words for _day, who, words in heard if who == LIAISON and "联系沟通" in words] == []


async def test_worker_sees_the_units_that_nobody_can_be_reached_for(database: Database) -> None:
    await _settled(database)
    heard = await through(database, START, at(11, 16, 10))

    assert [words for day, who, words in heard if (day, who) == ("11-16", WORKER)] == [
        "2026年下半年联系沟通：1个单位尚未登记，且没有可以提醒的联络员。\n"
        "第一小学。\n"
        "依据：问答第6问“定期联系沟通,每半年至少1次”\n"
        "请代为联系；已联系的，发送 /contact 登记。尚未登记不等于未开展。"
    ]


async def test_what_falls_due_on_one_day_is_one_digest_with_a_button_for_each(
    database: Database,
) -> None:
    await _settled(database)
    heard = await through(database, START, at(12, 10, 10))

    assert [words for day, who, words in heard if (day, who) == ("12-10", LIAISON)] == [
        "刘强您好。以下2项目前还没有登记：\n"
        "1. 贵单位今年下半年与幸福里社区大党委的联系沟通\n"
        "2. 贵单位今年为幸福里社区办实事好事\n"
        "依据：问答第6问“定期联系沟通,每半年至少1次”\n"
        "依据：问答第6问“每年至少为社区办一件实事好事”\n"
        "如已开展，点下面的按钮登记即可，不用传照片和材料。"
    ]
    assert await buttons(database, LIAISON) == [
        "已联系，去登记",
        "登记实事好事",
        "三天后再提醒",
        "联络员已更换",
    ]
    days = [(day, who) for day, who, _words in heard]
    assert len(days) == len(set(days))


async def test_part_time_member_hears_of_both_reports(database: Database) -> None:
    await _settled(database)
    heard = await through(database, START, at(12, 31, 18))

    mine = [(day, words.splitlines()[:3]) for day, who, words in heard if who == MEMBER]
    assert mine == [
        (
            day,
            [
                "陈敏同志您好。以下2项目前还没有登记：",
                "1. 您今年向所在单位党组织的述职",
                "2. 您今年向幸福里社区大党委的述职",
            ],
        )
        for day in ("12-10", "12-28")
    ]


async def test_year_end_appraisal_and_democratic_life_go_to_the_worker_in_december(
    database: Database,
) -> None:
    await _settled(database)
    heard = await through(database, START, at(1, 31, 18, year=2027))

    def told(words: str) -> list[tuple[str, int]]:
        return [(day, who) for day, who, said in heard if words in said]

    assert told("双述双评会议还没有登记") == [
        ("12-01", WORKER),
        ("01-18", WORKER),
        ("01-27", SECRETARY),
        ("01-27", WORKER),
    ]
    assert told("民主生活会还没有登记") == [("12-01", WORKER)]


async def test_nothing_is_said_at_night_or_on_a_free_day_and_nothing_is_dropped(
    database: Database,
) -> None:
    await _settled(database)
    assert await ticked(database, at(11, 4, 20)) == []
    assert await ticked(database, at(11, 7, 10)) == []

    heard = await ticked(database, at(11, 9, 10))
    assert [(day, words[:4]) for day, _who, words in heard if "11月会议" in words] == [
        ("11-09", "（补发）")
    ]


async def test_tick_repeated_says_nothing_twice(database: Database) -> None:
    await _settled(database)
    assert len(await ticked(database, at(11, 4))) == 1
    for _ in range(3):
        assert await ticked(database, at(11, 4)) == []


async def test_clock_an_hour_back_and_forward_says_nothing_twice_and_loses_nothing(
    database: Database,
) -> None:
    await _settled(database)
    assert await ticked(database, at(11, 16, 8, 45)) == []
    assert {who for _day, who, _words in await ticked(database, at(11, 16, 9, 45))} == {
        WORKER,
        LIAISON,
    }
    for moment in (at(11, 16, 8, 45), at(11, 16, 9, 45), at(11, 16, 10, 45)):
        assert await ticked(database, moment) == []


async def test_three_days_of_downtime_are_caught_up_once(database: Database) -> None:
    await _settled(database)
    await through(database, START, at(11, 13, 18))

    heard = await ticked(database, at(11, 20))
    assert [(who, words[:4]) for _day, who, words in heard] == [
        (WORKER, "（补发）"),
        (LIAISON, "（补发）"),
    ]
    assert await ticked(database, at(11, 20, 10)) == []


async def test_month_long_outage_is_caught_up_with_the_latest_stage_only(
    database: Database,
) -> None:
    await _settled(database)
    heard = await ticked(database, at(12, 21))

    assert [words.splitlines()[0] for _day, who, words in heard if who == LIAISON] == [
        "（补发）刘强您好。以下2项目前还没有登记："
    ]
    (worker,) = [words for _day, who, words in heard if who == WORKER]
    assert "（补发）幸福里社区大党委12月会议还没有安排。" in worker
    assert "11月" not in worker


async def test_year_without_announced_holidays_is_labelled_and_told_of_in_november(
    database: Database,
) -> None:
    async with database.begin() as db:
        await settled(db, at=at(1, 4, 10, year=2027))
    (_day, _who, first), *_others = await ticked(database, at(1, 5, year=2027))
    assert first.splitlines()[-1] == "（调休安排待公布）"

    heard = await ticked(database, at(11, 1, year=2027))
    heard += await ticked(database, at(11, 2, year=2027))
    told = [(day, who) for day, who, words in heard if "2028年放假调休安排尚未收录。" in words]
    assert told == [("11-01", WORKER)]


async def test_imported_holidays_silence_the_notice_and_the_label(database: Database) -> None:
    async with database.begin() as db:
        await holidays.put(db, {date(2027, 1, 1): False}, at=START)
        await settled(db)
    heard = await through(database, START, at(1, 20, 18, year=2027))

    assert [words for _day, _who, words in heard if "收录" in words or "待公布" in words] == []


async def test_newer_reminder_replaces_the_older(database: Database) -> None:
    await _settled(database)
    heard = await through(database, START, at(12, 28, 10), sent=True)

    assert [(day, words.splitlines()[0]) for day, who, words in heard if who == LIAISON] == [
        ("11-16", "刘强您好。贵单位今年下半年与幸福里社区大党委的联系沟通，目前还没有登记。"),
        ("12-10", "刘强您好。以下2项目前还没有登记："),
        ("12-10", "⟳已有新提醒。"),
        ("12-28", "刘强您好。以下2项目前还没有登记："),
        ("12-28", "⟳已有新提醒。"),
    ]


async def test_older_digest_keeps_what_no_later_one_has_taken_up(database: Database) -> None:
    async with database.begin() as db:
        await settled(db, at=at(9, 1, 10))
    await through(database, at(9, 1, 11), at(11, 13, 18), sent=True)
    await _deed(database, recorded=at(11, 13, 18))
    heard = await through(database, at(11, 13, 18), at(12, 10, 10), sent=True)

    assert [(day, words.splitlines()[0]) for day, who, words in heard if who == LIAISON] == [
        ("11-16", "刘强您好。贵单位今年下半年与幸福里社区大党委的联系沟通，目前还没有登记。"),
        ("12-10", "刘强您好。贵单位今年下半年与幸福里社区大党委的联系沟通，目前还没有登记。"),
        ("12-10", "⟳已有新提醒。"),
    ]


async def test_postponing_adds_none(database: Database) -> None:
    community = await _settled(database)
    heard = await through(database, START, at(11, 16, 10))
    async with database.begin() as db:
        (contact,) = [
            one
            for one in await obligations.of_community(db, community.id)
            if one.duty is Duty.HALF_YEAR_CONTACT and one.unit and one.unit.name != SCHOOL
        ]
        assert await obligations.postpone(
            db, contact.id, now=at(11, 16, 10), until=at(11, 19)
        ) == at(11, 19)
    heard += await through(database, at(11, 16, 10), at(12, 31, 18))

    assert [day for day, who, words in heard if who == LIAISON and "联系沟通" in words] == [
        "11-16",
        "11-19",
        "12-28",
    ]


async def test_fact_taken_back_opens_the_duty_again(database: Database) -> None:
    await _settled(database)
    fact = await _contact(database, on=date(2026, 11, 10), recorded=at(11, 10))
    assert LIAISON not in {who for _day, who, _words in await through(database, START, at(12, 1))}

    async with database.begin() as db:
        worker = await person(db, "王岚")
        await registrations.withdraw(db, fact.id, reason="记错了单位", by=worker, at=at(12, 2))
    heard = await through(database, at(12, 2), at(12, 10, 10))
    (words,) = [words for _day, who, words in heard if who == LIAISON]
    assert "联系沟通" in words


async def test_frequency_set_in_the_middle_of_a_period_counts_from_then_on(
    database: Database,
) -> None:
    community = await _settled(database)
    heard = await through(database, START, at(11, 18, 18))
    assert [words for _day, _who, words in heard if "共建情况" in words] == []

    async with database.begin() as db:
        worker = await person(db, "王岚")
        await settings.change(db, by=worker, at=at(11, 18, 19), upward_report=Frequency.QUARTER)
        await obligations.reset(db, community.id, Duty.UPWARD_REPORT, now=at(11, 18, 19))
    heard = await through(database, at(11, 18, 19), at(12, 31, 18))
    quarterly = "幸福里社区大党委2026年第四季度向驻区单位上级组织人事部门报告共建情况还没有登记。"
    assert [(day, who) for day, who, words in heard if quarterly in words] == [
        ("12-17", WORKER),
        ("12-29", SECRETARY),
        ("12-29", WORKER),
    ]


async def test_chosen_hour_and_a_pause_defer_and_drop_nothing(database: Database) -> None:
    await _settled(database)
    async with database.begin() as db:
        await reminder_settings.choose_hour(db, user_id=LIAISON, said_at=time(14, 30))
        await reminder_settings.pause(db, user_id=WORKER, until=date(2026, 11, 21))
    heard = await through(database, START, at(11, 23, 18))

    async def told(who: int) -> list[tuple[str, str]]:
        return [(day, words.splitlines()[0]) for day, to, words in heard if to == who]

    assert [day for day, _words in await told(LIAISON)] == ["11-16"]
    assert [day for day, _words in await told(WORKER)] == ["11-23"]
    assert await ticked(database, at(11, 23, 10)) == []


async def test_what_was_done_during_a_pause_is_not_asked_for(database: Database) -> None:
    await _settled(database)
    async with database.begin() as db:
        await reminder_settings.pause(db, user_id=LIAISON, until=date(2026, 11, 23))
    await through(database, START, at(11, 18, 18))
    await _contact(database, on=date(2026, 11, 18), recorded=at(11, 18, 19))

    heard = await through(database, at(11, 18, 19), at(11, 30, 18))
    assert [words for _day, who, words in heard if who == LIAISON] == []


async def test_two_replicas_tick_at_once_and_every_note_is_written_once(
    postgresql_pair: tuple[Database, Database],
) -> None:
    one, two = postgresql_pair
    await _settled(one)
    for moment in (at(11, 4), at(11, 16), at(12, 10), at(12, 28)):
        await asyncio.gather(*(reminders.tick(each, moment) for each in (one, two) * 3))
    async with one.begin() as db:
        rows = (await db.execute(text("SELECT key, chat_id, created_at FROM outbox"))).all()
    assert len({row.key for row in rows}) == len(rows)
    assert len({(row.chat_id, row.created_at) for row in rows}) == len(rows)
    assert len([row for row in rows if row.chat_id == LIAISON]) == 3


async def test_leap_day_and_short_months_have_their_meetings_to_the_last_day(
    database: Database,
) -> None:
    async with database.begin() as db:
        community = await settled(db, at=at(2, 1, 10, year=2028))
    heard = await through(database, at(2, 1, 11, year=2028), at(2, 28, 18, year=2028))
    assert [day for day, who, words in heard if who == WORKER and "2月会议" in words] == [
        "02-03",
        "02-18",
        "02-25",
    ]
    async with database.begin() as db:
        await planned(db, at(2, 29, 15, year=2028), at=at(2, 28, 18, year=2028))
    await _hold(database, community, at(2, 29, 15, year=2028))
    heard = await through(database, at(2, 29, 16, year=2028), at(3, 2, 18, year=2028))
    assert [words for _day, _who, words in heard if "会议" in words] == []


async def test_year_s_end_closes_and_opens_periods_at_midnight(database: Database) -> None:
    await _settled(database)
    await through(database, START, at(12, 31, 9))
    assert await ticked(database, at(12, 31, 17, 59)) == []

    heard = await through(database, at(12, 31, 18), at(1, 8, 18, year=2027))
    assert [(day, words.splitlines()[0]) for day, _who, words in heard] == [
        ("01-05", "幸福里社区大党委1月会议还没有安排。")
    ]


async def _settled(database: Database) -> Community:
    async with database.begin() as db:
        return await settled(db)


async def _unit_of_liaison(database: Database) -> Unit:
    async with database.begin() as db:
        liaison = await person(db, "刘强")
    assert liaison.unit is not None
    assert Role.LIAISON in liaison.roles
    return liaison.unit


async def _contact(database: Database, *, on: date, recorded: datetime) -> Registration:
    unit = await _unit_of_liaison(database)
    async with database.begin() as db:
        fact = Happened(Duty.HALF_YEAR_CONTACT, on, unit, form=ContactForm.VISIT)
        return await registrations.record(db, fact, by=await person(db, "刘强"), at=recorded)


async def _deed(database: Database, *, recorded: datetime) -> Registration:
    unit = await _unit_of_liaison(database)
    async with database.begin() as db:
        fact = Happened(Duty.DEED, recorded.date(), unit, title="更换楼道灯")
        return await registrations.record(db, fact, by=await person(db, "刘强"), at=recorded)


async def _hold(database: Database, community: Community, moment: datetime) -> None:
    async with database.begin() as db:
        worker = await person(db, "王岚")
        meeting = await meetings.open_sign_in(db, community, by=worker, at=moment)
        for name in ("李书明", "陈敏", "赵卫国"):
            await attendance.sign_in(db, meeting, await person(db, name), at=moment)
        await meetings.close_sign_in(db, community, by=worker, at=moment + timedelta(minutes=30))
        assert meeting.kind is MeetingKind.WORKING
