"""Votes: three numbers and their denominator; exactly half is for the host; buttons in private."""

from datetime import datetime, timedelta

import pytest

from bot.rehearsal import cast
from records import settings
from records.calendar import CHINA, day_of
from records.model import Half, PassMark
from records.people import all_of_account
from tests.chat import FULL_TIMER, LIAISON, MEMBER, PART_TIMERS, SECRETARY, WORKER, Chat

THREE_PM = datetime(2026, 11, 25, 15, 0, tzinfo=CHINA)
EIGHT = (SECRETARY, FULL_TIMER, MEMBER, *PART_TIMERS[:5])
BASE = "分母为表决时在场的班子成员，弃权计入，列席不计。"
HALF = "依据：问答第7问“参会“大党委”班子成员中半数以上同意方可形成“大党委”决议”"


async def test_joint_meeting_needs_half_of_those_present(chat: Chat) -> None:
    await attended(chat, "联席会议", EIGHT)
    await chat.presses(LIAISON, "我已到会")

    assert await chat.says(WORKER, "/vote 电梯改造 举手 同意5 不同意2 弃权1", private=True) == [
        "电梯改造：参会班子成员8人，同意5人。达到半数以上。\n"
        f"不同意2人，弃权1人；举手表决。{BASE}\n{HALF}"
    ]
    (answer,) = await chat.says(WORKER, "/vote 停车 口头 同意3 反对5", private=True)
    assert answer.splitlines()[0] == "停车：参会班子成员8人，同意3人。未达到半数以上。"


async def test_exactly_half_is_settled_by_the_host(chat: Chat) -> None:
    await attended(chat, "联席会议", EIGHT)
    (answer,) = await chat.says(WORKER, "/vote 电梯改造 同意4 不同意4", private=True)
    assert answer.splitlines()[0] == "电梯改造：参会班子成员8人，同意4人。恰为半数，请主持人认定。"
    assert chat.buttons(WORKER) == [
        "再议后重新表决", "暂缓，请示街道党工委", "撤销这次登记",
    ]  # fmt: skip
    await chat.presses(WORKER, "暂缓，请示街道党工委", private=True)

    assert chat.last(WORKER) == (
        "电梯改造：恰为半数，暂缓，请示街道党工委（王岚，11月25日（周三）15:00）。"
    )


async def test_decided_reading_is_offered_and_named(chat: Chat) -> None:
    await set_up(chat, half=Half.IS_ENOUGH, half_decided_on=day_of(THREE_PM))
    await attended(chat, "联席会议", EIGHT)
    await chat.says(WORKER, "/vote 电梯改造 同意4 不同意3 弃权1", private=True)
    await chat.presses(WORKER, "按本社区既定口径认定", private=True)

    assert chat.last(WORKER) == (
        "电梯改造：按本社区既定口径认定为达到（王岚，11月25日（周三）15:00）。\n"
        "口径：恰为半数视为达到，2026年11月25日（周三）集体研究确定。管理员设定，非文件原文。"
    )


async def test_working_meeting_shows_figures_only(chat: Chat) -> None:
    await attended(chat, "工作会议", EIGHT)

    assert await chat.says(WORKER, "/vote 预算 无记名 同意8", private=True) == [
        "预算：参会班子成员8人，同意8人。工作会议的通过比例文件未作规定，只列票数。\n"
        f"不同意0人，弃权0人；无记名表决。{BASE}"
    ]


async def test_mark_that_the_community_set_is_named_as_such(chat: Chat) -> None:
    await set_up(chat, pass_mark=PassMark.TWO_THIRDS)
    await attended(chat, "工作会议", EIGHT)
    (answer,) = await chat.says(WORKER, "/vote 预算 同意6 不同意2", private=True)

    assert answer.splitlines()[0] == (
        "预算：参会班子成员8人，同意6人。达到三分之二以上。（管理员设定，非文件原文）"
    )


async def test_below_two_thirds_nothing_is_voted_on(chat: Chat) -> None:
    await attended(chat, "工作会议", EIGHT[:5])

    assert await chat.says(WORKER, "/vote 预算 同意5", private=True) == [
        "还差1人，到会不足，不能表决。点错人数的请先更正。"
    ]


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("电梯 同意5 不同意1", "三项合计6人，与在场班子成员8人不一致。请核对票数；人数有误的请先更正名单。"),
        ("电梯 大家都同意", "没有看懂票数。请按这样写：/vote 电梯改造 举手 同意7 不同意1 弃权1"),
        ("同意8", "没有看懂票数。请按这样写：/vote 电梯改造 举手 同意7 不同意1 弃权1"),
    ],
)  # fmt: skip
async def test_line_that_does_not_add_up_is_refused(chat: Chat, words: str, answer: str) -> None:
    await attended(chat, "联席会议", EIGHT)

    assert await chat.says(WORKER, f"/vote {words}", private=True) == [answer]


async def test_vote_step_by_step_from_the_agenda(chat: Chat) -> None:
    await chat.called(f"/newmeeting {THREE_PM:%Y-%m-%d %H:%M} 联席会议 二楼会议室")
    await chat.presses(WORKER, "议题", private=True)
    await chat.says(WORKER, "电梯改造\n共建项目", private=True)
    await chat.says(WORKER, "/opensign", at=THREE_PM)
    for name in EIGHT:
        await chat.presses(name, "我已到会")
    for label in ("登记表决", "2. 共建项目", "举手"):
        await chat.presses(WORKER, label, private=True)
    assert chat.last(WORKER) == (
        "共建项目（举手），在场班子成员8人。\n请依次写同意、不同意、弃权三个数，例如：6 1 1"
    )
    await chat.says(WORKER, "6 1 1", private=True)
    assert chat.last(WORKER).startswith("共建项目：参会班子成员8人，同意6人。达到半数以上。")

    for label in ("登记表决", "其他事项"):
        await chat.presses(WORKER, label, private=True)
    await chat.says(WORKER, "路灯维修", private=True)
    for label in ("口头", "一致同意"):
        await chat.presses(WORKER, label, private=True)
    assert chat.last(WORKER).startswith("路灯维修：参会班子成员8人，同意8人。达到半数以上。")


async def test_ballots_are_cast_in_private_and_counted_in_the_group(chat: Chat) -> None:
    await set_up(chat, button_votes=True)
    await attended(chat, "联席会议", EIGHT[:5])
    await begin(chat)
    assert chat.last(WORKER) == "11月联席会议按钮表决：电梯改造\n在场班子成员5人，已表态0人。"
    assert chat.last(MEMBER) == "11月联席会议表决：电梯改造\n请选择，结束表决前可以改。"
    before = chat.shown()

    assert await chat.presses(MEMBER, "弃权", private=True) == ["已记下：弃权。结束表决前可以改。"]
    for name in EIGHT[:4]:
        await chat.presses(name, "同意", private=True)
    assert chat.shown() == before
    await chat.presses(WORKER, "结束表决", private=True)
    assert chat.last() == (
        "电梯改造：参会班子成员5人，同意4人。达到半数以上。\n"
        f"不同意0人，弃权0人，未表态1人；按钮表决。{BASE}\n{HALF}"
    )
    late = THREE_PM + timedelta(minutes=5)
    assert await chat.presses(MEMBER, "同意", private=True, at=late) == [
        "这项表决已经结束，不能再改。如有疑问，请与主持人联系。"
    ]


async def test_only_who_was_there_at_the_opening_votes(chat: Chat) -> None:
    await set_up(chat, button_votes=True)
    await attended(chat, "联席会议", EIGHT[:5])
    await begin(chat)
    ballot = chat.group.telegram.history[cast.USER_IDS[MEMBER]][-1]
    data = ballot["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await chat.presses(PART_TIMERS[4], "我已到会")

    for name in (PART_TIMERS[4], LIAISON):
        card = chat.cards()[-1]["message_id"]
        assert await chat.presses_on(name, cast.GROUP_ID, card, data) == [
            "本次表决由开始表决时在场的班子成员参加，您不在名单内。如有疑问，请与工作人员联系。"
        ]


async def test_host_votes_last(chat: Chat) -> None:
    await set_up(chat, button_votes=True)
    await attended(chat, "联席会议", EIGHT[:3])
    await chat.says(WORKER, "/meeting", private=True)
    note = chat.group.telegram.history[cast.USER_IDS[WORKER]][-1]
    await chat.presses_on(WORKER, cast.USER_IDS[WORKER], note["message_id"], "officers:1")
    await chat.presses(WORKER, SECRETARY, private=True)
    await begin(chat)

    assert await chat.presses(SECRETARY, "同意", private=True) == [
        "主持人最后表态：还有2人没有表态。请稍后再选。"
    ]
    for name in (FULL_TIMER, MEMBER, SECRETARY):
        assert await chat.presses(name, "同意", private=True) == [
            "已记下：同意。结束表决前可以改。"
        ]


async def test_resolutions_come_back_on_the_next_agenda(chat: Chat) -> None:
    await attended(chat, "联席会议", EIGHT)
    await chat.says(WORKER, "/vote 扶手 同意8", private=True)
    await chat.presses(WORKER, "议定事项", private=True)
    assert chat.last(WORKER) == "目前没有未办结的议定事项。"
    await chat.presses(WORKER, "登记议定事项", private=True)
    assert chat.last(WORKER) == ("请写：事项；责任人；时限。例如：加装楼道扶手；李强；12月20日")
    assert await chat.says(WORKER, "加装楼道扶手；李强；12月20日", private=True) == [
        "已登记议定事项：加装楼道扶手（责任人：李强，2026年12月20日（周日）前）。\n"
        "未办结的会列入下次会议的议题。"
    ]
    await chat.says(WORKER, "/closesign")
    await chat.called("/newmeeting 12月16日15:00 工作会议 二楼会议室")
    await chat.presses(WORKER, "议题", private=True)
    assert chat.last(WORKER).splitlines()[:2] == [
        "12月工作会议议题",
        "1. 上次议定事项落实情况：加装楼道扶手（李强，12月20日前）",
    ]

    await chat.presses(WORKER, "议定事项", private=True)
    await chat.presses(WORKER, "第1项已办结", private=True)
    assert chat.last(WORKER) == "已办结：加装楼道扶手。"


async def test_mistaken_vote_is_taken_back(chat: Chat) -> None:
    await attended(chat, "联席会议", EIGHT)
    await chat.says(WORKER, "/vote 电梯改造 同意8", private=True)
    assert chat.buttons(WORKER) == ["登记表决", "议定事项", "撤销这次登记"]
    await chat.presses(WORKER, "撤销这次登记", private=True)

    assert chat.last(WORKER) == "已撤销：电梯改造的表决登记。"
    assert (
        "王岚：撤销表决登记（11月联席会议）" in (await chat.says(WORKER, "/audit", private=True))[0]
    )


async def test_unsettled_half_is_named_before_the_list_is_confirmed(chat: Chat) -> None:
    await attended(chat, "联席会议", EIGHT)
    await chat.says(WORKER, "/closesign")
    await chat.says(WORKER, "/vote 电梯改造 同意4 不同意4", private=True)
    await chat.says(WORKER, "/meeting", private=True)
    await chat.presses(WORKER, "确认名单", private=True)
    assert chat.last(WORKER) == (
        "还有1项恰为半数，尚未认定：电梯改造。请主持人先认定。仍要确认名单吗？"
    )
    assert chat.buttons(WORKER) == ["返回", "仍要确认"]
    await chat.presses(WORKER, "仍要确认", private=True)
    await chat.says(WORKER, "/meeting", private=True)
    assert chat.buttons(WORKER)[:3] == ["会议记录", "签到汇总", "重新打开"]


async def test_confirmed_meeting_takes_no_more_items(chat: Chat) -> None:
    await attended(chat, "联席会议", EIGHT)
    await chat.presses(WORKER, "登记表决", private=True)
    await chat.says(WORKER, "/closesign", private=True)
    await chat.presses(WORKER, "确认名单", private=True)

    assert await chat.says(WORKER, "今天天气好", private=True) == [
        "该次会议的名单已确认。如需改动，请书记先点“重新打开”并写明原因。"
    ]


async def test_button_ends_the_waiting_for_numbers(chat: Chat) -> None:
    await attended(chat, "联席会议", EIGHT)
    await chat.presses(WORKER, "登记表决", private=True)
    await chat.says(WORKER, "电梯改造", private=True)
    for label in ("举手", "一致同意"):
        await chat.presses(WORKER, label, private=True)
    assert chat.last(WORKER).startswith("电梯改造：参会班子成员8人，同意8人。")

    (answer,) = await chat.says(WORKER, "党费怎么交", private=True)
    assert "未找到相关规定" in answer


async def attended(chat: Chat, kind: str, names: tuple[str, ...]) -> None:
    """A meeting of the kind with these people there."""
    await chat.opened(THREE_PM, kind)
    for name in names:
        await chat.presses(name, "我已到会", at=THREE_PM + timedelta(seconds=30))


async def begin(chat: Chat) -> None:
    await chat.presses(WORKER, "登记表决", private=True)
    await chat.says(WORKER, "电梯改造", private=True)
    await chat.presses(WORKER, "按钮", private=True)


async def set_up(chat: Chat, **changes: object) -> None:
    """What the worker sets for the community."""
    async with chat.group.app.database.begin() as db:
        (worker,) = await all_of_account(db, user_id=cast.USER_IDS[WORKER])
        await settings.change(db, by=worker, at=THREE_PM, **changes)
