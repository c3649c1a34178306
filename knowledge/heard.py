"""How much of a question a passage says in some known way, character by character.

So a word counts as well that no dictionary and no document has.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from knowledge.arrays import Array, most, ranges
from knowledge.finding import Asked
from knowledge.held import Held, shares_of
from knowledge.stack import Stack
from knowledge.words import tells, without_asking, words

RENDERED, MEANT, CHARACTER, HEARD = 2.0, 0.9, 0.35, 0.4
"""The gain by which a word surely renders another, how sure an expression stands for another and a character for a word
with it (借 for 借阅), and what is heard at all."""


def heard(
    asked: Asked, stack: Stack, held: Held, having: npt.NDArray[np.bool_], gains: Array
) -> tuple[Array, ...]:
    """Of each passage: the share of a question that it says, and what the longest stretch weighs that it does not.

    Then both of its best sentence, and the heaviest word that it does not say; what is not said counts below 0. Then
    the share of the sentences that ask, of the passage and of its best sentence.
    `having` says which term of the question (down) stands in which unit (across), `gains` what each part of it (across)
    gains by the words of each unit.
    """
    rest = asked.spoken
    weights = np.array(list(map(tells, rest)))
    ways = _ways(asked, stack.index.vocabulary, having, gains)
    of_units = np.ascontiguousarray(_said(rest, *ways).T)
    texts = [stack.passages[one].text for one in held.passages.tolist()]
    there = np.array([[char in text for char in rest] for text in texts])
    whole = np.maximum(held.best(of_units), CHARACTER * there)
    shares = of_units @ weights / (weights.sum() or 1.0)
    lost = (1 - whole) * weights
    pointing = weights * _pointing(rest, asked.point)
    point = pointing.sum() or 1.0
    best = held.best_places(shares)
    return (
        1 - lost.sum(axis=1) / (weights.sum() or 1.0),
        -_longest(np.where(whole < HEARD, weights, 0.0)),
        held.best(shares),
        -_longest(np.where(of_units[best] < HEARD, weights, 0.0)),
        -_heaviest(rest, lost),
        whole @ pointing / point,
        held.best(of_units @ pointing / point),
    )


def _pointing(rest: str, point: str) -> Array:
    """1 for each character of the sentences that ask, 0 for the story around them."""
    found = np.zeros(len(rest))
    for piece in without_asking(point).split():
        at = rest.rfind(piece)
        if at >= 0:
            found[at : at + len(piece)] = 1.0
    return found


def _said(rest: str, stretches: Sequence[str], strengths: Array) -> Array:
    """How surely each unit (across) says each character (down); `strengths` has the same of each stretch."""
    places = [
        (start, start + len(said), number)
        for number, said in enumerate(stretches)
        for start in _starts(rest, said)
    ]
    starts, ends, numbers = np.array(places, np.int64).reshape(-1, 3).T
    chars = ranges(starts, ends)
    order = np.argsort(chars, kind="stable")
    return most(chars[order], strengths[np.repeat(numbers, ends - starts)[order]], len(rest))


def _starts(rest: str, said: str) -> Iterator[int]:
    """Wherever the stretch begins."""
    at = rest.find(said)
    while at >= 0:
        yield at
        at = rest.find(said, at + 1)


def _heaviest(rest: str, lost: Array) -> Array:
    """What of a single word each passage lacks at most."""
    before = np.zeros((len(lost), len(rest) + 1))
    np.cumsum(lost, axis=1, out=before[:, 1:])
    found = dict.fromkeys(words(rest))
    starts = np.array([rest.find(word) for word in found], np.int64)
    ends = starts + np.array(list(map(len, found)), np.int64)
    heaviest: Array = (before[:, ends] - before[:, starts]).max(axis=1, initial=0.0)
    return heaviest


def _longest(lost: Array) -> Array:
    """The weight of the heaviest stretch of each row in which nothing is 0."""
    until = np.cumsum(lost, axis=1)
    before = np.maximum.accumulate(np.where(lost > 0, 0.0, until), axis=1)
    longest: Array = (until - before).max(axis=1, initial=0.0)
    return longest


def _ways(
    asked: Asked, vocabulary: Mapping[str, int], having: npt.NDArray[np.bool_], gains: Array
) -> tuple[list[str], Array]:
    """Stretches of a question, and how surely each unit (across) says so, or what it may stand for, or renders it.

    A longer word that is cut otherwise where the question words are left out is not looked up: its pairs are.
    """
    rows = asked.terms.rows
    parts = [(order, term) for order, term in enumerate(asked.parts) if term in asked.spoken]
    known = ((term, rows.get(vocabulary.get(term, -1))) for _, term in parts)
    ways = [(term, [row], 1.0) for term, row in known if row is not None]
    ways += [
        (one.words, [rows[term] for term in one.terms], MEANT * one.telling) for one in asked.meant
    ]
    sure = np.array([sure for _, _, sure in ways])
    said = sure[:, None] * shares_of([bag for _, bag, _ in ways], having) ** 2
    rendered = 1 - np.exp(-gains.T[[order for order, _ in parts]] / RENDERED)
    stretches = [*(term for _, term in parts), *(words for words, _, _ in ways)]
    return stretches, np.concatenate([rendered, said])
