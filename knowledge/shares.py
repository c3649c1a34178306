"""How much of a question each of some passages holds, as a whole and in its best sentence, by several measures."""

import numpy as np
import numpy.typing as npt

from knowledge.arrays import Array, Numbers
from knowledge.finding import Asked, Terms
from knowledge.followed import followed
from knowledge.heard import heard
from knowledge.held import Held
from knowledge.postings import Postings
from knowledge.stack import Stack


def shares(asked: Asked, stack: Stack, passages: Numbers) -> list[tuple[float, ...]]:
    """Of each passage: cover, plain cover, seven of what is heard, then rendered, own, point (sentence, whole), followed.

    Rendered is what the words of the question gain by the words that are there; own weighs a term by how far it
    tells the passages of its document apart; point looks only at the sentences of a story that ask.
    """
    index, terms = stack.index, asked.terms
    held = Held(index, passages)
    pointing, there = asked.pointing, held.in_passages(terms.ids)
    units, whole = _rendered(asked, held)
    several = units.shape[1] + 1
    rows = [
        terms.whole @ there / terms.mass[0],
        terms.plain @ there / terms.mass[1],
        *heard(asked, stack, held, units),
        held.best(units.sum(axis=1)) / several,
        whole.sum(axis=1) / several,
        *_own(terms, index, held, there),
        held.best(pointing.whole @ held.in_units(pointing.ids)) / pointing.mass[0],
        pointing.whole @ held.in_passages(pointing.ids) / pointing.mass[0],
        *followed(asked.near, held),
    ]
    return [tuple(row) for row in np.stack(rows).T.tolist()]


def _own(
    terms: Terms, index: Postings, held: Held, there: npt.NDArray[np.bool_]
) -> tuple[Array, Array]:
    """By what tells the passages of a document apart."""
    documents, of_passage = np.unique(index.document[held.passages], return_inverse=True)
    gains = _within(terms, index, documents)
    mass = np.maximum(gains.sum(axis=1), 1e-6)[of_passage]
    of_unit = gains[of_passage[held.unit_passage]]
    sentence = held.best((of_unit * held.in_units(terms.ids).T).sum(axis=1)) / mass
    return sentence, (gains[of_passage] * there.T).sum(axis=1) / mass


def _within(terms: Terms, index: Postings, documents: Numbers) -> Array:
    """What each term (across) weighs within each document (down)."""
    firsts, lasts = index.first[documents], index.first[documents + 1]
    having = np.empty((len(documents), len(terms.ids)))
    for order, term in enumerate(terms.ids.tolist()):
        havers = index.having(term)
        having[:, order] = havers.searchsorted(lasts) - havers.searchsorted(firsts)
    relative = terms.whole / np.maximum(index.rarity[terms.ids], 1e-6)
    gains = relative * np.log1p((lasts - firsts)[:, None] / np.maximum(having, 1))
    return np.where(having > 0, gains, 0.0)


def _rendered(asked: Asked, held: Held) -> tuple[Array, Array]:
    """What each part of the question (across) gains by the words of each unit, and of each passage."""
    known, units = asked.rendered, np.zeros((held.units, len(asked.parts)))
    flags = np.zeros(len(held.index.vocabulary), dtype=bool)
    flags[list(known)] = True
    there = flags[held.terms]
    pairs = zip(held.unit[there].tolist(), held.terms[there].tolist(), strict=True)
    for unit, term in pairs:
        row = units[unit]
        for order, gain in known[term]:
            row[order] = max(row[order], gain)
    return units, held.best(units)
