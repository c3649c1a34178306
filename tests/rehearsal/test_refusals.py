"""What Telegram says no to, in its own words."""

import pytest
from telegram import Bot

from bot.rehearsal import people
from bot.rehearsal.state import Json, Telegram
from tests.rehearsal.conftest import ANNA, CHEN, GROUP, Api

TEXT = {"chat_id": ANNA, "text": "字"}
REFUSED: list[tuple[str, Json, int, str]] = [
    ("sendMessage", TEXT | {"chat_id": 99}, 400, "Bad Request: chat not found"),
    ("sendMessage", TEXT | {"chat_id": "@nobody"}, 400, "Bad Request: chat not found"),
    ("sendMessage", {"text": "字"}, 400, "Bad Request: chat_id is empty"),
    ("sendMessage", {"chat_id": ANNA}, 400, "Bad Request: message text is empty"),
    ("sendMessage", TEXT | {"text": " \n "}, 400, "Bad Request: message text is empty"),
    ("sendMessage", TEXT | {"text": "😀" * 2049}, 400, "Bad Request: message is too long"),
    ("sendMessage", TEXT | {"words": "字"}, 400, "Bad Request: sendMessage.words: unknown"),
    ("sendMessage", TEXT | {"chat_id": CHEN}, 403, "Forbidden: bot can't initiate conversation"),
    ("sendMessage", TEXT | {"parse_mode": "Markdown"}, 400, "Bad Request: unsupported parse_mode"),
    (
        "sendMessage",
        TEXT | {"parse_mode": "HTML", "text": "<marquee>"},
        400,
        "Bad Request: can't parse entities: Unsupported start tag",
    ),
    (
        "sendMessage",
        TEXT | {"parse_mode": "HTML", "text": "<b>字"},
        400,
        "Bad Request: can't parse entities: Can't find end tag",
    ),
    (
        "sendMessage",
        TEXT | {"entities": [{"type": "bold", "offset": 0, "length": 2}]},
        400,
        "Bad Request: entity beginning at UTF-16 offset 0 ends after the end",
    ),
    (
        "sendMessage",
        TEXT | {"text": "😀", "entities": [{"type": "bold", "offset": 0, "length": 1}]},
        400,
        "Bad Request: entity beginning at UTF-16 offset 0 is in the middle",
    ),
    (
        "sendMessage",
        TEXT | {"reply_parameters": {"message_id": 77}},
        400,
        "Bad Request: message to be replied not found",
    ),
    (
        "sendMessage",
        TEXT
        | {"reply_markup": {"inline_keyboard": [[{"text": "键", "callback_data": "字" * 22}]]}},
        400,
        "Bad Request: BUTTON_DATA_INVALID",
    ),
    (
        "editMessageText",
        TEXT | {"message_id": 77},
        400,
        "Bad Request: message to edit not found",
    ),
    ("editMessageText", {"text": "字"}, 400, "Bad Request: message identifier is not specified"),
    (
        "deleteMessage",
        {"chat_id": ANNA, "message_id": 77},
        400,
        "Bad Request: message to delete not found",
    ),
    (
        "sendDocument",
        {"chat_id": ANNA, "document": "file-9"},
        400,
        "Bad Request: wrong file identifier/HTTP URL specified",
    ),
    ("getFile", {"file_id": "file-9"}, 400, "Bad Request: invalid file_id"),
    ("getChatMember", {"chat_id": GROUP, "user_id": 99}, 400, "Bad Request: user not found"),
    ("getChatAdministrators", {"chat_id": ANNA}, 400, "Bad Request: there are no administrators"),
    (
        "setMyCommands",
        {"commands": [{"command": "签到", "description": "会议签到"}]},
        400,
        "Bad Request: BOT_COMMAND_INVALID",
    ),
    ("sendDice", {"chat_id": ANNA}, 404, "Not Found: method is not rehearsed here"),
    ("sendNothing", {}, 404, "Not Found: method not found"),
]


@pytest.mark.parametrize(("method", "given", "code", "description"), REFUSED)
async def test_telegram_says_no(
    api: Api, method: str, given: Json, code: int, description: str
) -> None:
    answer = await api(method, **given)

    assert (answer["ok"], answer["error_code"]) == (False, code)
    assert answer["description"].startswith(description)


async def test_edit_that_changes_nothing_is_refused(bot: Bot, api: Api) -> None:
    sent = await bot.send_message(ANNA, "一")
    answer = await api("editMessageText", chat_id=ANNA, message_id=sent.message_id, text="一 ")

    assert answer["description"].startswith("Bad Request: message is not modified: ")


async def test_others_messages_cannot_be_edited(telegram: Telegram, api: Api) -> None:
    said = people.say(telegram, ANNA, "我的")
    answer = await api("editMessageText", chat_id=ANNA, message_id=said["message_id"], text="改")

    assert answer["description"] == "Bad Request: message can't be edited"
