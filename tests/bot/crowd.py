"""A committee of many, everybody bound, one meeting whose roll is open: what a crowd of sign-ins needs."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from pydantic import HttpUrl, SecretStr
from starlette.applications import Starlette

from bot.app import App, SystemClock, assembled
from bot.config import Config
from bot.delivery.limits import TELEGRAM
from bot.rehearsal import cast
from bot.rehearsal.host import HOST, serve
from bot.rehearsal.server import BotApi
from bot.rehearsal.state import Json, Telegram
from handlers import attendance as handler
from handlers.conversation import Services, letter
from knowledge.library import Library
from records import binding, communities, meetings, outbox, roster
from records.database import Database
from records.model import MeetingKind, Post, Role
from records.roster import Roster, RosterPerson

FIRST = 5000


def user_ids(count: int) -> list[int]:
    return list(range(FIRST, FIRST + count))


def telegram_of(count: int) -> Telegram:
    """The local Telegram with so many people in the group."""
    bot = {"id": 1000, "is_bot": True, "first_name": "x", "username": cast.BOT_USERNAME}
    telegram = Telegram(cast.TOKEN, bot, SystemClock().now)
    for user_id in user_ids(count):
        telegram.users[user_id] = {"id": user_id, "is_bot": False, "first_name": str(user_id)}
    telegram.chats[cast.GROUP_ID] = {"id": cast.GROUP_ID, "type": "supergroup", "title": "群"}
    telegram.members[cast.GROUP_ID] = {1000, *user_ids(count)}
    return telegram


async def prepare(database: Database, count: int, *, library: Library | None = None) -> None:
    """The committee, and its meeting; with a library also the card, which waits to be sent."""
    now = SystemClock().now() - timedelta(minutes=10)
    people_of = tuple(
        RosterPerson(
            f"委员{user_id}",
            post=Post.MEMBER,
            roles=frozenset({Role.PARTY_WORKER}) if user_id == FIRST else frozenset(),
        )
        for user_id in user_ids(count)
    )
    async with database.begin() as db:
        codes = await roster.load(db, Roster("大社区", "街道", (), people_of), now=now)
        for user_id, code in zip(user_ids(count), codes, strict=True):
            worker = await binding.bind(db, code=code.code, user_id=user_id, at=now)
        community = await communities.join_group(db, worker, chat_id=cast.GROUP_ID)
        draft = await meetings.draft(
            db,
            community,
            by=worker,
            chat_id=cast.GROUP_ID,
            topic_id=None,
            kind=MeetingKind.WORKING,
            starts_at=now + timedelta(minutes=1),
            place="",
            at=now,
        )
        await meetings.call(db, community, meeting_id=draft.id, by=worker, at=now)
        meeting = await meetings.open_sign_in(db, community, by=worker, at=now)
        if library is not None:
            shown = await handler.card(Services(db, library, cast.BOT_USERNAME), meeting)
            await outbox.put(db, letter(shown, chat_id=cast.GROUP_ID), at=now)


@dataclass(frozen=True)
class Crowd:
    """The running assistant, its Telegram, and the card everybody presses."""

    telegram: Telegram
    app: App
    card: Json

    def state(self) -> str:
        """The card as it now stands."""
        text: str = self.card["text"]
        return text

    def sends(self) -> Sequence[str]:
        """What the bot did in the group, in order."""
        return [
            call.method
            for call in self.telegram.calls
            if str(call.parameters.get("chat_id")) == str(cast.GROUP_ID)
        ]


@contextlib.asynccontextmanager
async def gathered(url: str, folder: Path, count: int, library: Library) -> AsyncIterator[Crowd]:
    """So many people before an open roll; Telegram's own limits are kept."""
    telegram = telegram_of(count)
    async with serve(Starlette(routes=BotApi(telegram).routes()), port=0) as port:
        config = Config(
            _env_file=None,
            token=SecretStr(cast.TOKEN),
            data=folder,
            database_url=SecretStr(url),
            api_base_url=HttpUrl(f"http://{HOST}:{port}"),
            proxy=None,
            operators=(),
        )
        clock = SystemClock()
        async with assembled(config, clock=clock, rules=TELEGRAM, library=library) as app:
            await prepare(app.database, count, library=library)
            running = asyncio.create_task(app.run())
            await app.drained()
            card = telegram.history[cast.GROUP_ID][-1]
            try:
                yield Crowd(telegram, app, card)
            finally:
                running.cancel()
                await asyncio.gather(running, return_exceptions=True)
                await telegram.close()
