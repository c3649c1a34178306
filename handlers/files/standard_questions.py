"""The standard questions of a document as a workbook: what stands in it, and what comes back."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from handlers.files import archive, grid
from handlers.files.cells import is_private, words
from handlers.files.sheets import A4, BORDER, FONT, FORMULA
from handlers.texts import standard_questions as texts
from knowledge.passages import Clause, Passage
from records.errors import BadDocument

ROW_ID, PLACE, CLAUSE, ASK = "编号", "出处", "原文", "标准问题"
SHEET = "标准问题"
COLUMNS = 6  # questions that have room in a new sheet
MOST = 4000  # rows
SHOWN = 200  # characters of a clause
LONGEST = 100  # characters of a question
LOOKED_AT = 10  # rows among which the heading is
GREY = PatternFill("solid", fgColor="F2F2F2")
WIDTHS = {ROW_ID: 12, PLACE: 20, CLAUSE: 60}

Asks = Mapping[str, Sequence[tuple[Clause, str]]]


@dataclass(frozen=True)
class Row:
    """A clause of a passage with the questions that it answers."""

    passage: Passage
    clause: Clause
    questions: tuple[str, ...]

    @property
    def id(self) -> str:
        """d12-4@6-30."""
        return f"{self.passage.id}@{self.clause.start}-{self.clause.end}"


def rows_of(passages: Sequence[Passage], asks: Asks) -> list[Row]:
    """A row for each clause that is asked for; the whole passage where none is."""
    found: list[Row] = []
    for passage in passages:
        by_clause: dict[Clause, list[str]] = {}
        for clause, question in asks.get(passage.id, ()):
            by_clause.setdefault(clause, []).append(question)
        mine = by_clause or {passage.body: []}
        found += [
            Row(passage, clause, tuple(mine[clause]))
            for clause in sorted(mine, key=lambda one: (one.start, one.end))
        ]
    return found


def workbook(rows: Sequence[Row], *, title: str, on: date) -> bytes:
    """The first rows, with the number of each in a column that is hidden and locked."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    asked = max([COLUMNS, *(len(row.questions) for row in rows[:MOST])])
    headings = [ROW_ID, PLACE, CLAUSE, *(f"{ASK}{number}" for number in range(1, asked + 1))]
    _write(sheet, 1, headings, is_heading=True)
    for number, row in enumerate(rows[:MOST], start=2):
        said = row.clause.text if len(row.clause.text) <= SHOWN else row.clause.text[:SHOWN] + "……"
        blank = [""] * (asked - len(row.questions))
        _write(sheet, number, [row.id, row.passage.cite(row.clause), said, *row.questions, *blank])
    _lay_out(sheet, headings)
    book.properties.creator, book.properties.title = "党务助手", archive.clean(title)
    book.properties.created = datetime.combine(on, time())
    stream = io.BytesIO()
    book.save(stream)
    return archive.dated(stream.getvalue(), on)


def _write(
    sheet: Worksheet, number: int, values: Sequence[str], *, is_heading: bool = False
) -> None:
    """Every cell as text; only the questions may be changed."""
    for place, value in enumerate(values, start=1):
        cell = sheet.cell(number, place)
        cell.number_format, cell.border = "@", BORDER
        cell.font = Font(FONT, 11, bold=is_heading)
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        is_ours = is_heading or place <= len(WIDTHS)
        cell.protection = Protection(locked=is_ours)
        if is_ours:
            cell.fill = GREY
        if said := archive.clean(value.replace("\n", " ")):
            cell.value, cell.data_type = said, "s"
            cell.quotePrefix = said.startswith(FORMULA)


def _lay_out(sheet: Worksheet, headings: Sequence[str]) -> None:
    for place, heading in enumerate(headings, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = WIDTHS.get(heading, 28)
    sheet.column_dimensions["A"].hidden = True
    sheet.freeze_panes, sheet.print_title_rows = "D2", "1:1"
    sheet.protection.sheet = True  # without a password: against slips
    sheet.protection.formatColumns = sheet.protection.formatRows = False  # False allows it
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0


def read(content: bytes, rows: Sequence[Row], *, title: str) -> list[Row]:
    """The same rows with the questions of the workbook; a row that was taken out has none. BadDocument."""
    lines = _lines(content)
    start = next((at for at, line in enumerate(lines[:LOOKED_AT]) if _is_heading(line)), None)
    if start is None:
        raise BadDocument(texts.NO_HEADINGS)
    headings = [words(value) for value in lines[start].values]
    known = {row.id for row in rows[:MOST]}
    found: dict[str, tuple[str, ...]] = {}
    for line in lines[start + 1 :]:
        if not any(words(value) for value in line.values):
            continue
        number = words(line.values[headings.index(ROW_ID)])
        if number not in known:
            raise BadDocument(texts.foreign(line.number, title))
        found[number] = (*found.get(number, ()), *_questions(line, headings))
    if not found:
        raise BadDocument(texts.NO_ROWS)
    kept = (Row(row.passage, row.clause, _once(found.get(row.id, ()))) for row in rows[:MOST])
    return [*kept, *rows[MOST:]]


def _lines(content: bytes) -> list[grid.Line]:
    try:
        book = grid.opened(content)
        title = SHEET if SHEET in book.sheetnames else next(iter(book.sheetnames), "")
        return grid.lines(book, title)
    except (grid.Broken, grid.TooLarge) as error:
        raise BadDocument(texts.BROKEN) from error


def _is_heading(line: grid.Line) -> bool:
    named = {words(value) for value in line.values}
    return ROW_ID in named and f"{ASK}1" in named


def _questions(line: grid.Line, headings: Sequence[str]) -> list[str]:
    if line.has_formula:
        raise BadDocument(texts.formula(line.number))
    found = []
    for heading, value in zip(headings, line.values, strict=False):
        question = words(value)
        if not heading.startswith(ASK) or not question:
            continue
        if len(question) > LONGEST:
            raise BadDocument(texts.too_long(line.number, heading, LONGEST))
        if is_private(question):
            raise BadDocument(texts.private(line.number, heading))
        found.append(question)
    return found


def _once(questions: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(questions))


def asks_of(rows: Sequence[Row]) -> dict[str, list[tuple[Clause, str]]]:
    found: dict[str, list[tuple[Clause, str]]] = {}
    for row in rows:
        for question in row.questions:
            found.setdefault(row.passage.id, []).append((row.clause, question))
    return found
