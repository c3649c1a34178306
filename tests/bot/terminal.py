"""Programs of the command line, each a process of its own, forked from one that has read the code already (where processes fork).

Reading it takes longer than most of them run. How `run.py` starts from nothing is told in test_run.py.
"""

import io
import multiprocessing
import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path

from bot import cli

ROOT = Path(__file__).parents[2]
READ = ("asking", "knowledge_office", "office", "program", "rehearsal.play")
PATIENCE = 60  # seconds
STREAMS = ("stdin", "stdout", "stderr")

if sys.platform == "win32":
    _FORKS = multiprocessing.get_context("spawn")
else:
    _FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload([f"bot.{name}" for name in READ])


@dataclass(frozen=True)
class Done:
    """How a program ended and what it said."""

    returncode: int
    stdout: str
    stderr: str


def environment_of(**settings: str) -> dict[str, str]:
    """The surroundings of the tests with these settings and no others."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DANGWU_")}
    return kept | settings


def dangwu(*words: object, env: Mapping[str, str], typed: str = "") -> Done:
    """One call, with somebody at the keyboard who types something."""
    with tempfile.TemporaryDirectory() as folder:
        streams = [Path(folder) / name for name in STREAMS]
        for file, content in zip(streams, (typed, "", ""), strict=True):
            file.write_text(content, "utf-8")
        process = started(partial(cli.main, list(map(str, words))), env=env, streams=streams)
        process.join(PATIENCE)
        if process.exitcode is None:
            process.kill()
            raise TimeoutError(words)
        said, told = (file.read_text("utf-8") for file in streams[1:])
    return Done(process.exitcode, said, told)


def started(
    program: Callable[[], int], *, env: Mapping[str, str], streams: Sequence[Path]
) -> BaseProcess:
    """A program that runs on; stdin, stdout and stderr are these files."""
    process = _FORKS.Process(target=_run, args=(program, dict(env), streams), daemon=True)
    process.start()
    return process


def _run(program: Callable[[], int], env: Mapping[str, str], streams: Sequence[Path]) -> None:
    os.environ.clear()
    os.environ.update(env)
    os.chdir(ROOT)
    for number, file in enumerate(streams):
        os.dup2(os.open(file, os.O_RDONLY if number == 0 else os.O_WRONLY), number)
    sys.stdin = io.TextIOWrapper(io.FileIO(0, closefd=False), "utf-8")
    sys.stdout = io.TextIOWrapper(io.FileIO(1, "w", closefd=False), "utf-8", line_buffering=True)
    sys.stderr = io.TextIOWrapper(io.FileIO(2, "w", closefd=False), "utf-8", line_buffering=True)
    sys.exit(program())
