"""Which sentence of a passage answers a question."""

import numpy as np
import numpy.typing as npt

from knowledge import aspects
from knowledge.arrays import Numbers
from knowledge.finding import Asked
from knowledge.held import Held
from knowledge.likeness import partial_ratios
from knowledge.postings import SENTENCE
from knowledge.stack import Stack
from knowledge.words import normalise

SIGNS = ("fit", "share", "plain", "rendered", "met", "partial", "long", "first")
"""What speaks for a sentence."""

Rows = npt.NDArray[np.float64]


def signs_of(asked: Asked, stack: Stack, passages: Numbers) -> tuple[Numbers, Rows]:
    """The units that are sentences of some passages, and the signs of each."""
    held, index = Held(stack.index, passages), stack.index
    sentences = np.flatnonzero(index.kind[held.numbers] == SENTENCE)
    units, owner = held.numbers[sentences], held.unit_passage[sentences]
    terms, having = asked.terms, held.in_units(asked.terms.ids)[:, sentences]
    share = terms.whole @ having / terms.mass[0]
    rendered = held.rendered(asked.rendered)[sentences].sum(axis=1)
    texts = [stack.clause(unit).text for unit in units.tolist()]
    columns = (
        share / index.unit_length[units],
        share,
        terms.plain @ having / terms.mass[0],
        rendered / (len(asked.parts) + 1),
        aspects.has(index.said[units], np.flatnonzero(asked.aspects)).sum(axis=1),
        partial_ratios(asked.text, list(map(normalise, texts))),
        np.log1p(list(map(len, texts))),
        np.diff(owner, prepend=-1) > 0,
    )
    return units, np.stack(columns, axis=1)
