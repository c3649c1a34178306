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

    def of_passages(self, ids: Numbers, weights: Array) -> Array:
        """What each passage has of some terms by their weights."""
        return np.asarray(weights @ self._having(ids, self.passage, self.several), np.float64)

    def of_passages_each(self, ids: Numbers, weights: Array) -> Array:
        """The same with weights of its own for each passage (down)."""
        there = self._having(ids, self.passage, self.several)
        return np.asarray((weights * there.T).sum(axis=1), np.float64)

    def of_sentences(self, ids: Numbers, weights: Array) -> Array:
        """What the best unit of each passage has of some terms."""
        return self.best(weights @ self._having(ids, self.unit, self.units))

    def having(self, terms: Sequence[int]) -> dict[int, npt.NDArray[np.bool_]]:
        """Of each term which units have it."""
        there = self._having(np.array(terms, np.int64), self.unit, self.units)
        return dict(zip(terms, there, strict=True))

    def _having(self, ids: Numbers, owner: Numbers, several: int) -> npt.NDArray[np.bool_]:
        """Which term (down) stands in which unit or passage (across)."""
        place = np.full(len(self.index.vocabulary), -1)
        place[ids] = np.arange(len(ids))
        row = place[self.terms]
        there = np.zeros((len(ids), several), dtype=bool)
        there[row[row >= 0], owner[row >= 0]] = True
        return there

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
