"""绑定条: slips to be cut out, each with a personal link and its QR code, made by a job."""

import io
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import segno
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell

from handlers.conversation import Attachment, Message
from handlers.files import word
from handlers.texts import dates
from handlers.texts import roster as texts
from records import binding, communities, jobs, roster
from records.calendar import day_of
from records.database import Transaction
from records.errors import AllBound
from records.model import Community, Person

KIND = "slips"
COLUMNS, HEIGHT = 2, 48
QR_WIDTH, TEXT_WIDTH, QR = 38, 54, 34  # millimetres
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
HOW_TO_CUT = "请沿虚线裁开，分别交给本人。"


@dataclass(frozen=True)
class Slip:
    person: Person
    code: str


@dataclass(frozen=True)
class Slips:
    """What the file shows: one slip for each person who has not confirmed who he is."""

    community: Community
    slips: list[Slip]
    bot_username: str
    made_at: datetime


async def order(
    db: Transaction, community: Community, *, bot_username: str, chat_id: int, at: datetime
) -> None:
    body = json.dumps([community.id, bot_username, at.isoformat()])
    await jobs.put(db, kind=KIND, chat_id=chat_id, body=body, at=at)


async def gather(db: Transaction, body: str) -> Slips:
    """A fresh code for everybody who needs one; codes issued before stop working. AllBound."""
    community_id, bot_username, at = json.loads(body)
    now = datetime.fromisoformat(at)
    unbound = await roster.unbound(db, community_id=community_id, today=day_of(now))
    if not unbound:
        raise AllBound
    slips = [
        Slip(person, await binding.issue(db, person_id=person.id, at=now)) for person in unbound
    ]
    return Slips(await communities.with_id(db, community_id), slips, bot_username, now)


def render(facts: Slips) -> Message:
    """The message with the file. Slow: runs outside any transaction."""
    title = f"{facts.community.name}绑定条"
    document = word.paper(title, made_at=facts.made_at)
    section = document.sections[0]
    section.left_margin = section.right_margin = Mm((210 - COLUMNS * (QR_WIDTH + TEXT_WIDTH)) / 2)
    section.top_margin = section.bottom_margin = Mm(12)
    document.paragraphs[0].paragraph_format.space_after = Pt(2)
    note = document.add_paragraph(HOW_TO_CUT)
    note.alignment = WD_ALIGN_PARAGRAPH.CENTER
    table = word.empty_table(document, (QR_WIDTH, TEXT_WIDTH) * COLUMNS)
    _draw_cut_lines(table)
    for place in range(0, len(facts.slips), COLUMNS):
        row = word.add_row(table, ("",) * 2 * COLUMNS, (QR_WIDTH, TEXT_WIDTH) * COLUMNS)
        row.height, row.height_rule = Mm(HEIGHT), WD_ROW_HEIGHT_RULE.EXACTLY
        for number, slip in enumerate(facts.slips[place : place + COLUMNS]):
            _fill(row.cells[2 * number], row.cells[2 * number + 1], facts, slip)
        for cell in row.cells[1:-1:2]:
            _border(cell, "right")
    stream = io.BytesIO()
    document.save(stream)
    name = f"{title}（{dates.day(day_of(facts.made_at))}）.docx"
    return Message(texts.slips(len(facts.slips)), attachment=Attachment(name, stream.getvalue()))


def _fill(picture: _Cell, words: _Cell, facts: Slips, slip: Slip) -> None:
    link = f"https://t.me/{facts.bot_username}?start={slip.code}"
    paragraph = picture.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run().add_picture(_qr(link), width=Mm(QR))
    unit = slip.person.unit.name if slip.person.unit is not None else facts.community.name
    for number, (size, line) in enumerate(
        (
            (14, slip.person.name),
            (10, unit),
            (9, "扫码，或在手机上打开："),
            (8, link.removeprefix("https://")),
            (9, "也可在与助手的私聊中发送："),
            (9, f"/bind {slip.code}"),
            (8, "确认本人身份，只用一次，请勿转交。"),
        )
    ):
        paragraph = words.paragraphs[0] if number == 0 else words.add_paragraph()
        run = paragraph.add_run(line)
        run.font.size, run.bold = Pt(size), number == 0


def _qr(link: str) -> io.BytesIO:
    stream = io.BytesIO()
    segno.make(link, error="m").save(stream, kind="png", scale=8, border=2)
    stream.seek(0)
    return stream


def _draw_cut_lines(table: Table) -> None:
    """Dashes around every slip, none between its code and its words."""
    borders = OxmlElement("w:tblBorders")
    for side in SIDES:
        borders.append(_line(side, "nil" if side == "insideV" else "dashed"))
    table._tbl.tblPr.append(borders)  # noqa: SLF001 - not in the API


def _border(cell: _Cell, side: str) -> None:
    borders = OxmlElement("w:tcBorders")
    borders.append(_line(side, "dashed"))
    cell._tc.get_or_add_tcPr().append(borders)  # noqa: SLF001 - not in the API


def _line(side: str, style: str) -> Any:
    line = OxmlElement(f"w:{side}")
    for name, value in (("val", style), ("sz", "6"), ("color", "808080")):
        line.set(qn(f"w:{name}"), value)
    return line
