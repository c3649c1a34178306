"""Who sleeps until there is work: an event in the process, LISTEN and NOTIFY between replicas."""

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import AsyncIterator
from enum import Enum

import psycopg

from records.database import Database

logger = logging.getLogger(__name__)

CHANNEL = "dangwu"
RECONNECT = 2.0  # seconds


class Desk(Enum):
    """Who looks for work of a kind: updates, letters, jobs."""

    WORKER = "worker"
    SENDER = "sender"
    RUNNER = "runner"


class Bell:
    """Rung after every commit that leaves work for somebody: those for whom it rings look again."""

    def __init__(self) -> None:
        self._changed = asyncio.Condition()
        self._rings: Counter[Desk | None] = Counter()
        self._untold: set[Desk] = set()

    def rings(self, desk: Desk | None = None) -> int:
        """How often it rang for the desk, or at all: take it before looking for work, then wait for a later one."""
        return self._rings[desk]

    async def ring(self, *desks: Desk, further: bool = True) -> None:
        """Wake who sits at the desks (everybody, if none is named); with `further` also in the other replicas."""
        called = desks or tuple(Desk)
        async with self._changed:
            self._rings.update((None, *called))
            self._untold.update(called if further else ())
            self._changed.notify_all()

    async def wait(self, heard: int, desk: Desk | None = None, *, at_most: float) -> None:
        """Until it rings again after `heard`, or so many seconds are over."""
        async with self._changed:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(at_most):
                    await self._changed.wait_for(lambda: self._rings[desk] > heard)

    async def connect(self, database: Database) -> None:
        """Pass rings on to the other replicas and hear theirs, for ever. PostgreSQL only."""
        while True:
            try:
                async with _connection(database) as listening, _connection(database) as telling:
                    await listening.execute(f"LISTEN {CHANNEL}")
                    async with asyncio.TaskGroup() as tasks:
                        tasks.create_task(self._hear(listening, own=telling.info.backend_pid))
                        tasks.create_task(self._tell(telling))
            except* psycopg.Error:
                logger.warning(
                    "lost the connection for notices; the records are asked every second or two"
                )
                await asyncio.sleep(RECONNECT)

    async def _hear(self, connection: psycopg.AsyncConnection, *, own: int) -> None:
        """The rings of the others; one's own were heard before they were told."""
        async for notice in connection.notifies():
            if notice.pid == own:
                continue
            named = {desk for desk in Desk if desk.value in notice.payload.split()}
            await self.ring(*named, further=False)
        raise psycopg.OperationalError

    async def _tell(self, connection: psycopg.AsyncConnection) -> None:
        while True:
            async with self._changed:
                await self._changed.wait_for(lambda: self._untold)
                desks = " ".join(desk.value for desk in self._untold)
                self._untold.clear()
            await connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, desks))


@contextlib.asynccontextmanager
async def _connection(database: Database) -> AsyncIterator[psycopg.AsyncConnection]:
    connection = await psycopg.AsyncConnection.connect(database.conninfo, autocommit=True)
    try:
        yield connection
    finally:
        await connection.close()
