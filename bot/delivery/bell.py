"""Who sleeps until there is work: an event in the process, LISTEN and NOTIFY between replicas."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator

import psycopg

from records.database import Database

logger = logging.getLogger(__name__)

CHANNEL = "dangwu"
RECONNECT = 2.0  # seconds


class Bell:
    """Rung after every commit that leaves work for somebody; everybody looks again."""

    def __init__(self) -> None:
        self._changed = asyncio.Condition()
        self._rings = 0
        self._outside: asyncio.Event = asyncio.Event()

    @property
    def rings(self) -> int:
        """How often it rang: take it before looking for work, and wait for a later one."""
        return self._rings

    async def ring(self, *, further: bool = True) -> None:
        """Wake everybody here; with `further` the other replicas too."""
        async with self._changed:
            self._rings += 1
            self._changed.notify_all()
        if further:
            self._outside.set()

    async def wait(self, heard: int, *, at_most: float) -> None:
        """Until it rings again after `heard`, or so many seconds are over."""
        async with self._changed:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(at_most):
                    await self._changed.wait_for(lambda: self._rings > heard)

    async def connect(self, database: Database) -> None:
        """Pass rings on to the other replicas and hear theirs, for ever. PostgreSQL only."""
        while True:
            try:
                async with _connection(database) as listening, _connection(database) as telling:
                    await listening.execute(f"LISTEN {CHANNEL}")
                    async with asyncio.TaskGroup() as tasks:
                        tasks.create_task(self._hear(listening))
                        tasks.create_task(self._tell(telling))
            except* psycopg.Error:
                logger.warning("lost the connection for notices; the others are asked every second")
                await asyncio.sleep(RECONNECT)

    async def _hear(self, connection: psycopg.AsyncConnection) -> None:
        async for _notice in connection.notifies():
            await self.ring(further=False)
        raise psycopg.OperationalError

    async def _tell(self, connection: psycopg.AsyncConnection) -> None:
        while True:
            await self._outside.wait()
            self._outside.clear()
            await connection.execute(f"NOTIFY {CHANNEL}")


@contextlib.asynccontextmanager
async def _connection(database: Database) -> AsyncIterator[psycopg.AsyncConnection]:
    connection = await psycopg.AsyncConnection.connect(database.conninfo, autocommit=True)
    try:
        yield connection
    finally:
        await connection.close()
