"""What the register of duties is compared with: one APScheduler job a unit, kept in a job store."""

import statistics
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from apscheduler.events import EVENT_JOB_SUBMITTED
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import create_engine, event

from benchmarks.measuring import Figures, alone, least, memory, memory_from_now
from records.calendar import CHINA

DUE = datetime(2020, 1, 1, 9, 30, tzinfo=CHINA)
FEW, PATIENCE = 10_000, 120.0  # jobs measured first; seconds that all of them may take


def measured(folder: Path, wanted: int, runs: int) -> tuple[Figures, int]:
    """A job a unit; from fewer where they would take too long, with the number measured."""
    found = least([alone(_jobs, folder / f"few{run}", min(FEW, wanted)) for run in range(runs)])
    times = wanted / min(FEW, wanted)
    register, catch_up = found.register * times, found.catch_up * times
    if times > 1 and register + catch_up <= PATIENCE:
        return alone(_jobs, folder / "all", wanted), wanted
    return Figures(register, catch_up, found.empty, found.growth * times), min(FEW, wanted)


def _jobs(file: Path, count: int) -> Figures:
    """They are kept with the pragmas of our database, and when they are due none does anything."""
    engine = create_engine(f"sqlite:///{file}")
    event.listen(engine, "connect", _as_ours)
    store = SQLAlchemyJobStore(engine=engine)
    timetable = BackgroundScheduler(jobstores={"default": store}, timezone=CHINA)
    timetable.start(paused=True)
    rhythm = {"weeks": 2000, "start_date": DUE, "next_run_time": DUE, "misfire_grace_time": None}
    begun = time.perf_counter()
    for _ in range(count):
        timetable.add_job(_nothing, "interval", **rhythm)
    register, empties = time.perf_counter() - begun, []
    for _ in range(20):
        begun = time.perf_counter()
        store.get_due_jobs(DUE - timedelta(days=1))
        store.get_next_run_time()
        empties.append(time.perf_counter() - begun)
    submitted = threading.Semaphore(0)
    timetable.add_listener(lambda _event: submitted.release(), EVENT_JOB_SUBMITTED)
    held, begun = memory_from_now(), time.perf_counter()
    timetable.resume()
    for _ in range(count):
        submitted.acquire()
    catch_up, growth = time.perf_counter() - begun, memory("VmHWM") - held
    timetable.shutdown()
    return Figures(register, catch_up, statistics.median(empties), growth)


def _nothing() -> None:
    """What a job would have to do is not measured."""


def _as_ours(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
