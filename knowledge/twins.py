"""Passages that say nearly the same: the law of a country, and what a city made of it."""

from collections.abc import Sequence

import numpy as np

from knowledge.arrays import Numbers
from knowledge.postings import Postings

SAME = 0.45
"""The cosine of the terms of two passages from which on they are taken to say the same."""
MOST = 6
"""Of so many of the next best it is looked at; the others are far behind."""


def same(index: Postings, passages: Sequence[int]) -> tuple[bool, ...]:
    """Of each passage whether it says the same as the first, in another document; the first does."""
    first, *others = passages
    known = _terms(index, first)
    mine = _square(index, known)
    found = [True]
    for other in others[:MOST]:
        terms = _terms(index, other)
        common = _square(index, np.intersect1d(known, terms, assume_unique=True))
        is_other = index.document[first] != index.document[other]
        found.append(bool(is_other and common >= SAME * np.sqrt(mine * _square(index, terms))))
    return (*found, *[False] * (len(passages) - len(found)))


def _terms(index: Postings, passage: int) -> Numbers:
    """The terms of its sentences, each once."""
    units = index.sentences(passage).tolist()
    return np.unique(np.concatenate([index.of_unit(unit) for unit in units]))


def _square(index: Postings, terms: Numbers) -> float:
    weights = index.rarity[terms].astype(np.float64)
    return float(weights @ weights)
