"""The worker takes the roll for everybody: all but the exceptions, one by one, put right, entered later."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from bot.rehearsal import cast
from records.calendar import CHINA
from tests.chat import LIAISON, MEMBER, PART_TIMERS, SECRETARY, STRANGER, WORKER, Chat

THREE_PM = datetime(2026, 11, 25, 15, 0, tzinfo=CHINA)
MINUTE = timedelta(minutes=1)
LEDGER_CLOSED = "该次会议的名单已确认。如需改动，请书记先点“重新打开”并写明原因。"


async def test_whole_roll_takes_four_presses(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    for label in ("全员到会，点选例外", f"{MEMBER}　到会", f"{PART_TIMERS[0]}　到会", "确认"):
        await chat.presses(WORKER, label, private=True)

    assert chat.last(WORKER) == "已登记11月工作会议：应到9人，实到7人，请假2人，未到0人。"
    assert chat.card() == (
        "📌 11月工作会议　签到中\n"
        "11月25日（周三）15:00　二楼会议室\n"
        "应到9人　实到7人　请假2人　未签0人\n"
        "实到7人，已达到三分之二（需6人），可以召开。\n"
        "依据：问答第7问“参会人数不少于三分之二方可召开”"
    )


async def test_own_presses_stay_whatever_the_roll_says(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    await chat.presses(WORKER, "全员到会，点选例外", private=True)
    for label in (f"{MEMBER}　到会", f"{MEMBER}　请假"):
        await chat.presses(WORKER, label, private=True)
    await chat.presses(MEMBER, "我已到会")
    await chat.presses(PART_TIMERS[0], "请假")
    await chat.presses(WORKER, "确认", private=True)

    assert "应到9人　实到8人　请假1人　未签0人" in chat.card()


async def test_list_of_another_team_is_not_taken(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    await chat.presses(WORKER, "全员到会，点选例外", private=True)
    async with chat.group.app.database.begin() as db:
        await db.execute(text("UPDATE members SET until = '2026-11-20' WHERE person_id = 4"))

    assert await chat.presses(WORKER, "确认", private=True) == ["这个按钮已失效，请重新发送命令。"]
    assert "实到0人" in chat.card()


async def test_sign_in_sent_in_time_opens_a_confirmed_list_again(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    for name in (MEMBER, *PART_TIMERS[:4]):
        await chat.presses(name, "我已到会")
    await chat.says(WORKER, "/closesign", at=THREE_PM + 30 * MINUTE)
    await chat.presses(WORKER, "只作登记", private=True)
    await chat.presses(WORKER, "确认名单", private=True)
    await chat.says(SECRETARY, "/attend", sent_at=THREE_PM + 29 * MINUTE)

    assert "实到6人，已达到三分之二（需6人），计入11月会议。" in chat.card()
    assert chat.last(WORKER) == (
        "11月工作会议名单确认后，收到一条结束前发出的签到，已计入。请核对后重新确认名单。"
    )
    assert chat.buttons(WORKER) == ["名单", "确认名单"]


async def test_who_comes_back_is_there_again(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    await chat.presses(MEMBER, "我已到会")
    for label in ("更正", MEMBER, "提前离开"):
        await chat.presses(WORKER, label, private=True)
    assert "提前离开1人" in chat.card()
    await chat.presses(MEMBER, "我已到会")

    assert "提前离开" not in chat.card()


async def test_nothing_is_recorded_before_the_roll_is_confirmed(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    await chat.presses(WORKER, "全员到会，点选例外", private=True)

    assert chat.last(WORKER) == (
        "11月工作会议：到会9人。\n没有到会的，点姓名改为请假、未到或线上；都对了点“确认”。"
    )
    assert "实到0人" in chat.card()


async def test_press_on_a_name_goes_through_what_it_can_be(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    await chat.presses(WORKER, "全员到会，点选例外", private=True)
    for now in ("到会", "请假", "未到"):
        await chat.presses(WORKER, f"{MEMBER}　{now}", private=True)
    assert "到会9人（含线上1人）。" in chat.last(WORKER)
    await chat.presses(WORKER, f"{MEMBER}　线上", private=True)

    assert "：到会9人。" in chat.last(WORKER)


async def test_who_asked_leave_is_an_exception_from_the_beginning(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    await chat.presses(MEMBER, "请假")
    await chat.presses(PART_TIMERS[0], "线上参会")
    await chat.presses(WORKER, "全员到会，点选例外", private=True)
    assert "到会8人（含线上1人），请假1人。" in chat.last(WORKER)
    await chat.presses(WORKER, "确认", private=True)

    assert "应到9人　实到8人（含线上1人）　请假1人　未签0人" in chat.card()


async def test_member_who_never_opens_a_chat_is_recorded_by_name(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    assert await chat.says(WORKER, f"/record {MEMBER} 到会", private=True) == [
        "已代为登记：陈敏，到会。"
    ]
    assert await chat.says(WORKER, f"/record {PART_TIMERS[0]} 线上", private=True) == [
        "已代为登记：孙丽，线上。"
    ]
    assert await chat.says(WORKER, f"/record {LIAISON} 到会", private=True) == [
        "已代为登记：刘强（列席），到会。"
    ]
    assert await chat.says(WORKER, f"/record {MEMBER} 到会", private=True) == [
        "陈敏已登记为到会（15:00）。需要改动请用“更正”。"
    ]
    assert await chat.says(WORKER, "/record 查无此人 请假", private=True) == [
        "名册中没有“查无此人”。请核对姓名，或先在名册登记。"
    ]
    assert "应到9人　实到2人（含线上1人）　请假0人　未签7人　列席1人" in chat.card()


async def test_record_by_buttons_offers_who_is_missing(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    await chat.presses(MEMBER, "我已到会")
    await chat.presses(WORKER, "代为登记", private=True)
    assert MEMBER not in chat.buttons(WORKER)
    await chat.presses(WORKER, SECRETARY, private=True)
    assert chat.last(WORKER) == "李书明，现登记为未到。请选择："
    await chat.presses(WORKER, "请假", private=True)

    assert chat.last(WORKER) == "已代为登记：李书明，请假。"


async def test_names_stand_in_private_only(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    await chat.presses(MEMBER, "我已到会")
    await chat.presses(WORKER, "名单", private=True)

    assert chat.last(WORKER).splitlines()[:2] == [
        "11月工作会议名单（应到9人）",
        "未到8人：李书明、赵卫国、孙丽、吴海、郑洁、冯涛、何静、马建军",
    ]
    assert all(name not in "".join(chat.shown()[2:]) for name in PART_TIMERS)


async def test_correction_keeps_before_after_and_why(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    await chat.presses(MEMBER, "我已到会")
    for label in ("更正", MEMBER, "请假", "登记有误"):
        await chat.presses(WORKER, label, private=True)
    assert chat.last(WORKER) == "已更正：陈敏，到会改为请假（登记有误）。"
    assert "实到0人　请假1人" in chat.card()

    for label in ("更正", MEMBER, "到会"):
        await chat.presses(WORKER, label, private=True)
    assert chat.last(WORKER) == "陈敏：请假改为到会。\n请写明更正的原因。"
    await chat.says(WORKER, "本人15:20赶到", private=True)
    assert chat.last(WORKER) == "已更正：陈敏，请假改为到会（本人15:20赶到）。"
    assert "实到1人　请假0人" in chat.card()


async def test_leaving_early_warns_below_two_thirds(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    for name in (MEMBER, SECRETARY, *PART_TIMERS[:4]):
        await chat.presses(name, "我已到会")
    for label in ("更正", MEMBER, "提前离开"):
        await chat.presses(WORKER, label, private=True)

    assert "提前离开1人" in chat.card()
    assert "在场5人，已低于三分之二（6人），请主持人留意。" in chat.card()


async def test_miscount_is_put_right_after_the_closing(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    for name in (MEMBER, *PART_TIMERS[:4]):
        await chat.presses(name, "我已到会")
    await chat.presses(WORKER, "结束签到", private=True)
    assert chat.buttons(WORKER) == ["更正", "名单", "另定时间", "只作登记", "确认名单"]
    for label in ("更正", SECRETARY, "到会", "漏登"):
        await chat.presses(WORKER, label, private=True)

    assert "实到6人，已达到三分之二（需6人），计入11月会议。" in chat.card()


async def test_too_few_may_only_be_a_talk(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    await chat.presses(MEMBER, "我已到会")
    await chat.presses(WORKER, "结束签到", private=True)
    await chat.presses(WORKER, "只作登记", private=True)

    assert chat.last(WORKER) == (
        "11月工作会议已作座谈、通报登记：到会不足三分之二，不表决，不计入11月会议。"
    )
    assert chat.card().splitlines()[0] == "📌 11月工作会议　仅作座谈、通报登记"
    assert "11月会议：临近期末\n" in (await chat.says(WORKER, "/duty"))[0]


async def test_too_few_may_meet_another_day(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    await chat.presses(WORKER, "结束签到", private=True)
    await chat.presses(WORKER, "另定时间", private=True)

    assert await chat.says(WORKER, "11月27日下午3点", private=True) == [
        "11月工作会议：2026年11月27日（周五）15:00，二楼会议室。对吗？"
    ]


async def test_confirmed_list_is_reopened_by_the_secretary_with_a_reason(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    await chat.presses(MEMBER, "我已到会")
    await chat.says(WORKER, "/closesign")
    await chat.presses(WORKER, "确认名单", private=True)
    assert await chat.says(WORKER, f"/record {SECRETARY} 到会", private=True) == [LEDGER_CLOSED]
    await chat.says(WORKER, "/meeting", private=True)
    assert chat.buttons(WORKER) == ["会议记录", "签到汇总", "重新打开"]
    assert await chat.presses(WORKER, "重新打开", private=True) == ["重新打开台账由书记办理。"]

    await chat.says(SECRETARY, "/meeting", private=True)
    await chat.presses(SECRETARY, "重新打开", private=True)
    assert chat.last(SECRETARY) == "请写明重新打开的原因，改动前后都会保留。"
    await chat.says(SECRETARY, "漏登两人", private=True)
    assert chat.last(SECRETARY) == "11月工作会议台账已重新打开，改好后请再点“确认名单”。"
    assert await chat.says(WORKER, f"/record {SECRETARY} 到会", private=True) == [
        "已代为登记：李书明，到会。"
    ]


async def test_meeting_of_the_past_is_entered_with_who_and_when(chat: Chat) -> None:
    await chat.says(WORKER, "/newmeeting 11月19日15:00 工作会议", private=True, at=THREE_PM)
    for label in ("补录", f"{MEMBER}　到会", "确认"):
        await chat.presses(WORKER, label, private=True)

    assert chat.last(WORKER) == (
        "已登记11月工作会议：应到9人，实到8人，请假1人，未到0人。\n"
        "补录（录入人王岚，录入日期11月25日）。"
    )
    assert chat.buttons(WORKER) == [
        "更正", "名单", "登记表决", "议定事项", "主持人、记录人", "确认名单",
    ]  # fmt: skip
    assert chat.cards() == []
    assert (
        "11月会议：已完成（11月19日（周四）15:00，11月工作会议）"
        in (await chat.says(WORKER, "/duty", private=True))[0]
    )


async def test_meeting_before_the_first_roster_needs_one(chat: Chat) -> None:
    await chat.says(WORKER, "/newmeeting 11月10日15:00 工作会议", private=True)

    assert await chat.presses(WORKER, "补录", private=True) == [
        "2026年11月10日（周二）的名册中没有班子成员。请在 /roster 点“导入名册”，"
        "给每位成员写上任职起始日期后再补录，例如：张伟 书记 专职 直接进入 2026-01-01"
    ]


async def test_past_meeting_written_in_the_group_is_entered_in_private(chat: Chat) -> None:
    await chat.says(WORKER, "/newmeeting 11月19日15:00 工作会议", at=THREE_PM)
    await chat.presses(WORKER, "补录")

    assert chat.last() == "补录已转到您的私聊，请在私聊中点选名单。"
    assert chat.last(WORKER).startswith("11月工作会议：到会9人。")


async def test_sign_in_opened_by_mistake_is_taken_back(chat: Chat) -> None:
    await chat.called("/newmeeting 下周三下午3点 工作会议 二楼会议室")
    await chat.presses(WORKER, "开始签到", private=True)
    assert "会议定于2026年11月25日（周三）15:00；点错了的，请撤销。" in chat.last(WORKER)
    await chat.presses(WORKER, "撤销开始签到", private=True)

    assert chat.last(WORKER) == "已撤销开始签到。11月工作会议：2026年11月25日（周三）15:00。"
    assert chat.card().splitlines()[0] == "📌 11月工作会议　尚未开始签到"


async def test_host_and_recorder_are_named(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    await chat.presses(MEMBER, "我已到会")
    await chat.says(WORKER, "/closesign")
    await chat.says(WORKER, "/meeting", private=True)
    await chat.says(WORKER, f"/record {SECRETARY} 到会", private=True)
    for name in PART_TIMERS[:4]:
        await chat.says(WORKER, f"/record {name} 到会", private=True)
    await chat.says(WORKER, "/meeting", private=True)
    for label in ("主持人、记录人", SECRETARY, WORKER):
        await chat.presses(WORKER, label, private=True)

    assert chat.last(WORKER) == "主持人：李书明；记录人：王岚。"


@pytest.mark.parametrize(
    "data",
    [
        "roll:1:8.0e",
        "roll:1:x",
        "rolled:1:9.99z",
        "record:1:999:p",
        "record:1:9223372036854775808",
        "vote:x",
    ],
)
async def test_pressed_nonsense_changes_nothing(chat: Chat, data: str) -> None:
    await chat.opened(THREE_PM)
    place = cast.USER_IDS[WORKER]
    note = chat.group.telegram.history[place][-1]

    assert await chat.presses_on(WORKER, place, note["message_id"], data) == [
        "这个按钮已失效，请重新发送命令。"
    ]
    assert "实到0人" in chat.card()


async def test_worker_says_who_pressed_which_binds_and_signs_in(chat: Chat) -> None:
    await chat.presses(MEMBER, "不是我", private=True)  # 陈敏 is not bound any more
    await chat.opened(THREE_PM)
    await chat.presses(STRANGER, "我已到会", at=THREE_PM + 2 * MINUTE)
    assert chat.buttons(WORKER) == ["陈敏", "不是本社区的同志"]
    assert await chat.presses(WORKER, "陈敏", private=True, at=THREE_PM + 9 * MINUTE) == [
        "陈敏同志，15:02已签到。"
    ]

    assert chat.last(WORKER) == "已确认身份并绑定账号：陈敏。\n陈敏同志，15:02已签到。"
    assert "实到1人" in chat.card()
    assert await chat.presses(STRANGER, "我已到会") == ["您已于15:02签到，无需重复操作。"]


async def test_account_that_is_nobody_here_is_told_so_by_a_worker(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    assert await chat.presses(STRANGER, "我已到会", at=THREE_PM + 2 * MINUTE) == [
        "还没有确认您的身份，已转工作人员；确认后按现在的时间签到。"
    ]
    assert "实到0人" in chat.card()
    assert chat.last(WORKER) == (
        "11月工作会议：一个还没有确认身份的账号（显示为“周游”）于15:02点了“我已到会”。\n"
        "请确认是哪位同志；确认后绑定账号，并按当时的时间签到。"
    )
    assert chat.buttons(WORKER)[-1] == "不是本社区的同志"
    assert await chat.presses(STRANGER, "我已到会", at=THREE_PM + 3 * MINUTE) == [
        "您的签到已转工作人员，确认身份后即登记，无需重复操作。"
    ]
    await chat.presses(WORKER, "不是本社区的同志", private=True)

    assert chat.last(WORKER) == "已处理：不是本社区的同志，没有登记签到。"
    assert "实到0人" in chat.card()
