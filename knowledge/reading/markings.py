"""Markings of a file that must not be taken in: 内部, 秘密, 机密, 绝密. Words of the text are no markings."""

import re
from collections.abc import Iterable

LEVEL = r"(?P<level>绝密|机密|秘密|工作秘密|内部)"
SECRECY = (
    r"(?:注意保[存密]|(?:不得|严禁|请勿|不准|不可|禁止|切勿)(?:外传|外泄|扩散)|仅供内部\w{0,4})"
)
"""Says by itself that a file is not for everyone; the others only beside 内部资料."""
CAUTION = (
    rf"(?:{SECRECY}|妥善保[存管]|(?:不得|严禁|请勿|禁止)(?:转发|复制|翻印|公开|上网)|仅供\w{{0,6}}"
    r"|免费交流|定期销毁|用后收回)"
)
STARRED = re.compile(
    r"^(?:密级[:：]?)?(?P<level>绝密|机密|秘密|内部)[级]?[★☆✩*](?:\d{0,3}年?|长期|\w{0,6})$"
)
CLASSED = re.compile(rf"^(?:密级|保密等级|密级和保密期限)[:：]?{LEVEL}")
ALONE = re.compile(rf"^[【〔\[(（〈<]?{LEVEL}(?:级)?[】〕\])）〉>]?(?:\d{{1,2}}年|长期)?$")
INTERNAL = re.compile(
    rf"^[【〔\[(（]?(?P<level>内部(?:资料|文件|材料|刊物|使用|传阅|参考|掌握|发行|讲义|明电))[】〕\])）]?"
    rf"(?:[,，、:：;；★-]*{CAUTION})*[】〕\])）]?[。!！]?$"
)
CAUTIONED = re.compile(
    rf"^[【〔\[(（]?(?P<level>{SECRECY})(?:[,，、;；]*{CAUTION})*[】〕\])）]?[。!！]?$"
)
CLOSED = re.compile(r"^[(（]?(?P<level>此件不(?:予)?公开)[)）]?$")
ANYWHERE = (STARRED, CLASSED, CLOSED)
AT_THE_EDGE = (*ANYWHERE, ALONE, INTERNAL, CAUTIONED)
FIRST = 8
"""Lines at the top among which a marking may stand by itself."""
LONGEST = 30


def marking(lines: Iterable[str], margins: Iterable[str]) -> str | None:
    """The marking that a file bears; None if it bears none."""
    for place, line in enumerate(lines):
        if len(line) > LONGEST:
            continue
        if found := _found(line, AT_THE_EDGE if place < FIRST else ANYWHERE):
            return found
    for margin in margins:
        for line in re.split(r"[\n\u3000]", margin):
            if found := _found(line, AT_THE_EDGE):
                return found
    return None


def _found(line: str, patterns: Iterable[re.Pattern[str]]) -> str | None:
    words = re.sub(r"[\s#]+", "", line)
    if not words or len(words) > LONGEST:
        return None
    return next((match["level"] for one in patterns if (match := one.match(words))), None)
