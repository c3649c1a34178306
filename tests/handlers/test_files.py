"""What people receive about a meeting: notice, sign-in sheet, summary."""

from datetime import UTC, date, datetime, timedelta

from docx.oxml.ns import qn

from handlers.texts import notice as notice_texts
from records import agenda, attendance, communities, meetings, settings
from records.calendar import CHINA
from records.database import Database
from records.model import MeetingKind, Settings
from records.workdays import Workdays
from tests.handlers.files import (
    FOR_REFERENCE,
    FULL_TIMER,
    LIAISON,
    MEMBER,
    NOTICE_DAY,
    SECRETARY,
    THREE_PM,
    WORKER,
    called,
    closed,
    in_session,
    made,
    opened,
    rows,
    words,
)
from tests.records.facts import START, person, planned, settled


async def test_notice_has_the_words_of_the_office(database: Database) -> None:
    async with database.begin() as db:
        await settled(db)
        meeting = await called(db)
        worker = await person(db, WORKER)
        await agenda.put(
            db, meeting, ["听取楼道整治情况", "研究年底走访安排"], by=worker, at=NOTICE_DAY
        )
        message = await made(db, "notice", meeting)

    assert words(message) == [
        "关于召开幸福里社区大党委11月工作会议的通知",
        "各位委员：",
        "经研究，定于2026年11月25日（周三）15:00在二楼会议室召开社区大党委工作会议。",
        "议题：1.听取楼道整治情况；2.研究年底走访安排",
        "请准时参加。因故不能到会的，请于11月24日17:00前告知王岚。",
        "幸福里社区大党委",
        "2026年11月20日",
    ]
    assert message.text.plain == "会议通知已生成。"
    assert message.attachment is not None
    assert message.attachment.name == (
        "关于召开幸福里社区大党委11月工作会议的通知（11月25日）.docx"
    )


async def test_notice_marks_what_is_not_yet_known(database: Database) -> None:
    async with database.begin() as db:
        community = await settled(db)
        meeting = await called(db, kind=MeetingKind.JOINT)

    text = notice_texts.notice(
        meeting,
        community,
        [],
        Settings(names_study=False),
        on=date(2026, 11, 25),
        contact=None,
        days=Workdays(),
    )

    assert text.plain.splitlines() == [
        "关于召开幸福里社区大党委11月联席会议的通知",
        "各位委员：",
        "定于2026年11月25日（周三）15:00在二楼会议室召开社区大党委联席会议。",
        "议题：（待补充）",
        "请准时参加。因故不能到会的，请提前告知（待补充）。",
        "幸福里社区大党委",
        "2026年11月25日",
    ]


async def test_leave_is_asked_by_the_working_day_before(database: Database) -> None:
    monday = datetime(2026, 11, 30, 9, 0, tzinfo=CHINA)
    async with database.begin() as db:
        community = await settled(db)
        meeting = await planned(db, monday, kind=MeetingKind.OTHER, at=START)

    text = notice_texts.notice(
        meeting,
        community,
        [],
        Settings(),
        on=date(2026, 11, 20),
        contact=WORKER,
        days=Workdays(),
    )

    assert text.plain.splitlines()[0] == "关于召开幸福里社区大党委11月会议的通知"
    assert "请于11月27日17:00前告知王岚。" in text.plain


async def test_sheet_lists_the_team_and_leaves_room_for_guests(database: Database) -> None:
    async with database.begin() as db:
        await settled(db)
        message = await made(db, "sheet", await called(db))

    assert words(message) == [
        "幸福里社区大党委11月工作会议签到表",
        "时间：2026年11月25日（周三）15:00　地点：二楼会议室",
    ]
    assert rows(message) == [
        ["序号", "姓名", "单位及职务", "签名", "备注"],
        ["1", "李书明", "书记", "", ""],
        ["2", "陈敏", "第一小学　委员", "", ""],
        ["3", "赵卫国", "委员", "", ""],
        ["列席"],
        *[["", "", "", "", ""]] * 5,
    ]
    (page,) = opened(message).element.xpath("//w:pgSz")
    assert (page.get(qn("w:w")), page.get(qn("w:h"))) == (
        "11906",
        "16838",
    )  # A4 in twentieths of a point


async def test_word_file_is_in_the_font_of_offices_and_says_nothing_of_the_clock(
    database: Database,
) -> None:
    async with database.begin() as db:
        await settled(db)
        document = opened(await made(db, "sheet", await called(db)))

    properties = document.core_properties
    assert (properties.author, properties.title, properties.comments) == (
        "党务助手",
        "幸福里社区大党委11月工作会议签到表",
        "",
    )
    assert properties.created == properties.modified == NOTICE_DAY.astimezone(UTC)
    fonts = document.styles["Normal"].element.rPr.rFonts
    assert (fonts.get(qn("w:eastAsia")), fonts.get(qn("w:ascii"))) == ("宋体", "宋体")
    assert len(document.element.xpath("//w:tr[1]/w:trPr/w:tblHeader")) == 1


async def test_summary_says_how_everybody_attended(database: Database) -> None:
    async with database.begin() as db:
        await settled(db)
        worker = await person(db, WORKER)
        await settings.change(db, by=worker, at=START, late_after=15)
        meeting = await in_session(db, [SECRETARY, LIAISON])
        await attendance.sign_in(
            db,
            meeting,
            await person(db, MEMBER),
            at=THREE_PM + timedelta(minutes=20),
            online=True,
            by=worker,
        )
        await attendance.excuse(
            db, meeting, await person(db, FULL_TIMER), at=THREE_PM - timedelta(days=1)
        )
        await attendance.leave_early(
            db, meeting, await person(db, MEMBER), by=worker, at=THREE_PM + timedelta(minutes=40)
        )
        message = await made(db, "sign_in_summary", await closed(db, meeting))

    assert rows(message) == [
        ["序号", "姓名", "单位", "签到情况", "时间", "备注"],
        ["1", "李书明", "", "到会", "15:00", ""],
        ["2", "陈敏", "第一小学", "到会（线上）", "15:20", "代为登记\n早退 15:40"],
        ["3", "赵卫国", "", "请假", "11月24日\n15:00", ""],
        ["4", "刘强", "建设银行幸福里支行", "列席", "15:00", ""],
    ]
    assert words(message) == [
        "幸福里社区11月工作会议签到汇总",
        "2026年11月25日（周三）15:00　二楼会议室",
        "11月工作会议：应到3人，实到2人，已达到三分之二（需2人），计入11月会议。",
        FOR_REFERENCE,
    ]


async def test_summary_takes_no_answer_to_the_notice_for_a_sign_in(database: Database) -> None:
    async with database.begin() as db:
        await settled(db)
        meeting = await called(db)
        for name in (MEMBER, LIAISON):
            await attendance.announce(
                db, meeting, await person(db, name), online=False, at=NOTICE_DAY
            )
        meeting = await meetings.open_sign_in(
            db,
            await communities.with_id(db, meeting.community_id),
            by=await person(db, WORKER),
            at=THREE_PM,
        )
        message = await made(db, "sign_in_summary", await closed(db, meeting))

    assert [row[1:] for row in rows(message)[1:]] == [
        ["李书明", "", "未到", "", ""],
        ["陈敏", "第一小学", "未到", "", ""],
        ["赵卫国", "", "未到", "", ""],
    ]
