"""Which passages are like the clauses that answered questions alike of other documents."""

import numpy as np
import numpy.typing as npt

from knowledge.arrays import Array, parts, spread
from knowledge.held import Held
from knowledge.postings import SENTENCE, Postings
from knowledge.precedents import Near

COMMON = 2.5
"""The rarity from which on a term of an answer is looked up in all passages; one of eleven has it."""
PART = 0.3
"""Of what the best sentence has: a passage with less is not near."""


def likely(near: Near, index: Postings, seen: npt.NDArray[np.bool_] | None) -> Array:
    """How like each passage's best sentence is to the answers of questions alike; 0 of all that are not near the best.

    `seen` says of each passage whether it may answer.
    """
    found = np.zeros(index.passages)
    telling = index.rarity[near.terms] > COMMON
    told = near.alike**3 @ near.answers[:, telling]
    holders = parts(index.holders, index.starts, near.terms[telling])
    of_units = spread(holders, told, len(index.owner)) / index.unit_norm
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
