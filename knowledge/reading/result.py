"""What reading a file gives: its text in canonical form with what it states of itself, or why it cannot be read."""

import datetime as dt
import json
from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any

from knowledge.cleaning import Flaw, Repair


class Problem(Enum):
    """Why a file cannot be read."""

    EMPTY = "empty"
    TOO_LARGE = "too large"
    OLD_WORD = "old Word"
    WPS = "WPS"
    SCANNED = "scanned"
    ENCRYPTED = "encrypted"
    BOMB = "bomb"
    WRONG_EXTENSION = "wrong extension"
    UNKNOWN_KIND = "unknown kind"
    BROKEN = "broken"
    MIXED_ENCODING = "mixed encoding"
    NO_TABLE = "no question table"
    TOO_MANY_ROWS = "too many rows"
    TOO_LONG = "too long"
    MARKED = "marked"
    TOO_SLOW = "too slow"
    TOO_BIG_IN_MEMORY = "too big in memory"


@dataclass
class Unreadable(Exception):
    """The detail is the true kind (.pdf), a line (12) or the marking (秘密), as the problem has it."""

    problem: Problem
    detail: str = ""


@dataclass(frozen=True)
class Stated:
    """What the text itself states; None is what it does not. The title may be the file's name."""

    title: str
    number: str | None
    issuer: str | None
    date: dt.date | None
    region: str | None
    valid_until: dt.date | None


@dataclass(frozen=True)
class Reading:
    """The form and text that `passages_of` takes, with the repairs that were made on the way."""

    form: str
    text: str
    card: Stated
    repairs: tuple[Repair, ...] = ()


def packed(outcome: Reading | Unreadable) -> bytes:
    """As JSON, for the way out of the child process."""
    if isinstance(outcome, Unreadable):
        said: dict[str, Any] = {"problem": outcome.problem.name, "detail": outcome.detail}
        return json.dumps(said).encode()
    said = asdict(outcome)
    for repair in said["repairs"]:
        repair["flaw"] = repair["flaw"].name
    return json.dumps(said, default=dt.date.isoformat).encode()


def unpacked(said: bytes) -> Reading | Unreadable:
    """Of what `packed` gave."""
    told = json.loads(said)
    if "problem" in told:
        return Unreadable(Problem[told["problem"]], told["detail"])
    card = told["card"]
    for name in ("date", "valid_until"):
        card[name] = dt.date.fromisoformat(card[name]) if card[name] else None
    repairs = (Repair(**one | {"flaw": Flaw[one["flaw"]]}) for one in told["repairs"])
    return Reading(told["form"], told["text"], Stated(**card), tuple(repairs))
