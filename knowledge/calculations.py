"""Clauses with numbers in them: what the asker's own numbers are, and what 第四条 makes of a membership."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from knowledge.numerals import number
from knowledge.words import normalise


class Form(Enum):
    """The forms of a Party organisation in 第四条, each with the words that set its bounds."""

    BRANCH = "党员人数在3名以上、50名以下的,设立党支部"
    GENERAL_BRANCH = "党员人数在50名以上、100名以下的,设立党总支"
    COMMITTEE = "党员人数超过100名的,设立党委"


ALMOST_A_HUNDRED = (
    '党员人数接近100名,辖区内"两新"组织较多、工作任务较重的社区,经上级党组织批准,也可设立党委'
)


@dataclass(frozen=True)
class Membership:
    """A community with so many Party members (第四条)."""

    members: int


@dataclass(frozen=True)
class Turnout:
    """A working meeting: the team, and who of it came (第7问). None is what the asker did not say."""

    team: int | None
    present: int | None


@dataclass(frozen=True)
class Consent:
    """A vote: who of the team attended and who agreed (第7问)."""

    present: int | None
    agreed: int


@dataclass(frozen=True)
class Seats:
    """How a committee is made up (第2问)."""

    full_time: int
    part_time: int


def is_complete(numbers: "Numbers") -> bool:
    """Whether the asker said enough to compute with; otherwise it is to be asked back."""
    match numbers:
        case Turnout(team, present):
            return team is not None and present is not None
        case Consent(present, _agreed):
            return present is not None
        case _:
            return True


Numbers = Membership | Turnout | Consent | Seats


def forms(members: int) -> tuple[Form, ...]:
    """The forms that 第四条 allows, 以上 and 以下 read inclusively: both at 50, none below 3."""
    bounds = {
        Form.BRANCH: 3 <= members <= 50,
        Form.GENERAL_BRANCH: 50 <= members <= 100,
        Form.COMMITTEE: members > 100,
    }
    return tuple(form for form, fits in bounds.items() if fits)


# --- reading the asker's numbers -------------------------------------------------------------

COUNT = re.compile(
    r"(?P<number>\d{1,5}|[零〇一二两三四五六七八九十百]{1,6})"
    r"(?P<unit>名|个|人|位|票)?(?P<noun>正式党员|党员|委员|成员|同志|同意|人)?"
)
NOT_PEOPLE = re.compile(
    r"以上|以下|分之|年|月|日|点|问|条|款|项|种|次|支部|总支|党委|党组织|单位|社区|小区|会|程序|[-~至到]\d"
)
LONGEST_FOLLOW_UP = 20  # characters
AMONG = re.compile(r"其中[^,，。;；]{0,3}$|里面?有?$")
STOPS = re.compile(r"[,。;、!?，；！？\s]")
VAGUE = re.compile(
    r"近百|接近|差不多|将近|快要?满|左右|上下|大约|大概|来名|多名|多人|几十|上百|差[一二两三四五六七八九几]{1,2}[个名]"
)
PLUS = re.compile(r"转进|转入|转来|调入|调来|新增|增加|新来|又来|进来|发展了|加上|多了|并入")
MINUS = re.compile(r"转出|转走|走了|调走|调出|减少|去世|离开|流出|少了|除名|退了")
MERGE = re.compile(r"合并|合在一起|合起来|加起来|加一起|两边|两个支部|总共|一共")
TEAM = re.compile(r"班子|一共|总共|共有|应到|在册|全体|名单|我们有|总数")
PRESENT = re.compile(r"来了|到了|到会|实到|参会|参加|出席|到场|现场|签到|线上|只来|能来|在场")
EXCUSED = re.compile(r"请假|没来|没到|缺席|来不了|不来|出差|生病|缺")
GUEST = re.compile(r"列席|旁听|民警|代表|观察|工作人员|记录员|业主")
AGAINST = re.compile(r"不同意|反对|不赞成")
ABSTAINED = re.compile(r"弃权")
AGREED = re.compile(r"同意|赞成|举手|支持|投票")
MEETING = re.compile(r"开会|能开|开得|召开|会议|开不开|够不够|够数|三分之二|还差")
VOTE = re.compile(r"同意|赞成|表决|通过|决议|过半|半数")
ORGANISATION = re.compile(
    r"支部|总支|党委|设什么|设哪|什么组织|组织形式|成立|设立|建什么|够.{0,3}设|报什么"
)


class Label(Enum):
    TEAM = TEAM
    PRESENT = PRESENT
    EXCUSED = EXCUSED
    GUEST = GUEST
    AGAINST = AGAINST
    ABSTAINED = ABSTAINED
    AGREED = AGREED


@dataclass(frozen=True)
class Count:
    """A number of people in the question, and where it stands."""

    value: int
    start: int
    end: int


def read(question: str, *, previous: Sequence[str] = ()) -> Numbers | None:
    """What the asker's own numbers are about; None where there are none to compute with.

    “要是只有98个呢” after a question about a membership is about a membership too.
    """
    found = _read(question)
    if found is not None or not previous or len(question) > LONGEST_FOLLOW_UP:
        return found
    before = read(previous[-1], previous=previous[:-1])
    counts = list(_counts(normalise(question)))
    if not isinstance(before, Membership) or len(counts) != 1 or VAGUE.search(question):
        return None
    return Membership(counts[0].value)


def _read(question: str) -> Numbers | None:
    text = normalise(question).replace(" ", "，")
    counts = list(_counts(text))
    if VAGUE.search(text) or not counts:
        return None
    if "专职" in text and "兼职" in text:
        return _seats(text, counts)
    if "党员" in text and "大党委" not in text and ORGANISATION.search(text):
        members = _sum(text, counts)
        return None if members is None else Membership(members)
    is_vote, is_working = VOTE.search(text), "工作会议" in text
    if is_vote and not is_working:  # the text sets no pass mark for working meetings
        return _consent(text, counts)
    asks_turnout = MEETING.search(text) and not is_vote and "联席" not in text
    return _turnout(text, counts) if asks_turnout else None


def _counts(text: str) -> Iterator[Count]:
    """Numbers of people; not 第四条, 三分之二, 2026年, 9-11 or 满100名, which are the document's."""
    for match in COUNT.finditer(text):
        value = number(match["number"])
        if value is not None and _is_count(text, match):
            yield Count(value, match.start(), match.end())


def _is_count(text: str, match: re.Match[str]) -> bool:
    before, behind = text[: match.start()], text[match.end() :]
    if re.search(r"(第|满|超过|大于|不足|以上|至少|最少|差|\d[-~至到])$", before):
        return False
    if NOT_PEOPLE.match(behind):
        return False
    if match["unit"] or match["noun"]:
        return True
    return match["number"].isdecimal() and before.endswith(("党员", "专职", "兼职"))


def _sum(text: str, counts: list[Count]) -> int | None:
    """Small arithmetic: 本来47个，转进来6个; 38人和27人合并; 102名走了3个."""
    base, change = [], 0
    for index, count in enumerate(counts):
        left = counts[index - 1].end if index else 0
        right = counts[index + 1].start if index + 1 < len(counts) else len(text)
        before = STOPS.split(text[left : count.start])[-1]
        behind = STOPS.split(text[count.end : right])[0] if index or len(counts) == 1 else ""
        sign = _sign(before) or _sign(behind)
        if sign and len(counts) > 1:
            change += sign * count.value
            continue
        base.append(count.value)
    if not base or (len(base) > 1 and not MERGE.search(text)):
        return None
    return max(0, sum(base) + change)


def _sign(words: str) -> int:
    return 1 if PLUS.search(words) else -1 if MINUS.search(words) else 0


def _labelled(text: str, counts: list[Count]) -> Iterator[tuple[Label | None, Count]]:
    """What each number counts: every word goes to the number nearest to it, if in doubt the next."""
    nearest: dict[Count, tuple[int, Label]] = {}
    for label in Label:
        pattern: re.Pattern[str] = label.value
        for match in pattern.finditer(text):
            if label is Label.AGREED and text[max(0, match.start() - 1)] == "不":
                continue
            gap, count = min(
                ((_gap(text, match, count), count) for count in counts), key=lambda pair: pair[0]
            )
            if count not in nearest or gap < nearest[count][0]:
                nearest[count] = (gap, label)
    for count in counts:
        yield (nearest[count][1] if count in nearest else None), count


def _gap(text: str, word: re.Match[str], count: Count) -> int:
    """How far a word is from a number; punctuation between them counts more, behind a bit more."""
    if word.end() <= count.start:
        between, later = text[word.end() : count.start], 0
    else:
        between, later = text[count.end : word.start()], 1
    return 2 * len(between) + 6 * len(STOPS.findall(between)) + later


def _totals(text: str, counts: list[Count]) -> dict[Label | None, int]:
    """The sum for each label. 来了6个，其中2个列席: the guests are taken off those who came."""
    totals: dict[Label | None, int] = {}
    for label, count in _labelled(text, counts):
        totals[label] = totals.get(label, 0) + count.value
        if label is Label.GUEST and AMONG.search(text[: count.start]):
            totals[Label.PRESENT] = totals.get(Label.PRESENT, 0) - count.value
    return totals


def _turnout(text: str, counts: list[Count]) -> Turnout | None:
    """The team includes who is excused; guests are no part of it."""
    totals = _totals(text, counts)
    team = totals.get(Label.TEAM, totals.get(None))
    present = totals.get(Label.PRESENT)
    if present is None and team is not None and Label.EXCUSED in totals:
        present = team - totals[Label.EXCUSED]
    return None if present is None or present < 0 else Turnout(team, present)


def _consent(text: str, counts: list[Count]) -> Consent | None:
    """Abstentions stay in the denominator: the text counts who attends."""
    totals = _totals(text, counts)
    agreed = totals.get(Label.AGREED)
    if agreed is None:
        return None
    present = totals.get(Label.PRESENT, totals.get(Label.TEAM, totals.get(None)))
    if present is None and (Label.AGAINST in totals or Label.ABSTAINED in totals):
        present = agreed + totals.get(Label.AGAINST, 0) + totals.get(Label.ABSTAINED, 0)
    return Consent(present, agreed)


def _seats(text: str, counts: list[Count]) -> Seats | None:
    full, part = (_beside(text, counts, word) for word in ("专职", "兼职"))
    return None if full is None or part is None else Seats(full, part)


def _beside(text: str, counts: list[Count], word: str) -> int | None:
    """The number right behind 专职 or 专职委员, or right before it."""
    for count in counts:
        before, behind = text[: count.start], text[count.end :]
        if before.endswith((word, f"{word}委员")) or behind.startswith(word):
            return count.value
    return None
