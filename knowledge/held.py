"""What stands in the sentences of some passages, looked at all at once."""

import numpy as np
import numpy.typing as npt

from knowledge.arrays import Array, Numbers, ranges
from knowledge.postings import Postings


class Held:
    """The terms of the units of some passages, one after the other."""

    def __init__(self, index: Postings, passages: Numbers) -> None:
        self.index, self.passages, self.several = index, passages, len(passages)
        self.numbers = units = ranges(index.units[passages], index.units[passages + 1])
        sizes = index.units[passages + 1] - index.units[passages]
        self.unit_passage, self._first = _repeated(sizes), np.cumsum(sizes) - sizes
        starts, ends = index.borders[units], index.borders[units + 1]
        self.terms = index.terms[ranges(starts, ends)]
        self.unit = _repeated(ends - starts)
        self.units = len(units)
        self.passage = self.unit_passage[self.unit]
        self._place = np.full(len(index.vocabulary), -1)

    def in_passages(self, terms: Numbers) -> npt.NDArray[np.bool_]:
        """Which term (down) stands in which passage (across)."""
        return self._having(terms, self.passage, self.several)

    def in_units(self, terms: Numbers) -> npt.NDArray[np.bool_]:
        """Which term (down) stands in which unit (across)."""
        return self._having(terms, self.unit, self.units)

    def _having(self, terms: Numbers, owner: Numbers, several: int) -> npt.NDArray[np.bool_]:
        self._place[terms] = np.arange(len(terms))
        row = self._place[self.terms]
        self._place[terms] = -1
        there = np.zeros((len(terms), several), dtype=bool)
        there[row[row >= 0], owner[row >= 0]] = True
        return there

    def best(self, of_units: Array) -> Array:
        """The most that a unit of each passage has; of several columns, of each."""
        found: Array = np.maximum.reduceat(of_units, self._first)
        return found


def _repeated(sizes: Numbers) -> Numbers:
    found: Numbers = np.repeat(np.arange(len(sizes)), sizes)
    return found
