"""Documents that came without standard questions of ours: which of their clauses answers, and how sure that is."""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from knowledge import aspects, clauses, twins
from knowledge.arrays import Array, Numbers
from knowledge.aspects import ASPECTS
from knowledge.beside import FEATURES, Candidates, candidates
from knowledge.finding import Asked, read
from knowledge.lexicon import NONE, shipped
from knowledge.passages import Clause, Document, Passage
from knowledge.postings import Postings
from knowledge.segments import compared
from knowledge.stack import Stack, Volume, stack
from knowledge.titles import Titles

OF_ANY = (
    "heard", "longest unheard", "heard in sentence", "heaviest unheard", "point heard",
    "followed", "followed on the whole",
)  # fmt: skip
OF_ANY_AT = list(map(FEATURES.index, OF_ANY))
DECLINED = "declined before"
SIGNS = (
    "lead", "alone with its like", "among three", "long question", "total",
    "asked before", DECLINED,
    *(f"{name} of any" for name in OF_ANY),
    *FEATURES,
    *(f"no {one.name} {where}" for one in ASPECTS for where in ("sentence", "passage")),
)  # fmt: skip
"""What the judgement whether the best passage answers rests on."""
NOT_MET = [
    FEATURES.index(f"{one.name} {where}") for one in ASPECTS for where in ("sentence", "passage")
]
ASKED = 0.5
"""So near (as a cosine) to a standard question of the worker's, a clause is as good as asked for by it."""
HAS_ALL, COVERED = 0.2, 0.9
"""The chance that one of three answers is no less where one has all that is asked about; and what that means."""
CLOSELY = 3
"""Of so many passages each sentence is looked at."""
FARTHEST = 5.0
"""A lead that is larger says no more."""


@dataclass(frozen=True)
class Found:
    """A passage that may answer, the clause of it, and a score that only says which is better."""

    passage: Passage
    clause: Clause
    score: float


@dataclass(frozen=True)
class Judged:
    """The best passages, best first, and the chances that the first one answers, and that one of three does.

    `ours` is how much speaks for the shipped documents instead, 0 to 1.
    """

    found: tuple[Found, ...]
    right: float
    known: float
    ours: float


@dataclass(frozen=True)
class Scored:
    """Candidates, best first, with their scores."""

    scores: Array
    near: Candidates

    def __len__(self) -> int:
        return len(self.near)

    def taken(self, places: Numbers) -> "Scored":
        """Those at these places, in this order."""
        return Scored(self.scores[places], self.near.taken(places))


class Shelf:
    """Volumes with one index over all of them; never changed.

    The shipped documents (`ours`) stand beside them only to be compared: what they answer is said elsewhere.
    """

    def __init__(self, volumes: Iterable[Volume], ours: Iterable[Volume] = ()) -> None:
        self.volumes = tuple(one for one in volumes if one.passages)
        self.documents: tuple[Document, ...] = tuple(
            one.passages[0].document for one in self.volumes
        )
        beside = tuple(ours) if self.volumes else ()
        self._keys = [one.passages[0].document.key for one in (*self.volumes, *beside)]
        self._stack = stack([*self.volumes, *beside], shipped() if self.volumes else NONE)
        self._own = sum(len(one.passages) for one in self.volumes)
        self._titles = Titles(self.documents, [one.passages[0].document for one in beside])
        self._by_id = {passage.id: passage for passage in self.passages}

    @property
    def passages(self) -> tuple[Passage, ...]:
        return self._stack.passages[: self._own]

    def passage(self, passage_id: str) -> Passage | None:
        return self._by_id.get(passage_id)

    def of(self, document: Document) -> tuple[Passage, ...]:
        """The passages of one document."""
        return next(one.passages for one in self.volumes if one.passages[0].document == document)

    def named(
        self, question: str, view: frozenset[str] | None = None
    ) -> tuple[Document, str] | None:
        """The document that a question names (物业管理条例第六条, 信访工作条例里怎么说), and what it says besides."""
        return self._titles.named(question, view)

    def judge(self, question: str, view: frozenset[str] | None = None) -> Judged | None:
        """What the documents in view say to a question; None if they share no word with it."""
        if not self.volumes:
            return None
        asked = read(question, self._stack)
        scored = _scored(candidates(asked, self._stack, self._allowed(view)))
        theirs = scored.taken(np.flatnonzero(scored.near.passages < self._own))
        if not len(theirs):
            return None
        right, known = self._chances(asked, theirs)
        ours = 1.0 - _powers(scored, theirs)
        if (best := float(theirs.near.asked[0])) >= ASKED:
            right = known = max(right, best)
            ours = 0.0
        return Judged(self._found(asked, theirs), right, known, ours)

    def _allowed(self, view: frozenset[str] | None) -> npt.NDArray[np.bool_] | None:
        if view is None:
            return None
        return np.array([key in view for key in self._keys], dtype=bool)

    def _found(self, asked: Asked, scored: Scored) -> tuple[Found, ...]:
        """The passages; of the first ones the sentences are compared."""
        units = _units(asked, scored.near, self._stack)
        found = zip(scored.near.passages.tolist(), units, scored.scores.tolist(), strict=True)
        return tuple(
            Found(self._stack.passages[passage], self._stack.clause(unit), score)
            for passage, unit, score in found
        )

    def _chances(self, asked: Asked, scored: Scored) -> tuple[float, float]:
        """That the first passage answers, and that one of three does."""
        signs = signs_of(asked.text, asked.near.signs, scored, self._stack.index)
        right, known = _chance("right", signs), _chance("known", signs)
        if self._knows_all(asked) and _has_all(scored.near)[:CLOSELY].any():
            known = max(known, HAS_ALL)
        return right, known

    def _knows_all(self, asked: Asked) -> bool:
        """Whether no word and no pair of characters of what is spoken of is unheard of."""
        return compared(asked.spoken) <= self._stack.index.vocabulary.keys()


def signs_of(text: str, before: tuple[float, float], scored: Scored, index: Postings) -> Array:
    """What the judgement rests on: all that may answer, the best one first.

    `before` are the signs of questions alike that were asked of other documents. Whatever says the same as the best is not
    against it.
    """
    scores, near = scored.scores, scored.near
    powers, same = np.exp(scores - scores[0]), twins.same(index, near.passages)
    lead = scores[0] - scores[~same].max(initial=-math.inf)
    whole = powers.sum()
    signs = (
        min(FARTHEST, lead),
        powers[same].sum() / whole,
        powers[:3].sum() / whole,
        math.log1p(len(text)),
        scores[0],
        *before,
    )
    asks = np.repeat(aspects.asked(text), 2)
    best = near.rows[0]
    return np.concatenate(
        [signs, near.rows[:, OF_ANY_AT].max(axis=0), best, asks & (best[NOT_MET] == 0)]
    )


def _has_all(near: Candidates) -> npt.NDArray[np.bool_]:
    """Whether everything that a question speaks of stands in a passage."""
    has: npt.NDArray[np.bool_] = near.column("missing") == 0
    return has & (near.column("plain cover") >= COVERED)


def _units(asked: Asked, near: Candidates, stack: Stack) -> list[int]:
    """The clause of each passage that answers: of the first ones the sentences are compared.

    It is the one that a standard question of the worker's is about, if that was asked.
    """
    found = near.units.copy()
    units, rows = clauses.signs_of(asked, stack, near.passages[:CLOSELY])
    fits, owner = rows @ _weights("sentence", clauses.SIGNS), stack.index.owner[units]
    for place, passage in enumerate(near.passages[:CLOSELY].tolist()):
        own = np.flatnonzero(owner == passage)
        found[place] = units[own[np.argmax(fits[own])]]
    chosen: list[int] = np.where(near.asked >= ASKED, near.asked_units, found).tolist()
    return chosen


def best_first(scores: Array, near: Candidates) -> Scored:
    """Of equal scores the passage that comes first."""
    order = np.lexsort((near.passages, -scores))
    return Scored(scores[order], near.taken(order))


def _scored(near: Candidates) -> Scored:
    asked = np.maximum(0.0, near.asked - ASKED / 2)
    return best_first(near.rows @ _weights("ranking", FEATURES) + ASKED_COUNTS * asked, near)


def _powers(every: Scored, some: Scored) -> float:
    """How much of what speaks for all of them speaks for some."""
    whole, part = (float(np.exp(one.scores - every.scores[0]).sum()) for one in (every, some))
    return part / whole


ASKED_COUNTS = 12.0
"""What nearness to a standard question adds to the score."""


def _chance(name: str, signs: Array) -> float:
    total = read_weights()[name]["always"] + float(_weights(name, SIGNS) @ signs)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def _weights(name: str, signs: tuple[str, ...]) -> Array:
    """In the order of the signs; what was declined before does not count where it is only suggested."""
    weights = {DECLINED: 0.0, **read_weights()[name]}
    return np.array([weights[sign] for sign in signs])


@cache
def read_weights() -> Mapping[str, Mapping[str, float]]:
    """The weights that training wrote."""
    text = (files("knowledge") / "sources" / "shelf.json").read_text(encoding="utf-8")
    weights: dict[str, dict[str, float]] = json.loads(text)
    return weights
