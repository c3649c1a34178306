"""What all workbooks share: text that stays text, and A4 pages as an office prints them."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from unicodedata import east_asian_width

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from handlers.files import archive
from handlers.texts import meetings as texts
from handlers.texts.files import NOTHING

FONT = "宋体"
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for a formula; tabs and returns do not outlive `clean`."""
LINE = Side(style="thin", color="808080")
BORDER = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
A4 = 9
LINE_HEIGHT, TALLEST = 15.0, 405.0  # points; Excel knows no row higher than 409


Row = Sequence[str | int]


@dataclass(frozen=True)
class Column:
    """`width` is in digits of the normal font, two for a Chinese character; some 130 fill a page."""

    heading: str
    width: int
    is_centred: bool = False


@dataclass(frozen=True)
class Table:
    """What a sheet or a CSV shows; the note stands below it."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    note: str | None = None


def listed(
    name: str, columns: Sequence[Column], rows: Sequence[Row], *, note: str | None = None
) -> Table:
    """An empty table says that it is not a page that was lost."""
    return Table(name, columns, rows, note if rows else NOTHING)


def workbook(tables: Sequence[Table], *, owner: str, on: date) -> bytes:
    """One sheet a table; above each: whose it is (“幸福里社区2026年”) and when it was exported."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in tables:
        sheet = book.create_sheet(table.name)
        _fill(sheet, table, f"{owner}{table.name}　{on.year}年{on.month}月{on.day}日导出")
        _lay_out(sheet, table)
    book.properties.creator, book.properties.title = "党务助手", archive.clean(owner)
    book.properties.created = datetime.combine(on, time())
    stream = io.BytesIO()
    book.save(stream)
    return archive.dated(stream.getvalue(), on)


def _fill(sheet: Worksheet, table: Table, title: str) -> None:
    widest = len(table.columns)
    _put(sheet.cell(1, 1), title, Font(name=FONT, size=14, bold=True), is_centred=True)
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=widest)
    whole = sum(column.width for column in table.columns)
    sheet.row_dimensions[1].height = 10 + 20 * _lines(title, whole * 11 // 14)
    bold, plain = Font(name=FONT, size=11, bold=True), Font(name=FONT, size=11)
    for place, column in enumerate(table.columns, start=1):
        _put(sheet.cell(2, place), column.heading, bold, is_centred=True, border=BORDER)
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    sheet.row_dimensions[2].height = _height([column.heading for column in table.columns], table)
    for number, row in enumerate(table.rows, start=3):
        for place, (column, value) in enumerate(zip(table.columns, row, strict=True), start=1):
            cell = sheet.cell(number, place)
            _put(cell, value, plain, is_centred=column.is_centred, border=BORDER)
        sheet.row_dimensions[number].height = _height(row, table)
    if table.note is not None:
        last = len(table.rows) + 3
        _put(sheet.cell(last, 1), table.note, plain)
        sheet.merge_cells(start_row=last, end_row=last, start_column=1, end_column=widest)
        sheet.row_dimensions[last].height = 6 + LINE_HEIGHT * _lines(table.note, whole)


def _height(row: Row, table: Table) -> float:
    """Room for every line of the row: not every program finds the height by itself."""
    cells = zip(row, table.columns, strict=True)
    most = max(_lines(str(value), column.width) for value, column in cells)
    return min(TALLEST, 6 + LINE_HEIGHT * most)


def _lines(words: str, width: int) -> int:
    """How many lines the words fill; a little room is kept, for fonts differ."""
    used = sum(2 if east_asian_width(letter) in "WFA" else 1 for letter in words)
    return max(1, -(-used // (width - 1)))


def _put(
    cell: Cell | MergedCell,
    value: str | int,
    font: Font,
    *,
    is_centred: bool = False,
    border: Border | None = None,
) -> None:
    """A number, or words that stay words whatever they begin with."""
    cell.font = font
    cell.alignment = Alignment(
        horizontal="center" if is_centred else "left", vertical="center", wrap_text=True
    )
    if border is not None:
        cell.border = border
    if isinstance(value, int):
        cell.value = value
        return
    words = archive.clean(value)
    if words:
        cell.value = words
        cell.data_type = "s"
        cell.quotePrefix = words.startswith(FORMULA)  # Excel keeps it as text when it is edited


def _lay_out(sheet: Worksheet, table: Table) -> None:
    last = get_column_letter(len(table.columns))
    sheet.freeze_panes = "A3"
    sheet.print_title_rows = "1:2"
    sheet.print_area = f"A1:{last}{sheet.max_row}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top = margins.bottom = 0.75
    header, footer = HeaderFooterItem(), HeaderFooterItem()
    header.right.text, footer.center.text = texts.FOR_REFERENCE, "第&P页，共&N页"
    sheet.HeaderFooter.oddHeader, sheet.HeaderFooter.oddFooter = header, footer
