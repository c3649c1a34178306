"""《会议通知》 as a Word file: the same text as in the chat."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Pt

from handlers.conversation import Message
from handlers.files import order as orders
from handlers.files import word
from handlers.texts import notice as texts
from handlers.texts.text import Text, text
from records import agenda, communities, holidays, meetings, people, settings
from records.calendar import day_of
from records.database import Transaction
from records.model import AgendaItem, Community, Meeting, Settings
from records.workdays import Workdays

KIND = "notice"
SIZE = Pt(14)


@dataclass(frozen=True)
class Notice:
    """`contact` is whom to tell: whoever asked for the notice."""

    community: Community
    meeting: Meeting
    agenda: Sequence[AgendaItem]
    settings: Settings
    contact: str | None
    days: Workdays
    made_at: datetime

    @property
    def words(self) -> Text:
        return texts.notice(
            self.meeting,
            self.community,
            self.agenda,
            self.settings,
            on=day_of(self.made_at),
            contact=self.contact,
            days=self.days,
        )


async def order(db: Transaction, meeting: Meeting, *, chat_id: int, at: datetime) -> None:
    await orders.put(db, KIND, meeting, chat_id=chat_id, at=at)


async def gather(db: Transaction, body: str) -> Notice:
    ordered = orders.read(body)
    meeting = await meetings.with_id(db, ordered.meeting_id)
    contact = await people.find(db, community_id=meeting.community_id, user_id=ordered.chat_id)
    return Notice(
        await communities.with_id(db, meeting.community_id),
        meeting,
        await agenda.of(db, meeting),
        await settings.of(db, meeting.community_id),
        contact.name if contact is not None else None,
        await holidays.workdays(db),
        ordered.at,
    )


def render(facts: Notice) -> Message:
    title, address, *body, committee, day = facts.words.plain.splitlines()
    document = word.paper(title, made_at=facts.made_at)
    style = document.styles["Normal"]
    style.font.size = SIZE
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.ONE_POINT_FIVE
    document.add_paragraph(address)
    for words in body:
        document.add_paragraph(words).paragraph_format.first_line_indent = 2 * SIZE
    for words in (committee, day):
        signature = document.add_paragraph(words)
        signature.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        signature.paragraph_format.right_indent = 2 * SIZE
        signature.paragraph_format.space_before = SIZE if words == committee else Pt(0)
    return Message(text(texts.NOTICE_MADE), attachment=word.packed(document, facts.meeting))
