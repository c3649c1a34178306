"""How much of a question each of some passages holds, as a whole and in its best sentence, by several measures."""

import numpy as np
import numpy.typing as npt

from knowledge.arrays import Array, Numbers, ranges
from knowledge.finding import Asked, Terms
from knowledge.followed import followed
from knowledge.heard import heard
from knowledge.held import Held
from knowledge.postings import Postings
from knowledge.stack import Stack


def shares(
    asked: Asked,
    stack: Stack,
    held: Held,
    having: npt.NDArray[np.bool_],
    there: npt.NDArray[np.bool_],
) -> list[Array]:
    """Of each passage: cover, plain cover, then those that `beside.LED` names.

    Rendered is what the words of the question gain by the words that are there; own weighs a term by how far it
    tells the passages of its document apart; point looks only at the sentences of a story that ask. `having` says which
    term of the question (down) stands in which unit (across), `there` in which passage.
    """
    terms, pointing = asked.terms, asked.pointing
    is_story = pointing is not terms
    asking = held.in_units(pointing.ids) if is_story else having
    units = held.rendered(asked.rendered)
    whole, several = held.best(units), len(asked.parts) + 1
    return [
        terms.whole @ there / terms.mass[0],
        terms.plain @ there / terms.mass[1],
        *heard(asked, stack, held, having, units),
        held.best(units.sum(axis=1)) / several,
        whole.sum(axis=1) / several,
        *_own(terms, held, having, there),
        held.best(pointing.whole @ asking) / pointing.mass[0],
        pointing.whole @ (held.in_passages(pointing.ids) if is_story else there) / pointing.mass[0],
        *followed(asked.near, held),
    ]


def _own(
    terms: Terms, held: Held, having: npt.NDArray[np.bool_], there: npt.NDArray[np.bool_]
) -> tuple[Array, Array]:
    """By what tells the passages of a document apart."""
    gains = _within(terms, held.index, held.index.document[held.passages])
    mass = np.maximum(gains.sum(axis=1), 1e-6)
    sentence = held.best((gains[held.unit_passage] * having.T).sum(axis=1)) / mass
    return sentence, (gains * there.T).sum(axis=1) / mass


def _within(terms: Terms, index: Postings, documents: Numbers) -> Array:
    """What each term (across) weighs within each of some documents (down)."""
    starts, ends = index.edges[terms.ids], index.edges[terms.ids + 1]
    places, columns = ranges(starts, ends), np.repeat(np.arange(len(terms.ids)), ends - starts)
    row = np.full(len(index.first) - 1, -1)
    row[documents] = np.arange(len(documents))  # of a document that comes twice the last one
    rows = row[index.tellers[places]]
    known = np.flatnonzero(rows >= 0)
    having = np.zeros((len(documents), len(terms.ids)))
    having[rows[known], columns[known]] = index.counts[places[known]]
    having = having[row[documents]]
    sizes = index.first[documents + 1] - index.first[documents]
    relative = terms.whole / np.maximum(index.rarity[terms.ids], 1e-6)
    gains = relative * np.log1p(sizes[:, None] / np.maximum(having, 1))
    return np.where(having > 0, gains, 0.0)
