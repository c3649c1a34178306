"""Standard questions that a new document answers, proposed by plain rules; better none than a clumsy one."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from knowledge.passages import Clause, Level, Passage

LONGEST = 30
MOST = 3
"""Questions for one passage."""
TRIALS = 3
SENTENCE = re.compile(r"[^。\n]+[。\n]?")
NUMERAL = r"(?:\d+|[一二两三四五六七八九十百]+)"
LAW = r"本(?:法|条例|办法|规定|细则|规则|章程|意见|方案|制度|公约|准则)"
SUBJECT = r"(?P<who>[^，,。；;：:（）()《》]{2,16}?)"
DEED = r"(?P<deed>[^，,。；;：:（）()《》]{2,16})"

DEFINED = re.compile(
    rf"^(?:{LAW}|本[章节条])?所称(?:的)?(?P<what>[^，,。；]{{2,14}}?)(?:[，,]\s*(?:是指|指|包括)|是指)"
)
DEFINED_PLAINLY = re.compile(
    r"^(?:[(（][一二三四五六七八九十]+[)）])?(?P<what>[^，,。；的]{2,12})[，,]是指"
)
LISTED = re.compile(
    rf"^{SUBJECT}(?:在[^，,。]{{2,16}}[中内时][，,]?)?(?P<must>应当|可以|依法)?(?P<verb>[^，,。应当可以在]{{2,3}})(?:下列|以下)(?:主要)?"
    r"(?P<what>[^，,。:：]{2,8}?)[:：]$"
)
LEFT_TO = re.compile(r"^(?:下列|以下)(?P<what>事项|问题|工作)由(?P<deed>[^，,。:：]{3,18})[:：]$")
DUTIES = re.compile(
    rf"^{SUBJECT}的(?:主要|基本)?(?P<what>任务|职责|职权|权利|义务|工作内容)(?:是|包括)?[:：]$"
)
DEADLINE = re.compile(
    rf"^{SUBJECT}应当(?:当?[自在于][^，,。；]{{0,28}}?)?(?P<count>{NUMERAL})(?P<unit>个工作日|个月|日|天|小时|年)(?:以?内)[，,]?(?:向[^，,。；]{{2,12}}?)?{DEED}(?=[，,。；;])"
)
OFTEN = re.compile(
    rf"^{SUBJECT}(?:应当?|要)?(?P<every>每(?:半年|年度?|季度|月|周))(?:至少)?(?P<verb>召开|开展|组织|举行|进行|走访|报告|公布)(?P<count>{NUMERAL})次(?P<deed>[^，,。；]{{0,10}})"
)
PUNISHED = re.compile(
    rf"^(?:违反{LAW}[^，,。；]{{0,12}}规定[，,])?(?P<deed>[^，,。；：:（）()《》]{{5,24}})的[，,](?:[^。]{{0,60}}[，,])?[^。]{{0,24}}(?:罚款|警告|处罚|处分|吊销|拘留)"
)
NO_DEED = re.compile(r"^(?:有|构成|情节|逾期|造成|受)|下列|前款|行为$|规定$")
COMPOSED = re.compile(
    rf"^{SUBJECT}由[^，,。；]{{2,24}}?(?:共{NUMERAL}|{NUMERAL})(?:至{NUMERAL})?[人名]组成"
)
IN_CHARGE = re.compile(
    r"^[^，,。；]{2,24}?负责(?!人)(?:全国|本行政区域内?|本辖区内?|辖区内)?(?:的)?(?P<what>[^，,。；负责]{4,20}工作)[。；，,]?"
)
MAY = re.compile(rf"^{SUBJECT}(?P<can>可以|不得){DEED}[。；;]?$")
EXPLAINED = re.compile(rf"{LAW}(?:具体应用中的问题[，,])?由[^，,。]{{2,20}}负责解释")
IN_FORCE = re.compile(rf"{LAW}自[^，,。]{{2,20}}起施行")
SCOPE = re.compile(rf"^{LAW}适用于|适用{LAW}。?$")
PURPOSE = re.compile(rf"^为了?[^。]{{6,}}制定{LAW}")
CLUMSY = re.compile(
    r"^(?:其|本|该|此|前|上述|但|并|或|对|在|经|因|自|依|按|根据|违反|有|不|未|可|应|以|由|将|为|所|任何|各|同|当|从|属|又|也|还|凡)"
    r"|下列|前款|前条|本条|规定的|上款|之一|以下|另|等等|含义|应当|不得.*不得"
)
UNKNOWN = {
    "个工作日": "几个工作日",
    "个月": "几个月",
    "日": "几日",
    "天": "几天",
    "小时": "几小时",
    "年": "几年",
}
HEADINGS = (
    (
        re.compile(r"(?:条件|标准|范围|时间|期限|时限|依据|原则|对象|内容|方式|地点|电话)$"),
        "{}是什么？",
    ),
    (re.compile(r"(?:流程|程序|步骤)$"), "{}是怎样的？"),
    (re.compile(r"(?:材料|职责|任务|要求|措施|权利|义务|事项|情形)$"), "{}有哪些？"),
)
ORDINARY = "{}有什么规定？"
GENERAL = re.compile(r"^(?:总则|附则|分则|总纲|第.*)?$|规[定则]$")
DULL = ("关于", "为什么要制定", "违反")
"""How questions begin that any document could be asked."""
COUNTRY = "中华人民共和国"


@dataclass(frozen=True)
class Proposal:
    """A question for a clause of a passage."""

    passage_id: str
    clause: Clause
    question: str


def propose(passages: Sequence[Passage]) -> list[Proposal]:
    """At most three questions a passage, none twice."""
    found: list[Proposal] = []
    asked: set[str] = set()
    chapters: set[str] = set()
    for passage in passages:
        offered = list(_of_passage(passage))
        if passage.level is Level.ARTICLE and passage.chapter not in chapters:
            chapters.add(passage.chapter)
            offered += _of_chapter(passage)
        is_faq = passage.level is Level.QUESTION
        mine = [
            one
            for one in offered
            if one.question not in asked and (is_faq or _is_good(one.question))
        ]
        for one in list({one.question: one for one in mine}.values())[:MOST]:
            asked.add(one.question)
            found.append(one)
    return found


def trials(passages: Sequence[Passage]) -> list[str]:
    """Three questions from different parts of the document, to be tried before it is published."""
    proposals = propose(passages)
    telling = [one for one in proposals if not one.question.startswith(DULL)]
    chosen = telling if len(telling) >= TRIALS else proposals
    if len(chosen) >= TRIALS:
        return [chosen[int(len(chosen) * (part + 0.5) / TRIALS)].question for part in range(TRIALS)]
    named, asked = [one.question for one in proposals], {one.passage_id for one in proposals}
    for passage in passages:
        is_new = passage.level is Level.ARTICLE and passage.id not in asked
        if len(named) < TRIALS and is_new:
            named.append(f"{passage.document.title}{passage.citation}是怎么规定的？")
    return named


def _is_good(question: str) -> bool:
    return 5 <= len(question) <= LONGEST and question.count("《") == question.count("》")


def _of_passage(passage: Passage) -> Iterator[Proposal]:
    if passage.level is Level.QUESTION:
        if passage.body.text:
            yield Proposal(passage.id, passage.body, passage.heading)
    elif passage.level is Level.SECTION:
        yield Proposal(passage.id, passage.body, _of_heading(passage))
    elif passage.level is Level.ARTICLE:
        yield from _of_lists(passage)
        for clause in _sentences(passage):
            for rule in RULES:
                question = rule(clause.text, passage)
                if question:
                    yield Proposal(passage.id, clause, question)
                    break


def _of_heading(passage: Passage) -> str:
    """A question for a section by what its heading is about; the label has the heading without number."""
    heading = passage.label.rpartition("”")[0].removeprefix("“") or passage.heading
    if heading.endswith(("？", "?")):
        return heading
    if re.search(r"[，,。；：:]", heading) or not passage.label.endswith("”"):
        return ""
    shape = next((shape for pattern, shape in HEADINGS if pattern.search(heading)), ORDINARY)
    return shape.format(heading)


def _of_chapter(passage: Passage) -> Iterator[Proposal]:
    name = passage.chapter.rpartition(" ")[2]
    if GENERAL.search(name):
        return
    title = _short_title(passage)
    if name == "法律责任" and "违反" in passage.text:
        question = f"违反{title}要承担什么法律责任？"
    else:
        question = f"关于{name}有哪些规定？"
    yield Proposal(passage.id, passage.body, question)


def _of_lists(passage: Passage) -> Iterator[Proposal]:
    """A paragraph that opens a list is asked for with all of its items."""
    parts = passage.parts
    for place, part in enumerate(parts):
        if part.level is not Level.PARAGRAPH:
            continue
        end = place + 1
        while end < len(parts) and parts[end].level is Level.ITEM:
            end += 1
        if end > place + 1:
            start = max(part.clause.start, passage.body.start)
            opening = passage.text[start : part.clause.end]
            clause = Clause(
                start, parts[end - 1].clause.end, passage.text[start : parts[end - 1].clause.end]
            )
            if question := _of_opening(opening):
                yield Proposal(passage.id, clause, question)


def _of_opening(words: str) -> str:
    if match := LEFT_TO.match(words):
        return f"哪些{match['what']}由{match['deed']}？"
    if match := DUTIES.match(words):
        question = f"{match['who']}的{match['what']}有哪些？"
    elif match := LISTED.match(words):
        question = f"{match['who']}{match['must'] or ''}{match['verb']}哪些{match['what']}？"
    else:
        return ""
    return "" if CLUMSY.search(match["who"]) or CLUMSY.search(match["what"]) else question


def _sentences(passage: Passage) -> Iterator[Clause]:
    body = passage.body
    for match in SENTENCE.finditer(body.text):
        words = match[0].strip()
        if len(words) > 5:
            start = body.start + match.start() + match[0].index(words[0])
            yield Clause(start, start + len(words), words)


def _definition(words: str, _passage: Passage) -> str:
    match = DEFINED.match(words) or DEFINED_PLAINLY.match(words)
    return f"什么是{match['what']}？" if match and not CLUMSY.search(match["what"]) else ""


def _deadline(words: str, _passage: Passage) -> str:
    match = DEADLINE.match(words)
    if not match or CLUMSY.search(match["who"]) or CLUMSY.search(match["deed"]):
        return ""
    return f"{match['who']}要在{UNKNOWN[match['unit']]}内{match['deed']}？"


def _frequency(words: str, _passage: Passage) -> str:
    match = OFTEN.match(words)
    if not match or CLUMSY.search(match["who"]):
        return ""
    return f"{match['who']}{match['every']}要{match['verb']}几次{match['deed']}？"


def _penalty(words: str, _passage: Passage) -> str:
    match = PUNISHED.match(words)
    if not match or "民事责任" in words or NO_DEED.search(match["deed"]):
        return ""
    return f"{match['deed']}怎么处罚？"


def _composition(words: str, _passage: Passage) -> str:
    match = COMPOSED.match(words)
    return f"{match['who']}由多少人组成？" if match and not CLUMSY.search(match["who"]) else ""


def _charge(words: str, _passage: Passage) -> str:
    match = IN_CHARGE.match(words)
    if not match or re.search(
        r"^(?:相关|有关|具体|其他|的)|下列|本(?:辖区|行政区|单位|部门)", match["what"]
    ):
        return ""
    return f"{match['what']}由谁负责？"


def _permission(words: str, _passage: Passage) -> str:
    match = MAY.match(words)
    if not match or CLUMSY.search(match["who"]) or CLUMSY.search(match["deed"]):
        return ""
    return f"{match['who']}可以{match['deed']}吗？"


def _framework(words: str, passage: Passage) -> str:
    """What every regulation says of itself, asked with its title."""
    title = _short_title(passage)
    for pattern, shape in (
        (EXPLAINED, "{}由谁负责解释？"),
        (IN_FORCE, "{}从什么时候起施行？"),
        (SCOPE, "{}适用于哪些情形？"),
        (PURPOSE, "为什么要制定{}？"),
    ):
        if pattern.search(words):
            return shape.format(title)
    return ""


def _short_title(passage: Passage) -> str:
    """Without the country, and without the day that collections put behind it."""
    return re.sub(r"[(（][\d-]+[)）]$", "", passage.document.title.removeprefix(COUNTRY))


RULES: tuple[Callable[[str, Passage], str], ...] = (
    _framework,
    _definition,
    _deadline,
    _frequency,
    _penalty,
    _composition,
    _charge,
    _permission,
)
