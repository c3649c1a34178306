"""Whether what a question takes for granted is what the clause says: 过半数到会就行吧 is not 三分之二."""

import re
from enum import Enum

from knowledge.words import normalise


class Premise(Enum):
    CONFIRMED = "confirmed"
    CONTRADICTED = "contradicted"


CHECKS = re.compile(
    r"吧[?？。!！]*$|对吧|对不对|是不是|对吗|是吗|没错|就行|就可以|就够|就能|就算|不就|应该是|听说|据说|我记得"
)

# Expressions of one kind exclude each other; of each, the clause holds at most one.
KINDS: tuple[tuple[tuple[str, ...], ...], ...] = (
    (
        ("三分之二", "2/3"),
        ("半数", "过半", "一半", "二分之一", "1/2"),
        ("四分之三", "3/4"),
        ("五分之四", "4/5"),
        ("三分之一", "1/3"),
        ("全体", "全部", "全票", "一致同意", "都要到", "都得到", "一个不能少", "全员"),
    ),
    (
        ("每周", "一周", "每星期"),
        ("每月", "一个月", "每个月", "月月"),
        ("每季度", "一季度", "每个季度", "一个季度"),
        ("每半年", "半年"),
        ("每年", "一年", "年年", "一年一"),
        ("两年", "三年", "五年"),
    ),
    (
        ("街道党工委",),
        ("组织部",),
        ("区委", "区县委", "县委", "市委"),
        ("街道办",),
        ("居委会", "居民委员会"),
    ),
)
QUORUM = ("faq-7", "参会人数不少于三分之二方可召开")
MAJORITY = ("faq-7", "参会“大党委”班子成员中半数以上同意方可形成“大党委”决议")
TURNOUT = re.compile(r"到会|参会|出席|到场|人来|来的人|来.{0,3}就|开会|召开|能开|开得")
VOTE = re.compile(r"同意|赞成|通过|决议|表决|点头|票")
DENIED = ("占", "改变")  # 不占社区职数、编制; 不改变党组织隶属关系


def subject(question: str) -> tuple[str, str] | None:
    """The passage and clause a fraction is about: 第7问 has one for turnout and one for votes."""
    asked = normalise(question)
    if not CHECKS.search(asked) or len(_held(asked, KINDS[0])) != 1:
        return None
    if VOTE.search(asked):
        return None if "工作会议" in asked else MAJORITY
    return QUORUM if TURNOUT.search(asked) and "联席" not in asked else None


def check(question: str, clause: str) -> Premise | None:
    """What becomes of the asker's premise; None for an ordinary question, or if nothing compares."""
    asked, said = normalise(question), normalise(clause)
    if not CHECKS.search(asked):
        return None
    for verb in DENIED:
        if verb in asked and f"不{verb}" in said:
            denied = re.search(rf"(不|没有?|不会|不用){verb}", asked)
            return Premise.CONFIRMED if denied else Premise.CONTRADICTED
    for kind in KINDS:
        taken, given = _held(asked, kind), _held(said, kind)
        if len(taken) == 1 and len(given) == 1:
            return Premise.CONFIRMED if taken == given else Premise.CONTRADICTED
    return None


def _held(text: str, kind: tuple[tuple[str, ...], ...]) -> set[int]:
    """Which expressions of a kind stand in a text; a longer one hides a shorter one inside it."""
    found: set[int] = set()
    spans: list[tuple[int, int]] = []
    every = sorted(
        ((word, number) for number, words in enumerate(kind) for word in words),
        key=lambda pair: -len(pair[0]),
    )
    for word, number in every:
        for match in re.finditer(re.escape(word), text):
            if any(start <= match.start() and match.end() <= end for start, end in spans):
                continue
            spans.append(match.span())
            found.add(number)
    return found
