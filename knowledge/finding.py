"""Which passages of the documents without standard questions of ours may answer, and what speaks for each."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knowledge import segments
from knowledge.arrays import Array, Numbers, highest
from knowledge.followed import likely
from knowledge.lexicon import Lexicon, Saying
from knowledge.postings import Postings
from knowledge.precedents import Near
from knowledge.ranking import STORY, understand
from knowledge.segments import compared
from knowledge.sounding import sounding
from knowledge.stack import Stack
from knowledge.words import grams, pointed, without_asking, words

CLOSE, ALIKE = 20, 5
"""So many passages are looked at closely for what they share with a question, and at most so many more for what
they share with the answers to questions alike."""
NOBODY = np.zeros(0, np.int32)
WORD, PAIR, ACROSS = 1.0, 0.5, 0.3
"""What a word counts, a pair of characters within one, and one across the border of two."""
MEANT, KNOWN = 1.0, 0.35
"""What an official expression counts for an everyday one, and how much less where documents use that too."""
MOST = 0.6
"""The share of an official expression that the documents must have."""
SENTENCES, DOCUMENTS = 0.5, 1.0
"""What the best sentence and the document as a whole count beside the passage."""


@dataclass(frozen=True)
class Terms:
    """The terms of a question that the index has, with what they weigh: with and without what they may mean."""

    ids: Numbers
    whole: Array
    plain: Array

    @property
    def mass(self) -> tuple[float, float]:
        return float(self.whole.sum()) or 1.0, float(self.plain.sum()) or 1.0


@dataclass(frozen=True)
class Asked:
    """A question as documents are searched for it.

    `point` are the sentences of a story that ask, `pointing` their terms, `typed` those of the words as they stand (none if the
    documents lack one). `parts` are its words and pairs; `rendered` says by the number of a term which of them
    (by their order) gain by it, and how much. `near` are questions alike that were asked of other documents.
    """

    text: str
    point: str
    sayings: Sequence[Saying]
    terms: Terms
    pointing: Terms
    typed: frozenset[int]
    parts: Sequence[str]
    rendered: Mapping[int, Sequence[tuple[int, float]]]
    near: Near


def read(question: str, stack: Stack) -> Asked:
    """What a question speaks of."""
    index, lexicon = stack.index, stack.lexicon
    text = understand(question).text
    sayings, parts = meant(text, index, lexicon), sorted(compared(text))
    terms = pointing = terms_of(text, index, sayings)
    point = pointed(question) if len(text) > STORY else text
    if point != text:
        pointing = terms_of(point, index, meant(point, index, lexicon))
    known = [index.vocabulary.get(term) for term in segments.terms_of(question)]
    typed = frozenset(one for one in known if one is not None)
    return Asked(
        text,
        point,
        sayings,
        terms,
        pointing,
        frozenset() if None in known else typed,
        parts,
        lexicon.by_term(parts, index.vocabulary),
        lexicon.precedents.near(text, index.rarity, stack.precedents),
    )


def terms_of(text: str, index: Postings, sayings: Iterable[Saying]) -> Terms:
    """What a normalised question is looked up by; `sayings` are what it may mean besides."""
    plain = _own(text, index)
    whole = dict(plain)
    for term, weight in _meant(sayings, index).items():
        whole[term] = max(whole.get(term, 0.0), weight)
    ids = np.fromiter(whole, dtype=np.int32, count=len(whole))
    return Terms(
        ids,
        np.fromiter(whole.values(), dtype=np.float32, count=len(whole)),
        np.fromiter((plain.get(term, 0.0) for term in whole), dtype=np.float32, count=len(whole)),
    )


def _own(text: str, index: Postings) -> dict[int, float]:
    rest = without_asking(text)
    found = dict.fromkeys((word for word in words(rest) if len(word) > 1), WORD)
    within = {word[at : at + 2] for word in found for at in range(len(word) - 1)}
    for pair in grams(rest):
        if len(pair) > 1:
            found.setdefault(pair, PAIR if pair in within else ACROSS)
    return {
        index.vocabulary[term]: weight * float(index.rarity[index.vocabulary[term]])
        for term, weight in found.items()
        if term in index.vocabulary
    }


def meant(text: str, index: Postings, lexicon: Lexicon) -> list[Saying]:
    """Everyday expressions of a question with what they may stand for, and what only sounds like a word of the documents."""
    alike = [
        Saying(said, tuple(map(frozenset, map(compared, words))))
        for said, words in sounding(text, index.vocabulary)
        if not lexicon.knows(said)
    ]
    return [*lexicon.said(text), *alike]


def _meant(sayings: Iterable[Saying], index: Postings) -> dict[int, float]:
    """What is meant, as far as the documents have most of it."""
    found: dict[int, float] = {}
    vocabulary, rarity = index.vocabulary, index.rarity.item
    for saying in sayings:
        bags = [
            (len(bag), there)
            for bag in saying.meant
            if (there := [vocabulary[term] for term in bag if term in vocabulary])
            and len(there) >= MOST * len(bag)
        ]
        spoken = KNOWN if saying.words in vocabulary else 1.0
        for size, there in bags:
            weight = MEANT * spoken / math.sqrt(len(bags) * size)
            for number in there:
                found[number] = max(found.get(number, 0.0), weight * rarity(number))
    return found


@dataclass(frozen=True)
class Scores:
    """What each passage and each unit gets of a question."""

    passages: Array
    units: Array


@dataclass(frozen=True)
class Nearest:
    """The passages that fit best, best first, then those like answers to questions alike; with what each of all passages, units and documents gets."""

    passages: Numbers
    total: Array
    whole: Scores
    plain: Scores
    documents: Array


def nearest(asked: Asked, index: Postings, allowed: npt.NDArray[np.bool_] | None = None) -> Nearest:
    """What is worth a close look; `allowed` says of each document whether it may answer."""
    terms = asked.terms
    whole, plain = (_scored(terms.ids, one, index) for one in (terms.whole, terms.plain))
    documents = _documents(terms, index)
    total = whole.passages + DOCUMENTS * documents[index.document]
    seen = None if allowed is None else allowed[index.document]
    if seen is not None:
        total = np.where(seen, total, 0.0)
    like = likely(asked.near, index, seen)
    near = highest(total, CLOSE)
    more = highest(like, ALIKE if len(near) else 0)
    passages = np.concatenate([near, more[~np.isin(more, near)]])
    return Nearest(passages, total, whole, plain, documents)


def _scored(ids: Numbers, weights: Array, index: Postings) -> Scores:
    """What the terms with these numbers, that weigh so much, bring to each passage and each unit."""
    told = weights > 0
    numbers, told_weights = ids[told].tolist(), weights[told]
    holders = [NOBODY, *(index.holding(term) for term in numbers)]
    havers = [NOBODY, *(index.having(term) for term in numbers)]
    gains = [NOBODY, *(index.gaining(term) for term in numbers)]
    of_holders = np.repeat(told_weights, list(map(len, holders[1:])))
    of_havers = np.repeat(told_weights, list(map(len, havers[1:])))
    units = _sums(np.concatenate(holders), of_holders, len(index.owner))
    found = _sums(np.concatenate(havers), of_havers * np.concatenate(gains), index.passages)
    best = np.maximum.reduceat(units / index.unit_length, index.units[:-1])
    return Scores(found + SENTENCES * best, units)


def _sums(places: Numbers, weights: Array, count: int) -> Array:
    return np.bincount(places, weights, count).astype(np.float32)


def _documents(terms: Terms, index: Postings) -> Array:
    """A term that few documents have, or that stands in a title, speaks for the document as a whole."""
    count, ids = len(index.first) - 1, terms.ids.tolist()
    relative = terms.whole / np.maximum(index.rarity[terms.ids], 1e-6)
    tellers = [index.telling(term) for term in ids]
    sizes = np.array(list(map(len, tellers)))
    told = relative * np.log1p(count / np.maximum(sizes, 1))
    found = _sums(np.concatenate(tellers), np.repeat(told, sizes), count)
    for term, weight in zip(ids, relative.tolist(), strict=True):
        if (titled := index.titles.get(term)) is not None:
            found[titled] += weight * math.log1p(count / len(titled))
    return found
