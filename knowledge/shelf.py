"""Documents that came without standard questions of ours: which of their clauses answers, and how sure that is."""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from knowledge import aspects, clauses, twins
from knowledge.aspects import ASPECTS
from knowledge.beside import FEATURES, Candidate, candidates
from knowledge.clauses import Sentences
from knowledge.finding import Asked, read
from knowledge.lexicon import NONE, shipped
from knowledge.passages import Clause, Document, Passage
from knowledge.postings import Postings
from knowledge.segments import compared
from knowledge.stack import Volume, stack
from knowledge.titles import Titles
from knowledge.words import without_asking

OF_ANY = (
    "heard", "longest unheard", "heard in sentence", "heaviest unheard", "point heard",
    "followed", "followed on the whole",
)  # fmt: skip
OF_ANY_AT = tuple(map(FEATURES.index, OF_ANY))
DECLINED = "declined before"
SIGNS = (
    "lead", "alone with its like", "among three", "long question", "total",
    "asked before", DECLINED,
    *(f"{name} of any" for name in OF_ANY),
    *FEATURES,
    *(f"no {one.name} {where}" for one in ASPECTS for where in ("sentence", "passage")),
)  # fmt: skip
"""What the judgement whether the best passage answers rests on."""
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


Scored = tuple[float, Candidate]


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
        theirs = [(score, one) for score, one in scored if one.passage < self._own]
        if not theirs:
            return None
        right, known = self._chances(asked, theirs)
        ours = 1.0 - _powers(scored, theirs)
        best = theirs[0][1]
        if best.asked >= ASKED:
            right = known = max(right, best.asked)
            ours = 0.0
        return Judged(self._found(asked, theirs), right, known, ours)

    def _allowed(self, view: frozenset[str] | None) -> npt.NDArray[np.bool_] | None:
        if view is None:
            return None
        return np.array([key in view for key in self._keys], dtype=bool)

    def _found(self, asked: Asked, scored: Sequence[Scored]) -> tuple[Found, ...]:
        """The passages; of the first ones the sentences are compared."""
        sentences = Sentences(asked, self._stack)
        return tuple(
            Found(
                self._stack.passages[one.passage],
                self._stack.clause(_unit(one, sentences if order < CLOSELY else None)),
                score,
            )
            for order, (score, one) in enumerate(scored)
        )

    def _chances(self, asked: Asked, scored: Sequence[Scored]) -> tuple[float, float]:
        """That the first passage answers, and that one of three does."""
        signs = signs_of(asked.text, asked.near.signs, scored, self._stack.index)
        right, known = _chance("right", signs), _chance("known", signs)
        if self._knows_all(asked.text) and any(_has_all(one) for _, one in scored[:CLOSELY]):
            known = max(known, HAS_ALL)
        return right, known

    def _knows_all(self, text: str) -> bool:
        """Whether no word and no pair of characters of what is spoken of is unheard of."""
        spoken = compared(without_asking(text))
        return spoken <= self._stack.index.vocabulary.keys()


def signs_of(
    text: str, before: tuple[float, float], scored: Sequence[Scored], index: Postings
) -> tuple[float, ...]:
    """What the judgement rests on: all that may answer, the best one first.

    `before` are the signs of questions alike that were asked of other documents. Whatever says the same as the best is not
    against it.
    """
    scores, near = [score for score, _ in scored], [one for _, one in scored]
    powers = [math.exp(score - scores[0]) for score in scores]
    whole, best = sum(powers), near[0]
    own = dict(zip(FEATURES, best.features, strict=True))
    same = twins.same(index, [one.passage for one in near])
    lead = scores[0] - max(
        (score for score, is_same in zip(scores, same, strict=True) if not is_same),
        default=-math.inf,
    )
    asked = aspects.asked(text)
    return (
        min(FARTHEST, lead),
        sum(power for power, is_same in zip(powers, same, strict=True) if is_same) / whole,
        sum(powers[:3]) / whole,
        math.log1p(len(text)),
        scores[0],
        *before,
        *(max(one.features[place] for one in near) for place in OF_ANY_AT),
        *best.features,
        *(
            float(asks and not own[f"{aspect.name} {where}"])
            for aspect, asks in zip(ASPECTS, asked, strict=True)
            for where in ("sentence", "passage")
        ),
    )


def _has_all(one: Candidate) -> bool:
    """Whether everything that a question speaks of stands in the passage."""
    own = dict(zip(FEATURES, one.features, strict=True))
    return own["missing"] == 0 and own["plain cover"] >= COVERED


def _unit(one: Candidate, sentences: Sentences | None) -> int:
    """The clause that a standard question of the worker's is about, if it is that one that was asked; or the best."""
    if one.asked >= ASKED:
        return one.asked_unit
    units, rows = sentences.of(one.passage) if sentences is not None else ([], None)
    if rows is None or not units:
        return one.unit
    weights = read_weights()["sentence"]
    return units[int(np.argmax(rows @ np.array([weights[sign] for sign in clauses.SIGNS])))]


def _scored(near: Sequence[Candidate]) -> list[Scored]:
    """The best one first."""
    if not near:
        return []
    rows = np.array([one.features for one in near])
    asked = np.array([max(0.0, one.asked - ASKED / 2) for one in near])
    scores: list[float] = (rows @ _slopes() + ASKED_COUNTS * asked).tolist()
    pairs = zip(scores, near, strict=True)
    return sorted(pairs, key=lambda pair: (-pair[0], pair[1].passage))


def _powers(every: Sequence[Scored], some: Sequence[Scored]) -> float:
    """How much of what speaks for all of them speaks for some."""
    whole, part = (
        math.fsum(math.exp(score - every[0][0]) for score, _ in them) for them in (every, some)
    )
    return part / whole


@cache
def _slopes() -> npt.NDArray[np.float64]:
    weights = read_weights()["ranking"]
    return np.array([weights.get(name, 0.0) for name in FEATURES])


ASKED_COUNTS = 12.0
"""What nearness to a standard question adds to the score."""


def _chance(name: str, signs: Sequence[float]) -> float:
    weights = read_weights()[name]
    pairs = zip(SIGNS, signs, strict=True)
    total = weights["always"] + sum(weights.get(sign, 0.0) * value for sign, value in pairs)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def read_weights() -> Mapping[str, Mapping[str, float]]:
    """The weights that training wrote."""
    text = (files("knowledge") / "sources" / "shelf.json").read_text(encoding="utf-8")
    weights: dict[str, dict[str, float]] = json.loads(text)
    return weights
