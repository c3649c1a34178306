"""The Bot API's methods about messages: sending, editing, deleting, pinning, answering a press."""

from datetime import timedelta
from typing import Any

from bot.rehearsal.chats import admitted
from bot.rehearsal.formatting import formatted, units
from bot.rehearsal.people import kept, threaded
from bot.rehearsal.state import ApiError, Json, Telegram, Toast

LONGEST_TEXT, LONGEST_CAPTION, LONGEST_TOAST, LONGEST_DATA = 4096, 1024, 200, 64
DELETABLE = timedelta(hours=48)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup "
    "are exactly the same as a current content and reply markup of the message"
)


async def send_message(telegram: Telegram, given: Json) -> Json:
    text, marks = _text(given, "message is too long")
    return _posted(telegram, given, text=text, entities=marks)


async def send_document(telegram: Telegram, given: Json) -> Json:
    caption, marks = formatted(given, text="caption", marks="caption_entities")
    if units(caption) > LONGEST_CAPTION:
        raise ApiError(400, "Bad Request: message caption is too long")
    sent = given["document"]
    if isinstance(sent, str) and sent not in telegram.documents:
        raise ApiError(400, "Bad Request: wrong file identifier/HTTP URL specified")
    admitted(telegram, given["chat_id"])
    document = telegram.documents[sent] if isinstance(sent, str) else kept(telegram, *sent)
    return _posted(telegram, given, document=document, caption=caption, caption_entities=marks)


async def send_chat_action(telegram: Telegram, given: Json) -> bool:
    admitted(telegram, given["chat_id"])
    return True


def _text(given: Json, too_long: str) -> tuple[str, list[Json]]:
    text, marks = formatted(given, text="text", marks="entities")
    if not text:
        raise ApiError(400, "Bad Request: message text is empty")
    if units(text) > LONGEST_TEXT:
        raise ApiError(400, f"Bad Request: {too_long}")
    return text, marks


def _posted(telegram: Telegram, given: Json, **content: Any) -> Json:
    """A message of the bot, if Telegram would let it into the chat."""
    chat_id = given["chat_id"]
    admitted(telegram, chat_id)
    topic = given.get("message_thread_id")
    if topic is not None and topic not in telegram.topics[chat_id]:
        raise ApiError(400, "Bad Request: message thread not found")
    content["reply_markup"] = markup(given)
    replied = None
    if (wanted := given.get("reply_parameters")) is not None:
        replied = telegram.found(chat_id, wanted["message_id"])
        if replied is None and not wanted.get("allow_sending_without_reply"):
            raise ApiError(400, "Bad Request: message to be replied not found")
    content |= threaded(telegram, chat_id, topic=topic, replied=replied)
    present = {name: value for name, value in content.items() if value}
    return telegram.message(chat_id, telegram.bot, **present)


async def edit_message_text(telegram: Telegram, given: Json) -> Json:
    message = _mine(telegram, given, "edit")
    if "text" not in message:
        raise ApiError(400, "Bad Request: there is no text in the message to edit")
    text, marks = _text(given, "MESSAGE_TOO_LONG")
    return _changed(
        telegram, message, {"text": text, "entities": marks, "reply_markup": markup(given)}
    )


async def edit_message_reply_markup(telegram: Telegram, given: Json) -> Json:
    return _changed(telegram, _mine(telegram, given, "edit"), {"reply_markup": markup(given)})


def _changed(telegram: Telegram, message: Json, parts: Json) -> Json:
    """The message with other parts; an empty one goes away."""
    if all((message.get(name) or None) == (value or None) for name, value in parts.items()):
        raise ApiError(400, NOT_MODIFIED)
    for name, value in parts.items():
        message.pop(name, None)
        if value:
            message[name] = value
    message["edit_date"] = int(telegram.now().timestamp())
    telegram.changed()
    return message


async def delete_message(telegram: Telegram, given: Json) -> bool:
    chat_id = given["chat_id"]
    admitted(telegram, chat_id)
    message = telegram.found(chat_id, given["message_id"])
    if message is None:
        raise ApiError(400, "Bad Request: message to delete not found")
    is_mine = message["from"]["id"] == telegram.bot["id"]
    is_manager = telegram.bot["id"] in telegram.administrators[chat_id]
    age = telegram.now().timestamp() - message["date"]
    if not (is_mine or is_manager) or age > DELETABLE.total_seconds():
        raise ApiError(400, "Bad Request: message can't be deleted for everyone")
    telegram.history[chat_id].remove(message)
    telegram.changed()
    return True


async def pin_chat_message(telegram: Telegram, given: Json) -> bool:
    chat_id = given["chat_id"]
    chat = admitted(telegram, chat_id)
    if telegram.found(chat_id, given["message_id"]) is None:
        raise ApiError(400, "Bad Request: message to pin not found")
    is_manager = telegram.bot["id"] in telegram.administrators[chat_id]
    if chat["type"] != "private" and not is_manager:
        raise ApiError(400, "Bad Request: not enough rights to manage pinned messages in the chat")
    telegram.pinned[chat_id] = given["message_id"]
    telegram.changed()
    return True


def _mine(telegram: Telegram, given: Json, act: str) -> Json:
    """The bot's own message that is meant; ApiError."""
    if "chat_id" not in given or "message_id" not in given:
        raise ApiError(400, "Bad Request: message identifier is not specified")
    telegram.chat(given["chat_id"])
    message = telegram.found(given["chat_id"], given["message_id"])
    if message is None:
        raise ApiError(400, f"Bad Request: message to {act} not found")
    if message["from"]["id"] != telegram.bot["id"]:
        raise ApiError(400, f"Bad Request: message can't be {act}ed")
    return message


def markup(given: Json) -> Json | None:
    """The keys of a request, if Telegram takes them; ApiError."""
    keys: Json | None = given.get("reply_markup")
    for row in (keys or {}).get("inline_keyboard", []):
        for button in row:
            data = button.get("callback_data")
            if data is not None and not 1 <= len(data.encode()) <= LONGEST_DATA:
                raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")
            if not button["text"] or (data is None and "url" not in button):
                raise ApiError(
                    400, "Bad Request: text buttons are unallowed in the inline keyboard"
                )
    return keys if keys != {"inline_keyboard": []} else None


async def answer_callback_query(telegram: Telegram, given: Json) -> bool:
    user_id = telegram.queries.pop(given["callback_query_id"], None)
    if user_id is None:
        raise ApiError(400, TOO_OLD)
    text = given.get("text", "")
    if units(text) > LONGEST_TOAST:
        raise ApiError(400, "Bad Request: MESSAGE_TOO_LONG")
    telegram.toasts.append(Toast(user_id, text, alert=bool(given.get("show_alert"))))
    telegram.changed()
    return True
