"""Texts and buttons as Telegram takes them: UTF-16 offsets, pages of 4,096, keys."""

from collections.abc import Iterator
from dataclasses import replace

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity
from telegram.constants import MessageLimit

from handlers.conversation import Button, Message
from handlers.texts.text import Span, Text

LABEL = 60  # characters of a button that are still readable on a phone
PAGE = MessageLimit.MAX_TEXT_LENGTH


def pages(message: Message) -> Iterator[Message]:
    """A text of more than 4,096 UTF-16 units in several messages, cut at a line; buttons last."""
    rest = message.text
    while units(rest.plain) > PAGE:
        cut = _cut(rest.plain)
        yield replace(message, text=_slice(rest, 0, cut), buttons=())
        rest = _slice(rest, cut, len(rest))
    yield replace(message, text=rest)


def _cut(plain: str) -> int:
    fits = len(plain.encode("utf-16-le")[: PAGE * 2].decode("utf-16-le", errors="ignore"))
    line = plain.rfind("\n", 1, fits)
    return line + 1 if line > 0 else fits


def _slice(text: Text, start: int, end: int) -> Text:
    spans = (
        Span(max(span.start, start) - start, min(span.end, end) - start, span.style)
        for span in text.spans
        if span.start < end and span.end > start
    )
    return Text(text.plain[start:end], tuple(spans))


def units(words: str) -> int:
    """The length as Telegram counts it."""
    return len(words.encode("utf-16-le")) // 2


def entities(text: Text) -> list[MessageEntity]:
    return [
        MessageEntity(
            span.style.value,
            units(text.plain[: span.start]),
            units(text.plain[span.start : span.end]),
        )
        for span in text.spans
    ]


def keyboard(rows: tuple[tuple[Button, ...], ...]) -> InlineKeyboardMarkup | None:
    return (
        InlineKeyboardMarkup([[_key(button) for button in row] for row in rows]) if rows else None
    )


def _key(button: Button) -> InlineKeyboardButton:
    label = button.label if len(button.label) <= LABEL else button.label[: LABEL - 1] + "…"
    if button.url is not None:
        return InlineKeyboardButton(label, url=button.url)
    data = f"{button.action}:{button.words}" if button.words else button.action
    return InlineKeyboardButton(label, callback_data=data)
