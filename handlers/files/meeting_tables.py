"""The tables of a year's meetings: ledger, sign-ins, votes, resolutions."""

from collections.abc import Iterator
from datetime import datetime

from handlers.files.sheets import Column, Row, Table, listed
from handlers.texts import dates
from handlers.texts import files as texts
from handlers.texts import meetings as meeting_texts
from handlers.texts import record as record_texts
from handlers.texts import votes as vote_texts
from handlers.texts.resolutions import TO_FILL
from records import rules
from records.calendar import Month, day_of
from records.model import (
    Attendance,
    Half,
    Meeting,
    MeetingState,
    Person,
    Presence,
    Resolution,
    Settlement,
    Vote,
)
from records.yearbook import MeetingEntry, Yearbook

MEETINGS = (
    Column("序号", 6, is_centred=True),
    Column("日期时间", 28),
    Column("类型", 13),
    Column("地点", 14),
    *(
        Column(heading, 6, is_centred=True)
        for heading in ("应到", "实到", "请假", "未到", "列席", "线上")
    ),
    Column("结果", 21),
    Column("补录", 20),
    Column("名单确认", 16),
)
SIGN_INS = (
    Column("会议", 24),
    Column("姓名", 12),
    Column("单位", 32),
    Column("情况", 16),
    Column("时间", 28),
    Column("代为登记", 12),
    Column("早退", 12),
)
VOTES = (
    Column("会议", 18),
    Column("事项", 28),
    Column("方式", 8, is_centred=True),
    Column("在场班子成员", 10, is_centred=True),
    *(Column(heading, 8, is_centred=True) for heading in ("同意", "不同意", "弃权", "未表态")),
    Column("结果", 20),
    Column("认定", 20),
)
RESOLUTIONS = (
    Column("会议", 26),
    Column("事项", 54),
    Column("责任人", 16),
    Column("时限", 17),
    Column("办结日期", 17),
)


def of(book: Yearbook) -> list[Table]:
    """No table counts or sums up what one person did."""
    entries = list(enumerate(book.meetings, start=1))
    votes = [_vote(book, place, entry, vote) for place, entry in entries for vote in entry.votes]
    decided = [
        _resolution(place, entry.meeting, resolution)
        for place, entry in entries
        for resolution in entry.resolutions
    ]
    return [
        listed("会议台账", MEETINGS, [_meeting(book, *entry) for entry in entries]),
        listed("签到明细", SIGN_INS, [row for entry in entries for row in _sign_ins(book, *entry)]),
        listed("表决", VOTES, votes),
        listed("议定事项", RESOLUTIONS, decided),
    ]


def _named(number: int, meeting: Meeting) -> str:
    """3. 11月25日工作会议: by its number in the first table."""
    day = day_of(meeting.starts_at)
    return f"{number}. {dates.day(day)}{meeting_texts.KINDS[meeting.kind]}"


def _meeting(book: Yearbook, number: int, entry: MeetingEntry) -> Row:
    meeting, roll = entry.meeting, entry.roll
    numbers: Row = ("",) * 6
    if meeting.opened_at is not None:
        numbers = (
            roll.expected,
            roll.present,
            roll.excused,
            roll.unsigned,
            roll.non_voting,
            roll.online,
        )
    return (
        number,
        dates.full_moment(meeting.starts_at),
        _kinds(meeting),
        meeting.place,
        *numbers,
        _outcome(meeting),
        record_texts.entered_later(meeting, starts_on=book.community.starts_on, by=entry.entered_by)
        or "",
        _confirmed(meeting),
    )


def _kinds(meeting: Meeting) -> str:
    """Two meetings in one are one, and both kinds are named."""
    kinds = (meeting.kind, meeting.also_kind)
    return "、".join(meeting_texts.KINDS[kind] for kind in kinds if kind is not None)


def _outcome(meeting: Meeting) -> str:
    month = Month.of(day_of(meeting.opened_at or meeting.starts_at))
    if rules.counts_for(meeting, month):
        return f"已召开，计入{dates.period(month)}会议"
    return OUTCOMES[meeting.state]


OUTCOMES = {
    MeetingState.PLANNED: "尚未召开",
    MeetingState.OPEN: "签到中",
    MeetingState.HELD: "已召开",
    MeetingState.NOT_HELD: "因到会人数不足未召开",
    MeetingState.TALK: "仅作座谈、通报登记",
    MeetingState.CANCELLED: "已取消",
}


def _confirmed(meeting: Meeting) -> str:
    if meeting.confirmed_at is not None:
        return texts.day(day_of(meeting.confirmed_at))
    return "尚未确认" if meeting.is_over else ""


def _sign_ins(book: Yearbook, number: int, entry: MeetingEntry) -> Iterator[Row]:
    come = [
        (person, record)
        for person, record in entry.guests
        if record is not None and record.presence is not Presence.COMING
    ]
    for person, record in entry.team:
        yield _sign_in(book, number, entry.meeting, person, record, is_guest=False)
    for person, record in come:
        yield _sign_in(book, number, entry.meeting, person, record, is_guest=True)


def _sign_in(
    book: Yearbook,
    number: int,
    meeting: Meeting,
    person: Person,
    record: Attendance | None,
    *,
    is_guest: bool,
) -> Row:
    """An answer to the notice is no sign-in."""
    if record is not None and record.presence is Presence.COMING:
        record = None
    return (
        _named(number, meeting),
        person.name,
        person.unit.name if person.unit else "",
        _how(meeting, record, is_guest=is_guest),
        _when(record.at, meeting) if record is not None else "",
        book.name(record.recorded_by) if record is not None else "",
        _when(record.left_at, meeting) if record is not None and record.left_at else "",
    )


def _how(meeting: Meeting, record: Attendance | None, *, is_guest: bool) -> str:
    if record is None:
        return "未签" if meeting.state is MeetingState.OPEN else "未到"
    if record.presence is Presence.EXCUSED:
        return "请假"
    more = "、".join(("线上",) * record.online + ("迟到",) * record.late)
    return ("列席" if is_guest else "到会") + (f"（{more}）" if more else "")


def _when(at: datetime, meeting: Meeting) -> str:
    """With its day if it was another than the meeting's; of a meeting entered later nobody knows."""
    if meeting.entered_at is not None:
        return ""
    same_day = day_of(at) == day_of(meeting.starts_at)
    return dates.clock(at) if same_day else dates.full_moment(at)


def _vote(book: Yearbook, number: int, entry: MeetingEntry, vote: Vote) -> Row:
    verdict = vote_texts.verdict(entry.meeting, vote, entry.roll.settings).removesuffix("。")
    return (
        _named(number, entry.meeting),
        vote.title,
        vote_texts.MANNERS[vote.manner],
        vote.present,
        vote.agreed,
        vote.against,
        vote.abstained,
        vote.present - vote.agreed - vote.against - vote.abstained,
        verdict if vote.closed_at is not None else "表决中",
        _settled(book, entry, vote),
    )


def _settled(book: Yearbook, entry: MeetingEntry, vote: Vote) -> str:
    """What the host made of exactly half, who entered it and when."""
    if vote.settlement is None or vote.settled_at is None:
        return ""
    words = vote_texts.SETTLEMENTS[vote.settlement]
    half = entry.roll.settings.half
    if vote.settlement is Settlement.BY_READING and half is not None:
        words += "为达到" if half is Half.IS_ENOUGH else "为未达到"
    who = book.name(vote.settled_by)
    return f"{words}（{who}，{dates.full_moment(vote.settled_at)}）"


def _resolution(number: int, meeting: Meeting, resolution: Resolution) -> Row:
    return (
        _named(number, meeting),
        resolution.words,
        resolution.owner or TO_FILL,
        texts.day(resolution.due_on) if resolution.due_on else TO_FILL,
        texts.day(resolution.done_on) if resolution.done_on else "未办结",
    )
