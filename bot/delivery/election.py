"""Exactly one sender and one poller for each bot: a lock that dies with its holder."""

import asyncio
import contextlib
import logging
import zlib
from collections.abc import AsyncIterator, Iterator

import psycopg
from filelock import FileLock, Timeout

from records.database import Database, DatabaseUnavailable

logger = logging.getLogger(__name__)

ASK_AGAIN = 1.0  # seconds between two tries of a stand-by
CHECK = 1.0  # seconds between two looks whether the lock is still held, and for each look
GRACE = 3.0  # seconds a successor leaves to a holder who may not know yet that he is none


class InUse(Exception):
    """Another assistant works with the same SQLite file."""


@contextlib.contextmanager
def sole_user(database: Database) -> Iterator[None]:
    """A SQLite file belongs to one program: InUse if another one runs. Nothing on PostgreSQL."""
    if database.file is None:
        yield
        return
    lock = FileLock(f"{database.file}.lock", thread_local=False)
    try:
        database.file.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise InUse from error
    except OSError as error:
        raise DatabaseUnavailable from error
    try:
        yield
    finally:
        lock.release()


@contextlib.asynccontextmanager
async def office(database: Database, *, name: str) -> AsyncIterator[asyncio.Event]:
    """Wait until this process holds the office of that name; the event is set if it is lost.

    On SQLite it is held from the start: `sole_user` let nobody else in.
    """
    if database.is_sqlite:
        yield asyncio.Event()
        return
    async with _by_advisory_lock(database, name) as lost:
        logger.info("elected: %s", name)
        yield lost


@contextlib.asynccontextmanager
async def _by_advisory_lock(database: Database, name: str) -> AsyncIterator[asyncio.Event]:
    connection = await _elected(database, zlib.crc32(name.encode()))
    lost = asyncio.Event()
    watch = asyncio.create_task(_watch(connection, lost))
    try:
        yield lost
    finally:
        watch.cancel()
        await asyncio.gather(watch, return_exceptions=True)
        await connection.close()


async def _elected(database: Database, number: int) -> psycopg.AsyncConnection:
    """The connection that holds the lock; asks again and again, also while the database is away."""
    waited = False
    while True:
        try:
            connection = await psycopg.AsyncConnection.connect(database.conninfo, autocommit=True)
            if await _try(connection, number):
                await asyncio.sleep(GRACE if waited else 0)
                return connection
            await connection.close()
        except psycopg.Error as error:
            logger.warning("no election: %s", type(error).__name__)
        waited = True
        await asyncio.sleep(ASK_AGAIN)


async def _try(connection: psycopg.AsyncConnection, number: int) -> bool:
    cursor = await connection.execute("SELECT pg_try_advisory_lock(%s)", (number,))
    row = await cursor.fetchone()
    return bool(row and row[0])


async def _watch(connection: psycopg.AsyncConnection, lost: asyncio.Event) -> None:
    while True:
        await asyncio.sleep(CHECK)
        try:
            async with asyncio.timeout(CHECK):
                await connection.execute("SELECT 1")
        except (psycopg.Error, TimeoutError):
            lost.set()
            return
