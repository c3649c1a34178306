"""Of the sign-ins of the year before the last only numbers are left, after two notices."""

from datetime import datetime, timedelta

from records.calendar import CHINA
from tests.chat import MEMBER, PART_TIMERS, SECRETARY, WORKER, Chat

THREE_PM = datetime(2026, 11, 25, 15, 0, tzinfo=CHINA)
NOTICE = (
    "幸福里社区2026年的会议签到明细将于2028年1月1日（周六）清理，只留人数。\n"
    "需要留存的请先导出；表决票数、议定事项和台账人数不受影响。"
)


def at(year: int, month: int, day: int, hour: int = 10) -> datetime:
    return datetime(year, month, day, hour, 0, tzinfo=CHINA)


async def test_office_is_told_twice_and_then_only_numbers_are_left(chat: Chat) -> None:
    await held(chat)
    await chat.at(at(2027, 11, 1))
    assert NOTICE not in chat.shown(WORKER)
    await chat.at(at(2027, 11, 2))
    await chat.at(at(2027, 11, 3))
    assert [chat.shown(name).count(NOTICE) for name in (WORKER, SECRETARY)] == [1, 1]
    await chat.at(at(2027, 12, 17))
    assert chat.shown(WORKER).count(NOTICE) == 2
    assert await chat.presses(WORKER, "导出", private=True) == ["文件稍后发到您的私聊。"]
    assert chat.last(WORKER).endswith(".zip")

    await chat.at(at(2028, 1, 1))
    assert "会议：" not in (await chat.says(MEMBER, "/mydata", private=True))[0]
    await chat.says(WORKER, "/meeting")
    assert "应到9人　实到6人　请假1人　未到2人" in chat.card()
    (log,) = await chat.says(WORKER, "/audit", private=True)
    assert "：到会（" not in log


async def test_three_months_more_once(chat: Chat) -> None:
    await held(chat)
    await chat.at(at(2027, 12, 17))
    await chat.presses(WORKER, "延后3个月", private=True)
    assert "已延后：2026年的会议签到明细保留到2028年4月1日（周六）。" in chat.shown(WORKER)
    assert await chat.presses(SECRETARY, "延后3个月", private=True) == [
        "该年度的签到明细已延后过一次或已清理，不能再延后。请及时用 /export 导出。"
    ]

    await chat.at(at(2028, 1, 4))
    assert "会议：11月25日工作会议" in (await chat.says(MEMBER, "/mydata", private=True))[0]
    await chat.at(at(2028, 4, 1))
    assert "会议：" not in (await chat.says(MEMBER, "/mydata", private=True))[0]


async def held(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    for name in (SECRETARY, MEMBER, *PART_TIMERS[:4]):
        await chat.presses(name, "我已到会")
    await chat.presses(PART_TIMERS[4], "请假")
    await chat.says(WORKER, "/closesign", at=THREE_PM + timedelta(minutes=30))
