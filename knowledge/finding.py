"""Which passages of the documents without standard questions of ours may answer, and what speaks for each."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from knowledge import aspects, precedents
from knowledge.arrays import Array, Numbers, firsts, highest, parts, ranges, spread, sums
from knowledge.followed import likely
from knowledge.lexicon import Rendered, Saying
from knowledge.postings import Postings
from knowledge.precedents import Near
from knowledge.ranking import STORY, understand
from knowledge.segments import compared
from knowledge.sounding import sounding
from knowledge.stack import Stack
from knowledge.words import grams, pointed, without_asking, words

CLOSE, ALIKE = 14, 8
"""So many passages are looked at closely for what they share with a question, and at most so many more for what
they share with the answers to questions alike."""
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

    @cached_property
    def rows(self) -> dict[int, int]:
        """The place of each term among them."""
        return {term: row for row, term in enumerate(self.ids.tolist())}

    @property
    def mass(self) -> tuple[float, float]:
        return float(self.whole.sum()) or 1.0, float(self.plain.sum()) or 1.0


@dataclass(frozen=True)
class Meant:
    """Words of a question and the terms of what may stand for them, as far as the index has those.

    `weight` is what a term counts, but for its rarity; `telling` says how far they tell what is meant.
    """

    words: str
    terms: Sequence[int]
    weight: float
    telling: float
    is_whole: bool


@dataclass(frozen=True)
class Asked:
    """A question as documents are searched for it.

    `typed` is how it was put, `text` the same normalised and without courtesies, `spoken` what it speaks of. `point` are the
    sentences of a story that ask, `pointing` their terms. `parts` are its words and pairs, and `rendered` what they gain
    by the terms of a clause; `meant` are expressions that the documents have whole. `aspects` says of each whether it is
    asked for. `near` are questions alike that were asked of other documents.
    """

    typed: str
    text: str
    spoken: str
    point: str
    meant: Sequence[Meant]
    terms: Terms
    pointing: Terms
    parts: Sequence[str]
    rendered: Rendered
    aspects: tuple[bool, ...]
    near: Near


def read(question: str, stack: Stack) -> Asked:
    """What a question speaks of."""
    index, lexicon = stack.index, stack.lexicon
    text = understand(question).text
    own, possible = precedents.asked(text), meant(text, stack)
    terms = pointing = terms_of(text, index, possible)
    point = pointed(question) if len(text) > STORY else text
    if point != text:
        pointing = terms_of(point, index, (one for one in possible if one.words in point))
    said = sorted(term for term in own if len(term) > 1)
    return Asked(
        typed=question,
        text=text,
        spoken=without_asking(text),
        point=point,
        meant=[one for one in possible if one.is_whole],
        terms=terms,
        pointing=pointing,
        parts=said,
        rendered=lexicon.rendered(said, index.vocabulary),
        aspects=aspects.asked(text),
        near=lexicon.precedents.near(own, index.rarity, stack.precedents),
    )


def meant(text: str, stack: Stack) -> list[Meant]:
    """What everyday expressions may stand for, and what only sounds like a word: as far as the documents have most of it."""
    vocabulary, lexicon = stack.index.vocabulary, stack.lexicon
    alike = [
        Saying(said, tuple(map(frozenset, map(compared, words))))
        for said, words in sounding(text, vocabulary)
        if not lexicon.knows(said)
    ]
    found = []
    for one in (*lexicon.said(text), *alike):
        bags = [
            (bag, there)
            for bag in one.meant
            if (there := [vocabulary[term] for term in bag if term in vocabulary])
            and len(there) >= MOST * len(bag)
        ]
        spoken = KNOWN if one.words in vocabulary else 1.0
        for bag, there in bags:
            weight = MEANT * spoken / math.sqrt(len(bags) * len(bag))
            is_whole = len(there) == len(bag)
            found.append(Meant(one.words, there, weight, lexicon.tells(bag), is_whole=is_whole))
    return found


def terms_of(text: str, index: Postings, possible: Iterable[Meant]) -> Terms:
    """What a normalised question is looked up by: its own terms, and those of what may be meant."""
    plain, rarity = _own(text, index), index.rarity.item
    whole = dict(plain)
    for one in possible:
        for term in one.terms:
            whole[term] = max(whole.get(term, 0.0), one.weight * rarity(term))
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


@dataclass(frozen=True)
class Nearest:
    """The passages that fit best, best first, then those like answers to questions alike.

    `total` is what each of all passages gets, with its best sentence only where that might make it one of the closest;
    `plain` what it gets by its words alone, without a sentence. `units` and `documents` are what each of those gets.
    """

    passages: Numbers
    total: Array
    plain: Array
    units: Array
    documents: Array


def nearest(asked: Asked, index: Postings, allowed: npt.NDArray[np.bool_] | None = None) -> Nearest:
    """What is worth a close look, of a question with terms; `allowed` says of each document whether it may answer."""
    terms = asked.terms
    units = spread(parts(index.holders, index.starts, terms.ids), terms.whole, len(index.owner))
    whole, plain = _in_passages(terms, index)
    documents = _documents(terms, index)
    total = whole + DOCUMENTS * documents[index.document]
    seen = None if allowed is None else allowed[index.document]
    if seen is not None:
        total = np.where(seen, total, 0.0)
    like = highest(likely(asked.near, index, seen), ALIKE)
    fits = units / index.unit_length
    places = _may_be_close(total, fits, like)
    total[places] += SENTENCES * _best(fits, places, index)
    near = places[highest(total[places], CLOSE)]
    more = like[~np.isin(like, near)] if len(near) else near
    passages = np.concatenate([near, more])
    return Nearest(passages, total, plain, units, documents)


def _may_be_close(total: Array, fits: Array, also: Numbers) -> Numbers:
    """The passages that a good sentence might lift among the closest, and some others."""
    closest = total[highest(total, CLOSE)]
    least = closest.min(initial=math.inf) - SENTENCES * float(fits.max(initial=0.0))
    is_close = (total >= least) & (total > 0)
    is_close[also] = True
    return np.flatnonzero(is_close)


def _best(fits: Array, passages: Numbers, index: Postings) -> Array:
    """What the best unit of each of some passages has."""
    if not len(passages):
        return np.zeros(0)
    starts, ends = index.units[passages], index.units[passages + 1]
    best: Array = np.maximum.reduceat(fits[ranges(starts, ends)], firsts(ends - starts))
    return best


def _in_passages(terms: Terms, index: Postings) -> tuple[Array, Array]:
    """What the terms bring to each passage: with and without what they may mean."""
    found = parts(index.havers, index.bounds, terms.ids)
    havers, sizes = np.concatenate(found), list(map(len, found))
    gains = np.concatenate(parts(index.gains, index.bounds, terms.ids))
    whole, plain = (
        sums(havers, np.repeat(weights, sizes) * gains, index.passages)
        for weights in (terms.whole, terms.plain)
    )
    return whole, plain


def _documents(terms: Terms, index: Postings) -> Array:
    """A term that few documents have, or that stands in a title, speaks for the document as a whole."""
    count = len(index.first) - 1
    relative = terms.whole / np.maximum(index.rarity[terms.ids], 1e-6)
    starts, ends = index.edges[terms.ids], index.edges[terms.ids + 1]
    told = relative * np.log1p(count / np.maximum(ends - starts, 1))
    found = sums(index.tellers[ranges(starts, ends)], np.repeat(told, ends - starts), count)
    documents, several = index.titled(terms.ids)
    told = relative * np.log1p(count / np.maximum(several, 1))
    return found + sums(documents, np.repeat(told, several), count)
