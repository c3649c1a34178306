"""What is no question: greetings, thanks, abuse, who are you; what is never done, and what is a person's own matter."""

import re
from collections.abc import Iterable
from enum import Enum

from knowledge.syllables import split
from knowledge.words import RUN, normalise


class Manner(Enum):
    GREETING = "greeting"
    THANKS = "thanks"
    WHO = "who"
    ABUSE = "abuse"
    OUT_OF_BOUNDS = "out_of_bounds"


WHOLE = {
    Manner.GREETING: re.compile(
        r"(你|您|大家|各位)?(好|早上好|下午好|晚上好|早|在吗|在不在|哈喽|嗨|hi|hello)[啊呀吗]*"
    ),
    Manner.THANKS: re.compile(
        r"(好的?|收到|知道了|明白了|嗯|ok)*(谢谢|多谢|感谢|辛苦了|收到|好的|知道了|明白了|再见|拜拜)[你您啦了大家各位]*"
    ),
    Manner.WHO: re.compile(
        r"你(到底)?(是谁|叫什么|是什么|是机器人|是真人|是人吗|会什么|能干什么|能做什么|有什么用).{0,10}"
    ),
    Manner.ABUSE: re.compile(
        r".{0,6}(傻[逼瓜子]|笨蛋|废物|垃圾机器人|白痴|蠢货|滚蛋|滚开|去死|他妈的?|tmd|妈的).{0,6}"
    ),
}
PUNCTUATION = re.compile(r"[\s,。，.!！?？~～、]")
OUT_OF_BOUNDS = re.compile(
    r"(谁|哪个人|哪位|个人|党员|委员|同志|他|她).{0,8}(排名|排行|打分排|表现最|最差|最积极|不积极|落后|黑名单|思想动态|监控|盯着)"
    r"|(缺席|迟到|请假)(次数)?(最多|排名|统计到人)|举报(谁|某|邻居|他|她)|(查|看)(一下)?.{0,6}(聊天记录|行踪|定位)"
)


def read(question: str) -> Manner | None:
    """What the whole message is; None for anything that asks something of the documents."""
    text = normalise(question)
    if OUT_OF_BOUNDS.search(text):
        return Manner.OUT_OF_BOUNDS
    bare = PUNCTUATION.sub("", text)
    return next((kind for kind, whole in WHOLE.items() if bare and whole.fullmatch(bare)), None)


HAN = re.compile("[\u3400-\u9fff]")
PRIVATE = re.compile(
    r"(?<![\d*])(?:1[3-9](?:[ -]?\d){9}|0\d{2,3}[ -]?\d{7,8}|\d(?:[ -]?\d){16}[ -]?[\dXx]|\d{15})(?!\d)"
)
"""Telephone and identity numbers, also with spaces between."""
MASKED = re.compile(r"\*{7,}")
WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
SOMEBODY = (
    r"(?:[他她我俺]|本人|某+[人某]?|(?<!党员|委员|干部|各位|全体)同志|[老小][\u4e00-\u9fff](?=的))"
)
TREATMENT = r"(?:待遇|工资|奖金|补贴|津贴|退休|养老|提拔|提干|晋升|升职|调动|任用|免职|处理|考核|低保|病情?|离婚|纠纷)"
PERSONAL = re.compile(
    rf"{SOMEBODY}家?的?{TREATMENT}|谁家?的{TREATMENT}"
    r"|处分|双规|留置|违纪|检举|控告|上访|信访|申诉"
    r"|(?:举报|投诉)(?!电话|热线|渠道|方式|流程|途径|信箱|箱)"
)
"""A person's treatment, discipline, petitions."""


def asks(question: str) -> bool:
    """Whether somebody means something by it: two Chinese characters, or two syllables of pinyin."""
    text = normalise(question)
    spelled = sum(len(split(run) or ()) for run in RUN.findall(text) if run[0] < "\u3400")
    return len(HAN.findall(text)) + spelled > 1


def is_personal(question: str, names: Iterable[str] = ()) -> bool:
    """Whether it is about somebody's own matter: by its subject, by one of the names, by a private number.

    Looked at only where the documents say nothing: what they say about petitions is said to everybody.
    """
    text = normalise(question)
    if PERSONAL.search(text) or MASKED.search(question) or PRIVATE.search(question.translate(WIDE)):
        return True
    return any(len(name) > 1 and name in question for name in names)


def masked(question: str) -> str:
    """Without the digits of telephone and identity numbers."""
    return PRIVATE.sub(lambda match: "*" * len(match[0]), question.translate(WIDE))
