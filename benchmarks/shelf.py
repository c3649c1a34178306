"""How the shelf bears scale: python benchmarks/shelf.py ARTICLES.jsonl.xz [--passages N | --all] [--pairs] [--rounds N].

ARTICLES has a line {"title": "law article", "text": …} for each article of many laws. A document a law is built, loaded and
asked, first those that questions are about, then in the order of the file; beside it other rankers with the same words.
"""

import argparse
import json
import lzma
import pickle
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import engines, laws  # noqa: E402 - may be run from anywhere
from benchmarks.engines import ENGINES, FIRST, INSTALL, PASSAGES, Measured, cut  # noqa: E402 - as above
from benchmarks.measuring import alone, memory, spread, timed  # noqa: E402 - as above
from handlers import questions  # noqa: E402 - as above
from knowledge import segments  # noqa: E402 - as above
from knowledge.library import Library  # noqa: E402 - as above
from knowledge.passages import Document, Passage  # noqa: E402 - as above
from knowledge.splitting import passages_of  # noqa: E402 - as above
from knowledge.stack import Volume  # noqa: E402 - as above
from knowledge.words import normalise  # noqa: E402 - as above

TRAINED = ROOT / "knowledge" / "training" / "questions"
USUAL, ROUNDS, PER_CENT = 10_000, 3, 10
SAMPLE = 160
"""So many of the questions that the weights were learned from are asked."""
VOLUMES = "volumes.pickle"
RANKS = (1, 3, FIRST)


@dataclass(frozen=True)
class Law:
    """A document before it is built; its origin is the name of the law, with the day."""

    document: Document
    text: str

    def passages(self) -> tuple[Passage, ...]:
        return passages_of(self.document, "regulation", self.text)


@dataclass(frozen=True)
class Asked:
    """A question, and the articles that answer it, named with their law."""

    text: str
    gold: frozenset[str]
    is_trained: bool


@dataclass(frozen=True)
class Built:
    """Seconds for passages and index, those for the words of the others; bytes; and what each passage is named."""

    seconds: float
    words: float
    size: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class Loaded:
    """The library, the seconds for reading the passages and for their index, and MB."""

    library: Library
    passages: float
    index: float
    growth: float


def asked() -> list[Asked]:
    """The questions on the eight laws, and an even sample of those that the weights were learned from."""
    own = [
        Asked(row["q"], frozenset(row["gold"]), is_trained=False)
        for row in laws.read()
        if row["gold"]
    ]
    rows = [
        json.loads(line)
        for path in sorted(TRAINED.glob("laws-*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    rows = [row for row in rows if row["gold"]]
    return own + [
        Asked(row["q"], frozenset(f"{row['law']}|{one}" for one in row["gold"]), is_trained=True)
        for row in rows[:: len(rows) // SAMPLE][:SAMPLE]
    ]


def gathered(archive: Path, first: frozenset[str], wanted: int | None) -> tuple[list[Law], Law]:
    """The laws until there are so many articles, and one more."""
    articles: defaultdict[str, list[str]] = defaultdict(list)
    with lzma.open(archive, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            law, _, article = row["title"].rpartition(" ")
            articles[law].append(f"{article} {row['text']}")
    ordered = sorted(articles, key=lambda law: law not in first)
    found: list[Law] = []
    several = 0
    for number, law in enumerate(ordered, start=1):
        title = law.partition("(")[0]
        document = Document(f"d{number}", title, None, None, None, None, "", law)
        found.append(Law(document, "\n".join(articles[law])))
        if wanted is not None and several >= wanted:
            break
        several += len(articles[law])
    return found[:-1], found[-1]


def _build(folder: Path, found: Sequence[Law], *, pairs: bool) -> Built:
    """All volumes, with progress; then, for the others, the words of each passage."""
    passages: list[tuple[Passage, ...]] = []
    kept: list[tuple[Law, bytes]] = []
    segments.terms_of("")  # the dictionary is read
    begun, told = time.perf_counter(), 0
    for done, law in enumerate(found, start=1):
        passages.append(law.passages())
        kept.append((law, segments.build(passages[-1]).to_bytes()))
        if (share := done * 100 // len(found)) >= told + PER_CENT:
            told = share
            print(f"\r  built {share} %", end="", file=sys.stderr, flush=True)
    seconds = time.perf_counter() - begun
    print(file=sys.stderr)
    (folder / VOLUMES).write_bytes(pickle.dumps(kept))
    begun = time.perf_counter()
    rows = [
        " ".join(cut(normalise(f"{one.document.title} {one.text}"), pairs=pairs))
        for one in chain.from_iterable(passages)
    ]
    cutting = time.perf_counter() - begun
    (folder / PASSAGES).write_text(json.dumps(rows), "utf-8")
    names = tuple(_name(one) for one in chain.from_iterable(passages))
    return Built(seconds, cutting, sum(len(content) for _law, content in kept), names)


def _name(passage: Passage) -> str:
    """As the questions name it: 物业管理条例(2018-03-19)|第六条."""
    return f"{passage.document.origin}|{passage.citation}"


def _load(folder: Path) -> Loaded:
    kept: list[tuple[Law, bytes]] = pickle.loads((folder / VOLUMES).read_bytes())  # noqa: S301 - ours
    library, held, begun = Library.load(), memory("VmRSS"), time.perf_counter()
    passages = [law.passages() for law, _content in kept]
    read = time.perf_counter()
    volumes = [
        Volume(own, segment)
        for own, (_law, content) in zip(passages, kept, strict=True)
        if (segment := segments.from_bytes(content)) is not None
    ]
    library = library.with_volumes(volumes)
    index = time.perf_counter() - read
    return Loaded(library, read - begun, index, memory("VmRSS") - held)


def _add(folder: Path, more: Law) -> tuple[float, float, float]:
    """Seconds for the passages of all, for their index, and for one document more."""
    loaded = _load(folder)
    begun = time.perf_counter()
    passages = more.passages()
    fresh = Volume(passages, segments.build(passages))
    loaded.library.with_volumes([*loaded.library.volumes, fresh])
    return loaded.passages, loaded.index, time.perf_counter() - begun


def _ask(folder: Path, texts: Sequence[str], rounds: int) -> tuple[Measured, list[list[str]]]:
    """All documents asked together, and the names of the passages that the shelf found."""
    loaded = _load(folder)
    library = loaded.library
    view = frozenset(one.passages[0].document.key for one in library.volumes)
    questions.find(texts[0], library)
    times, _found = timed(lambda text: questions.find(text, library), texts, rounds)
    found = [
        [_name(hit.passage) for hit in library.search(text, view=view, limit=FIRST)]
        for text in texts
    ]
    return Measured(0.0, loaded.index, loaded.growth, times, ()), found


def show(archive: Path, wanted: int | None, rounds: int = ROUNDS, *, pairs: bool = False) -> None:
    """The figures of so many passages, or of all."""
    rows = asked()
    first = frozenset(name.partition("|")[0] for row in rows for name in row.gold)
    found, more = gathered(archive, first, wanted)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        built = alone(partial(_build, pairs=pairs), folder, found)
        rows = [row for row in rows if not row.gold.isdisjoint(built.names)]
        _ours(built, len(found), alone(_add, folder, more))
        _heading(rows)
        texts = [row.text for row in rows]
        ours, names = alone(_ask, folder, texts, rounds)
        _line("shelf", replace(ours, build=built.seconds), _recall(rows, names))
        for engine in ENGINES:
            if not engines.is_there(engine):
                print(f"  {engine:10}{INSTALL}")
                continue
            theirs = engines.measured(engine, folder, texts, rounds, pairs=pairs)
            names = [[built.names[number] for number in one] for one in theirs.found]
            _line(engine, theirs, _recall(rows, names))


def _ours(built: Built, documents: int, seconds: tuple[float, float, float]) -> None:
    """With the bars where there are any: for 10,000 passages."""
    reading, index, adding = seconds
    usual = abs(len(built.names) - USUAL) < USUAL / 10
    bars = (" (bar 15)", " (bar 1)", " (bar 2)") if usual else ("", "", "")
    print(f"{len(built.names):,} passages of {documents:,} documents")
    print(f"  build {built.seconds:.1f} s{bars[0]}, {built.size / 1e6:.1f} MB kept")
    print(f"  load {index:.2f} s{bars[1]}, before that passages from their texts {reading:.2f} s")
    print(f"  one document more {adding:.2f} s{bars[2]}")
    print(f"  the words for the others {built.words:.1f} s, not counted below")


def _recall(rows: Sequence[Asked], names: Sequence[Sequence[str]]) -> list[float]:
    """How often an article that answers is first, among three, among ten: of both groups of questions."""
    groups = [
        [(row.gold, one) for row, one in zip(rows, names, strict=True) if row.is_trained is trained]
        for trained in (False, True)
    ]
    return [
        sum(not gold.isdisjoint(one[:count]) for gold, one in own) / max(len(own), 1)
        for own in groups
        for count in RANKS
    ]


def _heading(rows: Sequence[Asked]) -> None:
    trained = sum(row.is_trained for row in rows)
    print(
        f"  the answer is among the first {RANKS} passages, of {len(rows) - trained} questions on which"
    )
    print(
        f"  nothing was trained, then of {trained} that the weights of the shelf were learned from"
    )
    columns = ("build s", "load s", "MB", "p50 ms", "p99 ms", *RANKS, *RANKS)
    print(" " * 12 + "".join(f"{name:>9}" for name in columns))


def _line(name: str, one: Measured, recall: Sequence[float]) -> None:
    half, most = spread(one.ms)
    figures = f"{one.build:9.1f}{one.load:9.2f}{one.growth:9.0f}{half:9.1f}{most:9.1f}"
    print(f"  {name:10}{figures}" + "".join(f"{share:9.3f}" for share in recall))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", type=Path, metavar="ARTICLES.jsonl.xz")
    parser.add_argument("--passages", type=int, default=USUAL, help="so many, about; 10,000")
    parser.add_argument("--all", action="store_true", help="every article there is")
    parser.add_argument("--pairs", action="store_true", help="the others get pairs of characters")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="the least time is shown")
    arguments = parser.parse_args()
    wanted = None if arguments.all else arguments.passages
    show(arguments.archive, wanted, arguments.rounds, pairs=arguments.pairs)


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr] # a terminal or a pipe, never None
    main()
