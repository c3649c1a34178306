"""What a text states of itself: title, number, issuer, date, region, until when it is valid."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from knowledge.numerals import number
from knowledge.reading.result import Stated

DIGIT = r"[\d〇零一二三四五六七八九十]"
DATE = re.compile(
    rf"({DIGIT}{{4}})\s*年\s*({DIGIT}{{1,3}})\s*月\s*({DIGIT}{{1,3}})\s*日|(\d{{4}})[-./](\d{{1,2}})[-./](\d{{1,2}})"
)
ACT = r"(?:通过|公布|发布|印发|颁布|批准|修订|修正|修改|施行|制定|成文)"
ENACTED = re.compile(r"(?:通过|公布|发布|印发|颁布|修订|修正|修改|批准|制定)")
ISSUED = re.compile(r"(?:通过|公布|发布|印发|颁布)")
NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,12}\s*[〔\[（(﹝【]\s*(?:19|20)\d{2}\s*[〕\]）)﹞】]\s*(?:第\s*)?\d{1,5}\s*号"
)
ORDER = re.compile(
    r"(?:[\u4e00-\u9fff]{2,20})?令\s*[(（]?\s*第\s*[\d一二三四五六七八九十百〇零]{1,6}\s*号"
)
OF_CHINA = "中华人民共和国"
BODY = (
    r"(?:委员会|常委会|人民政府|国务院|党组|党委|市委|省委|区委|县委|工委|街道办事处|办公厅|办公室|政府|[局厅部署院会]"
    r"|联合会|居委会|村委会|党支部|党总支|中央|大会|社区|物业公司|公司|中心)"
)
ISSUER = re.compile(rf"^[\u4e00-\u9fff、]{{2,40}}?{BODY}$")
SESSION = re.compile(r"第[一二三四五六七八九十百\d]+次(?:全体)?(?:常务)?会议.*$")
TITLE = re.compile(
    r"(?:法|条例|规定|办法|细则|规则|规程|规范|意见|方案|制度|章程|准则|公约|标准|通知|决定|指南|须知|问答|手册|说明|清单)"
    r"(?:[(（][^()（）]{1,14}[)）])?$"
)
NAMED = re.compile(r"《([^《》]{3,60})》")
LONGEST_TITLE = 60
PROVINCE = re.compile(
    r"^(?:(?:北京|天津|上海|重庆)市"
    r"|(?:河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾)省"
    r"|内蒙古自治区|广西壮族自治区|西藏自治区|宁夏回族自治区|新疆维吾尔自治区|香港特别行政区|澳门特别行政区)"
)
PLACE = re.compile(
    r"^(?:中共|中国共产党)?((?:[\u4e00-\u9fff]{2,8}?(?:省|自治区|市|自治州|自治县|县|区|旗))+?)"
    r"(?=委|人民政府|人民代表大会|人大|政府|[\u4e00-\u9fff]{2,10}(?:局|委员会|办公室|厅)$)"
)
CITY = re.compile(r"^([\u4e00-\u9fff]{2,3}(?<!城)(?<!都)(?<!县)市)(?!民|场|政|区|容)")
VALID_UNTIL = re.compile(r"有效期?(?:至|到|截止到?|截至)\s*(.{6,16})")
IN_FORCE = re.compile(r"自\s*(.{8,16}?日)起?(?:施行|实施|执行|生效)")
FOR_YEARS = re.compile(rf"有效期(?:为|限为|限)?\s*({DIGIT}{{1,3}})\s*年")


def stated(head: Sequence[str], lines: Sequence[str], name: str, printed_title: str = "") -> Stated:
    """The head is what stands before the first article, question or section; the lines are all of the text."""
    title = _title(head) or _worthy(printed_title) or name
    issuer = _issuer(head, lines)
    return Stated(
        title=title,
        number=_number(head),
        issuer=issuer,
        date=_date(head, lines),
        region=_region(title, issuer),
        valid_until=_valid_until(lines),
    )


def _bare(line: str) -> str:
    return line.lstrip("# ").strip()


def _title(head: Sequence[str]) -> str:
    """The line that names the document; of a notice, the document that it passes on."""
    lines = [_bare(line) for line in head if line]
    named = [line for line in lines if _is_title(line)]
    for line in reversed(named):
        if not line.endswith(("通知", "决定")):
            return line
    if named:
        passed_on = (
            NAMED.search(named[0]) if "印发" in named[0] and "》等" not in named[0] else None
        )
        return passed_on[1] if passed_on else named[0]
    first = lines[0] if lines else ""
    is_name = len(first) <= LONGEST_TITLE and re.search(r"[\u4e00-\u9fffA-Za-z]{2}", first)
    return first if is_name and first[-1] not in "。；：:，" and not _date_of(first) else ""


def _is_title(line: str) -> bool:
    return (
        4 <= len(line) <= LONGEST_TITLE
        and bool(TITLE.search(line))
        and not line.startswith(("（", "(", "根据", "《"))
        and not re.search(r"[。；;：:，,]", line)
        and not DATE.match(line)
    )


def _worthy(title: str) -> str:
    """What a program wrote into the file's properties, if somebody thought of it."""
    return title if re.search(r"[\u4e00-\u9fff]{4}", title) and len(title) <= LONGEST_TITLE else ""


def _number(head: Sequence[str]) -> str | None:
    for pattern in (NUMBER, ORDER):
        for line in map(_bare, head):
            match = pattern.search(line) if len(line) < 80 else None
            if match:
                return _plain_number(match[0])
    return None


def _plain_number(words: str) -> str:
    """With the brackets that numbers are written with, without what stands before 国务院令."""
    words = re.sub(r"\s", "", words)
    words = re.sub(r"[\[（(﹝【](\d{4})[\]）)﹞】]", r"〔\1〕", words)
    return (
        words.removeprefix("公布")
        .removeprefix(OF_CHINA)
        .replace("令(第", "令第")
        .replace("令（第", "令第")
    )


def _issuer(head: Sequence[str], lines: Sequence[str]) -> str | None:
    """Who adopted it first; else who signed above a date."""
    for line in map(_bare, head):
        found = DATE.search(line) if ISSUED.search(line) else None
        issuer = found and _body(line[found.end() :])
        if issuer:
            return issuer
    for group in (head, lines[-6:]):
        for above, line in pairwise(group):
            if DATE.fullmatch(_bare(line)) and ISSUER.match(_bare(above)):
                return _bare(above)
    return None


def _body(words: str) -> str | None:
    """国务院 of 国务院令第379号公布; the congress without the number of its session."""
    words = re.sub(r"\s|^[由经]", "", words)
    words = ORDER.sub(lambda match: match[0].partition("令")[0], words)
    words = re.split(r"(?:令|公告)?第\d+号|《|[（(]", words)[0]
    words = re.sub(rf"(?:审议)?{ACT}.*$", "", SESSION.sub("", words))
    return words if ISSUER.match(words) else None


def _date(head: Sequence[str], lines: Sequence[str]) -> date | None:
    """The latest day on which it was adopted or amended; else the day it was signed."""
    days = [
        day
        for line in head
        if ENACTED.search(line) and len(line) < 200
        for match in DATE.finditer(line)
        if (day := _day(match)) and _is_of_act(line, match)
    ]
    if days:
        return max(days)
    for line in (*head, *reversed(lines[-4:])):
        match = DATE.search(line)
        if match and len(line) <= 30 and _is_of_act(line, match) and (day := _day(match)):
            return day
    return None


def _is_of_act(line: str, match: re.Match[str]) -> bool:
    """起施行 tells when it begins, not when it was made."""
    return not re.match(r"\s*起", line[match.end() :])


def _date_of(text: str) -> date | None:
    match = DATE.search(text)
    return _day(match) if match else None


def _day(match: re.Match[str]) -> date | None:
    year, month, day = (
        (number(one) for one in (match[1], match[2], match[3]) if one)
        if match[1]
        else (int(match[4]), int(match[5]), int(match[6]))
    )
    try:
        return date(year or 0, month or 0, day or 0)
    except ValueError:
        return None


def _region(title: str, issuer: str | None) -> str | None:
    """The place that title or issuer names. A national organ names none: 全国 would be our word, not the text's."""
    for words in (title, issuer or ""):
        bare = re.sub(r"^(?:中共|中国共产党)", "", words)
        if province := PROVINCE.match(bare):
            return province[0]
    place = PLACE.match(issuer or "")
    if place and not (issuer or "").startswith(OF_CHINA):
        return place[1]
    city = CITY.match(title)
    return city[1] if city else None


def _valid_until(lines: Sequence[str]) -> date | None:
    """A stated last day, or the last of so many years from the day it came into force."""
    for line in _last_words(lines):
        if match := VALID_UNTIL.search(line):
            return _date_of(match[1])
        years, begins = FOR_YEARS.search(line), IN_FORCE.search(line)
        if years and begins and (day := _date_of(begins[1])) and (count := number(years[1])):
            return _years_after(day, count)
    return None


def _last_words(lines: Sequence[str]) -> Iterator[str]:
    return (line for line in lines if "有效期" in line or "有效至" in line)


def _years_after(day: date, years: int) -> date | None:
    """The day before the same day, years later."""
    try:
        return date(day.year + years, day.month, day.day) - timedelta(days=1)
    except ValueError:  # 29 February
        return date(day.year + years, 2, 28)
