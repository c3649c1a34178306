"""What is no question: greetings, thanks, abuse, who are you; and what is never done for anybody."""

import re
from enum import Enum

from knowledge.words import normalise


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
