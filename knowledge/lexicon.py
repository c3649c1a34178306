"""How people say what regulations write otherwise: 低保 for 最低生活保障, 谁管 for 主管部门."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files

import numpy as np

from knowledge.arrays import Array, Numbers
from knowledge.precedents import Precedents, collect
from knowledge.segments import compared, from_bytes

LONGEST = 8
"""Characters of an everyday expression."""

PRECEDENTS = "precedents.segment"

SELDOM, TELLING = 0.001, 0.005
"""The share of passages in which a term stands that is not listed, and from which on it tells all."""

Bag = frozenset[str]


@dataclass(frozen=True)
class Saying:
    """An everyday expression in a question, and the terms of each official one that may stand for it."""

    words: str
    meant: tuple[Bag, ...]


@dataclass(frozen=True)
class Rendered:
    """What each word of a question (across) gains by each of some terms (down), which are numbers in an index."""

    terms: Numbers
    gains: Array


@lru_cache(maxsize=20_000)
def _bags(official: str) -> tuple[Bag, ...]:
    """Worked out when it is first asked for: most expressions never are."""
    return tuple(frozenset(compared(one)) for one in dict.fromkeys(official.split(",")))


@lru_cache(maxsize=20_000)
def _gains(renderings: str) -> tuple[tuple[str, float], ...]:
    pairs = (one.rsplit(":", 1) for one in renderings.split(" "))
    return tuple((term, float(gain)) for term, gain in pairs)


@dataclass(frozen=True)
class Lexicon:
    """Everyday expressions with the official ones that may be meant: 上户口 with 登记,办理登记.

    `renderings`: how much likelier a term of a question is where a clause has a certain word, 收拾 with 处分:2.1 处罚:1.7.
    `usual`: the share of the passages of ordinary regulations in which a term stands. `precedents`: questions asked of
    other documents.
    """

    sayings: Mapping[str, str]
    renderings: Mapping[str, str]
    usual: Mapping[str, float]
    precedents: Precedents

    @cached_property
    def _starts(self) -> frozenset[str]:
        """The first two characters of each expression, or its only one."""
        return frozenset(words[:2] for words in self.sayings)

    def tells(self, bag: Bag) -> float:
        """How far an expression tells what is meant, 0 to 1: 场所 stands for a canteen and for a hundred other things."""
        rarest = min((self.usual.get(term, SELDOM) for term in bag), default=SELDOM)
        return min(1.0, math.log(rarest) / math.log(TELLING))

    def knows(self, words: str) -> bool:
        """Whether people are known to say so."""
        return words in self.sayings or words in self.renderings

    def said(self, text: str) -> Iterator[Saying]:
        """The longest expression at each place of a normalised question."""
        for start in range(len(text)):
            if self._starts.isdisjoint((text[start], text[start : start + 2])):
                continue
            for length in range(min(LONGEST, len(text) - start), 0, -1):
                words = text[start : start + length]
                if words in self.sayings:
                    yield Saying(words, _bags(self.sayings[words]))
                    break

    def rendered(self, words: Sequence[str], vocabulary: Mapping[str, int]) -> Rendered:
        """What the words of a question gain by the terms of a vocabulary."""
        rows: dict[int, int] = {}
        found = [
            (rows.setdefault(vocabulary[term], len(rows)), order, gain)
            for order, word in enumerate(words)
            if word in self.renderings
            for term, gain in _gains(self.renderings[word])
            if term in vocabulary
        ]
        gains = np.zeros((len(rows), len(words)))
        for row, order, gain in found:
            gains[row, order] = gain
        return Rendered(np.array(list(rows), np.int64), gains)


NONE = Lexicon({}, {}, {}, Precedents(collect(())))


@cache
def shipped() -> Lexicon:
    """The one that comes with the program: written by hand (sayings.txt), and learned."""
    lines = [*_lines("sayings.txt"), *_lines("sayings-learned.txt")]
    renderings = read_renderings(_lines("renderings.txt"))
    usual = read_usual(_lines("usual.txt"))
    return Lexicon(read_sayings(lines), renderings, usual, read_precedents())


def read_sayings(lines: Iterable[str]) -> Mapping[str, str]:
    """A line is an everyday expression and the official ones: 上户口 登记,办理登记."""
    found: dict[str, str] = {}
    for line in lines:
        everyday, official = line.split(" ")
        found[everyday] = f"{found[everyday]},{official}" if everyday in found else official
    return found


def read_renderings(lines: Iterable[str]) -> Mapping[str, str]:
    """A line is a term and its renderings with their gains: 收拾 处分:2.1 处罚:1.7."""
    pairs = (line.partition(" ") for line in lines)
    return {term: renderings for term, _, renderings in pairs if renderings}


def read_usual(lines: Iterable[str]) -> Mapping[str, float]:
    """A line is a term and in how many of a thousand passages it stands: 应当 412."""
    pairs = (line.split(" ") for line in lines)
    return {term: int(share) / 1000 for term, share in pairs}


def read_precedents() -> Precedents:
    """The segment that training wrote."""
    segment = from_bytes((files("knowledge") / "sources" / PRECEDENTS).read_bytes())
    if segment is None:
        raise ValueError(f"{PRECEDENTS} is of another format: run knowledge.training.laws")
    return Precedents(segment)


def _lines(name: str) -> list[str]:
    return (files("knowledge") / "sources" / name).read_text(encoding="utf-8").splitlines()
