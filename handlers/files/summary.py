"""The sign-in summary of a meeting as a Word file, made by a job after the roll is closed."""

from dataclasses import dataclass
from datetime import datetime

from handlers.conversation import Message
from handlers.files import order as orders
from handlers.files import word
from handlers.texts import dates
from handlers.texts import meetings as texts
from handlers.texts.text import text
from records import attendance, communities, meetings
from records.calendar import day_of
from records.database import Transaction
from records.model import Attendance, Capacity, Community, Meeting, Person, Presence, Roll

KIND = "sign_in_summary"
HEADINGS = ("序号", "姓名", "单位", "签到情况", "时间", "备注")
WIDTHS = (13, 21, 40, 31, 24, 27)  # millimetres


@dataclass(frozen=True)
class SignInSummary:
    """What the file shows: the team in the order of the roster, then who attended without vote."""

    community: Community
    roll: Roll
    people: list[tuple[Person, Attendance | None]]
    made_at: datetime


async def order(db: Transaction, meeting: Meeting, *, chat_id: int, at: datetime) -> None:
    await orders.put(db, KIND, meeting, chat_id=chat_id, at=at)


async def gather(db: Transaction, body: str) -> SignInSummary:
    ordered = orders.read(body)
    meeting = await meetings.with_id(db, ordered.meeting_id)
    return SignInSummary(
        await communities.with_id(db, meeting.community_id),
        await attendance.roll_of(db, meeting),
        [entry for entry in await attendance.list_of(db, meeting) if _belongs(entry[1])],
        ordered.at,
    )


def render(facts: SignInSummary) -> Message:
    """The message with the file. Slow: runs outside any transaction."""
    meeting = facts.roll.meeting
    title = f"{facts.community.name}{texts.title(meeting)}签到汇总"
    document = word.paper(title, made_at=facts.made_at)
    place = f"　{meeting.place}" if meeting.place else ""
    word.add_line(document, f"{dates.full_moment(meeting.starts_at)}{place}")
    word.add_line(document, texts.closed(facts.roll).plain.splitlines()[0])
    rows = [_row(number, *entry) for number, entry in enumerate(facts.people, start=1)]
    word.table(document, HEADINGS, rows, WIDTHS)
    word.add_line(document, texts.FOR_REFERENCE)
    return Message(text(texts.SUMMARY), attachment=word.packed(document, meeting))


def _belongs(record: Attendance | None) -> bool:
    """Of those without vote only who was there: nobody expected the others."""
    return (
        record is None or record.capacity is Capacity.VOTING or record.presence is Presence.PRESENT
    )


def _row(number: int, person: Person, record: Attendance | None) -> tuple[str, ...]:
    return (
        str(number),
        person.name,
        person.unit.name if person.unit else "",
        _state(record),
        _time(record),
        _remarks(record),
    )


def _state(record: Attendance | None) -> str:
    """到会（线上、迟到）; an answer to the notice is no sign-in."""
    if record is None or record.presence is Presence.COMING:
        return "未到"
    if record.presence is Presence.EXCUSED:
        return "请假"
    word = "列席" if record.capacity is Capacity.NON_VOTING else "到会"
    how = "、".join(["线上"] * record.online + ["迟到"] * record.late)
    return f"{word}（{how}）" if how else word


def _time(record: Attendance | None) -> str:
    """When it was said, with the day if it was another; of a meeting entered later nobody knows."""
    if record is None or record.presence is Presence.COMING or record.meeting.entered_at:
        return ""
    clock = dates.clock(record.at)
    day = day_of(record.at)
    return clock if day == day_of(record.meeting.starts_at) else f"{dates.day(day)}\n{clock}"


def _remarks(record: Attendance | None) -> str:
    if record is None:
        return ""
    on_behalf = ["代为登记"] * (record.recorded_by is not None)
    early = [f"早退 {dates.clock(record.left_at)}"] if record.left_at else []
    return "\n".join(on_behalf + early)
