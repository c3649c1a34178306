"""Slow work that handlers put off: what each kind of job reads, and what it makes of it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from handlers.conversation import Message
from handlers.files import (
    calendar_file,
    ledger,
    notice,
    picture,
    record,
    sheet,
    summary,
    year_end,
)
from records.database import Transaction


@dataclass(frozen=True)
class Work:
    """`gather` reads the facts in a short transaction; `render` is slow and runs in a thread."""

    gather: Callable[[Transaction, str], Awaitable[Any]]
    render: Callable[[Any], Message]


WORK: Mapping[str, Work] = {
    calendar_file.KIND: Work(calendar_file.gather, calendar_file.render),
    ledger.KIND: Work(ledger.gather, ledger.render),
    notice.KIND: Work(notice.gather, notice.render),
    picture.KIND: Work(picture.gather, picture.render),
    record.KIND: Work(record.gather, record.render),
    sheet.KIND: Work(sheet.gather, sheet.render),
    summary.KIND: Work(summary.gather, summary.render),
    year_end.KIND: Work(year_end.gather, year_end.render),
}
