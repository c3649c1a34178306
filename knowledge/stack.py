"""Passages of many documents with the index over them."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.arrays import Numbers
from knowledge.lexicon import Lexicon
from knowledge.passages import Clause, Passage
from knowledge.postings import Postings, merge
from knowledge.segments import Segment
from knowledge.words import normalise


@dataclass(frozen=True)
class Volume:
    """A document as it stands on the shelf: its passages in order, and the segment built from them."""

    passages: tuple[Passage, ...]
    segment: Segment


@dataclass(frozen=True)
class Stack:
    """The passages of all volumes, numbered on, their index, and what questions are understood by.

    `precedents` are the numbers that the words of the precedents have in the index.
    """

    passages: tuple[Passage, ...]
    index: Postings
    lexicon: Lexicon
    precedents: Numbers

    def clause(self, unit: int) -> Clause:
        """The clause that a unit stands for: a sentence, or what a standard question asks for."""
        index = self.index
        start, end = int(index.begin[unit]), int(index.end[unit])
        return Clause(start, end, self.passages[int(index.owner[unit])].text[start:end])

    def wording(self, unit: int) -> str:
        """The clause as it is compared."""
        return normalise(self.clause(unit).text)


def stack(volumes: Sequence[Volume], lexicon: Lexicon) -> Stack:
    """10,000 passages in less than a second."""
    passages = tuple(passage for one in volumes for passage in one.passages)
    index = merge([one.segment for one in volumes], lexicon.usual)
    return Stack(passages, index, lexicon, lexicon.precedents.numbers(index.vocabulary))
