"""Slow work that handlers put off: what each kind of job reads, and what it makes of it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from handlers.conversation import Message
from handlers.files import summary
from records.database import Transaction


@dataclass(frozen=True)
class Work:
    """`gather` reads the facts in a short transaction; `render` is slow and runs in a thread."""

    gather: Callable[[Transaction, str], Awaitable[Any]]
    render: Callable[[Any], Message]


WORK: Mapping[str, Work] = {summary.KIND: Work(summary.gather, summary.render)}
