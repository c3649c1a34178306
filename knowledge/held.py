"""What stands in the sentences of some passages, looked at all at once."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from knowledge.finding import Array
from knowledge.postings import Postings
from knowledge.segments import Numbers


class Held:
    """The terms of the units of some passages, one after the other."""

    def __init__(self, index: Postings, passages: Numbers) -> None:
        self.index, self.passages, self.several = index, passages, len(passages)
        units = _ranges(index.units[passages], index.units[passages + 1])
        self.unit_passage = _repeated(index.units[passages + 1] - index.units[passages])
        starts, ends = index.borders[units], index.borders[units + 1]
        self.terms = index.terms[_ranges(starts, ends)]
        self.unit = _repeated(ends - starts)
        self.units = len(units)
        self.passage = self.unit_passage[self.unit]
        order = np.unique(self.passage * np.int64(len(index.vocabulary)) + self.terms)
        self._once_passage, self._once = np.divmod(order, len(index.vocabulary))

    def of_passages(self, weights: Array) -> Array:
        """What each passage has of some weights; a term counts once."""
        return summed(self._once_passage, weights[self._once], self.several)

    def of_sentences(self, weights: Array) -> Array:
        """The same of the best unit of each passage."""
        return self.best(summed(self.unit, weights[self.terms], self.units))

    def having(self, terms: Sequence[int]) -> dict[int, npt.NDArray[np.bool_]]:
        """Of each term which units have it."""
        place = np.full(len(self.index.vocabulary), -1)
        place[list(terms)] = np.arange(len(terms))
        column = place[self.terms]
        there = np.zeros((len(terms), self.units), dtype=bool)
        there[column[column >= 0], self.unit[column >= 0]] = True
        return dict(zip(terms, there, strict=True))

    def once(self) -> tuple[Numbers, Numbers]:
        """Each term of each passage once: the passage, the term."""
        return self._once_passage, self._once

    def best(self, of_units: Array) -> Array:
        """The most that a unit of each passage has."""
        found = np.zeros(self.several, np.float64)
        np.maximum.at(found, self.unit_passage, of_units)
        return found


def _ranges(starts: Numbers, ends: Numbers) -> Numbers:
    """All numbers from each start to its end, one after the other."""
    sizes = ends - starts
    before = np.cumsum(sizes) - sizes
    found: Numbers = np.arange(int(sizes.sum())) + np.repeat(starts - before, sizes)
    return found


def _repeated(sizes: Numbers) -> Numbers:
    found: Numbers = np.repeat(np.arange(len(sizes)), sizes)
    return found


def summed(places: Numbers, weights: Array, count: int) -> Array:
    """The weights that fall to each place."""
    return np.asarray(np.bincount(places, weights=weights, minlength=count), np.float64)
