"""The library: documents, their passages, and answers that are always a passage with its clause."""

import math
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from itertools import chain, zip_longest

from knowledge import dialogue, references
from knowledge.answers import NOTHING, Answer, Said, Suggestion, Suggestions
from knowledge.cleaning import clean, decode
from knowledge.curated import Curated, read_attributes, read_weights
from knowledge.facts import Fact, Topic
from knowledge.passages import Clause, Document, Passage
from knowledge.ranking import understand
from knowledge.shelf import Judged, Shelf
from knowledge.splitting import passages_of
from knowledge.stack import Volume

SURE, LIKELY = 0.41, 0.12
"""The chances from which on a document of the shelf answers outright, and is suggested from."""
HALF, DOUBT, QUIET, PLAINLY = 0.5, 0.2, 0.02, 3.0
"""Of what speaks for the shipped documents, the part from which they are asked, that from which both offer suggestions,
and that below which nobody asks them; and how sure they are (in units of enough) to be right whatever else speaks."""
MOST = 3
"""Suggestions."""
BEHIND = 2.0
"""What is no more than so far behind the answer (in score) is named below it."""
READ = 200
"""Characters of a question that are searched for the name of a document."""
LABEL, TITLE = 40, 14
"""Characters of a suggestion that a button shows, and of a title before it."""


@dataclass(frozen=True)
class Hit:
    """A clause that words were found by, for whoever looks through several."""

    passage: Passage
    clause: Clause
    score: float


class Library:
    """Everything there is to know: the shipped documents, and those that offices have added. Never changed."""

    def __init__(self, curated: Curated, shelf: Shelf) -> None:
        self._curated, self._shelf = curated, shelf

    @classmethod
    def load(cls) -> "Library":
        """The library of the shipped documents."""
        folder = files("knowledge") / "sources"
        manifest = tomllib.loads((folder / "manifest.toml").read_text(encoding="utf-8"))
        documents: list[Document] = []
        passages: list[Passage] = []
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
        return cls(Curated(documents, passages), Shelf(()))

    def with_volumes(self, volumes: Iterable[Volume]) -> "Library":
        """The shipped documents with these beside them, and no others."""
        return Library(self._curated, Shelf(volumes, self._curated.volumes))

    @property
    def volumes(self) -> tuple[Volume, ...]:
        return self._shelf.volumes

    @property
    def documents(self) -> tuple[Document, ...]:
        return (*self._curated.documents, *self._shelf.documents)

    @property
    def passages(self) -> tuple[Passage, ...]:
        return (*self._curated.passages, *self._shelf.passages)

    @property
    def facts(self) -> tuple[Fact, ...]:
        return self._curated.facts

    @property
    def topics(self) -> tuple[Topic, ...]:
        return self._curated.topics

    def passage(self, passage_id: str) -> Passage | None:
        """The passage with this id: reg-4, faq-7, d12-4."""
        return self._curated.passage(passage_id) or self._shelf.passage(passage_id)

    def answer(
        self, question: str, *, previous: Sequence[str] = (), view: frozenset[str] | None = None
    ) -> Answer | Suggestions | None:
        """What the documents in view (all, if none is given) say.

        `previous` are the earlier questions of the dialogue, oldest first.
        """
        named = self._shelf.named(question[:READ], view)
        if named is not None:
            return self._within(*named, question)
        shelved = self._shelved(question, previous, view)
        enough = HALF if isinstance(shelved.result, Answer) else QUIET
        if shelved.result is not None and shelved.ours < enough:
            return shelved.result
        known = self._curated.say(question, previous=previous, view=view)
        return _chosen(known, shelved)

    def names_another(self, question: str, view: frozenset[str] | None = None) -> bool:
        """Whether a question names a document of the shelf."""
        return self._shelf.named(question[:READ], view) is not None

    def search(
        self,
        words: str,
        *,
        view: frozenset[str] | None = None,
        offset: int = 0,
        limit: int = 10,
    ) -> list[Hit]:
        """The clauses that some words find, best first; each passage once."""
        judged = self._shelf.judge(words, view)
        ours = judged.ours if judged is not None else 1.0
        found = [
            Hit(fact.passage, fact.clause, ours * chance)
            for fact, chance in self._curated.ranked(words, view)
        ]
        if judged is not None:
            powers = [math.exp(one.score - judged.found[0].score) for one in judged.found]
            found += [
                Hit(one.passage, one.clause, (1 - ours) * judged.known * power / sum(powers))
                for one, power in zip(judged.found, powers, strict=True)
            ]
        best: dict[str, Hit] = {}
        for hit in sorted(found, key=lambda one: -one.score):
            best.setdefault(hit.passage.id, hit)
        return list(best.values())[offset : offset + limit]

    def _within(self, document: Document, rest: str, question: str) -> Answer | Suggestions | None:
        """An answer of the one document that the question names; `rest` is what it says besides."""
        own = self._shelf.of(document)
        named = references.find(question[:READ], own)
        if named and named.only and len(named.passages) == 1:
            passage = named.passages[0]
            return Answer(passage, named.clause or passage.body, 1.0)
        judged = self._shelf.judge(rest, frozenset([document.key])) if rest else None
        if named and named.passages:
            there = {passage.id for passage in named.passages}
            inside = [one for one in judged.found if one.passage.id in there] if judged else []
            passage = named.passages[0]
            clause = named.clause or (inside[0].clause if inside else passage.body)
            return Answer(passage, clause, 1.0)
        if not rest:
            return Suggestions(tuple(_suggestion(one, one.body) for one in own[:MOST]))
        return _said(judged).result if judged else None

    def _shelved(self, question: str, previous: Sequence[str], view: frozenset[str] | None) -> Said:
        """What the documents of the shelf say; a question that may lean on the one before is read with it as well."""
        asked = [question]
        if previous and dialogue.leans(understand(question).text):
            asked.append(f"{previous[-1]} {question}")
        found = [judged for one in asked if (judged := self._shelf.judge(one, view))]
        return _said(max(found, key=lambda judged: judged.right)) if found else NOTHING


def _said(judged: Judged) -> Said:
    """An answer, suggestions, or nothing, as the chances are."""
    right, known = judged.right / SURE, judged.known / LIKELY
    if right >= 1:
        best = judged.found[0]
        answer = Answer(best.passage, best.clause, judged.right, _others(judged))
        return Said(answer, right, known, judged.ours)
    if known >= 1:
        items = [_suggestion(one.passage, one.clause) for one in judged.found[:MOST]]
        return Said(Suggestions(_told_apart(items)), right, known, judged.ours)
    return Said(None, right, known, judged.ours)


def _others(judged: Judged) -> tuple[Suggestion, ...]:
    """What is not much less likely than the first; of another document by its title."""
    best, *rest = judged.found[:MOST]
    return tuple(
        _suggestion(one.passage, one.clause, beside=best.passage)
        for one in rest
        if one.score > best.score - BEHIND
    )


def _suggestion(passage: Passage, clause: Clause, *, beside: Passage | None = None) -> Suggestion:
    """A clause without a standard question is offered by where it stands and how it begins."""
    words = clause.text.replace("\n", " ")
    offered = _cut(f"{passage.citation}：{words}")
    if passage.heading and len(passage.heading) <= LABEL:
        is_shared = beside is not None and passage.heading == beside.heading
        return _titled(Suggestion(passage.heading, passage, clause), is_shared=is_shared)
    if beside is not None and passage.document != beside.document:
        offered = f"{_short(passage.document, LABEL - len(passage.citation))}{passage.citation}"
    return Suggestion(offered, passage, clause)


def _told_apart(items: Sequence[Suggestion]) -> tuple[Suggestion, ...]:
    """Where several documents are suggested from, a 第二条, and what is asked in two, with the title of its document."""
    if len({one.passage.document.key for one in items}) < 2:
        return tuple(items)
    labels = Counter(one.question for one in items)
    return tuple(_titled(one, is_shared=labels[one.question] > 1) for one in items)


def _titled(item: Suggestion, *, is_shared: bool) -> Suggestion:
    is_cited = item.question.startswith(item.passage.citation)
    if not is_cited and not is_shared:
        return item
    title = f"{_short(item.passage.document, TITLE)}{'' if is_cited else '：'}"
    return replace(item, question=_cut(f"{title}{item.question}"))


def _short(document: Document, room: int) -> str:
    """The title; of a longer one its end, which tells those of one place apart."""
    title = document.title
    return title if len(title) <= room else f"…{title[1 - room :]}"


def _cut(label: str) -> str:
    """Not longer than a button shows, and what was cut is seen to be."""
    return label if len(label) <= LABEL else f"{label[: LABEL - 1]}…"


def _chosen(known: Said, shelved: Said) -> Answer | Suggestions | None:
    """What the shipped documents say, if most speaks for them; or suggestions of both."""
    is_ours = shelved.ours >= HALF
    if isinstance(known.result, Answer) and (is_ours or known.right >= PLAINLY):
        return known.result
    first, second = (known, shelved) if is_ours else (shelved, known)
    doubtful = DOUBT < shelved.ours < 1 - DOUBT or not _items(first)
    lists = [_items(first), _items(second) if doubtful else ()]
    mixed = (item for item in chain.from_iterable(zip_longest(*lists)) if item is not None)
    items = _told_apart([*{item.passage.id: item for item in mixed}.values()][:MOST])
    if len(lists[0]) > MOST:  # a whole chapter
        return first.result if isinstance(first.result, Suggestions) else None
    return Suggestions(items) if items else None


def _items(said: Said) -> Sequence[Suggestion]:
    """What one part of the library would offer."""
    match said.result:
        case Answer(passage, clause):
            return (_suggestion(passage, clause),)
        case Suggestions(items):
            return items
        case _:
            return ()


__all__ = [
    "Answer",
    "Hit",
    "Library",
    "Suggestion",
    "Suggestions",
    "read_attributes",
    "read_weights",
]
