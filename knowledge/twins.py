"""Passages that say nearly the same: the law of a country, and what a city made of it."""

import numpy as np
import numpy.typing as npt

from knowledge.arrays import Numbers, different, sums
from knowledge.held import Held
from knowledge.postings import SENTENCE, Postings

SAME = 0.45
"""The cosine of the terms of two passages from which on they are taken to say the same."""
MOST = 6
"""Of so many of the next best it is looked at; the others are far behind."""


def same(index: Postings, passages: Numbers) -> npt.NDArray[np.bool_]:
    """Of each passage whether it says the same as the first, in another document; the first does."""
    found: npt.NDArray[np.bool_] = np.arange(len(passages)) == 0
    near = passages[: MOST + 1]
    owner, terms = _terms(Held(index, near), len(index.vocabulary))
    squares = index.rarity[terms].astype(np.float64) ** 2
    known = np.append(terms[owner == 0], -1)  # they ascend, and nothing is beyond the last
    mine = known[known[:-1].searchsorted(terms)] == terms
    whole, common = (sums(owner, weights, len(near)) for weights in (squares, squares * mine))
    is_other = index.document[near] != index.document[near[0]]
    found[: len(near)] |= is_other & (common > 0) & (common >= SAME * np.sqrt(whole[0] * whole))
    return found


def _terms(held: Held, several: int) -> tuple[Numbers, Numbers]:
    """The terms of the sentences of each passage, each once: whose it is, and the term."""
    of_sentence = held.index.kind[held.numbers[held.unit]] == SENTENCE
    keys = different(held.passage[of_sentence] * several + held.terms[of_sentence])
    return keys // several, keys % several
