"""The date reader: 下周三下午3点, 11月25日15:00, 明天上午九点半. What it does not understand it refuses."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

from knowledge.numerals import number
from records.calendar import CHINA, Month, day_of
from records.errors import DayNotUnderstood

NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十两]{1,3})"
WEEKDAY = r"(?:周|星期|礼拜)([一二三四五六日天])"
START = r"(?<![\u4e00-\u9fff0-9])(?:在|于|定在|定于)?"  # 明天, not 光明天地; 28号, not 128号
END = r"(?!楼|院|会议室|门|室|线|店|栋|幢)"  # 28号楼 is a place


class Near(Enum):
    """Which year a day without a year is in."""

    COMING = "coming"
    PAST = "past"


Reader = Callable[[re.Match[str], date, Near], date]


def _in_week(weeks: int) -> Reader:
    def read(match: re.Match[str], today: date, _near: Near) -> date:
        wanted = "一二三四五六日".index(match[1].replace("天", "日"))
        return today + timedelta(days=wanted - today.weekday(), weeks=weeks)

    return read


def _next_weekday(match: re.Match[str], today: date, _near: Near) -> date:
    """A bare 周三: the coming one, today included."""
    wanted = "一二三四五六日".index(match[1].replace("天", "日"))
    return today + timedelta(days=(wanted - today.weekday()) % 7)


def _in_days(days: int) -> Reader:
    return lambda _match, today, _near: today + timedelta(days=days)


def _with_year(match: re.Match[str], _today: date, _near: Near) -> date:
    return date(int(match[1]), int(match[2]), int(match[3]))


def _without_year(match: re.Match[str], today: date, near: Near) -> date:
    """9月12日: of this year, or of the one beside it if that is nearer to what is meant."""
    month, day = _number(match[1]), _number(match[2])
    found = date(today.year, month, day)
    if near is Near.COMING and found < today - timedelta(days=HALF_A_YEAR):
        return date(today.year + 1, month, day)
    if near is Near.PAST and found > today:
        return date(today.year - 1, month, day)
    return found


def _in_month(months: int) -> Reader:
    def read(match: re.Match[str], today: date, _near: Near) -> date:
        years, month = divmod(today.month - 1 + months, 12)
        return date(today.year + years, month + 1, _number(match[1]))

    return read


def _number(words: str) -> int:
    found = number(words)
    if found is None:
        raise ValueError(words)
    return found


HALF_A_YEAR = 183  # days
DAYS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (r"(20\d\d)[年./-](\d{1,2})[月./-](\d{1,2})日?", _with_year),
        (START + rf"({NUMBER})月({NUMBER})[日号]?", _without_year),
        (rf"下个?月({NUMBER})[日号]" + END, _in_month(1)),
        (rf"(?:本|这个?)月({NUMBER})[日号]" + END, _in_month(0)),
        (r"下下个?" + WEEKDAY, _in_week(2)),
        (r"下个?" + WEEKDAY, _in_week(1)),
        (r"(?:本|这个?)" + WEEKDAY, _in_week(0)),
        (START + WEEKDAY, _next_weekday),
        (START + r"大后天", _in_days(3)),
        (START + r"后天", _in_days(2)),
        (START + r"明[天日]", _in_days(1)),
        (START + r"今[天日]", _in_days(0)),
        (START + r"昨[天日]", _in_days(-1)),
        (START + r"前天", _in_days(-2)),
        (START + rf"({NUMBER})[日号]" + END, _in_month(0)),
    )
)
YEAR = re.compile(r"20\d\d")
IN_MONTH = re.compile(r"(\d{1,2}|[一二三四五六七八九十]{1,3})[日号]?")
BETWEEN = " ，,；;、。"
NOW = re.compile(START + r"(?:现在|马上|立即)")
HALF = r"(凌晨|早上|上午|中午|下午|晚上|傍晚|晚)?\s*"
TIMES = (
    HALF + r"(\d{1,2})[:：](\d{2})",
    HALF + rf"({NUMBER})[点时](半|一刻|三刻|(?:{NUMBER})分?|整)?",
)
EARLIEST = 7  # o'clock; before that a time needs 上午 or 下午
MINUTES = {"半": 30, "一刻": 15, "三刻": 45, "整": 0, None: 0, "": 0}


@dataclass(frozen=True)
class Read:
    """A moment that was read, and the words that are left."""

    moment: datetime
    rest: str


def read_moment(words: str, *, now: datetime) -> Read | None:
    """The day and the time in the words, or now; None if either is missing or cannot be."""
    if match := NOW.search(words):
        rest = f"{words[: match.start()]} {words[match.end() :]}"
        return Read(now, " ".join(rest.split()))
    found_day = read_day(words, today=day_of(now), near=Near.COMING)
    if found_day is None:
        return None
    day, rest = found_day
    for pattern in TIMES:
        if match := re.search(pattern, rest):
            found = _time(match)
            if found is None:
                return None
            left = f"{rest[: match.start()]} {rest[match.end() :]}"
            return Read(datetime.combine(day, found, CHINA), " ".join(left.split()))
    return None


def read_day(words: str, *, today: date, near: Near) -> tuple[date, str] | None:
    """The first day in the words and what is left of them; None if there is none or it cannot be."""
    found = [
        (match.start(), order, match, reader)
        for order, (pattern, reader) in enumerate(DAYS)
        if (match := pattern.search(words))
    ]
    if not found:
        return None
    _start, _order, match, reader = min(found, key=lambda one: one[:2])
    try:
        day = reader(match, today, near)
    except (ValueError, OverflowError):
        return None
    return day, f"{words[: match.start()]} {words[match.end() :]}".strip()


def names_a_day(words: str) -> bool:
    """Whether something in the words looks like a day, possible or not."""
    return any(pattern.search(words) for pattern, _reader in DAYS)


def is_day(words: str) -> bool:
    """Whether the words look like a day and nothing else, possible or not."""
    return any(pattern.fullmatch(words) for pattern, _reader in DAYS)


def names_an_hour(words: str) -> bool:
    """Whether something in the words looks like an hour, possible or not."""
    return any(re.search(pattern, words) for pattern in TIMES)


def is_ambiguous_hour(words: str) -> bool:
    """3点: in the morning or in the afternoon?"""
    for pattern in TIMES:
        if match := re.search(pattern, words):
            hour = number(match[2])
            return match[1] is None and hour is not None and 0 < hour < EARLIEST
    return False


def _time(match: re.Match[str]) -> time | None:
    half, hours, minutes = match[1], match[2], match[3]
    try:
        hour = _number(hours)
        minute = MINUTES[minutes] if minutes in MINUTES else _number(minutes.rstrip("分"))
    except ValueError:
        return None
    if half is None and 0 < hour < EARLIEST:
        return None  # 3点: nobody meets at three in the morning, and 15:00 was not said
    if half in ("晚上", "晚") and hour == 12:
        return None  # of which day?
    if (
        half in ("下午", "晚上", "傍晚", "晚", "中午")
        and hour < 12
        and not (half == "中午" and hour > 2)
    ):
        hour += 12
    if hour > 23 or minute > 59:
        return None
    return time(hour, minute)


def beside(words: str, *, today: date, month: Month | None = None) -> tuple[date | None, str]:
    """The day in front of the other words or behind them: a day inside them is part of what they say.

    With a month its bare days are read too. DayNotUnderstood for 9月31日.
    """
    line = " ".join(words.split())
    parts = re.split(rf"[{BETWEEN}]+", line.strip(BETWEEN))
    for place in dict.fromkeys((len(parts) - 1, 0)):
        day = _bare(parts[place], month) or _whole(parts[place], today)
        if day is not None:
            return day, _without(line, parts[place], is_last=place > 0)
    read = _not_ahead(line, today)
    if read is not None and line.endswith(read[1]):
        return read[0], read[1].strip(BETWEEN)
    return None, line


def _bare(words: str, month: Month | None) -> date | None:
    match = IN_MONTH.fullmatch(words) if month is not None else None
    found = number(match[1]) if match is not None else None
    if month is None or found is None:
        return None
    try:
        return date(month.year, month.month, found)
    except ValueError as error:
        raise DayNotUnderstood from error


def _whole(words: str, today: date) -> date | None:
    """The words are a day and nothing else."""
    read = _not_ahead(words, today)
    if read is not None:
        return read[0] if not read[1] else None
    if is_day(words):
        raise DayNotUnderstood
    return None


def _not_ahead(words: str, today: date) -> tuple[date, str] | None:
    """As `read_day`, but 11月19日 written on 18 November lies ahead: it is not of the year before."""
    read = read_day(words, today=today, near=Near.PAST)
    if read is None or YEAR.search(words) or read[0].year == today.year:
        return read
    day, rest = read
    if (today - day).days <= HALF_A_YEAR:
        return read
    return date(today.year, day.month, min(day.day, Month(today.year, day.month).last.day)), rest


def _without(line: str, part: str, *, is_last: bool) -> str:
    found = line[: line.rfind(part)] if is_last else line.partition(part)[2]
    return found.strip(BETWEEN)
