"""Builds every part once and joins them; the only reader of the civil clock."""

import asyncio
import contextlib
import logging
import secrets
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

import httpx
from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)
from telegram.error import InvalidToken, NetworkError, TelegramError
from telegram.request import HTTPXRequest

import handlers
from bot import logs
from bot.addressing import Me
from bot.clock import Clock
from bot.config import Config, SettingsError
from bot.delivery.bell import Bell
from bot.delivery.election import sole_user
from bot.delivery.intake import Intake
from bot.delivery.limits import Rules
from bot.delivery.runner import Runner
from bot.delivery.sender import Sender
from bot.delivery.worker import Worker
from bot.routing import Routes, chinese_words, routes
from bot.shelf import Shelf
from handlers.conversation import Place
from knowledge.library import Library
from records import inbox, jobs, outbox
from records.calendar import CHINA
from records.database import Database
from scheduler import reminders, upkeep

logger = logging.getLogger(__name__)

REPLICA_WORKERS = 4  # chats worked on side by side on PostgreSQL; SQLite has one writer
CONNECTIONS = 16
LOOK_AGAIN = 1.0  # seconds

NO_TOKEN = "还没有设置 DANGWU_TOKEN。请在 .env 中填写 @BotFather 给的令牌，见 README。"  # noqa: S105 - a sentence
BAD_TOKEN = "Telegram 不认识这个令牌。请核对 DANGWU_TOKEN，或在 @BotFather 重新获取。"  # noqa: S105 - a sentence
NO_NETWORK = "连接不上 Telegram。请检查网络；需要代理的，请设置 DANGWU_PROXY。"


@cache
def trusted() -> ssl.SSLContext:
    """The authorities that this machine trusts, read once: otherwise every client reads them anew."""
    return httpx.create_ssl_context()


class SystemClock:
    """The civil clock of this machine."""

    def now(self) -> datetime:
        return datetime.now(CHINA)  # noqa: TID251 - the one place that reads it


@dataclass(frozen=True)
class App:
    """The joined parts of a running assistant."""

    database: Database
    clock: Clock
    bell: Bell
    intake: Intake
    workers: tuple[Worker, ...]
    sender: Sender
    runner: Runner

    async def run(self) -> None:
        """Everything at once, for ever; the first part that fails ends the others."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.intake.run())
            tasks.create_task(self.sender.run())
            tasks.create_task(self.runner.run())
            for worker in self.workers:
                tasks.create_task(worker.run())
            if not self.database.is_sqlite:
                tasks.create_task(self.bell.connect(self.database))

    async def remind(self) -> None:
        """Say what has fallen due by the clock."""
        await reminders.tick(self.database, self.clock.now())
        await self.bell.ring()

    async def keep_up(self, folder: Path) -> None:
        await upkeep.upkeep(self.database, folder=folder, now=self.clock.now())

    async def drained(self) -> None:
        """Until everything that has arrived is answered and everything due is sent."""
        while True:
            heard = self.bell.rings()
            async with self.database.begin() as db:
                if (
                    await inbox.is_empty(db)
                    and await jobs.is_empty(db)
                    and await outbox.is_empty(db)
                ):
                    return
            await self.bell.wait(heard, at_most=LOOK_AGAIN)


@contextlib.asynccontextmanager
async def assembled(
    config: Config, *, clock: Clock, rules: Rules, library: Library
) -> AsyncIterator[App]:
    """A ready assistant that is not yet running. SettingsError, DatabaseUnavailable, InUse."""
    if config.token is None:
        raise SettingsError(NO_TOKEN)
    logs.hush()
    database = Database(config.database)
    proxy = config.proxy.get_secret_value() if config.proxy else None
    with sole_user(database):
        try:
            await database.prepare()
            async with (
                httpx.AsyncClient(proxy=proxy, verify=trusted()) as client,
                _connected(config, proxy) as bot,
                routes(bot) as application,
            ):
                yield _joined(
                    config, database, application, client, clock=clock, rules=rules, library=library
                )
        finally:
            await database.close()


@contextlib.asynccontextmanager
async def _connected(config: Config, proxy: str | None) -> AsyncIterator[Bot]:
    """The bot as Telegram knows it, ready to poll."""
    token = config.token.get_secret_value() if config.token else ""
    bot = Bot(
        token,
        base_url=f"{config.api}/bot",
        base_file_url=f"{config.api}/file/bot",
        request=HTTPXRequest(
            connection_pool_size=CONNECTIONS,
            proxy=proxy,
            pool_timeout=30.0,
            httpx_kwargs={"verify": trusted()},
        ),
        get_updates_request=HTTPXRequest(proxy=proxy, httpx_kwargs={"verify": trusted()}),
    )
    try:
        await bot.initialize()
        await bot.delete_webhook(drop_pending_updates=False)
    except InvalidToken as error:
        raise SettingsError(BAD_TOKEN) from error
    except NetworkError as error:
        raise SettingsError(NO_NETWORK) from error
    try:
        await _show_menus(bot)
        yield bot
    finally:
        await bot.shutdown()


async def _show_menus(bot: Bot) -> None:
    """The menu of each scope with Chinese descriptions; a failure here stops nothing."""
    menus: list[tuple[BotCommandScope, Place, bool]] = [
        (BotCommandScopeAllPrivateChats(), Place.PRIVATE, False),
        (BotCommandScopeAllGroupChats(), Place.GROUP, False),
        (BotCommandScopeAllChatAdministrators(), Place.GROUP, True),
    ]
    try:
        for scope, place, managers in menus:
            shown = handlers.menu(place, managers=managers)
            commands = [BotCommand(command.name, command.label) for command in shown]
            await bot.set_my_commands(commands, scope=scope)
    except TelegramError as error:
        logger.warning("the menus could not be shown: %s", type(error).__name__)


def _joined(
    config: Config,
    database: Database,
    application: Routes,
    client: httpx.AsyncClient,
    *,
    clock: Clock,
    rules: Rules,
    library: Library,
) -> App:
    bell, bot, shelf = Bell(), application.bot, Shelf(database, library)
    me = Me(bot.id, bot.username, chinese_words())
    worker = Worker(database, shelf, bot, application, clock, bell, config.operators)
    return App(
        database=database,
        clock=clock,
        bell=bell,
        intake=Intake(database, client, bot.base_url, me, clock, bell),
        workers=(worker,) * (1 if database.is_sqlite else REPLICA_WORKERS),
        sender=Sender(database, bot, bell, rules),
        runner=Runner(database, shelf, clock, bell, bot, secrets.token_hex(8), config.operators),
    )
