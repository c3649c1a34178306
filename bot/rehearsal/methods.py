"""The Bot API's methods, as far as the assistant uses them, on the local Telegram."""

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.rehearsal import chats, inline, messages
from bot.rehearsal.state import ApiError, Json, Telegram

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
MOST_COMMANDS = 100
LONGEST_DESCRIPTION, LONGEST_SHORT, LONGEST_LABEL = 512, 120, 256

Method = Callable[[Telegram, Json], Awaitable[Any]]


async def get_me(telegram: Telegram, _given: Json) -> Json:
    return telegram.bot | {
        "can_join_groups": True,
        "can_read_all_group_messages": not telegram.privacy_mode,
        "supports_inline_queries": True,
    }


async def set_webhook(telegram: Telegram, given: Json) -> bool:
    """Only noted: nothing is delivered, but polling is refused."""
    telegram.webhook = given["url"]
    _drop_pending(telegram, given)
    telegram.stir()
    return True


async def delete_webhook(telegram: Telegram, given: Json) -> bool:
    telegram.webhook = ""
    _drop_pending(telegram, given)
    return True


def _drop_pending(telegram: Telegram, given: Json) -> None:
    if given.get("drop_pending_updates"):
        telegram.updates.clear()


async def get_webhook_info(telegram: Telegram, _given: Json) -> Json:
    return {
        "url": telegram.webhook,
        "has_custom_certificate": False,
        "pending_update_count": len(telegram.updates),
    }


async def set_my_commands(telegram: Telegram, given: Json) -> bool:
    commands = given["commands"]
    if len(commands) > MOST_COMMANDS:
        raise ApiError(400, "Bad Request: BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not COMMAND.fullmatch(command["command"]):
            raise ApiError(400, "Bad Request: BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= LONGEST_LABEL:
            raise ApiError(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
    telegram.commands[_scope(given)] = commands
    telegram.changed()
    return True


async def get_my_commands(telegram: Telegram, given: Json) -> list[Json]:
    return telegram.commands.get(_scope(given), [])


async def delete_my_commands(telegram: Telegram, given: Json) -> bool:
    telegram.commands.pop(_scope(given), None)
    telegram.changed()
    return True


def _scope(given: Json) -> str:
    return json.dumps(given.get("scope") or {"type": "default"}, sort_keys=True)


async def set_my_description(telegram: Telegram, given: Json) -> bool:
    return _describe(telegram, given, "description", LONGEST_DESCRIPTION)


async def set_my_short_description(telegram: Telegram, given: Json) -> bool:
    return _describe(telegram, given, "short_description", LONGEST_SHORT)


def _describe(telegram: Telegram, given: Json, name: str, longest: int) -> bool:
    words = given.get(name, "")
    if len(words) > longest:
        raise ApiError(400, "Bad Request: bot description is too long")
    telegram.descriptions[name] = words
    return True


METHODS: Mapping[str, Method] = {
    "getMe": get_me,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyDescription": set_my_description,
    "setMyShortDescription": set_my_short_description,
    "sendMessage": messages.send_message,
    "sendDocument": messages.send_document,
    "sendChatAction": messages.send_chat_action,
    "editMessageText": messages.edit_message_text,
    "editMessageReplyMarkup": messages.edit_message_reply_markup,
    "deleteMessage": messages.delete_message,
    "pinChatMessage": messages.pin_chat_message,
    "answerCallbackQuery": messages.answer_callback_query,
    "answerInlineQuery": inline.answer_inline_query,
    "getFile": chats.get_file,
    "getChat": chats.get_chat,
    "getChatMember": chats.get_chat_member,
    "getChatAdministrators": chats.get_chat_administrators,
    "leaveChat": chats.leave_chat,
}
