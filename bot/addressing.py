"""Which updates are meant for the bot, judged on the raw JSON before anything is kept."""

import json
import re
from dataclasses import dataclass
from typing import Any

from records.inbox import Arrival

Json = dict[str, Any]

SERVICE = ("migrate_to_chat_id",)


@dataclass(frozen=True)
class Me:
    """The bot as Telegram knows it."""

    id: int
    username: str
    words: re.Pattern[str]  # the Chinese words that may be written like commands


def arrival(update: Json, me: Me) -> Arrival:
    """What is kept of an update: talk that is not addressed to the bot leaves only its number."""
    try:
        lane = _lane(update, me)
    except (KeyError, TypeError, AttributeError, ValueError):
        lane = f"update:{update['update_id']}"  # the worker will bury it; polling goes on
    body = None if lane is None else json.dumps(update)
    return Arrival(update["update_id"], lane, body)


def _lane(update: Json, me: Me) -> str | None:
    """The chat, or the person where there is none, in which order is kept; None if the update is not for the bot."""
    if (query := update.get("callback_query")) is not None:
        message = query.get("message")
        return f"chat:{message['chat']['id']}" if message else f"user:{query['from']['id']}"
    if (query := update.get("inline_query")) is not None:
        return f"user:{query['from']['id']}"
    if (change := update.get("my_chat_member")) is not None:
        return f"chat:{change['chat']['id']}"
    message = update.get("message")
    if message is None or not _is_addressed(message, me):
        return None
    return f"chat:{message['chat']['id']}"


def _is_addressed(message: Json, me: Me) -> bool:
    if (message.get("via_bot") or {}).get("id") == me.id:
        return False  # an inline result that somebody chose: our own words, wherever they stand
    if message["chat"]["type"] == "private" or any(key in message for key in SERVICE):
        return True
    replied = message.get("reply_to_message") or {}
    if (replied.get("from") or {}).get("id") == me.id and "forum_topic_created" not in replied:
        return True
    text = message.get("text") or ""
    if me.words.match(text):
        return True
    return any(_names_me(entity, text, me) for entity in message.get("entities") or [])


def _names_me(entity: Json, text: str, me: Me) -> bool:
    """A command, if it names no other bot, or a mention of this one. Offsets count UTF-16 units."""
    units = text.encode("utf-16-le")
    start = entity["offset"] * 2
    words = units[start : start + entity["length"] * 2].decode("utf-16-le", errors="replace")
    if entity["type"] == "mention":
        return words.lower() == f"@{me.username}".lower()
    if entity["type"] == "text_mention":
        return bool((entity.get("user") or {}).get("id") == me.id)
    if entity["type"] == "bot_command" and start == 0:
        _name, _at, bot = words.partition("@")
        return bot.lower() in ("", me.username.lower())
    return False
