"""Calling a meeting, opening and closing its sign-in, seeing it again; who may and who may not."""

from datetime import datetime, timedelta

from bot.rehearsal import cast
from records.calendar import CHINA
from tests.chat import LIAISON, MEMBER, SECRETARY, WORKER, Chat

THREE_PM = datetime(2026, 11, 25, 15, 0, tzinfo=CHINA)
OPEN = "11月工作会议正在签到。请先发送 /closesign 结束，再开始新的签到。"
LINE = "/newmeeting 下周三下午3点 工作会议 二楼会议室"


async def test_button_opens_the_sign_in_and_the_card_appears(chat: Chat) -> None:
    await chat.called(LINE)

    assert await chat.presses(WORKER, "开始签到", at=THREE_PM) == [
        "11月工作会议已开始签到。结束时点“结束签到”，或在群里发送 /closesign。"
    ]
    assert chat.buttons() == ["我已到会", "请假", "线上参会"]
    assert chat.shown()[-2].startswith("已登记11月工作会议")
    assert chat.last(WORKER) == (
        "11月工作会议已开始签到。结束时点“结束签到”，或在群里发送 /closesign。\n"
        "请假的同志仍计入应到；列席不计入。"
    )
    assert chat.buttons(WORKER) == [
        "全员到会，点选例外", "代为登记", "更正", "登记表决", "名单", "主持人、记录人", "结束签到",
    ]  # fmt: skip


async def test_button_in_private_closes_the_sign_in(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    await chat.presses(WORKER, "结束签到", private=True)

    assert chat.card().splitlines()[0] == "📌 11月工作会议　未召开"
    assert chat.last(WORKER) == (
        "11月工作会议：应到9人，实到0人，因到会人数不足未召开，不计入11月会议。\n"
        "点错人数的请先更正，再选择。"
    )


async def test_meeting_called_in_private_is_shown_in_the_group(chat: Chat) -> None:
    await chat.says(SECRETARY, LINE, private=True)
    await chat.presses(SECRETARY, "对", private=True)
    await chat.says(SECRETARY, "/opensign", private=True, at=THREE_PM)

    assert chat.card().startswith("📌 11月工作会议　签到中")


async def test_member_may_not_manage_meetings(chat: Chat) -> None:
    for words in (LINE, "/opensign", "/closesign", "/record 张伟", "/vote", "/adjourn"):
        assert await chat.says(MEMBER, words) == ["该操作由书记或党务工作者办理。"]
    await chat.called(LINE)

    assert await chat.presses(MEMBER, "开始签到") == ["该操作由书记或党务工作者办理。"]


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
    await chat.called(LINE)

    assert await chat.says(MEMBER, "/meeting", private=True) == [
        "📌 11月工作会议　尚未开始签到\n"
        "11月25日（周三）15:00　二楼会议室\n"
        "应到9人　请假0人\n"
        "规定到会人数6人（三分之二）\n"
        "依据：问答第7问“参会人数不少于三分之二方可召开”"
    ]


async def test_words_in_private_are_echoed_before_they_count(chat: Chat) -> None:
    await chat.called(LINE)

    assert await chat.says(MEMBER, "来不了", private=True) == [
        "11月工作会议（11月25日（周三）15:00）：登记为请假？"
    ]
    assert chat.buttons(MEMBER) == ["确认", "取消"]
    assert await chat.presses(MEMBER, "确认", private=True) == [
        "陈敏同志，已登记请假：11月工作会议。"
    ]
    assert chat.cards() == []
    assert await chat.says(MEMBER, "线上", private=True) == [
        "11月工作会议（11月25日（周三）15:00）：登记为线上参会？"
    ]
    await chat.presses(MEMBER, "取消", private=True)
    assert chat.last(MEMBER) == "已取消，没有登记任何内容。"
    await chat.says(MEMBER, "能来", private=True)
    assert await chat.presses(MEMBER, "确认", private=True) == [
        "陈敏同志，已记下：11月工作会议（11月25日（周三）15:00）能到会。到会时请再签到。"
    ]
    assert "应到9人　回复到会1人　请假0人" in (await chat.says(MEMBER, "/meeting"))[0]


async def test_whole_sentences_about_coming_are_understood(chat: Chat) -> None:
    await chat.called(LINE)
    for words, how in (
        ("我明天有事来不了，请个假", "请假"),
        ("我要请假", "请假"),
        ("不去", "请假"),
        ("我到了", "到会"),
        ("取消请假", "到会"),
    ):
        assert await chat.says(MEMBER, words, private=True) == [
            f"11月工作会议（11月25日（周三）15:00）：登记为{how}？"
        ]
    assert "登记为" not in (await chat.says(MEMBER, "开会能不能请假", private=True))[0]


async def test_card_stays_in_its_topic(chat: Chat) -> None:
    await chat.says(WORKER, LINE, topic=42)
    await chat.presses(WORKER, "对")
    await chat.says(WORKER, "/opensign", topic=42, at=THREE_PM)
    assert chat.cards()[0]["message_thread_id"] == 42

    await chat.says(MEMBER, "/attend", topic=42, at=THREE_PM + timedelta(minutes=1))
    answer = chat.group.telegram.history[cast.GROUP_ID][-1]
    assert (answer["text"], answer["message_thread_id"]) == ("陈敏同志，15:01已签到。", 42)
