"""The Bot API's methods, as far as the assistant uses them, on the local Telegram."""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.rehearsal.people import units
from bot.rehearsal.state import ApiError, Json, Telegram, Toast

LONGEST_TEXT, LONGEST_CAPTION, LONGEST_TOAST, LONGEST_DATA = 4096, 1024, 200, 64
BATCH = 100

Method = Callable[[Telegram, Json], Awaitable[Any]]


async def get_me(telegram: Telegram, _given: Json) -> Json:
    return telegram.bot


async def set_webhook(telegram: Telegram, given: Json) -> bool:
    telegram.webhook = given["url"]
    return True


async def delete_webhook(telegram: Telegram, given: Json) -> bool:
    telegram.webhook = ""
    if given.get("drop_pending_updates"):
        telegram.updates.clear()
    return True


async def get_webhook_info(telegram: Telegram, _given: Json) -> Json:
    return {
        "url": telegram.webhook,
        "has_custom_certificate": False,
        "pending_update_count": len(telegram.updates),
    }


async def send_message(telegram: Telegram, given: Json) -> Json:
    _check_text(given["text"], LONGEST_TEXT, "message is too long")
    return _posted(telegram, given, text=given["text"], entities=given.get("entities"))


async def send_document(telegram: Telegram, given: Json) -> Json:
    name, content = given["document"]
    file_id = f"file-{len(telegram.files) + 1}"
    telegram.files[file_id] = content
    caption = given.get("caption")
    if caption is not None and units(caption) > LONGEST_CAPTION:
        raise ApiError(400, "Bad Request: message caption is too long")
    document = {
        "file_id": file_id,
        "file_unique_id": file_id,
        "file_name": name,
        "file_size": len(content),
    }
    return _posted(
        telegram,
        given,
        document=document,
        caption=caption,
        caption_entities=given.get("caption_entities"),
    )


def _posted(telegram: Telegram, given: Json, **content: Any) -> Json:
    """A message of the bot, if Telegram would let it into the chat."""
    chat_id = given["chat_id"]
    chat = telegram.chat(chat_id)
    if chat["type"] == "private":
        if chat_id in telegram.blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        if chat_id not in telegram.started:
            raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")
    elif telegram.bot["id"] not in telegram.members[chat_id]:
        raise ApiError(403, "Forbidden: bot is not a member of the supergroup chat")
    if given.get("message_thread_id") is not None:
        content |= {"message_thread_id": given["message_thread_id"], "is_topic_message": True}
    if (markup := _markup(given)) is not None:
        content["reply_markup"] = markup
    if (wanted := given.get("reply_parameters")) is not None:
        replied = telegram.found(chat_id, wanted["message_id"])
        if replied is None and not wanted.get("allow_sending_without_reply"):
            raise ApiError(400, "Bad Request: message to be replied not found")
        if replied is not None:
            content["reply_to_message"] = {
                name: value for name, value in replied.items() if name != "reply_to_message"
            }
    return telegram.message(chat_id, telegram.bot, **content)


async def edit_message_text(telegram: Telegram, given: Json) -> Json:
    message = _mine(telegram, given)
    _check_text(given["text"], LONGEST_TEXT, "MESSAGE_TOO_LONG")
    changed: Json = {"text": given["text"]}
    if given.get("entities"):
        changed["entities"] = given["entities"]
    if (markup := _markup(given)) is not None:
        changed["reply_markup"] = markup
    before = {name: message.get(name) for name in ("text", "entities", "reply_markup")}
    if before == {name: changed.get(name) for name in before}:
        raise ApiError(
            400,
            "Bad Request: message is not modified: specified new message content and reply markup "
            "are exactly the same as a current content and reply markup of the message",
        )
    for name in ("text", "entities", "reply_markup"):
        message.pop(name, None)
    message |= changed | {"edit_date": int(telegram.now().timestamp())}
    telegram.changed()
    return message


async def delete_message(telegram: Telegram, given: Json) -> bool:
    telegram.history[given["chat_id"]].remove(_mine(telegram, given))
    telegram.changed()
    return True


def _mine(telegram: Telegram, given: Json) -> Json:
    telegram.chat(given["chat_id"])
    message = telegram.found(given["chat_id"], given["message_id"])
    if message is None:
        raise ApiError(400, "Bad Request: message to edit not found")
    if message["from"]["id"] != telegram.bot["id"]:
        raise ApiError(400, "Bad Request: message can't be edited")
    return message


def _check_text(text: str, longest: int, complaint: str) -> None:
    if not text.strip():
        raise ApiError(400, "Bad Request: message text is empty")
    if units(text) > longest:
        raise ApiError(400, f"Bad Request: {complaint}")


def _markup(given: Json) -> Json | None:
    markup: Json | None = given.get("reply_markup")
    for row in (markup or {}).get("inline_keyboard", []):
        for button in row:
            data = button.get("callback_data")
            if data is not None and not 1 <= len(data.encode()) <= LONGEST_DATA:
                raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")
            if data is None and "url" not in button:
                raise ApiError(
                    400, "Bad Request: text buttons are unallowed in the inline keyboard"
                )
    return markup


async def answer_callback_query(telegram: Telegram, given: Json) -> bool:
    user_id = telegram.queries.pop(given["callback_query_id"], None)
    if user_id is None:
        raise ApiError(
            400,
            "Bad Request: query is too old and response timeout expired or query ID is invalid",
        )
    text = given.get("text", "")
    if units(text) > LONGEST_TOAST:
        raise ApiError(400, "Bad Request: MESSAGE_TOO_LONG")
    telegram.toasts.append(Toast(user_id, text))
    telegram.changed()
    return True


async def get_file(telegram: Telegram, given: Json) -> Json:
    file_id = given["file_id"]
    if file_id not in telegram.files:
        raise ApiError(400, "Bad Request: invalid file_id")
    size = len(telegram.files[file_id])
    return {
        "file_id": file_id,
        "file_unique_id": file_id,
        "file_size": size,
        "file_path": f"documents/{file_id}",
    }


async def get_chat(telegram: Telegram, given: Json) -> Json:
    chat = telegram.chat(given["chat_id"])
    return chat | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            (
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ),
            False,
        ),
    }


async def get_chat_member(telegram: Telegram, given: Json) -> Json:
    user_id = given["user_id"]
    if user_id not in telegram.users:
        raise ApiError(400, "Bad Request: user not found")
    status = "member" if user_id in telegram.members[given["chat_id"]] else "left"
    return {"status": status, "user": telegram.users[user_id]}


async def leave_chat(telegram: Telegram, given: Json) -> bool:
    telegram.chat(given["chat_id"])
    telegram.members[given["chat_id"]].discard(telegram.bot["id"])
    return True


async def set_my_commands(telegram: Telegram, given: Json) -> bool:
    telegram.commands[_scope(given)] = given["commands"]
    return True


async def get_my_commands(telegram: Telegram, given: Json) -> list[Json]:
    return telegram.commands.get(_scope(given), [])


async def delete_my_commands(telegram: Telegram, given: Json) -> bool:
    telegram.commands.pop(_scope(given), None)
    return True


def _scope(given: Json) -> str:
    return json.dumps(given.get("scope") or {"type": "default"}, sort_keys=True)


METHODS: Mapping[str, Method] = {
    "getMe": get_me,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "sendMessage": send_message,
    "sendDocument": send_document,
    "editMessageText": edit_message_text,
    "deleteMessage": delete_message,
    "answerCallbackQuery": answer_callback_query,
    "getFile": get_file,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "leaveChat": leave_chat,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
}
