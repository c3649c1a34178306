"""What people do in the local Telegram: talk, press, add, block; each becomes an update or silence."""

from datetime import datetime
from itertools import count
from typing import Any

from bot.rehearsal.formatting import entities
from bot.rehearsal.state import ANONYMOUS, Json, Telegram

QUERIES = count(1)
TOPIC_COLOUR = 7322096


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
    sender = telegram.users[user_id]
    content: Json = dict(media) if media is not None else {"text": text}
    if media is None and (marks := entities(text)):
        content["entities"] = marks
    content |= _threaded_for(telegram, sender, place, topic=topic, reply_to=reply_to)
    if forwarded:
        date = int(telegram.now().timestamp())
        origin = {"type": "hidden_user", "date": date, "sender_user_name": "某人"}
        content["forward_origin"] = origin
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


def _threaded_for(
    telegram: Telegram, user: Json, chat_id: int, *, topic: int | None, reply_to: int | None
) -> Json:
    """Somebody's reply stays in the topic of what he replies to."""
    replied = telegram.found(chat_id, reply_to) if reply_to is not None else None
    if topic is None and replied is not None and replied.get("is_topic_message"):
        topic = replied["message_thread_id"]
    if topic is not None:
        _known_topic(telegram, user, chat_id, topic)
    return threaded(telegram, chat_id, topic=topic, replied=replied)


def threaded(telegram: Telegram, chat_id: int, *, topic: int | None, replied: Json | None) -> Json:
    """How a message hangs together with others.

    In a topic, what answers nothing answers the topic's beginning; and in a supergroup a reply
    carries a thread number even where there are no topics.
    """
    if topic is not None:
        replied = replied or telegram.topics[chat_id][topic]
    if replied is None:
        return {}
    quoted = {name: value for name, value in replied.items() if name != "reply_to_message"}
    found: Json = {"reply_to_message": quoted}
    if topic is not None:
        found |= {"message_thread_id": topic, "is_topic_message": True}
    elif replied["chat"]["type"] == "supergroup" and not replied.get("is_topic_message"):
        found["message_thread_id"] = replied.get("message_thread_id", replied["message_id"])
    return found


def open_topic(telegram: Telegram, user_id: int, chat_id: int, name: str) -> int:
    """Somebody opens a topic in a group; its number."""
    telegram.chats[chat_id]["is_forum"] = True
    begun = {"name": name, "icon_color": TOPIC_COLOUR}
    message = telegram.message(chat_id, telegram.users[user_id], forum_topic_created=begun)
    number: int = message["message_id"]
    message |= {"message_thread_id": number, "is_topic_message": True}
    telegram.topics[chat_id][number] = message
    if _reaches_bot(telegram, message):
        telegram.push("message", message)
    return number


def delete_topic(telegram: Telegram, chat_id: int, topic: int) -> None:
    """Somebody deletes a topic with all that was said in it."""
    del telegram.topics[chat_id][topic]
    telegram.history[chat_id] = [
        message
        for message in telegram.history[chat_id]
        if message.get("message_thread_id") != topic
    ]
    telegram.changed()


def _known_topic(telegram: Telegram, founder: Json, chat_id: int, topic: int) -> None:
    """A topic nobody was seen to open: it was there before."""
    telegram.chats[chat_id]["is_forum"] = True
    telegram.topics[chat_id].setdefault(
        topic,
        {
            "message_id": topic,
            "message_thread_id": topic,
            "is_topic_message": True,
            "date": int(telegram.now().timestamp()),
            "chat": telegram.chat(chat_id),
            "from": founder,
            "forum_topic_created": {"name": "话题", "icon_color": TOPIC_COLOUR},
        },
    )


def kept(telegram: Telegram, name: str, content: bytes) -> Json:
    """A file that Telegram now keeps, as messages carry it."""
    file_id = f"file-{len(telegram.files) + 1}"
    telegram.files[file_id] = content
    telegram.documents[file_id] = {
        "file_id": file_id,
        "file_unique_id": file_id,
        "file_name": name,
        "file_size": len(content),
    }
    return telegram.documents[file_id]


def send_document(telegram: Telegram, user_id: int, name: str, content: bytes) -> Json:
    """Somebody sends a file in private; the message."""
    return say(telegram, user_id, "", media={"document": kept(telegram, name, content)})


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
    change_membership(telegram, telegram.users[user_id], chat_id, "left", "member")


def remove_bot(telegram: Telegram, user_id: int, chat_id: int) -> None:
    """Somebody puts the bot out of a group."""
    telegram.members[chat_id].discard(telegram.bot["id"])
    change_membership(telegram, telegram.users[user_id], chat_id, "member", "kicked")


def block(telegram: Telegram, user_id: int) -> None:
    """Somebody blocks the bot."""
    telegram.blocked.add(user_id)
    change_membership(telegram, telegram.users[user_id], user_id, "member", "kicked")


def unblock(telegram: Telegram, user_id: int) -> None:
    """Somebody lets the bot write again."""
    telegram.blocked.discard(user_id)
    change_membership(telegram, telegram.users[user_id], user_id, "kicked", "member")


def migrate(telegram: Telegram, old: int, new: int) -> None:
    """A group becomes a supergroup with another number."""
    group = telegram.chats.pop(old)
    telegram.chats[new] = group | {"id": new, "type": "supergroup"}
    telegram.members[new] = telegram.members.pop(old)
    telegram.administrators[new] = telegram.administrators.pop(old, set())
    founder = telegram.users[min(telegram.members[new] & telegram.users.keys())]
    telegram.chats[old] = group
    leaving = telegram.message(old, founder, migrate_to_chat_id=new)
    del telegram.chats[old]
    telegram.moved[old] = new
    telegram.push("message", leaving)
    telegram.push("message", telegram.message(new, founder, migrate_from_chat_id=old))


def change_membership(
    telegram: Telegram, user: Json, chat_id: int, before: str, after: str
) -> None:
    """Tell the bot what it was and what it now is in a chat, and through whom."""

    def state(status: str) -> Json:
        until: dict[str, Any] = {"until_date": 0} if status == "kicked" else {}
        return {"status": status, "user": telegram.bot, **until}

    telegram.push(
        "my_chat_member",
        {
            "chat": telegram.chat(chat_id),
            "from": user,
            "date": int(telegram.now().timestamp()),
            "old_chat_member": state(before),
            "new_chat_member": state(after),
        },
    )


def _reaches_bot(telegram: Telegram, message: Json) -> bool:
    """With privacy mode on: commands, mentions of the bot, replies to it, messages via it, and service messages.

    An administrator, and a bot without privacy mode, hears everything; an absent one nothing.
    """
    chat, bot = message["chat"], telegram.bot
    if chat["type"] == "private":
        return True
    if bot["id"] not in telegram.members[chat["id"]]:
        return False
    if not telegram.privacy_mode or bot["id"] in telegram.administrators[chat["id"]]:
        return True
    replied = message.get("reply_to_message", {}).get("from", {}).get("id")
    if (
        bot["id"] in (replied, message.get("via_bot", {}).get("id"))
        or "forum_topic_created" in message
    ):
        return True
    return any(_names_bot(telegram, words) for words in _addresses(message))


def _addresses(message: Json) -> list[str]:
    """The commands and mentions in a message."""
    encoded = message.get("text", "").encode("utf-16-le")
    return [
        encoded[entity["offset"] * 2 : (entity["offset"] + entity["length"]) * 2].decode(
            "utf-16-le"
        )
        for entity in message.get("entities", [])
        if entity["type"] in ("bot_command", "mention")
    ]


def _names_bot(telegram: Telegram, words: str) -> bool:
    """A mention of the bot, or a command that names no other bot."""
    _command, at, name = words.partition("@")
    return not at or name.lower() == telegram.bot["username"].lower()
