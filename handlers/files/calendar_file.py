"""A meeting as a calendar file: a later one of the same meeting replaces it, or calls it off."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event

from handlers.conversation import Attachment, Message
from handlers.files import order as orders
from handlers.files import word
from handlers.texts import notice as texts
from handlers.texts.text import text
from records import communities, meetings
from records.calendar import CHINA
from records.database import Transaction
from records.model import Community, Meeting, MeetingState

KIND = "calendar"
PRODUCT = "-//dangwu//meetings//ZH"
LENGTH = timedelta(hours=2)
NO_SUMMER_TIME = date(1992, 1, 1)  # since then the zone is described in one line


@dataclass(frozen=True)
class Entry:
    community: Community
    meeting: Meeting
    made_at: datetime


async def order(db: Transaction, meeting: Meeting, *, chat_id: int, at: datetime) -> None:
    await orders.put(db, KIND, meeting, chat_id=chat_id, at=at)


async def gather(db: Transaction, body: str) -> Entry:
    ordered = orders.read(body)
    meeting = await meetings.with_id(db, ordered.meeting_id)
    return Entry(await communities.with_id(db, meeting.community_id), meeting, ordered.at)


def render(facts: Entry) -> Message:
    name = word.file_name(texts.full_title(facts.community, facts.meeting), facts.meeting, "ics")
    return Message(text(texts.CALENDAR_MADE), attachment=Attachment(name, ics(facts)))


def ics(facts: Entry) -> bytes:
    """RFC 5545, with the one time zone described in the file."""
    is_off = facts.meeting.state is MeetingState.CANCELLED
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if is_off else "PUBLISH")
    starts_at = facts.meeting.starts_at.astimezone(CHINA)
    event = Event()
    event.add("uid", _uid(facts))
    event.add("sequence", facts.meeting.version)
    event.add("dtstamp", facts.made_at)
    event.add("dtstart", starts_at)
    event.add("dtend", starts_at + LENGTH)
    event.add("summary", texts.full_title(facts.community, facts.meeting))
    if facts.meeting.place:
        event.add("location", facts.meeting.place)
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    calendar.add_component(event)
    calendar.add_missing_timezones(first_date=NO_SUMMER_TIME)
    written: bytes = calendar.to_ical()
    return written


def _uid(facts: Entry) -> str:
    """The same for ever; another community's bot may have a meeting of the same number."""
    community = facts.community
    name = f"dangwu/{community.subdistrict}/{community.name}/{facts.meeting.id}"
    return f"{uuid5(NAMESPACE_URL, name)}@dangwu"
