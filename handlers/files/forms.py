"""A workbook that an office fills in: the template it is sent, and the rows it sends back."""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from handlers.files import archive, grid
from handlers.files.cells import NUMBERING
from handlers.files.sheets import A4, BORDER, FONT
from handlers.texts import workbooks as texts
from records.errors import BadHistory

LOOKED_AT = 10  # rows among which the heading is
GREY = "808080"
INVISIBLE = re.compile(r"[\r\u200b\ufeff]|_x000D_")


@dataclass(frozen=True)
class Choice:
    """A list to choose from in a column, and what is said of anything else."""

    allowed: Sequence[str]
    otherwise: str


@dataclass(frozen=True)
class Form:
    """`key` is the heading that the row of headings is known by; `most` rows can be filled in.

    `nothing` and `too_many` are said of a file without rows, and of one with more than that.
    """

    name: str
    sheet: str
    key: str
    widths: Mapping[str, int]
    examples: Sequence[Sequence[str]]
    notes: Sequence[str]
    most: int
    nothing: str
    too_many: str
    choices: Mapping[str, Choice] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """A line as it was written: the number of its row, its cells by heading."""

    number: int
    cells: Mapping[str, str]
    has_formula: bool = False


@dataclass(frozen=True)
class Reading:
    """The rows of a file, and how many other columns it has: these are not kept."""

    rows: Sequence[Row]
    ignored: int


def template(form: Form, on: date, lists: Mapping[str, Sequence[str]] | None = None) -> bytes:
    """The examples, room for the rows, how each column is written; and what is to be copied from."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = form.sheet
    _fill(sheet, form)
    for heading, choice in form.choices.items():
        _offer(sheet, form, heading, choice)
    _lay_out(sheet, form)
    for title, names in (lists or {}).items():
        _explain(book.create_sheet(title), names)
    _explain(book.create_sheet(texts.NOTES_SHEET), form.notes)
    book.properties.creator, book.properties.title = "党务助手", form.name
    book.properties.created = datetime.combine(on, time())
    stream = io.BytesIO()
    book.save(stream)
    return archive.dated(stream.getvalue(), on)


def _fill(sheet: Worksheet, form: Form) -> None:
    """Every cell as text: what is typed stays as it was typed."""
    empty = ("",) * len(form.widths)
    rows = (tuple(form.widths), *form.examples, *[empty] * form.most)
    for number, values in enumerate(rows, start=1):
        is_heading, is_example = number == 1, 1 < number <= 1 + len(form.examples)
        for place, value in enumerate(values, start=1):
            cell = sheet.cell(number, place, value or None)
            cell.number_format, cell.border = "@", BORDER
            cell.font = Font(
                FONT, 11, bold=is_heading, italic=is_example, color=GREY if is_example else None
            )
            cell.alignment = Alignment(
                horizontal="center" if is_heading else "left", vertical="center", wrap_text=True
            )
        if is_heading or is_example:  # the others grow with what is written
            sheet.row_dimensions[number].height = 33 if is_example else 21


def _offer(sheet: Worksheet, form: Form, heading: str, choice: Choice) -> None:
    offered = DataValidation("list", formula1=f'"{",".join(choice.allowed)}"', allow_blank=True)
    offered.errorTitle, offered.error = heading, choice.otherwise
    offered.showErrorMessage = True
    column = get_column_letter(list(form.widths).index(heading) + 1)
    offered.add(f"{column}2:{column}{1 + len(form.examples) + form.most}")
    sheet.add_data_validation(offered)


def _lay_out(sheet: Worksheet, form: Form) -> None:
    for place, width in enumerate(form.widths.values(), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes, sheet.print_title_rows = "A2", "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    header, footer = HeaderFooterItem(), HeaderFooterItem()
    header.center.text, footer.center.text = form.name, "第&P页，共&N页"
    sheet.HeaderFooter.oddHeader, sheet.HeaderFooter.oddFooter = header, footer


def _explain(sheet: Worksheet, lines: Sequence[str]) -> None:
    """A line a row, as text whatever it begins with."""
    for number, line in enumerate(lines, start=1):
        cell = sheet.cell(number, 1, line)
        cell.data_type, cell.number_format = "s", "@"
        cell.font = Font(FONT, 11)
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        sheet.row_dimensions[number].height = 21
    sheet.column_dimensions["A"].width = 96
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4


def read(form: Form, content: bytes) -> Reading:
    """The filled rows of a workbook, but for the examples. BadHistory."""
    lines = _lines(form, content)
    start = next(
        (place for place, line in enumerate(lines[:LOOKED_AT]) if _is_heading(form, line)), 0
    )
    headings = [_written(value).replace(" ", "") for value in lines[start].values] if lines else []
    if missing := [name for name in form.widths if name not in headings]:
        raise BadHistory(texts.missing(missing))
    rows = [row for line in lines[start + 1 :] if (row := _row(form, line, headings)) is not None]
    if not rows:
        raise BadHistory(form.nothing)
    if len(rows) > form.most:
        raise BadHistory(form.too_many.format(len(rows)))
    known = (*form.widths, NUMBERING)
    return Reading(rows, sum(bool(name) and name not in known for name in headings))


def _lines(form: Form, content: bytes) -> list[grid.Line]:
    try:
        book = grid.opened(content)
        title = form.sheet if form.sheet in book.sheetnames else next(iter(book.sheetnames), "")
        return grid.lines(book, title)
    except grid.Broken as error:
        raise BadHistory(texts.BROKEN) from error
    except grid.TooLarge as error:
        raise BadHistory(texts.TOO_LARGE) from error


def _is_heading(form: Form, line: grid.Line) -> bool:
    return form.key in (_written(value) for value in line.values)


def _row(form: Form, line: grid.Line, headings: Sequence[str]) -> Row | None:
    """None for an empty row, and for an example that nobody has touched."""
    pairs = zip(headings, line.values, strict=False)
    cells = {name: _written(value) for name, value in pairs if name in form.widths}
    untouched = [cells[name] for name in form.widths] in [list(one) for one in form.examples]
    return (
        None if untouched or not any(cells.values()) else Row(line.number, cells, line.has_formula)
    )


def _written(value: Any) -> str:
    """A cell as an office would type it; a line break stays one."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, timedelta):
        return f"{value.seconds // 3600}:{value.seconds // 60 % 60:02}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    words = INVISIBLE.sub("", str(value if value is not None else "")).replace("\t", " ")
    return "\n".join(line.strip() for line in words.split("\n")).strip()
