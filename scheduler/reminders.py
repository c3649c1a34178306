"""What is due, for whom, said once: from the records at each tick, never from memory."""

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from datetime import datetime
from typing import Any

from handlers import reminders
from handlers.conversation import Message, letter
from handlers.texts import reminders as texts
from records import bell, holidays, notes, obligations, outbox
from records.database import TICK_LOCK, Database, Transaction
from records.notes import Note, Share
from records.outbox import Letter, Priority
from records.workdays import Workdays
from scheduler import digests, knowledge, notices, retention

BATCH, CHATS = 5000, 500  # obligations and chats in one transaction
WORKERS = 2  # transactions at a time on PostgreSQL
ROUNDS = (retention.ROUND, notices.ROUND, knowledge.ROUND)


async def tick(database: Database, now: datetime) -> None:
    """Say what has fallen due. Outside office hours it waits for the next working day."""
    async with database.alone(TICK_LOCK) as is_ours:
        if not is_ours:
            return
        async with database.begin() as db:
            days = await holidays.workdays(db)
            found = await bell.look(db, now=now, of_rounds=ROUNDS)
            forgets = retention.ROUND not in found.rounds_made
            speaks = days.is_office_time(now) and (
                found.is_due
                or not found.rounds_made.issuperset((notices.ROUND, knowledge.ROUND))
                or await notices.is_due(db, days, now)
            )
        if forgets:
            await retention.tick(database, days, now)
        if speaks:
            await notices.tick(database, days, now)
            if knowledge.ROUND not in found.rounds_made:
                await knowledge.tick(database, days, now)
            await _collect(database, days, now=now)
            await _tell(database, days, now=now)
            await digests.tick(database, days, now)


async def next_look(database: Database, now: datetime) -> datetime:
    """The next moment after now at which a tick may have something to say."""
    async with database.begin() as db:
        days = await holidays.workdays(db)
        moments = [
            await obligations.next_due(db),
            await notes.next_waiting(db, now=now),
            await notices.next_due(db, now),
            await retention.next_due(db, now),
            await digests.next_due(db, days, now),
        ]
    due = [moment for moment in moments if moment is not None and moment > now]
    return min([days.next_morning(now), *due])


async def _collect(database: Database, days: Workdays, *, now: datetime) -> None:
    """What has fallen due becomes notes; the next moments are set in the same transactions."""

    async def work() -> None:
        looked_at = BATCH
        while looked_at == BATCH:
            async with database.begin() as db:
                looked_at = await notes.collect(db, now=now, days=days, limit=BATCH)

    await _side_by_side([work() for _ in range(_workers(database))])


async def _tell(database: Database, days: Workdays, *, now: datetime) -> None:
    """One digest for each chat, put into the outbox together with what was told."""

    async def work(share: Share) -> None:
        after: int | None = 0
        while after is not None:
            async with database.begin() as db:
                found = await notes.waiting(
                    db, now=now, days=days, after=after, share=share, limit=CHATS
                )
                await _put(db, found, days, now=now)
            after = max(found) if len(found) == CHATS else None

    workers = _workers(database)
    await _side_by_side([work(Share(number, workers)) for number in range(workers)])


async def _side_by_side(works: Sequence[Coroutine[Any, Any, None]]) -> None:
    """Until all are done; where one fails the others end before it is said: nothing goes on without the lock."""
    running = [asyncio.create_task(one) for one in works]
    try:
        await asyncio.gather(*running)
    finally:
        for one in running:
            one.cancel()
        await asyncio.gather(*running, return_exceptions=True)


def _workers(database: Database) -> int:
    """PostgreSQL works for one while the letters of the other are written. SQLite has one connection."""
    return 1 if database.is_sqlite else WORKERS


async def _put(
    db: Transaction, found: Mapping[int, Sequence[Note]], days: Workdays, *, now: datetime
) -> None:
    told = {chat: matters for chat, matters in found.items() if matters}
    letters = [
        _letter(await reminders.digest(db, matters, days), chat, matters[0])
        for chat, matters in told.items()
    ]
    numbers = await outbox.put_all(db, letters, at=now)
    await notes.told(db, dict(zip(told, numbers, strict=True)), now=now)
    before = {one.replaces_id for matters in told.values() for one in matters}
    await _replace(db, before - {None}, days, now=now)


def _letter(message: Message, chat_id: int, first: Note) -> Letter:
    """The key holds duty and subject, period, stage and recipient: the database knows what was said."""
    key = f"{first.obligation_id}:{first.period.key}:{first.stage}:{chat_id}"
    return letter(message, chat_id=chat_id, priority=Priority.REMINDER, key=key)


async def _replace(
    db: Transaction, letter_ids: set[int | None], days: Workdays, *, now: datetime
) -> None:
    """An earlier reminder shows what no later one has taken up, or only that there is a new one."""
    known = {one for one in letter_ids if one is not None}
    if not known:
        return
    left = await notes.of_letters(db, known, days=days)
    await outbox.take_back(db, [one for one in known if not left[one]])
    edits = []
    for number, shown in (await outbox.shown(db, known)).items():
        message = Message(texts.replaced())
        if left[number]:
            message = await reminders.digest(db, left[number], days)
        if shown.is_waiting and left[number]:
            await outbox.rewrite(db, number, letter(message, chat_id=shown.chat_id))
        if shown.message_id is None:
            continue
        edit = letter(
            message,
            chat_id=shown.chat_id,
            edits=shown.message_id,
            priority=Priority.REMINDER,
            key=f"replaced:{number}:{now.isoformat()}",
        )
        edits.append(edit)
    await outbox.put_all(db, edits, at=now)
