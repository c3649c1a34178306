"""The sign-in summary of a meeting as a Word file, made by a job after the roll is closed."""

import io
from dataclasses import dataclass
from datetime import UTC, datetime

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from handlers.conversation import Attachment, Message
from handlers.texts import dates
from handlers.texts import meetings as texts
from handlers.texts.text import text
from records import attendance, communities, jobs, meetings
from records.database import Transaction
from records.model import Attendance, Capacity, Community, Meeting, Person, Presence, Roll

KIND = "sign_in_summary"
HEADINGS = ("序号", "姓名", "单位", "签到情况", "时间")
WIDTHS = (14, 30, 60, 36, 30)  # millimetres
FONT = "宋体"


@dataclass(frozen=True)
class SignInSummary:
    """What the file shows: the team in the order of the roster, then who attended without vote."""

    community: Community
    roll: Roll
    people: list[tuple[Person, Attendance | None]]


async def order(db: Transaction, meeting: Meeting, *, chat_id: int, at: datetime) -> None:
    await jobs.put(db, kind=KIND, chat_id=chat_id, body=str(meeting.id), at=at)


async def gather(db: Transaction, body: str) -> SignInSummary:
    meeting = await meetings.with_id(db, int(body))
    return SignInSummary(
        await communities.with_id(db, meeting.community_id),
        await attendance.roll_of(db, meeting),
        await attendance.list_of(db, meeting),
    )


def render(facts: SignInSummary) -> Message:
    """The message with the file. Slow: runs outside any transaction."""
    meeting = facts.roll.meeting
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    title = f"{facts.community.name}{texts.title(meeting)}签到汇总"
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = heading.add_run(title)
    run.bold, run.font.size = True, Pt(16)
    place = f"　{meeting.place}" if meeting.place else ""
    document.add_paragraph(f"{dates.full_moment(meeting.starts_at)}{place}")
    document.add_paragraph(texts.closed(facts.roll).plain.splitlines()[0])
    _table(document, facts)
    document.add_paragraph(texts.FOR_REFERENCE)
    properties = document.core_properties
    properties.author, properties.title = "党务助手", title
    if meeting.closed_at is not None:
        properties.created = meeting.closed_at.astimezone(UTC)
    stream = io.BytesIO()
    document.save(stream)
    name = f"{title}（{dates.day(meeting.starts_at.date())}）.docx"
    return Message(text(texts.SUMMARY), attachment=Attachment(name, stream.getvalue()))


def _table(document: WordDocument, facts: SignInSummary) -> None:
    table = document.add_table(rows=1, cols=len(HEADINGS), style="Table Grid")
    table.autofit = False
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - repeats on every page
    rows = [HEADINGS, *(_row(number, *entry) for number, entry in enumerate(facts.people, start=1))]
    for number, cells in enumerate(rows):
        row = table.rows[0] if number == 0 else table.add_row()
        for cell, words, width in zip(row.cells, cells, WIDTHS, strict=True):
            cell.text, cell.width = words, Mm(width)


def _row(number: int, person: Person, record: Attendance | None) -> tuple[str, ...]:
    return (
        str(number),
        person.name,
        person.unit.name if person.unit else "",
        _state(record),
        dates.clock(record.at) if record else "",
    )


def _state(record: Attendance | None) -> str:
    if record is None:
        return "未到"
    if record.capacity is Capacity.NON_VOTING:
        return "列席"
    return "到会" if record.presence is Presence.PRESENT else "请假"
