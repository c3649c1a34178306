"""How rare terms are, and an inverted index: which facts share rare terms with a question."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

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

    def cosine(self, text: "Weighed") -> float:
        """The cosine of the angle between question and text."""
        product = sum(map(self.squares.__getitem__, self.terms & text.terms))
        return product / (self.length * text.length)


@dataclass(frozen=True)
class Weighed:
    """The terms of a standard question, with their sum and their length as a vector."""

    terms: Bag
    whole: float
    length: float


@dataclass(frozen=True)
class Index:
    """What terms weigh, and which owners (facts, topics) have them."""

    weights: Mapping[str, float]
    rarest: float
    owners: Mapping[str, Sequence[int]]

    def ask(self, terms: Bag, faded: Bag = frozenset()) -> Asked:
        """A question; a term that no text has is as rare as can be, one of an earlier question has faded."""
        weights = {term: FADED * self.weights.get(term, self.rarest) for term in faded}
        weights |= {term: self.weights.get(term, self.rarest) for term in terms}
        squares = {term: weight * weight for term, weight in weights.items()}
        length = math.sqrt(sum(squares.values())) or 1.0
        return Asked(terms | faded, weights, squares, sum(weights.values()) or 1.0, length)

    def weigh(self, terms: Bag) -> Weighed:
        """A text of the index."""
        values = [self.weights[term] for term in terms]
        return Weighed(terms, sum(values) or 1.0, _length(values))

    def shares(self, asked: Asked) -> dict[int, float]:
        """How much of the question each owner covers."""
        found: defaultdict[int, float] = defaultdict(float)
        for term, weight in asked.weights.items():
            part = weight / asked.whole
            for owner in self.owners.get(term, ()):
                found[owner] += part
        return found


def build(owners: Sequence[Iterable[str]]) -> Index:
    """An index of what each owner is asked by; a term is rare if few owners have it."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for owner, terms in enumerate(owners):
        for term in terms:
            holders[term].append(owner)
    count = len(owners)
    weights = {
        term: math.log(1 + count / len(found)) * strength(term) for term, found in holders.items()
    }
    return Index(weights, math.log(1 + count), dict(holders))


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
