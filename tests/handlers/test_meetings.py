"""Calling a meeting, opening and closing its sign-in, seeing it again; who may and who may not."""

from datetime import datetime, timedelta

from bot.rehearsal import cast
from records.calendar import CHINA
from tests.chat import LIAISON, MEMBER, SECRETARY, WORKER, Chat

THREE_PM = datetime(2026, 11, 25, 15, 0, tzinfo=CHINA)
OPEN = "11月工作会议正在签到。请先发送 /closesign 结束，再开始新的签到。"
LINE = "/newmeeting 下周三下午3点 工作会议 二楼会议室"


async def test_worker_calls_a_meeting_in_one_line(chat: Chat) -> None:
    assert await chat.says(WORKER, LINE) == [
        "已登记11月工作会议：2026年11月25日（周三）15:00，二楼会议室。\n"
        "到时点“开始签到”，或发送 /opensign。"
    ]
    assert chat.buttons() == ["开始签到"]


async def test_button_opens_the_sign_in_and_the_card_appears(chat: Chat) -> None:
    await chat.says(WORKER, LINE)

    assert await chat.presses(WORKER, "开始签到", at=THREE_PM) == [
        "11月工作会议已开始签到。结束时点“结束签到”，或在群里发送 /closesign。"
    ]
    assert chat.buttons() == ["我已到会", "请假"]
    assert chat.shown()[-2].startswith("已登记11月工作会议")
    assert chat.buttons(WORKER) == ["结束签到"]


async def test_button_in_private_closes_the_sign_in(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    await chat.presses(WORKER, "结束签到", private=True)

    assert chat.card().splitlines()[0] == "📌 11月工作会议　未召开"
    assert chat.shown(WORKER)[-2] == (
        "11月工作会议：应到9人，实到0人，因到会人数不足未召开，不计入11月会议。\n"
        "可用 /newmeeting 另定时间。\n签到汇总稍后发到您的私聊。"
    )


async def test_meeting_called_in_private_is_shown_in_the_group(chat: Chat) -> None:
    await chat.says(SECRETARY, LINE, private=True)
    await chat.says(SECRETARY, "/opensign", private=True, at=THREE_PM)

    assert chat.card().startswith("📌 11月工作会议　签到中")


async def test_member_may_not_manage_meetings(chat: Chat) -> None:
    for words in (LINE, "/opensign", "/closesign"):
        assert await chat.says(MEMBER, words) == ["该操作由书记或党务工作者办理。"]
    await chat.says(WORKER, LINE)

    assert await chat.presses(MEMBER, "开始签到") == ["该操作由书记或党务工作者办理。"]


async def test_line_that_cannot_be_read_is_answered_with_an_example(chat: Chat) -> None:
    assert await chat.says(WORKER, "/newmeeting 尽快开个会") == [
        "没有看懂会议时间。请按这样写：/newmeeting 下周三下午3点 工作会议 二楼会议室"
    ]
    assert await chat.says(WORKER, "/newmeeting") == [
        "请写明时间、会议和地点，例如：\n"
        "/newmeeting 下周三下午3点 工作会议 二楼会议室\n"
        "会议可写“工作会议”或“联席会议”。"
    ]


async def test_other_kinds_of_meetings_are_not_taken_for_ours(chat: Chat) -> None:
    for words in ("/newmeeting 明天下午3点 民主生活会", "/newmeeting 明天下午3点 二楼"):
        assert await chat.says(WORKER, words) == [
            "请写明是工作会议还是联席会议，例如：/newmeeting 下周三下午3点 工作会议 二楼会议室"
        ]
    assert await chat.says(WORKER, "/newmeeting 明天9点 工作会议 " + "很远的地方" * 20) == [
        "地点太长，请缩短到60字以内。"
    ]


async def test_line_may_stand_below_the_command_and_mean_now(chat: Chat) -> None:
    assert await chat.says(WORKER, "/newmeeting\n现在 联席会议 二楼") == [
        "已登记11月联席会议：2026年11月18日（周三）10:00，二楼。\n"
        "到时点“开始签到”，或发送 /opensign。"
    ]


async def test_old_button_does_not_touch_another_meeting(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    note = chat.group.telegram.history[cast.USER_IDS[WORKER]][-1]
    await chat.says(WORKER, "/closesign")
    await chat.opened(THREE_PM + timedelta(days=1))

    for data in ("closesign:1", "opensign:1"):
        place = cast.USER_IDS[WORKER]
        toasts = await chat.presses_on(WORKER, place, note["message_id"], data)
        assert toasts in (["这个按钮已失效，请重新发送命令。"], [OPEN])
    assert "签到中" in chat.card()


async def test_past_and_repeated_times_are_refused(chat: Chat) -> None:
    assert await chat.says(WORKER, "/newmeeting 昨天9点 工作会议") == [
        "会议时间已过。请改写为今后的时间。"
    ]
    await chat.says(WORKER, LINE)
    assert await chat.says(WORKER, LINE) == [
        "11月25日（周三）15:00已登记11月工作会议，不再重复登记。"
    ]


async def test_second_sign_in_on_top_of_an_open_one_is_refused(chat: Chat) -> None:
    await chat.opened(THREE_PM)

    assert await chat.says(WORKER, "/opensign") == [
        "11月工作会议正在签到。请先发送 /closesign 结束，再开始新的签到。"
    ]


async def test_without_a_meeting_there_is_nothing_to_open_close_or_show(chat: Chat) -> None:
    assert await chat.says(WORKER, "/opensign") == [
        "还没有登记会议。请工作人员用 /newmeeting 登记。"
    ]
    assert await chat.says(WORKER, "/closesign") == ["目前没有正在签到的会议。"]
    assert await chat.says(MEMBER, "/meeting") == [
        "还没有登记会议。请工作人员用 /newmeeting 登记。"
    ]


async def test_meeting_shows_the_card_once_more_and_that_one_lives_on(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    await chat.says(MEMBER, "/meeting")
    assert len(chat.cards()) == 1
    assert "签到卡见下方最新一条。" in chat.shown()

    await chat.says(LIAISON, "/attend")
    assert "列席1人" in chat.card()


async def test_meeting_in_private_shows_the_coming_one(chat: Chat) -> None:
    await chat.says(WORKER, LINE)

    assert await chat.says(MEMBER, "/meeting", private=True) == [
        "📌 11月工作会议　尚未开始签到\n"
        "11月25日（周三）15:00　二楼会议室\n"
        "应到9人　请假0人\n"
        "还差6人（三分之二为6人）\n"
        "依据：问答第7问“参会人数不少于三分之二方可召开”"
    ]


async def test_leave_before_the_meeting_is_quiet_in_the_group(chat: Chat) -> None:
    await chat.says(WORKER, LINE)

    assert await chat.says(MEMBER, "请假", private=True) == ["陈敏同志，已登记请假：11月工作会议。"]
    assert chat.cards() == []


async def test_card_stays_in_its_topic(chat: Chat) -> None:
    await chat.says(WORKER, LINE, topic=42)
    await chat.says(WORKER, "/opensign", topic=42, at=THREE_PM)
    assert chat.cards()[0]["message_thread_id"] == 42

    await chat.says(MEMBER, "/attend", topic=42, at=THREE_PM + timedelta(minutes=1))
    answer = chat.group.telegram.history[cast.GROUP_ID][-1]
    assert (answer["text"], answer["message_thread_id"]) == ("陈敏同志，15:01已签到。", 42)
