"""What is asked and what is answered, free of Telegram; and the JSON in which a letter waits."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from handlers.texts.text import Span, Style, Text, text
from knowledge.library import Library
from records.database import Transaction
from records.outbox import Letter, Priority


class Place(Enum):
    GROUP = "group"
    PRIVATE = "private"


@dataclass(frozen=True)
class Upload:
    """A file somebody sent: Telegram's number for it, its name, its size in bytes."""

    file_id: str
    name: str
    size: int


@dataclass(frozen=True)
class Request:
    """Somebody asks for something.

    `at` is when the message was sent or the button pressed. `words` is what follows the command,
    the whole message where there is none, or what a button carries. `carried` is what an act that
    waited for these words already knew. `user_id` is None for an anonymous administrator;
    `replied_text` is what the message, or the pressed one, replies to. `sender_name` is what Telegram
    shows of the account, never kept. `offset` is where in a list of results a page begins.
    """

    chat_id: int
    place: Place
    user_id: int | None
    at: datetime
    words: str = ""
    topic_id: int | None = None
    message_id: int | None = None
    replied_text: str | None = None
    pressed: bool = False
    carried: str = ""
    sender_name: str = ""
    upload: Upload | None = None
    offset: str = ""


@dataclass(frozen=True)
class Button:
    """Under a message: asks for `action` with the words, or opens `url`."""

    label: str
    action: str = ""
    words: str = ""
    url: str | None = None


@dataclass(frozen=True)
class Attachment:
    name: str
    content: bytes


@dataclass(frozen=True)
class Message:
    """Something to be said: where it was asked, or in another chat.

    `card` names a message of which only the newest state is shown; `anew` shows it once more
    below. `replaces` takes the place of the message whose button was pressed. `kept` is a file that
    somebody sent before: it is handed on without being fetched.
    """

    text: Text
    buttons: tuple[tuple[Button, ...], ...] = ()
    chat_id: int | None = None
    topic_id: int | None = None
    card: str | None = None
    anew: bool = False
    replaces: bool = False
    attachment: Attachment | None = None
    kept: Upload | None = None


@dataclass(frozen=True)
class Result:
    """A message that somebody may choose while typing in any chat, and how it is listed."""

    id: str
    title: str
    description: str
    text: Text
    buttons: tuple[tuple[Button, ...], ...] = ()


@dataclass(frozen=True)
class Results:
    """A page of them. `following` is where the next one begins; `way` stands above and leads to private chat."""

    items: tuple[Result, ...] = ()
    following: str = ""
    way: Button | None = None


@dataclass(frozen=True)
class Reply:
    """What a handler answers. `toast` is seen only by whoever pressed the button.

    `results` are for whoever types in any chat.
    """

    messages: tuple[Message, ...] = ()
    toast: str | None = None
    results: Results | None = None


@dataclass(frozen=True)
class Services:
    """What a handler may use, made for each update."""

    db: Transaction
    library: Library
    bot_username: str


Handler = Callable[[Request, Services], Awaitable[Reply]]


@dataclass(frozen=True)
class Command:
    """A row of the menu. `words` are the Chinese words that ask for the same."""

    name: str
    label: str
    handler: Handler
    words: tuple[str, ...] = ()
    in_group: bool = True
    for_managers: bool = False
    for_subdistrict: bool = False


def say(words: Text | str, *rows: tuple[Button, ...]) -> Reply:
    """One message where it was asked."""
    return Reply((Message(text(words), rows),))


def to_json(message: Message, *, reply_to: int | None = None, edits: int | None = None) -> str:
    """A message as the outbox keeps it; the file itself lies beside it."""
    return json.dumps(
        {
            "text": message.text.plain,
            "spans": _spans(message.text),
            "buttons": [[vars(button) for button in row] for row in message.buttons],
            "file": message.attachment.name if message.attachment else None,
            "kept": asdict(message.kept) if message.kept else None,
            "reply_to": reply_to,
            "edits": edits,
        },
        ensure_ascii=False,
    )


@dataclass(frozen=True)
class Parcel:
    """A message as it comes out of the outbox."""

    message: Message
    reply_to: int | None
    edits: int | None


def from_json(body: str, *, attachment: bytes | None = None) -> Parcel:
    found: dict[str, Any] = json.loads(body)
    message = Message(
        _text(found),
        _rows(found),
        attachment=Attachment(found["file"], attachment) if attachment is not None else None,
        kept=Upload(**kept) if (kept := found.get("kept")) else None,
    )
    return Parcel(message, found["reply_to"], found["edits"])


def results_to_json(results: Results) -> dict[str, Any]:
    """A page of results as the outbox keeps it."""
    return asdict(results) | {
        "items": [
            asdict(item) | {"text": item.text.plain, "spans": _spans(item.text)}
            for item in results.items
        ]
    }


def results_from_json(found: dict[str, Any]) -> Results:
    return Results(
        tuple(
            Result(item["id"], item["title"], item["description"], _text(item), _rows(item))
            for item in found["items"]
        ),
        found["following"],
        Button(**way) if (way := found["way"]) else None,
    )


def letter(
    message: Message,
    *,
    chat_id: int,
    topic_id: int | None = None,
    reply_to: int | None = None,
    edits: int | None = None,
    priority: Priority = Priority.REPLY,
    key: str | None = None,
) -> Letter:
    """A message as a letter of the outbox."""
    return Letter(
        chat_id,
        to_json(message, reply_to=reply_to, edits=edits),
        topic_id=topic_id,
        priority=priority,
        key=key,
        card=message.card,
        attachment=message.attachment.content if message.attachment else None,
    )


def _spans(words: Text) -> list[tuple[int, int, str]]:
    return [(span.start, span.end, span.style.value) for span in words.spans]


def _text(found: dict[str, Any]) -> Text:
    spans = tuple(Span(start, end, Style(kind)) for start, end, kind in found["spans"])
    return Text(found["text"], spans)


def _rows(found: dict[str, Any]) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(Button(**button) for button in row) for row in found["buttons"])
