"""What is due, for whom, said once: from the records at each tick, never from memory."""

from dataclasses import dataclass, field
from datetime import datetime

from handlers.conversation import Message, letter
from handlers.texts import obligations as texts
from handlers.texts.people import address
from records import obligations, outbox, people, workdays
from records.database import Database, Transaction
from records.model import Duty, Occurrence, Person, Role, Unit
from records.outbox import Priority
from scheduler import notices, retention


@dataclass
class Unreachable:
    """Units of one community and stage that have no liaison the bot can write to."""

    occurrence: Occurrence
    units: list[Unit] = field(default_factory=list)


async def tick(database: Database, now: datetime) -> None:
    """Say what has fallen due. Outside office hours it waits for the next working day."""
    await retention.tick(database, now)
    if not workdays.is_office_time(now):
        return
    await notices.tick(database, now)
    while await _some(database, now):
        pass


async def next_look(database: Database, now: datetime) -> datetime:
    """The next moment after now at which a tick may have something to say."""
    async with database.begin() as db:
        moments = [
            await obligations.next_due(db),
            await notices.next_due(db, now),
            await retention.next_due(db, now),
        ]
    due = [moment for moment in moments if moment is not None and moment > now]
    return min([workdays.next_morning(now), *due])


async def _some(database: Database, now: datetime) -> bool:
    """One transaction: the letters and the next moments together. False if nothing was due."""
    async with database.begin() as db:
        due = await obligations.due(db, now=now)
        unreachable: dict[tuple[int, Duty, int], Unreachable] = {}
        for obligation in due:
            occurrence = await obligations.occurrence(db, obligation, now=now)
            if occurrence is not None and not await _say(db, occurrence, now=now):
                key = (obligation.community.id, obligation.duty, occurrence.stage)
                _add(unreachable.setdefault(key, Unreachable(occurrence)), occurrence)
            await obligations.advance(db, obligation, now=now)
        for group in unreachable.values():
            await _tell_worker(db, group, now=now)
    return bool(due)


def _add(group: Unreachable, occurrence: Occurrence) -> None:
    if occurrence.obligation.unit is not None:
        group.units.append(occurrence.obligation.unit)


async def _say(db: Transaction, occurrence: Occurrence, *, now: datetime) -> bool:
    """To everybody concerned, in private; False if nobody can be reached."""
    recipients = await _recipients(db, occurrence)
    for person, user_id in recipients:
        if occurrence.obligation.duty is Duty.MONTHLY_MEETING:
            message = Message(texts.monthly_meeting(occurrence))
        else:
            words = texts.half_year_contact(occurrence, name=address(person))
            message = Message(words, texts.contact_buttons())
        await _put(db, occurrence, message, user_id, now=now)
    return bool(recipients)


async def _recipients(db: Transaction, occurrence: Occurrence) -> list[tuple[Person, int]]:
    obligation = occurrence.obligation
    community_id = obligation.community.id
    if obligation.unit is not None:
        return await people.with_roles(
            db, community_id=community_id, wanted=[Role.LIAISON], unit_id=obligation.unit.id
        )
    worker = await people.with_roles(db, community_id=community_id, wanted=[Role.PARTY_WORKER])
    if worker and not occurrence.is_last:
        return worker
    return await people.with_roles(
        db, community_id=community_id, wanted=[Role.PARTY_WORKER, Role.PARTY_SECRETARY]
    )


async def _tell_worker(db: Transaction, group: Unreachable, *, now: datetime) -> None:
    """The worker sees which units cannot be reached; the group never does."""
    if not group.units:
        return
    community_id = group.occurrence.obligation.community.id
    told = await people.with_roles(db, community_id=community_id, wanted=[Role.PARTY_WORKER])
    if not told:
        told = await people.with_roles(db, community_id=community_id, wanted=[Role.PARTY_SECRETARY])
    for _person, user_id in told:
        message = Message(texts.unreachable(group.occurrence, group.units))
        await _put(db, group.occurrence, message, user_id, now=now)


async def _put(
    db: Transaction, occurrence: Occurrence, message: Message, user_id: int, *, now: datetime
) -> None:
    """The key holds duty, subject, period, stage and recipient: the database knows what was said."""
    obligation = occurrence.obligation
    key = f"{obligation.id}:{occurrence.period.key}:{occurrence.stage}:{user_id}"
    mail = letter(message, chat_id=user_id, priority=Priority.REMINDER, key=key)
    await outbox.put(db, mail, at=now)
