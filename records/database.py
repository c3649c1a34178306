"""One database, two engines: Database.begin() opens a transaction on SQLite or PostgreSQL."""

import asyncio
import logging
import sqlite3
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from alembic import command
from alembic.config import Config
from sqlalchemy import ARRAY, ColumnElement, Connection, Float, any_, event, literal, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

logger = logging.getLogger(__name__)

Transaction = AsyncConnection
T = TypeVar("T")

SLOW = 0.2  # seconds a transaction may stay open before the log says so
MIGRATION_LOCK = 0x64616E67  # any number that only this program uses
TICK_LOCK = MIGRATION_LOCK + 2
FIXED_IN = (3, 51, 3)  # SQLite before this may corrupt the WAL when two connections write


class DatabaseUnavailable(Exception):
    """The database cannot be opened, is locked by somebody else, or is not there."""


class NoCopy(Exception):
    """The copy could not be written: no room, no permission, or the database cannot be read."""


class DatabaseSeconds(FunctionElement[float]):
    """The database's own clock in seconds: leases and expiry agree between replicas."""

    type = Float()
    inherit_cache = True


@compiles(DatabaseSeconds, "sqlite")
def _sqlite_seconds(_element: object, _compiler: object, **_options: object) -> str:
    return "((julianday('now') - 2440587.5) * 86400.0)"


@compiles(DatabaseSeconds, "postgresql")
def _postgresql_seconds(_element: object, _compiler: object, **_options: object) -> str:
    return "extract(epoch from clock_timestamp())::float8"


def among(db: Transaction, column: ColumnElement[T], values: Iterable[T]) -> ColumnElement[bool]:
    """`column IN values`. PostgreSQL takes thousands of them as one array in a fraction of the time."""
    if db.dialect.name == "sqlite":
        return column.in_(list(values))
    return column == any_(literal(list(values), ARRAY(column.type)))


class Database:
    """A pool of connections. SQLite has exactly one, so all its writers queue here."""

    def __init__(self, url: str) -> None:
        self._url = _driver(make_url(url))
        self.engine = _engine(self._url)

    @property
    def is_sqlite(self) -> bool:
        return self._url.get_backend_name() == "sqlite"

    @property
    def file(self) -> Path | None:
        """The SQLite file; None on PostgreSQL."""
        return Path(self._url.database) if self.is_sqlite and self._url.database else None

    @property
    def is_safe_beside_others(self) -> bool:
        """Whether other programs may write the SQLite file at the same time (WAL-reset fault)."""
        return not self.is_sqlite or sqlite3.sqlite_version_info >= FIXED_IN

    @property
    def conninfo(self) -> str:
        """What psycopg needs for a connection of its own (LISTEN, advisory locks)."""
        return self._url.set(drivername="postgresql").render_as_string(hide_password=False)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Transaction]:
        """A transaction that commits at the end and rolls back on any exception."""
        started: float | None = None
        try:
            async with self.engine.begin() as connection:
                started = time.monotonic()
                yield connection
        finally:
            if started is not None and (open_for := time.monotonic() - started) > SLOW:
                logger.info("transaction open for %d ms", open_for * 1000)

    @asynccontextmanager
    async def alone(self, lock: int) -> AsyncIterator[bool]:
        """Whether no other replica holds the lock: it is ours until the end. SQLite has no replicas."""
        if self.is_sqlite:
            yield True
            return
        async with self.engine.connect() as connection:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            query = text("SELECT pg_try_advisory_lock(:lock)")
            is_ours = bool((await connection.execute(query, {"lock": lock})).scalar_one())
            try:
                yield is_ours
            finally:
                if is_ours:
                    unlock = text("SELECT pg_advisory_unlock(:lock)")
                    await connection.execute(unlock, {"lock": lock})

    async def prepare(self) -> None:
        """Bring the schema up to date; DatabaseUnavailable if that is impossible."""
        if self.file is not None and self.file.is_dir():
            raise DatabaseUnavailable
        try:
            if self.file is not None:
                self.file.parent.mkdir(parents=True, exist_ok=True)
            async with self.engine.begin() as connection:
                await connection.run_sync(_migrate)
        except (SQLAlchemyError, sqlite3.Error, OSError) as error:
            raise DatabaseUnavailable from error

    async def close(self) -> None:
        await self.engine.dispose()

    async def back_up(self, target: Path) -> None:
        """A consistent copy of the SQLite file, made beside the running program."""
        if self.file is None:
            raise DatabaseUnavailable
        try:
            await asyncio.to_thread(_copy, self.file, target)
        except (sqlite3.Error, OSError) as error:
            raise NoCopy from error


def _driver(url: URL) -> URL:
    drivers = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg"}
    backend = (
        "postgresql" if url.get_backend_name() in ("postgres", "postgresql") else url.drivername
    )
    backend = backend.split("+", maxsplit=1)[0]
    if backend not in drivers:
        raise DatabaseUnavailable
    return url.set(drivername=drivers[backend])


def _engine(url: URL) -> AsyncEngine:
    if url.get_backend_name() == "postgresql":
        return create_async_engine(url, pool_size=8, max_overflow=4, pool_pre_ping=True)
    engine = create_async_engine(url, pool_size=1, max_overflow=0, pool_timeout=60)
    event.listen(engine.sync_engine, "connect", _prepare_connection)
    event.listen(engine.sync_engine, "begin", _begin_immediate)
    return engine


def _prepare_connection(connection: Any, _record: object) -> None:
    """The driver must not open transactions itself: its deferred ones lose updates."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "busy_timeout = 5000",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",  # what is blanked is gone from the file too
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _migrate(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":  # replicas that start together migrate one by one
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _copy(source: Path, target: Path) -> None:
    """Written beside the target first: a copy that broke off never looks like a whole one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_name(f"{target.name}.half")
    half.unlink(missing_ok=True)
    connection = sqlite3.connect(f"file:{source}?mode=ro", uri=True)
    try:
        connection.execute("VACUUM INTO ?", (str(half),))
    finally:
        connection.close()
    half.replace(target)
