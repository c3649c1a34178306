"""Runs jobs outside any transaction: leased, tried again like an update, committed in a second short one."""

import asyncio
import logging
from dataclasses import dataclass

from bot.clock import Clock
from bot.delivery.bell import Bell
from handlers.conversation import Message, letter
from handlers.texts import delivery as texts
from handlers.texts.text import text
from handlers.work import WORK
from records import jobs, outbox
from records.database import Database

logger = logging.getLogger(__name__)

LOOK_AGAIN = 2.0  # seconds: retries fall due, and another replica may have died


@dataclass(frozen=True)
class Runner:
    """Takes the oldest job that nobody holds."""

    database: Database
    clock: Clock
    bell: Bell
    owner: str
    operators: tuple[int, ...]

    async def run(self) -> None:
        while True:
            heard = self.bell.rings
            try:
                worked = await self.work()
            except Exception:
                logger.exception("the jobs cannot be read")
                worked = False
            if not worked:
                await self.bell.wait(heard, at_most=LOOK_AGAIN)

    async def work(self) -> bool:
        """One job; False if none is waiting."""
        async with self.database.begin() as db:
            job = await jobs.lease(db, owner=self.owner)
        if job is None:
            return False
        try:
            await self._finish(job, await self._perform(job))
        except Exception:
            logger.exception("job %d failed, try %d", job.id, job.attempts)
            await self._failed(job)
        await self.bell.ring()
        return True

    async def _perform(self, job: jobs.Job) -> Message:
        """Facts in a short transaction, then the slow part in a thread."""
        work = WORK[job.kind]
        async with self.database.begin() as db:
            facts = await work.gather(db, job.body)
        return await asyncio.to_thread(work.render, facts)

    async def _finish(self, job: jobs.Job, message: Message) -> None:
        async with self.database.begin() as db:
            if not await jobs.is_mine(db, job, owner=self.owner):
                return
            await outbox.put(db, letter(message, chat_id=job.chat_id), at=self.clock.now())
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
