"""Which fact answers a question: candidates, their features, and weights trained offline."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from operator import mul

import numpy as np
from rapidfuzz.fuzz import partial_ratio, ratio

from knowledge.arrays import Array, highest
from knowledge.facts import Fact, Topic
from knowledge.index import Asked, Bag, Weighed, build, within
from knowledge.syllables import sounds, split, syllables
from knowledge.words import (
    RUN,
    bare,
    kinds,
    normalise,
    pointed,
    tells,
    terms,
    without_asking,
)

FACTS, TOPICS = 10, 4
"""So many facts and topics are looked at closely."""
CLOSEST = 3
"""Standard questions of each that are compared letter by letter."""
STORY = 30
"""From so many characters on a question may be a story with a question in it."""
READ = 160
"""Characters of a passage that are compared; only the notice is longer."""
COMMITTEE = "大党委"
"""The one subject that tells the two documents apart."""
NEIGHBOUR, AGAIN, NEAR = 3.0, 1.0, 3
"""What a fact gains for standing in the passage of the last answer, loses for being it; near is so many articles."""
NAMED = 3.0
"""What a fact gains for having a term that the question puts in quotation marks."""
QUOTED = re.compile('[“"《「『]([\u4e00-\u9fff]{2,8})[”"》」』]')
LATIN = re.compile("[a-z]")
FEATURES = (
    "cosine", "cosines", "ratio", "partial", "expanded", "clause", "passage", "pooled", "sound", "heard",
    "echo", "kin", "foreign", "plain", "many", "fit", "own", "square", "both", "kind",
)  # fmt: skip


@dataclass(frozen=True)
class Question:
    """A question as it is compared."""

    text: str
    terms: Bag
    sounds: Bag
    kinds: Bag = frozenset()
    past: "Past | None" = None
    around: "Around | None" = None
    quoted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Around:
    """The story that stands around a question."""

    terms: Bag
    sounds: Bag


@dataclass(frozen=True)
class Past:
    """What was asked before in the dialogue, and the fact that was found."""

    owner: int
    terms: Bag
    sounds: Bag


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
class Text:
    """A standard question, or the clause of a fact."""

    words: str
    terms: Weighed
    sounds: Bag


@dataclass(frozen=True)
class Profile:
    """What a fact or a topic is compared by: its texts and their terms, its clause, its passage.

    `first` is the place of its first text among all.
    """

    texts: tuple[Text, ...]
    first: int
    asked: Bag
    heard: Bag
    clause: Bag = frozenset()
    passage: Bag = frozenset()
    pooled: Bag = frozenset()
    own: Mapping[str, float] | None = None
    kinds: Mapping[str, float] = field(default_factory=dict)
    plain: bool = False
    committee: bool | None = None


@lru_cache(maxsize=64)
def understand(text: str) -> Question:
    """The question with its terms and sounds."""
    plain = bare(text)
    return Question(
        plain,
        frozenset(terms(plain)),
        frozenset(sounds(plain)),
        kinds(plain),
        quoted=tuple(one for one in map(normalise, QUOTED.findall(text)) if one != COMMITTEE),
    )


def to_the_point(text: str) -> Question | None:
    """Of a long story the sentences that ask; what stands around them counts less. None if there is no story."""
    whole = understand(text)
    point = pointed(text)
    if len(whole.text) <= STORY or len(point) >= len(whole.text):
        return None
    own, heard = frozenset(terms(point)), frozenset(sounds(point))
    around = Around(whole.terms - own, whole.sounds - heard)
    return Question(point, own, heard, kinds(point), around=around)


class Ranking:
    """Facts and topics with everything that is compared with a question, worked out once."""

    def __init__(
        self, facts: Iterable[Fact], topics: Iterable[Topic], weights: Mapping[str, float]
    ) -> None:
        self.facts, self.topics = tuple(facts), tuple(topics)
        self._weights = tuple(weights.get(name, 0.0) for name in FEATURES)
        texts = [
            [normalise(text) for text in (*one.questions, one.clause.text[:READ])]
            for one in self.facts
        ]
        texts += [[normalise(text) for text in one.questions] for one in self.topics]
        bags = [[frozenset(terms(text)) for text in own] for own in texts]
        heard = [[frozenset(sounds(text)) for text in own] for own in texts]
        self._words = ["\n".join(own) for own in texts]
        self._index, self._sounds = build(bags), build(heard)
        self._firsts = np.cumsum([0, *map(len, texts)]).tolist()
        self._texts = [
            tuple(map(self._text, *columns)) for columns in zip(texts, bags, heard, strict=True)
        ]
        self._profiles = [*self._of_facts(), *self._of_topics()]
        answered = self._profiles[: len(self.facts)]
        self._known = frozenset().union(*(one.pooled | one.passage for one in answered))
        self._known_sounds = frozenset().union(*(one.heard for one in answered))

    def _text(self, words: str, own: Bag, heard: Bag) -> Text:
        return Text(words, self._index.weigh(own), heard)

    def _of_facts(self) -> Iterable[Profile]:
        passages = {fact.passage.id: fact.passage for fact in self.facts}
        read = {
            key: frozenset(terms(normalise(one.chapter + one.text[:READ])))
            for key, one in passages.items()
        }
        asked = [_terms(texts) for texts, _ in zip(self._texts, self.facts, strict=False)]
        groups: defaultdict[str, list[int]] = defaultdict(list)
        for owner, fact in enumerate(self.facts):
            groups[fact.passage.id].append(owner)
        own: dict[int, dict[str, float]] = {}
        pooled: dict[str, Bag] = {}
        for key, owners in groups.items():
            own |= zip(owners, within([asked[owner] for owner in owners]), strict=True)
            pooled[key] = frozenset().union(*(asked[owner] for owner in owners))
        for owner, fact in enumerate(self.facts):
            texts, key = self._texts[owner], fact.passage.id
            yield Profile(
                texts=texts,
                first=self._firsts[owner],
                asked=_terms(texts[:-1] or texts),
                heard=_sounds(texts),
                clause=texts[-1].terms.terms,
                passage=read[key],
                pooled=pooled[key],
                own=own[owner],
                kinds=_usual(texts[:-1]),
                plain=not fact.questions,
                committee=COMMITTEE
                in fact.passage.document.title.replace("“", "").replace("”", ""),
            )

    def _of_topics(self) -> Iterable[Profile]:
        for owner in range(len(self.facts), len(self._texts)):
            texts = self._texts[owner]
            yield Profile(
                texts=texts,
                first=self._firsts[owner],
                asked=_terms(texts),
                heard=_sounds(texts),
            )

    def strangeness(self, question: Question) -> float:
        """How much of a question, seen or heard, no fact and no passage knows."""
        asked, heard = self._index.ask(question.terms), self._sounds.ask(question.sounds)
        return 1 - max(asked.share(self._known), heard.share(self._known_sounds))

    def spoken(self, question: Question, candidate: Candidate) -> float:
        """The share of what a question speaks of that a fact has too, as it is written or as it sounds."""
        own = self._profiles[candidate.owner]
        seen = own.asked | own.clause | own.passage
        whole = shared = 0.0
        for run in RUN.findall(without_asking(question.text)):
            sounding = [" ".join(pair) in own.heard for pair in pairwise(syllables(run))]
            for place, written in enumerate(_pairs(run)):
                weight = sum(map(tells, written))
                is_heard = place < len(sounding) and sounding[place]
                whole += weight
                shared += weight * (is_heard or written in seen)
        return shared / whole if whole else 1.0

    def words_of(self, candidate: Candidate) -> str:
        """The questions and the clause of a fact in one."""
        return self._words[candidate.owner]

    def rank(self, question: Question, among: frozenset[str] | None = None) -> Ranked:
        """The best facts and topics, best first; facts only of the passages with these ids, if any are given."""
        past = question.past
        faded = past or question.around
        asked = self._index.ask(question.terms, faded.terms if faded else frozenset())
        heard = self._sounds.ask(question.sounds, faded.sounds if faded else frozenset())
        shares = self._index.shares(asked) + 0.5 * self._sounds.shares(heard)
        facts, topics = np.split(shares, [len(self.facts)])
        if among:
            facts = facts * [one.passage.id in among for one in self.facts]
        beside = _Beside(
            question, asked, heard, self._index.cosines(asked), self._sounds.cosines(heard)
        )
        open_ones = len(self.facts) + highest(topics, TOPICS)
        return Ranked(
            self._closely(beside, highest(facts, FACTS).tolist()),
            self._closely(beside, open_ones.tolist()),
        )

    def _closely(self, beside: "_Beside", owners: Iterable[int]) -> tuple[Candidate, ...]:
        question, found = beside.question, []
        for owner in owners:
            features = beside.features(self._profiles[owner])
            score = sum(map(mul, self._weights, features)) + self._closeness(question.past, owner)
            score += NAMED * sum(one in self._words[owner] for one in question.quoted)
            found.append(Candidate(owner, features, score))
        return tuple(sorted(found, key=lambda one: (-one.score, one.owner)))

    def _closeness(self, past: Past | None, owner: int) -> float:
        """In a dialogue the next answer mostly stands beside the last one, and is another."""
        if past is None or owner >= len(self.facts):
            return 0.0
        if owner == past.owner:
            return NEIGHBOUR - AGAIN
        last, fact = self.facts[past.owner].passage, self.facts[owner].passage
        if last.id == fact.id:
            return NEIGHBOUR
        near = last.document.key == fact.document.key and abs(last.number - fact.number) <= NEAR
        return NEIGHBOUR / 3 if near else 0.0


def _pairs(run: str) -> Sequence[str]:
    """A run by pairs of characters; pinyin by syllables."""
    if run[0] < "\u3400":
        return split(run) or (run,)
    return [run[place : place + 2] for place in range(max(1, len(run) - 1))]


def _usual(texts: Sequence[Text]) -> dict[str, float]:
    """What is asked for (who, how many, how often …), and in which part of the questions."""
    seen = Counter(kind for text in texts for kind in kinds(text.words))
    return {kind: count / len(texts) for kind, count in seen.items()}


def _terms(texts: Iterable[Text]) -> Bag:
    return frozenset().union(*(text.terms.terms for text in texts))


def _sounds(texts: Iterable[Text]) -> Bag:
    return frozenset().union(*(text.sounds for text in texts))


@dataclass(frozen=True)
class _Beside:
    """A question beside all texts: the cosine to each, by sight and by sound."""

    question: Question
    asked: Asked
    heard: Asked
    seen: Array
    sounding: Array

    def features(self, profile: Profile) -> tuple[float, ...]:
        """How well a fact or a topic fits."""
        question, asked, texts = self.question, self.asked, profile.texts
        places = self._closest(profile)
        closest = [texts[place - profile.first] for place in places]
        cosines = self.seen[places].tolist()
        cosine, share = max(cosines), asked.share(profile.asked)
        first = closest[0].terms
        echo = sum(map(asked.weights.__getitem__, asked.terms & first.terms)) / first.whole
        own = profile.own or {}
        fit = sum([own[term] * asked.weights[term] for term in asked.terms & own.keys()])
        return (
            cosine,
            sum(cosines) / CLOSEST,
            max(ratio(question.text, one.words) for one in closest) / 100,
            max(partial_ratio(question.text, one.words) for one in closest) / 100,
            share,
            asked.share(profile.clause),
            asked.share(profile.passage),
            asked.share(profile.pooled),
            float(self.sounding[places].max()),
            self.heard.share(profile.heard),
            echo,
            *_kinship(question, profile),
            float(profile.plain),
            math.log(len(texts)),
            cosine * share,
            fit / asked.whole,
            cosine * cosine,
            echo * asked.share(first.terms),
            max((profile.kinds.get(kind, 0.0) for kind in question.kinds), default=0.0),
        )

    def _closest(self, profile: Profile) -> list[int]:
        """The places of the texts nearest by sight, or by sound where a question is (partly) in pinyin."""
        own = slice(profile.first, profile.first + len(profile.texts))
        nearness = self.seen[own]
        if LATIN.search(self.question.text):
            nearness = nearness + 0.5 * self.sounding[own]
        order = np.argsort(-nearness, kind="stable")[:CLOSEST]
        found: list[int] = (profile.first + order).tolist()
        return found


def _kinship(question: Question, profile: Profile) -> tuple[float, float]:
    """Whether question and document both speak of the committee, or only the question does."""
    if profile.committee is None or COMMITTEE not in question.text:
        return 0.0, 0.0
    return float(profile.committee), float(not profile.committee)
