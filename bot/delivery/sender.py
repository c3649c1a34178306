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

from bot.delivery.bell import Bell, Desk
from bot.delivery.election import office
from bot.delivery.limits import Limits, Rules
from bot.telegram import send
from records import communities, outbox
from records.database import Database
from records.outbox import Lane, Outgoing

logger = logging.getLogger(__name__)

LOOK_AGAIN = 1.0  # seconds: limits end, expired answers are dropped
AT_ONCE = 8  # requests on their way at the same time
PATIENCE = (1.0, 2.0, 4.0, 8.0, 16.0, 30.0)  # seconds before the next try, the last for ever
FAULTS = 5  # tries of a letter that fails by a fault of our own


@dataclass
class Memory:
    """What the elected sender knows of letters beyond the records. Moments are monotonic seconds."""

    limits: Limits
    on_their_way: dict[int, int] = field(default_factory=dict)  # letter → chat; answers have 0
    not_before: dict[int, float] = field(default_factory=dict)  # letter → when it may be tried
    doubtful: dict[int, int] = field(default_factory=dict)  # letter → tries that may have arrived
    faulty: dict[int, int] = field(default_factory=dict)  # letter → faults of our own
    unmarked: dict[int, tuple[str, int | None]] = field(
        default_factory=dict
    )  # sent, not yet marked

    def forget(self, outgoing: Outgoing) -> None:
        for known in (self.not_before, self.doubtful, self.faulty, self.unmarked):
            known.pop(outgoing.id, None)


@dataclass(frozen=True)
class Sender:
    """The one sender of a bot token; the others stand by."""

    database: Database
    bot: Bot
    bell: Bell
    rules: Rules

    async def run(self) -> None:
        """Send for as long as this process is elected; stand by otherwise."""
        while True:
            async with office(self.database, name=f"sender-{self.bot.id}") as lost:
                memory = Memory(Limits(self.rules))
                async with asyncio.TaskGroup() as tasks:
                    while not lost.is_set():
                        heard = self.bell.rings(Desk.SENDER)
                        pause = await self._round(memory, tasks)
                        await self.bell.wait(heard, Desk.SENDER, at_most=pause)

    async def _round(self, memory: Memory, tasks: asyncio.TaskGroup) -> float:
        """Start what may be sent now; how many seconds until the next limit ends."""
        now = time.monotonic()
        busy = memory.limits.busy(now) | set(memory.on_their_way.values())
        try:
            async with self.database.begin() as db:
                await outbox.drop_expired(db)
                heads = await outbox.heads(db, without=busy)
        except Exception:
            logger.exception("the outbox cannot be read")
            return LOOK_AGAIN
        pause = LOOK_AGAIN
        for outgoing in heads:
            if outgoing.id in memory.on_their_way or len(memory.on_their_way) >= AT_ONCE:
                continue
            free = self._free_at(outgoing, memory, now)
            if free > now:
                pause = min(pause, free - now)
                continue
            self._start(outgoing, memory, tasks, now)
        return pause

    def _free_at(self, outgoing: Outgoing, memory: Memory, now: float) -> float:
        """Answers never wait for a chat's limits, only for what Telegram asked of themselves."""
        free = memory.not_before.get(outgoing.id, now)
        if outgoing.letter.lane is not Lane.MESSAGE:
            return free
        limits, chat_id = memory.limits, outgoing.letter.chat_id
        is_edit = outgoing.letter.card is not None and outgoing.shown_as is not None
        chat_free = limits.card_free_at if is_edit else limits.free_at
        return max(free, chat_free(chat_id, now))

    def _start(
        self, outgoing: Outgoing, memory: Memory, tasks: asyncio.TaskGroup, now: float
    ) -> None:
        is_message = outgoing.letter.lane is Lane.MESSAGE
        if is_message and outgoing.id not in memory.unmarked:
            memory.limits.sent(outgoing.letter.chat_id, now)
            if outgoing.letter.card is not None:
                memory.limits.edited(outgoing.letter.chat_id, now)
        memory.on_their_way[outgoing.id] = outgoing.letter.chat_id if is_message else 0
        tasks.create_task(self._deliver(outgoing, memory))

    async def _deliver(self, outgoing: Outgoing, memory: Memory) -> None:
        try:
            await self._try(outgoing, memory)
        except Exception:
            logger.exception("letter %d could not be sent or marked", outgoing.id)
            memory.not_before[outgoing.id] = time.monotonic() + LOOK_AGAIN
            memory.faulty[outgoing.id] = memory.faulty.get(outgoing.id, 0) + 1
        finally:
            del memory.on_their_way[outgoing.id]
            await self.bell.ring(Desk.SENDER, further=False)

    async def _try(self, outgoing: Outgoing, memory: Memory) -> None:
        """One request, and what its answer means for the letter."""
        body = outgoing.letter.body
        if memory.unmarked.get(outgoing.id, ("", None))[0] == body:
            await self._mark(outgoing, memory)
            return
        if memory.faulty.get(outgoing.id, 0) >= FAULTS:
            await self._give_up(outgoing, memory, "a fault of our own")
            return
        tries = memory.doubtful.get(outgoing.id, 0)
        try:
            message_id = await send(self.bot, outgoing, silent=tries > 0)
        except RetryAfter as error:
            seconds = error.retry_after
            wait = seconds if isinstance(seconds, int) else seconds.total_seconds()
            self._wait(outgoing, memory, wait)
        except ChatMigrated as error:
            await self._move(outgoing.letter.chat_id, error.new_chat_id)
        except (Forbidden, BadRequest) as error:
            await self._give_up(outgoing, memory, error.message)
        except (NetworkError, InvalidToken) as error:
            memory.doubtful[outgoing.id] = tries + 1
            logger.warning("letter %d may not have arrived: %s", outgoing.id, type(error).__name__)
            self._wait(outgoing, memory, PATIENCE[min(tries, len(PATIENCE) - 1)])
        else:
            memory.unmarked[outgoing.id] = (body, message_id)
            await self._mark(outgoing, memory)

    def _wait(self, outgoing: Outgoing, memory: Memory, seconds: float) -> None:
        until = time.monotonic() + seconds
        memory.not_before[outgoing.id] = until
        if outgoing.letter.lane is Lane.MESSAGE:
            memory.limits.pause(outgoing.letter.chat_id, until)

    async def _mark(self, outgoing: Outgoing, memory: Memory) -> None:
        """What was sent is remembered until it is marked: a full disk repeats no message."""
        _body, message_id = memory.unmarked[outgoing.id]
        async with self.database.begin() as db:
            await outbox.sent(db, outgoing, message_id=message_id)
        memory.forget(outgoing)

    async def _give_up(self, outgoing: Outgoing, memory: Memory, reason: str) -> None:
        logger.warning("letter %d is given up: %s", outgoing.id, reason)
        async with self.database.begin() as db:
            await outbox.give_up(db, outgoing, error=reason)
        memory.forget(outgoing)

    async def _move(self, old: int, new: int) -> None:
        """The group became a supergroup: so do its community, its meetings and its letters."""
        async with self.database.begin() as db:
            await communities.move_group(db, old=old, new=new)
            await outbox.move_chat(db, old=old, new=new)
