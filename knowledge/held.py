"""What stands in the sentences of some passages, looked at all at once."""

from collections.abc import Sequence
from functools import cached_property
from itertools import chain

import numpy as np
import numpy.typing as npt

from knowledge.arrays import Array, Numbers, firsts, most, ranges
from knowledge.lexicon import Rendered
from knowledge.postings import Postings


class Held:
    """The units of some passages one after the other, and their terms."""

    def __init__(self, index: Postings, passages: Numbers) -> None:
        self.index, self.passages, self.several = index, passages, len(passages)
        self.numbers = units = ranges(index.units[passages], index.units[passages + 1])
        sizes = index.units[passages + 1] - index.units[passages]
        self.unit_passage, self._first = _repeated(sizes), firsts(sizes)
        starts, ends = index.borders[units], index.borders[units + 1]
        self.terms = index.terms[ranges(starts, ends)]
        self.unit = _repeated(ends - starts)
        self.units = len(units)
        self.passage = self.unit_passage[self.unit]

    @cached_property
    def _place(self) -> Numbers:
        """As long as the vocabulary: made where somebody asks which terms are held."""
        return np.full(len(self.index.vocabulary), -1, np.int32)

    def in_passages(self, terms: Numbers) -> npt.NDArray[np.bool_]:
        """Which term (down) stands in which passage (across)."""
        return self._having(terms, self.passage, self.several)

    def in_units(self, terms: Numbers) -> npt.NDArray[np.bool_]:
        """Which term (down) stands in which unit (across)."""
        return self._having(terms, self.unit, self.units)

    def _having(self, terms: Numbers, owner: Numbers, several: int) -> npt.NDArray[np.bool_]:
        row = self._rows(terms)
        known = np.flatnonzero(row >= 0)
        there = np.zeros((len(terms), several), dtype=bool)
        there[row[known], owner[known]] = True
        return there

    def _rows(self, terms: Numbers) -> Numbers:
        """The place of each held term among these, -1 if it is none of them."""
        self._place[terms] = np.arange(len(terms))
        row = self._place[self.terms]
        self._place[terms] = -1
        return row

    def rendered(self, rendered: Rendered) -> Array:
        """What each word of a question (across) gains by the terms of each unit (down)."""
        row = self._rows(rendered.terms)
        there = np.flatnonzero(row >= 0)
        return most(self.unit[there], rendered.gains[row[there]], self.units)

    def best(self, of_units: Array) -> Array:
        """The most that a unit of each passage has; of several columns, of each."""
        found: Array = np.maximum.reduceat(of_units, self._first)
        return found

    def best_places(self, of_units: Array) -> Numbers:
        """The unit of each passage that has most, of equals the first: its place among the units held."""
        rising = np.argsort(-of_units, kind="stable")[::-1]
        found = np.zeros(self.several, np.int64)
        found[self.unit_passage[rising]] = rising  # of several for one passage the last one stands
        return found


def shares_of(bags: Sequence[Sequence[int]], having: npt.NDArray[np.bool_]) -> Array:
    """What share of each bag of rows (down) each column has."""
    if not bags:
        return np.zeros((0, having.shape[1]))
    sizes = np.array(list(map(len, bags)))
    there = having[list(chain.from_iterable(bags))]
    found: Array = np.add.reduceat(there, firsts(sizes), dtype=np.float64) / sizes[:, None]
    return found


def _repeated(sizes: Numbers) -> Numbers:
    found: Numbers = np.repeat(np.arange(len(sizes)), sizes)
    return found
