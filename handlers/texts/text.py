"""Text built from parts: words and where they are bold, quoted, folded or linked. Nothing to escape."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum


class Style(Enum):
    BOLD = "bold"
    QUOTE = "blockquote"
    FOLD = "expandable_blockquote"


@dataclass(frozen=True)
class Span:
    """A styled stretch, in characters of the plain text, the end not included."""

    start: int
    end: int
    style: Style


@dataclass(frozen=True)
class Text:
    plain: str
    spans: tuple[Span, ...] = ()

    def __add__(self, other: "Text | str") -> "Text":
        return joined("", (self, other))

    def __radd__(self, other: str) -> "Text":
        return Text(other) + self

    def __len__(self) -> int:
        return len(self.plain)


def text(words: Text | str) -> Text:
    return words if isinstance(words, Text) else Text(words)


def bold(words: Text | str) -> Text:
    return _styled(words, Style.BOLD)


def quote(words: Text | str) -> Text:
    return _styled(words, Style.QUOTE)


def fold(words: Text | str) -> Text:
    """A quotation of which the reader first sees three lines."""
    return _styled(words, Style.FOLD)


def lines(*parts: Text | str | None) -> Text:
    """One part a line; None is left out."""
    return joined("\n", (part for part in parts if part is not None))


def joined(between: str, parts: Iterable[Text | str]) -> Text:
    words: list[str] = []
    spans: list[Span] = []
    begun = 0
    for part in map(text, parts):
        words.append(part.plain)
        spans += [
            replace(span, start=span.start + begun, end=span.end + begun) for span in part.spans
        ]
        begun += len(part) + len(between)
    return Text(between.join(words), tuple(spans))


def _styled(words: Text | str, style: Style) -> Text:
    words = text(words)
    return Text(words.plain, (Span(0, len(words.plain), style), *words.spans))
