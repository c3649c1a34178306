"""Runs jobs outside any transaction: leased, tried again like an update, committed in a second short one."""

import asyncio
import logging
from dataclasses import dataclass
from typing import Any

from telegram import Bot

from bot.clock import Clock
from bot.delivery.bell import Bell, Desk
from bot.fetching import fetch
from bot.shelf import Shelf
from handlers.conversation import Message, letter
from handlers.texts import delivery as texts
from handlers.texts import refusals
from handlers.texts.text import text
from handlers.work import WORK, Finish, Work
from records import jobs, outbox
from records.database import Database
from records.errors import Refusal

logger = logging.getLogger(__name__)

LOOK_AGAIN = 2.0  # seconds: retries fall due, and another replica may have died


@dataclass(frozen=True)
class Runner:
    """Takes the oldest job that nobody holds."""

    database: Database
    shelf: Shelf
    clock: Clock
    bell: Bell
    bot: Bot
    owner: str
    operators: tuple[int, ...]

    async def run(self) -> None:
        while True:
            heard = self.bell.rings(Desk.RUNNER)
            try:
                worked = await self.work()
            except Exception:
                logger.exception("the jobs cannot be read")
                worked = False
            if not worked:
                await self.bell.wait(heard, Desk.RUNNER, at_most=LOOK_AGAIN)

    async def work(self) -> bool:
        """One job; False if none is waiting."""
        async with self.database.begin() as db:
            job = await jobs.lease(db, owner=self.owner)
        if job is None:
            return False
        try:
            await self._carry_out(job)
        except Exception:
            logger.exception("job %d failed, try %d", job.id, job.attempts)
            await self._failed(job)
        await self.bell.ring()
        return True

    async def _carry_out(self, job: jobs.Job) -> None:
        work = WORK[job.kind]
        try:
            await self._finish(job, await self._perform(job, work), work.finish)
        except Refusal as refusal:
            sentence = refusals.sentence(refusal, private=True)
            await self._finish(job, Message(text(sentence)))

    async def _perform(self, job: jobs.Job, work: Work) -> Any:
        """Facts in a short transaction, then what the network has, then the slow part in a thread."""
        async with self.database.begin() as db:
            facts = await work.gather(db, job.body)
        fetched: list[Any] = []
        if work.wants is not None:
            fetched.append(await fetch(self.bot, work.wants(facts)))
        if work.asks_library:
            await self.shelf.refresh()
            fetched.append(self.shelf.library)
        return await asyncio.to_thread(work.render, facts, *fetched)

    async def _finish(self, job: jobs.Job, made: Any, finish: Finish | None = None) -> None:
        now = self.clock.now()
        async with self.database.begin() as db:
            if not await jobs.is_mine(db, job, owner=self.owner):
                return
            messages = [made] if finish is None else await finish(db, made, now)
            for message in messages:
                chat_id = message.chat_id or job.chat_id
                await outbox.put(db, letter(message, chat_id=chat_id), at=now)
            await jobs.done(db, job)

    async def _failed(self, job: jobs.Job) -> None:
        async with self.database.begin() as db:
            if not await jobs.is_mine(db, job, owner=self.owner):
                return
            if job.attempts < jobs.TRIES:
                await jobs.failed(db, job)
                return
            await jobs.done(db, job, error="failed too often")
            told = {job.chat_id: texts.JOB_FAILED}
            told |= dict.fromkeys(self.operators, texts.job_failed(job.id))
            for chat_id, sentence in told.items():
                mail = letter(Message(text(sentence)), chat_id=chat_id)
                await outbox.put(db, mail, at=self.clock.now())
