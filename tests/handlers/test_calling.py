"""Calling a meeting: what was understood is echoed, past times are entered later, what cannot be is refused."""

from datetime import datetime

import pytest

from records.calendar import CHINA
from tests.chat import WORKER, Chat

THREE_PM = datetime(2026, 11, 25, 15, 0, tzinfo=CHINA)
LINE = "/newmeeting 下周三下午3点 工作会议 二楼会议室"
ECHO = "11月工作会议：2026年11月25日（周三）15:00，二楼会议室。对吗？"
CALLED = (
    "已登记11月工作会议：2026年11月25日（周三）15:00，二楼会议室。\n"
    "到时点“开始签到”，或发送 /opensign。"
)


async def test_line_is_echoed_and_agreed_to(chat: Chat) -> None:
    assert await chat.says(WORKER, LINE) == [ECHO]
    assert chat.buttons() == ["对", "改", "取消"]
    await chat.presses(WORKER, "对")

    assert chat.last() == CALLED
    assert chat.buttons() == ["开始签到"]
    assert chat.last(WORKER) == CALLED
    assert chat.buttons(WORKER) == [
        "开始签到", "会议通知", "签到表", "议题", "日历文件", "改时间", "取消会议",
    ]  # fmt: skip


async def test_nothing_is_called_before_it_is_agreed_to(chat: Chat) -> None:
    await chat.says(WORKER, LINE)

    assert await chat.says(WORKER, "/meeting") == [
        "还没有登记会议。请工作人员用 /newmeeting 登记。"
    ]
    await chat.presses(WORKER, "取消")
    assert chat.shown()[-2] == "已取消，没有登记会议。"


async def test_line_is_written_again_in_private(chat: Chat) -> None:
    await chat.says(WORKER, LINE, private=True)
    await chat.presses(WORKER, "改", private=True)
    assert chat.last(WORKER) == "请写明时间、会议和地点，例如：下周三下午3点 工作会议 二楼会议室"

    assert await chat.says(WORKER, "11月26日下午2点半 联席会议 一楼大厅", private=True) == [
        "11月联席会议：2026年11月26日（周四）14:30，一楼大厅。对吗？"
    ]
    await chat.presses(WORKER, "对", private=True)
    assert chat.last(WORKER).startswith("已登记11月联席会议：2026年11月26日（周四）14:30")


async def test_meeting_is_called_by_buttons_alone_but_for_the_place(chat: Chat) -> None:
    assert await chat.says(WORKER, "/newmeeting", private=True) == [
        "这里登记大党委会议。支部党员大会、支委会、党小组会、党课、主题党日请按原渠道登记，不在此重复填报。\n"
        "请选择会议："
    ]
    assert chat.buttons(WORKER) == [
        "工作会议", "联席会议", "双述双评会议", "其他会议", "补录多次会议",
    ]  # fmt: skip
    await chat.presses(WORKER, "工作会议", private=True)
    assert chat.buttons(WORKER)[:3] == ["11月18日（周三）", "11月19日（周四）", "11月20日（周五）"]
    await chat.presses(WORKER, "11月25日（周三）", private=True)
    await chat.presses(WORKER, "15:00", private=True)
    assert chat.last(WORKER) == (
        "工作会议，2026年11月25日（周三）15:00。\n请写明地点，例如：二楼会议室"
    )

    assert await chat.says(WORKER, "二楼会议室", private=True) == [ECHO]


async def test_place_of_an_earlier_meeting_is_one_press(chat: Chat) -> None:
    await chat.called(LINE)
    await chat.says(WORKER, "/newmeeting", private=True)
    for label in ("联席会议", "11月26日（周四）", "10:00", "二楼会议室"):
        await chat.presses(WORKER, label, private=True)

    assert chat.last(WORKER) == "11月联席会议：2026年11月26日（周四）10:00，二楼会议室。对吗？"


async def test_past_time_offers_to_enter_it_later(chat: Chat) -> None:
    assert await chat.says(WORKER, "/newmeeting 昨天9点 工作会议", private=True) == [
        "会议时间已过。\n11月工作会议：2026年11月17日（周二）09:00。"
    ]
    assert chat.buttons(WORKER) == ["补录", "改时间", "取消"]
    await chat.presses(WORKER, "改时间", private=True)
    assert await chat.says(WORKER, "明天9点", private=True) == [
        "11月工作会议：2026年11月19日（周四）09:00。对吗？"
    ]


async def test_planned_meeting_is_moved_and_called_off(chat: Chat) -> None:
    await chat.called(LINE)
    await chat.presses(WORKER, "改时间", private=True)
    assert chat.last(WORKER) == "请写明新的时间，例如：下周三下午3点；地点有变的接着写。"
    assert await chat.says(WORKER, "11月26日下午3点", private=True) == [
        "已改为11月工作会议：2026年11月26日（周四）15:00，二楼会议室。"
    ]
    assert "11月26日（周四）15:00　二楼会议室" in chat.card()

    await chat.presses(WORKER, "取消会议", private=True)
    assert chat.last(WORKER) == (
        "确定取消11月工作会议：2026年11月26日（周四）15:00，二楼会议室吗？已收到询问的同志会收到取消通知。"
    )
    await chat.presses(WORKER, "确定取消", private=True)
    assert chat.last(WORKER) == "已取消11月工作会议：2026年11月26日（周四）15:00，二楼会议室。"
    assert chat.card().splitlines()[0] == "📌 11月工作会议　已取消"
    assert await chat.says(WORKER, "/meeting") == [
        "还没有登记会议。请工作人员用 /newmeeting 登记。"
    ]


async def test_agenda_is_written_line_by_line(chat: Chat) -> None:
    await chat.called(LINE)
    await chat.presses(WORKER, "议题", private=True)
    assert chat.last(WORKER) == "请写议题，每行一项，最多10项。"

    assert await chat.says(WORKER, "1、电梯改造\n2. 共建项目\n\n", private=True) == [
        "11月工作会议议题\n1. 电梯改造\n2. 共建项目"
    ]
    await chat.presses(WORKER, "议题", private=True)
    assert await chat.says(WORKER, "议题\n" * 11, private=True) == [
        "议题最多10项，每项不超过200字。请缩短后重写。"
    ]


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("尽快开个会", "没有看懂会议时间。请按这样写：/newmeeting 下周三下午3点 工作会议 二楼会议室"),
        ("6月31日下午3点 工作会议", "没有这个日期或时间，请核对后重新写，例如：11月25日下午3点"),
        ("明天25:00 工作会议", "没有这个日期或时间，请核对后重新写，例如：11月25日下午3点"),
        ("明天 工作会议", "请写明几点，并注明上午或下午，例如：11月25日下午3点"),
        ("明天3点 工作会议", "请写明几点，并注明上午或下午，例如：11月25日下午3点"),
        ("明天下午3点 二楼", "请写明是工作会议、联席会议、双述双评会议还是其他会议，"
         "例如：/newmeeting 下周三下午3点 工作会议 二楼会议室"),
        ("2028-01-05 15:00 工作会议", "会议时间在一年以后，请核对后重新写。"),
        ("2019-01-05 15:00 工作会议", "会议时间在五年以前，不能登记。请核对后重新写。"),
        ("明天下午3点 民主生活会", "这里登记大党委会议。支部党员大会、支委会、党小组会、党课、主题党日和民主生活会请按原渠道登记。"),
        ("明天9点 工作会议 " + "很远的地方" * 20, "地点太长，请缩短到60字以内。"),
        ("", "请写明时间、会议和地点，例如：\n/newmeeting 下周三下午3点 工作会议 二楼会议室\n"
         "会议可写工作会议、联席会议、双述双评会议或其他会议。"),
    ],
)  # fmt: skip
async def test_line_that_cannot_be_gets_one_sentence(chat: Chat, words: str, answer: str) -> None:
    assert await chat.says(WORKER, f"/newmeeting {words}") == [answer]
    assert await chat.says(WORKER, "/meeting") == [
        "还没有登记会议。请工作人员用 /newmeeting 登记。"
    ]


async def test_meetings_at_the_same_time_are_refused(chat: Chat) -> None:
    await chat.called(LINE)

    assert await chat.says(WORKER, LINE) == [
        "11月25日（周三）15:00已登记11月工作会议，不再重复登记。"
    ]
    assert await chat.says(WORKER, "/newmeeting 下周三15:30 联席会议") == [
        "与11月25日（周三）15:00的11月工作会议时间相近（不足1小时）。请改时间，或先取消那次会议。"
    ]


async def test_line_may_stand_below_the_command_and_mean_now(chat: Chat) -> None:
    assert await chat.says(WORKER, "/newmeeting\n现在 联席会议 二楼") == [
        "11月联席会议：2026年11月18日（周三）10:00，二楼。对吗？"
    ]
    await chat.presses(WORKER, "对")
    assert chat.last().startswith("已登记11月联席会议：2026年11月18日（周三）10:00，二楼。")


async def test_two_presses_on_agree_call_one_meeting(chat: Chat) -> None:
    await chat.says(WORKER, LINE)
    message = chat.group.telegram.history[-1001000000001][-1]
    data = message["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await chat.presses(WORKER, "对")

    toasts = await chat.presses_on(WORKER, message["chat"]["id"], message["message_id"], data)
    assert toasts == ["这次会议此前已确认或取消，无需重复操作。查看会议请发送 /meeting。"]


async def test_other_time_keeps_the_day_that_was_chosen(chat: Chat) -> None:
    await chat.says(WORKER, "/newmeeting", private=True)
    for label in ("联席会议", "11月26日（周四）", "其他时间"):
        await chat.presses(WORKER, label, private=True)
    assert chat.last(WORKER) == "联席会议，2026年11月26日（周四）：请写几点，例如：下午3点半"
    await chat.says(WORKER, "下午三点半", private=True)
    assert chat.last(WORKER).startswith("联席会议，2026年11月26日（周四）15:30。")

    assert await chat.says(WORKER, "一楼大厅", private=True) == [
        "11月联席会议：2026年11月26日（周四）15:30，一楼大厅。对吗？"
    ]


async def test_moving_needs_only_what_changes(chat: Chat) -> None:
    await chat.called(LINE)
    for words, moved in (
        ("上午10点", "2026年11月25日（周三）10:00"),
        ("11月27日", "2026年11月27日（周五）10:00"),
    ):
        await chat.presses(WORKER, "改时间", private=True)
        assert await chat.says(WORKER, words, private=True) == [
            f"已改为11月工作会议：{moved}，二楼会议室。"
        ]
    await chat.presses(WORKER, "改时间", private=True)
    assert await chat.says(WORKER, "再说吧", private=True) == [
        "没有看懂时间。请按这样写：11月25日下午3点"
    ]


async def test_adjourn_offers_every_meeting_that_can_be_moved(chat: Chat) -> None:
    assert await chat.says(WORKER, "/adjourn", private=True) == [
        "目前没有可以改时间或取消的会议。新建会议请发送 /newmeeting。"
    ]
    await chat.called(LINE)
    await chat.called("/newmeeting 11月26日15:00 联席会议 二楼会议室")

    assert [
        words.partition("：")[0] for words in await chat.says(WORKER, "/adjourn", private=True)
    ] == [
        "11月工作会议",
        "11月联席会议",
    ]
