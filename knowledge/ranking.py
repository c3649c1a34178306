"""Which fact answers a question: candidates, their features, and weights trained offline."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

from rapidfuzz.fuzz import partial_ratio, ratio

from knowledge.facts import Fact, Topic
from knowledge.index import Index, build
from knowledge.syllables import sounds
from knowledge.words import normalise, terms

CANDIDATES = 24
"""Owners that are looked at closely."""
CLOSEST = 3
"""Standard questions of an owner that are compared letter by letter."""


@dataclass(frozen=True)
class Question:
    """A question as it is compared."""

    text: str
    terms: frozenset[str]
    sounds: frozenset[str]


@dataclass(frozen=True)
class Candidate:
    """A fact or a topic, and how well it fits."""

    owner: int
    features: tuple[float, ...]
    score: float


FEATURES = (
    "cosine", "cosines", "ratio", "partial", "expanded", "clause", "passage", "sound", "heard", "echo", "sibling", "topic",
)  # fmt: skip


def understand(text: str) -> Question:
    plain = normalise(text)
    return Question(plain, frozenset(terms(plain)), frozenset(sounds(plain)))


class Ranking:
    """Facts and topics with everything that is compared with a question, worked out once."""

    def __init__(
        self, facts: Sequence[Fact], topics: Sequence[Topic], weights: Mapping[str, float]
    ) -> None:
        self.facts, self.topics = tuple(facts), tuple(topics)
        self._weights = tuple(weights.get(name, 0.0) for name in FEATURES)
        self._texts: list[str] = []
        self._owners: list[int] = []
        for owner, one in enumerate((*facts, *topics)):
            for text in (
                one.questions or (one.clause.text,) if isinstance(one, Fact) else one.questions
            ):
                self._texts.append(normalise(text))
                self._owners.append(owner)
        self._own = [frozenset(terms(text)) for text in self._texts]
        heard = [frozenset(sounds(text)) for text in self._texts]
        self._index, self._sounds = build(self._own, self._owners), build(heard, self._owners)
        self._expanded = self._gathered(self._own)
        self._heard = self._gathered(heard)
        self._clauses = [frozenset(terms(normalise(fact.clause.text))) for fact in facts]
        self._passages = {
            one.passage.id: frozenset(
                terms(normalise(one.passage.chapter + one.passage.text[:600]))
            )
            for one in facts
        }

    def _gathered(self, texts: Sequence[frozenset[str]]) -> list[frozenset[str]]:
        gathered: list[set[str]] = [set() for _ in (*self.facts, *self.topics)]
        for owner, text in zip(self._owners, texts, strict=True):
            gathered[owner] |= text
        return [frozenset(one) for one in gathered]

    def rank(self, question: Question, without: frozenset[int] = frozenset()) -> list[Candidate]:
        """The best facts and topics, best first; standard questions at the places `without` are not used."""
        cosines = self._index.cosines(question.terms)
        heard = self._sounds.cosines(question.sounds)
        near: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
        for place in cosines.keys() | heard.keys():
            if place not in without:
                near[self._owners[place]].append(
                    (cosines.get(place, 0.0) + 0.5 * heard.get(place, 0.0), place)
                )
        chosen = nlargest(CANDIDATES, near, key=lambda owner: max(near[owner]))
        best: dict[str, float] = {}
        rows = []
        for owner in chosen:
            features = self._features(question, owner, near[owner], cosines, heard)
            rows.append((owner, features))
        found = []
        for owner, features in rows:
            score = sum(
                weight * value for weight, value in zip(self._weights, features, strict=True)
            )
            found.append(Candidate(owner, features, score))
        del best
        return sorted(found, key=lambda one: (-one.score, one.owner))

    def _features(
        self,
        question: Question,
        owner: int,
        near: list[tuple[float, int]],
        cosines: Mapping[int, float],
        heard: Mapping[int, float],
    ) -> tuple[float, ...]:
        closest = nlargest(CLOSEST, near)
        values = [cosines.get(place, 0.0) for _, place in closest]
        texts = [self._texts[place] for _, place in closest]
        total = self._index.total(question.terms) or 1.0
        is_fact = owner < len(self.facts)
        clause = self._clauses[owner] if is_fact else frozenset()
        passage = self._passages[self.facts[owner].passage.id] if is_fact else frozenset()
        first = self._own[closest[0][1]]
        return (
            max(values),
            sum(values) / CLOSEST,
            max(ratio(question.text, text) for text in texts) / 100,
            max(partial_ratio(question.text, text) for text in texts) / 100,
            self._index.total(question.terms & self._expanded[owner]) / total,
            self._index.total(question.terms & clause) / total,
            self._index.total(question.terms & passage) / total,
            max(heard.get(place, 0.0) for _, place in closest),
            self._sounds.total(question.sounds & self._heard[owner])
            / (self._sounds.total(question.sounds) or 1.0),
            self._index.total(question.terms & first) / (self._index.total(first) or 1.0),
            0.0,
            0.0 if is_fact else 1.0,
        )
