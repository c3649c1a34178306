"""How well and how fast questions are answered: python benchmarks/questions.py [--final] [--misses N] [--cross].

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
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "tests" / "data"
sys.path.insert(0, str(ROOT))

from knowledge.library import Answer, Library, Suggestions  # noqa: E402 - the script may be run from anywhere

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


def score(rows: list[Row], lines: list[Row], misses: int) -> None:
    """Print the figures of tests/data/score.py."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name, content in (("questions", rows), ("answers", lines)):
            path = Path(folder) / f"{name}.jsonl"
            path.write_text(
                "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in content),
                encoding="utf-8",
            )
            paths.append(str(path))
        command = [sys.executable, str(DATA / "score.py"), *paths, "--misses", str(misses)]
        subprocess.run(command, check=True)  # noqa: S603 - our own scorer


def main() -> None:
    """Print the figures of both development files, then the time a question takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--final", action="store_true", help="only the questions kept apart")
    parser.add_argument("--misses", type=int, default=0, help="print so many misses of each sort")
    arguments = parser.parse_args()
    library = Library.load()
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


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    main()
