"""The buttons under a reminder, each of which works once, and when one wants to be reminded."""

from datetime import datetime

from bot.rehearsal import cast
from records.calendar import CHINA
from tests.chat import LIAISON, MEMBER, WORKER, Chat

OFFERED = ["已联系，去登记", "三天后再提醒", "联络员已更换"]


def at(month: int, day: int, hour: int = 9, minute: int = 30) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=CHINA)


def told(chat: Chat, words: str, name: str = LIAISON) -> int:
    """How many messages in the chat stand with these words."""
    return sum(words in shown for shown in chat.shown(name))


async def test_liaison_registers_from_the_reminder_and_hears_no_more(chat: Chat) -> None:
    await chat.at(at(12, 10))
    assert chat.buttons(LIAISON) == ["已联系，去登记", "登记实事好事", *OFFERED[1:]]

    await chat.presses(LIAISON, "已联系，去登记", private=True)
    assert "登记建设银行幸福里支行与社区的联系沟通" in chat.last(LIAISON)
    await chat.presses(LIAISON, "今天", private=True)
    await chat.presses(LIAISON, "来访", private=True)
    assert chat.last(LIAISON).startswith(
        "已登记：建设银行幸福里支行，2026年12月10日（周四），来访。"
    )

    await chat.at(at(12, 28))
    assert chat.last(LIAISON).splitlines()[0] == (
        "刘强您好。贵单位今年为幸福里社区办实事好事，目前还没有登记。"
    )


async def test_pressing_twice_begins_nothing_twice(chat: Chat) -> None:
    await chat.at(at(12, 10))
    message, data = chat._button(cast.USER_IDS[LIAISON], "已联系，去登记")
    await chat.presses(LIAISON, "已联系，去登记", private=True)
    before = chat.shown(LIAISON)

    toasts = await chat.presses_on(LIAISON, cast.USER_IDS[LIAISON], message["message_id"], data)
    assert toasts == ["这个按钮已失效，请重新发送命令。"]
    assert chat.shown(LIAISON) == before


async def test_three_days_later_and_never_more_than_three_times(chat: Chat) -> None:
    await chat.at(at(11, 18, 15))
    await chat.at(at(12, 10))
    assert await chat.presses(LIAISON, "三天后再提醒", private=True) == [
        "好的，12月14日（周一）再提醒您。"
    ]
    assert chat.buttons(LIAISON) == ["已联系，去登记", "登记实事好事", "联络员已更换"]
    await chat.at(at(12, 11))
    assert told(chat, "以下2项") == 1

    await chat.at(at(12, 14))
    assert told(chat, "已有新提醒。") == 1
    assert chat.buttons(LIAISON) == ["已联系，去登记", "登记实事好事", "联络员已更换"]
    await chat.at(at(12, 28))
    await chat.at(at(12, 31))
    assert (told(chat, "以下2项"), told(chat, "已有新提醒。")) == (1, 1)


async def test_another_liaison_is_asked_for_and_the_former_hears_no_more(chat: Chat) -> None:
    await chat.at(at(12, 10))
    await chat.presses(LIAISON, "联络员已更换", private=True)

    assert chat.last(LIAISON) == "已请工作人员更换联络员，您不再收到该单位的提醒。"
    assert chat.last(WORKER) == (
        "建设银行幸福里支行：刘强回复联络员已更换，不再提醒本人。\n"
        "请登记新的联络员，下次提醒发给新联络员。"
    )
    await chat.presses(WORKER, "更换联络员", private=True)
    await chat.says(WORKER, "孙明", private=True)
    heard = chat.shown(LIAISON)
    await chat.at(at(12, 28))
    assert chat.shown(LIAISON) == heard
    assert "建设银行幸福里支行" in chat.last(WORKER)


async def test_who_was_unbound_meanwhile_presses_in_vain(chat: Chat) -> None:
    await chat.at(at(12, 10))
    await chat.says(LIAISON, "/mydata", private=True)
    await chat.presses(LIAISON, "删除我的信息", private=True)
    await chat.presses(LIAISON, "确认删除", private=True)

    message = next(
        one
        for one in chat.group.telegram.history[cast.USER_IDS[LIAISON]]
        if "以下2项" in one.get("text", "")
    )
    toasts = await chat.presses_on(
        LIAISON, cast.USER_IDS[LIAISON], message["message_id"], "notelater"
    )
    assert toasts == ["这个按钮已失效，请重新发送命令。"]


async def test_member_chooses_an_hour_and_a_pause(chat: Chat) -> None:
    assert await chat.says(MEMBER, "/remind", private=True) == [
        "您的提醒时间：工作日09:30。\n每件事每期最多提醒三次；暂停期间到期的，恢复后合并提醒一次。"
    ]
    await chat.presses(MEMBER, "14:30", private=True)
    await chat.at(at(12, 10))
    assert told(chat, "述职", MEMBER) == 0
    await chat.at(at(12, 10, 14, 0))
    assert told(chat, "述职", MEMBER) == 0
    await chat.at(at(12, 10, 14, 30))
    assert told(chat, "述职", MEMBER) == 1

    await chat.says(MEMBER, "/remind", private=True)
    await chat.presses(MEMBER, "暂停14天", private=True)
    assert chat.last(MEMBER).splitlines()[0] == (
        "您的提醒时间：暂停到2026年12月24日（周四），之后工作日14:30。"
    )
    await chat.presses(MEMBER, "恢复提醒", private=True)
    assert chat.last(MEMBER).splitlines()[0] == "您的提醒时间：工作日14:30。"
