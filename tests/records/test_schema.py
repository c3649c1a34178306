"""The migrations and schema.py say the same; moments keep their zone."""

from datetime import UTC, datetime

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import StatementError

from records import inbox, jobs
from records.calendar import CHINA
from records.database import Database
from records.schema import metadata


async def test_migrations_and_schema_are_the_same(database: Database) -> None:
    def differences(connection: Connection) -> object:
        return compare_metadata(MigrationContext.configure(connection), metadata)

    async with database.begin() as db:
        assert await db.run_sync(differences) == []


async def test_first_release_can_be_taken_back_and_made_again(database: Database) -> None:
    config = Config()
    config.set_main_option("script_location", "records/migrations")

    def down_and_up(connection: Connection) -> list[str]:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        left = inspect(connection).get_table_names()
        command.upgrade(config, "head")
        return left

    async with database.begin() as db:
        assert await db.run_sync(down_and_up) == ["alembic_version"]


async def test_moment_comes_back_in_china_and_a_naive_one_is_refused(database: Database) -> None:
    in_london = datetime(2026, 11, 25, 7, 0, tzinfo=UTC)
    async with database.begin() as db:
        await inbox.store(db, [inbox.Arrival(1, "chat:1", "a")], at=in_london)
        waiting = await inbox.claim(db)

    assert waiting is not None
    assert waiting.received_at == in_london
    assert waiting.received_at.tzinfo == CHINA
    with pytest.raises(StatementError):
        async with database.begin() as db:
            await inbox.store(db, [inbox.Arrival(2, "chat:1", "b")], at=datetime(2026, 11, 25))  # noqa: DTZ001


async def test_job_is_leased_to_one_and_freed_when_it_fails(database: Database) -> None:
    now = datetime(2026, 11, 25, 15, 0, tzinfo=CHINA)
    async with database.begin() as db:
        await jobs.put(db, kind="summary", chat_id=7, body="{}", at=now)
        mine = await jobs.lease(db, owner="a")
        assert mine is not None
        assert await jobs.lease(db, owner="b") is None
        assert await jobs.is_mine(db, mine, owner="a")
        assert not await jobs.is_mine(db, mine, owner="b")
        await db.execute(text("UPDATE jobs SET leased_until = 0"))
        taken_over = await jobs.lease(db, owner="b")
        assert taken_over is not None
        assert (taken_over.id, taken_over.attempts) == (mine.id, 2)
        assert not await jobs.is_mine(db, mine, owner="a")
        await jobs.done(db, taken_over)
        assert await jobs.is_empty(db)
