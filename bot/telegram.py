"""Update → Request and Reply → Bot API calls; the only module that knows both."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from telegram import (
    Bot,
    CallbackQuery,
    ChatMember,
    ChatMemberUpdated,
    InputFile,
    LinkPreviewOptions,
    ReplyParameters,
    Update,
)
from telegram import Message as TelegramMessage
from telegram.constants import ChatType
from telegram.error import BadRequest

from bot import inline
from bot.writing import entities, keyboard, pages
from handlers.conversation import (
    Message,
    Place,
    Reply,
    Request,
    Results,
    Upload,
    from_json,
    letter,
)
from records.calendar import CHINA
from records.outbox import Lane, Letter, Outgoing

TOAST = 200  # characters Telegram shows
GONE = ("to edit not found", "can't be edited", "MESSAGE_ID_INVALID")


@dataclass(frozen=True)
class Origin:
    """Where a request came from, as far as answering it needs Telegram's own numbers."""

    query_id: str | None
    message_id: int | None
    inline_id: str | None = None


def parse(body: str, bot: Bot) -> Update:
    """The update in the raw JSON. Raises whatever python-telegram-bot raises on what it cannot read."""
    return Update.de_json(json.loads(body), bot)


def origin_of(update: Update) -> Origin:
    if update.inline_query is not None:
        return Origin(None, None, update.inline_query.id)
    query = update.callback_query
    message = query.message if query is not None else update.message
    return Origin(query.id if query is not None else None, message.message_id if message else None)


def request_of(
    update: Update, match: re.Match[str] | None, *, received_at: datetime, bot: Bot
) -> Request:
    """What somebody asks for. A button press has no time of its own: its arrival counts."""
    if update.callback_query is not None:
        return _of_press(update.callback_query, received_at)
    if update.inline_query is not None:
        return inline.request_of(update.inline_query, received_at)
    if update.my_chat_member is not None:
        return _of_membership(update.my_chat_member)
    if update.message is None:
        raise TypeError("neither a message nor a press nor an inline query")
    return _of_message(update.message, match, bot)


def _of_press(query: CallbackQuery, at: datetime) -> Request:
    message = query.message
    _action, _colon, words = (query.data or "").partition(":")
    chat = message.chat if message is not None else None
    topic = None
    if isinstance(message, TelegramMessage) and message.is_topic_message:
        topic = message.message_thread_id
    return Request(
        chat_id=chat.id if chat is not None else query.from_user.id,
        place=_place(chat.type if chat is not None else ChatType.PRIVATE),
        user_id=query.from_user.id,
        at=at,
        words=words,
        topic_id=topic,
        message_id=message.message_id if message is not None else None,
        replied_text=_replied(message) if isinstance(message, TelegramMessage) else None,
        pressed=True,
        sender_name=query.from_user.full_name,
    )


def _of_message(message: TelegramMessage, match: re.Match[str] | None, bot: Bot) -> Request:
    is_anonymous = message.sender_chat is not None or message.from_user is None
    return Request(
        chat_id=message.chat.id,
        place=_place(message.chat.type),
        user_id=None if is_anonymous or message.from_user is None else message.from_user.id,
        at=message.date.astimezone(CHINA),
        words=_words(message, match, bot),
        topic_id=message.message_thread_id if message.is_topic_message else None,
        message_id=message.message_id,
        replied_text=_replied(message),
        sender_name=message.from_user.full_name if message.from_user is not None else "",
        upload=_upload(message),
    )


def _replied(message: TelegramMessage) -> str | None:
    """What a message replies to: of a pressed one the question under which it stands."""
    replied = message.reply_to_message
    return (replied.text or replied.caption) if replied is not None else None


def _upload(message: TelegramMessage) -> Upload | None:
    file = message.document
    if file is None:
        return None
    return Upload(file.file_id, file.file_name or "", file.file_size or 0)


def _words(message: TelegramMessage, match: re.Match[str] | None, bot: Bot) -> str:
    """What follows the command or the Chinese word; else the text without the bot's name."""
    if message.migrate_to_chat_id is not None:
        return str(message.migrate_to_chat_id)
    text = message.text or ""
    if match is not None and "words" in match.groupdict():
        return (match["words"] or "").strip()
    for entity in message.entities:
        if entity.type == "bot_command" and entity.offset == 0:  # a command is ASCII
            return text[entity.length :].strip()
    return re.sub(rf"@{bot.username}\b", "", text, flags=re.IGNORECASE).strip()


def _of_membership(change: ChatMemberUpdated) -> Request:
    outside = (ChatMember.LEFT, ChatMember.BANNED)
    came = change.old_chat_member.status in outside and change.new_chat_member.status not in outside
    is_group = change.chat.type in (ChatType.GROUP, ChatType.SUPERGROUP)
    return Request(
        chat_id=change.chat.id,
        place=_place(change.chat.type),
        user_id=change.from_user.id,
        at=change.date.astimezone(CHINA),
        words="added" if came and is_group else "",
    )


def _place(kind: str) -> Place:
    return Place.PRIVATE if kind == ChatType.PRIVATE else Place.GROUP


def letters(request: Request, reply: Reply, origin: Origin) -> Iterator[Letter]:
    """What is to be sent; every press is answered, so that the button stops spinning.

    An inline query gets its list and nothing else: nobody is written to who only types.
    """
    if origin.inline_id is not None:
        yield inline.letter(request, reply.results or Results(), query_id=origin.inline_id)
        return
    if origin.query_id is not None:
        toast = (reply.toast or "")[:TOAST]
        body = json.dumps({"query": origin.query_id, "toast": toast}, ensure_ascii=False)
        yield Letter(request.chat_id, body, lane=Lane.ANSWER)
    for message in reply.messages:
        here = message.chat_id in (None, request.chat_id)
        edits = origin.message_id if message.replaces and request.pressed and here else None
        asked = request.message_id if here and not request.pressed and not message.card else None
        for number, page in enumerate(pages(message)):
            yield letter(
                page,
                chat_id=message.chat_id or request.chat_id,
                topic_id=message.topic_id or (request.topic_id if here else None),
                reply_to=asked if number == 0 else None,
                edits=edits if number == 0 else None,
            )


async def send(bot: Bot, outgoing: Outgoing, *, silent: bool) -> int | None:
    """Carry out one letter; the number of the message that shows it. Raises TelegramError."""
    mail = outgoing.letter
    if mail.lane is Lane.ANSWER:
        answer = json.loads(mail.body)
        if "inline" in answer:
            await inline.answer(bot, mail.body)
            return None
        await bot.answer_callback_query(answer["query"], text=answer["toast"] or None)
        return None
    parcel = from_json(mail.body, attachment=mail.attachment)
    shown_as = outgoing.shown_as or parcel.edits
    if shown_as is not None and await _edit(bot, mail.chat_id, shown_as, parcel.message):
        return shown_as
    try:
        return await _send(bot, mail, parcel.message, reply_to=parcel.reply_to, silent=silent)
    except BadRequest as error:
        if mail.topic_id is None or "thread not found" not in error.message:
            raise
        mail = replace(
            mail, topic_id=None
        )  # the topic was deleted: say it in the group all the same
        return await _send(bot, mail, parcel.message, reply_to=parcel.reply_to, silent=silent)


async def _edit(bot: Bot, chat_id: int, message_id: int, message: Message) -> bool:
    """Whether the message now shows this; False if it is gone and must be sent anew."""
    try:
        await bot.edit_message_text(
            message.text.plain,
            chat_id=chat_id,
            message_id=message_id,
            entities=entities(message.text),
            reply_markup=keyboard(message.buttons),
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
    except BadRequest as error:
        if "not modified" in error.message:
            return True
        if any(words in error.message for words in GONE):
            return False
        raise
    return True


async def _send(
    bot: Bot, mail: Letter, message: Message, *, reply_to: int | None, silent: bool
) -> int:
    reply = ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None
    file: InputFile | str | None = message.kept.file_id if message.kept is not None else None
    if message.attachment is not None:
        file = InputFile(message.attachment.content, filename=message.attachment.name)
    if file is not None:
        sent = await bot.send_document(
            mail.chat_id,
            file,
            caption=message.text.plain,
            caption_entities=entities(message.text),
            message_thread_id=mail.topic_id,
            reply_parameters=reply,
            disable_notification=silent,
        )
        return sent.message_id
    return (await _send_text(bot, mail, message, reply, silent=silent)).message_id


async def _send_text(
    bot: Bot, mail: Letter, message: Message, reply: ReplyParameters | None, *, silent: bool
) -> TelegramMessage:
    return await bot.send_message(
        mail.chat_id,
        message.text.plain,
        entities=entities(message.text),
        reply_markup=keyboard(message.buttons),
        message_thread_id=mail.topic_id,
        reply_parameters=reply,
        disable_notification=silent,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
