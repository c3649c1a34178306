"""The library: documents, their passages, and answers that are always a passage with its clause."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from knowledge import references
from knowledge.cleaning import clean, decode
from knowledge.facts import Fact, read_facts, read_topics
from knowledge.passages import Clause, Document, Passage, passages_of
from knowledge.ranking import Candidate, Ranking, understand

WEIGHTS = {
    "cosine": 1.0,
    "cosines": 0.5,
    "ratio": 0.5,
    "expanded": 1.0,
    "clause": 0.3,
    "passage": 0.3,
    "sound": 0.4,
    "heard": 0.5,
}
ANSWER, SUGGEST = 1.5, 0.9
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
        facts = read_facts(passages)
        self._ranking = Ranking(facts, read_topics(facts), WEIGHTS)

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
        ranked = self._ranking.rank(asked)
        if not ranked or ranked[0].score < SUGGEST:
            return None
        facts = [(one, self._fact(one)) for one in ranked]
        best, fact = facts[0]
        if fact and best.score >= ANSWER:
            return Answer(fact.passage, fact.clause, min(1.0, best.score / 3))
        return _suggestions([fact for _, fact in facts if fact])

    def _fact(self, candidate: Candidate) -> Fact | None:
        facts = self._ranking.facts
        return facts[candidate.owner] if candidate.owner < len(facts) else None


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
