"""Meetings: planned, opened for sign-in, closed with an outcome."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, or_, select, update

from records import attendance, operations, rules
from records.calendar import Period
from records.database import Transaction
from records.errors import (
    MeetingAlreadyPlanned,
    MeetingInThePast,
    MeetingStillOpen,
    NoMeeting,
    NoOpenMeeting,
    StaleButton,
)
from records.model import Community, Meeting, MeetingKind, MeetingState, Person, Roll
from records.schema import meetings


async def call(
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
    """Plan a meeting. MeetingInThePast, MeetingAlreadyPlanned."""
    if starts_at < at:
        raise MeetingInThePast
    for other in await _with_state(db, community, MeetingState.PLANNED):
        if other.starts_at == starts_at:
            raise MeetingAlreadyPlanned(other)
    row = (
        await db.execute(
            insert(meetings)
            .values(
                community_id=community.id,
                chat_id=chat_id,
                topic_id=topic_id,
                kind=kind,
                state=MeetingState.PLANNED,
                starts_at=starts_at,
                place=place,
            )
            .returning(meetings)
        )
    ).one()
    await operations.log(db, by=by, act="call", subject=f"meeting:{row.id}", at=at)
    return meeting_of(row)


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
    if not planned:
        raise StaleButton if meeting_id is not None else NoMeeting
    chosen = min(planned, key=lambda meeting: abs(meeting.starts_at - at))
    await operations.log(db, by=by, act="open_sign_in", subject=f"meeting:{chosen.id}", at=at)
    return await _change(db, chosen, state=MeetingState.OPEN, opened_at=at)


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
    if meeting.closed_at is None:
        return
    roll = await attendance.roll_of(db, meeting)
    await _change(db, meeting, state=rules.outcome(roll))


async def open_or_next(db: Transaction, community: Community, *, at: datetime) -> Meeting:
    """The meeting one may ask leave from: open at that moment, else the next planned. NoMeeting."""
    if await is_open(db, community, at=at):
        return await open_at(db, community, at=at)
    planned = await _with_state(db, community, MeetingState.PLANNED)
    for meeting in [one for one in planned if one.starts_at >= at] or planned[-1:]:
        return meeting
    raise NoMeeting


async def latest(db: Transaction, community: Community, *, at: datetime) -> Meeting:
    """What /meeting shows: the open one, the next planned, or the last that was closed."""
    try:
        return await open_or_next(db, community, at=at)
    except NoMeeting:
        query = (
            select(meetings)
            .where(meetings.c.community_id == community.id)
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
    return Meeting(
        id=row.id,
        community_id=row.community_id,
        chat_id=row.chat_id,
        topic_id=row.topic_id,
        kind=row.kind,
        state=row.state,
        starts_at=row.starts_at,
        place=row.place,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
    )
