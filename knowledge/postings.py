"""Many segments as one inverted index: which sentences of which passages hold a term."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Any

import numpy as np
import numpy.typing as npt

from knowledge.arrays import Numbers, inverted, ranges
from knowledge.segments import Kind, Segment

Weights = npt.NDArray[np.float32]
BESIDE = 300
"""Ordinary passages that are thought to stand beside those there are."""
LENGTH = 0.5
"""How much the length of a passage or a sentence counts against it."""
SATURATION = 0.6
"""Of BM25: how soon repetition stops to count."""


@dataclass(frozen=True)
class Postings:
    """Units (sentences, headings, standard questions) of all segments, numbered on; every passage has a sentence.

    The units that hold term t are holders[starts[t]:starts[t + 1]], ascending; `havers` and `gains` are, by
    `bounds`, the passages with it and what each gains by it: more if several of its units have the term, less if it is
    long; `tellers` and `counts`, by `edges`, the documents and how many of their passages. The terms of unit u are
    terms[borders[u]:borders[u + 1]]. `owner` is a unit's passage, `document` a passage's segment; the
    units of passage p are units[p] to units[p + 1], the passages of document d first[d] to first[d + 1].
    `said` and `says` are the aspects that each unit and each passage speaks of, as bits.
    `unit_length` is what long sentences are divided by; 1 is usual. `unit_norm` is the length of a unit as a vector of
    its terms by rarity.
    """

    vocabulary: dict[str, int]
    starts: Numbers
    holders: Numbers
    bounds: Numbers
    havers: Numbers
    gains: Weights
    edges: Numbers
    tellers: Numbers
    counts: Numbers
    borders: Numbers
    terms: Numbers
    owner: Numbers
    kind: Numbers
    begin: Numbers
    end: Numbers
    said: Numbers
    says: Numbers
    document: Numbers
    first: Numbers
    units: Numbers
    rarity: Weights
    unit_length: Weights
    unit_norm: Weights
    title_edges: Numbers
    title_holders: Numbers

    @property
    def passages(self) -> int:
        return len(self.document)

    def titled(self, terms: Numbers) -> tuple[Numbers, Numbers]:
        """The documents with the first of some terms in their title, then those with the next; how many of each."""
        starts, ends = self.title_edges[terms], self.title_edges[terms + 1]
        return self.title_holders[ranges(starts, ends)], ends - starts


def merge(segments: Sequence[Segment], usual: Mapping[str, float] | None = None) -> Postings:
    """One index of all segments: 10,000 passages in about a quarter of a second.

    `usual` is the share of passages of other documents in which a term stands; 0 if it is not named.
    """
    vocabulary, every = _numbered(segments)
    lengths = _joined([np.diff(one.starts) for one in segments])
    several = [one.passages for one in segments]
    first = np.cumsum([0, *several], dtype=np.int32)
    owner = _joined([one.passage + before for one, before in zip(segments, first, strict=False)])
    units = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    starts, holders = inverted(every, units, len(vocabulary))
    bounds, havers, units_with = _owners(owner[holders], starts)
    passages = int(first[-1])
    document = np.repeat(np.arange(len(segments), dtype=np.int32), several)
    edges, tellers, passages_with = _owners(document[havers], bounds)
    title_edges, title_holders = _titles(segments, vocabulary)
    rarity = _rarity(np.diff(bounds), passages, vocabulary, usual)
    weighed = np.bincount(owner, weights=lengths, minlength=passages)
    return Postings(
        vocabulary=vocabulary,
        starts=starts,
        holders=holders,
        bounds=bounds,
        havers=havers,
        gains=_gains(units_with, _relative(weighed, LENGTH)[havers]),
        edges=edges,
        tellers=tellers,
        counts=passages_with,
        borders=np.concatenate([np.zeros(1, np.int32), np.cumsum(lengths, dtype=np.int32)]),
        terms=every,
        owner=owner,
        kind=_joined([one.kind for one in segments]),
        begin=_joined([one.begin for one in segments]),
        end=_joined([one.end for one in segments]),
        said=_joined([one.said for one in segments]),
        says=_joined([one.says for one in segments]),
        document=document,
        first=first,
        units=np.searchsorted(owner, np.arange(passages + 1)).astype(np.int32),
        rarity=rarity,
        unit_length=np.sqrt(_relative(lengths, LENGTH)),
        unit_norm=_norms(rarity[every], units, len(lengths)),
        title_edges=title_edges,
        title_holders=title_holders,
    )


def _numbered(segments: Sequence[Segment]) -> tuple[dict[str, int], Numbers]:
    """The terms of all segments with a number each, and the terms of all units by these."""
    every = dict.fromkeys(chain.from_iterable(one.vocabulary for one in segments))
    vocabulary = {term: number for number, term in enumerate(every)}
    numbers = [
        np.fromiter(map(vocabulary.__getitem__, one.vocabulary), np.int32, len(one.vocabulary))
        for one in segments
    ]
    return vocabulary, _joined([own[one.terms] for own, one in zip(numbers, segments, strict=True)])


def _relative(lengths: npt.NDArray[Any], share: float) -> Weights:
    """1 for the usual length; only so much of a difference counts."""
    usual = float(lengths.mean()) if len(lengths) else 1.0
    return (1 - share + share * lengths / (usual or 1.0)).astype(np.float32)


def _rarity(
    having: Numbers, passages: int, vocabulary: Mapping[str, int], usual: Mapping[str, float] | None
) -> Weights:
    """How rare each term is (a logarithm): here, and as if there were some ordinary passages more.

    Without those a word of four articles on parking would be as common as 应当.
    """
    found = map((usual or {}).get, vocabulary, repeat(0.0))
    shares = np.fromiter(found, np.float64, len(vocabulary))
    known = np.maximum(having, 1) + BESIDE * shares
    return np.log1p((passages + BESIDE) / known).astype(np.float32)


def _norms(rarity: Weights, units: Numbers, several: int) -> Weights:
    squares = np.bincount(units, rarity.astype(np.float64) ** 2, several)
    return np.sqrt(np.maximum(squares, 1e-6)).astype(np.float32)


def _gains(counts: Numbers, lengths: Weights) -> Weights:
    gained = counts * (1 + SATURATION) / (counts + SATURATION * lengths)
    return gained.astype(np.float32)


def _joined(arrays: Sequence[Numbers]) -> Numbers:
    return np.concatenate(arrays) if arrays else np.zeros(0, np.int32)


def _owners(owners: Numbers, starts: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Of each term the owners that have it, once each: where they begin, which they are, how often."""
    fresh = np.ones(len(owners), dtype=bool)
    fresh[1:] = owners[1:] != owners[:-1]
    fresh[starts[:-1][starts[:-1] < len(owners)]] = True
    places = np.flatnonzero(fresh)
    counts = np.diff(np.append(places, len(owners))).astype(np.int32)
    return np.searchsorted(places, starts).astype(np.int32), owners[places], counts


def _titles(segments: Sequence[Segment], vocabulary: Mapping[str, int]) -> tuple[Numbers, Numbers]:
    """The documents with a term in their title: where those of each term begin, and which they are."""
    found = [
        (vocabulary[term], number)
        for number, one in enumerate(segments)
        for term in one.title
        if term in vocabulary
    ]
    terms, documents = np.array(found, np.int64).reshape(-1, 2).T
    return inverted(terms, documents, len(vocabulary))


SENTENCE, ASK, HEAD = int(Kind.SENTENCE), int(Kind.ASK), int(Kind.HEAD)
