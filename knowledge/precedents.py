"""Questions once asked of other documents, with the clause that answered each: who asks alike is answered by a clause alike.

No dictionary has that 都说不归自己管 asks who decides between two offices; somebody else has asked so of another law.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import repeat

import numpy as np

from knowledge.arrays import Array, Numbers, different, highest, inverted, parts, ranges, spread
from knowledge.segments import Kind, Segment, compared
from knowledge.words import grams

SEVERAL = 20
"""Of so many questions the answers are looked at."""


@dataclass(frozen=True)
class Near:
    """The questions that come nearest, nearest first: how alike each is (a cosine), and the terms of its answer.

    `declined` is how alike the nearest one is that nothing answered. The terms are by their numbers in an index;
    `answers` has a row for each question: what each term adds to the cosine of its answer and a sentence, but for the
    length of the sentence.
    """

    alike: Array
    terms: Numbers
    answers: Array
    declined: float

    @property
    def signs(self) -> tuple[float, float]:
        """How alike the nearest is, and the nearest that nothing answered."""
        return float(self.alike[:1].sum()), self.declined


class Precedents:
    """Looked up by the terms of a question; never changed.

    Of the segment each passage is a question: its terms, then those of its answer, none if nothing answered.
    """

    def __init__(self, segment: Segment) -> None:
        self._known = {term: number for number, term in enumerate(segment.vocabulary)}
        self._words, self._terms, self._starts = segment.vocabulary, segment.terms, segment.starts
        sizes = np.diff(segment.starts)
        unit = np.repeat(np.arange(len(sizes)), sizes)
        asks = unit % 2 == 0
        terms, owner = segment.terms[asks], unit[asks] // 2
        self._bounds, self._holders = inverted(terms, owner, len(self._words))
        self._rarest = float(np.log(segment.passages + 1))
        self._rarity = self._rarest - np.log(np.diff(self._bounds) + 1)
        squares = np.bincount(owner, self._rarity[terms] ** 2, segment.passages)
        self._length = np.sqrt(np.maximum(squares, 1e-6))
        self._is_answered = sizes[1::2] > 0

    def numbers(self, vocabulary: Mapping[str, int]) -> Numbers:
        """The number of each of its words in a vocabulary; -1 if it is not there."""
        return np.fromiter(map(vocabulary.get, self._words, repeat(-1)), np.int64, len(self._words))

    def near(self, asked: set[str], rarity: Array, numbers: Numbers) -> Near:
        """The nearest to a question with these terms; their answers by the terms of an index, which have these numbers."""
        alike = self._alike(asked)
        best = highest(np.where(self._is_answered, alike, 0.0), SEVERAL)
        declined = float(alike[~self._is_answered].max(initial=0.0))
        starts, ends = self._starts[2 * best + 1], self._starts[2 * best + 2]
        answer = np.repeat(np.arange(len(best)), ends - starts)
        held = numbers[self._terms[ranges(starts, ends)]]
        squares = np.append(rarity, rarity.max(initial=1.0))[held].astype(np.float64) ** 2
        lengths = np.sqrt(np.bincount(answer, squares, len(best)))
        known = held >= 0
        terms = different(held[known])
        answers = np.zeros((len(best), len(terms)))
        answers[answer[known], terms.searchsorted(held[known])] = (squares / lengths[answer])[known]
        return Near(alike[best], terms, answers, declined)

    def _alike(self, terms: set[str]) -> Array:
        known = sorted(self._known[term] for term in terms if term in self._known)
        squares = self._rarity[known] ** 2
        whole = squares.sum() + (len(terms) - len(known)) * self._rarest**2
        holders = parts(self._holders, self._bounds, np.array(known, np.int64))
        common = spread(holders, squares, len(self._length))
        found: Array = common / (self._length * np.sqrt(whole or 1.0))
        return found


def asked(text: str) -> set[str]:
    """What a normalised question is compared by: here single characters tell as well (借, 谁)."""
    return {*compared(text), *grams(text)}


def collect(pairs: Iterable[tuple[set[str], set[str]]]) -> Segment:
    """Of the terms of each question and of its answer."""
    vocabulary: dict[str, int] = {}
    starts, found = [0], list[int]()
    for terms in (part for pair in pairs for part in pair):
        found += [vocabulary.setdefault(term, len(vocabulary)) for term in sorted(terms)]
        starts.append(len(found))
    units = len(starts) - 1
    kinds = np.tile(np.array([Kind.ASK, Kind.SENTENCE], np.int32), units // 2)
    nowhere = np.zeros(units, np.int32)
    return Segment(
        tuple(vocabulary),
        title=(),
        passages=units // 2,
        passage=np.arange(units, dtype=np.int32) // 2,
        kind=kinds,
        begin=nowhere,
        end=nowhere,
        starts=np.array(starts, np.int32),
        terms=np.array(found, np.int32),
        said=np.zeros(units, np.int64),
        says=np.zeros(units // 2, np.int64),
    )
