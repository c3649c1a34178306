"""The roll of a meeting: who is present, who asked leave, and the numbers that follow."""

from datetime import datetime

from sqlalchemy import func, insert, select, update

from records import operations, people
from records.calendar import day_of
from records.database import Transaction
from records.model import Attendance, Capacity, Meeting, Person, Presence, Roll
from records.schema import attendance


async def sign_in(db: Transaction, meeting: Meeting, person: Person, *, at: datetime) -> Attendance:
    """Log the person as present. Signing in twice keeps the first time; leave is overruled."""
    return await _log(db, meeting, person, Presence.PRESENT, at=at)


async def excuse(db: Transaction, meeting: Meeting, person: Person, *, at: datetime) -> Attendance:
    """Log the person as excused. Whoever has already signed in stays present."""
    return await _log(db, meeting, person, Presence.EXCUSED, at=at)


async def _log(
    db: Transaction, meeting: Meeting, person: Person, presence: Presence, *, at: datetime
) -> Attendance:
    mine = (attendance.c.meeting_id == meeting.id) & (attendance.c.person_id == person.id)
    row = (await db.execute(select(attendance).where(mine))).one_or_none()
    if row is not None and row.presence in (Presence.PRESENT, presence):
        return Attendance(meeting, person, row.presence, row.capacity, row.at, is_new=False)
    capacity = await people.capacity_on(db, person, day=day_of(meeting.starts_at))
    facts = {"presence": presence, "capacity": capacity, "at": at}
    if row is None:
        await db.execute(
            insert(attendance).values(meeting_id=meeting.id, person_id=person.id, **facts)
        )
    else:
        await db.execute(update(attendance).where(mine).values(**facts))
    await operations.log(db, by=person, act=presence.value, subject=f"meeting:{meeting.id}", at=at)
    return Attendance(meeting, person, presence, capacity, at)


async def roll_of(db: Transaction, meeting: Meeting) -> Roll:
    """The numbers by the roster of the meeting's day (第7问: of the team, whoever else attends)."""
    team = await people.team_on(
        db, community_id=meeting.community_id, day=day_of(meeting.starts_at)
    )
    query = (
        select(attendance.c.presence, attendance.c.capacity, func.count())
        .where(attendance.c.meeting_id == meeting.id)
        .group_by(attendance.c.presence, attendance.c.capacity)
    )
    counts = {(row[0], row[1]): row[2] for row in (await db.execute(query)).all()}
    return Roll(
        meeting=meeting,
        expected=len(team),
        present=counts.get((Presence.PRESENT, Capacity.VOTING), 0),
        excused=counts.get((Presence.EXCUSED, Capacity.VOTING), 0),
        non_voting=counts.get((Presence.PRESENT, Capacity.NON_VOTING), 0),
    )


async def list_of(db: Transaction, meeting: Meeting) -> list[tuple[Person, Attendance | None]]:
    """The team in the order of the roster, then who attends without vote; None means no record."""
    team = await people.team_on(
        db, community_id=meeting.community_id, day=day_of(meeting.starts_at)
    )
    query = select(attendance).where(attendance.c.meeting_id == meeting.id)
    logged = {row.person_id: row for row in (await db.execute(query)).all()}
    guests = await people.with_ids(db, sorted(logged.keys() - {person.id for person in team}))
    found: list[tuple[Person, Attendance | None]] = []
    for person in [*team, *guests]:
        record = None
        if (row := logged.get(person.id)) is not None:
            record = Attendance(meeting, person, row.presence, row.capacity, row.at)
        found.append((person, record))
    return found
