"""How much of a question a passage says in some known way, character by character.

So a word counts as well that no dictionary and no document has.
"""

from collections.abc import Iterable, Iterator

import numpy as np

from knowledge.arrays import Array
from knowledge.finding import Asked
from knowledge.held import Held
from knowledge.stack import Stack
from knowledge.words import tells, without_asking, words

RENDERED, MEANT, CHARACTER, HEARD = 2.0, 0.9, 0.35, 0.4
"""The gain by which a word surely renders another, how sure an expression stands for another and a character for a word
with it (借 for 借阅), and what is heard at all."""


def heard(asked: Asked, stack: Stack, held: Held, gains: Array) -> tuple[Array, ...]:
    """Of each passage: the share of a question that it says, and what the longest stretch weighs that it does not.

    Then both of its best sentence, and the heaviest word that it does not say; what is not said counts below 0. Then
    the share of the sentences that ask, of the passage and of its best sentence.
    `gains` is what each term of the question (across) gains by the words of each unit.
    """
    rest = without_asking(asked.text)
    weights = np.array(list(map(tells, rest)))
    of_units = _said(rest, _ways(asked, rest, stack, held, gains), held.units)
    texts = (set(stack.passages[one].text) for one in held.passages.tolist())
    there = np.array([[char in text for char in rest] for text in texts])
    whole = np.maximum(held.best(of_units), CHARACTER * there)
    shares = (of_units * weights).sum(axis=1) / (weights.sum() or 1.0)
    lost = (1 - whole) * weights
    pointing = weights * _pointing(rest, asked.point)
    point = pointing.sum() or 1.0
    order = np.argsort(shares, kind="stable")
    best = np.zeros(held.several, np.int64)
    best[held.unit_passage[order]] = order
    return (
        1 - lost.sum(axis=1) / (weights.sum() or 1.0),
        -_longest(np.where(whole < HEARD, weights, 0.0)),
        held.best(shares),
        -_longest(np.where(of_units[best] < HEARD, weights, 0.0)),
        -_heaviest(rest, lost),
        (whole * pointing).sum(axis=1) / point,
        held.best((of_units * pointing).sum(axis=1) / point),
    )


def _pointing(rest: str, point: str) -> Array:
    """1 for each character of the sentences that ask, 0 for the story around them."""
    found = np.zeros(len(rest))
    for piece in without_asking(point).split():
        at = rest.rfind(piece)
        if at >= 0:
            found[at : at + len(piece)] = 1.0
    return found


def _said(rest: str, ways: Iterable[tuple[str, Array]], units: int) -> Array:
    """How surely each unit (down) says each character (across)."""
    found = np.zeros((len(rest), units))
    for said, strength in ways:
        at = rest.find(said)
        while at >= 0:
            part = found[at : at + len(said)]
            np.maximum(part, strength, out=part)
            at = rest.find(said, at + 1)
    return found.T


def _heaviest(rest: str, lost: Array) -> Array:
    """What of a single word each passage lacks at most."""
    found = np.zeros(len(lost))
    for word in set(words(rest)):
        at = rest.find(word)
        found = np.maximum(found, lost[:, at : at + len(word)].sum(axis=1))
    return found


def _longest(lost: Array) -> Array:
    """The weight of the heaviest stretch of each row in which nothing is 0."""
    longest, current = np.zeros(len(lost)), np.zeros(len(lost))
    for column in lost.T:
        current = np.where(column > 0, current + column, 0.0)
        longest = np.maximum(longest, current)
    return longest


def _ways(
    asked: Asked, rest: str, stack: Stack, held: Held, gains: Array
) -> Iterator[tuple[str, Array]]:
    """Stretches of a question with how surely each unit says so, or what it may stand for, or renders it."""
    vocabulary = stack.index.vocabulary
    bags = [
        (one.words, [vocabulary[term] for term in bag], stack.lexicon.tells(bag))
        for one in asked.sayings
        if one.words in rest
        for bag in one.meant
        if bag and bag <= vocabulary.keys()
    ]
    parts = [(order, term) for order, term in enumerate(asked.parts) if term in rest]
    wanted = {vocabulary[term] for _, term in parts if term in vocabulary}
    terms = sorted(wanted.union(*(bag for _, bag, _ in bags)))
    having = dict(zip(terms, held.in_units(np.array(terms, np.int64)), strict=True))
    strengths = 1 - np.exp(-gains.T / RENDERED)
    for order, term in parts:
        number, strength = vocabulary.get(term), strengths[order]
        yield term, strength if number is None else np.maximum(strength, having[number])
    for said, bag, telling in bags:
        share = having[bag[0]] if len(bag) == 1 else np.mean([having[one] for one in bag], axis=0)
        yield said, MEANT * telling * share**2
