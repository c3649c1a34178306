"""Long polling: the raw JSON is stored before the next request confirms it."""

import asyncio
import logging
from dataclasses import dataclass
from typing import Any

import httpx

from bot.addressing import Me, arrival
from bot.clock import Clock
from bot.delivery.bell import Bell, Desk
from bot.delivery.election import office
from records import inbox
from records.database import Database

logger = logging.getLogger(__name__)

LONG_POLL = 25  # seconds Telegram may wait before it answers
NETWORK = 15.0  # seconds beyond that
BATCH = 100
KINDS = ["message", "callback_query", "inline_query", "my_chat_member"]
PATIENCE = (1.0, 2.0, 5.0, 10.0, 30.0)  # seconds before the next try after a failure


class TokenRejected(Exception):
    """Telegram does not know the token."""


@dataclass(frozen=True)
class Intake:
    """The one poller of a bot token; the others stand by."""

    database: Database
    client: httpx.AsyncClient
    base_url: str  # ends with the token: never logged
    me: Me
    clock: Clock
    bell: Bell

    async def run(self) -> None:
        """Poll for as long as this process is elected. Raises TokenRejected."""
        while True:
            async with office(self.database, name=f"poller-{self.me.id}") as lost:
                offset: int | None = None
                failures = 0
                while not lost.is_set():
                    try:
                        offset = await self.poll(offset)
                        failures = 0
                    except TokenRejected:
                        raise
                    except Exception as error:  # the network, Telegram or the database
                        wait = PATIENCE[min(failures, len(PATIENCE) - 1)]
                        failures += 1
                        logger.warning("polling failed (%s), again in %d s", _reason(error), wait)
                        await asyncio.sleep(wait)

    async def poll(self, offset: int | None) -> int | None:
        """Fetch once and store; the offset that confirms what is stored with the next request."""
        wanted: dict[str, Any] = {
            "timeout": LONG_POLL,
            "limit": BATCH,
            "allowed_updates": str(KINDS).replace("'", '"'),
        }
        if offset is not None:
            wanted["offset"] = offset
        updates = await self._get_updates(wanted)
        if not updates:
            return offset
        async with self.database.begin() as db:
            kept = [arrival(update, self.me) for update in updates]
            await inbox.store(db, kept, at=self.clock.now())
        await self.bell.ring(Desk.WORKER)
        # Not max(): after a quiet week Telegram may start again with smaller numbers.
        return int(updates[-1]["update_id"]) + 1

    async def _get_updates(self, wanted: dict[str, Any]) -> list[dict[str, Any]]:
        response = await self.client.post(
            f"{self.base_url}/getUpdates", data=wanted, timeout=LONG_POLL + NETWORK
        )
        try:
            answer = response.json()
        except ValueError as error:  # a proxy's page, not Telegram's answer
            raise _Unavailable(response.status_code) from error
        if response.status_code in (401, 404):
            raise TokenRejected
        if not answer.get("ok"):
            retry_after = (answer.get("parameters") or {}).get("retry_after", 0)
            await asyncio.sleep(min(retry_after, 60))
            raise _Unavailable(response.status_code)
        updates: list[dict[str, Any]] = answer["result"]
        return updates


class _Unavailable(Exception):
    """An answer other than updates; 409 means that another program polls with this token."""


def _reason(error: Exception) -> str:
    """Never the address: it holds the token."""
    return f"status {error.args[0]}" if isinstance(error, _Unavailable) else type(error).__name__
