"""What a question gets: a passage with its clause, up to three suggestions, or nothing."""

from dataclasses import dataclass

from knowledge.passages import Clause, Passage


@dataclass(frozen=True)
class Suggestion:
    """A question that the documents answer, to be offered as “您是想问：…” or “另见：…”."""

    question: str
    passage: Passage
    clause: Clause


@dataclass(frozen=True)
class Answer:
    """A passage that answers, the clause that does, and how sure that is (0 to 1); `others` are not much less likely."""

    passage: Passage
    clause: Clause
    score: float
    others: tuple[Suggestion, ...] = ()


@dataclass(frozen=True)
class Suggestions:
    """Up to three suggestions, best first; all articles when a whole chapter was asked for."""

    items: tuple[Suggestion, ...]


@dataclass(frozen=True)
class Said:
    """What one part of the library says, and the chances that it is right and that it knows at all.

    Both are in units of what is enough: from 1 on it is said outright, or suggested. `ours` is how much
    speaks for the shipped documents, beside all others.
    """

    result: Answer | Suggestions | None
    right: float
    known: float
    ours: float = 1.0


NOTHING = Said(None, 0.0, 0.0)
