"""What the shelf is compared with: rankers of others, given the same words of the same passages."""

import json
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from benchmarks.measuring import alone, memory, timed
from knowledge.words import bare, grams, words

Words = list[str]
FIRST = 10
"""So many passages are asked for."""
PASSAGES = "words.json"
INSTALL = "not installed: pip install rank-bm25 bm25s tantivy"


@dataclass(frozen=True)
class Measured:
    """Seconds, MB of the index, ms of each question, and the numbers of the passages it found."""

    build: float
    load: float
    growth: float
    ms: tuple[float, ...]
    found: tuple[tuple[int, ...], ...]


class Engine(Protocol):
    """Of one kind each: built in a folder, loaded from it, asked."""

    def build(self, rows: Sequence[Words], folder: Path) -> None: ...
    def load(self, folder: Path) -> None: ...
    def best(self, asked: Words) -> Sequence[int]: ...


class RankBm25:
    """It keeps nothing: to load it is to build it once more."""

    def build(self, rows: Sequence[Words], _folder: Path) -> None:
        from rank_bm25 import BM25Okapi

        self._index = BM25Okapi(rows)

    def load(self, folder: Path) -> None:
        self.build(_rows(folder), folder)

    def best(self, asked: Words) -> Sequence[int]:
        scores = self._index.get_scores(asked)
        near = np.argpartition(-scores, FIRST)[:FIRST]
        ordered: list[int] = near[np.argsort(-scores[near], kind="stable")].tolist()
        return ordered


class Bm25s:
    def build(self, rows: Sequence[Words], folder: Path) -> None:
        from bm25s import BM25

        index = BM25()
        index.index(list(rows), show_progress=False)
        index.save(folder / "bm25s", show_progress=False)

    def load(self, folder: Path) -> None:
        from bm25s import BM25

        self._index = BM25.load(folder / "bm25s", show_progress=False)

    def best(self, asked: Words) -> Sequence[int]:
        found, _scores = self._index.retrieve([asked], k=FIRST, show_progress=False)
        ordered: list[int] = found[0].tolist()
        return ordered


class Fts5:
    def build(self, rows: Sequence[Words], folder: Path) -> None:
        database = sqlite3.connect(folder / "fts5.sqlite3")
        with database:
            database.execute("CREATE VIRTUAL TABLE passages USING fts5(words, content='')")
            values = ((number, " ".join(row)) for number, row in enumerate(rows, start=1))
            database.executemany("INSERT INTO passages (rowid, words) VALUES (?, ?)", values)
            database.execute("INSERT INTO passages (passages) VALUES ('optimize')")
        database.close()

    def load(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "fts5.sqlite3")

    def best(self, asked: Words) -> Sequence[int]:
        query = "SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY bm25(passages) LIMIT ?"
        match = " OR ".join(f'"{word}"' for word in asked)
        return [row[0] - 1 for row in self._database.execute(query, (match, FIRST))]


class Tantivy:
    def _schema(self) -> Any:
        from tantivy import SchemaBuilder

        fields = SchemaBuilder().add_integer_field("number", stored=True)
        return fields.add_text_field(
            "words", tokenizer_name="whitespace", index_option="freq"
        ).build()

    def build(self, rows: Sequence[Words], folder: Path) -> None:
        from tantivy import Document, Index

        (folder / "tantivy").mkdir()
        writer = Index(self._schema(), path=str(folder / "tantivy")).writer()
        for number, row in enumerate(rows):
            writer.add_document(Document(number=number, words=" ".join(row)))
        writer.commit()
        writer.wait_merging_threads()

    def load(self, folder: Path) -> None:
        from tantivy import Index

        self._index = Index.open(str(folder / "tantivy"))
        self._searcher = self._index.searcher()

    def best(self, asked: Words) -> Sequence[int]:
        from tantivy import Occur, Query

        terms = [Query.term_query(self._index.schema, "words", word) for word in asked]
        query = Query.boolean_query([(Occur.Should, term) for term in terms])
        hits = self._searcher.search(query, FIRST).hits
        return [self._searcher.doc(place)["number"][0] for _score, place in hits]


ENGINES: dict[str, type[Engine]] = {
    "rank_bm25": RankBm25,
    "bm25s": Bm25s,
    "fts5": Fts5,
    "tantivy": Tantivy,
}


def cut(text: str, *, pairs: bool) -> Words:
    """The words of a normalised text; with each two characters too, as the shelf has them."""
    return [*words(text), *(one for one in grams(text) if len(one) > 1)] if pairs else words(text)


def is_there(name: str) -> bool:
    """FTS5 comes with Python."""
    return name == "fts5" or find_spec(name) is not None


def measured(
    name: str, folder: Path, questions: Sequence[str], rounds: int, *, pairs: bool
) -> Measured:
    """Built in one process, asked in another."""
    built = alone(_built, name, folder)
    asked = [cut(bare(question), pairs=pairs) for question in questions]
    return alone(_asked, name, folder, asked, rounds, built)


def _built(name: str, folder: Path) -> float:
    rows = _rows(folder)
    begun = time.perf_counter()
    ENGINES[name]().build(rows, folder)
    return time.perf_counter() - begun


def _rows(folder: Path) -> list[Words]:
    lines: list[str] = json.loads((folder / PASSAGES).read_bytes())
    return [line.split(" ") for line in lines]


def _asked(
    name: str, folder: Path, questions: Sequence[Words], rounds: int, built: float
) -> Measured:
    engine = ENGINES[name]()
    held, begun = memory("VmRSS"), time.perf_counter()
    engine.load(folder)
    seconds, growth = time.perf_counter() - begun, memory("VmRSS") - held

    def ask(question: Words) -> tuple[int, ...]:
        return tuple(engine.best(question)) if question else ()

    times, found = timed(ask, questions, rounds)
    return Measured(built, seconds, growth, times, tuple(found))
