"""The rehearsal group: the unchanged program in front of a local Telegram, with a clock that moves."""

import asyncio
import contextlib
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from pydantic import HttpUrl, SecretStr
from starlette.applications import Starlette

from bot.app import App, SystemClock, assembled
from bot.config import Config, SettingsError
from bot.delivery.limits import UNLIMITED
from bot.program import ticking, until_stopped
from bot.rehearsal import cast, people
from bot.rehearsal.clock import MovableClock, RunningClock
from bot.rehearsal.host import HOST, PortTaken, serve
from bot.rehearsal.page import page_routes
from bot.rehearsal.server import BotApi
from bot.rehearsal.state import Json, Telegram
from knowledge.library import Library
from records import binding, roster, subdistricts
from scheduler import reminders

STEPS: Mapping[str, timedelta] = {
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
    "month": timedelta(days=30),
}


@dataclass(frozen=True)
class Group:
    """A local Telegram and the assistant in it."""

    telegram: Telegram
    app: App
    clock: MovableClock
    address: str
    folder: Path
    running: asyncio.Task[None]

    async def says(self, name: str, words: str, *, in_group: bool = True) -> Json:
        """A person of the cast says something; everything that follows is done at the return."""
        chat_id = cast.GROUP_ID if in_group else None
        said = people.say(self.telegram, cast.USER_IDS[name], words, chat_id=chat_id)
        await self.settled()
        return said

    async def settled(self) -> None:
        """Until the assistant has fetched, answered and sent everything."""
        await self.telegram.until(lambda: not self.telegram.updates)
        await self.app.drained()

    async def advance(self, step: timedelta) -> None:
        """Move the clock from one moment of interest to the next, ticking and delivering at each."""
        target = self.clock.now() + step
        while True:
            following = await reminders.next_look(self.app.database, self.clock.now())
            self.clock.move_to(min(following, target))
            await self.app.remind()
            await self.settled()
            if following >= target:
                return


@contextlib.asynccontextmanager
async def opened(
    clock: MovableClock, *, port: int = 0, library: Library | None = None, url: str | None = None
) -> AsyncIterator[Group]:
    """A group in which everybody is bound and the assistant runs; gone when it is left.

    `url` is a migrated database of the caller's; by default a SQLite file in a temporary folder.
    """
    async with standing(_telegram(clock), clock, port=port, library=library, url=url) as group:
        await _settle(group)
        yield group


@contextlib.asynccontextmanager
async def standing(
    telegram: Telegram,
    clock: MovableClock,
    *,
    port: int = 0,
    library: Library | None = None,
    url: str | None = None,
) -> AsyncIterator[Group]:
    """The assistant running before a Telegram, with whatever its database knows of that."""
    with tempfile.TemporaryDirectory() as folder:
        async with serving(telegram, clock, port=port) as (address, page):
            config = settings(address, Path(folder), url=url)
            if library is None:
                library = await asyncio.to_thread(Library.load)
            async with (
                assembled(config, clock=clock, rules=UNLIMITED, library=library) as app,
                _running(app) as running,
            ):
                page.group = Group(telegram, app, clock, address, config.data, running)
                yield page.group


@dataclass
class Page:
    """What the page's clock buttons move, once it stands."""

    group: Group | None = None

    async def advance(self, step: str) -> None:
        if self.group is not None:
            await self.group.advance(STEPS[step])


@contextlib.asynccontextmanager
async def serving(
    telegram: Telegram, clock: MovableClock, *, port: int
) -> AsyncIterator[tuple[str, Page]]:
    """The Bot API and the page on this machine; every open stream ends before it stops."""
    page = Page()
    routes = [*BotApi(telegram).routes(), *page_routes(telegram, clock, page.advance)]
    async with serve(Starlette(routes=routes), port=port) as bound:
        try:
            yield f"http://{HOST}:{bound}", page
        finally:
            await telegram.close()


def settings(address: str, folder: Path, *, url: str | None = None) -> Config:
    """Settings of a rehearsal: nothing of the real bot's environment may slip in."""
    return Config(
        _env_file=None,
        token=SecretStr(cast.TOKEN),
        data=folder,
        database_url=SecretStr(url) if url else None,
        api_base_url=HttpUrl(address),
        proxy=None,
        operators=(cast.USER_IDS["王岚"],),
    )


def _telegram(clock: MovableClock) -> Telegram:
    """The cast in its group; the bot is not yet there."""
    bot = {
        "id": int(cast.TOKEN.split(":", maxsplit=1)[0]),
        "is_bot": True,
        "first_name": cast.BOT_NAME,
        "username": cast.BOT_USERNAME,
    }
    telegram = Telegram(cast.TOKEN, bot, clock.now)
    for player in cast.CAST:
        user = {"id": player.user_id, "is_bot": False, "first_name": player.name}
        telegram.users[player.user_id] = user
    telegram.chats[cast.GROUP_ID] = {
        "id": cast.GROUP_ID,
        "type": "supergroup",
        "title": cast.GROUP_TITLE,
    }
    telegram.members[cast.GROUP_ID] = {p.user_id for p in cast.CAST if p.in_group}
    telegram.administrators[cast.GROUP_ID] = {cast.USER_IDS["李书明"], cast.USER_IDS["王岚"]}
    return telegram


async def _settle(group: Group) -> None:
    """The roster loaded, everybody confirmed, the group joined: as a real office does it.

    Those who stand in front use their link themselves; the others were confirmed before.
    """
    worker = cast.USER_IDS["王岚"]
    people.add_bot(group.telegram, worker, cast.GROUP_ID)
    links: dict[int, str] = {}
    now = group.clock.now()
    async with group.app.database.begin() as db:
        codes = {one.person.name: one.code for one in await roster.load(db, cast.ROSTER, now=now)}
        for player in cast.CAST:
            if player.in_front and player.name in codes:
                links[player.user_id] = codes[player.name]
            elif player.name in codes:
                await binding.bind(db, code=codes[player.name], user_id=player.user_id, at=now)
                group.telegram.started.add(player.user_id)
        (staff,) = await subdistricts.add(db, cast.ROSTER.subdistrict, [cast.STAFF], at=now)
        await subdistricts.bind(db, code=staff.code, user_id=cast.USER_IDS[cast.STAFF], at=now)
        group.telegram.started.add(cast.USER_IDS[cast.STAFF])
    for user_id, code in links.items():
        people.say(group.telegram, user_id, f"/start {code}")
    await group.settled()
    await group.says("王岚", "/start")


@contextlib.asynccontextmanager
async def _running(app: App) -> AsyncIterator[asyncio.Task[None]]:
    running = asyncio.create_task(app.run())
    try:
        yield running
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def rehearse(*, port: int) -> None:
    """Open the group in the browser until Ctrl-C."""
    clock = RunningClock(SystemClock())
    try:
        async with opened(clock, port=port) as group:
            sys.stderr.write("演练群已打开，请在浏览器中访问下面的网址；按 Ctrl-C 停止。\n")
            print(group.address, flush=True)  # noqa: T201 - the result of the command
            async with ticking(group.app, group.folder / "backups"):
                await until_stopped(group.running)
    except PortTaken as error:
        raise SettingsError(
            f"端口 {port} 已被占用。请换一个，例如：python3 run.py rehearse --port 8766"
        ) from error
