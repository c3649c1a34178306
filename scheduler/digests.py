"""The roll-up of a subdistrict's communities, unasked: once a week or month to each of its staff, in private."""

from collections.abc import Sequence
from datetime import datetime

from handlers.conversation import Message, letter
from handlers.texts import overview as texts
from records import outbox, overview, rhythms, subdistricts
from records.calendar import day_of
from records.database import Database, Transaction
from records.outbox import Priority
from records.overview import Overview
from records.rhythms import Turn
from records.subdistricts import Due
from records.workdays import Workdays

BATCH = 200  # staff in one transaction


async def tick(database: Database, days: Workdays, now: datetime) -> None:
    """Whose digest has come gets it; of several missed ones only the latest, marked 补发."""
    if not days.is_office_time(now):
        return
    looked_at = BATCH
    while looked_at == BATCH:
        async with database.begin() as db:
            due = await subdistricts.due(db, now=now, limit=BATCH)
            await _tell(db, due, days, now=now)
            looked_at = len(due)


async def next_due(db: Transaction, days: Workdays, now: datetime) -> datetime | None:
    """The next moment at which a digest is due; one that waits for office hours is due in the morning."""
    moment = await subdistricts.next_due(db)
    if moment is None or moment > now:
        return moment
    return days.next_morning(now)


async def _tell(db: Transaction, due: Sequence[Due], days: Workdays, *, now: datetime) -> None:
    """Those of one subdistrict read the same: it is looked at once."""
    known: dict[str, Overview] = {}
    for each in due:
        one = each.staff
        turn = _turn(each, days, now=now)
        if turn is not None:
            if one.subdistrict not in known:
                known[one.subdistrict] = await overview.of(
                    db, one.subdistrict, today=day_of(now), days=days
                )
            await _put(db, each, turn, known[one.subdistrict], now=now)
        following = rhythms.following(one.rhythm, now, days)
        await subdistricts.set_due(db, one, following)


def _turn(each: Due, days: Workdays, *, now: datetime) -> Turn | None:
    """What is said now; None if the working day it was noted for has since become a holiday."""
    noted = rhythms.of_day(each.staff.rhythm, day_of(each.next_due), days)
    if noted.at > now:
        return None
    return rhythms.latest(each.staff.rhythm, now, days)


async def _put(db: Transaction, each: Due, turn: Turn, found: Overview, *, now: datetime) -> None:
    """The key holds person and week or month: the database knows what was said."""
    one, today = each.staff, day_of(now)
    if one.user_id is None or not (found.communities or found.awaiting):
        return
    words = texts.overview(found, today, is_late=day_of(turn.at) < today)
    message = Message(words, texts.exception_buttons(found, today))
    key = f"digest:{one.id}:{one.rhythm.value}:{turn.first.isoformat()}"
    mail = letter(message, chat_id=one.user_id, priority=Priority.REMINDER, key=key)
    await outbox.put(db, mail, at=now)
