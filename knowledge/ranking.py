"""Which fact answers a question: candidates, their features, and weights trained offline."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

from rapidfuzz.fuzz import partial_ratio, ratio

from knowledge.facts import Fact, Topic
from knowledge.index import Index, build
from knowledge.syllables import sounds
from knowledge.words import bare, normalise, terms

CANDIDATES = 20
"""Facts and topics that are looked at closely."""
CLOSEST = 3
"""Standard questions of each that are compared letter by letter."""
READ = 700
"""Characters of a passage that are compared; only the notice is longer."""
COMMITTEE = "大党委"
"""The one subject that tells the two documents apart."""
FEATURES = (
    "cosine", "cosines", "ratio", "partial", "expanded", "clause", "passage", "pooled", "sound", "heard",
    "echo", "kin", "foreign", "plain", "many", "fit",
)  # fmt: skip


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


@dataclass(frozen=True)
class Ranked:
    """The facts that may answer, best first, and the open topics that come near."""

    facts: tuple[Candidate, ...]
    topics: tuple[Candidate, ...]


@dataclass(frozen=True)
class Profile:
    """What a fact or a topic is compared by: the terms of its questions, clause and passage, its sounds."""

    asked: frozenset[str]
    heard: frozenset[str]
    clause: frozenset[str]
    passage: frozenset[str]
    pooled: frozenset[str]
    marks: tuple[float, float]


def understand(text: str) -> Question:
    """The question with its terms and sounds."""
    plain = bare(text)
    return Question(plain, frozenset(terms(plain)), frozenset(sounds(plain)))


class Ranking:
    """Facts and topics with everything that is compared with a question, worked out once."""

    def __init__(
        self, facts: Iterable[Fact], topics: Iterable[Topic], weights: Mapping[str, float]
    ) -> None:
        self.facts, self.topics = tuple(facts), tuple(topics)
        self._weights = tuple(weights.get(name, 0.0) for name in FEATURES)
        owners = [(*one.questions, one.clause.text[:READ]) for one in self.facts]
        owners += [one.questions for one in self.topics]
        self._words = ["\n".join(map(normalise, texts)) for texts in owners]
        self._owners = [owner for owner, texts in enumerate(owners) for _ in texts]
        self._texts = [normalise(text) for texts in owners for text in texts]
        self._terms = [frozenset(terms(text)) for text in self._texts]
        heard = [frozenset(sounds(text)) for text in self._texts]
        self.index, self.sounds = build(self._terms, self._owners), build(heard, self._owners)
        self._profiles = self._compared(self._gathered(heard))

    def _gathered(self, texts: Sequence[frozenset[str]]) -> list[frozenset[str]]:
        gathered: list[set[str]] = [set() for _ in (*self.facts, *self.topics)]
        for owner, text in zip(self._owners, texts, strict=True):
            gathered[owner] |= text
        return [frozenset(one) for one in gathered]

    def _compared(self, heard: list[frozenset[str]]) -> list[Profile]:
        asked = self._gathered(self._terms)
        passages = {fact.passage.id: fact.passage for fact in self.facts}
        read = {
            key: frozenset(terms(normalise(one.chapter + one.text[:READ])))
            for key, one in passages.items()
        }
        pooled: defaultdict[str, set[str]] = defaultdict(set)
        for fact, own in zip(self.facts, asked, strict=False):
            pooled[fact.passage.id] |= own
        profiles = []
        for owner, fact in enumerate(self.facts):
            key = fact.passage.id
            clause = frozenset(terms(normalise(fact.clause.text)))
            marks = (float(not fact.questions), math.log(1 + len(fact.questions)))
            profiles.append(
                Profile(
                    asked[owner], heard[owner], clause, read[key], frozenset(pooled[key]), marks
                )
            )
        none: frozenset[str] = frozenset()
        for owner, topic in enumerate(self.topics, start=len(self.facts)):
            marks = (0.0, math.log(1 + len(topic.questions)))
            profiles.append(Profile(asked[owner], heard[owner], none, none, none, marks))
        return profiles

    def words_of(self, candidate: Candidate) -> str:
        """The questions and the clause of a fact in one."""
        return self._words[candidate.owner]

    def rank(self, question: Question) -> Ranked:
        """The best facts and topics, best first."""
        cosines, heard = self.index.cosines(question.terms), self.sounds.cosines(question.sounds)
        near: defaultdict[int, list[tuple[float, float, float, int]]] = defaultdict(list)
        for place in cosines.keys() | heard.keys():
            seen, sound = cosines.get(place, 0.0), heard.get(place, 0.0)
            near[self._owners[place]].append((seen + 0.5 * sound, seen, sound, place))
        best = {owner: max(found) for owner, found in near.items()}
        found = []
        for owner in nlargest(CANDIDATES, best, key=best.__getitem__):
            features = self._features(question, owner, nlargest(CLOSEST, near[owner]))
            score = math.fsum(
                weight * value for weight, value in zip(self._weights, features, strict=True)
            )
            found.append(Candidate(owner, features, score))
        found.sort(key=lambda one: (-one.score, one.owner))
        size = len(self.facts)
        return Ranked(
            tuple(one for one in found if one.owner < size),
            tuple(one for one in found if one.owner >= size),
        )

    def _features(
        self, question: Question, owner: int, closest: Sequence[tuple[float, float, float, int]]
    ) -> tuple[float, ...]:
        profile, index = self._profiles[owner], self.index
        texts = [self._texts[place] for *_, place in closest]
        first = self._terms[closest[0][3]]
        whole = index.total(question.terms) or 1.0
        heard = self.sounds.total(question.sounds & profile.heard) / (
            self.sounds.total(question.sounds) or 1.0
        )
        cosine = max(seen for _, seen, *_ in closest)
        asked = index.total(question.terms & profile.asked) / whole
        plain, many = profile.marks
        return (
            cosine,
            sum(seen for _, seen, *_ in closest) / CLOSEST,
            max(ratio(question.text, text) for text in texts) / 100,
            max(partial_ratio(question.text, text) for text in texts) / 100,
            asked,
            index.total(question.terms & profile.clause) / whole,
            index.total(question.terms & profile.passage) / whole,
            index.total(question.terms & profile.pooled) / whole,
            max(sound for _, _, sound, _ in closest),
            heard,
            index.total(question.terms & first) / (index.total(first) or 1.0),
            *self._kinship(question, owner),
            plain,
            many,
            cosine * asked,
        )

    def _kinship(self, question: Question, owner: int) -> tuple[float, float]:
        """Whether question and document both speak of the committee, or only the question does."""
        if COMMITTEE not in question.text or owner >= len(self.facts):
            return 0.0, 0.0
        own = COMMITTEE in self.facts[owner].passage.document.title
        return float(own), float(not own)
