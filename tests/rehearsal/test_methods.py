"""The methods of the local server, and what the library reads in their answers."""

from collections.abc import Iterator

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MessageEntity,
    ReplyParameters,
)
from telegram.constants import ParseMode

from bot.rehearsal import people
from bot.rehearsal.methods import METHODS
from bot.rehearsal.state import Telegram
from tests.rehearsal.conftest import ANNA, BORIS, CHEN, GROUP, NOON, Api

KEYS = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("我已到会", callback_data="attend:1")],
        [InlineKeyboardButton("去私聊", url="https://t.me/helper_bot?start=1")],
    ]
)


@pytest.fixture(autouse=True)
def nothing_offends_the_description(telegram: Telegram) -> Iterator[None]:
    yield
    assert telegram.complaints == []


async def test_bot_knows_itself(bot: Bot) -> None:
    me = await bot.get_me()

    assert (me.id, me.username, me.can_read_all_group_messages) == (500, "helper_bot", False)


async def test_message_carries_what_was_sent(telegram: Telegram, bot: Bot) -> None:
    said = people.say(telegram, ANNA, "/ask", chat_id=GROUP)
    sent = await bot.send_message(
        GROUP,
        "😀 第四条 /help  ",
        entities=[MessageEntity(MessageEntity.BOLD, 3, 3)],
        reply_markup=KEYS,
        reply_parameters=ReplyParameters(said["message_id"]),
    )

    assert sent.text == "😀 第四条 /help"
    assert [(one.type, one.offset, one.length) for one in sent.entities] == [
        ("bold", 3, 3),
        ("bot_command", 7, 5),
    ]
    assert sent.reply_markup == KEYS
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.message_id == said["message_id"]
    assert sent.date == NOON
    assert telegram.history[GROUP][-1]["message_id"] == sent.message_id


async def test_html_becomes_entities(bot: Bot) -> None:
    sent = await bot.send_message(
        ANNA,
        '<b>1 &lt; 2</b><blockquote expandable>😀<i>原</i>文</blockquote><a href="https://t.me">链</a>',
        parse_mode=ParseMode.HTML,
    )

    assert sent.text == "1 < 2😀原文链"
    assert [(one.type, one.offset, one.length, one.url) for one in sent.entities] == [
        ("bold", 0, 5, None),
        ("expandable_blockquote", 5, 4, None),
        ("italic", 7, 1, None),
        ("text_link", 9, 1, "https://t.me"),
    ]


async def test_edits_replace_text_and_keys(telegram: Telegram, bot: Bot) -> None:
    sent = await bot.send_message(ANNA, "一", reply_markup=KEYS)
    await bot.edit_message_text("二", ANNA, sent.message_id)
    (shown,) = telegram.history[ANNA]
    assert (shown["text"], "reply_markup" in shown) == ("二", False)

    edited = await bot.edit_message_reply_markup(ANNA, sent.message_id, reply_markup=KEYS)
    assert not isinstance(edited, bool)
    assert (edited.text, edited.reply_markup, edited.edit_date) == ("二", KEYS, NOON)


async def test_file_goes_out_and_comes_back(telegram: Telegram, bot: Bot) -> None:
    sent = await bot.send_document(
        ANNA, b"\x00\r\n--boundary\xff", filename="签到汇总.xlsx", caption="11月"
    )
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.file_size, sent.caption) == (
        "签到汇总.xlsx",
        14,
        "11月",
    )

    again = await bot.send_document(ANNA, sent.document.file_id)
    assert again.document == sent.document
    fetched = await (await bot.get_file(sent.document.file_id)).download_as_bytearray()
    assert bytes(fetched) == b"\x00\r\n--boundary\xff"


async def test_file_of_a_person_can_be_fetched(telegram: Telegram, bot: Bot) -> None:
    document = people.kept(telegram, "名册.xlsx", b"roster")
    people.say(telegram, ANNA, "", media={"document": document})

    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.document is not None
    fetched = await (await update.message.document.get_file()).download_as_bytearray()
    assert bytes(fetched) == b"roster"


async def test_press_is_answered_once(telegram: Telegram, bot: Bot, api: Api) -> None:
    sent = await bot.send_message(GROUP, "签到", reply_markup=KEYS)
    query = people.press(telegram, ANNA, GROUP, sent.message_id, "attend:1")

    await bot.answer_callback_query(query, "已签到", show_alert=True)
    (toast,) = telegram.toasts
    assert (toast.user_id, toast.text, toast.alert) == (ANNA, "已签到", True)
    assert (await api("answerCallbackQuery", callback_query_id=query))["description"] == (
        "Bad Request: query is too old and response timeout expired or query ID is invalid"
    )


async def test_messages_are_deleted_for_two_days(telegram: Telegram, bot: Bot, api: Api) -> None:
    fresh = await bot.send_message(GROUP, "新")
    old = await bot.send_message(GROUP, "旧")
    telegram.history[GROUP][-1]["date"] -= 49 * 3600
    other = people.say(telegram, ANNA, "别人的", chat_id=GROUP)

    await bot.delete_message(GROUP, fresh.message_id)
    for number in (old.message_id, other["message_id"]):
        answer = await api("deleteMessage", chat_id=GROUP, message_id=number)
        assert answer["description"] == "Bad Request: message can't be deleted for everyone"
    assert [message["text"] for message in telegram.history[GROUP]] == ["旧", "别人的"]


async def test_administrator_pins_and_others_may_not(
    telegram: Telegram, bot: Bot, api: Api
) -> None:
    sent = await bot.send_message(GROUP, "签到")
    answer = await api("pinChatMessage", chat_id=GROUP, message_id=sent.message_id)
    assert answer["description"] == (
        "Bad Request: not enough rights to manage pinned messages in the chat"
    )

    telegram.administrators[GROUP].add(500)
    await bot.pin_chat_message(GROUP, sent.message_id)
    pinned = (await bot.get_chat(GROUP)).pinned_message
    assert pinned is not None
    assert pinned.message_id == sent.message_id


async def test_members_and_administrators(telegram: Telegram, bot: Bot) -> None:
    telegram.administrators[GROUP] |= {BORIS, 500}

    found = [await bot.get_chat_member(GROUP, user_id) for user_id in (ANNA, BORIS, CHEN)]
    assert [member.status for member in found] == ["member", "administrator", "left"]
    assert [m.user.id for m in await bot.get_chat_administrators(GROUP)] == [BORIS]


async def test_bot_leaves_and_is_told_so(telegram: Telegram, bot: Bot, api: Api) -> None:
    await bot.leave_chat(GROUP)
    people.say(telegram, ANNA, "/ask 还在吗", chat_id=GROUP)

    (update,) = await bot.get_updates()
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == "left"
    assert (await api("sendMessage", chat_id=GROUP, text="再见"))["description"] == (
        "Forbidden: bot is not a member of the supergroup chat"
    )


async def test_menus_are_kept_by_scope(bot: Bot) -> None:
    private = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands([BotCommand("ask", "查询规定")])
    await bot.set_my_commands([BotCommand("duty", "例行事项")], scope=private)

    assert await bot.get_my_commands() == (BotCommand("ask", "查询规定"),)
    assert await bot.get_my_commands(scope=private) == (BotCommand("duty", "例行事项"),)
    await bot.delete_my_commands(scope=private)
    assert await bot.get_my_commands(scope=private) == ()


async def test_bot_says_what_it_is(telegram: Telegram, bot: Bot) -> None:
    await bot.set_my_description("查规定、办签到")
    await bot.set_my_short_description("党务助手")
    await bot.send_chat_action(ANNA, "typing")

    assert telegram.descriptions == {
        "description": "查规定、办签到",
        "short_description": "党务助手",
    }


async def test_unknown_topic_is_refused_and_a_known_one_kept(
    telegram: Telegram, bot: Bot, api: Api
) -> None:
    topic = people.open_topic(telegram, ANNA, GROUP, "会议")
    sent = await bot.send_message(GROUP, "在话题里", message_thread_id=topic)
    assert (sent.message_thread_id, sent.is_topic_message) == (topic, True)

    people.delete_topic(telegram, GROUP, topic)
    answer = await api("sendMessage", chat_id=GROUP, text="没有了", message_thread_id=topic)
    assert answer["description"] == "Bad Request: message thread not found"


async def test_reply_in_a_supergroup_has_a_thread_but_no_topic(
    telegram: Telegram, bot: Bot
) -> None:
    said = people.say(telegram, ANNA, "/ask", chat_id=GROUP)
    sent = await bot.send_message(GROUP, "答", reply_parameters=ReplyParameters(said["message_id"]))

    assert (sent.message_thread_id, sent.is_topic_message) == (said["message_id"], None)


async def test_every_method_is_one_of_the_description() -> None:
    from bot.rehearsal.description import method_named

    assert [method_named(name) for name in METHODS] == list(METHODS)
