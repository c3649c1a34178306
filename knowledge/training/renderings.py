"""Which words of clauses render a term of a question: learned from questions and the clauses that answer them."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import product

import numpy as np

from knowledge.segments import compared
from knowledge.words import normalise, words

Pair = tuple[Sequence[str], Sequence[str]]
"""The terms of a question, and the words of its clause."""
NOTHING = ""
"""Stands in every clause: what it renders says nothing."""
ROUNDS, DOUBT, RARE = 6, 1.0, 0.01
"""Of expectation and maximisation; what is taken off for words seen seldom; what is not worth keeping."""
FLOOR, LEAST = 0.002, 0.8
"""Of a probability, and of a gain."""


def pair(question: str, clause: str) -> Pair:
    said = dict.fromkeys(word for word in words(normalise(clause)) if len(word) > 1)
    return sorted(compared(normalise(question))), [*said, NOTHING]


def learn(pairs: Sequence[Pair]) -> Mapping[str, Mapping[str, float]]:
    """The gain of each term by each word: how much likelier it is asked where the word stands (a logarithm)."""
    often = Counter(term for terms, _ in pairs for term in terms)
    found: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for (term, word), chance in _chances(pairs).items():
        usual = often[term] / len(pairs)
        gain = math.log((chance + FLOOR) / (usual + FLOOR))
        if word != NOTHING and chance > RARE and gain > LEAST:
            found[term][word] = gain
    return found


def _chances(pairs: Sequence[Pair]) -> dict[tuple[str, str], float]:
    """Of a term, given a word (the first of the models of Brown et al., 1993)."""
    numbers: dict[tuple[str, str], int] = {}
    known: dict[str, int] = {}
    links, groups, group = [], [], 0
    for terms, said in pairs:
        for term in terms:
            links += [numbers.setdefault(one, len(numbers)) for one in product((term,), said)]
            groups += [group] * len(said)
            group += 1
    word_of = np.array([known.setdefault(word, len(known)) for _, word in numbers])
    link, owner = np.array(links), np.array(groups)
    chance = np.ones(len(numbers))
    for _ in range(ROUNDS):
        weight = chance[link] + 1e-4
        share = weight / np.bincount(owner, weights=weight, minlength=group)[owner]
        count = np.bincount(link, weights=share, minlength=len(numbers))
        whole = np.bincount(word_of, weights=count, minlength=len(known))
        chance = count / (whole[word_of] + DOUBT)
    return dict(zip(numbers, chance.tolist(), strict=True))


def lines(table: Mapping[str, Mapping[str, float]]) -> Iterable[str]:
    """As `lexicon.read_renderings` reads them."""
    for term in sorted(table):
        others = sorted(table[term].items(), key=lambda item: -item[1])
        yield " ".join([term, *(f"{word}:{gain:.1f}" for word, gain in others)])
