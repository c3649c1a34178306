"""The draft of a meeting record holds what was recorded, and marks what was not."""

from datetime import date, datetime

import pytest

from handlers.texts import record as record_texts
from records import agenda, attendance, meetings, resolutions, settings, votes
from records.attendance import EXCUSED
from records.calendar import CHINA
from records.database import Database
from records.model import Half, Manner, MeetingKind, PassMark, QuorumBase, Settlement
from tests.handlers.files import (
    FOR_REFERENCE,
    FOUR_PM,
    FULL_TIMER,
    LIAISON,
    MEMBER,
    SECRETARY,
    THREE_PM,
    WORKER,
    called,
    closed,
    counted,
    entered_later,
    fields,
    in_session,
    made,
    rows,
    words,
)
from tests.records.facts import START, person, settled


async def test_record_of_a_joint_meeting_holds_what_was_recorded(database: Database) -> None:
    async with database.begin() as db:
        await settled(db)
        worker, secretary = await person(db, WORKER), await person(db, SECRETARY)
        meeting = await in_session(db, [SECRETARY, LIAISON], kind=MeetingKind.JOINT)
        await attendance.sign_in(
            db, meeting, await person(db, MEMBER), at=THREE_PM, online=True, by=worker
        )
        await attendance.excuse(db, meeting, await person(db, FULL_TIMER), at=THREE_PM)
        await agenda.put(db, meeting, ["加装电梯", "年底走访"], by=worker, at=THREE_PM)
        await counted(db, meeting, "加装电梯", Manner.HANDS, agreed=2)
        half = await counted(db, meeting, "年底走访", Manner.SECRET, agreed=1, abstained=1)
        await votes.settle(db, meeting, half, Settlement.REFERRED, by=secretary, at=FOUR_PM)
        await resolutions.add(
            db,
            meeting,
            words="请物业报加装电梯方案",
            owner=MEMBER,
            due_on=date(2026, 12, 20),
            by=worker,
            at=FOUR_PM,
        )
        await resolutions.add(
            db, meeting, words="走访困难党员", owner="", due_on=None, by=worker, at=FOUR_PM
        )
        for role, who in (("host", secretary), ("recorder", worker)):
            await meetings.name_officer(db, meeting, role=role, person=who, by=worker, at=FOUR_PM)
        message = await made(db, "record", await closed(db, meeting))

    assert words(message) == ["幸福里社区大党委11月联席会议记录", FOR_REFERENCE]
    assert rows(message) == [
        ["名称", "幸福里社区大党委11月联席会议"],
        ["时间", "2026年11月25日（周三）15:00"],
        ["地点", "二楼会议室"],
        ["主持人", "李书明"],
        ["记录人", "王岚"],
        ["应到", "3人"],
        ["实到", "2人（其中线上1人）"],
        ["请假", "1人：赵卫国"],
        ["缺席", "无"],
        ["列席", "1人：刘强"],
        ["议题", "1. 加装电梯\n2. 年底走访"],
        ["发言要点", "（待补充）"],
        [
            "表决方式和票数",
            "1. 加装电梯：举手表决，参会班子成员2人，同意2人，不同意0人，弃权0人。达到半数以上。\n"
            "2. 年底走访：无记名表决，参会班子成员2人，同意1人，不同意0人，弃权1人。"
            "恰为半数，请主持人认定。"
            "认定：暂缓，请示街道党工委（李书明，2026年11月25日（周三）16:00）。\n"
            "以上均以表决时在场的班子成员为分母，弃权计入，列席不计。",
        ],
        [
            "议定事项",
            "1. 请物业报加装电梯方案（责任人：陈敏，2026年12月20日（周日）前）\n"
            "2. 走访困难党员（责任人：（待补充），时限（待补充））",
        ],
        ["主持人签字", ""],
        ["记录人签字", ""],
    ]
    assert message.text.plain == (
        "会议记录草稿已生成，只写已登记的内容，空白处标（待补充），请补齐并核对。\n" + FOR_REFERENCE
    )
    assert message.attachment is not None
    assert message.attachment.name == "幸福里社区大党委11月联席会议记录（11月25日）.docx"


async def test_record_of_one_half_names_the_reading_of_the_community(database: Database) -> None:
    async with database.begin() as db:
        await settled(db)
        secretary = await person(db, SECRETARY)
        await settings.decide_half(db, Half.IS_ENOUGH, on=date(2026, 9, 1), by=secretary, at=START)
        meeting = await in_session(db, [SECRETARY, MEMBER], kind=MeetingKind.JOINT)
        vote = await counted(db, meeting, "年底走访", Manner.VOICE, agreed=1, against=1)
        await votes.settle(db, meeting, vote, Settlement.BY_READING, by=secretary, at=FOUR_PM)
        message = await made(db, "record", await closed(db, meeting))

    assert fields(message)["表决方式和票数"].splitlines()[0] == (
        "1. 年底走访：口头表决，参会班子成员2人，同意1人，不同意1人，弃权0人。恰为半数，请主持人认定。"
        "认定：按本社区既定口径认定（李书明，2026年11月25日（周三）16:00）。"
        "口径：恰为半数视为达到，2026年9月1日（周二）集体研究确定；管理员设定，非文件原文。"
    )


@pytest.mark.parametrize(
    ("mark", "verdict"),
    [
        (None, ""),
        (PassMark.HALF, "达到半数以上。（管理员设定，非文件原文）"),
        (PassMark.TWO_THIRDS, "达到三分之二以上。（管理员设定，非文件原文）"),
    ],
)
async def test_record_of_a_working_meeting_shows_figures_and_a_mark_only_if_one_was_set(
    database: Database, mark: PassMark | None, verdict: str
) -> None:
    async with database.begin() as db:
        await settled(db)
        worker = await person(db, WORKER)
        await settings.change(db, by=worker, at=START, pass_mark=mark)
        meeting = await in_session(db, [SECRETARY, MEMBER, FULL_TIMER])
        await counted(db, meeting, "经费安排", Manner.NAMED, agreed=2, against=1)
        message = await made(db, "record", await closed(db, meeting))

    assert fields(message)["表决方式和票数"].splitlines()[0] == (
        "1. 经费安排：记名表决，参会班子成员3人，同意2人，不同意1人，弃权0人。" + verdict
    )


async def test_record_says_what_became_of_button_votes(database: Database) -> None:
    async with database.begin() as db:
        await settled(db)
        worker = await person(db, WORKER)
        meeting = await in_session(db, [SECRETARY, MEMBER])
        vote = await votes.begin(db, meeting, title="经费安排", by=worker, at=THREE_PM)
        running = fields(await made(db, "record", meeting))["表决方式和票数"]
        await votes.end(db, vote, by=worker, at=FOUR_PM)
        ended = fields(await made(db, "record", meeting))["表决方式和票数"]

    assert running.splitlines()[0] == "1. 经费安排：按钮表决，尚未结束。"
    assert ended.splitlines()[0] == (
        "1. 经费安排：按钮表决，参会班子成员2人，同意0人，不同意0人，弃权0人，未表态2人。"
    )


async def test_record_of_a_meeting_to_come_is_blank(database: Database) -> None:
    async with database.begin() as db:
        await settled(db)
        message = await made(db, "record", await called(db))

    found = fields(message)
    assert list(found.values()) == [
        "幸福里社区大党委11月工作会议",
        "2026年11月25日（周三）15:00",
        "二楼会议室",
        "（待补充）",
        "（待补充）",
        "3人",
        *["（待补充）"] * 8,
        "",
        "",
    ]


async def test_record_below_two_thirds_says_so_first(database: Database) -> None:
    async with database.begin() as db:
        community = await settled(db)
        worker = await person(db, WORKER)
        meeting = await closed(db, await in_session(db, [MEMBER]))
        not_held = await made(db, "record", meeting)
        talk = await meetings.as_talk(db, community, meeting_id=meeting.id, by=worker, at=FOUR_PM)
        only_talk = await made(db, "record", talk)

    title = "幸福里社区大党委11月工作会议记录"
    assert words(not_held) == [title, "到会不足三分之二，会议未召开。", FOR_REFERENCE]
    assert words(only_talk) == [
        title,
        "到会不足三分之二，仅作座谈、通报登记，不表决。",
        FOR_REFERENCE,
    ]
    found = fields(only_talk)
    assert (found["实到"], found["缺席"]) == ("1人", "2人：李书明、赵卫国")
    assert (found["表决方式和票数"], found["议定事项"]) == ("无", "无")


async def test_record_of_a_meeting_entered_later_says_by_whom_and_when(
    database: Database,
) -> None:
    async with database.begin() as db:
        community = await settled(db)
        meeting = await entered_later(db, community, datetime(2026, 11, 10, 15, tzinfo=CHINA))
        message = await made(db, "record", meeting)
        summed_up = await made(db, "sign_in_summary", meeting)

    assert words(message) == [
        "幸福里社区大党委11月工作会议记录",
        "补录（录入人王岚，录入日期2026年11月20日）",
        FOR_REFERENCE,
    ]
    assert fields(message)["实到"] == "2人（其中线上1人）"
    assert [row[3:] for row in rows(summed_up)[1:]] == [
        ["到会", "", "代为登记"],
        ["到会（线上）", "", "代为登记"],
        ["未到", "", ""],
    ]


async def test_meeting_from_before_the_start_is_called_so(database: Database) -> None:
    async with database.begin() as db:
        community = await settled(db)
        meeting = await entered_later(db, community, datetime(2026, 11, 10, 15, tzinfo=CHINA))

    line = record_texts.entered_later(meeting, starts_on=date(2026, 11, 11), by=None)
    assert line == "启用前补录（录入日期2026年11月20日）"


async def test_record_counts_what_the_community_has_set_otherwise(database: Database) -> None:
    async with database.begin() as db:
        await settled(db)
        worker = await person(db, WORKER)
        await settings.change(
            db,
            by=worker,
            at=START,
            online_counts=False,
            quorum_base=QuorumBase.WITHOUT_EXCUSED,
        )
        meeting = await in_session(db, [SECRETARY])
        await attendance.sign_in(db, meeting, await person(db, MEMBER), at=THREE_PM, online=True)
        await attendance.correct(
            db, meeting, await person(db, FULL_TIMER), EXCUSED, reason="漏登", by=worker, at=FOUR_PM
        )
        found = fields(await made(db, "record", await closed(db, meeting)))

    assert found["应到"] == "3人（计算三分之二时扣除请假；管理员设定，非文件原文）"
    assert found["实到"] == ("2人（其中线上1人；线上不计入三分之二，管理员设定，非文件原文）")
