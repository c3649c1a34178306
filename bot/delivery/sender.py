"""Sends the outbox: one head of each chat, under Telegram's limits, marked as sent one by one."""

import asyncio
import logging
import time
from dataclasses import dataclass, field

from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)

from bot.clock import Clock
from bot.delivery.bell import Bell
from bot.delivery.election import office
from bot.delivery.limits import Limits, Rules
from bot.telegram import send
from records import communities, outbox
from records.database import Database
from records.outbox import Lane, Outgoing

logger = logging.getLogger(__name__)

LOOK_AGAIN = 1.0  # seconds: letters fall due, limits end
AT_ONCE = 8  # requests on their way at the same time
PATIENCE = (
    1.0,
    2.0,
    4.0,
    8.0,
    16.0,
    30.0,
)  # seconds before the next try of a letter, the last for ever


@dataclass
class Sender:
    """The one sender of a bot token; the others stand by."""

    database: Database
    bot: Bot
    clock: Clock
    bell: Bell
    rules: Rules
    _on_their_way: dict[int, int] = field(default_factory=dict)  # letter → chat
    _doubtful: dict[int, int] = field(default_factory=dict)  # letter → tries that may have arrived

    async def run(self) -> None:
        """Send for as long as this process is elected; stand by otherwise."""
        while True:
            async with office(self.database, name=f"sender-{self.bot.id}") as lost:
                limits = Limits(self.rules)
                async with asyncio.TaskGroup() as tasks:
                    while not lost.is_set():
                        heard = self.bell.rings
                        pause = await self._round(limits, tasks)
                        await self.bell.wait(heard, at_most=pause)

    async def _round(self, limits: Limits, tasks: asyncio.TaskGroup) -> float:
        """Start what may be sent now; how many seconds until the next limit ends."""
        try:
            async with self.database.begin() as db:
                await outbox.drop_expired(db)
                heads = await outbox.heads(db, now=self.clock.now())
        except Exception:
            logger.exception("the outbox cannot be read")
            return LOOK_AGAIN
        now = time.monotonic()
        pause = LOOK_AGAIN
        for outgoing in heads:
            chat_id = outgoing.letter.chat_id
            if outgoing.id in self._on_their_way or len(self._on_their_way) >= AT_ONCE:
                continue
            if outgoing.letter.lane is Lane.MESSAGE:
                if chat_id in self._on_their_way.values():
                    continue
                if (free := limits.free_at(chat_id, now)) > now:
                    pause = min(pause, free - now)
                    continue
                limits.sent(chat_id, now)
            self._on_their_way[outgoing.id] = chat_id if outgoing.letter.lane is Lane.MESSAGE else 0
            tasks.create_task(self._deliver(outgoing, limits))
        return pause

    async def _deliver(self, outgoing: Outgoing, limits: Limits) -> None:
        try:
            await self._try(outgoing, limits)
        except Exception:
            logger.exception("letter %d could not be marked", outgoing.id)
            limits.pause(outgoing.letter.chat_id, time.monotonic() + LOOK_AGAIN)
        finally:
            del self._on_their_way[outgoing.id]
            await self.bell.ring(further=False)

    async def _try(self, outgoing: Outgoing, limits: Limits) -> None:
        """One request, and what its answer means for the letter."""
        chat_id = outgoing.letter.chat_id
        tries = self._doubtful.get(outgoing.id, 0)
        try:
            message_id = await send(self.bot, outgoing, silent=tries > 0)
        except RetryAfter as error:
            seconds = error.retry_after
            wait = seconds if isinstance(seconds, int) else seconds.total_seconds()
            limits.pause(chat_id, time.monotonic() + wait)
        except ChatMigrated as error:
            await self._move(chat_id, error.new_chat_id)
        except (Forbidden, BadRequest) as error:
            self._doubtful.pop(outgoing.id, None)
            logger.warning("letter %d was refused: %s", outgoing.id, error.message)
            async with self.database.begin() as db:
                await outbox.give_up(db, outgoing, error=error.message)
        except (NetworkError, InvalidToken) as error:
            self._doubtful[outgoing.id] = tries + 1
            logger.warning("letter %d may not have arrived: %s", outgoing.id, type(error).__name__)
            wait = PATIENCE[min(tries, len(PATIENCE) - 1)]
            limits.pause(chat_id, time.monotonic() + wait)
        else:
            self._doubtful.pop(outgoing.id, None)
            async with self.database.begin() as db:
                await outbox.sent(db, outgoing, message_id=message_id)

    async def _move(self, old: int, new: int) -> None:
        """The group became a supergroup: so do its community, its meetings and its letters."""
        async with self.database.begin() as db:
            await communities.move_group(db, old=old, new=new)
            await outbox.move_chat(db, old=old, new=new)
