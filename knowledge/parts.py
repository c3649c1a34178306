"""The paragraphs and items of a passage, each with the label it is cited by."""

import re

from knowledge.numerals import chinese, number
from knowledge.passages import Clause, Level, Part

ITEM = re.compile(r"^[(（]([一二三四五六七八九十百]+)[)）]")
SUBITEM = re.compile(r"^(\d{1,2})[.．、](?!\d)")
MECHANISM = re.compile(r"^([\u4e00-\u9fff]{2,8}机制)[:：]")


def parts_of(text: str, *, has_heading: bool) -> tuple[Part, ...]:
    """Each line is a paragraph, an item or an item of an item, except the heading."""
    reading = _Reading(has_heading=has_heading)
    start = 0
    for order, line in enumerate(text.split("\n")):
        clause = Clause(start, start + len(line), line)
        start += len(line) + 1
        if line and not (has_heading and order == 0):
            reading.take(clause)
    return tuple(reading.parts)


class _Reading:
    """Knows which paragraph and item the next line belongs to."""

    def __init__(self, *, has_heading: bool) -> None:
        self.parts: list[Part] = []
        self._has_heading = has_heading
        self._paragraphs = 0
        self._item = ""

    def take(self, clause: Clause) -> None:
        if match := ITEM.match(clause.text):
            self._item = f"{self._paragraph}第（{match[1]}）项"
            label = self._item if self._paragraph else ""
            self.parts.append(Part(Level.ITEM, number(match[1]) or 0, "", clause, label))
            return
        if match := SUBITEM.match(clause.text):
            digits = int(match[1])
            label = f"{self._item}第{digits}目" if self._item else f"{self._paragraph}第{digits}项"
            self.parts.append(Part(Level.ITEM, digits, "", clause, label))
            return
        self._paragraphs += 1
        self._item = ""
        mechanism = MECHANISM.match(clause.text)
        name = mechanism[1] if mechanism else ""
        self.parts.append(Part(Level.PARAGRAPH, self._paragraphs, name, clause))

    @property
    def _paragraph(self) -> str:
        """第二款 for items below the second paragraph of an article; the first goes without saying."""
        if self._has_heading or self._paragraphs < 2:
            return ""
        return f"第{chinese(self._paragraphs)}款"
