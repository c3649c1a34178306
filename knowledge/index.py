"""An inverted index: which short texts share rare terms with a question, and how much."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass


@dataclass(frozen=True)
class Index:
    """Texts as vectors of weighted terms, of length one; postings give their products with a question."""

    weights: Mapping[str, float]
    postings: Mapping[str, Sequence[tuple[int, float]]]
    rarest: float

    def weight(self, term: str) -> float:
        """How rare a term is; one that no text has is as rare as can be."""
        return self.weights.get(term, self.rarest)

    def total(self, terms: Iterable[str]) -> float:
        """What the terms weigh together."""
        known, rarest = self.weights, self.rarest
        return sum([known.get(term, rarest) for term in terms])

    def cosines(self, terms: Set[str]) -> dict[int, float]:
        """The texts that share a term with the question, and the cosine of the angle to each."""
        found: defaultdict[int, float] = defaultdict(float)
        length = math.sqrt(sum(self.weight(term) ** 2 for term in terms)) or 1.0
        for term in terms:
            weight = self.weights.get(term, 0.0) / length
            for place, share in self.postings.get(term, ()):
                found[place] += weight * share
        return found


def build(texts: Sequence[Set[str]], groups: Sequence[int]) -> Index:
    """An index over the texts; a term is rare if few groups (facts) have it in any of their texts."""
    seen = Counter(
        term
        for term, _ in {
            (term, group) for text, group in zip(texts, groups, strict=True) for term in text
        }
    )
    count = max(groups, default=0) + 1
    weights = {term: math.log(1 + count / seen[term]) * strength(term) for term in seen}
    postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, text in enumerate(texts):
        length = math.sqrt(sum(weights[term] ** 2 for term in text)) or 1.0
        for term in text:
            postings[term].append((place, weights[term] / length))
    return Index(weights, dict(postings), math.log(1 + count))


def strength(term: str) -> float:
    """A single character says less than a word."""
    return 0.4 if len(term) == 1 else 1.0
