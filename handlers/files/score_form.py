"""The subdistrict's score sheet with a community's units in it, made by a job."""

from dataclasses import dataclass
from datetime import datetime

from handlers.conversation import Attachment, Message
from handlers.files import archive, score_sheet
from handlers.files import order as orders
from handlers.texts import score_sheets as texts
from records import appraisals, communities, meetings
from records.appraisals import ScoreSheet
from records.database import Transaction
from records.errors import NoScoreSheet
from records.model import Community, Meeting

KIND = "score_form"
STEM = "评分表"


@dataclass(frozen=True)
class ScoreForm:
    """A community's units for the meeting, and the sheet they are written into."""

    community: Community
    meeting: Meeting
    names: list[str]
    sheet: ScoreSheet


async def order(db: Transaction, meeting: Meeting, *, chat_id: int, at: datetime) -> None:
    await orders.put(db, KIND, meeting, chat_id=chat_id, at=at)


async def gather(db: Transaction, body: str) -> ScoreForm:
    """NoScoreSheet."""
    meeting = await meetings.with_id(db, orders.read(body).meeting_id)
    community = await communities.with_id(db, meeting.community_id)
    sheet = await appraisals.sheet_of(db, community.subdistrict)
    if sheet is None:
        raise NoScoreSheet
    owing = await communities.owing_units(db, community_id=community.id)
    return ScoreForm(community, meeting, [unit.name for unit in owing], sheet)


def render(facts: ScoreForm) -> Message:
    """Slow: runs outside any transaction. BadScoreSheet."""
    heading = score_sheet.heading_of(facts.sheet.content)
    names = [*facts.names, texts.COMMITTEE]
    content = score_sheet.filled_in(facts.sheet.content, names)
    words = texts.sheet(facts.community, facts.meeting, heading.name)
    name = archive.name(f"{facts.community.name}{STEM}", ".xlsx")
    return Message(words, attachment=Attachment(name, content))
