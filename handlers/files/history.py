"""The workbook of many past meetings: the template an office fills in, and the rows it sends back."""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from handlers.conversation import Attachment, Message
from handlers.files import archive, grid
from handlers.files.cells import NUMBERING
from handlers.files.sheets import A4, BORDER, FONT
from handlers.texts import history as texts
from handlers.texts.meetings import KINDS
from handlers.texts.text import text
from records import jobs
from records.database import Transaction
from records.errors import BadHistory

KIND = "history_form"
SHEET, NOTES_SHEET = "历史会议", "填表说明"
DATE, TIME, MEETING, PLACE, RESOLUTIONS = "日期", "时间", "会议", "地点", "议定事项"
EXCUSED, ABSENT, ONLINE = "请假", "未到", "线上"
WIDTHS: Mapping[str, int] = {
    DATE: 22,
    TIME: 9,
    MEETING: 15,
    PLACE: 18,
    EXCUSED: 22,
    ABSENT: 16,
    ONLINE: 16,
    RESOLUTIONS: 50,
}
EXAMPLES = (
    (
        f"{texts.EXAMPLE}：2026-10-15",
        "15:00",
        "工作会议",
        "二楼会议室",
        "陈敏、孙丽",
        "",
        "吴海",
        "加装楼道扶手；李强；12月20日\n修缮活动室；王芳；11月10日；11月6日已办结",
    ),
    (f"{texts.EXAMPLE}：2026年9月16日", "", "联席会议", "", "", "赵卫国", "", ""),
)
LAST = 1 + len(EXAMPLES) + texts.MOST
LOOKED_AT = 10  # rows among which the heading is
GREY = "808080"
INVISIBLE = re.compile(r"[\r\u200b\ufeff]|_x000D_")


@dataclass(frozen=True)
class Row:
    """A meeting as it was written: the number of its row, its cells by heading."""

    number: int
    cells: Mapping[str, str]
    has_formula: bool = False


@dataclass(frozen=True)
class Reading:
    """The rows of a file, and how many other columns it has: these are not kept."""

    rows: Sequence[Row]
    ignored: int


async def order(db: Transaction, *, chat_id: int, at: datetime) -> None:
    await jobs.put(db, kind=KIND, chat_id=chat_id, body=at.date().isoformat(), at=at)


async def gather(_db: Transaction, body: str) -> date:
    """The same for every community: only the day it was asked for."""
    return date.fromisoformat(body)


def render(on: date) -> Message:
    return Message(text(texts.FORM), attachment=Attachment(texts.FILE_NAME, template(on)))


def template(on: date) -> bytes:
    """Two examples, room for sixty meetings, and how each column is written."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    _fill(sheet)
    _offer_kinds(sheet)
    _lay_out(sheet)
    _explain(book.create_sheet(NOTES_SHEET))
    book.properties.creator, book.properties.title = "党务助手", texts.NAME
    book.properties.created = datetime.combine(on, time())
    stream = io.BytesIO()
    book.save(stream)
    return archive.dated(stream.getvalue(), on)


def _fill(sheet: Worksheet) -> None:
    """Every cell as text: what is typed stays as it was typed."""
    empty = ("",) * len(WIDTHS)
    rows = (tuple(WIDTHS), *EXAMPLES, *[empty] * texts.MOST)
    for number, values in enumerate(rows, start=1):
        is_heading, is_example = number == 1, 1 < number <= 1 + len(EXAMPLES)
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


def _offer_kinds(sheet: Worksheet) -> None:
    """A list to choose from."""
    allowed = ",".join(KINDS.values())
    offered = DataValidation("list", formula1=f'"{allowed}"', allow_blank=True)
    offered.errorTitle, offered.error = MEETING, texts.NO_KIND
    offered.showErrorMessage = True
    column = "ABCDEFGH"[list(WIDTHS).index(MEETING)]
    offered.add(f"{column}2:{column}{LAST}")
    sheet.add_data_validation(offered)


def _lay_out(sheet: Worksheet) -> None:
    for column, width in zip("ABCDEFGH", WIDTHS.values(), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes, sheet.print_title_rows = "A2", "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    header, footer = HeaderFooterItem(), HeaderFooterItem()
    header.center.text, footer.center.text = texts.NAME, "第&P页，共&N页"
    sheet.HeaderFooter.oddHeader, sheet.HeaderFooter.oddFooter = header, footer


def _explain(sheet: Worksheet) -> None:
    for number, line in enumerate(texts.NOTES, start=1):
        cell = sheet.cell(number, 1, line)
        cell.font = Font(FONT, 11)
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        sheet.row_dimensions[number].height = 21
    sheet.column_dimensions["A"].width = 96
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4


def read_content(content: bytes) -> Reading:
    """The filled rows of a workbook, but for the examples. BadHistory."""
    lines = _lines(content)
    start = next((place for place, line in enumerate(lines[:LOOKED_AT]) if _is_heading(line)), 0)
    headings = [_written(value).replace(" ", "") for value in lines[start].values] if lines else []
    if missing := [name for name in WIDTHS if name not in headings]:
        raise BadHistory(texts.missing(missing))
    rows = [row for line in lines[start + 1 :] if (row := _row(line, headings)) is not None]
    if not rows:
        raise BadHistory(texts.NOTHING)
    if len(rows) > texts.MOST:
        raise BadHistory(texts.too_many(len(rows)))
    return Reading(rows, sum(bool(name) and name not in (*WIDTHS, NUMBERING) for name in headings))


def _lines(content: bytes) -> list[grid.Line]:
    try:
        book = grid.opened(content)
        title = SHEET if SHEET in book.sheetnames else next(iter(book.sheetnames), SHEET)
        return grid.lines(book, title)
    except grid.Broken as error:
        raise BadHistory(texts.BROKEN) from error
    except grid.TooLarge as error:
        raise BadHistory(texts.TOO_LARGE) from error


def _is_heading(line: grid.Line) -> bool:
    return DATE in (_written(value) for value in line.values)


def _row(line: grid.Line, headings: Sequence[str]) -> Row | None:
    """None for an empty row, and for an example that nobody has touched."""
    pairs = zip(headings, line.values, strict=False)
    cells = {name: _written(value) for name, value in pairs if name in WIDTHS}
    untouched = tuple(cells[name] for name in WIDTHS) in EXAMPLES
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
