"""The library: documents, their passages, and answers that are always a passage with its clause."""

import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from knowledge import references
from knowledge.cleaning import clean, decode
from knowledge.facts import Fact, read_facts, read_topics
from knowledge.gate import Gate
from knowledge.passages import Clause, Document, Passage, passages_of
from knowledge.ranking import Ranked, Ranking, understand

SURE, LIKELY, NAMED = 0.4, 0.25, 0.1
"""Chances from which on an answer is said outright, suggestions are made, a named article is answered from."""
MOST = 3


@dataclass(frozen=True)
class Answer:
    """A passage that answers, the clause that does, and how sure that is (0 to 1)."""

    passage: Passage
    clause: Clause
    score: float


@dataclass(frozen=True)
class Suggestion:
    """A question that the documents answer, to be offered as “您是想问：…”."""

    question: str
    passage: Passage
    clause: Clause


@dataclass(frozen=True)
class Suggestions:
    """Up to three suggestions, best first; all articles when a whole chapter was asked for."""

    items: tuple[Suggestion, ...]


class Library:
    """Everything there is to know, read once and never changed."""

    def __init__(self, documents: Sequence[Document], passages: Sequence[Passage]) -> None:
        self.documents, self.passages = tuple(documents), tuple(passages)
        self._by_id = {passage.id: passage for passage in passages}
        weights = read_weights()
        self.facts = read_facts(passages)
        self.topics = read_topics(self.facts)
        self._ranking = Ranking(self.facts, self.topics, weights["ranking"])
        self._gate = Gate(weights, read_attributes())

    @classmethod
    def load(cls) -> "Library":
        """The library of the shipped documents."""
        folder = files("knowledge") / "sources"
        manifest = tomllib.loads((folder / "manifest.toml").read_text(encoding="utf-8"))
        documents, passages = [], []
        for card in manifest["document"]:
            cleaned = clean(decode((folder / card["file"]).read_bytes()))
            document = Document(
                key=card["key"],
                title=card["title"],
                number=card.get("number"),
                issuer=card.get("issuer"),
                date=card.get("date"),
                region=card.get("region"),
                status=card["status"],
                origin=card["origin"],
                repairs=cleaned.repairs,
            )
            documents.append(document)
            passages += passages_of(document, card["form"], cleaned.text)
        return cls(documents, passages)

    def passage(self, passage_id: str) -> Passage | None:
        """The passage with this id: reg-4, faq-7, reg-notice."""
        return self._by_id.get(passage_id)

    def answer(self, question: str, *, previous: Sequence[str] = ()) -> Answer | Suggestions | None:
        """What the documents say; `previous` are the earlier questions of the dialogue, oldest first."""
        named = references.find(question[:200], self.passages)
        if named and named.only:
            return _named(named)
        asked = understand(question)
        if not asked.terms:
            return None
        among = frozenset(passage.id for passage in named.passages) if named else None
        ranked = self._ranking.rank(asked, among)
        if not ranked.facts:
            return None
        chances = self._gate.chances(asked, ranked, self._ranking)
        fact = self.facts[ranked.facts[0].owner]
        if chances.right >= (NAMED if named else SURE):
            return Answer(fact.passage, fact.clause, chances.right)
        if chances.known >= LIKELY:
            return _suggestions([self.facts[one.owner] for one in ranked.facts])
        return None


def _named(named: references.Reference) -> Answer | Suggestions:
    if len(named.passages) > 1:
        return Suggestions(tuple(Suggestion(one.citation, one, one.body) for one in named.passages))
    passage = named.passages[0]
    return Answer(passage, named.clause or passage.body, 1.0)


def _suggestions(facts: Sequence[Fact]) -> Suggestions | None:
    items: dict[str, Suggestion] = {}
    for fact in facts:
        question = fact.questions[0] if fact.questions else fact.clause.text
        items.setdefault(fact.passage.id, Suggestion(question, fact.passage, fact.clause))
    return Suggestions(tuple(items.values())[:MOST]) if items else None


def read_weights() -> dict[str, dict[str, float]]:
    """The weights that training wrote."""
    text = (files("knowledge") / "sources" / "weights.json").read_text(encoding="utf-8")
    weights: dict[str, dict[str, float]] = json.loads(text)
    return weights


def read_attributes() -> list[str]:
    """Things people ask about a subject, such as 任期 or 补贴."""
    folder = files("knowledge") / "sources" / "questions"
    return (folder / "attributes.txt").read_text(encoding="utf-8").split()
