"""Which handler an update belongs to: python-telegram-bot routes, the rows of COMMANDS decide."""

import re
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from telegram import Bot, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

import handlers
from bot.telegram import request_of
from handlers.conversation import Handler, Reply, Request, Services, say
from handlers.texts import delivery as texts
from records.errors import StaleButton

Routes = Application[Any, Any, Any, Any, Any, Any]
NEW = filters.UpdateType.MESSAGE & ~filters.FORWARDED


@dataclass
class Turn:
    """One update being worked on: what its handler needs, and what came of it."""

    services: Services
    received_at: datetime
    request: Request | None = None
    reply: Reply = field(default_factory=Reply)
    error: Exception | None = None


# Application.process_update returns nothing and swallows errors: this carries both out of it.
TURN: ContextVar[Turn] = ContextVar("TURN")


def routes(bot: Bot) -> Routes:
    """The application that routes an update. Its bot must be initialised."""
    application: Routes = ApplicationBuilder().bot(bot).updater(None).job_queue(None).build()
    for command in handlers.COMMANDS:
        callback = _callback(command.handler)
        application.add_handler(CommandHandler(command.name, callback, filters=NEW))
        if command.words:
            words = filters.Regex(_pattern((*command.words, command.label), bot.username))
            application.add_handler(MessageHandler(NEW & filters.TEXT & words, callback))
        application.add_handler(_pressed(command.name, command.handler))
    for said, handler in handlers.WORDS.items():
        alone = filters.Regex(_alone(said, bot.username))
        application.add_handler(MessageHandler(NEW & filters.TEXT & alone, _callback(handler)))
    for name, handler in handlers.ACTIONS.items():
        application.add_handler(_pressed(name, handler))
    for other in _rest(bot.username):
        application.add_handler(other)
    application.add_error_handler(_keep_error)
    return application


def _pressed(name: str, handler: Handler) -> Any:
    return CallbackQueryHandler(_callback(handler), pattern=rf"^{name}(?::|$)")


def _rest(username: str) -> list[Any]:
    """Everything that is no command of ours, in the order in which it is tried."""
    private = filters.ChatType.PRIVATE
    mention = filters.Regex(re.compile(rf"@{username}\b", re.IGNORECASE))
    named_command = filters.COMMAND & mention
    return [
        CallbackQueryHandler(_callback(_unknown_button)),
        InlineQueryHandler(_callback(handlers.INLINE)),
        ChatMemberHandler(_callback(_greeted), ChatMemberHandler.MY_CHAT_MEMBER),
        MessageHandler(filters.StatusUpdate.MIGRATE, _callback(handlers.MOVED)),
        MessageHandler(private & filters.FORWARDED, _callback(_forwarded)),
        MessageHandler(NEW & filters.COMMAND & (private | named_command), _callback(_unknown)),
        MessageHandler(NEW & filters.COMMAND, _silent),
        MessageHandler(NEW & filters.TEXT, _callback(handlers.FALLBACK)),
        MessageHandler(NEW & private & filters.Document.ALL, _callback(handlers.UPLOADED)),
        MessageHandler(NEW & private & ~filters.StatusUpdate.ALL, _callback(_not_text)),
    ]


def chinese_words() -> re.Pattern[str]:
    """`/签到` is meant for the bot even where Telegram sees no command in it."""
    every = [word for command in handlers.COMMANDS for word in command.words]
    every += [word for said in handlers.WORDS for word in said]
    return re.compile(rf"^/(?:{_any(every)})(?:\s|$)")


def _pattern(words: tuple[str, ...], username: str) -> re.Pattern[str]:
    """签到, /签到 and @bot 签到, alone or before a space; never 签到表在哪."""
    return re.compile(
        rf"^(?:@{username}\s*)?/?(?:{_any(words)})(?:\s+(?P<words>[\s\S]*))?$", re.IGNORECASE
    )


def _alone(words: tuple[str, ...], username: str) -> re.Pattern[str]:
    """到 and /到 with nothing behind: 议题 in front of a list of items is an item."""
    return re.compile(rf"^(?:@{username}\s*)?/?(?:{_any(words)})\s*$", re.IGNORECASE)


def _any(words: Any) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _callback(handler: Handler) -> Any:
    async def route(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        turn = TURN.get()
        turn.request = request_of(
            update, _match(context), received_at=turn.received_at, bot=context.bot
        )
        turn.reply = await handler(turn.request, turn.services)

    return route


def _match(context: ContextTypes.DEFAULT_TYPE) -> re.Match[str] | None:
    """What a regular expression of MessageHandler found, if one did."""
    return context.matches[0] if context.matches else None


async def _silent(_update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Another bot's command: none of our business."""


async def _keep_error(_update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    TURN.get().error = context.error


async def _unknown(_request: Request, _services: Services) -> Reply:
    return say(texts.UNKNOWN_COMMAND)


async def _unknown_button(_request: Request, _services: Services) -> Reply:
    raise StaleButton


async def _forwarded(_request: Request, _services: Services) -> Reply:
    return say(texts.FORWARDED)


async def _not_text(_request: Request, _services: Services) -> Reply:
    return say(texts.NOT_TEXT)


async def _greeted(request: Request, services: Services) -> Reply:
    """Only when the bot has just come into a group."""
    return await handlers.GREETING(request, services) if request.words == "added" else Reply()
