"""What the documents without standard questions of ours are searched by: the terms of their sentences, one segment a document."""

import itertools
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from knowledge import aspects
from knowledge.arrays import Numbers
from knowledge.passages import Clause, Level, Passage
from knowledge.words import grams, normalise, words

FORMAT = 4
"""Of the bytes, of what is counted as a term, and of the aspects: a segment of another format is built anew."""
READ = 400
"""Characters of a sentence that are looked at."""
SENTENCE = re.compile(r"[^。；;！？!?\n]+[。；;！？!?]?")
STOPS = "。；;！？!? "


class Kind(IntEnum):
    """What a unit is: the headings above a passage, a sentence of it, or a standard question."""

    HEAD = 0
    SENTENCE = 1
    ASK = 2


@dataclass(frozen=True)
class Segment:
    """The units of one document: of which passage each is, where its clause stands, and its terms.

    `starts` has one more entry than there are units: the terms of unit u are those from starts[u] to
    starts[u + 1], as numbers in `vocabulary`. `says` has the aspects that each passage as a whole speaks of, as bits, and
    `said` those of each sentence.
    """

    vocabulary: tuple[str, ...]
    title: tuple[str, ...]
    passages: int
    passage: Numbers
    kind: Numbers
    begin: Numbers
    end: Numbers
    starts: Numbers
    terms: Numbers
    said: Numbers
    says: Numbers

    def to_bytes(self) -> bytes:
        """Compressed; read again by `from_bytes` wherever the format is the same."""
        head = {
            "format": FORMAT,
            "vocabulary": self.vocabulary,
            "title": self.title,
            "passages": self.passages,
            "sizes": [len(one) for one in self._arrays()],
        }
        body = b"".join(one.tobytes() for one in self._arrays())
        lead = json.dumps(head, ensure_ascii=False).encode()
        return zlib.compress(len(lead).to_bytes(4, "little") + lead + body, 1)

    def _arrays(self) -> tuple[Numbers, ...]:
        """In words of four bytes."""
        small = (self.passage, self.kind, self.begin, self.end, self.starts, self.terms)
        wide = (self.said, self.says)
        return (
            *(one.astype("<i4") for one in small),
            *(one.astype("<i8").view("<i4") for one in wide),
        )


def from_bytes(content: bytes) -> Segment | None:
    """None if it is damaged, or was written by another version of the program."""
    try:
        raw = zlib.decompress(content)
    except zlib.error:
        return None
    size = int.from_bytes(raw[:4], "little")
    head = json.loads(raw[4 : 4 + size])
    if head["format"] != FORMAT:
        return None
    body = np.frombuffer(raw, dtype="<i4", offset=4 + size).astype(np.int32)
    borders = np.cumsum([0, *head["sizes"]])
    *small, said, says = (body[a:b] for a, b in itertools.pairwise(borders))
    wide = (one.astype("<i4").view("<i8").astype(np.int64) for one in (said, says))
    return Segment(tuple(head["vocabulary"]), tuple(head["title"]), head["passages"], *small, *wide)


@dataclass(frozen=True)
class Unit:
    passage: int
    kind: Kind
    clause: Clause
    words: str


def units_of(
    passages: Sequence[Passage], asks: Mapping[str, Sequence[tuple[Clause, str]]]
) -> Iterator[Unit]:
    """Head, sentences and standard questions (by passage id) of each passage; of a question list also its own."""
    for number, passage in enumerate(passages):
        body = passage.body
        head = f"{passage.chapter} {passage.heading}".strip()
        if head:
            yield Unit(number, Kind.HEAD, body, head)
        for clause in tuple(sentences(passage)) or (body,):  # every passage has a unit: 第二条 略。
            yield Unit(number, Kind.SENTENCE, clause, clause.text)
        if passage.level is Level.QUESTION and passage.heading:
            yield Unit(number, Kind.ASK, body, passage.heading)
        for clause, question in asks.get(passage.id, ()):
            yield Unit(number, Kind.ASK, clause, question)


def sentences(passage: Passage) -> Iterator[Clause]:
    """The sentences and list items of a passage, without their stops."""
    body = passage.body
    for match in SENTENCE.finditer(body.text):
        said = match[0].strip(STOPS)
        if len(said) > 1:
            start = body.start + match.start() + match[0].index(said[0])
            yield Clause(start, start + len(said), said)


def build(
    passages: Sequence[Passage], asks: Mapping[str, Sequence[tuple[Clause, str]]] | None = None
) -> Segment:
    """The segment of one document's passages; some 0.4 ms a sentence."""
    title = terms_of(passages[0].document.title) if passages else set()
    vocabulary: dict[str, int] = {}
    rows: list[tuple[int, int, int, int]] = []
    starts, found, said = [0], list[int](), list[int]()
    says = [aspects.said(one.text) for one in passages]
    for term in sorted(title):
        vocabulary.setdefault(term, len(vocabulary))
    for unit in units_of(passages, asks or {}):
        rows.append((unit.passage, unit.kind, unit.clause.start, unit.clause.end))
        terms = sorted(terms_of(unit.words))  # the same bytes every time
        found += [vocabulary.setdefault(term, len(vocabulary)) for term in terms]
        starts.append(len(found))
        is_sentence = unit.kind is Kind.SENTENCE
        said.append(aspects.said(unit.words, says[unit.passage]) if is_sentence else 0)
    passage, kind, begin, end = np.array(rows, dtype=np.int32).reshape(-1, 4).T.copy()
    return Segment(
        tuple(vocabulary),
        tuple(sorted(title)),
        len(passages),
        passage,
        kind,
        begin,
        end,
        np.array(starts, dtype=np.int32),
        np.array(found, dtype=np.int32),
        np.array(said, dtype=np.int64),
        np.array(says, dtype=np.int64),
    )


def terms_of(text: str) -> set[str]:
    """Words and pairs of characters; a single character says too little among thousands of passages."""
    return compared(normalise(text[:READ]))


def compared(plain: str) -> set[str]:
    """The same of a normalised text."""
    return set(_long(words(plain))) | set(_long(grams(plain)))


def _long(found: Iterable[str]) -> Iterator[str]:
    return (term for term in found if len(term) > 1)
