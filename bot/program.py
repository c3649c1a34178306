"""Running the real bot until it is told to stop."""

import asyncio
import contextlib
import gc
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

from bot.app import BAD_TOKEN, App, SystemClock, assembled
from bot.config import Config, SettingsError
from bot.delivery.intake import TokenRejected
from bot.delivery.limits import TELEGRAM
from knowledge.library import Library
from scheduler import timetable


async def run(config: Config) -> None:
    """The real bot: until Ctrl-C or SIGTERM."""
    library = Library.load()
    async with assembled(config, clock=SystemClock(), rules=TELEGRAM, library=library) as app:
        sys.stderr.write("党务助手已启动，按 Ctrl-C 停止。\n")
        if not app.database.is_safe_beside_others:
            sys.stderr.write("本机 SQLite 较旧：运行期间请不要用其他程序写数据库文件。\n")
        gc.collect()
        gc.freeze()  # what stands ready stays: it is not looked through again and again for what may go
        async with ticking(app, config.data / "backups"):
            await until_stopped(asyncio.create_task(app.run()))


@contextlib.asynccontextmanager
async def ticking(app: App, backups: Path) -> AsyncIterator[None]:
    """The timetable, with one round at the start: what fell due while the bot was off."""
    await app.keep_up(backups)
    await app.remind()
    running = timetable.start(remind=app.remind, upkeep=lambda: app.keep_up(backups))
    try:
        yield
    finally:
        running.shutdown(wait=False)


async def until_stopped(running: asyncio.Task[None]) -> None:
    """A signal ends the parts at once: everything that matters is in the records."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows
            loop.add_signal_handler(number, running.cancel)
    await asyncio.wait([running])
    if running.cancelled():
        sys.stderr.write("党务助手已停止。\n")
        return
    if (error := running.exception()) is not None:
        raise SettingsError(BAD_TOKEN) if _is_about_token(error) else error


def _is_about_token(error: BaseException) -> bool:
    return isinstance(error, BaseExceptionGroup) and error.subgroup(TokenRejected) is not None
