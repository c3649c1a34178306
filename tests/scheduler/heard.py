"""What the ticks say: every letter of the outbox as it was written, and the clock moved from one look to the next."""

import json
from datetime import datetime

from sqlalchemy import text

from records import outbox
from records.calendar import CHINA
from records.database import Database
from scheduler import reminders

Letter = tuple[str, int, str]


def at(month: int, day: int, hour: int = 9, minute: int = 30, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=CHINA)


async def through(
    database: Database, start: datetime, end: datetime, *, sent: bool = False
) -> list[Letter]:
    """Step from one moment of interest to the next, as the rehearsal clock does.

    With `sent` every letter gets a message number at once, as if there were no limits.
    """
    found: list[Letter] = []
    now = start
    while (now := await reminders.next_look(database, now)) <= end:
        found += await ticked(database, now, sent=sent)
    return found


async def ticked(database: Database, now: datetime, *, sent: bool = False) -> list[Letter]:
    """Day, recipient and text of what one tick wrote, chat by chat: two of its workers write side by side."""
    async with database.begin() as db:
        last = (await db.execute(text("SELECT coalesce(max(id), 0) FROM outbox"))).scalar_one()
    await reminders.tick(database, now)
    async with database.begin() as db:
        query = text("SELECT id, chat_id, body FROM outbox WHERE id > :last ORDER BY chat_id, id")
        rows = (await db.execute(query, {"last": last})).all()
        for waiting in await outbox.heads(db) if sent else []:
            await outbox.sent(db, waiting, message_id=waiting.id)
    bodies = [(row.chat_id, json.loads(row.body)) for row in rows]
    return [
        (f"{now:%m-%d}", chat, f"⟳{body['text']}" if body["edits"] else body["text"])
        for chat, body in bodies
    ]


async def buttons(database: Database, user_id: int) -> list[str]:
    """The labels under the newest letter to the chat that is still to be sent."""
    async with database.begin() as db:
        query = text(
            "SELECT body FROM outbox WHERE chat_id = :chat AND body <> '' ORDER BY id DESC LIMIT 1"
        )
        body = json.loads((await db.execute(query, {"chat": user_id})).scalar_one())
    return [button["label"] for row in body["buttons"] for button in row]
