"""How well documents without questions of ours are answered: python benchmarks/laws.py FOLDER [--unseen] [--plain] [--misses N].

FOLDER has the texts that benchmarks/data/laws.jsonl asks about, a Markdown file a law. They are read as
`run.py knowledge add` reads them, all at once, beside the shipped documents. Nothing was trained on these questions;
those of --unseen (laws-unseen.jsonl) were not looked at either.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.measuring import spread, timed  # noqa: E402 - may be run from anywhere
from benchmarks.questions import Row, score, scored  # noqa: E402 - as above
from handlers import filing, questions  # noqa: E402 - as above
from knowledge import segments  # noqa: E402 - as above
from knowledge.library import Answer, Library, Suggestions  # noqa: E402 - as above
from knowledge.passages import Document  # noqa: E402 - as above
from knowledge.splitting import passages_of  # noqa: E402 - as above
from knowledge.stack import Volume  # noqa: E402 - as above

DATA = ROOT / "benchmarks" / "data"
QUESTIONS, UNSEEN = "laws.jsonl", "laws-unseen.jsonl"
ROUNDS = 3
SHOWN = ("top1", "helped", "refused", "wrong", "highlight", "false_near", "suggested_near")


def read(name: str = QUESTIONS) -> list[Row]:
    """The questions of a file; an article that answers is named with its law: 物业管理条例(2018-03-19)|第六条."""
    rows = [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]
    for row in rows:
        row["gold"] = [one if "|" in one else f"{row['law']}|{one}" for one in row["gold"]]
    return rows


def volume(number: int, file: Path, *, is_asked: bool) -> Volume:
    """A file as it would stand on the shelf, with or without the questions that rules propose."""
    reading = filing.read(file.read_bytes(), file.name)
    card = reading.card
    document = Document(
        f"d{number}", card.title, card.number, card.issuer, card.date, card.region, "", file.name
    )
    passages = passages_of(document, reading.form, reading.text)
    return Volume(passages, segments.build(passages, filing.proposed(passages) if is_asked else {}))


def ids(volumes: Mapping[str, Volume]) -> dict[str, str]:
    """The passage by law and article, as the questions name it."""
    return {
        f"{law}|{passage.citation}": passage.id
        for law, one in volumes.items()
        for passage in one.passages
    }


def replies(library: Library, rows: Iterable[Row]) -> list[Row]:
    """A line for the scorer for each question."""
    return [_reply(library, row) for row in rows]


def _reply(library: Library, row: Row) -> Row:
    found = questions.find(row["q"], library)
    answer = questions.direct(found)
    match found:
        case Suggestions(items):
            beside = items
        case Answer():
            beside = found.others
        case _:
            beside = ()
    return {
        "id": row["id"],
        "answer": answer.passage.id if answer else None,
        "highlight": answer.clause.text if answer else None,
        "suggestions": [one.passage.id for one in beside],
    }


def by_law(laws: Iterable[str], rows: Sequence[Row], lines: Sequence[Row]) -> None:
    """The figures of each law in a line."""
    print("by law: " + ", ".join(SHOWN))
    for law in laws:
        own = [row for row in rows if row["law"] == law]
        figures = json.loads(scored(own, lines, "--json"))
        print("  ".join(f"{figures[name] or 0:6.3f}" for name in SHOWN), law)


def found_by_search(library: Library, rows: Sequence[Row]) -> None:
    """How often the article is first, among three, among five, whatever is said."""
    asked = [row for row in rows if row["gold"]]
    ids = [[hit.passage.id for hit in library.search(row["q"], limit=5)] for row in asked]
    shares = [
        sum(bool(set(row["gold"]) & set(hits[:most])) for row, hits in zip(asked, ids, strict=True))
        for most in (1, 3, 5)
    ]
    print("found first, among 3, among 5:", *(f"{one / len(asked):.3f}" for one in shares))


def main() -> None:
    """Print the figures of all questions, then by law, then the time a question takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="with the texts of the laws")
    parser.add_argument("--unseen", action="store_true", help="the questions that were kept apart")
    parser.add_argument("--plain", action="store_true", help="without the questions rules propose")
    parser.add_argument("--misses", type=int, default=0, help="print so many misses of each sort")
    arguments = parser.parse_args()
    rows = read(UNSEEN if arguments.unseen else QUESTIONS)
    laws = list(dict.fromkeys(row["law"] for row in rows if row["law"]))
    volumes = {
        law: volume(number, arguments.folder / f"{law}.md", is_asked=not arguments.plain)
        for number, law in enumerate(laws, start=1)
    }
    known = ids(volumes)
    for row in rows:
        row["gold"] = [known[one] for one in row["gold"]]
    library = Library.load().with_volumes(volumes.values())
    lines = replies(library, rows)
    score(rows, lines, arguments.misses)
    by_law(laws, rows, lines)
    found_by_search(library, rows)
    times, _found = timed(lambda row: questions.find(row["q"], library), rows, ROUNDS)
    print("ms a question: p50 {:.2f}, p99 {:.2f}".format(*spread(times)))


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr] # a terminal or a pipe, never None
    main()
