"""How alike texts are: questions that share most of their terms, and what stands in another text nearly as it is."""

import math
from collections.abc import Sequence

import numpy as np
from rapidfuzz.fuzz import partial_ratio
from rapidfuzz.process import cdist

from knowledge.arrays import Array
from knowledge.words import normalise, terms

ALIKE = 0.6
"""The cosine of two sets of terms from which on they are taken for one question."""


def cosine(one: set[str], other: set[str]) -> float:
    """The cosine of the angle between two sets of terms, each term once."""
    return len(one & other) / math.sqrt(len(one) * len(other)) if one and other else 0.0


def partial_ratios(text: str, others: Sequence[str]) -> Array:
    """How far the text stands in each of the others, or they in it, if they are shorter: 0 to 1."""
    found: Array = cdist([text], others, scorer=partial_ratio, dtype=np.float64)[0] / 100
    return found


def groups(questions: Sequence[str]) -> list[list[int]]:
    """Places of similar questions together, in their order; the first of each group is what the others resemble."""
    found: list[list[int]] = []
    heads: list[set[str]] = []
    for place, question in enumerate(questions):
        mine = terms(normalise(question))
        like = next((n for n, head in enumerate(heads) if cosine(head, mine) >= ALIKE), None)
        if like is None:
            found.append([place])
            heads.append(mine)
        else:
            found[like].append(place)
    return found
