"""Killed twenty times with 200 updates in flight: every act recorded once, every reply sent."""

import asyncio
import contextlib
import os
import random
from collections.abc import AsyncIterator, Callable
from multiprocessing.process import BaseProcess
from pathlib import Path

from sqlalchemy import text
from starlette.applications import Starlette

from bot import cli
from bot.rehearsal import cast, people
from bot.rehearsal.host import HOST, serve
from bot.rehearsal.server import BotApi
from bot.rehearsal.state import Telegram
from records.database import Database
from tests.bot import confirms_first
from tests.bot.crowd import prepare, telegram_of, user_ids
from tests.bot.terminal import environment_of, started
from tests.conftest import PostgreSQL

Program = Callable[[], int]

MEMBERS, KILLS = 200, 20
PATIENCE = 120  # seconds for what is left after the last kill


async def test_nothing_is_lost_in_twenty_kills(sqlite_url: str, tmp_path: Path) -> None:
    outcome = await _killed(sqlite_url, tmp_path, program)

    assert outcome == ([], [], MEMBERS)


async def test_nothing_is_lost_between_replicas_on_postgresql(
    postgresql: PostgreSQL, tmp_path: Path
) -> None:
    outcome = await _killed(postgresql.fresh(), tmp_path, program, replicas=2, kills=6)

    assert outcome == ([], [], MEMBERS)


async def test_variant_that_confirms_before_storing_loses_acts(
    sqlite_url: str, tmp_path: Path
) -> None:
    unrecorded, unanswered, _acts = await _killed(sqlite_url, tmp_path, confirms_first.run, kills=8)

    assert 0 < len(unrecorded) < MEMBERS
    assert set(unrecorded) <= set(unanswered)


def program() -> int:
    """`run.py run`."""
    return cli.main(["run"])


async def _killed(
    url: str,
    folder: Path,
    ran: Program,
    *,
    replicas: int = 1,
    kills: int = KILLS,
) -> tuple[list[int], list[int], int]:
    """Who was not recorded, who got no reply, and how many sign-ins the operation log holds."""
    telegram = telegram_of(MEMBERS)
    database = Database(url)
    await prepare(database, MEMBERS)
    async with serve(Starlette(routes=BotApi(telegram).routes()), port=0) as port:
        environment = environment_of(
            DANGWU_TOKEN=cast.TOKEN,
            DANGWU_API_BASE_URL=f"http://{HOST}:{port}",
            DANGWU_DATABASE_URL=url,
            DANGWU_DATA=str(folder / "data"),
        )
        try:
            await _kill_and_say(telegram, ran, environment, replicas=replicas, kills=kills)
            async with _running(ran, environment):
                await telegram.until(lambda: not _unanswered(telegram), seconds=_patience(ran))
        finally:
            await telegram.close()
    async with database.begin() as db:
        query = "SELECT user_id FROM accounts JOIN attendance USING (person_id)"
        recorded = set((await db.execute(text(query))).scalars())
        log = "SELECT count(*) FROM operations WHERE act = 'present'"
        acts = int((await db.execute(text(log))).scalar_one())
    await database.close()
    unrecorded = [user_id for user_id in user_ids(MEMBERS) if user_id not in recorded]
    return unrecorded, _unanswered(telegram), acts


def _patience(ran: Program) -> float:
    """What was lost never comes: the variant is not waited for as long."""
    return PATIENCE if ran is program else 12


async def _kill_and_say(
    telegram: Telegram,
    ran: Program,
    environment: dict[str, str],
    *,
    replicas: int,
    kills: int,
) -> None:
    """In each round some people sign in, and one program dies at a random moment."""
    chance = random.Random(20261125)  # noqa: S311 - a reproducible choice of moments
    groups = [user_ids(MEMBERS)[number::kills] for number in range(kills)]
    async with contextlib.AsyncExitStack() as others:
        for _ in range(replicas - 1):
            await others.enter_async_context(_running(ran, environment))
        for group in groups:
            polls = len(telegram.calls)

            def has_started(before: int = polls) -> bool:
                return len(telegram.calls) > before

            async with _running(ran, environment) as victim:
                if chance.random() < 0.8:  # otherwise it dies while it is still starting
                    await telegram.until(has_started, seconds=20)
                for user_id in group:
                    people.say(telegram, user_id, "/attend")
                await telegram.until(lambda: False, seconds=chance.uniform(0.0, 0.6))
                victim.kill()


@contextlib.asynccontextmanager
async def _running(ran: Program, environment: dict[str, str]) -> AsyncIterator[BaseProcess]:
    process = started(ran, env=environment, streams=[Path(os.devnull)] * 3)
    try:
        yield process
    finally:
        process.terminate()
        await asyncio.to_thread(process.join)


def _unanswered(telegram: Telegram) -> list[int]:
    """Who has not been told that he signed in."""
    return [
        user_id
        for user_id in user_ids(MEMBERS)
        if not any("已签到" in message.get("text", "") for message in telegram.history[user_id])
    ]
