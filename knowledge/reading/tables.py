"""Question tables: .xlsx, .csv and .jsonl with a question and its answer a row."""

import csv
import html
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from openpyxl import load_workbook

from knowledge.cleaning import Flaw, Repair, clean
from knowledge.reading.lines import MOST, tidy
from knowledge.reading.result import Problem, Unreadable

ASKED = ("问题", "问", "标准问题", "标准问", "提问", "question", "q")
ANSWERED = ("答案", "答", "回答", "答复", "标准答案", "answer", "a")
HEADER_WITHIN = 20  # rows from the top
WIDEST = 200  # columns
DELIMITERS = ",\t;"
MARK = re.compile(r"[\s*（(：:].*$")
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml$")
MARGIN = re.compile(r"<(?:odd|even|first)(?:Header|Footer)>([^<]*)<")
CODES = re.compile(r'&(?:"[^"]*"|\d+|K[0-9A-F]{6}|[A-Z])')

Row = tuple[int, Sequence[str]]


@dataclass(frozen=True)
class Pair:
    """A question and its answer, in the row of the table it stands in."""

    line: int
    question: str
    answer: str


@dataclass(frozen=True)
class Table:
    """What a table holds, with the rows that hold only half of it, and what stands around it.

    Without the columns of questions and answers it is no table of ours.
    """

    pairs: tuple[Pair, ...]
    repairs: tuple[Repair, ...]
    around: tuple[str, ...] = ()
    has_columns: bool = True


def sheet(content: bytes) -> Table:
    """All sheets with columns of questions and answers; the others are looked at for markings."""
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    found = _together([_table(_rows(one)) for one in book.worksheets])
    return replace(found, around=(*found.around, *book.sheetnames, *_margins(content)))


def _margins(content: bytes) -> Iterator[str]:
    """The headers and footers of the printed pages, without their codes: &L, &"font", &12."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if SHEET.match(name):
                for words in MARGIN.findall(archive.read(name).decode("utf-8", "replace")):
                    yield from filter(None, CODES.split(html.unescape(words)))


def comma_separated(text: str) -> Table:
    head = text[:4096].split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    numbered = ((rows.line_num, cells) for cells in rows)
    return _together([_table(numbered)])


def json_lines(text: str) -> Table:
    """One object a line; its names are the columns."""
    return _together([_gathered(_objects(text))])


def _objects(text: str) -> Iterator[tuple[int, str, str]]:
    for line, words in enumerate(text.split("\n"), start=1):
        if not words.strip():
            continue
        try:
            one = json.loads(words)
        except (ValueError, RecursionError) as error:
            raise Unreadable(Problem.BROKEN, str(line)) from error
        if not isinstance(one, dict):
            raise Unreadable(Problem.BROKEN, str(line))
        named = {_name(str(key)): _cell(value) for key, value in one.items()}
        question, answer = _column(named, ASKED), _column(named, ANSWERED)
        if question is None or answer is None:
            raise Unreadable(Problem.NO_TABLE, str(line))
        yield line, named[question], named[answer]


def _rows(worksheet: Any) -> Iterator[Row]:
    """Of a worksheet that openpyxl reads row by row."""
    worksheet.reset_dimensions()  # what the file says of its size may be wrong
    for line, cells in enumerate(worksheet.iter_rows(max_col=WIDEST, values_only=True), start=1):
        yield line, [_cell(cell) for cell in cells]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _table(rows: Iterator[Row]) -> Table:
    """Without columns where no row near the top names them."""
    above: list[str] = []
    for line, cells in rows:
        names = {_name(cell): str(place) for place, cell in enumerate(cells)}
        question, answer = _column(names, ASKED), _column(names, ANSWERED)
        if question is not None and answer is not None:
            places = int(names[question]), int(names[answer])
            return replace(_gathered(_picked(rows, *places)), around=tuple(above))
        above += [cell for cell in cells if cell]
        if line > HEADER_WITHIN:
            break
    return Table((), (), tuple(above), has_columns=False)


def _picked(rows: Iterator[Row], question: int, answer: int) -> Iterator[tuple[int, str, str]]:
    for line, cells in rows:
        padded = [*cells, *[""] * (max(question, answer) + 1 - len(cells))]
        yield line, padded[question], padded[answer]


def _name(cell: str) -> str:
    return MARK.sub("", cell.strip().lower())


def _column(names: dict[str, str], wanted: Sequence[str]) -> str | None:
    return next((name for name in wanted if name in names), None)


def _gathered(rows: Iterable[tuple[int, str, str]]) -> Table:
    pairs: list[Pair] = []
    repairs: list[Repair] = []
    for line, asked, answered in rows:
        question, answer = _cleaned(asked, line, repairs), _cleaned(answered, line, repairs)
        question = question.replace("\n", " ")
        if question and answer:
            pairs.append(Pair(line, question, answer))
        elif question or answer:
            repairs.append(Repair(Flaw.HALF_ROW, line, question or answer, ""))
        if len(pairs) > MOST:
            raise Unreadable(Problem.TOO_MANY_ROWS)
    return Table(tuple(pairs), tuple(repairs))


def _cleaned(cell: str, line: int, repairs: list[Repair]) -> str:
    cleaned = clean(cell)
    repairs += [replace(repair, line=line) for repair in cleaned.repairs]
    return "\n".join(words for one in cleaned.text.split("\n") if (words := tidy(one)))


def _together(tables: Sequence[Table]) -> Table:
    if not any(table.has_columns for table in tables):
        raise Unreadable(Problem.NO_TABLE)
    pairs = tuple(pair for table in tables for pair in table.pairs)
    if len(pairs) > MOST:
        raise Unreadable(Problem.TOO_MANY_ROWS)
    repairs = tuple(repair for table in tables for repair in table.repairs)
    halves = [repair.before for repair in repairs if repair.flaw is Flaw.HALF_ROW]
    around = (cell for table in tables for cell in table.around)
    return Table(pairs, repairs, (*around, *halves))
