"""Examples to learn from: standard questions put to a library that does not have them."""

import hashlib
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.facts import Fact, Topic
from knowledge.ranking import Candidate, Ranking, understand
from knowledge.syllables import homophones, spelled
from knowledge.words import normalise

SEEDS = 2
FOLDS = 3


@dataclass(frozen=True)
class Example:
    """A question, what a library without it found, and where the right answer stands (none: decline)."""

    question: str
    ranking: Ranking
    found: tuple[Candidate, ...]
    fact: Fact | None


def drawn(*words: object) -> int:
    """A number that looks random and is the same every time."""
    return int(hashlib.sha256("/".join(map(str, words)).encode()).hexdigest()[:12], 16)


def held_out(
    facts: Sequence[Fact], topics: Sequence[Topic], weights: dict[str, float]
) -> Iterator[Example]:
    """Each standard question once a seed, asked of a library without it and a third of the others."""
    for seed in range(SEEDS):
        for fold in range(FOLDS):
            yield from _fold(
                facts, topics, weights, lambda *words, s=seed, f=fold: drawn(s, *words) % FOLDS == f
            )


def _fold(
    facts: Sequence[Fact],
    topics: Sequence[Topic],
    weights: dict[str, float],
    out: Callable[..., bool],
) -> Iterator[Example]:
    kept = [
        replace(fact, questions=tuple(text for text in fact.questions if not out(text)))
        for fact in facts
    ]
    left = [
        replace(one, questions=tuple(text for text in one.questions if not out(text)))
        for one in topics
    ]
    ranking = Ranking(
        kept, [one for one in left if one.questions and not out("topic", one.name)], weights
    )
    for fact, whole in zip(kept, facts, strict=True):
        for text in whole.questions:
            if out(text):
                yield _example(ranking, damaged(text), fact)
    for topic in topics:
        for text in topic.questions:
            if out(text) or out("topic", topic.name):
                yield _example(ranking, damaged(text), None)


def _example(ranking: Ranking, text: str, fact: Fact | None) -> Example:
    return Example(text, ranking, tuple(ranking.rank(understand(text))), fact)


def damaged(text: str) -> str:
    """One question in five as it comes from a hasty keyboard: a homophone, a lost character, or pinyin."""
    chance = random.Random(text)  # noqa: S311 - not a secret
    kind, plain = chance.random(), normalise(text)
    if kind > 0.2 or len(plain) < 5:
        return text
    if kind < 0.04:
        return " ".join(spelled(char) for char in plain)
    place = chance.randrange(len(plain))
    if kind < 0.08:
        return plain[:place] + plain[place + 1 :]
    return plain[:place] + chance.choice(homophones(plain[place])) + plain[place + 1 :]
