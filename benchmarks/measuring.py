"""Figures of a benchmark: each step a process of its own, so that none knows another's memory."""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any, TypeVar

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
