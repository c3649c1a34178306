"""The documents that we have read closely: facts with standard questions, and topics that they leave open."""

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.resources import files

from knowledge import dialogue, references, segments
from knowledge.answers import NOTHING, Answer, Said, Suggestion, Suggestions
from knowledge.facts import Fact, read_facts, read_topics, sentences
from knowledge.gate import Chances, Gate
from knowledge.passages import Clause, Document, Passage
from knowledge.ranking import Past, Question, Ranked, Ranking, to_the_point, understand
from knowledge.stack import Volume

SURE = 0.27
"""The chance of being right from which on an answer is said outright."""
ALREADY, NAMED = 0.24, 0.1
"""The same within a dialogue, and where the question names the article."""
LIKELY = 0.16
"""The chance that the documents answer at all from which on suggestions are made."""
NEARBY = 0.45
"""So close (as a cosine) is a question to an open topic that what stands near it is suggested."""
PLAINLY = 0.6
"""The same for the few words of a follow-up, which by themselves resemble much."""
BARE = 18
"""A clause of so few characters is shown in its sentence."""
ALIKE, SHORT = 3.0, 80
"""Clauses whose scores differ by no more are shown together if they stay so short."""
TURNS, READ, MOST = 3, 200, 3
"""Earlier questions that are remembered, characters searched for references, suggestions."""
EMPTY = re.compile(r"[0-9 ]*|.|[a-z0-9 ]{1,3}|第条第?[项款问]?")
"""A question in which nothing is asked."""
WHERE = re.compile(
    "这?那?是?(出自|在)?(第几条|哪一?条|第几问|哪里规定的?|哪个文件)(规定)?的?(啊|呢|来着)?"
)
"""Asks where the last answer stands."""
OPPOSITES = (("专职", "兼职"), ("兼职", "专职"))  # whoever asks for one is not shown the other


@dataclass(frozen=True)
class _Judged:
    asked: Question
    ranked: Ranked
    chances: Chances

    @property
    def enough(self) -> float:
        """The chance that is enough for an answer."""
        return ALREADY if self.asked.past else SURE

    @property
    def past(self) -> Past:
        """What the next question of the dialogue may lean on."""
        earlier = self.asked.past
        terms, sounds = self.asked.terms, self.asked.sounds
        if earlier:
            terms, sounds = terms | earlier.terms, sounds | earlier.sounds
        return Past(self.ranked.facts[0].owner, terms, sounds)


class Curated:
    """The shipped documents with their facts; never changed."""

    def __init__(self, documents: Sequence[Document], passages: Sequence[Passage]) -> None:
        self.documents, self.passages = tuple(documents), tuple(passages)
        self._by_id = {passage.id: passage for passage in passages}
        weights = read_weights()
        self.facts = read_facts(passages)
        self.topics = read_topics(self.facts)
        self._ranking = Ranking(self.facts, self.topics, weights["ranking"])
        self._gate = Gate(weights, read_attributes())

    def passage(self, passage_id: str) -> Passage | None:
        """The passage with this id: reg-4, faq-7, reg-notice."""
        return self._by_id.get(passage_id)

    @cached_property
    def volumes(self) -> tuple[Volume, ...]:
        """The documents as they stand beside others on a shelf."""
        grouped = [
            tuple(one for one in self.passages if one.document == document)
            for document in self.documents
        ]
        return tuple(Volume(passages, segments.build(passages)) for passages in grouped)

    def say(
        self, question: str, *, previous: Sequence[str] = (), view: frozenset[str] | None = None
    ) -> Said:
        """What the documents in view say; `previous` are the earlier questions of the dialogue, oldest first."""
        seen = self._seen(view)
        if seen == frozenset():
            return NOTHING
        named = references.find(question[:READ], self._in(seen))
        if named and named.only:
            return _sure(_named(named))
        past = self._past(previous, seen)
        asked = understand(question)
        if past and WHERE.fullmatch(asked.text):
            fact = self.facts[past.owner]
            return _sure(Answer(fact.passage, fact.clause, 1.0))
        among = frozenset(passage.id for passage in named.passages) if named else seen
        judged = self._judge(asked, among, past, is_named=named is not None)
        point = to_the_point(question)
        if judged and point and not past:
            focused = self._judge(point, among, past, is_named=named is not None)
            if focused and focused.chances.right > judged.chances.right:
                judged = focused
        if judged is None:
            return NOTHING
        enough = NAMED if named else judged.enough
        chances = judged.chances
        return Said(self._said(judged, enough), chances.right / enough, chances.known / LIKELY)

    def ranked(self, words: str, view: frozenset[str] | None = None) -> list[tuple[Fact, float]]:
        """The facts that words find, with the chance of each, best first."""
        seen = self._seen(view)
        asked = understand(words)
        if seen == frozenset() or not asked.terms:
            return []
        ranked = self._ranking.rank(asked, seen)
        if not ranked.facts:
            return []
        known = self._gate.chances(asked, ranked, self._ranking).known
        powers = [math.exp(one.score - ranked.facts[0].score) for one in ranked.facts]
        return [
            (self.facts[one.owner], known * power / sum(powers))
            for one, power in zip(ranked.facts, powers, strict=True)
        ]

    def _seen(self, view: frozenset[str] | None) -> frozenset[str] | None:
        """The ids of the passages in view; None if that is all of them."""
        if view is None or all(document.key in view for document in self.documents):
            return None
        return frozenset(one.id for one in self.passages if one.document.key in view)

    def _in(self, seen: frozenset[str] | None) -> Sequence[Passage]:
        return self.passages if seen is None else [one for one in self.passages if one.id in seen]

    def _said(self, judged: "_Judged", enough: float) -> Answer | Suggestions | None:
        """An answer, suggestions, or nothing, as the chances are."""
        ranked, chances = judged.ranked, judged.chances
        if judged.asked.past and self._is_open(replace(judged.asked, past=None)):
            return self._nearby(ranked)
        if chances.right >= enough:
            passage = self.facts[ranked.facts[0].owner].passage
            return Answer(passage, self._clause(ranked), chances.right)
        if chances.known >= LIKELY:
            return _suggestions([self.facts[one.owner] for one in ranked.facts])
        return self._nearby(ranked)

    def _past(self, previous: Sequence[str], seen: frozenset[str] | None) -> Past | None:
        past = None
        for earlier in previous[-TURNS:]:
            found = self._judge(understand(earlier), seen, past)
            past = found.past if found else None
        return past

    def _is_open(self, asked: Question) -> bool:
        """Whether a question by itself is one that the documents leave open."""
        ranked = self._ranking.rank(asked)
        fact = max((one.features[0] for one in ranked.facts), default=0.0)
        enough = NEARBY if len(asked.text) > dialogue.SHORT else PLAINLY
        return max((one.features[0] for one in ranked.topics), default=0.0) > max(enough, fact)

    def _nearby(self, ranked: Ranked) -> Suggestions | None:
        """What the documents do say about the subject of a question that they leave open."""
        if not ranked.topics:
            return None
        closest = max(ranked.topics, key=lambda one: one.features[0])
        topic = self.topics[closest.owner - len(self.facts)]
        return _suggestions(topic.nearby) if closest.features[0] >= NEARBY else None

    def _clause(self, ranked: Ranked) -> Clause:
        """The clause of the best fact, with a neighbour that fits nearly as well if both together stay short."""
        best, *others = ranked.facts
        passage, clause = self.facts[best.owner].passage, self.facts[best.owner].clause
        for other in others:
            fact = self.facts[other.owner]
            if fact.passage.id != passage.id or best.score - other.score > ALIKE:
                continue
            start, end = min(clause.start, fact.clause.start), max(clause.end, fact.clause.end)
            if end - start <= SHORT:
                clause = Clause(start, end, passage.text[start:end])
        return self._whole(passage, clause)

    def _whole(self, passage: Passage, clause: Clause) -> Clause:
        """A few words by themselves say little: they are shown in their sentence, if that is short. A number says all."""
        if len(clause.text) > BARE or any(char.isdecimal() for char in clause.text):
            return clause
        for sentence in sentences(passage):
            if sentence.start <= clause.start and clause.end <= sentence.end:
                return sentence if len(sentence.text) <= SHORT else clause
        return clause

    def _is_the_other(self, text: str, owner: int) -> bool:
        """Whether the fact is about 专职 where 兼职 was asked for, or the other way round."""
        clause = self.facts[owner].clause.text
        return any(
            one in text and one not in clause and other in clause and other not in text
            for one, other in OPPOSITES
        )

    def _judge(
        self,
        asked: Question,
        among: frozenset[str] | None,
        past: Past | None,
        *,
        is_named: bool = False,
    ) -> "_Judged | None":
        """The ranking, alone or in the light of what was asked before."""
        if not asked.terms or (past is None and EMPTY.fullmatch(asked.text)):
            return None
        ranked = self._ranking.rank(asked, among)
        if past and not is_named and dialogue.follows(asked.text):
            asked = replace(asked, past=past)
            ranked = self._ranking.rank(asked, among)
        kept = [one for one in ranked.facts if not self._is_the_other(asked.text, one.owner)]
        if not kept:
            return None
        ranked = replace(ranked, facts=tuple(kept))
        chances = self._gate.chances(asked, ranked, self._ranking)
        return _Judged(asked, ranked, chances)


def _sure(result: Answer | Suggestions | None) -> Said:
    """What a question names is what it gets."""
    return Said(result, 1 / SURE, 1 / LIKELY) if result else NOTHING


def _named(named: references.Reference) -> Answer | Suggestions | None:
    if not named.passages:
        return None
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
