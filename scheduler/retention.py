"""Of the sign-ins of earlier years only numbers are left; the office is told 60 and 15 days ahead."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from handlers.conversation import Message, letter
from handlers.texts import retention as texts
from records import holidays, outbox, people, retention, rounds
from records.calendar import day_of
from records.database import Database, Transaction
from records.model import Role
from records.outbox import Letter, Priority
from records.retention import Year
from records.workdays import Workdays

ROUND = "retention"
OFFICES = 500  # told in one transaction


async def tick(database: Database, days: Workdays, now: datetime) -> None:
    """Forget what is due, and in office hours tell of what comes next; twice a day."""
    today = day_of(now)
    async with database.begin() as db:
        found = await retention.years(db, before=today.year)
    for kept in found:
        if kept.ends_on <= today:
            async with database.begin() as db:
                await retention.reduce(db, kept)
    coming = [kept for kept in found if kept.ends_on > today]
    if days.is_office_time(now):
        for first in range(0, len(coming), OFFICES):
            async with database.begin() as db:
                await _tell(db, coming[first : first + OFFICES], days, now=now)
    async with database.begin() as db:
        await rounds.make(db, ROUND, now=now)


async def next_due(db: Transaction, now: datetime) -> datetime | None:
    """When the office is to be told next."""
    days = await holidays.workdays(db)
    moments = [
        at
        for kept in await retention.years(db, before=day_of(now).year)
        for at in kept.notices(days)
        if at > now
    ]
    return min(moments, default=None)


async def _tell(db: Transaction, found: Sequence[Year], days: Workdays, *, now: datetime) -> None:
    """The latest notice whose moment has come, to whoever was not told of it yet."""
    offices: defaultdict[int, list[int]] = defaultdict(list)
    for community_id, account in await people.accounts_with_roles(
        db,
        community_ids={kept.community.id for kept in found},
        wanted=[Role.PARTY_WORKER, Role.PARTY_SECRETARY],
    ):
        offices[community_id].append(account)
    due: dict[str, Letter] = {}
    for kept in found:
        passed = [number for number, at in enumerate(kept.notices(days)) if at <= now]
        for account in offices[kept.community.id] if passed else ():
            key = f"retention:{kept.community.id}:{kept.ends_on}:{passed[-1]}:{account}"
            message = Message(texts.notice(kept), texts.notice_buttons(kept))
            due[key] = letter(message, chat_id=account, priority=Priority.REMINDER, key=key)
    known = await outbox.known(db, due)
    await outbox.put_all(db, [due[key] for key in due if key not in known], at=now)
