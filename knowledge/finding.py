"""Which passages of the documents without standard questions of ours may answer, and what speaks for each."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from knowledge.lexicon import Lexicon
from knowledge.postings import Postings
from knowledge.segments import Numbers
from knowledge.words import ASKING, grams, words

Array = npt.NDArray[np.floating[Any]]

CLOSE = 30
"""So many passages are looked at closely."""
WORD, PAIR, ACROSS = 1.0, 0.5, 0.3
"""What a word counts, a pair of characters within one, and one across the border of two."""
MEANT, KNOWN = 1.0, 0.35
"""What an official expression counts for an everyday one, and how much less where documents use that too."""
SATURATION, LENGTH = 0.6, 0.5
"""Of BM25: how soon repetition stops to count, and how much long passages are held back."""
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


def terms_of(text: str, index: Postings, lexicon: Lexicon) -> Terms:
    """What a normalised question is looked up by."""
    plain = _own(text, index)
    whole = dict(plain)
    for term, weight in _meant(text, index, lexicon).items():
        whole[term] = max(whole.get(term, 0.0), weight)
    ids = np.fromiter(whole, dtype=np.int32, count=len(whole))
    return Terms(
        ids,
        np.fromiter(whole.values(), dtype=np.float32, count=len(whole)),
        np.fromiter((plain.get(term, 0.0) for term in whole), dtype=np.float32, count=len(whole)),
    )


def _own(text: str, index: Postings) -> dict[int, float]:
    rest = ASKING.sub(" ", text)
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


def _meant(text: str, index: Postings, lexicon: Lexicon) -> dict[int, float]:
    """What everyday expressions of the question may stand for, as far as the documents have it."""
    found: dict[int, float] = {}
    for saying in lexicon.said(text):
        bags = [bag for bag in saying.meant if _is_there(bag, index)]
        spoken = KNOWN if saying.words in index.vocabulary else 1.0
        for bag in bags:
            weight = MEANT * spoken / math.sqrt(len(bags) * len(bag))
            for term in bag & index.vocabulary.keys():
                number = index.vocabulary[term]
                found[number] = max(found.get(number, 0.0), weight * float(index.rarity[number]))
    return found


def _is_there(bag: frozenset[str], index: Postings) -> bool:
    return bool(bag) and len(bag & index.vocabulary.keys()) >= 0.6 * len(bag)


@dataclass(frozen=True)
class Scores:
    """What each passage and each unit gets of a question."""

    passages: Array
    units: Array
    documents: Array


@dataclass(frozen=True)
class Nearest:
    """The passages that fit best, best first, with what each of all passages, units and documents gets."""

    passages: Numbers
    total: Array
    whole: Scores
    plain: Scores


def nearest(terms: Terms, index: Postings, allowed: npt.NDArray[np.bool_] | None = None) -> Nearest:
    """What is worth a close look; `allowed` says of each document whether it may answer."""
    whole, plain = _scored(terms, index)
    total = whole.passages + DOCUMENTS * whole.documents[index.document]
    if allowed is not None:
        total = np.where(allowed[index.document], total, 0.0)
    count = min(CLOSE, len(total))
    near = np.argpartition(-total, count - 1)[:count]
    near = near[np.argsort(-total[near], kind="stable")]
    return Nearest(near[total[near] > 0], total, whole, plain)


def _scored(terms: Terms, index: Postings) -> tuple[Scores, Scores]:
    """With and without what everyday expressions may mean."""
    both = _empty(index), _empty(index)
    weights = zip(terms.ids.tolist(), terms.whole.tolist(), terms.plain.tolist(), strict=True)
    for term, *weighed in weights:
        holders = index.holding(term)
        havers, counts = index.having(term)
        full = counts * (1 + SATURATION) / (counts + SATURATION * index.length[havers])
        having, titled = _different(index.document[havers]), index.titles.get(term)
        for scores, weight in zip(both, weighed, strict=True):
            if weight:
                scores.units[holders] += weight
                scores.passages[havers] += weight * full
                relative = weight / max(float(index.rarity[term]), 1e-6)
                _tell(scores.documents, relative, having, titled)
    for scores in both:
        best = np.maximum.reduceat(scores.units / index.unit_length, index.units[:-1])
        scores.passages[:] += SENTENCES * best
    return both


def _different(ascending: Numbers) -> Numbers:
    """The values of an ascending array, each once."""
    found: Numbers = ascending[np.diff(ascending, prepend=-1) != 0]
    return found


def _empty(index: Postings) -> Scores:
    sizes = index.passages, len(index.owner), len(index.first) - 1
    return Scores(*(np.zeros(size, np.float32) for size in sizes))


def _tell(documents: Array, relative: float, having: Numbers, titled: Numbers | None) -> None:
    """A term that few documents have, or that stands in a title, speaks for the document as a whole."""
    documents[having] += relative * math.log1p(len(documents) / max(len(having), 1))
    if titled is not None:
        documents[titled] += relative * math.log1p(len(documents) / len(titled))
