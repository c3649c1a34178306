"""Of the sign-ins of earlier years only numbers are left; the office is told 60 and 15 days ahead."""

from datetime import datetime

from handlers.conversation import Message, letter
from handlers.texts import retention as texts
from records import outbox, people, retention, workdays
from records.calendar import day_of
from records.database import Database, Transaction
from records.model import Role
from records.outbox import Priority
from records.retention import Year


async def tick(database: Database, now: datetime) -> None:
    """Forget what is due, and in office hours tell of what comes next."""
    today = day_of(now)
    async with database.begin() as db:
        for kept in await retention.years(db, before=today.year):
            if kept.ends_on <= today:
                await retention.reduce(db, kept)
                continue
            passed = [number for number, at in enumerate(kept.notices) if at <= now]
            if passed and workdays.is_office_time(now):
                await _tell(db, kept, passed[-1], now=now)


async def next_due(db: Transaction, now: datetime) -> datetime | None:
    """When the office is to be told next."""
    moments = [
        at
        for kept in await retention.years(db, before=day_of(now).year)
        for at in kept.notices
        if at > now
    ]
    return min(moments, default=None)


async def _tell(db: Transaction, kept: Year, number: int, *, now: datetime) -> None:
    told = await people.with_roles(
        db,
        community_id=kept.community.id,
        wanted=[Role.PARTY_WORKER, Role.PARTY_SECRETARY],
    )
    message = Message(texts.notice(kept), texts.notice_buttons(kept))
    for _person, account in told:
        key = f"retention:{kept.community.id}:{kept.ends_on}:{number}:{account}"
        mail = letter(message, chat_id=account, priority=Priority.REMINDER, key=key)
        await outbox.put(db, mail, at=now)
