"""How much of a question each of some passages holds, as a whole and in its best sentence, by several measures."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from knowledge import lexicon
from knowledge.finding import Array, Terms, meant, terms_of, without_asking
from knowledge.postings import Postings
from knowledge.segments import Numbers
from knowledge.stack import Stack

RENDERED = 1.5
"""The gain from which a word renders another."""


def shares(
    text: str, point: str, stack: Stack, terms: Terms, passages: Numbers
) -> list[tuple[float, ...]]:
    """Of each passage: cover, plain cover, unheard (whole, longest), rendered (sentence, whole), own (likewise), point (likewise).

    Unheard is what of the question a passage says in no way that is known; rendered what the words of the question
    gain by the words that are there; own weighs a term by how far it tells the passages of its document apart; point
    looks only at the sentences of a story that ask.
    """
    index = stack.index
    held = _Held(index, passages)
    weights = _spread(terms.ids, terms.whole, index)
    cover = held.of_passages(weights) / terms.mass[0]
    plain = held.of_passages(_spread(terms.ids, terms.plain, index)) / terms.mass[1]
    pointing = terms_of(point, index, stack.lexicon) if point != text else terms
    pointed = _spread(pointing.ids, pointing.whole, index)
    units, whole = _rendered(text, stack, held)
    several = units.shape[1] + 1
    rows = [
        cover,
        plain,
        *_unheard(text, stack, held, whole),
        held.best(units.sum(axis=1)) / several,
        whole.sum(axis=1) / several,
        *_own(terms, index, held),
        held.of_sentences(pointed) / pointing.mass[0],
        held.of_passages(pointed) / pointing.mass[0],
    ]
    return [tuple(row) for row in np.stack(rows).T.tolist()]


class _Held:
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
        return _summed(self._once_passage, weights[self._once], self.several)

    def of_sentences(self, weights: Array) -> Array:
        """The same of the best unit of each passage."""
        return self.best(_summed(self.unit, weights[self.terms], self.units))

    def having(self, terms: Sequence[int]) -> dict[int, npt.NDArray[np.bool_]]:
        """Of each term which passages have it."""
        place = np.full(len(self.index.vocabulary), -1)
        place[list(terms)] = np.arange(len(terms))
        column = place[self._once]
        there = np.zeros((len(terms), self.several), dtype=bool)
        there[column[column >= 0], self._once_passage[column >= 0]] = True
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


def _summed(places: Numbers, weights: Array, count: int) -> Array:
    return np.asarray(np.bincount(places, weights=weights, minlength=count), np.float64)


def _spread(ids: Numbers, weights: Array, index: Postings) -> Array:
    """The weights by the number of the term; 0 for all others."""
    found = np.zeros(len(index.vocabulary), np.float32)
    found[ids] = weights
    return found


def _own(terms: Terms, index: Postings, held: _Held) -> tuple[Array, Array]:
    """By what tells the passages of a document apart."""
    documents, of_passage = np.unique(index.document[held.passages], return_inverse=True)
    gains = _within(terms, index, documents)
    place = np.full(len(index.vocabulary), -1)
    place[terms.ids] = np.arange(len(terms.ids))
    mass = np.maximum(gains.sum(axis=1), 1e-6)[of_passage]
    asked = place[held.terms]
    there = asked >= 0
    units = held.unit[there]
    weights = gains[of_passage[held.passage[there]], asked[there]]
    sentence = held.best(_summed(units, weights, held.units)) / mass
    passage, term = held.once()
    asked = place[term]
    there = asked >= 0
    weights = gains[of_passage[passage[there]], asked[there]]
    return sentence, _summed(passage[there], weights, held.several) / mass


def _within(terms: Terms, index: Postings, documents: Numbers) -> Array:
    """What each term (across) weighs within each document (down)."""
    firsts, lasts = index.first[documents], index.first[documents + 1]
    having = np.empty((len(documents), len(terms.ids)))
    for order, term in enumerate(terms.ids.tolist()):
        havers = index.having(term)
        having[:, order] = np.searchsorted(havers, lasts) - np.searchsorted(havers, firsts)
    relative = terms.whole / np.maximum(index.rarity[terms.ids], 1e-6)
    gains = relative * np.log1p((lasts - firsts)[:, None] / np.maximum(having, 1))
    return np.where(having > 0, gains, 0.0)


def _rendered(text: str, stack: Stack, held: _Held) -> tuple[Array, Array]:
    """What each term of the question (across) gains by the words of each unit, and of each passage."""
    asked = lexicon.asked(text)
    known = stack.lexicon.by_term(asked, stack.index.vocabulary)
    units, whole = np.zeros((held.units, len(asked))), np.zeros((held.several, len(asked)))
    if not known:
        return units, whole
    flags = np.zeros(len(stack.index.vocabulary), dtype=bool)
    flags[list(known)] = True
    there = flags[held.terms]
    pairs = zip(held.unit[there].tolist(), held.terms[there].tolist(), strict=True)
    for unit, term in pairs:
        row = units[unit]
        for order, gain in known[term]:
            row[order] = max(row[order], gain)
    np.maximum.at(whole, held.unit_passage, units)
    return units, whole


def _unheard(text: str, stack: Stack, held: _Held, gains: Array) -> tuple[Array, Array]:
    """The share of what is spoken of that each passage says in no known way, and what the longest such stretch weighs.

    Character by character, so that a word which no dictionary and no document has counts as well.
    """
    rest = without_asking(text)
    weights = np.array([stack.lexicon.tells(char) for char in rest])
    lost = np.ones((held.several, len(rest)), dtype=bool)
    for words, said in _ways(text, stack, held, gains):
        at = rest.find(words)
        while at >= 0:
            lost[said, at : at + len(words)] = False
            at = rest.find(words, at + 1)
    missing = lost * weights
    longest, current = np.zeros(held.several), np.zeros(held.several)
    for column in missing.T:
        current = np.where(column > 0, current + column, 0.0)
        longest = np.maximum(longest, current)
    return missing.sum(axis=1) / (weights.sum() or 1.0), longest


def _ways(
    text: str, stack: Stack, held: _Held, gains: Array
) -> Iterator[tuple[str, npt.NDArray[np.bool_]]]:
    """Stretches of a question with the passages that say so, or what it may stand for, or render it."""
    vocabulary = stack.index.vocabulary
    sayings = list(meant(text, stack.index, stack.lexicon))
    asked = lexicon.asked(text)
    bags = {bag for one in sayings for bag in one.meant if bag and bag <= vocabulary.keys()}
    wanted = {vocabulary[term] for term in asked if term in vocabulary}
    wanted |= {vocabulary[term] for bag in bags for term in bag}
    having = held.having(sorted(wanted))
    for order, term in enumerate(asked):
        said = gains[:, order] >= RENDERED
        if term in vocabulary:
            said |= having[vocabulary[term]]
        yield term, said
    for one in sayings:
        for bag in one.meant:
            if bag in bags:
                yield one.words, np.logical_and.reduce([having[vocabulary[term]] for term in bag])
