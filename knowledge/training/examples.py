"""Examples to learn from: standard questions put to a library that does not have them."""

import hashlib
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.facts import Fact, Topic
from knowledge.ranking import Question, Ranked, Ranking, to_the_point, understand
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
                yield from _examples(ranking, text, fact)
    for topic in topics:
        for text in topic.questions:
            if out(text) or out("topic", topic.name):
                yield from _examples(ranking, text, None)


def _examples(ranking: Ranking, text: str, fact: Fact | None) -> Iterator[Example]:
    """The question as a whole, and of a story what it comes to."""
    damage, heard = damaged(text)
    for question in (understand(heard), to_the_point(heard)):
        if question is not None:
            yield Example(question, damage, ranking, ranking.rank(question), fact)


BEFORE = (
    "刚来社区上班，", "我是新手，", "书记让我查一下，", "写材料要用，", "群里有人在争，", "昨天开会说起，", "我们社区不大，",
    "上面来检查，", "有个事拿不准，", "居民老是来问，", "我刚接手这摊活，", "单位领导让我来打听，", "说实话我也搞不清，", "我们这边情况有点特殊，",
    "前几天听隔壁社区讲，", "准备做个展板，", "马上要汇报了，", "今天遇到个情况，", "想确认一件事，", "话说",
)  # fmt: skip
STORIES = (
    "我们小区前年才交房，住户来自四面八方，平时谁也不认识谁。",
    "我在街道上班快十年了，今年刚调到这个社区，很多事还在摸索。",
    "我老家不在这边，来这里打工三年多，一直租房子住。",
    "昨天下午开会，来的人不算多，大家你一句我一句吵了半天也没个结果。",
    "我们公司就在社区隔壁，老板平时不太管这些，行政让我来问问。",
    "我妈退休好几年了，身体还不错，总想找点事情做。",
    "上周领导来看了一圈，说材料做得太粗，让我们三天之内补齐。",
    "隔壁社区的同志说他们早就这么办了，我们书记听了心里没底。",
    "我是去年考进来的社工，党员，分管的事情有点杂，前任走得急没怎么交接。",
    "楼下有家银行网点，跟我们关系一直不冷不热，请吃饭都请不来。",
    "我们这儿是老厂区改过来的，退休工人多，年轻人基本都搬走了。",
    "有位老同志特别认真，每次开会都要问依据是哪一条，我答不上来很尴尬。",
    "我爱人在机关工作，单位最近要提拔一批人，听说会来社区了解情况。",
    "写字楼里大大小小几十家公司，人员流动特别快，名单对了好几遍都对不上。",
    "我们社区不大，一共就四栋楼，活动室还是借物业的。",
    "群里前几天为这事争了起来，有人说行有人说不行，最后也没个准话。",
    "区里要搞一次检查，通知上写得很笼统，我翻了半天文件没找到。",
    "我刚当选没多久，之前一直做生意，对这一套确实不熟悉。",
    "物业经理人挺热心，每次有事都来帮忙，大家都觉得他不错。",
    "这两年小区搬来不少跑外卖的、开网约车的年轻人，白天基本见不着人。",
    "我家孩子上中学，学校就在社区边上，老师也常带学生来做活动。",
    "学校、医院、派出所都在我们辖区，每家情况都不一样，事情推起来很慢。",
    "本来定好了上周三办，结果临时有雨就拖到现在，书记催得很紧。",
    "说来惭愧，我干了这么久，这个问题还真没想过。",
)
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
    """How a question comes: one in two with a story around it, a homophone, a lost character, or in pinyin."""
    chance = random.Random(text)  # noqa: S311 - not a secret
    kind, plain = chance.random(), normalise(text)
    if kind > 0.9:
        story = "".join(chance.sample(STORIES, chance.choice((1, 1, 2))))
        return "long story", f"{text}？{story}" if kind > 0.98 else f"{story}{text}？"
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
