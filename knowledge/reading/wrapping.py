"""Puts the lines of a paragraph together again where a page or a column had broken them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BEGINS = re.compile(
    r"^(?:第[一二三四五六七八九十百千零〇\d]+(?:条|章|节|编|分编)|[(（][一二三四五六七八九十百\d]+[)）]|[一二三四五六七八九十百]+、"
    r"|\d{1,2}[.．、](?!\d)|[①-⑳]|[问答][:：]|附(?:件|表|录)|[-•·●■◆○]\s?|#{1,6} )"
)
ENDS = re.compile(r"[。!！?？:：;；][”’\"）)]?$")
LATIN = re.compile(r"[A-Za-z0-9,.;:)]$")
SLACK = 1.6  # characters that may be missing at the end of a full line
ALIKE = 0.5
"""From this share of full lines on, a text file was broken at a width."""


@dataclass(frozen=True)
class Line:
    """A printed line with its edges, in any unit; `size` is the width of a character in it."""

    text: str
    left: float
    right: float
    size: float


def unwrapped(lines: Sequence[Line], *, shows_paragraphs: bool = False) -> list[str]:
    """The paragraphs of a page: a full line goes on in the next one, unless that begins something.

    Where neither indents nor blank lines show paragraphs, one may end with any full line that ends a sentence.
    """
    if not lines:
        return []
    margin = min(line.left for line in lines)
    edge = max(line.right for line in lines)
    shown = shows_paragraphs or any(1.2 < (line.left - margin) / line.size < 3 for line in lines)
    whole: list[str] = []
    before: Line | None = None
    for line in lines:
        if before and _goes_on(before, line, edge=edge, margin=margin, shown=shown):
            whole[-1] = joined(whole[-1], line.text)
        else:
            whole.append(line.text)
        before = line
    return whole


def _goes_on(before: Line, line: Line, *, edge: float, margin: float, shown: bool) -> bool:
    if edge - before.right > SLACK * before.size or BEGINS.match(line.text):
        return False
    if (line.left - margin) / line.size > 1.2:
        return False
    return shown or not ENDS.search(before.text)


def joined(before: str, after: str) -> str:
    """Chinese has no spaces; between two English words there was one."""
    if LATIN.search(before) and re.match(r"[A-Za-z0-9(]", after) and not before[-1].isdigit():
        return f"{before} {after}"
    return before + after


def rejoined(texts: Iterable[str]) -> list[str]:
    """The lines of a text file; unchanged where it was not broken at a width."""
    lines = [
        Line(text.strip(), _indent(text), _indent(text) + width(text.strip()), 2) for text in texts
    ]
    filled = [line for line in lines if line.text]
    edge = max((line.right for line in filled), default=0)
    full = sum(edge - line.right <= 2 * SLACK for line in filled)
    if not 40 <= edge <= 160 or len(filled) < 6 or full < ALIKE * len(filled):
        return [line.text for line in filled]
    whole, block = [], list[Line]()
    for line in (*lines, Line("", 0, 0, 2)):
        if line.text:
            block.append(line)
            continue
        whole += unwrapped(block, shows_paragraphs=len(filled) < len(lines))
        block = []
    return whole


def width(text: str) -> int:
    """In columns: a Chinese character takes two."""
    return sum(2 if char > "\u2e80" or char in "“”‘’—…" else 1 for char in text)


def _indent(text: str) -> int:
    return width(text[: len(text) - len(text.lstrip())])
