"""Meetings: drafted, called, opened for sign-in, closed with an outcome, confirmed."""

from dataclasses import fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Row, delete, insert, or_, select, update

from records import attendance, communities, operations, rules
from records.calendar import CHINA, Period, day_of
from records.database import Transaction
from records.errors import (
    LedgerClosed,
    MeetingAlreadyPlanned,
    MeetingInThePast,
    MeetingsOverlap,
    MeetingStillOpen,
    MeetingTooFarAhead,
    MeetingTooLongAgo,
    NoMeeting,
    NoOpenMeeting,
    ReasonMissing,
    SecretaryOnly,
    StaleButton,
    TooFewForWorking,
    VoteStillOpen,
)
from records.model import Community, Meeting, MeetingKind, MeetingState, Person, Role, Roll
from records.schema import claims, meetings, votes

FARTHEST, EARLIEST = timedelta(days=366), timedelta(days=5 * 366)
APART = timedelta(minutes=60)
NOW = timedelta(minutes=60)
STILL = timedelta(hours=12)  # a planned meeting that nobody opened is then a forgotten one


async def draft(
    db: Transaction,
    community: Community,
    *,
    by: Person,
    chat_id: int,
    topic_id: int | None,
    kind: MeetingKind,
    starts_at: datetime,
    place: str,
    at: datetime,
) -> Meeting:
    """A meeting as it was understood, waiting for 对. MeetingTooFarAhead, MeetingAlreadyPlanned, MeetingsOverlap."""
    await _check_time(db, community, starts_at, at=at)
    row = (
        await db.execute(
            insert(meetings)
            .values(
                community_id=community.id,
                chat_id=chat_id,
                topic_id=topic_id,
                kind=kind,
                state=MeetingState.DRAFT,
                starts_at=starts_at,
                place=place,
            )
            .returning(meetings)
        )
    ).one()
    await operations.log(db, by=by, act="draft", subject=f"meeting:{row.id}", at=at)
    return meeting_of(row)


async def call(
    db: Transaction, community: Community, *, meeting_id: int, by: Person, at: datetime
) -> Meeting:
    """Plan the meeting of a draft. StaleButton, MeetingInThePast and what `draft` raises."""
    meeting = await _in_state(db, community, meeting_id, MeetingState.DRAFT)
    if meeting.starts_at < at and not _is_now(meeting, at):
        raise MeetingInThePast
    await _check_time(db, community, meeting.starts_at, at=at)
    await operations.log(db, by=by, act="call", subject=f"meeting:{meeting.id}", at=at)
    return await _change(db, meeting, state=MeetingState.PLANNED)


async def enter_later(
    db: Transaction, community: Community, *, meeting_id: int, by: Person, at: datetime
) -> Meeting:
    """Take a past meeting, drafted or never opened, into the ledger (补录); its list is taken next. StaleButton."""
    meeting = await _in_state(db, community, meeting_id, MeetingState.DRAFT, MeetingState.PLANNED)
    if meeting.starts_at >= at:
        raise StaleButton
    await _check_time(db, community, meeting.starts_at, at=at, besides=meeting)
    await operations.log(db, by=by, act="enter_later", subject=f"meeting:{meeting.id}", at=at)
    changed = await _change(
        db,
        meeting,
        opened_at=meeting.starts_at,
        closed_at=meeting.starts_at,
        entered_at=at,
        state=MeetingState.NOT_HELD,
    )
    await reassess(db, changed)
    return await with_id(db, changed.id)


async def move(
    db: Transaction,
    community: Community,
    *,
    meeting_id: int,
    starts_at: datetime,
    place: str | None,
    by: Person,
    at: datetime,
) -> Meeting:
    """Another time for a planned meeting, which keeps its number and its notice. MeetingInThePast."""
    meeting = await _in_state(db, community, meeting_id, MeetingState.PLANNED, MeetingState.DRAFT)
    if starts_at < at and meeting.state is MeetingState.PLANNED:
        raise MeetingInThePast
    await _check_time(db, community, starts_at, at=at, besides=meeting)
    await operations.log(
        db,
        by=by,
        act="move",
        subject=f"meeting:{meeting.id}",
        detail=f"{meeting.starts_at.isoformat()}>{starts_at.isoformat()}",
        at=at,
    )
    if day_of(starts_at) != day_of(meeting.starts_at):
        await attendance.void_answers(db, meeting)
    changes: dict[str, Any] = {"starts_at": starts_at, "version": meeting.version + 1}
    if place:
        changes["place"] = place
    return await _change(db, meeting, **changes)


async def cancel(
    db: Transaction, community: Community, *, meeting_id: int, by: Person, at: datetime
) -> Meeting:
    """Drop a draft or call off a planned meeting. StaleButton."""
    meeting = await _in_state(db, community, meeting_id, MeetingState.PLANNED, MeetingState.DRAFT)
    await operations.log(db, by=by, act="cancel", subject=f"meeting:{meeting.id}", at=at)
    return await _change(db, meeting, state=MeetingState.CANCELLED, version=meeting.version + 1)


async def take_back_opening(
    db: Transaction, community: Community, *, meeting_id: int, by: Person, at: datetime
) -> Meeting:
    """The sign-in was opened by mistake. StaleButton once somebody has signed in."""
    meeting = await _in_state(db, community, meeting_id, MeetingState.OPEN)
    roll = await attendance.roll_of(db, meeting)
    if roll.present or roll.non_voting:
        raise StaleButton
    await db.execute(delete(claims).where(claims.c.meeting_id == meeting.id))
    await operations.log(db, by=by, act="take_back", subject=f"meeting:{meeting.id}", at=at)
    return await _change(db, meeting, state=MeetingState.PLANNED, opened_at=None)


async def as_talk(
    db: Transaction, community: Community, *, meeting_id: int, by: Person, at: datetime
) -> Meeting:
    """仅作座谈、通报登记: recorded, without votes, and not counted for the month (T8)."""
    meeting = await _in_state(db, community, meeting_id, MeetingState.NOT_HELD)
    if meeting.confirmed_at is not None:
        raise LedgerClosed
    await operations.log(db, by=by, act="as_talk", subject=f"meeting:{meeting.id}", at=at)
    return await _change(db, meeting, state=MeetingState.TALK)


async def confirm(
    db: Transaction, community: Community, *, meeting_id: int, by: Person, at: datetime
) -> Meeting:
    """Close the ledger of a meeting; confirming twice changes nothing. StaleButton."""
    meeting = await _in_state(
        db, community, meeting_id, MeetingState.HELD, MeetingState.NOT_HELD, MeetingState.TALK
    )
    if meeting.confirmed_at is not None:
        return meeting
    if await votes_running(db, meeting):
        raise VoteStillOpen
    await db.execute(delete(claims).where(claims.c.meeting_id == meeting.id))
    await operations.log(db, by=by, act="confirm", subject=f"meeting:{meeting.id}", at=at)
    return await _change(db, meeting, confirmed_at=at)


async def votes_running(db: Transaction, meeting: Meeting) -> bool:
    """Whether a vote by buttons is open."""
    query = select(votes.c.id).where(votes.c.meeting_id == meeting.id, votes.c.closed_at.is_(None))
    return (await db.execute(query)).first() is not None


async def unconfirm(db: Transaction, meeting: Meeting) -> Meeting:
    """A sign-in that was sent in time came after the list was confirmed: it is to be confirmed anew."""
    return await _change(db, meeting, confirmed_at=None)


async def reopen(
    db: Transaction,
    community: Community,
    *,
    meeting_id: int,
    reason: str,
    by: Person,
    at: datetime,
) -> Meeting:
    """Open a confirmed ledger again; SecretaryOnly, ReasonMissing, StaleButton."""
    if Role.PARTY_SECRETARY not in by.roles:
        raise SecretaryOnly
    if not reason.strip():
        raise ReasonMissing
    meeting = await of_community(db, community, meeting_id)
    if meeting.confirmed_at is None:
        raise StaleButton
    await operations.log(
        db,
        by=by,
        act="reopen",
        subject=f"meeting:{meeting.id}",
        detail=f"{meeting.confirmed_at.isoformat()}：{reason}",
        at=at,
    )
    return await _change(db, meeting, confirmed_at=None)


async def set_also_kind(
    db: Transaction,
    community: Community,
    meeting: Meeting,
    kind: MeetingKind | None,
    *,
    by: Person,
    at: datetime,
) -> Meeting:
    """A mutual appraisal that is a working or joint meeting too counts once for the month (第6问).

    TooFewForWorking below two thirds: as a working meeting it could not be held (第7问).
    """
    await communities.lock(db, community)
    roll = await attendance.roll_of(db, meeting)
    if kind is MeetingKind.WORKING and not rules.has_quorum(as_kind(roll, kind)):
        raise TooFewForWorking
    detail = kind.value if kind is not None else "none"
    await operations.log(
        db, by=by, act="also_kind", subject=f"meeting:{meeting.id}", detail=detail, at=at
    )
    return await _change(db, meeting, also_kind=kind)


def as_kind(roll: Roll, kind: MeetingKind) -> Roll:
    """The same roll, as if the meeting were of that kind."""
    return replace(roll, meeting=replace(roll.meeting, kind=kind))


async def set_year(
    db: Transaction, meeting: Meeting, year: int, *, by: Person, at: datetime
) -> Meeting:
    """The year a mutual appraisal belongs to, where it was held in January (管理员设定)."""
    await operations.log(
        db, by=by, act="of_year", subject=f"meeting:{meeting.id}", detail=str(year), at=at
    )
    return await _change(db, meeting, year=year)


async def unnoticed(db: Transaction, *, now: datetime, until: date | None = None) -> list[Meeting]:
    """Planned meetings of all communities, on a day not after `until`, whose team was not yet told of this time."""
    query = (
        select(meetings)
        .where(
            meetings.c.state == MeetingState.PLANNED,
            meetings.c.starts_at > now,
            or_(
                meetings.c.noticed_version.is_(None),
                meetings.c.noticed_version < meetings.c.version,
            ),
        )
        .order_by(meetings.c.starts_at)
    )
    if until is not None:
        end = datetime.combine(until + timedelta(days=1), time(), CHINA)
        query = query.where(meetings.c.starts_at < end)
    return [meeting_of(row) for row in (await db.execute(query)).all()]


async def forgotten(db: Transaction, *, now: datetime) -> list[Meeting]:
    """Meetings of an earlier day whose roll is still open, or was never opened."""
    query = (
        select(meetings)
        .where(
            meetings.c.state.in_([MeetingState.PLANNED, MeetingState.OPEN]),
            meetings.c.starts_at < now,
        )
        .order_by(meetings.c.starts_at)
    )
    found = [meeting_of(row) for row in (await db.execute(query)).all()]
    return [
        one
        for one in found
        if max(day_of(one.starts_at), day_of(one.opened_at or one.starts_at)) < day_of(now)
    ]


async def noticed(db: Transaction, meeting: Meeting) -> None:
    await _change(db, meeting, noticed_version=meeting.version)


async def name_officer(
    db: Transaction, meeting: Meeting, *, role: str, person: Person, by: Person, at: datetime
) -> Meeting:
    """Who is `host` or `recorder`."""
    await operations.log(db, by=by, act=role, subject=f"meeting:{meeting.id}", about=person, at=at)
    return await _change(db, meeting, **{f"{role}_id": person.id})


async def of_community(db: Transaction, community: Community, meeting_id: int) -> Meeting:
    """StaleButton if the meeting is not one of this community."""
    query = select(meetings).where(
        meetings.c.id == meeting_id, meetings.c.community_id == community.id
    )
    if (row := (await db.execute(query)).one_or_none()) is None:
        raise StaleButton
    return meeting_of(row)


async def _in_state(
    db: Transaction, community: Community, meeting_id: int, *states: MeetingState
) -> Meeting:
    meeting = await of_community(db, community, meeting_id)
    if meeting.state not in states:
        raise StaleButton
    return meeting


async def _check_time(
    db: Transaction,
    community: Community,
    starts_at: datetime,
    *,
    at: datetime,
    besides: Meeting | None = None,
) -> None:
    """No more than a year ahead, and an hour from every other meeting that is planned or took place."""
    if starts_at > at + FARTHEST:
        raise MeetingTooFarAhead
    if starts_at < at - EARLIEST:
        raise MeetingTooLongAgo
    for other in await _with_state(
        db,
        community,
        MeetingState.PLANNED,
        MeetingState.OPEN,
        MeetingState.HELD,
        MeetingState.TALK,
    ):
        if besides is not None and other.id == besides.id:
            continue
        if other.starts_at == starts_at:
            raise MeetingAlreadyPlanned(other)
        if abs(other.starts_at - starts_at) < APART and other.state in (
            MeetingState.PLANNED,
            MeetingState.OPEN,
        ):
            raise MeetingsOverlap(other)


def _is_now(meeting: Meeting, at: datetime) -> bool:
    """“现在” is confirmed some moments later."""
    return at - meeting.starts_at < NOW


async def open_sign_in(
    db: Transaction,
    community: Community,
    *,
    by: Person,
    at: datetime,
    meeting_id: int | None = None,
) -> Meeting:
    """Open the sign-in of a planned meeting, by default of the nearest. MeetingStillOpen, NoMeeting."""
    for other in await _with_state(db, community, MeetingState.OPEN):
        raise MeetingStillOpen(other)
    planned = [
        meeting
        for meeting in await _with_state(db, community, MeetingState.PLANNED)
        if meeting_id in (None, meeting.id)
    ]
    if not planned and meeting_id is None:
        planned = await _fresh_drafts(db, community, at=at)
    if not planned:
        raise StaleButton if meeting_id is not None else NoMeeting
    chosen = min(planned, key=lambda meeting: abs(meeting.starts_at - at))
    await operations.log(db, by=by, act="open_sign_in", subject=f"meeting:{chosen.id}", at=at)
    return await _change(db, chosen, state=MeetingState.OPEN, opened_at=at)


async def _fresh_drafts(db: Transaction, community: Community, *, at: datetime) -> list[Meeting]:
    """The last meeting that was written down and not yet agreed to: opening it agrees."""
    drafts = await _with_state(db, community, MeetingState.DRAFT)
    coming = [one for one in drafts if one.starts_at >= at - NOW]
    return sorted(coming, key=lambda one: one.id)[-1:]


async def close_sign_in(
    db: Transaction,
    community: Community,
    *,
    by: Person,
    at: datetime,
    meeting_id: int | None = None,
) -> Roll:
    """End the taking of the roll; the numbers decide whether the meeting was held. NoOpenMeeting."""
    open_ones = await _with_state(db, community, MeetingState.OPEN)
    if open_ones and meeting_id not in (None, open_ones[0].id):
        raise StaleButton
    if not open_ones:
        raise NoOpenMeeting(await following(db, community, at=at))
    roll = await attendance.roll_of(db, open_ones[0])
    closed = await _change(db, open_ones[0], state=rules.outcome(roll), closed_at=at)
    await operations.log(db, by=by, act="close_sign_in", subject=f"meeting:{closed.id}", at=at)
    return await attendance.roll_of(db, closed)


async def open_at(db: Transaction, community: Community, *, at: datetime) -> Meeting:
    """The meeting whose sign-in ran at that moment, even if it has ended since. NoOpenMeeting."""
    query = (
        select(meetings)
        .where(
            meetings.c.community_id == community.id,
            meetings.c.opened_at <= at,
            or_(meetings.c.closed_at.is_(None), meetings.c.closed_at >= at),
        )
        .order_by(meetings.c.opened_at.desc())
        .limit(1)
    )
    if (row := (await db.execute(query)).one_or_none()) is None:
        raise NoOpenMeeting(await following(db, community, at=at))
    return meeting_of(row)


async def is_open(db: Transaction, community: Community, *, at: datetime) -> bool:
    try:
        await open_at(db, community, at=at)
    except NoOpenMeeting:
        return False
    return True


async def reassess(db: Transaction, meeting: Meeting) -> None:
    """A sign-in sent in time may be processed after the closing: the outcome follows the roll."""
    if meeting.closed_at is None or meeting.state is MeetingState.CANCELLED:
        return
    found = rules.outcome(await attendance.roll_of(db, meeting))
    if meeting.state is MeetingState.TALK and found is MeetingState.NOT_HELD:
        return
    await _change(db, meeting, state=found)


async def open_or_next(db: Transaction, community: Community, *, at: datetime) -> Meeting:
    """The meeting one may ask leave from: open at that moment, else the next planned. NoMeeting."""
    if await is_open(db, community, at=at):
        return await open_at(db, community, at=at)
    planned = await _with_state(db, community, MeetingState.PLANNED)
    fresh = [one for one in planned if one.starts_at >= at - STILL]
    for meeting in [one for one in fresh if one.starts_at >= at] or fresh[-1:]:
        return meeting
    raise NoMeeting


async def latest(db: Transaction, community: Community, *, at: datetime) -> Meeting:
    """What /meeting shows: the open one, the next planned, or the last that was closed."""
    try:
        return await open_or_next(db, community, at=at)
    except NoMeeting:
        query = (
            select(meetings)
            .where(
                meetings.c.community_id == community.id,
                meetings.c.state.not_in([MeetingState.DRAFT, MeetingState.CANCELLED]),
            )
            .order_by(meetings.c.starts_at.desc())
            .limit(1)
        )
        if (row := (await db.execute(query)).one_or_none()) is None:
            raise
        return meeting_of(row)


async def following(db: Transaction, community: Community, *, at: datetime) -> datetime | None:
    """When the next planned meeting starts."""
    planned = await _with_state(db, community, MeetingState.PLANNED)
    return next((meeting.starts_at for meeting in planned if meeting.starts_at >= at), None)


async def held_in(db: Transaction, community: Community, period: Period) -> Meeting | None:
    """The first meeting that counts for the period."""
    held = await _with_state(db, community, MeetingState.HELD)
    return next((meeting for meeting in held if rules.counts_for(meeting, period)), None)


async def planned_in(db: Transaction, community: Community, period: Period) -> Meeting | None:
    waiting = await _with_state(db, community, MeetingState.PLANNED, MeetingState.OPEN)
    return next((meeting for meeting in waiting if rules.is_planned_in(meeting, period)), None)


async def with_id(db: Transaction, meeting_id: int) -> Meeting:
    query = select(meetings).where(meetings.c.id == meeting_id)
    if (row := (await db.execute(query)).one_or_none()) is None:
        raise NoMeeting
    return meeting_of(row)


async def _with_state(
    db: Transaction, community: Community, *states: MeetingState
) -> list[Meeting]:
    query = (
        select(meetings)
        .where(meetings.c.community_id == community.id, meetings.c.state.in_(states))
        .order_by(meetings.c.starts_at)
    )
    return [meeting_of(row) for row in (await db.execute(query)).all()]


async def _change(db: Transaction, meeting: Meeting, **changes: Any) -> Meeting:
    result = await db.execute(
        update(meetings).where(meetings.c.id == meeting.id).values(**changes).returning(meetings)
    )
    return meeting_of(result.one())


def meeting_of(row: Row[Any]) -> Meeting:
    return Meeting(**{field.name: getattr(row, field.name) for field in fields(Meeting)})


async def all_of(db: Transaction, community: Community) -> list[Meeting]:
    """What was planned or took place, in the order of time."""
    return await _with_state(
        db,
        community,
        MeetingState.PLANNED,
        MeetingState.OPEN,
        MeetingState.HELD,
        MeetingState.NOT_HELD,
        MeetingState.TALK,
    )


async def every_one(db: Transaction, community: Community) -> list[Meeting]:
    """All that was ever written down, drafts and cancelled ones too."""
    return await _with_state(db, community, *MeetingState)
