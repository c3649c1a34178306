"""From the bytes of a file to its reading."""

import re
from collections.abc import Callable, Sequence
from pathlib import PurePath

from knowledge.cleaning import Repair, clean
from knowledge.reading import articles, card, pairs, pdf, tables, web, word
from knowledge.reading.encodings import strictly_decoded
from knowledge.reading.headings import with_headings
from knowledge.reading.kinds import Kind, kind_of
from knowledge.reading.lines import Extract
from knowledge.reading.markings import marking, named
from knowledge.reading.plain import front_lines, markdown_lines, plain_lines
from knowledge.reading.result import Problem, Reading, Stated, Unreadable
from knowledge.reading.tables import Table

LONGEST = 3_000_000  # characters
HEAD = 12
"""Lines of a text without articles that may state what it is."""
PACKED: dict[Kind, Callable[[bytes], Extract]] = {Kind.WORD: word.extract, Kind.PDF: pdf.extract}
PLAIN = {Kind.MARKDOWN: markdown_lines, Kind.TEXT: plain_lines}
TABLES: dict[Kind, Callable[[str], Table]] = {
    Kind.CSV: tables.comma_separated,
    Kind.JSON: tables.json_lines,
}
HEADING = re.compile(r"^# (.+)$")
ASKED, ANSWERED = "问：", "答："


def read(content: bytes, name: str) -> Reading:
    """The reading of a file that somebody sent. Unreadable; slow, and the file is not trusted: see `read_safely`."""
    kind = kind_of(content, name)
    try:
        reading = _read(kind, content, PurePath(name.strip()).stem)
    except Unreadable:
        raise
    except MemoryError as error:
        raise Unreadable(Problem.TOO_BIG_IN_MEMORY) from error
    except Exception as error:  # every reader of a format has its own ways to fail
        raise Unreadable(Problem.BROKEN) from error
    if len(reading.text) > LONGEST:
        raise Unreadable(Problem.TOO_LONG)
    return reading


def _read(kind: Kind, content: bytes, name: str) -> Reading:
    if kind is Kind.SHEET:
        return _of_table(tables.sheet(content), name)
    if kind in PACKED:
        return _of_lines(PACKED[kind](content), name)
    text = strictly_decoded(content)
    if len(text) > LONGEST * 2:
        raise Unreadable(Problem.TOO_LONG)
    if kind in TABLES:
        return _of_table(TABLES[kind](text), name)
    if kind is Kind.WEB:
        return _of_lines(web.extract(text), name)
    cleaned = clean(text)
    margins = front_lines(cleaned.text) if kind is Kind.MARKDOWN else ()
    lines = tuple(PLAIN[kind](cleaned.text))
    return _formed(Extract(lines, tuple(margins)), name, cleaned.repairs)


def _of_table(table: Table, name: str) -> Reading:
    if found := marking((), (*table.around, *named(name))):
        raise Unreadable(Problem.MARKED, found)
    if not table.pairs:
        raise Unreadable(Problem.EMPTY)
    asked = [pairs.Pair(one.question, one.answer.split("\n")) for one in table.pairs]
    return Reading("pairs", _asked(asked), card.stated((), (), name), table.repairs)


def _of_lines(extract: Extract, name: str) -> Reading:
    if sum(map(len, extract.lines)) > LONGEST:
        raise Unreadable(Problem.TOO_LONG)
    cleaned = clean("\n".join(extract.lines))
    lines = tuple(line for line in cleaned.text.split("\n") if line.strip())
    return _formed(Extract(lines, extract.margins, extract.title), name, cleaned.repairs)


def _formed(extract: Extract, name: str, repairs: tuple[Repair, ...]) -> Reading:
    lines = [line for line in extract.lines if line.strip("# ")]
    if not lines:
        raise Unreadable(Problem.EMPTY)
    if found := marking(lines, (*extract.margins, *named(name))):
        raise Unreadable(Problem.MARKED, found)
    form, text, head = _form(lines)
    stated = card.stated(head, [*map(_bare, lines)], name, extract.title)
    return Reading(form, _without_title(form, text, stated), stated, repairs)


def _form(lines: Sequence[str]) -> tuple[str, str, Sequence[str]]:
    """The form, the text in it, and the lines before the first article, question or section."""
    if articles.are_articles(lines):
        text = articles.canonical(lines)
        begins = (
            at
            for at, one in enumerate(text)
            if articles.ARTICLE.match(one) or articles.division(one)
        )
        return "regulation", "\n".join(text), text[: next(begins, 0)]
    if found := pairs.find(lines):
        return "pairs", _asked(found), lines[: found[0].place]
    text = with_headings(lines)
    return "text", "\n".join(text), text[:HEAD]


def _bare(line: str) -> str:
    return line.lstrip("# ")


def _asked(found: Sequence[pairs.Pair]) -> str:
    """Lines that begin with 问： must begin questions only."""
    lines: list[str] = []
    for pair in found:
        if not pair.answer:
            continue
        lines.append(ASKED + pair.question)
        first, *others = pair.answer
        lines.append(ANSWERED + first)
        lines += [
            line.replace(ASKED, "问:", 1) if line.startswith(ASKED) else line for line in others
        ]
    return "\n".join(lines)


def _without_title(form: str, text: str, stated: Stated) -> str:
    """The title is on the card; as the heading of everything it would only be repeated."""
    first, _break, rest = text.partition("\n")
    if (
        form == "text"
        and rest
        and _bare(first) == stated.title
        and not re.search(r"^# ", rest, re.MULTILINE)
    ):
        return rest
    return text
