"""Documents and the passages in them: articles, questions and sections, with their paragraphs and items."""

import datetime as dt
from dataclasses import dataclass, field
from enum import Enum

from knowledge.cleaning import Repair
from knowledge.numerals import chinese


class Level(Enum):
    """What a passage or a part of one is."""

    NOTICE = "notice"
    ARTICLE = "article"
    QUESTION = "question"
    SECTION = "section"
    PARAGRAPH = "paragraph"
    ITEM = "item"


@dataclass(frozen=True)
class Document:
    """A source document with its card; None is what the document does not state (原文未载明)."""

    key: str
    title: str
    number: str | None
    issuer: str | None
    date: dt.date | None
    region: str | None
    status: str
    origin: str
    repairs: tuple[Repair, ...] = field(default=(), repr=False)
    valid_until: dt.date | None = None
    is_taught: bool = False
    is_superseded: bool = False


@dataclass(frozen=True)
class Clause:
    """A span of a passage's text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Part:
    """A paragraph or an item (项) of a passage; the name is that of a mechanism (双向沟通机制), or empty.

    The label is how an item is cited where its number does not say it all: 第二款第（一）项.
    """

    level: Level
    number: int
    name: str
    clause: Clause
    label: str = ""


@dataclass(frozen=True)
class Passage:
    """An article, a question with its answer, a section of another text, or the notice before the articles.

    The label is how it is cited where that cannot be computed: 第一百二十条之一, “申请条件”.
    """

    id: str
    document: Document
    chapter: str
    level: Level
    number: int
    text: str
    parts: tuple[Part, ...]
    label: str = ""

    @property
    def citation(self) -> str:
        """第四条, 第7问, “申请条件”, 通知."""
        return self.cite(None)

    def cite(self, clause: Clause | None) -> str:
        """The citation down to the item that holds the clause: 第七条第（六）项, 第6问“双向沟通机制”."""
        if self.level is Level.NOTICE:
            return self.label or "通知"
        part = clause and self.part_of(clause)
        if not part:
            return self._place
        if part.name:
            return f"{self._place}“{part.name}”"
        if part.level is not Level.ITEM:
            return self._place
        return self._place + (part.label or f"第（{chinese(part.number)}）项")

    @property
    def _place(self) -> str:
        if self.label:
            return self.label
        if self.level is Level.QUESTION:
            return f"第{self.number}问"
        return f"第{chinese(self.number)}条"

    def part_of(self, clause: Clause) -> Part | None:
        """The paragraph or item the whole clause stands in."""
        for part in self.parts:
            if part.clause.start <= clause.start and clause.end <= part.clause.end:
                return part
        return None

    @property
    def heading(self) -> str:
        """The question of an FAQ passage or the heading of a section, else empty."""
        return self.text.partition("\n")[0] if self.level in HEADED else ""

    @property
    def body(self) -> Clause:
        """The passage without 第四条, or without its question or heading."""
        start = 0
        if self.level in HEADED:
            start = min(len(self.heading) + 1, len(self.text))
        if self.level is Level.ARTICLE:
            start = self.text.find(" ") + 1
        return Clause(start, len(self.text), self.text[start:])

    def clause(self, words: str) -> Clause:
        """The clause with exactly these words."""
        start = self.text.index(words)
        return Clause(start, start + len(words), words)


HEADED = (Level.QUESTION, Level.SECTION)
"""What begins with a line that is asked or headed, not said."""
