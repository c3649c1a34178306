"""The nightly copy of the database, and what is forgotten in time."""

import asyncio
import logging
from datetime import datetime, time
from pathlib import Path

from records import (
    dialogues,
    documents,
    inbox,
    obligations,
    outbox,
    prompts,
    rounds,
    taught,
    turnover,
    unanswered,
)
from records.calendar import CHINA
from records.database import Database, NoCopy

logger = logging.getLogger(__name__)

BACKUP_FROM = time(3, 0)
KEPT = 14  # copies
ROUND = "obligations"


async def upkeep(database: Database, *, folder: Path, now: datetime) -> None:
    """Once a day after 03:00, however often it is called, a copy; at every call retention."""
    async with database.begin() as db:
        await dialogues.forget(db, now=now)
        await prompts.forget(db, now=now)
        await unanswered.forget(db, now=now)
        await documents.forget(db, now=now)
        await taught.forget(db, now=now)
        await turnover.settle(db, now=now)
        if not await rounds.is_made(db, ROUND, now=now):
            await obligations.settle(db, now=now)
            await rounds.make(db, ROUND, now=now)
        await inbox.forget(db, now=now)
        await outbox.forget(db, now=now)
    local = now.astimezone(CHINA)
    if not database.is_sqlite or local.time() < BACKUP_FROM:
        return
    target = folder / backup_name(now)
    if await asyncio.to_thread(target.exists):
        return
    try:
        await database.back_up(target)
    except NoCopy:
        logger.exception("no backup")
        return
    await asyncio.to_thread(_drop_old, folder)
    logger.info("backup written")


def backup_name(now: datetime) -> str:
    return f"dangwu-{now.astimezone(CHINA):%Y-%m-%d}.sqlite3"


def _drop_old(folder: Path) -> None:
    for copy in sorted(folder.glob("dangwu-*.sqlite3"))[:-KEPT]:
        copy.unlink()
