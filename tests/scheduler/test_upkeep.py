"""The nightly copy is made once a day; what need not be kept is forgotten in time."""

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from records import documents, inbox, unanswered
from records.calendar import CHINA
from records.database import Database
from records.documents import Content
from records.inbox import Arrival
from scheduler.upkeep import upkeep

NIGHT = datetime(2026, 11, 25, 2, 59, tzinfo=CHINA)


async def test_copy_is_made_once_a_day_after_three(sqlite_url: str, tmp_path: Path) -> None:
    database, folder = Database(sqlite_url), tmp_path / "backups"
    await upkeep(database, folder=folder, now=NIGHT)
    assert not folder.exists()

    for hours in (1, 2, 20):
        await upkeep(database, folder=folder, now=NIGHT + timedelta(hours=hours))
    assert [file.name for file in folder.iterdir()] == ["dangwu-2026-11-25.sqlite3"]
    await database.close()


async def test_two_weeks_of_copies_are_kept(sqlite_url: str, tmp_path: Path) -> None:
    database, folder = Database(sqlite_url), tmp_path / "backups"
    for days in range(16):
        await upkeep(database, folder=folder, now=NIGHT + timedelta(days=days, hours=1))

    kept = sorted(file.name for file in folder.iterdir())
    assert (len(kept), kept[0]) == (14, "dangwu-2026-11-27.sqlite3")
    await database.close()


async def test_dead_letters_lose_their_text_after_two_weeks(
    database: Database, tmp_path: Path
) -> None:
    async with database.begin() as db:
        await inbox.store(db, [Arrival(1, "chat:1", "words")], at=NIGHT)
        waiting = await inbox.claim(db)
        assert waiting is not None
        await inbox.bury(db, waiting, error="KeyError", at=NIGHT)

    for days, left in ((13, ["words"]), (15, [None])):
        await upkeep(database, folder=tmp_path, now=NIGHT + timedelta(days=days))
        async with database.begin() as db:
            assert (await db.execute(text("SELECT body FROM dead_letters"))).scalars().all() == left


async def test_numbers_of_old_updates_go_after_a_month(database: Database, tmp_path: Path) -> None:
    async with database.begin() as db:
        await inbox.store(db, [Arrival(1, None, None)], at=NIGHT)
        await inbox.store(db, [Arrival(2, "chat:1", "waiting")], at=NIGHT)
    await upkeep(database, folder=tmp_path, now=NIGHT + timedelta(days=31))

    async with database.begin() as db:
        assert (await db.execute(text("SELECT update_id FROM inbox"))).scalars().all() == [2]


async def test_questions_go_after_ninety_days_and_drafts_after_one(
    database: Database, tmp_path: Path
) -> None:
    async with database.begin() as db:
        asked = await unanswered.note(
            db, community_id=None, text="几点开门", normalised="几点开门", user_id=7, at=NIGHT
        )
        draft = await documents.draft(
            db,
            Content("第一条 …", "[]", "[]", b""),
            community_id=None,
            title="办法",
            status="现行有效",
            origin="街道网站",
            form="regulation",
            digest="a",
            passages=1,
            by=7,
            at=NIGHT,
        )

    for hours, questions, drafts in ((23, [asked], [draft]), (24, [asked], []), (90 * 24, [], [])):
        await upkeep(database, folder=tmp_path, now=NIGHT + timedelta(hours=hours))
        async with database.begin() as db:
            assert await unanswered.open_ones(db, None) == questions
            assert await documents.everything(db) == drafts
