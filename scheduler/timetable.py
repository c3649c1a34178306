"""Which tick rings when. APScheduler only rings the bell; nothing that matters lives in it."""

from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from records.calendar import CHINA

Tick = Callable[[], Awaitable[None]]

EVERY_MINUTE = 60
EVERY_TEN_MINUTES = 600


def start(*, remind: Tick, upkeep: Tick) -> AsyncIOScheduler:
    """A running timetable in this event loop; `shutdown()` ends it.

    Missed ticks are not made up: each tick asks the records what is due.
    """
    timetable = AsyncIOScheduler(timezone=CHINA)
    options = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    timetable.add_job(remind, "interval", seconds=EVERY_MINUTE, **options)
    timetable.add_job(upkeep, "interval", seconds=EVERY_TEN_MINUTES, **options)
    timetable.start()
    return timetable
