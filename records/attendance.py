"""The roll of a meeting: who is present, who asked leave, and the numbers that follow."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from records import operations, people, settings
from records.calendar import day_of
from records.database import Transaction
from records.errors import LedgerClosed, StaleButton
from records.model import Attendance, Meeting, MeetingKind, Person, Presence, Roll
from records.schema import attendance, kept_numbers, meetings


@dataclass(frozen=True)
class Mark:
    """What a correction makes of a person: None for `presence` is absent."""

    presence: Presence | None
    online: bool = False
    late: bool = False

    def __str__(self) -> str:
        words = [self.presence.value if self.presence else "absent"]
        return "+".join([*words, *("online",) * self.online, *("late",) * self.late])


# every mark that an operation may be named after
MARKS = tuple(
    Mark(presence, online=online, late=late)
    for presence in (*Presence, None)
    for online in (False, True)
    for late in (False, True)
)
ABSENT, EXCUSED = Mark(None), Mark(Presence.EXCUSED)
PRESENT, ONLINE = Mark(Presence.PRESENT), Mark(Presence.PRESENT, online=True)
LATE = Mark(Presence.PRESENT, late=True)


@dataclass(frozen=True)
class Own:
    """What is recorded of a person in one meeting: when it was, how they attended, since when."""

    starts_at: datetime
    kind: MeetingKind
    mark: Mark
    at: datetime


async def sign_in(
    db: Transaction,
    meeting: Meeting,
    person: Person,
    *,
    at: datetime,
    online: bool = False,
    by: Person | None = None,
) -> Attendance:
    """Log the person as present. Signing in twice keeps the first time; leave is overruled."""
    found = await settings.of(db, meeting.community_id)
    late = (
        by is None
        and found.late_after is not None
        and at > meeting.starts_at + timedelta(minutes=found.late_after)
    )
    mark = Mark(Presence.PRESENT, online=online, late=late)
    return await _log(db, meeting, person, mark, at=at, by=by)


async def excuse(
    db: Transaction, meeting: Meeting, person: Person, *, at: datetime, by: Person | None = None
) -> Attendance:
    """Log the person as excused. Whoever has already signed in stays present."""
    return await _log(db, meeting, person, EXCUSED, at=at, by=by)


async def announce(
    db: Transaction, meeting: Meeting, person: Person, *, online: bool, at: datetime
) -> Attendance:
    """The answer to the notice: the person means to come. No sign-in."""
    return await _log(db, meeting, person, Mark(Presence.COMING, online=online), at=at, by=None)


async def void_answers(db: Transaction, meeting: Meeting) -> None:
    """The meeting is on another day: own answers for the old one do not count any more."""
    await db.execute(
        delete(attendance).where(
            attendance.c.meeting_id == meeting.id, attendance.c.recorded_by.is_(None)
        )
    )


async def _log(
    db: Transaction,
    meeting: Meeting,
    person: Person,
    mark: Mark,
    *,
    at: datetime,
    by: Person | None,
) -> Attendance:
    row = await _row(db, meeting, person)
    if row is not None and row.left_at is not None and mark.presence is Presence.PRESENT:
        await db.execute(update(attendance).where(_mine(meeting, person)).values(left_at=None))
        return _attendance_of(meeting, person, row, is_new=True)
    if row is not None and (
        row.presence is Presence.PRESENT
        or (row.presence, row.online) == (mark.presence, mark.online)
    ):
        return _attendance_of(meeting, person, row, is_new=False)
    row = await _write(db, meeting, person, mark, at=at, by=by)
    await operations.log(
        db,
        by=by or person,
        act=str(mark),
        subject=f"meeting:{meeting.id}",
        about=person if by else None,
        at=at,
    )
    return _attendance_of(meeting, person, row, is_new=True)


async def correct(
    db: Transaction,
    meeting: Meeting,
    person: Person,
    mark: Mark,
    *,
    reason: str,
    by: Person,
    at: datetime,
) -> None:
    """Put something right; before, after and why are kept. LedgerClosed once the list is confirmed."""
    if meeting.confirmed_at is not None:
        raise LedgerClosed
    row = await _row(db, meeting, person)
    before = Mark(row.presence, online=row.online, late=row.late) if row is not None else ABSENT
    if mark.presence is None:
        await db.execute(delete(attendance).where(_mine(meeting, person)))
    else:
        first = row.at if row is not None and row.presence is mark.presence else at
        await _write(db, meeting, person, mark, at=first, by=by)
    await operations.log(
        db,
        by=by,
        act="correct",
        subject=f"meeting:{meeting.id}",
        about=person,
        detail=f"{before}>{mark}：{reason}",
        at=at,
    )


async def leave_early(
    db: Transaction, meeting: Meeting, person: Person, *, by: Person, at: datetime
) -> None:
    """The person has gone before the end; the sign-in stays."""
    if meeting.confirmed_at is not None:
        raise LedgerClosed
    query = (
        update(attendance)
        .where(_mine(meeting, person), attendance.c.presence == Presence.PRESENT)
        .values(left_at=at)
        .returning(attendance.c.person_id)
    )
    if (await db.execute(query)).first() is None:
        raise StaleButton
    await operations.log(
        db, by=by, act="leave_early", subject=f"meeting:{meeting.id}", about=person, at=at
    )


async def take_roll(
    db: Transaction, meeting: Meeting, exceptions: Mapping[int, Mark], *, by: Person, at: datetime
) -> None:
    """Everybody of the team is present but for the exceptions, by person; own sign-ins stay as they are."""
    if meeting.confirmed_at is not None:
        raise LedgerClosed
    for person in await team(db, meeting):
        mark = exceptions.get(person.id, PRESENT)
        row = await _row(db, meeting, person)
        if row is not None and (
            _is_own(row) or (row.presence, row.online) == (mark.presence, mark.online)
        ):
            continue
        if mark.presence is None:
            await db.execute(delete(attendance).where(_mine(meeting, person)))
        else:
            await _write(db, meeting, person, mark, at=at, by=by)
        await operations.log(
            db, by=by, act=str(mark), subject=f"meeting:{meeting.id}", about=person, at=at
        )


def _is_own(row: Row[Any]) -> bool:
    """A sign-in or leave of the person's own; only a correction with its reason changes it."""
    return row.recorded_by is None and row.presence is not Presence.COMING


async def team(db: Transaction, meeting: Meeting) -> list[Person]:
    """班子成员 by the roster of the meeting's own day."""
    return await people.team_on(
        db, community_id=meeting.community_id, day=day_of(meeting.starts_at)
    )


async def electors(db: Transaction, meeting: Meeting) -> list[Person]:
    """Those of the team who are there now."""
    rows = await _rows(db, meeting)
    return [
        person
        for person in await team(db, meeting)
        if (row := rows.get(person.id)) is not None
        and row.presence is Presence.PRESENT
        and row.left_at is None
    ]


async def roll_of(db: Transaction, meeting: Meeting) -> Roll:
    """The numbers by the roster of the meeting's day (第7问: of the team, whoever else attends)."""
    if (kept := await _kept(db, meeting)) is not None:
        return kept
    ids = people.team_ids(meeting.community_id, day_of(meeting.starts_at)).subquery()
    voting = attendance.c.person_id.in_(select(ids))
    gone = attendance.c.left_at.is_not(None)
    marks = (voting, attendance.c.presence, attendance.c.online, attendance.c.late, gone)
    query = (
        select(*(mark.label(f"mark{place}") for place, mark in enumerate(marks)), func.count())
        .where(attendance.c.meeting_id == meeting.id)
        .group_by(*marks)
    )
    counts = [
        (bool(row[0]), Presence(row[1]), bool(row[2]), bool(row[3]), bool(row[4]), int(row[5]))
        for row in (await db.execute(query)).all()
    ]
    ours = [row[1:] for row in counts if row[0]]
    present = [row[1:] for row in ours if row[0] is Presence.PRESENT]
    expected = await db.execute(select(func.count()).select_from(ids))
    return Roll(
        meeting=meeting,
        expected=int(expected.scalar_one()),
        present=sum(count for *_marks, count in present),
        excused=sum(row[-1] for row in ours if row[0] is Presence.EXCUSED),
        non_voting=sum(row[-1] for row in counts if not row[0] and row[1] is Presence.PRESENT),
        online=sum(row[-1] for row in present if row[0]),
        late=sum(row[-1] for row in present if row[1]),
        left=sum(row[-1] for row in present if row[2]),
        left_online=sum(row[-1] for row in present if row[2] and row[0]),
        coming=sum(row[-1] for row in ours if row[0] is Presence.COMING),
        settings=await settings.of_meeting(db, meeting),
    )


async def keep_numbers(db: Transaction, meeting: Meeting) -> None:
    """Only the numbers of the meeting are left, once and for all; who it was is forgotten."""
    if await _kept(db, meeting) is not None:
        return
    roll = await roll_of(db, meeting)
    numbers = {
        column.name: getattr(roll, column.name)
        for column in kept_numbers.columns
        if column.name != "meeting_id"
    }
    await db.execute(insert(kept_numbers).values(meeting_id=meeting.id, **numbers))
    await db.execute(delete(attendance).where(attendance.c.meeting_id == meeting.id))


async def _kept(db: Transaction, meeting: Meeting) -> Roll | None:
    query = select(kept_numbers).where(kept_numbers.c.meeting_id == meeting.id)
    row = (await db.execute(query)).one_or_none()
    if row is None:
        return None
    numbers = {name: value for name, value in row._mapping.items() if name != "meeting_id"}  # noqa: SLF001 - SQLAlchemy's own
    found = await settings.of_meeting(db, meeting)
    return Roll(meeting=meeting, **numbers, settings=found)


async def list_of(db: Transaction, meeting: Meeting) -> list[tuple[Person, Attendance | None]]:
    """The team in the order of the roster, then who attends without vote; None means no record.

    Nobody where only numbers are left.
    """
    if await _kept(db, meeting) is not None:
        return []
    members = await team(db, meeting)
    rows = await _rows(db, meeting)
    guests = await people.with_ids(db, sorted(rows.keys() - {person.id for person in members}))
    return [
        (
            person,
            _attendance_of(meeting, person, rows[person.id]) if person.id in rows else None,
        )
        for person in [*members, *guests]
    ]


async def of_person(db: Transaction, meeting: Meeting, person: Person) -> Attendance | None:
    row = await _row(db, meeting, person)
    return _attendance_of(meeting, person, row) if row is not None else None


async def last_of(db: Transaction, person: Person, *, limit: int) -> list[Own]:
    """The newest records of a person, for that person's own eyes."""
    query = (
        select(attendance, meetings.c.starts_at, meetings.c.kind)
        .join(meetings, meetings.c.id == attendance.c.meeting_id)
        .where(attendance.c.person_id == person.id)
        .order_by(meetings.c.starts_at.desc())
        .limit(limit)
    )
    return [
        Own(row.starts_at, row.kind, Mark(row.presence, online=row.online, late=row.late), row.at)
        for row in (await db.execute(query)).all()
    ]


def _mine(meeting: Meeting, person: Person) -> Any:
    return (attendance.c.meeting_id == meeting.id) & (attendance.c.person_id == person.id)


async def _row(db: Transaction, meeting: Meeting, person: Person) -> Row[Any] | None:
    query = select(attendance).where(_mine(meeting, person))
    return (await db.execute(query)).one_or_none()


async def _rows(db: Transaction, meeting: Meeting) -> dict[int, Row[Any]]:
    query = select(attendance).where(attendance.c.meeting_id == meeting.id)
    return {row.person_id: row for row in (await db.execute(query)).all()}


async def _write(
    db: Transaction,
    meeting: Meeting,
    person: Person,
    mark: Mark,
    *,
    at: datetime,
    by: Person | None,
) -> Row[Any]:
    facts = {
        "presence": mark.presence,
        "capacity": await people.capacity_on(db, person, day=day_of(meeting.starts_at)),
        "at": at,
        "online": mark.online,
        "late": mark.late,
        "left_at": None,
        "recorded_by": by.id if by is not None and by.id != person.id else None,
    }
    query = update(attendance).where(_mine(meeting, person)).values(**facts).returning(attendance)
    row: Row[Any] | None = (await db.execute(query)).one_or_none()
    if row is not None:
        return row
    made = insert(attendance).values(meeting_id=meeting.id, person_id=person.id, **facts)
    written: Row[Any] = (await db.execute(made.returning(attendance))).one()
    return written


def _attendance_of(
    meeting: Meeting, person: Person, row: Row[Any], *, is_new: bool = True
) -> Attendance:
    return Attendance(
        meeting,
        person,
        row.presence,
        row.capacity,
        row.at,
        is_new=is_new,
        online=row.online,
        late=row.late,
        left_at=row.left_at,
        recorded_by=row.recorded_by,
    )
