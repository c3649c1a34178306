"""On the working day before a meeting each of its team is asked once, in private."""

from datetime import date, datetime

from records import holidays
from records.calendar import CHINA
from tests.chat import MEMBER, PART_TIMERS, SECRETARY, STRANGER, WORKER, Chat

ASKED = "明天15:00工作会议（二楼会议室），能否到会？"


def at(day: int, hour: int = 9, minute: int = 30) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=CHINA)


async def test_team_is_asked_on_the_working_day_before(chat: Chat) -> None:
    await chat.called("/newmeeting 下周三下午3点 工作会议 二楼会议室")
    await chat.at(at(23))
    assert ASKED not in chat.shown(MEMBER)
    await chat.at(at(24))
    await chat.at(at(24, 11))

    for name in (SECRETARY, MEMBER, *PART_TIMERS):
        assert chat.shown(name).count(ASKED) == 1
    assert chat.buttons(MEMBER) == ["能到会", "请假", "线上参会"]
    assert ASKED not in [*chat.shown(WORKER), *chat.shown(STRANGER), *chat.shown()]


async def test_answers_are_counted_before_the_meeting_and_are_no_sign_in(chat: Chat) -> None:
    await chat.called("/newmeeting 下周三下午3点 工作会议 二楼会议室")
    await chat.at(at(24))
    assert await chat.presses(MEMBER, "能到会", private=True) == [
        "陈敏同志，已记下：11月工作会议（11月25日（周三）15:00）能到会。到会时请再签到。"
    ]
    await chat.presses(SECRETARY, "线上参会", private=True)
    await chat.presses(PART_TIMERS[0], "请假", private=True)
    assert (
        chat.last(MEMBER)
        == "陈敏同志，已记下：11月工作会议（11月25日（周三）15:00）能到会。到会时请再签到。"
    )

    await chat.says(WORKER, "/opensign", at=at(25, 15, 0))
    assert "应到9人　实到0人　请假1人　未签8人" in chat.card()
    assert await chat.presses(MEMBER, "我已到会") == ["陈敏同志，15:00已签到。"]


async def test_monday_meeting_is_asked_about_on_friday(chat: Chat) -> None:
    await chat.called("/newmeeting 11月30日下午3点 工作会议 二楼会议室")
    await chat.at(at(27))

    assert "11月30日（周一）15:00工作会议（二楼会议室），能否到会？" in chat.shown(MEMBER)


async def test_imported_holiday_is_no_day_to_ask_on(chat: Chat) -> None:
    async with chat.group.app.database.begin() as db:
        await holidays.put(db, {date(2026, 11, 27): False}, at=at(18))
    await chat.called("/newmeeting 11月30日下午3点 工作会议 二楼会议室")
    await chat.at(at(26))

    assert "11月30日（周一）15:00工作会议（二楼会议室），能否到会？" in chat.shown(MEMBER)


async def test_moved_meeting_is_asked_about_again_and_a_cancelled_one_called_off(
    chat: Chat,
) -> None:
    await chat.called("/newmeeting 下周三下午3点 工作会议 二楼会议室")
    await chat.at(at(24))
    await chat.presses(WORKER, "改时间", private=True)
    await chat.says(WORKER, "明天下午4点", private=True)
    moved = "原定11月25日（周三）15:00的工作会议改到11月25日（周三）16:00（二楼会议室），能否到会？"
    assert chat.last(MEMBER) == moved
    await chat.at(at(24, 10))
    assert chat.last(MEMBER) == moved

    for label in ("取消会议", "确定取消"):
        await chat.presses(WORKER, label, private=True)
    assert chat.last(MEMBER) == "11月25日（周三）16:00的工作会议已取消。"


async def test_roll_that_was_left_open_is_called_to_mind(chat: Chat) -> None:
    await chat.opened(at(25, 15, 0))
    await chat.at(at(26))

    words = "11月25日（周三）15:00的工作会议签到还没有结束，请结束后核对名单。"
    assert chat.shown(WORKER).count(words) == 1


async def test_meeting_that_was_never_opened_can_be_entered_the_day_after(chat: Chat) -> None:
    await chat.called("/newmeeting 下周三下午3点 工作会议 二楼会议室")
    await chat.at(at(26))
    words = "11月25日（周三）15:00的工作会议没有签到记录。已召开的请补录，未召开的请改时间或取消。"
    assert words in chat.shown(WORKER)
    for label in ("补录", "确认"):
        await chat.presses(WORKER, label, private=True)

    assert (
        "已登记11月工作会议：应到9人，实到9人，请假0人，未到0人。\n"
        "补录（录入人王岚，录入日期11月26日）。"
    ) in chat.shown(WORKER)
