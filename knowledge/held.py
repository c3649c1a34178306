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
        self.unit_passage = _repeated(index.units[passages + 1] - index.units[passages])
        starts, ends = index.borders[units], index.borders[units + 1]
        self.terms = index.terms[ranges(starts, ends)]
        self.unit = _repeated(ends - starts)
        self.units = len(units)
        self.passage = self.unit_passage[self.unit]

    def in_passages(self, terms: Numbers) -> npt.NDArray[np.bool_]:
        """Which term (down) stands in which passage (across)."""
        return self._having(terms, self.passage, self.several)

    def in_units(self, terms: Numbers) -> npt.NDArray[np.bool_]:
        """Which term (down) stands in which unit (across)."""
        return self._having(terms, self.unit, self.units)

    def _having(self, terms: Numbers, owner: Numbers, several: int) -> npt.NDArray[np.bool_]:
        place = np.full(len(self.index.vocabulary), -1)
        place[terms] = np.arange(len(terms))
        row = place[self.terms]
        there = np.zeros((len(terms), several), dtype=bool)
        there[row[row >= 0], owner[row >= 0]] = True
        return there

    def best(self, of_units: Array) -> Array:
        """The most that a unit of each passage has."""
        found = np.zeros(self.several, np.float64)
        np.maximum.at(found, self.unit_passage, of_units)
        return found


def _repeated(sizes: Numbers) -> Numbers:
    found: Numbers = np.repeat(np.arange(len(sizes)), sizes)
    return found
