"""How well and how fast questions are answered: python benchmarks/questions.py [--misses N] [--final | --unseen | --cross | --ablation].

Of many documents: --shelf ARTICLES.jsonl.xz [--all], as benchmarks/shelf.py.

Questions whose id hashes to a multiple of four are kept apart: they are read with --final only, and their misses
are never printed.
"""

import argparse
import hashlib
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "tests" / "data"
sys.path.insert(0, str(ROOT))

from knowledge.library import Answer, Library, Suggestions, read_weights  # noqa: E402 - may be run from anywhere
from knowledge.ranking import Ranking, understand  # noqa: E402 - as above
from knowledge.training.examples import held_out  # noqa: E402 - as above

Row = dict[str, Any]


def read(name: str) -> list[Row]:
    """The lines of a question file."""
    return [
        json.loads(line)
        for line in (DATA / name).read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


def kept_apart(row: Row) -> bool:
    """Whether the question is only for the final figure."""
    return int(hashlib.sha256(row["id"].encode()).hexdigest(), 16) % 4 == 0


def reply(library: Library, row: Row, previous: tuple[str, ...] = ()) -> Row:
    """One line for the scorer."""
    started = time.perf_counter()
    found = library.answer(row["q"], previous=previous)
    ms = (time.perf_counter() - started) * 1000
    line: Row = {"id": row["id"], "answer": None, "highlight": None, "suggestions": [], "ms": ms}
    if isinstance(found, Answer):
        line |= {"answer": found.passage.id, "highlight": found.clause.text}
    if isinstance(found, Suggestions):
        line["suggestions"] = [item.passage.id for item in found.items]
    return line


def replies(library: Library, rows: list[Row]) -> list[Row]:
    """All lines; a row that follows another knows the questions before it."""
    before: dict[str, tuple[str, ...]] = {}
    lines = []
    for row in rows:
        earlier = before.get(row.get("follows", ""), ())
        before[row["id"]] = (*earlier, row["q"])
        lines.append(reply(library, row, earlier))
    return lines


def score(rows: Sequence[Row], lines: Sequence[Row], misses: int) -> None:
    """Print the figures of tests/data/score.py."""
    print(scored(rows, lines, "--misses", str(misses)), end="")


def scored(rows: Sequence[Row], lines: Sequence[Row], *options: str) -> str:
    """What tests/data/score.py prints."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name, content in (("questions", rows), ("answers", lines)):
            path = Path(folder) / f"{name}.jsonl"
            path.write_text(
                "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in content),
                encoding="utf-8",
            )
            paths.append(str(path))
        command = [sys.executable, str(DATA / "score.py"), *paths, *options]
        run = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8")  # noqa: S603 - our own scorer
    return run.stdout


def first(ranking: Ranking, question: str) -> list[str]:
    """The passages of the facts that fit best, best first."""
    found = ranking.rank(understand(question)).facts
    return list(dict.fromkeys(ranking.facts[one.owner].passage.id for one in found))


def cross(library: Library) -> None:
    """Standard questions asked of a library that has neither them nor a third of the others, by kind of damage."""
    right: defaultdict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for example in held_out(library.facts, library.topics, read_weights()["ranking"]):
        if example.fact is None:
            continue
        found = [example.ranking.facts[one.owner].passage.id for one in example.ranked.facts]
        three = list(dict.fromkeys(found))[:3]
        wanted = example.fact.passage.id
        for kind in (example.damage, wanted.partition("-")[0], "all"):
            right[kind].append((three[:1] == [wanted], wanted in three))
    for kind, values in right.items():
        shares = [sum(column) / len(values) for column in zip(*values, strict=True)]
        print(f"{kind:12s} first {shares[0]:.3f}  first three {shares[1]:.3f}  of {len(values)}")


CHANNELS = {
    "everything": (),
    "without pinyin": ("sound", "heard"),
    "without rapidfuzz": ("ratio", "partial"),
    "without clause and passage text": ("clause", "passage"),
    "without kinds of question": ("kind",),
    "without coverage": ("expanded", "pooled", "own", "echo", "both", "fit"),
}


def ablation(library: Library) -> None:
    """How often the first passage is right, before the gate, when a channel is left out."""
    rows = [row for row in read("questions.jsonl") if row["gold"] and not kept_apart(row)]
    plain = [replace(fact, questions=()) for fact in library.facts]
    for name, left_out in CHANNELS.items():
        weights = {
            key: value for key, value in read_weights()["ranking"].items() if key not in left_out
        }
        _rate(name, Ranking(library.facts, library.topics, weights), rows)
    _rate(
        "without standard questions",
        Ranking(plain, library.topics, read_weights()["ranking"]),
        rows,
    )


def _rate(name: str, ranking: Ranking, rows: list[Row]) -> None:
    hits = [bool(set(first(ranking, row["q"])[:1]) & set(row["gold"])) for row in rows]
    print(f"{name:32s} {sum(hits) / len(hits):.3f}")


def main() -> None:
    """Print the figures of both development files, then the time a question takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--final", action="store_true", help="only the questions kept apart")
    parser.add_argument("--unseen", action="store_true", help="those of another author")
    parser.add_argument("--cross", action="store_true", help="standard questions, held out")
    parser.add_argument("--ablation", action="store_true", help="one channel left out at a time")
    parser.add_argument("--shelf", type=Path, metavar="ARTICLES.jsonl.xz", help="see shelf.py")
    parser.add_argument("--all", action="store_true", help="every article of the shelf")
    parser.add_argument("--misses", type=int, default=0, help="print so many misses of each sort")
    arguments = parser.parse_args()
    if arguments.shelf is not None:
        from benchmarks import shelf

        return shelf.show(arguments.shelf, None if arguments.all else shelf.USUAL)
    library = Library.load()
    if arguments.cross:
        return cross(library)
    if arguments.ablation:
        return ablation(library)
    if arguments.unseen:
        rows = read("unseen.jsonl")
        return score(rows, replies(library, rows), arguments.misses)
    rows = [row for row in read("questions.jsonl") if kept_apart(row) == arguments.final]
    lines = replies(library, rows)
    score(rows, lines, 0 if arguments.final else arguments.misses)
    talks = read("conversations.jsonl")
    turns = replies(library, talks)
    if not arguments.final:
        print("conversations")
        score(talks, turns, arguments.misses)
    times = sorted(line["ms"] for line in replies(library, rows * 5))
    print(
        f"ms a question: p50 {statistics.median(times):.2f}, p99 {times[int(len(times) * 0.99)]:.2f}"
    )
    return None


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr] # a terminal or a pipe, never None
    main()
