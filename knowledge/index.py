"""How rare terms are, and an inverted index: which facts, and which of their texts, share rare terms with a question."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain

import numpy as np

from knowledge.arrays import Array, Numbers, spread

Bag = frozenset[str]
"""The terms of a text, each once."""
FADED = 0.35
"""What a term of an earlier question of the dialogue still counts."""


@dataclass(frozen=True)
class Asked:
    """The terms of a question with what each weighs, all together, and as the length of a vector."""

    terms: Bag
    weights: Mapping[str, float]
    squares: Mapping[str, float]
    whole: float
    length: float

    def share(self, others: AbstractSet[str]) -> float:
        """How much of the question the others cover, 0 to 1."""
        return sum(map(self.weights.__getitem__, self.terms & others)) / self.whole


@dataclass(frozen=True)
class Weighed:
    """The terms of a standard question, and what they weigh all together."""

    terms: Bag
    whole: float


@dataclass(frozen=True)
class Index:
    """What terms weigh, and which owners (facts, topics) and texts have them; the length of each text as a vector."""

    weights: Mapping[str, float]
    rarest: float
    owners: Mapping[str, Numbers]
    texts: Mapping[str, Numbers]
    lengths: Array
    several: int

    def ask(self, terms: Bag, faded: Bag = frozenset()) -> Asked:
        """A question; a term that no text has is as rare as can be, one of an earlier question has faded."""
        weights = {term: FADED * self.weights.get(term, self.rarest) for term in faded}
        weights |= {term: self.weights.get(term, self.rarest) for term in terms}
        squares = {term: weight * weight for term, weight in weights.items()}
        length = math.sqrt(sum(squares.values())) or 1.0
        return Asked(terms | faded, weights, squares, sum(weights.values()) or 1.0, length)

    def weigh(self, terms: Bag) -> Weighed:
        """A text of the index."""
        return Weighed(terms, sum(map(self.weights.__getitem__, terms)) or 1.0)

    def shares(self, asked: Asked) -> Array:
        """How much of the question each owner covers."""
        return _spread(self.owners, asked.weights, self.several) / asked.whole

    def cosines(self, asked: Asked) -> Array:
        """The cosine of the angle between the question and each text."""
        return _spread(self.texts, asked.squares, len(self.lengths)) / (asked.length * self.lengths)


def build(owners: Sequence[Sequence[Bag]]) -> Index:
    """An index of the texts by which each owner is asked; a term is rare if few owners have it."""
    holders, texts = _holders([frozenset().union(*own) for own in owners]), list(chain(*owners))
    count = len(owners)
    weights = {
        term: math.log(1 + count / len(found)) * strength(term) for term, found in holders.items()
    }
    lengths = np.array([_length(map(weights.__getitem__, text)) for text in texts])
    return Index(weights, math.log(1 + count), holders, _holders(texts), lengths, count)


def _holders(bags: Sequence[Bag]) -> dict[str, Numbers]:
    """The places of the bags with each term."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, bag in enumerate(bags):
        for term in bag:
            found[term].append(place)
    return {term: np.array(places, np.int32) for term, places in found.items()}


def _spread(holders: Mapping[str, Numbers], weights: Mapping[str, float], count: int) -> Array:
    known = [(holders[term], weight) for term, weight in weights.items() if term in holders]
    return spread([one for one, _ in known], np.array([weight for _, weight in known]), count)


def within(bags: Sequence[Bag]) -> list[dict[str, float]]:
    """For each of some bags, how far each of its terms tells it apart from the others, 0 to 1."""
    seen = Counter(term for bag in bags for term in bag)
    most = math.log(1 + len(bags))
    return [{term: math.log((1 + len(bags)) / seen[term]) / most for term in bag} for bag in bags]


def strength(term: str) -> float:
    """A single character says less than a word."""
    return 0.4 if len(term) == 1 else 1.0


def _length(weights: Iterable[float]) -> float:
    return math.sqrt(sum(weight * weight for weight in weights)) or 1.0
