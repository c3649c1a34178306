"""What speaks for each of the passages that may answer: a question beside one passage after the other."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz.fuzz import partial_ratio

from knowledge import aspects, lexicon
from knowledge.aspects import ASPECTS
from knowledge.finding import Array, Nearest, Terms, counted, nearest, terms_of
from knowledge.postings import ASK, HEAD, SENTENCE, Postings
from knowledge.ranking import STORY, understand
from knowledge.segments import Numbers
from knowledge.stack import Stack
from knowledge.words import ASKING, pointed, words

PENAL = re.compile("法律责任|罚则|处罚")
LED = (
    "rendered sentence",
    "rendered",
    "own sentence",
    "own cover",
    "point sentence",
    "point cover",
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
    """A passage by its number, the unit of it that fits best, its features, and how near a standard question comes."""

    passage: int
    unit: int
    features: tuple[float, ...]
    asked: float


def candidates(
    question: str, stack: Stack, allowed: npt.NDArray[np.bool_] | None = None
) -> tuple[Candidate, ...]:
    """The passages that may answer a question, the one with most words in common first."""
    text = understand(question).text
    terms = terms_of(text, stack.index, stack.lexicon)
    if not len(terms.ids):
        return ()
    near = nearest(terms, stack.index, allowed)
    point = pointed(question) if len(text) > STORY else text
    beside = _Beside(text, point, stack, terms, near)
    found = [beside.look(int(one)) for one in near.passages]
    led = np.array([one.features[-len(LED) :] for one in found], dtype=np.float32)
    behind = led - led.max(axis=0) if found else led
    return tuple(
        Candidate(one.passage, one.unit, one.features + tuple(map(float, row)), one.asked)
        for one, row in zip(found, behind, strict=True)
    )


@dataclass(frozen=True)
class _Subject:
    """A word of the question and the ways in which a passage may have it, each a set of terms."""

    weight: float
    ways: tuple[frozenset[int], ...]

    def is_in(self, terms: frozenset[int]) -> bool:
        return any(way <= terms for way in self.ways)


def _subjects(text: str, stack: Stack) -> list[_Subject]:
    """The words of a question; one that no document has weighs as much as the rarest."""
    index, meant = stack.index, list(stack.lexicon.said(text))
    rarest = math.log1p(index.passages)
    found = []
    for word in dict.fromkeys(words(ASKING.sub(" ", text))):
        if len(word) < 2:
            continue
        bags = [bag for one in meant if word in one.words or one.words in word for bag in one.meant]
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

    def __init__(self, text: str, point: str, stack: Stack, terms: Terms, near: Nearest) -> None:
        index = stack.index
        self._text, self._stack, self._index, self._near = text, stack, index, near
        self._terms = terms
        self._mass, self._plain_mass = terms.mass
        self._asked = aspects.asked(text)
        self._weights = _spread(terms.ids, terms.whole, index)
        self._plains = _spread(terms.ids, terms.plain, index)
        pointing = terms_of(point, index, stack.lexicon) if point != text else terms
        self._point = _spread(pointing.ids, pointing.whole, index)
        self._point_mass = pointing.mass[0]
        self._best_unit = float((near.whole.units / index.unit_length).max()) or 1.0
        self._best_document = float(near.whole.documents.max()) or 1.0
        self._subjects = _subjects(text, stack)
        self._length = math.sqrt(float((terms.plain**2).sum())) or 1.0
        self._own = _within(terms, index, index.document[near.passages])
        asked = lexicon.asked(text)
        self._rendered = _by_term(asked, stack)
        self._several = len(asked) + 1

    def look(self, passage: int) -> Candidate:
        index, near = self._index, self._near
        first, last = int(index.units[passage]), int(index.units[passage + 1])
        places = np.arange(first, last)
        sentences = places[index.kind[first:last] == SENTENCE]
        if not len(sentences):
            sentences = places
        fit = near.whole.units[sentences] / index.unit_length[sentences]
        order = sentences[np.argsort(-fit, kind="stable")]
        best = int(order[0])
        held = np.unique(index.terms[index.borders[first] : index.borders[last]])
        values = (
            *self._scores(passage, order, float(fit.max())),
            *self._covers(passage, held, places),
            *self._wording(passage, best),
            *self._place(passage),
            *self._asking(passage, best, held),
            *self._led(passage, places, held),
        )
        return Candidate(passage, best, values, self._near_ask(places))

    def _scores(self, passage: int, order: Numbers, fit: float) -> tuple[float, ...]:
        near, total = self._near, float(self._near.total[passage])
        whole, plain, best = near.whole, near.plain, order[0]
        top = float(plain.passages[near.passages].max()) or 1.0
        return (
            total / float(near.total[near.passages[0]]),
            total / self._mass,
            float(plain.passages[passage]) / top,
            float(plain.passages[passage]) / self._plain_mass,
            fit / self._best_unit,
            float(whole.units[best]) / self._mass,
            float(plain.units[best]) / self._plain_mass,
            float(whole.units[order[1]]) / self._mass if len(order) > 1 else 0.0,
        )

    def _covers(self, passage: int, held: Numbers, places: Numbers) -> tuple[float, ...]:
        heads = places[self._index.kind[places] == HEAD]
        return (
            float(self._weights[held].sum()) / self._mass,
            float(self._plains[held].sum()) / self._plain_mass,
            self._titled(int(self._index.document[passage])),
            float(self._near.whole.units[heads].sum()) / self._mass,
        )

    def _wording(self, passage: int, best: int) -> tuple[float, ...]:
        said = self._stack.wording(best)
        rarity = float(self._index.rarity[self._index.of_unit(best)].sum())
        return (
            partial_ratio(self._text, said) / 100,
            math.log1p(len(self._stack.passages[passage].text)),
            math.log1p(len(said)),
            float(self._near.whole.units[best]) / (1 + rarity),
        )

    def _place(self, passage: int) -> tuple[float, ...]:
        document = int(self._index.document[passage])
        score = float(self._near.whole.documents[document])
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

    def _asking(self, passage: int, best: int, held: Numbers) -> tuple[float, ...]:
        """Whether the passage speaks of what is asked for: a fine, a number, who is responsible …"""
        said, whole = self._stack.wording(best), self._stack.passages[passage].text
        met: list[float] = []
        for aspect, asks in zip(ASPECTS, self._asked, strict=True):
            met += [
                float(asks and aspect.said.search(said) is not None),
                float(asks and aspect.said.search(whole) is not None),
            ]
        unmet = sum(self._asked) - sum(met[::2])
        return (unmet, self._missing(held), *met)

    def _led(self, passage: int, places: Numbers, held: Numbers) -> tuple[float, ...]:
        index = self._index
        own = self._own[int(index.document[passage])]
        mass = float(own.sum()) or 1.0
        units = [index.of_unit(unit) for unit in places.tolist()]
        rendered = [self._render(terms) for terms in units]
        every: dict[int, float] = {}
        for one in rendered:
            for term, gain in one.items():
                every[term] = max(gain, every.get(term, 0.0))
        return (
            max(sum(one.values()) for one in rendered) / self._several,
            sum(every.values()) / self._several,
            max(float(own[terms].sum()) for terms in units) / mass,
            float(own[held].sum()) / mass,
            max(float(self._point[terms].sum()) for terms in units) / self._point_mass,
            float(self._point[held].sum()) / self._point_mass,
        )

    def _render(self, terms: Numbers) -> dict[int, float]:
        """What each term of the question gains by the words of a sentence."""
        found: dict[int, float] = {}
        for term in terms.tolist():
            for order, gain in self._rendered.get(term, ()):
                if gain > found.get(order, 0.0):
                    found[order] = gain
        return found

    def _titled(self, document: int) -> float:
        """How much of the question stands in the title."""
        titles = self._index.titles
        held = sum(
            float(self._weights[term])
            for term in self._terms.ids.tolist()
            if term in titles and document in titles[term]
        )
        return held / self._mass

    def _missing(self, held: Numbers) -> float:
        """The share of what the question speaks of that the passage has neither so nor otherwise."""
        there = frozenset(held.tolist())
        lost = sum(one.weight for one in self._subjects if not one.is_in(there))
        return lost / (sum(one.weight for one in self._subjects) or 1.0)

    def _near_ask(self, places: Numbers) -> float:
        """The cosine to the nearest standard question of the passage; 0 if it has none."""
        index, closest = self._index, 0.0
        for unit in places[index.kind[places] == ASK].tolist():
            held = index.of_unit(unit)
            product = float((self._plains[held] * index.rarity[held]).sum())
            length = math.sqrt(float((index.rarity[held] ** 2).sum())) or 1.0
            closest = max(closest, product / (self._length * length))
        return closest


def _spread(ids: Numbers, weights: Array, index: Postings) -> Array:
    """The weights by the number of the term; 0 for all others."""
    found = np.zeros(len(index.vocabulary), np.float32)
    found[ids] = weights
    return found


def _within(terms: Terms, index: Postings, documents: Numbers) -> dict[int, Array]:
    """What a term weighs within each document: how far it tells the passages there apart."""
    several = np.unique(documents)
    firsts, lasts = index.first[several], index.first[several + 1]
    found = {int(one): np.zeros(len(index.vocabulary), np.float32) for one in several}
    for term, weight in zip(terms.ids.tolist(), terms.whole.tolist(), strict=True):
        owners, _ = counted(index.owner[index.holding(term)])
        having = np.searchsorted(owners, lasts) - np.searchsorted(owners, firsts)
        relative = weight / max(float(index.rarity[term]), 1e-6)
        gains = relative * np.log1p((lasts - firsts) / np.maximum(having, 1))
        for one, count, gain in zip(several.tolist(), having.tolist(), gains.tolist(), strict=True):
            if count:
                found[one][term] = gain
    return found


def _by_term(asked: Sequence[str], stack: Stack) -> dict[int, list[tuple[int, float]]]:
    """By the number of a clause's term: which terms of the question gain by it, and how much."""
    found: dict[int, list[tuple[int, float]]] = {}
    vocabulary = stack.index.vocabulary
    for order, term in enumerate(asked):
        for word, gain in stack.lexicon.renderings.get(term, {}).items():
            if word in vocabulary:
                found.setdefault(vocabulary[word], []).append((order, gain))
    return found
