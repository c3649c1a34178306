"""Facts: spans of passages with the questions they answer; and topics that the documents leave open."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml

from knowledge.passages import Clause, Passage

SENTENCE = re.compile(r"[^。;\n]+[。;]?")
STOPS = "。;；"


@dataclass(frozen=True)
class Fact:
    """What a clause of a passage says, and ways to ask for it; the first one may be shown."""

    passage: Passage
    clause: Clause
    questions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Topic:
    """What people of this field ask and the documents do not answer; near it lies what they do say."""

    name: str
    questions: tuple[str, ...]
    nearby: tuple[Fact, ...] = ()


def read_facts(passages: Iterable[Passage]) -> tuple[Fact, ...]:
    """The facts with their standard questions, then every sentence that no fact covers."""
    known = list(passages)
    by_id = {passage.id: passage for passage in known}
    facts = [
        Fact(by_id[key], by_id[key].clause(row["span"]), tuple(row["ask"].splitlines()))
        for name in _question_files()
        if name != "topics.yaml"
        for key, rows in _read(name).items()
        for row in rows
    ]
    return (*facts, *_plain(known, facts))


def read_topics(facts: Iterable[Fact]) -> tuple[Topic, ...]:
    """The topics; what lies nearby is named by the passage and the first words of the clause."""
    by_span = {(fact.passage.id, fact.clause.text): fact for fact in facts}
    return tuple(
        Topic(
            name,
            tuple(row["ask"].splitlines()),
            tuple(by_span[key, span] for key, span in row.get("see", {}).items()),
        )
        for name, row in _read("topics.yaml").items()
    )


def sentences(passage: Passage) -> Iterator[Clause]:
    """The sentences of a passage, without their full stops."""
    body = passage.body
    for match in SENTENCE.finditer(body.text):
        words = match[0].rstrip(STOPS)
        if len(words) > 1:
            start = body.start + match.start()
            yield Clause(start, start + len(words), words)


def _plain(passages: Iterable[Passage], facts: Iterable[Fact]) -> Iterator[Fact]:
    taken = {(fact.passage.id, fact.clause.start, fact.clause.end) for fact in facts}
    for passage in passages:
        for clause in sentences(passage):
            if (passage.id, clause.start, clause.end) not in taken:
                yield Fact(passage, clause)


def _question_files() -> list[str]:
    folder = files("knowledge") / "sources" / "questions"
    return sorted(item.name for item in folder.iterdir() if item.name.endswith(".yaml"))


def _read(name: str) -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = (files("knowledge") / "sources" / "questions" / name).read_text(encoding="utf-8")
    return dict(yaml.load(text, Loader=loader) or {})  # noqa: S506 - it is a safe loader
