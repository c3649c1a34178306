"""What people do in the local Telegram: talk, press, add, block; each becomes an update or silence."""

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from typing import Any

from bot.rehearsal.state import ANONYMOUS, Json, Telegram

QUERIES = count(1)
COMMAND = re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,32}(?:@[A-Za-z0-9_]{3,32})?")
MENTION = re.compile(r"(?<!\w)@[A-Za-z0-9_]{5,32}\b")


def units(text: str) -> int:
    """The length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def entities(text: str) -> list[Json]:
    """Commands and mentions as clients mark them, with UTF-16 offsets."""

    def found(kind: str, pattern: re.Pattern[str]) -> Iterator[Json]:
        for match in pattern.finditer(text):
            offset, length = units(text[: match.start()]), units(match[0])
            yield {"type": kind, "offset": offset, "length": length}

    commands = list(found("bot_command", COMMAND))
    covered = {
        offset
        for item in commands
        for offset in range(item["offset"], item["offset"] + item["length"])
    }
    mentions = [item for item in found("mention", MENTION) if item["offset"] not in covered]
    return sorted(commands + mentions, key=lambda item: item["offset"])


def say(
    telegram: Telegram,
    user_id: int,
    text: str,
    *,
    chat_id: int | None = None,
    reply_to: int | None = None,
    topic: int | None = None,
    at: datetime | None = None,
    forwarded: bool = False,
    anonymous: bool = False,
    media: Json | None = None,
) -> Json:
    """Somebody says something in a chat, by default in private; the message.

    `media` takes the place of the text, such as {"voice": {…}}.
    """
    place = chat_id if chat_id is not None else user_id
    content: Json = dict(media) if media is not None else {"text": text}
    if media is None and (marks := entities(text)):
        content["entities"] = marks
    if topic is not None:
        content |= {"message_thread_id": topic, "is_topic_message": True}
    if reply_to is not None and (replied := telegram.found(place, reply_to)) is not None:
        content["reply_to_message"] = {k: v for k, v in replied.items() if k != "reply_to_message"}
    if forwarded:
        date = int(telegram.now().timestamp())
        origin = {"type": "hidden_user", "date": date, "sender_user_name": "某人"}
        content["forward_origin"] = origin
    sender = telegram.users[user_id]
    if anonymous:
        sender, content["sender_chat"] = ANONYMOUS, telegram.chat(place)
    if place == user_id:
        telegram.started.add(user_id)
    message = telegram.message(place, sender, **content)
    if at is not None:
        message["date"] = int(at.timestamp())
    if _reaches_bot(telegram, message):
        telegram.push("message", message)
    return message


def edit(telegram: Telegram, chat_id: int, message_id: int, text: str) -> None:
    """Somebody edits what he said."""
    message = telegram.found(chat_id, message_id)
    if message is None:
        raise KeyError(message_id)
    message |= {"text": text, "edit_date": int(telegram.now().timestamp())}
    message["entities"] = entities(text)
    telegram.changed()
    if _reaches_bot(telegram, message):
        telegram.push("edited_message", message)


def press(telegram: Telegram, user_id: int, chat_id: int, message_id: int, data: str) -> str:
    """Somebody presses a button under a message; the number of the query."""
    message = telegram.found(chat_id, message_id)
    if message is None:
        raise KeyError(message_id)
    query_id = str(next(QUERIES))
    telegram.queries[query_id] = user_id
    telegram.push(
        "callback_query",
        {
            "id": query_id,
            "from": telegram.users[user_id],
            "message": message,
            "chat_instance": str(chat_id),
            "data": data,
        },
    )
    return query_id


def add_bot(telegram: Telegram, user_id: int, chat_id: int) -> None:
    """Somebody adds the bot to a group."""
    telegram.members[chat_id].add(telegram.bot["id"])
    _membership(telegram, user_id, chat_id, "left", "member")


def block(telegram: Telegram, user_id: int) -> None:
    telegram.blocked.add(user_id)
    _membership(telegram, user_id, user_id, "member", "kicked")


def migrate(telegram: Telegram, old: int, new: int) -> None:
    """A group becomes a supergroup with another number."""
    group = telegram.chats.pop(old)
    telegram.chats[new] = group | {"id": new, "type": "supergroup"}
    telegram.members[new] = telegram.members.pop(old)
    founder = telegram.users[min(telegram.members[new] & telegram.users.keys())]
    telegram.chats[old] = group
    leaving = telegram.message(old, founder, migrate_to_chat_id=new)
    del telegram.chats[old]
    telegram.moved[old] = new
    telegram.push("message", leaving)


def _membership(telegram: Telegram, user_id: int, chat_id: int, before: str, after: str) -> None:
    def state(status: str) -> Json:
        until: dict[str, Any] = {"until_date": 0} if status == "kicked" else {}
        return {"status": status, "user": telegram.bot, **until}

    telegram.push(
        "my_chat_member",
        {
            "chat": telegram.chat(chat_id),
            "from": telegram.users[user_id],
            "date": int(telegram.now().timestamp()),
            "old_chat_member": state(before),
            "new_chat_member": state(after),
        },
    )


def _reaches_bot(telegram: Telegram, message: Json) -> bool:
    """With privacy mode on: commands, mentions of the bot and replies to it. Else everything."""
    if message["chat"]["type"] == "private" or not telegram.privacy_mode:
        return True
    replied = message.get("reply_to_message", {}).get("from", {}).get("id")
    if replied == telegram.bot["id"]:
        return True
    name, text = f"@{telegram.bot['username']}".lower(), message.get("text", "")
    for entity in message.get("entities", []):
        encoded = text.encode("utf-16-le")
        start, end = entity["offset"] * 2, (entity["offset"] + entity["length"]) * 2
        words = encoded[start:end].decode("utf-16-le").lower()
        _command, at, bot = words.partition("@")
        if entity["type"] == "mention" and words == name:
            return True
        if entity["type"] == "bot_command" and (not at or f"@{bot}" == name):
            return True
    return False
