"""What people write in one line: a meeting, a vote, an agenda, what was decided, who was there."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from handlers import dates
from handlers.dates import Near
from handlers.texts.votes import MANNERS
from knowledge.numerals import number
from records.attendance import EXCUSED, ONLINE, PRESENT, Mark
from records.calendar import day_of
from records.errors import (
    DayUnknown,
    DocumentUnclear,
    HourMissing,
    ItemsTooLong,
    KindMissing,
    MeetingNotOurs,
    NoSuchDay,
    NotUnderstood,
    PlaceTooLong,
    Refusal,
    TimeNotUnderstood,
    VotesNotUnderstood,
    WordsTooLong,
)
from records.model import Manner, MeetingKind

PLACE_LENGTH, ITEM_LENGTH, MOST_ITEMS, TITLE_LENGTH = 60, 200, 10, 100
RESOLUTION_LENGTH, OWNER_LENGTH = 300, 60
PARTS, LOOSE_PARTS = re.compile(r"[；;\n]"), re.compile(r"[；;\n，,]")
HEADS = re.compile(r"(\d{1,5})\s*(?:人次?|名)?")
KIND = re.compile(
    r"(党建)?(工作会议|工作会|联席会议|联席会|双述双评会议|双述双评会|双述双评|其他会议|其他)"
)
NOT_OURS = re.compile(r"党员大会|支委会|党小组会|党课|主题党日|民主生活会|组织生活会")
BULLET = re.compile(
    r"^\s*(?:[0-9一二三四五六七八九十]{1,2}[、.．)）]|[（(][0-9一二三四五六七八九十]{1,2}[)）]|[-•·])\s*"
)
COUNT = r"[\s：:，,、；;]*([0-9]{1,4}|[零〇一二三四五六七八九十百两]{1,6})[人票]?"
AGREED = re.compile(r"(?<!不)(?:同意|赞成)" + COUNT)
AGAINST = re.compile(r"(?:不同意|不赞成|反对)" + COUNT)
BEFORE = re.compile(r"[0-9零一二三四五六七八九十百]+\s*[人票](?:不?同意|不?赞成|反对|弃权)")
MANNER = re.compile(
    rf"(?:^|[\s，,；;、])({'|'.join(MANNERS.values())})(?:表决)?(?=$|[\s，,；;。、])"
)
ABSTAINED = re.compile(r"弃权" + COUNT)
NUMBERS = re.compile(r"[0-9]{1,4}|[零〇一二三四五六七八九十百]{1,6}")
SAID = re.compile(r"(线上参会|线上|请假|到会|已到)$")
FROM_THEN = re.compile(r"\s*起(?:执行|施行|实施|生效)?。?$")
APPLIES = re.compile(
    r"^(.+)[\s，,。；;》]+(?:自|从)?([^\s，,。；;》]+?)起?(?:执行|施行|实施|生效)?。?$", re.DOTALL
)
MARKS = {
    "线上参会": ONLINE,
    "线上": ONLINE,
    "请假": EXCUSED,
    "到会": PRESENT,
    "已到": PRESENT,
}
Numbers = tuple[int, int, int]
"""Agreed, against, abstained."""


def read_meeting(words: str, *, now: datetime) -> tuple[MeetingKind, datetime, str]:
    """下周三下午3点 工作会议 二楼会议室: kind, start, place. KindMissing, NotUnderstood, PlaceTooLong."""
    match = KIND.search(words)
    rest = KIND.sub(" ", words, count=1)
    read = dates.read_moment(rest, now=now)
    if match is None and NOT_OURS.search(words):
        raise MeetingNotOurs
    if read is None:
        raise _why(rest, now=now) or NotUnderstood
    if match is None:
        raise KindMissing
    return _kind(match[2]), read.moment, read_place(read.rest)


def read_time(
    words: str, *, now: datetime, base: datetime | None = None, needs_hour: bool = False
) -> tuple[datetime, str]:
    """Another time, and a place if one is named; what is not named stays as in `base`.

    TimeNotUnderstood, NoSuchDay, HourMissing, PlaceTooLong.
    """
    read = dates.read_moment(words, now=now)
    if read is None and base is not None and not dates.names_a_day(words):
        read = dates.read_moment(f"{base:%Y-%m-%d} {words}", now=now)
    if read is None and base is not None and not needs_hour and not dates.names_an_hour(words):
        read = dates.read_moment(f"{words} {base:%H:%M}", now=now)
    if read is None:
        raise _why(words, now=now) or TimeNotUnderstood
    return read.moment, read_place(read.rest)


def _why(words: str, *, now: datetime) -> type[Refusal] | None:
    """What is wrong with a time that cannot be read, if that can be told."""
    if (
        dates.names_a_day(words)
        and dates.read_day(words, today=day_of(now), near=Near.COMING) is None
    ):
        return NoSuchDay
    if dates.names_an_hour(words):
        return HourMissing if dates.is_ambiguous_hour(words) else NoSuchDay
    return HourMissing if dates.names_a_day(words) else None


def read_kind(words: str) -> MeetingKind | None:
    """工作会议, 大党委联席会议; None if it is none of the four."""
    match = KIND.fullmatch(words.removeprefix("社区").removeprefix("大党委"))
    return _kind(match[2]) if match is not None else None


def _kind(words: str) -> MeetingKind:
    if "联席" in words:
        return MeetingKind.JOINT
    if "双述双评" in words:
        return MeetingKind.MUTUAL_APPRAISAL
    return MeetingKind.OTHER if "其他" in words else MeetingKind.WORKING


def read_place(words: str) -> str:
    place = " ".join(words.split()).strip("，。,. 在")
    if len(place) > PLACE_LENGTH:
        raise PlaceTooLong
    return place


def read_items(words: str) -> list[str]:
    """An item a line, without its number. ItemsTooLong if there are none or too many."""
    found = [BULLET.sub("", one).strip() for one in words.splitlines()]
    found = [one for one in found if one]
    if not found or len(found) > MOST_ITEMS or any(len(one) > ITEM_LENGTH for one in found):
        raise ItemsTooLong
    return found


def read_title(words: str) -> str:
    """What is voted on. WordsTooLong."""
    title = " ".join(words.split())
    if not title or len(title) > TITLE_LENGTH:
        raise WordsTooLong
    return title


@dataclass(frozen=True)
class ResolutionLine:
    words: str
    owner: str
    due_on: date | None


def read_resolution(words: str, *, today: date) -> ResolutionLine:
    """加装楼道扶手；李强；12月20日: owner and date may be left out. DayUnknown, WordsTooLong."""
    pattern = PARTS if PARTS.search(words.strip()) else LOOSE_PARTS
    parts = [part.strip() for part in pattern.split(words) if part.strip()]
    if pattern is LOOSE_PARTS and not any(dates.names_a_day(part) for part in parts[1:]):
        parts = [words.strip()]  # commas of one sentence, not of a list
    if not parts or len(parts[0]) > RESOLUTION_LENGTH or len(parts) > 3:
        raise WordsTooLong
    due, owner = None, ""
    for part in parts[1:]:
        read = dates.read_day(part, today=today, near=Near.COMING)
        if read is not None:
            due = read[0]
        elif dates.names_a_day(part):
            raise DayUnknown
        else:
            owner = part
    if len(owner) > OWNER_LENGTH:
        raise WordsTooLong
    return ResolutionLine(parts[0], owner, due)


def read_resolutions(words: str, *, today: date) -> list[ResolutionLine]:
    """One a line, each as above."""
    rows = [BULLET.sub("", row).strip() for row in words.splitlines() if row.strip()]
    if not rows or len(rows) > MOST_ITEMS:
        raise WordsTooLong
    return [read_resolution(row, today=today) for row in rows]


@dataclass(frozen=True)
class VoteLine:
    title: str
    manner: Manner
    numbers: Numbers


def read_vote(words: str) -> VoteLine:
    """电梯改造 举手 同意7 不同意1 弃权1; by hands if no manner is named. VotesNotUnderstood, WordsTooLong."""
    numbers = _named(words)
    title = words
    for pattern in (AGAINST, AGREED, ABSTAINED):
        title = pattern.sub(" ", title)
    manner = Manner.HANDS
    if named := MANNER.search(title):
        manner = next(one for one in Manner if MANNERS[one] == named[1])
        title = f"{title[: named.start()]} {title[named.end() :]}"
    title = re.sub(r"[\s，,；;、。]*[，,；;、。][\s，,；;、。]*", "，", " ".join(title.split()))
    title = title.strip("，。,.：:；; ")
    if not title or manner is Manner.BUTTONS:
        raise VotesNotUnderstood
    return VoteLine(read_title(title), manner, numbers)


def read_numbers(words: str) -> Numbers:
    """7 1 1, or 同意7 不同意1 弃权1. VotesNotUnderstood."""
    if AGREED.search(words):
        return _named(words)
    found = [number(one) for one in NUMBERS.findall(words)]
    if len(found) != 3:
        raise VotesNotUnderstood
    agreed, against, abstained = (one or 0 for one in found)
    return agreed, against, abstained


def _named(words: str) -> Numbers:
    """The number beside each word; against and abstained may be left out."""
    if BEFORE.search(words):  # 7票同意: which word the number belongs to is not to be guessed
        raise VotesNotUnderstood
    counts = []
    for pattern in (AGREED, AGAINST, ABSTAINED):
        match = pattern.search(words)
        counts.append(number(match[1]) if match else 0)
    if AGREED.search(words) is None or None in counts:
        raise VotesNotUnderstood
    agreed, against, abstained = (one or 0 for one in counts)
    return agreed, against, abstained


def read_record(words: str) -> tuple[str, Mark | None]:
    """张伟 请假: the name, and how the person attended if that is said."""
    match = SAID.search(words.strip())
    if match is None:
        return words.strip(), None
    return words.strip()[: match.start()].strip(), MARKS[match[1]]


def read_document(words: str, *, today: date) -> tuple[str, date]:
    """关于××的通知 2026年12月1日: the title, and the day from which it applies. DocumentUnclear."""
    line = " ".join(words.split())
    match = APPLIES.match(line)
    title, last = (match[1], match[2]) if match is not None else ("", line)
    read = dates.read_day(last, today=today, near=Near.COMING)
    if read is None or read[1]:  # the day does not stand last
        read = dates.read_day(line, today=today, near=Near.COMING)
        title = FROM_THEN.sub("", read[1]) if read is not None else ""
    if read is None:
        raise DocumentUnclear
    title = " ".join(title.strip(" ，,。；;《》").split())
    if not 0 < len(title) <= TITLE_LENGTH:
        raise DocumentUnclear
    return title, read[0]
