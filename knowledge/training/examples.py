"""Examples to learn from: standard questions put to a library that does not have them."""

import hashlib
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.facts import Fact, Topic
from knowledge.ranking import Question, Ranked, Ranking, understand
from knowledge.syllables import homophones, spelled
from knowledge.words import normalise

SEEDS = 1
FOLDS = 3


@dataclass(frozen=True)
class Example:
    """A question, what a library without it found, and where the right answer stands (none: decline)."""

    question: Question
    damage: str
    ranking: Ranking
    ranked: Ranked
    fact: Fact | None


def drawn(*words: object) -> int:
    """A number that looks random and is the same every time."""
    return int(hashlib.sha256("/".join(map(str, words)).encode()).hexdigest()[:12], 16)


def held_out(
    facts: Sequence[Fact], topics: Sequence[Topic], weights: dict[str, float]
) -> Iterator[Example]:
    """Each standard question once a seed, asked of a library without it and a third of the others."""
    for seed in range(SEEDS):
        for fold in range(FOLDS):
            yield from _fold(
                facts, topics, weights, lambda *words, s=seed, f=fold: drawn(s, *words) % FOLDS == f
            )


def _fold(
    facts: Sequence[Fact],
    topics: Sequence[Topic],
    weights: dict[str, float],
    out: Callable[..., bool],
) -> Iterator[Example]:
    kept = [
        replace(fact, questions=tuple(text for text in fact.questions if not out(text)))
        for fact in facts
    ]
    left = [
        replace(one, questions=tuple(text for text in one.questions if not out(text)))
        for one in topics
    ]
    ranking = Ranking(
        kept, [one for one in left if one.questions and not out("topic", one.name)], weights
    )
    for fact, whole in zip(kept, facts, strict=True):
        for text in whole.questions:
            if out(text):
                yield _example(ranking, text, fact)
    for topic in topics:
        for text in topic.questions:
            if out(text) or out("topic", topic.name):
                yield _example(ranking, text, None)


def _example(ranking: Ranking, text: str, fact: Fact | None) -> Example:
    damage, heard = damaged(text)
    question = understand(heard)
    return Example(question, damage, ranking, ranking.rank(question), fact)


BEFORE = (
    "刚来社区上班，", "我是新手，", "书记让我查一下，", "写材料要用，", "群里有人在争，", "昨天开会说起，", "我们社区不大，",
    "上面来检查，", "有个事拿不准，", "居民老是来问，", "我刚接手这摊活，", "单位领导让我来打听，", "说实话我也搞不清，", "我们这边情况有点特殊，",
    "前几天听隔壁社区讲，", "准备做个展板，", "马上要汇报了，", "今天遇到个情况，", "想确认一件事，", "话说",
)  # fmt: skip
AFTER = (
    "，有规定吗",
    "，急用",
    "来着",
    "，求解答",
    "，哪位晓得",
    "，搞不懂",
    "，给个准话",
    "啊到底",
    "，文件怎么说的",
    "，有没有依据",
    "嘛",
    "哈",
    "？？",
)


def damaged(text: str) -> tuple[str, str]:
    """How a question comes: two in five with a story around it, a homophone, a lost character, or in pinyin."""
    chance = random.Random(text)  # noqa: S311 - not a secret
    kind, plain = chance.random(), normalise(text)
    if kind > 0.4 or len(plain) < 5:
        return "as written", text
    if kind > 0.2:
        before = chance.choice(BEFORE) if kind > 0.27 else ""
        return "story", before + text + (chance.choice(AFTER) if kind < 0.33 else "")
    if kind < 0.04:
        return "pinyin", " ".join(spelled(char) for char in plain)
    place = chance.randrange(len(plain))
    if kind < 0.08:
        return "lost", plain[:place] + plain[place + 1 :]
    return "homophone", plain[:place] + chance.choice(homophones(plain[place])) + plain[place + 1 :]
