"""The score sheet of the mutual appraisal: checked when a subdistrict hands it in, pre-filled, and read back."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace

from openpyxl import load_workbook
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from handlers.files import archive, grid
from handlers.files.cells import NUMBERING, SHOWN, words
from handlers.files.grid import Line
from handlers.files.sheets import FORMULA
from handlers.texts import score_sheets as texts
from records.appraisals import LONGEST
from records.errors import BadScoreSheet

LARGEST = 2 * 1024 * 1024  # bytes after unpacking: a form to be printed on a page or two
LOOKED_AT = 20  # rows among which the heading is
STYLES = ("font", "border", "alignment", "number_format")
COMMITTEE = (texts.COMMITTEE, "大党委")


@dataclass(frozen=True)
class Heading:
    """Where unit and result stand: row and columns, from 1; what the results' column is called."""

    row: int
    unit: int
    result: int
    name: str
    numbering: int | None


@dataclass(frozen=True)
class Filled:
    """What was written, as it was written: by unit, and of the committee."""

    units: Mapping[str, str]
    committee: str | None


def check(content: bytes) -> None:
    """That it can be pre-filled. BadScoreSheet."""
    lines = _lines(content)
    heading = _heading(lines)
    for line in lines[heading.row :]:
        if _cell(line, heading.result):
            raise BadScoreSheet(texts.not_empty(line.number, heading.name))
    try:
        filled_in(content, COMMITTEE)
    except Exception as error:  # openpyxl raises whatever an odd file makes it raise
        raise BadScoreSheet(texts.BROKEN) from error


def heading_of(content: bytes) -> Heading:
    """BadScoreSheet."""
    return _heading(_lines(content))


def read(content: bytes, *, units: Sequence[str], community: str) -> Filled:
    """The results of a filled sheet; rows without one are passed over. BadScoreSheet."""
    lines = _lines(content)
    heading = _heading(lines)
    found: dict[str, str] = {}
    committee: str | None = None
    own = (*COMMITTEE, f"{community}大党委")
    for line in lines[heading.row :]:
        name, result = _cell(line, heading.unit), _cell(line, heading.result)
        if not result:
            continue
        _check_result(line, heading, result)
        if name in own:
            if committee is not None:
                raise BadScoreSheet(texts.twice(line.number, texts.COMMITTEE))
            committee = result
        elif name not in units:
            raise BadScoreSheet(texts.unknown(line.number, name[:SHOWN]))
        elif name in found:
            raise BadScoreSheet(texts.twice(line.number, name[:SHOWN]))
        else:
            found[name] = result
    if not found and committee is None:
        raise BadScoreSheet(texts.NOTHING)
    return Filled(found, committee)


def _check_result(line: Line, heading: Heading, result: str) -> None:
    if result.startswith("=") and line.has_formula:
        raise BadScoreSheet(texts.is_formula(line.number, heading.name))
    if len(result) > LONGEST:
        raise BadScoreSheet(texts.too_long(line.number, LONGEST))


def _lines(content: bytes) -> list[Line]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise BadScoreSheet(texts.BROKEN) from error
    if size > LARGEST:
        raise BadScoreSheet(texts.TOO_LARGE)
    try:
        book = grid.opened(content)
        if not book.sheetnames:
            raise BadScoreSheet(texts.BROKEN)
        return grid.lines(book, book.sheetnames[0])
    except grid.Broken as error:
        raise BadScoreSheet(texts.BROKEN) from error
    except grid.TooLarge as error:
        raise BadScoreSheet(texts.TOO_LARGE) from error


def _heading(lines: Sequence[Line]) -> Heading:
    for line in lines[:LOOKED_AT]:
        names = ["".join(words(value).split()) for value in line.values]
        result = next((name for name in texts.RESULTS if name in names), None)
        if texts.UNIT in names and result is not None:
            numbering = names.index(NUMBERING) + 1 if NUMBERING in names else None
            return Heading(
                line.number,
                names.index(texts.UNIT) + 1,
                names.index(result) + 1,
                result,
                numbering,
            )
    raise BadScoreSheet(texts.NO_HEADING)


def _cell(line: Line, column: int) -> str:
    return words(line.values[column - 1]) if len(line.values) >= column else ""


def filled_in(content: bytes, names: Sequence[str]) -> bytes:
    """The subdistrict's own sheet with a row for each name; what stands below moves down. Slow."""
    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    heading = _whole(sheet, heading_of(content))
    _make_room(sheet, heading, len(names))
    for place, name in enumerate(names, start=1):
        row = heading.row + place
        cell = sheet.cell(row, heading.unit)
        cell.value = archive.clean(name)
        cell.data_type = "s"
        cell.quotePrefix = name.startswith(FORMULA)
        if heading.numbering is not None:
            sheet.cell(row, heading.numbering).value = place
        if place > 1:
            _style_like(sheet, heading.row + 1, row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _whole(sheet: Worksheet, heading: Heading) -> Heading:
    """A heading of two rows ends with the second: its cells are merged."""
    ends = [
        one.max_row
        for one in sheet.merged_cells.ranges
        if one.min_row <= heading.row <= one.max_row and one.min_col <= heading.unit <= one.max_col
    ]
    return replace(heading, row=max([heading.row, *ends]))


def _make_room(sheet: Worksheet, heading: Heading, needed: int) -> None:
    """What is written below the heading (notes, signatures) stands below the rows that are filled in."""
    below = range(heading.row + 1, sheet.max_row + 1)
    footer = next((row for row in below if _is_written(sheet, heading, row)), None)
    merged = [one for one in sheet.merged_cells.ranges if one.min_row > heading.row]
    shift = max(0, heading.row + needed - footer + 1) if footer is not None else 0
    for one in merged:
        sheet.unmerge_cells(one.coord)
    if footer is not None and shift:
        last = sheet.cell(sheet.max_row, sheet.max_column).coordinate
        sheet.move_range(f"A{footer}:{last}", rows=shift)
    for one in merged:
        if footer is not None and one.min_row >= footer:
            sheet.merge_cells(_moved(one, shift))


def _is_written(sheet: Worksheet, heading: Heading, row: int) -> bool:
    """Whether anything but a running number stands in the row."""
    return any(
        text and not (cell.column == heading.numbering and text.isdecimal())
        for cell in sheet[row]
        if (text := words(cell.value))
    )


def _moved(one: CellRange, rows: int) -> str:
    found = CellRange(one.coord)
    found.shift(row_shift=rows)
    return found.coord


def _style_like(sheet: Worksheet, above: int, row: int) -> None:
    """Borders and fonts as in the first row below the heading."""
    for column in range(1, sheet.max_column + 1):
        pattern, cell = sheet.cell(above, column), sheet.cell(row, column)
        for name in STYLES:
            setattr(cell, name, copy(getattr(pattern, name)))
