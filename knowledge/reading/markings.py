"""Markings of a file that must not be taken in: 内部, 秘密, 机密, 绝密. Words of the text are no markings."""

import re
from collections.abc import Iterable

from knowledge.cleaning import simplified

LEVEL = r"(?P<level>绝密|机密|秘密|工作秘密|内部)"
SECRECY = r"(?:注意保[存密管]|(?:不得|严禁|请勿|不准|不可|禁止|切勿)(?:外传|外泄|扩散)|(?:[仅只]?限|[仅只]供)内部\w{0,4})"
"""Says by itself that a file is not for everyone; the others only beside 内部资料."""
CAUTION = (
    rf"(?:{SECRECY}|妥善保[存管]|(?:不得|严禁|请勿|禁止)(?:转发|复制|翻印|公开|上网)|仅供\w{{0,6}}"
    r"|免费交流|定期销毁|用后收回)"
)
TERM = r"(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})年[)）]?|[(（]?长期[)）]?)"
STARRED = re.compile(
    r"^(?:密级[:：]?)?[★☆✩]?(?P<level>绝密|机密|秘密|内部)[级]?[★☆✩*](?:\d{0,3}年?|长期|\w{0,6})$"
)
CLASSED = re.compile(rf"^(?:保密期限[:：]?\w{{0,6}})?(?:密级|保密等级|密级和保密期限)[:：]?{LEVEL}")
ALONE = re.compile(rf"^[【〔\[(（〈<]?{LEVEL}(?:级)?[】〕\])）〉>]?{TERM}?$")
PAPER = r"(?:绝密|机密|秘密|涉密)(?:文件|资料|材料)"
INTERNAL = re.compile(
    rf"^(?:本(?:件|文|文件|资料|材料)(?:为|是|系|属于?))?[【〔\[(（]?(?P<level>{PAPER}|内参"
    r"|内部(?:资料|文件|材料|刊物|使用|传阅|参阅|参考|掌握|发行|讲义|明电|公开|讨论稿?))[】〕\])）]?"
    rf"(?:[,，、:：;；★·(（-]*{CAUTION})*[】〕\])）]?[。!！]?$"
)
CAUTIONED = re.compile(
    rf"^[【〔\[(（]?(?P<level>{SECRECY})(?:[,，、;；]*{CAUTION})*[】〕\])）]?[。!！]?$"
)
CLOSED = re.compile(r"^[(（]?(?P<level>此件不(?:予)?公开)[)）]?$")
BRACKETED = re.compile(r"[【〔\[(（]([^】〕\])）]+)[】〕\])）]")
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


def named(name: str) -> list[str]:
    """Where the name of a file may bear a marking: the whole of it, and what stands in brackets."""
    return [name, *BRACKETED.findall(name)]


def _found(line: str, patterns: Iterable[re.Pattern[str]]) -> str | None:
    words = simplified(re.sub(r"[\s#]+", "", line))
    if not words or len(words) > LONGEST:
        return None
    return next((match["level"] for one in patterns if (match := one.match(words))), None)
