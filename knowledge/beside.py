"""What speaks for each of the passages that may answer: a question beside one passage after the other."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from rapidfuzz.fuzz import partial_ratio

from knowledge import aspects
from knowledge.arrays import Numbers
from knowledge.aspects import ASPECTS
from knowledge.finding import Asked, Nearest, Terms, nearest
from knowledge.postings import ASK, HEAD, Postings
from knowledge.shares import shares
from knowledge.stack import Stack
from knowledge.words import without_asking, words

PENAL = re.compile("法律责任|罚则|处罚")
LED = (
    "heard",
    "longest unheard",
    "heard in sentence",
    "longest unheard in sentence",
    "heaviest unheard",
    "point heard",
    "point heard in sentence",
    "rendered sentence",
    "rendered",
    "own sentence",
    "own cover",
    "point sentence",
    "point cover",
    "followed",
    "followed on the whole",
)
"""Features that are also compared with the best of the other passages."""
FEATURES = (
    "score", "share", "plain score", "plain share", "sentence", "sentence share", "sentence plain",
    "second sentence", "cover", "plain cover", "title", "head", "partial", "long", "long sentence",
    "density", "document", "best document", "penal asked", "penal", "last chapter", "first", "unmet", "missing",
    *(f"{one.name} {where}" for one in ASPECTS for where in ("sentence", "passage")),
    *LED,
    *(f"{name} behind" for name in LED),
)  # fmt: skip


@dataclass(frozen=True)
class Candidate:
    """A passage by its number, the unit of it that fits best, and its features.

    `asked` is how near a standard question comes (as a cosine); `asked_unit` is that one.
    """

    passage: int
    unit: int
    features: tuple[float, ...]
    asked: float
    asked_unit: int


def candidates(
    asked: Asked, stack: Stack, allowed: npt.NDArray[np.bool_] | None = None
) -> tuple[Candidate, ...]:
    """The passages that may answer a question, the one with most words in common first."""
    if not len(asked.terms.ids):
        return ()
    near = nearest(asked, stack.index, allowed)
    if not len(near.passages):
        return ()
    beside = _Beside(asked, stack, near)
    found = [beside.look(order, one) for order, one in enumerate(near.passages.tolist())]
    led = np.array([one.features[-len(LED) :] for one in found], dtype=np.float32)
    behind = led - led.max(axis=0) if found else led
    return tuple(
        replace(one, features=one.features + tuple(map(float, row)))
        for one, row in zip(found, behind, strict=True)
    )


@dataclass(frozen=True)
class _Subject:
    """A word of the question and the ways in which a passage may have it, each a set of terms."""

    weight: float
    ways: tuple[frozenset[int], ...]


def _subjects(asked: Asked, stack: Stack) -> list[_Subject]:
    """The words of a question; one that no document has weighs as much as the rarest."""
    index = stack.index
    rarest = math.log1p(index.passages)
    found = []
    for word in dict.fromkeys(words(without_asking(asked.text))):
        if len(word) < 2:
            continue
        bags = [
            bag
            for one in asked.sayings
            if word in one.words or one.words in word
            for bag in one.meant
        ]
        ways = [
            frozenset(map(index.vocabulary.__getitem__, bag))
            for bag in (frozenset([word]), *bags)
            if bag and bag <= index.vocabulary.keys()
        ]
        number = index.vocabulary.get(word)
        weight = float(index.rarity[number]) if number is not None else rarest
        found.append(_Subject(weight, tuple(ways)))
    return found


class _Beside:
    """One question, with everything that is worked out once for all passages."""

    def __init__(self, asked: Asked, stack: Stack, near: Nearest) -> None:
        index, text, terms = stack.index, asked.text, asked.terms
        self._typed = asked.typed
        self._text, self._stack, self._index, self._near = text, stack, index, near
        self._mass, self._plain_mass = terms.mass
        self._asked = aspects.asked(text)
        self._best_unit = float((near.whole.units / index.unit_length).max()) or 1.0
        self._best_document = float(near.documents.max()) or 1.0
        self._best_plain = float(near.plain.passages[near.passages].max()) or 1.0
        self._length = math.sqrt(float((terms.plain**2).sum())) or 1.0
        self._plains = dict(zip(terms.ids.tolist(), terms.plain.tolist(), strict=True))
        self._titled = _titled(terms, index)
        self._shares = shares(asked, stack, near.passages)
        self._missing = _missing(_subjects(asked, stack), stack, near.passages)

    def look(self, order: int, passage: int) -> Candidate:
        """The passage, which is the order-th of the nearest."""
        index, near = self._index, self._near
        first, last = int(index.units[passage]), int(index.units[passage + 1])
        places = np.arange(first, last)
        sentences = index.sentences(passage)
        fit = near.whole.units[sentences] / index.unit_length[sentences]
        best = sentences[np.argsort(-fit, kind="stable")[:2]]
        said = self._stack.wording(int(best[0]))
        cover, plain_cover, *led = self._shares[order]
        values = (
            *self._scores(passage, best, float(fit.max())),
            cover,
            plain_cover,
            *self._heads(passage, places),
            *self._wording(passage, int(best[0]), said),
            *self._place(passage),
            *self._asking(order, passage, int(best[0])),
            *led,
        )
        return Candidate(passage, int(best[0]), values, *self._near_ask(places))

    def _scores(self, passage: int, best: Numbers, fit: float) -> tuple[float, ...]:
        near, total = self._near, float(self._near.total[passage])
        whole, plain = near.whole.units, near.plain.units
        return (
            total / float(near.total[near.passages[0]]),
            total / self._mass,
            float(near.plain.passages[passage]) / self._best_plain,
            float(near.plain.passages[passage]) / self._plain_mass,
            fit / self._best_unit,
            float(whole[best[0]]) / self._mass,
            float(plain[best[0]]) / self._plain_mass,
            float(whole[best[1]]) / self._mass if len(best) > 1 else 0.0,
        )

    def _heads(self, passage: int, places: Numbers) -> tuple[float, float]:
        """How much of the question stands in the title of the document and in the headings above."""
        heads = self._near.whole.units[places[self._index.kind[places] == HEAD]]
        title = self._titled.get(int(self._index.document[passage]), 0.0)
        return title / self._mass, float(heads.sum()) / self._mass

    def _wording(self, passage: int, best: int, said: str) -> tuple[float, ...]:
        rarity = float(self._index.rarity[self._index.of_unit(best)].sum())
        return (
            partial_ratio(self._text, said) / 100,
            math.log1p(len(self._stack.passages[passage].text)),
            math.log1p(len(said)),
            float(self._near.whole.units[best]) / (1 + rarity),
        )

    def _place(self, passage: int) -> tuple[float, ...]:
        document = int(self._index.document[passage])
        score = float(self._near.documents[document])
        chapter = self._stack.passages[passage].chapter
        penal = PENAL.search(chapter) is not None
        return (
            score / self._best_document,
            float(score >= self._best_document),
            float(self._asked[0] and penal),
            float(not self._asked[0] and penal),
            float("附则" in chapter),
            float(passage == self._index.first[document]),
        )

    def _asking(self, order: int, passage: int, unit: int) -> tuple[float, ...]:
        """Whether the passage speaks of what is asked for, and its best unit: a fine, a number, who is responsible …"""
        said = self._stack.clause(unit).text
        whole = self._stack.passages[passage].text
        met: list[float] = []
        for aspect, asks in zip(ASPECTS, self._asked, strict=True):
            in_sentence = asks and aspect.said.search(said) is not None
            in_passage = in_sentence or (asks and aspect.said.search(whole) is not None)
            met += [float(in_sentence), float(in_passage)]
        unmet = sum(self._asked) - sum(met[::2])
        return (unmet, self._missing[order], *met)

    def _near_ask(self, places: Numbers) -> tuple[float, int]:
        """The nearest standard question of the passage and the cosine to it; 0 if it has none.

        What is typed as it stands there is as near as can be, though of a question not all words count.
        """
        index, closest = self._index, (0.0, int(places[0]))
        for unit in places[index.kind[places] == ASK].tolist():
            held = index.of_unit(unit)
            if self._typed == frozenset(held.tolist()):
                return 1.0, unit
            rarity = index.rarity[held].tolist()
            pairs = zip(held.tolist(), rarity, strict=True)
            product = sum(self._plains.get(term, 0.0) * weight for term, weight in pairs)
            length = math.sqrt(sum(weight * weight for weight in rarity)) or 1.0
            closest = max(closest, (product / (self._length * length), unit))
        return closest


def _titled(terms: Terms, index: Postings) -> dict[int, float]:
    """What of a question stands in the title of each document."""
    found: dict[int, float] = {}
    for term, weight in zip(terms.ids.tolist(), terms.whole.tolist(), strict=True):
        for document in index.titles.get(term, np.zeros(0, np.int32)).tolist():
            found[document] = found.get(document, 0.0) + weight
    return found


def _missing(subjects: Sequence[_Subject], stack: Stack, passages: Numbers) -> list[float]:
    """The share of what a question speaks of that each passage has neither so nor otherwise."""
    index, whole = stack.index, sum(one.weight for one in subjects) or 1.0
    ways = {term for one in subjects for way in one.ways for term in way}
    having = {term: _among(index.having(term), passages) for term in ways}
    lost = np.zeros(len(passages))
    for one in subjects:
        met = np.zeros(len(passages), dtype=bool)
        for way in one.ways:
            met |= np.logical_and.reduce([having[term] for term in way])
        lost += one.weight * ~met
    found: list[float] = (lost / whole).tolist()
    return found


def _among(ascending: Numbers, wanted: Numbers) -> npt.NDArray[np.bool_]:
    """Which of the wanted are there."""
    if not len(ascending):  # a word of a title only
        return np.zeros(len(wanted), dtype=bool)
    places = np.minimum(ascending.searchsorted(wanted), len(ascending) - 1)
    found: npt.NDArray[np.bool_] = ascending[places] == wanted
    return found
