"""Updates are kept once, in order within a chat, and blanked when done."""

from datetime import datetime

from sqlalchemy import text

from records import inbox
from records.calendar import CHINA
from records.database import Database
from records.inbox import Arrival

NOW = datetime(2026, 11, 25, 15, 0, tzinfo=CHINA)


async def test_update_that_comes_again_is_kept_once(database: Database) -> None:
    async with database.begin() as db:
        await inbox.store(db, [Arrival(7, "chat:1", "first")], at=NOW)
        await inbox.store(db, [Arrival(7, "chat:1", "again"), Arrival(8, "chat:2", "b")], at=NOW)

    assert await _bodies(database) == ["first", "b"]


async def test_smaller_number_after_a_quiet_week_is_kept_too(database: Database) -> None:
    async with database.begin() as db:
        await inbox.store(db, [Arrival(900, "chat:1", "a")], at=NOW)
        await inbox.store(db, [Arrival(12, "chat:1", "b")], at=NOW)

    assert await _bodies(database) == ["a", "b"]


async def test_talk_leaves_only_its_number(database: Database) -> None:
    async with database.begin() as db:
        await inbox.store(db, [Arrival(7, None, None)], at=NOW)
        rows = (await db.execute(text("SELECT update_id, lane, body, is_done FROM inbox"))).all()

    assert [tuple(row) for row in rows] == [(7, None, None, True)]


async def test_failed_update_holds_up_its_chat_and_no_other(database: Database) -> None:
    async with database.begin() as db:
        await inbox.store(
            db,
            [Arrival(1, "chat:1", "a"), Arrival(2, "chat:1", "b"), Arrival(3, "chat:2", "c")],
            at=NOW,
        )
    async with database.begin() as db:
        first = await inbox.claim(db)
        assert first is not None
        await inbox.failed(db, first)
    async with database.begin() as db:
        following = await inbox.claim(db)

    assert (first.body, following and following.body) == ("a", "c")


async def test_older_of_two_in_a_lane_is_overtaken(database: Database) -> None:
    lanes = ("user:1", "user:2", "user:1")
    async with database.begin() as db:
        await inbox.store(db, [Arrival(n, lane, "q") for n, lane in enumerate(lanes)], at=NOW)
    found = []
    async with database.begin() as db:
        while (waiting := await inbox.claim(db)) is not None:
            found.append((waiting.update_id, await inbox.is_overtaken(db, waiting)))
            await inbox.done(db, waiting)

    assert found == [(0, True), (1, False), (2, False)]


async def test_done_update_has_no_text_left(database: Database) -> None:
    async with database.begin() as db:
        await inbox.store(db, [Arrival(1, "chat:1", "secret")], at=NOW)
        waiting = await inbox.claim(db)
        assert waiting is not None
        await inbox.done(db, waiting)

    async with database.begin() as db:
        assert await inbox.is_empty(db)
        assert (await db.execute(text("SELECT body FROM inbox"))).scalars().all() == [None]


async def test_two_replicas_take_different_chats(
    postgresql_pair: tuple[Database, Database],
) -> None:
    one, two = postgresql_pair
    async with one.begin() as db:
        await inbox.store(
            db,
            [Arrival(1, "chat:1", "a"), Arrival(2, "chat:1", "b"), Arrival(3, "chat:2", "c")],
            at=NOW,
        )
    async with one.begin() as db:
        first = await inbox.claim(db)
        async with two.begin() as other:
            second = await inbox.claim(other)
            assert (first and first.body, second and second.body) == ("a", "c")
            assert second is not None
            await inbox.done(other, second)
        async with two.begin() as other:
            assert await inbox.claim(other) is None


async def _bodies(database: Database) -> list[str]:
    async with database.begin() as db:
        return list((await db.execute(text("SELECT body FROM inbox ORDER BY id"))).scalars())
