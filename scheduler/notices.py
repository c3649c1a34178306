"""On the working day before a meeting its team is asked whether they can come; afterwards nothing stays open."""

from datetime import datetime

from handlers.conversation import Message, letter
from handlers.texts import meetings as texts
from records import attendance, communities, holidays, meetings, outbox, people, rounds
from records.calendar import day_of
from records.database import Database, Transaction
from records.model import Meeting, MeetingState, Role
from records.outbox import Priority
from records.workdays import Workdays

ROUND = "forgotten"


async def is_due(db: Transaction, days: Workdays, now: datetime) -> bool:
    """Whether a team is to be asked now."""
    return bool(await _to_be_asked_about(db, days, now))


async def tick(database: Database, days: Workdays, now: datetime) -> None:
    """Ask about the meetings of the next working day; in office hours."""
    async with database.begin() as db:
        coming = await _to_be_asked_about(db, days, now)
        is_round_made = await rounds.is_made(db, ROUND, now=now)
    for meeting in coming:
        async with database.begin() as db:
            await _ask_once(db, meeting, now=now)
    if not is_round_made:
        await _go_round(database, now=now)


async def _to_be_asked_about(db: Transaction, days: Workdays, now: datetime) -> list[Meeting]:
    until = days.workdays_after(day_of(now), 1)
    return [
        meeting
        for meeting in await meetings.unnoticed(db, now=now, until=until)
        if days.notice_moment(day_of(meeting.starts_at)) <= now
    ]


async def _ask_once(db: Transaction, meeting: Meeting, *, now: datetime) -> None:
    await communities.lock(db, await communities.with_id(db, meeting.community_id))
    fresh = await meetings.with_id(db, meeting.id)
    if fresh.state is MeetingState.PLANNED and fresh.noticed_version != fresh.version:
        await _ask(db, fresh, now=now)


async def _go_round(database: Database, *, now: datetime) -> None:
    """What was left open on an earlier day; one transaction a meeting."""
    async with database.begin() as db:
        forgotten = await meetings.forgotten(db, now=now)
    for meeting in forgotten:
        async with database.begin() as db:
            await _remind(db, meeting, now=now)
    async with database.begin() as db:
        await rounds.make(db, ROUND, now=now)


async def next_due(db: Transaction, now: datetime) -> datetime | None:
    """When a meeting is to be asked about next."""
    days = await holidays.workdays(db)
    moments = [
        days.notice_moment(day_of(meeting.starts_at))
        for meeting in await meetings.unnoticed(db, now=now)
    ]
    return min((moment for moment in moments if moment > now), default=None)


async def _remind(db: Transaction, meeting: Meeting, *, now: datetime) -> None:
    """The next working day: a roll that was never ended, or never begun."""
    message = Message(texts.forgotten(meeting), texts.forgotten_buttons(meeting))
    told = await people.with_roles(
        db, community_id=meeting.community_id, wanted=[Role.PARTY_WORKER]
    )
    for _person, account in told:
        await _put(db, meeting, message, account, now=now, of="forgotten")


async def _ask(db: Transaction, meeting: Meeting, *, now: datetime) -> None:
    """Everybody of the team who is bound; the worker hears who cannot be reached."""
    tomorrow = (day_of(meeting.starts_at) - day_of(now)).days == 1
    message = Message(texts.coming_note(meeting, tomorrow=tomorrow), texts.coming_buttons(meeting))
    unreachable = []
    for person in await attendance.team(db, meeting):
        accounts = await people.accounts_of(db, person_id=person.id)
        for account in accounts:
            await _put(db, meeting, message, account, now=now)
        if not accounts:
            unreachable.append(person)
    if unreachable:
        told = await people.with_roles(
            db, community_id=meeting.community_id, wanted=[Role.PARTY_WORKER]
        )
        note = Message(texts.not_asked(meeting, unreachable))
        for _person, account in told:
            await _put(db, meeting, note, account, now=now, of="unreachable")
    await meetings.noticed(db, meeting)


async def _put(
    db: Transaction,
    meeting: Meeting,
    message: Message,
    account: int,
    *,
    now: datetime,
    of: str = "coming",
) -> None:
    key = f"{of}:{meeting.id}:{meeting.version}:{account}"
    mail = letter(message, chat_id=account, priority=Priority.REMINDER, key=key)
    await outbox.put(db, mail, at=now)
