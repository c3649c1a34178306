"""Which passages are like the clauses that answered questions alike of other documents."""

import numpy as np
import numpy.typing as npt

from knowledge.arrays import Array
from knowledge.held import Held
from knowledge.postings import SENTENCE, Postings
from knowledge.precedents import Near

COMMON = 1.5
"""The rarity from which on a term of an answer is looked up in all passages; two of seven have it."""
PART = 0.3
"""Of what the best sentence has: a passage with less is not near."""


def likely(near: Near, index: Postings, seen: npt.NDArray[np.bool_] | None) -> Array:
    """How like each passage's best sentence is to the answers of questions alike; 0 of all that are not near the best.

    `seen` says of each passage whether it may answer.
    """
    found = np.zeros(index.passages)
    telling = index.rarity[near.terms] > COMMON
    holders = [index.holding(term) for term in near.terms[telling].tolist()]
    if not holders:
        return found
    told = near.alike**3 @ near.answers[:, telling]
    weights = np.repeat(told, list(map(len, holders)))
    of_units = np.bincount(np.concatenate(holders), weights, len(index.owner)) / index.unit_norm
    of_units[index.kind != SENTENCE] = 0.0
    if seen is not None:
        of_units[~seen[index.owner]] = 0.0
    best = np.flatnonzero(of_units > PART * of_units.max())
    np.maximum.at(found, index.owner[best], of_units[best])
    return found


def followed(near: Near, held: Held) -> tuple[Array, Array]:
    """Of each passage, how like its best sentence is to those answers: the most, and on the whole.

    An answer counts by how alike the questions are (squared, and cubed).
    """
    if not len(near.alike):
        return np.zeros(held.several), np.zeros(held.several)
    of_units = (near.answers @ held.in_units(near.terms)).T / held.index.unit_norm[
        held.numbers, None
    ]
    of_units[held.index.kind[held.numbers] != SENTENCE] = 0.0
    fits, alike = held.best(of_units), near.alike
    return (fits * alike**2).max(axis=1), fits @ alike**3 / (alike**3).sum()
