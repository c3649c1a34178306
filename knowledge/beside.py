"""What speaks for each of the passages that may answer: a question beside all of them at once."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from knowledge import aspects, segments
from knowledge.arrays import Array, Numbers, firsts, sums
from knowledge.aspects import ASPECTS
from knowledge.finding import SENTENCES, Asked, Nearest, nearest
from knowledge.held import Held, shares_of
from knowledge.likeness import partial_ratios
from knowledge.postings import ASK, HEAD, SENTENCE
from knowledge.shares import shares
from knowledge.stack import Stack
from knowledge.words import words

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
class Candidates:
    """Passages by their numbers, of each the unit that fits best, and a row of features.

    `asked` is how near a standard question of the passage comes (as a cosine); `asked_units` are those.
    """

    passages: Numbers
    units: Numbers
    rows: Array
    asked: Array
    asked_units: Numbers

    def __len__(self) -> int:
        return len(self.passages)

    def column(self, feature: str) -> Array:
        """A feature of each passage."""
        values: Array = self.rows[:, FEATURES.index(feature)]
        return values

    def taken(self, places: Numbers) -> "Candidates":
        """Those at these places, in this order."""
        return Candidates(
            self.passages[places],
            self.units[places],
            self.rows[places],
            self.asked[places],
            self.asked_units[places],
        )


NONE = Candidates(
    np.zeros(0, np.int64),
    np.zeros(0, np.int64),
    np.zeros((0, len(FEATURES))),
    np.zeros(0),
    np.zeros(0, np.int64),
)


def candidates(
    asked: Asked, stack: Stack, allowed: npt.NDArray[np.bool_] | None = None
) -> Candidates:
    """The passages that may answer a question, the one with most words in common first."""
    if not len(asked.terms.ids):
        return NONE
    near = nearest(asked, stack.index, allowed)
    return _Beside(asked, stack, near).candidates() if len(near.passages) else NONE


class _Beside:
    """A question beside some passages: each method gives columns, with a value for each passage."""

    def __init__(self, asked: Asked, stack: Stack, near: Nearest) -> None:
        self._asked, self._stack, self._index, self._near = asked, stack, stack.index, near
        self._held = held = Held(stack.index, near.passages)
        self._kind = stack.index.kind[held.numbers]
        self._whole = near.units[held.numbers]
        self._having = held.in_units(asked.terms.ids)
        self._there = held.in_passages(asked.terms.ids)
        self._plain = asked.terms.plain @ self._having
        self._fit = self._whole / stack.index.unit_length[held.numbers]
        self._documents = stack.index.document[near.passages]
        self._passages = [stack.passages[one] for one in near.passages.tolist()]

    def candidates(self) -> Candidates:
        """With all that speaks for each."""
        best, second = self._best()
        units = self._held.numbers[best]
        cover, plain_cover, *led = shares(
            self._asked, self._stack, self._held, self._having, self._there
        )
        columns = (
            *self._scores(best, second),
            cover,
            plain_cover,
            *self._heads(),
            *self._wording(best),
            *self._place(),
            *self._asking(units),
            *led,
            *(column - column.max() for column in led),
        )
        return Candidates(self._near.passages, units, np.stack(columns, axis=1), *self._asks())

    def _best(self) -> tuple[Numbers, Numbers]:
        """The place of the sentence of each passage that fits best, and of the next one, the same if there is none."""
        sentences = np.flatnonzero(self._kind == SENTENCE)
        owner = self._held.unit_passage[sentences]
        ordered = sentences[np.lexsort((-self._fit[sentences], owner))]
        several = np.bincount(owner)
        first = firsts(several)
        return ordered[first], ordered[first + (several > 1)]

    def _scores(self, best: Numbers, second: Numbers) -> tuple[Array, ...]:
        near, (mass, plain_mass) = self._near, self._asked.terms.mass
        total = near.total[near.passages]
        lengths = self._index.unit_length[self._held.numbers]
        plain = near.plain[near.passages] + SENTENCES * self._held.best(self._plain / lengths)
        best_of_all = float((near.units / self._index.unit_length).max()) or 1.0
        return (
            total / total[0],
            total / mass,
            plain / (plain.max() or 1.0),
            plain / plain_mass,
            self._fit[best] / best_of_all,
            self._whole[best] / mass,
            self._plain[best] / plain_mass,
            np.where(best == second, 0.0, self._whole[second]) / mass,
        )

    def _heads(self) -> tuple[Array, Array]:
        """How much of the question stands in the title of the document and in the headings above."""
        terms, mass = self._asked.terms, self._asked.terms.mass[0]
        documents, several = self._index.titled(terms.ids)
        told = np.repeat(terms.whole, several)
        titled = sums(documents, told, len(self._index.first) - 1)
        of_heads = np.where(self._kind == HEAD, self._whole, 0.0)
        heads = sums(self._held.unit_passage, of_heads, self._held.several)
        return titled[self._documents] / mass, heads / mass

    def _wording(self, best: Numbers) -> tuple[Array, ...]:
        said = [self._stack.wording(unit) for unit in self._held.numbers[best].tolist()]
        held = self._held
        rarity = sums(held.unit, self._index.rarity[held.terms], held.units)
        return (
            partial_ratios(self._asked.text, said),
            np.log1p([len(one.text) for one in self._passages]),
            np.log1p(list(map(len, said))),
            self._whole[best] / (1 + rarity[best]),
        )

    def _place(self) -> tuple[npt.NDArray[Any], ...]:
        every = self._near.documents
        most = float(every.max()) or 1.0
        score = every[self._documents]
        chapters = [one.chapter for one in self._passages]
        penal = np.array([PENAL.search(one) is not None for one in chapters])
        is_asked = self._asked.aspects[0]
        return (
            score / most,
            score >= most,
            penal & is_asked,
            penal & (not is_asked),
            np.array(["附则" in one for one in chapters]),
            self._near.passages == self._index.first[self._documents],
        )

    def _asking(self, units: Numbers) -> tuple[Array, ...]:
        """Whether the passage speaks of what is asked for, and its best unit: a fine, a number, who is responsible …"""
        asked = np.flatnonzero(self._asked.aspects)
        met = np.zeros((len(units), len(ASPECTS), 2))
        met[:, asked, 0] = sentence = aspects.has(self._index.said[units], asked)
        met[:, asked, 1] = sentence | aspects.has(self._index.says[self._near.passages], asked)
        unmet = len(asked) - sentence.sum(axis=1)
        return (unmet, self._missing(), *met.reshape(len(units), -1).T)

    def _missing(self) -> Array:
        """The share of what a question speaks of that each passage has neither so nor otherwise."""
        subjects = _subjects(self._asked, self._stack)
        met = shares_of([way for one in subjects for way in one.ways], self._there) == 1
        owner = np.repeat(np.arange(len(subjects)), [len(one.ways) for one in subjects])
        has = (owner == np.arange(len(subjects))[:, None]) @ met
        weights = np.array([one.weight for one in subjects])
        missing: Array = weights @ ~has / (weights.sum() or 1.0)
        return missing

    def _asks(self) -> tuple[Array, Numbers]:
        """How near the nearest standard question of each passage comes (as a cosine), and which it is; 0 if it has none.

        What is typed as it stands there is as near as can be, though of a question not all words count.
        """
        held, index, terms = self._held, self._index, self._asked.terms
        cosine = np.zeros(held.units)
        asks = self._kind == ASK
        if asks.any():
            weights = terms.plain * index.rarity[terms.ids]
            length = math.sqrt(float((terms.plain**2).sum())) or 1.0
            cosine = weights @ self._having / (length * index.unit_norm[held.numbers])
            cosine[self._is_typed()] = 1.0
            cosine[~asks] = 0.0
        places = held.best_places(cosine)
        return cosine[places], held.numbers[places]

    def _is_typed(self) -> npt.NDArray[np.bool_]:
        """Which units have the words of the question, and no others."""
        known = [self._index.vocabulary.get(one) for one in segments.terms_of(self._asked.typed)]
        typed = np.array([one for one in known if one is not None], np.int64)
        if len(typed) < len(known) or not known:
            return np.zeros(self._held.units, dtype=bool)
        sizes = np.bincount(self._held.unit, minlength=self._held.units)
        common = self._held.in_units(typed).sum(axis=0)
        is_typed: npt.NDArray[np.bool_] = (common == len(typed)) & (sizes == len(typed))
        return is_typed


@dataclass(frozen=True)
class _Subject:
    """A word of the question and the ways in which a passage may have it, each the terms that it takes by their rows."""

    weight: float
    ways: Sequence[Sequence[int]]


def _subjects(asked: Asked, stack: Stack) -> list[_Subject]:
    """The words of a question; one that no document has weighs as much as the rarest."""
    index, rows = stack.index, asked.terms.rows
    rarest = math.log1p(index.passages)
    meant = [(one.words, [rows[term] for term in one.terms]) for one in asked.meant]
    found = []
    for word in dict.fromkeys(words(asked.spoken)):
        if len(word) < 2:
            continue
        ways = [own for said, own in meant if word in said or said in word]
        number = index.vocabulary.get(word)
        if number is None:
            found.append(_Subject(rarest, ways))
        else:
            found.append(_Subject(float(index.rarity[number]), [[rows[number]], *ways]))
    return found
