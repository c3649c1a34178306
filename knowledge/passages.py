"""Documents and the passages in them: articles and questions, with their paragraphs and items."""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from knowledge.cleaning import Repair
from knowledge.numerals import chinese


class Level(Enum):
    """What a passage or a part of one is."""

    NOTICE = "notice"
    ARTICLE = "article"
    QUESTION = "question"
    PARAGRAPH = "paragraph"
    ITEM = "item"


@dataclass(frozen=True)
class Document:
    """A source document with its card; None is what the document does not state (原文未载明)."""

    key: str
    title: str
    number: str | None
    issuer: str | None
    date: date | None
    region: str | None
    status: str
    origin: str
    repairs: tuple[Repair, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Clause:
    """A span of a passage's text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Part:
    """A paragraph or an item (项) of a passage; the name is that of a mechanism (双向沟通机制), or empty."""

    level: Level
    number: int
    name: str
    clause: Clause


@dataclass(frozen=True)
class Passage:
    """An article, a question with its answer, or the notice before the articles."""

    id: str
    document: Document
    chapter: str
    level: Level
    number: int
    text: str
    parts: tuple[Part, ...]

    @property
    def citation(self) -> str:
        """第四条, 第7问, 通知."""
        return self.cite(None)

    def cite(self, clause: Clause | None) -> str:
        """The citation down to the item that holds the clause: 第七条第（六）项, 第6问“双向沟通机制”."""
        if self.level is Level.NOTICE:
            return "通知"
        place = (
            f"第{self.number}问" if self.level is Level.QUESTION else f"第{chinese(self.number)}条"
        )
        part = clause and self.part_of(clause)
        if not part:
            return place
        if part.name:
            return f"{place}“{part.name}”"
        return f"{place}第（{chinese(part.number)}）项" if part.level is Level.ITEM else place

    def part_of(self, clause: Clause) -> Part | None:
        """The paragraph or item the whole clause stands in."""
        for part in self.parts:
            if part.clause.start <= clause.start and clause.end <= part.clause.end:
                return part
        return None

    @property
    def heading(self) -> str:
        """The question of an FAQ passage, else empty."""
        return self.text.partition("\n")[0] if self.level is Level.QUESTION else ""

    @property
    def body(self) -> Clause:
        """The passage without 第四条, or without its question."""
        start = 0
        if self.level is Level.QUESTION:
            start = len(self.heading) + 1
        if self.level is Level.ARTICLE:
            start = self.text.index(" ") + 1
        return Clause(start, len(self.text), self.text[start:])

    def clause(self, words: str) -> Clause:
        """The clause with exactly these words."""
        start = self.text.index(words)
        return Clause(start, start + len(words), words)


CHAPTER = re.compile(r"^第([一二三四五六七八九十]+)章 ")
ARTICLE = re.compile(r"^第([一二三四五六七八九十]+)条 ")
QUESTION = re.compile(r"^\d{2}$")
ITEM = re.compile(r"^\(([一二三四五六七八九十]+)\)")
MECHANISM = re.compile(r"^([\u4e00-\u9fff]{2,8}机制):")


def passages_of(document: Document, form: str, text: str) -> tuple[Passage, ...]:
    """The passages of a cleaned document, in its order."""
    reader = {"regulation": _articles, "questions": _questions}[form]
    return reader(document, text.split("\n"))


def _articles(document: Document, lines: list[str]) -> tuple[Passage, ...]:
    chapter, found = "", [("", ["", *()])]
    for line in lines:
        if CHAPTER.match(line):
            chapter = line
            continue
        if ARTICLE.match(line):
            found.append((chapter, []))
        if not chapter:
            found[0][1].append(line)
            continue
        found[-1][1].append(line)
    notice, *articles = ((name, "\n".join(body).strip()) for name, body in found)
    first = _passage(document, Level.NOTICE, 0, "", notice[1])
    return first, *(
        _passage(document, Level.ARTICLE, number, name, body)
        for number, (name, body) in enumerate(articles, start=1)
    )


def _questions(document: Document, lines: list[str]) -> tuple[Passage, ...]:
    bodies: list[list[str]] = []
    for line in lines:
        if QUESTION.match(line):
            bodies.append([])
        elif bodies:
            bodies[-1].append(line)
    return tuple(
        _passage(document, Level.QUESTION, number, "", "\n".join(body).strip())
        for number, body in enumerate(bodies, start=1)
    )


def _passage(document: Document, level: Level, number: int, chapter: str, text: str) -> Passage:
    name = "notice" if level is Level.NOTICE else str(number)
    parts = _parts(text, has_heading=level is Level.QUESTION)
    return Passage(f"{document.key}-{name}", document, chapter, level, number, text, parts)


def _parts(text: str, *, has_heading: bool) -> tuple[Part, ...]:
    """Each line is a paragraph or an item, except the question of an FAQ passage."""
    parts: list[Part] = []
    start = items = 0
    for order, line in enumerate(text.split("\n")):
        clause = Clause(start, start + len(line), line)
        start += len(line) + 1
        if has_heading and order == 0:
            continue
        if ITEM.match(line):
            items += 1
            parts.append(Part(Level.ITEM, items, "", clause))
            continue
        mechanism = MECHANISM.match(line)
        number = order if has_heading else order - items + 1
        parts.append(Part(Level.PARAGRAPH, number, mechanism[1] if mechanism else "", clause))
    return tuple(parts)
