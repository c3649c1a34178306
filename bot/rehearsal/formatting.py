"""Formatted text as Telegram reads it: HTML, entities that fit the text, and those it finds by itself."""

import re
from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Any

from bot.rehearsal.state import ApiError, Json

# After Telegram's own patterns: a letter or a 汉字 before or behind it, and it is none.
NAME = r"[A-Za-z0-9_]"
FOUND = {
    "url": re.compile(r"https?://[^\s<>\"，。；：！？、（）《》“”]+"),
    "bot_command": re.compile(rf"(?<![\w/<>])/{NAME}{{1,64}}(?:@{NAME}{{3,32}})?(?![\w/<>@])"),
    "mention": re.compile(rf"(?<!\w)@{NAME}{{2,32}}(?!\w)"),
}
TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
}
VERBATIM = frozenset({"code", "pre", "text_link"})  # nothing is found inside these


def units(text: str) -> int:
    """The length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def entities(text: str, given: Sequence[Json] = ()) -> list[Json]:
    """The given entities and those that Telegram finds: commands, mentions and addresses."""
    verbatim = [_span(entity) for entity in given if entity["type"] in VERBATIM]
    found: list[Json] = []
    for kind, pattern in FOUND.items():
        for match in pattern.finditer(text):
            entity = {
                "type": kind,
                "offset": units(text[: match.start()]),
                "length": units(match[0]),
            }
            taken = [*verbatim, *(_span(other) for other in found)]
            if not any(_meet(_span(entity), other) for other in taken):
                found.append(entity)
    return sorted([*given, *found], key=lambda entity: (entity["offset"], -entity["length"]))


def formatted(given: Json, *, text: str, marks: str) -> tuple[str, list[Json]]:
    """The text of a request with its entities, as the message will carry them; ApiError."""
    words, mode = given.get(text) or "", given.get("parse_mode")
    marked: list[Json] = given.get(marks) or []
    if mode is not None:
        if mode.lower() != "html":
            raise ApiError(400, "Bad Request: unsupported parse_mode")
        words, marked = from_html(words)
    _check(words, marked)
    words = words.rstrip()
    return words, entities(words, _clipped(marked, units(words)))


def from_html(markup: str) -> tuple[str, list[Json]]:
    """The words and the entities of a text in Telegram's HTML; ApiError."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    if reader.open:
        tag = reader.open[-1][0]
        raise _unreadable(f'Can\'t find end tag corresponding to start tag "{tag}"')
    return "".join(reader.words), sorted(
        reader.entities, key=lambda entity: (entity["offset"], -entity["length"])
    )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.entities: list[Json] = []
        self.open: list[tuple[str, Json]] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            raise _unreadable(f'Unsupported start tag "{tag}"')
        named = dict(attrs)
        entity: Json = {"type": TAGS[tag], "offset": units("".join(self.words))}
        if tag == "blockquote" and "expandable" in named:
            entity["type"] = "expandable_blockquote"
        if tag == "a":
            entity["url"] = named.get("href") or ""
        self.open.append((tag, entity))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            raise _unreadable(f'Unexpected end tag "{tag}"')
        _tag, entity = self.open.pop()
        length = units("".join(self.words)) - entity["offset"]
        if length:
            self.entities.append(entity | {"length": length})


def _unreadable(why: str) -> ApiError:
    return ApiError(400, f"Bad Request: can't parse entities: {why}")


def _check(words: str, marked: list[Json]) -> None:
    """Entities lie inside the text and cut no character in two."""
    encoded = words.encode("utf-16-le")
    for entity in marked:
        start, end = _span(entity)
        if start < 0 or end > len(encoded) // 2:
            raise ApiError(
                400,
                f"Bad Request: entity beginning at UTF-16 offset {start} "
                f"ends after the end of the text at UTF-16 offset {len(encoded) // 2}",
            )
        try:
            encoded[start * 2 : end * 2].decode("utf-16-le")
        except UnicodeDecodeError as error:
            raise ApiError(
                400,
                f"Bad Request: entity beginning at UTF-16 offset {start} "
                "is in the middle of a UTF-16 symbol",
            ) from error


def _clipped(marked: list[Json], length: int) -> list[Json]:
    """Without what lay on white space that was cut off."""
    return [
        entity | {"length": min(end, length) - start}
        for entity in marked
        for start, end in [_span(entity)]
        if start < min(end, length)
    ]


def _span(entity: Any) -> tuple[int, int]:
    return entity["offset"], entity["offset"] + entity["length"]


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
