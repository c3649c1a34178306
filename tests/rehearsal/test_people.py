"""What reaches the bot, and how commands and mentions are marked."""

import pytest
from telegram import Bot, MessageOriginHiddenUser
from telegram.constants import ChatID

from bot.rehearsal import people
from bot.rehearsal.formatting import entities
from bot.rehearsal.state import Telegram
from tests.rehearsal.conftest import ANNA, CHEN, GROUP, NOON, Api


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/ask 第四条", [("bot_command", 0, 4)]),
        ("/attend@helper_bot", [("bot_command", 0, 18)]),
        ("😀 @helper_bot 你好", [("mention", 3, 11)]),
        ("（@helper_bot）/help。", [("mention", 1, 11), ("bot_command", 13, 5)]),
        ("/ask工作会议", []),
        ("请@helper_bot", []),
        ("@helper_bot请", []),
        ("a/b 1/2 //x <b>/c", []),
        ("/签到", []),
        ("见 https://t.me/helper_bot?start=/a，谢谢", [("url", 2, 32)]),
    ],
)
def test_commands_mentions_and_addresses_are_marked_as_telegram_does(
    text: str, found: list[tuple[str, int, int]]
) -> None:
    assert [(one["type"], one["offset"], one["length"]) for one in entities(text)] == found


def heard(telegram: Telegram, text: str, reply_to: int | None = None) -> bool:
    before = len(telegram.updates)
    people.say(telegram, ANNA, text, chat_id=GROUP, reply_to=reply_to)
    return len(telegram.updates) > before


def test_with_privacy_mode_the_bot_hears_only_what_is_meant_for_it(telegram: Telegram) -> None:
    ours = telegram.message(GROUP, telegram.bot, text="签到")["message_id"]
    other = people.say(telegram, ANNA, "闲谈", chat_id=GROUP)["message_id"]

    assert heard(telegram, "/ask 第四条")
    assert heard(telegram, "/ask@HELPER_BOT 第四条")
    assert heard(telegram, "@helper_bot 第四条")
    assert heard(telegram, "参加", reply_to=ours)
    assert not heard(telegram, "参加", reply_to=other)
    assert not heard(telegram, "闲谈")
    assert not heard(telegram, "/签到")
    assert not heard(telegram, "/ask@other_bot 第四条")
    assert not heard(telegram, "@other_bot 第四条")


def test_without_privacy_mode_or_as_administrator_it_hears_everything(telegram: Telegram) -> None:
    telegram.privacy_mode = False
    assert heard(telegram, "闲谈")

    telegram.privacy_mode = True
    telegram.administrators[GROUP].add(telegram.bot["id"])
    assert heard(telegram, "闲谈")


def test_outside_the_group_it_hears_nothing(telegram: Telegram) -> None:
    people.remove_bot(telegram, ANNA, GROUP)

    assert not heard(telegram, "/ask 第四条")


async def test_anonymous_administrator_speaks_as_the_group(telegram: Telegram, bot: Bot) -> None:
    people.say(telegram, ANNA, "/attend", chat_id=GROUP, anonymous=True)

    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.from_user is not None
    assert update.message.from_user.id == ChatID.ANONYMOUS_ADMIN
    assert update.message.sender_chat is not None
    assert update.message.sender_chat.id == GROUP


async def test_forwarded_and_late_messages_say_so(telegram: Telegram, bot: Bot) -> None:
    people.say(telegram, ANNA, "/attend", forwarded=True, at=NOON.replace(hour=9))

    (update,) = await bot.get_updates()
    assert update.message is not None
    assert isinstance(update.message.forward_origin, MessageOriginHiddenUser)
    assert update.message.date == NOON.replace(hour=9)


async def test_what_answers_nothing_in_a_topic_answers_its_beginning(
    telegram: Telegram, bot: Bot
) -> None:
    topic = people.open_topic(telegram, ANNA, GROUP, "会议")
    said = people.say(telegram, ANNA, "/attend", chat_id=GROUP, topic=topic)
    people.say(telegram, ANNA, "/leave", chat_id=GROUP, reply_to=said["message_id"])

    opened, first, second = [update.message for update in await bot.get_updates()]
    assert opened is not None
    assert opened.forum_topic_created is not None
    assert first is not None
    assert first.reply_to_message == opened
    assert second is not None
    assert (second.message_thread_id, second.is_topic_message) == (topic, True)


async def test_stranger_who_writes_can_be_answered(telegram: Telegram, bot: Bot) -> None:
    people.say(telegram, CHEN, "/start")

    assert (await bot.send_message(CHEN, "您好")).text == "您好"


async def test_blocked_until_unblocked(telegram: Telegram, bot: Bot, api: Api) -> None:
    people.block(telegram, ANNA)
    assert await api("sendMessage", chat_id=ANNA, text="在吗") == {
        "ok": False,
        "error_code": 403,
        "description": "Forbidden: bot was blocked by the user",
    }

    people.unblock(telegram, ANNA)
    await bot.send_message(ANNA, "在吗")
    changes = [update.my_chat_member for update in await bot.get_updates()]
    assert [change and change.new_chat_member.status for change in changes] == ["kicked", "member"]


async def test_group_moves_with_its_members(telegram: Telegram, bot: Bot, api: Api) -> None:
    people.migrate(telegram, GROUP, -1009)

    assert await api("sendMessage", chat_id=GROUP, text="在吗") == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": -1009},
    }
    await bot.send_message(-1009, "在")
    left, came = [update.message for update in await bot.get_updates()]
    assert left is not None
    assert left.migrate_to_chat_id == -1009
    assert came is not None
    assert came.migrate_from_chat_id == GROUP


async def test_bot_is_added_to_a_group(telegram: Telegram, bot: Bot) -> None:
    telegram.members[GROUP].discard(500)
    people.add_bot(telegram, ANNA, GROUP)

    (update,) = await bot.get_updates()
    assert update.my_chat_member is not None
    assert update.my_chat_member.from_user.id == ANNA
    assert update.my_chat_member.difference()["status"] == ("left", "member")
    assert telegram.complaints == []
