"""What is kept of questions: nothing personal from the group, why an answer did not help, for ninety days at most."""

from datetime import timedelta

import pytest

from bot.rehearsal import cast
from scheduler import upkeep
from tests.chat import LIAISON, MEMBER, WORKER, Chat
from tests.handlers.asking import ANSWER, LETTER, QUESTION, answered, opened, rows


@pytest.mark.parametrize(
    "question", ["受处分的人还能当委员吗", "我要投诉楼上邻居", "陈敏为什么没来", "13812345678是谁"]
)
async def test_personal_matter_is_not_queued_in_the_group(chat: Chat, question: str) -> None:
    assert await chat.says(MEMBER, f"/ask {question}") == ["这类事项请到私聊办理。"]
    assert chat.buttons() == ["去私聊办理"]
    assert await rows(chat, "SELECT text FROM unanswered") == []


async def test_personal_matter_is_passed_on_in_private_if_wanted(chat: Chat) -> None:
    question = "我要投诉楼上邻居，电话13812345678"
    assert await chat.says(MEMBER, question, private=True) == [
        "这个问题涉及个人，是否转给党务工作者？"
    ]
    await chat.presses(MEMBER, "转", private=True)
    assert chat.last(MEMBER) == "已转工作人员（编号Q-0001）。"

    masked = "我要投诉楼上邻居，电话***********"
    assert await rows(chat, "SELECT text FROM unanswered") == [(masked,)]
    assert await chat.says(WORKER, "/unanswered", private=True) == [
        f"待答问题 1个\n1. （涉及个人）{masked}　1次"
    ]
    await answered(chat, f"1. {masked[:15]}…")
    assert chat.buttons(WORKER) == ["返回"]
    place = cast.USER_IDS[WORKER]
    number = chat.group.telegram.history[place][-1]["message_id"]
    assert await chat.presses_on(WORKER, place, number, "teachq:1:1") == [
        "这个按钮已失效，请重新发送命令。"
    ]
    assert ANSWER in chat.last(MEMBER)


async def test_personal_matter_that_is_not_passed_on_leaves_nothing(chat: Chat) -> None:
    await chat.says(MEMBER, "受处分的人还能当委员吗", private=True)
    await chat.presses(MEMBER, "不转", private=True)

    assert chat.last(MEMBER) == ("没有转出，也没有保存这个问题。如需办理，请与工作人员联系。")
    assert await rows(chat, "SELECT text FROM unanswered") == []


async def test_answer_that_did_not_help_feeds_the_same_list(chat: Chat) -> None:
    question = "民主生活会每年召开几次"
    await chat.says(MEMBER, f"/ask {question}")
    await chat.presses(MEMBER, "没解决")
    await chat.presses(MEMBER, "内容不全")
    await chat.says(LIAISON, question, private=True)
    await chat.presses(LIAISON, "没解决", private=True)
    await chat.presses(LIAISON, "文件可能过时", private=True)

    shown = await opened(chat, f"1. {question}")
    first, asked, times, reason, clause, footer = shown.splitlines()[:6]
    assert (first, asked, times) == ("Q-0001", f"问：{question}", "提问：2次，2026年11月18日")
    assert reason == "没解决的原因：文件可能过时。当时的答复："
    assert "每年应召开一次民主生活会" in clause
    assert footer.startswith("出处：《重庆市街道社区党组织工作规定》第二十二条")


async def test_last_reason_wins_and_nobody_counts_double(chat: Chat) -> None:
    await chat.says(MEMBER, "/ask 民主生活会每年召开几次")
    message = chat.group.telegram.history[cast.GROUP_ID][-1]
    keys = [key for row in message["reply_markup"]["inline_keyboard"] for key in row]
    for reason in ("incomplete", "other", "outdated"):
        data = f"{keys[2]['callback_data']}/{reason}"
        await chat.presses_on(MEMBER, cast.GROUP_ID, message["message_id"], data)

    assert await rows(chat, "SELECT text, reason, times FROM unanswered") == [
        ("民主生活会每年召开几次", "outdated", 1)
    ]


async def test_forgotten_question_is_said_to_be_so(chat: Chat) -> None:
    await chat.says(MEMBER, "/ask 民主生活会每年召开几次")
    await chat.presses(MEMBER, "没解决", at=chat.group.clock.now() + timedelta(minutes=11))
    await chat.presses(MEMBER, "引用有误")

    assert await chat.says(WORKER, "/unanswered", private=True) == [
        "待答问题 1个\n1. （原问题已不保存）　1次，引用有误"
    ]
    await answered(chat, "1. （原问题已不保存）", "请看第二十二条。")
    assert chat.last(MEMBER).splitlines()[0] == "关于您标记“没解决”的答复："
    assert chat.buttons(WORKER) == ["返回"]


async def test_after_ninety_days_nothing_is_left(chat: Chat) -> None:
    await chat.says(MEMBER, QUESTION, private=True)
    database, now = chat.group.app.database, chat.group.clock.now()
    for days, left in ((89, 1), (90, 0)):
        await upkeep.upkeep(
            database, folder=chat.group.folder, now=now + timedelta(days=days, minutes=1)
        )
        for table in ("unanswered", "askers"):
            assert len(await rows(chat, f"SELECT * FROM {table}")) == left  # noqa: S608


async def test_who_erases_his_data_is_told_nothing_more(chat: Chat) -> None:
    await chat.says(MEMBER, QUESTION, private=True)
    await chat.says(MEMBER, "/mydata", private=True)
    await chat.presses(MEMBER, "删除我的信息", private=True)
    await chat.presses(MEMBER, "确认删除", private=True)
    await answered(chat, f"1. {QUESTION}")

    assert chat.last(WORKER).splitlines()[0] == "Q-0001已答复，没有需要通知的提问人。"
    assert LETTER not in chat.shown(MEMBER)


async def test_used_clauses_are_counted_without_persons(chat: Chat) -> None:
    for name in (MEMBER, LIAISON):
        await chat.says(name, "民主生活会每年召开几次", private=True)
    await chat.says(MEMBER, QUESTION, private=True)
    await chat.says(WORKER, "/unanswered", private=True)
    await chat.presses(WORKER, "常用条款", private=True)

    first, clause, second, question = chat.last(WORKER).splitlines()
    assert (first, second) == ("幸福里社区常用条款（最近12个月）", "问得最多的待答问题")
    assert clause.startswith("1. 《重庆市街道社区党组织工作规定》第二十二条　2次　")
    assert question == f"1. {QUESTION}　1次"
