"""Figures of a benchmark: each step a process of its own, so that none knows another's memory."""

import math
import multiprocessing
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any, TypeVar

Q = TypeVar("Q")
T = TypeVar("T")


@dataclass(frozen=True)
class Figures:
    """Seconds, and MB by which the catch-up grew the process; `rows` fell due and became `letters`."""

    register: float
    catch_up: float
    empty: float
    growth: float
    following: float = 0.0
    rows: int = 0
    letters: int = 0


def least(found: list[Figures]) -> Figures:
    """The least of each figure: whatever else runs on the machine only adds."""
    return Figures(*map(min, zip(*map(astuple, found), strict=True)))


def alone(step: Callable[..., T], *arguments: Any) -> T:
    """In a fresh process."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(step, *arguments).result()


def memory_from_now() -> float:
    """What is resident, in MB; the kernel's peak (VmHWM) begins anew."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return memory("VmRSS")


def memory(name: str) -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:"))


def timed(
    act: Callable[[Q], T], questions: Sequence[Q], rounds: int
) -> tuple[tuple[float, ...], list[T]]:
    """The ms of each question, the least of the rounds, and what came of it."""
    least, found = [math.inf] * len(questions), list[T]()
    for turn in range(rounds):
        for place, question in enumerate(questions):
            begun = time.perf_counter()
            one = act(question)
            least[place] = min(least[place], (time.perf_counter() - begun) * 1000)
            if turn == 0:
                found.append(one)
    return tuple(least), found


def spread(ms: Sequence[float]) -> tuple[float, float]:
    """What half of them take at most, and all but one in a hundred."""
    return statistics.median(ms), sorted(ms)[int(len(ms) * 0.99)]
