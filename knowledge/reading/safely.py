"""Reading a file in a limited child process."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from knowledge.reading.kinds import LARGEST
from knowledge.reading.result import Problem, Reading, Unreadable, unpacked

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 90.0  # seconds by the wall clock; of its own the child has sixty
KEPT = ("SYSTEMROOT", "LD_LIBRARY_PATH", "LANG")
"""What a child needs of the environment; it inherits nothing else, and no token."""
OUT_OF_TIME = ("SIGXCPU", "SIGKILL")
OUT_OF_MEMORY = ("SIGABRT", "SIGTRAP", "SIGILL")
"""How pdfium and others end where no memory is left."""


def read_safely(content: bytes, name: str, *, patience: float = PATIENCE) -> Reading:
    """What `read` gives, from a child that may open no file and start no process. Unreadable. Slow."""
    if len(content) > LARGEST:
        raise Unreadable(Problem.TOO_LARGE)
    try:
        done = subprocess.run(
            [sys.executable, "-E", "-s", "-X", "utf8", "-m", "knowledge.reading"],
            input=json.dumps(name).encode() + b"\n" + content,
            capture_output=True,
            timeout=patience,
            check=False,
            cwd=ROOT,
            env={name: os.environ[name] for name in KEPT if name in os.environ},
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable(Problem.TOO_SLOW) from error
    if done.returncode < 0:
        raise Unreadable(_ended(-done.returncode))
    done.check_returncode()
    found = unpacked(done.stdout)
    if isinstance(found, Unreadable):
        raise found
    return found


def _ended(number: int) -> Problem:
    """What ended the child, by the number of the signal."""
    name = signal.Signals(number).name
    if name in OUT_OF_TIME:
        return Problem.TOO_SLOW
    return Problem.TOO_BIG_IN_MEMORY if name in OUT_OF_MEMORY else Problem.BROKEN
