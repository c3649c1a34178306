"""What all Word files share: A4 as official documents have it, 宋体, tables whose heading is repeated."""

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row

from handlers.conversation import Attachment
from handlers.texts import dates
from records.calendar import day_of
from records.model import Meeting

FONT, AUTHOR = "宋体", "党务助手"
WIDTH = 156  # millimetres between the margins
ROW_HEIGHT = 8
GAP = Pt(4)


def paper(title: str, *, made_at: datetime) -> WordDocument:
    """A page under its title. `made_at` is when it was asked for: a file says nothing of the clock."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(28), Mm(26)  # as GB/T 9704 has them
    section.top_margin = section.bottom_margin = Mm(25)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:eastAsia"), "zh-CN")
    style.element.rPr.append(language)
    style.paragraph_format.space_after = Pt(0)
    properties = document.core_properties
    properties.author, properties.title, properties.comments = AUTHOR, title, ""
    properties.created = properties.modified = made_at.astimezone(UTC)
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    heading.paragraph_format.space_after = Pt(12)
    run = heading.add_run(title)
    run.bold, run.font.size = True, Pt(16)
    return document


def add_line(document: WordDocument, words: str, *, bold: bool = False) -> None:
    """A line above or below a table."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = GAP
    paragraph.add_run(words).bold = bold


def empty_table(document: WordDocument, widths: Sequence[int]) -> Table:
    """Columns of these widths in millimetres, and no row yet."""
    made: Table = document.add_table(rows=0, cols=len(widths), style="Table Grid")
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
    return made


def table(
    document: WordDocument,
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    widths: Sequence[int],
    *,
    height: int = ROW_HEIGHT,
) -> Table:
    """A list whose heading is repeated on every page."""
    made = empty_table(document, widths)
    heading = add_row(made, headings, widths)
    _mark(heading, "w:tblHeader")
    for cell in heading.cells:
        embolden(cell)
    for cells in rows:
        _mark(add_row(made, cells, widths, height=height), "w:cantSplit")
    return made


def _mark(row: _Row, name: str) -> None:
    """What python-docx has no word for: a repeated heading, a row that no page tears."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001


def add_row(
    made: Table, cells: Sequence[str], widths: Sequence[int], *, height: int = ROW_HEIGHT
) -> _Row:
    """A line break in a cell stays one."""
    row: _Row = made.add_row()  # type: ignore[no-untyped-call]
    row.height, row.height_rule = Mm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
    for cell, words, width in zip(row.cells, cells, widths, strict=True):
        cell.text, cell.width = words, Mm(width)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        gaps = cell.paragraphs[0].paragraph_format
        gaps.space_before = gaps.space_after = GAP // 2
    return row


def add_heading(made: Table, words: str) -> None:
    """A row of one cell, above the rows that follow."""
    row: _Row = made.add_row()  # type: ignore[no-untyped-call]
    row.height, row.height_rule = Mm(ROW_HEIGHT), WD_ROW_HEIGHT_RULE.AT_LEAST
    cell = row.cells[0].merge(row.cells[-1])
    cell.text, cell.vertical_alignment = words, WD_CELL_VERTICAL_ALIGNMENT.CENTER
    cell.paragraphs[0].paragraph_format.keep_with_next = True
    embolden(cell)


def embolden(cell: _Cell) -> None:
    """A heading: bold, in the middle."""
    for paragraph in cell.paragraphs:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for run in paragraph.runs:
            run.bold = True


def packed(document: WordDocument, meeting: Meeting) -> Attachment:
    """The file, named after its title and the day of the meeting."""
    return Attachment(file_name(document.core_properties.title, meeting), saved(document))


def saved(document: WordDocument) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def file_name(title: str, meeting: Meeting, ending: str = "docx") -> str:
    return f"{title}（{dates.day(day_of(meeting.starts_at))}）.{ending}"
