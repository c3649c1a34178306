"""Which passages are like the clauses that answered questions alike of other documents."""

import numpy as np

from knowledge.arrays import Array
from knowledge.held import Held
from knowledge.precedents import Near


def followed(near: Near, held: Held) -> tuple[Array, Array]:
    """Of each passage, how like its best sentence is to those answers: the most, and on the whole.

    An answer counts by how alike the questions are (squared, and cubed).
    """
    if not len(near.alike):
        return np.zeros(held.several), np.zeros(held.several)
    of_units = near.answers @ held.in_units(near.terms) / held.index.unit_norm[held.numbers]
    fits = np.zeros((len(near.alike), held.several))
    np.maximum.at(fits.T, held.unit_passage, of_units.T)
    alike = near.alike[:, None]
    return (alike**2 * fits).max(axis=0), (alike**3 * fits).sum(axis=0) / (alike**3).sum()
