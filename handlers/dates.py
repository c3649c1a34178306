"""The date reader: 下周三下午3点, 11月25日15:00, 明天上午九点半. What it does not understand it refuses."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from records.calendar import CHINA, day_of

DIGITS = {word: value for value, word in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十两]{1,3})"
WEEKDAY = r"(?:周|星期|礼拜)([一二三四五六日天])"

Reader = Callable[[re.Match[str], date], date]


def number(words: str) -> int:
    """25, 二十五, 十五 and 两 as an integer."""
    if words.isdigit():
        return int(words)
    if "十" not in words:
        return DIGITS[words]
    tens, _, ones = words.partition("十")
    return (DIGITS[tens] if tens else 1) * 10 + (DIGITS[ones] if ones else 0)


def _in_week(weeks: int) -> Reader:
    def read(match: re.Match[str], today: date) -> date:
        wanted = "一二三四五六日".index(match[1].replace("天", "日"))
        return today + timedelta(days=wanted - today.weekday(), weeks=weeks)

    return read


def _next_weekday(match: re.Match[str], today: date) -> date:
    """A bare 周三: the coming one, today included."""
    wanted = "一二三四五六日".index(match[1].replace("天", "日"))
    return today + timedelta(days=(wanted - today.weekday()) % 7)


def _in_days(days: int) -> Reader:
    return lambda _match, today: today + timedelta(days=days)


def _with_year(match: re.Match[str], _today: date) -> date:
    return date(int(match[1]), int(match[2]), int(match[3]))


def _without_year(match: re.Match[str], today: date) -> date:
    return date(today.year, number(match[1]), number(match[2]))


def _in_month(match: re.Match[str], today: date) -> date:
    return date(today.year, today.month, number(match[1]))


DAYS: tuple[tuple[str, Reader], ...] = (
    (r"(20\d\d)[年./-](\d{1,2})[月./-](\d{1,2})日?", _with_year),
    (rf"({NUMBER})月({NUMBER})[日号]?", _without_year),
    (r"下下" + WEEKDAY, _in_week(2)),
    (r"下" + WEEKDAY, _in_week(1)),
    (r"(?:本|这)" + WEEKDAY, _in_week(0)),
    (WEEKDAY, _next_weekday),
    (r"大后天", _in_days(3)),
    (r"后天", _in_days(2)),
    (r"明[天日]?", _in_days(1)),
    (r"今[天日]?", _in_days(0)),
    (rf"({NUMBER})[日号]", _in_month),
)
HALF = r"(凌晨|早上|上午|中午|下午|晚上|傍晚|晚)?\s*"
TIMES = (
    HALF + r"(\d{1,2})[:：](\d{2})",
    HALF + rf"({NUMBER})[点时](半|一刻|三刻|(?:{NUMBER})分?|整)?",
)
MINUTES = {"半": 30, "一刻": 15, "三刻": 45, "整": 0, None: 0, "": 0}


@dataclass(frozen=True)
class Read:
    """A moment that was read, and the words that are left."""

    moment: datetime
    rest: str


def read_moment(words: str, *, now: datetime) -> Read | None:
    """The day and the time in the words; None if either is missing or cannot be."""
    found_day = read_day(words, today=day_of(now))
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


def read_day(words: str, *, today: date) -> tuple[date, str] | None:
    """The first day in the words and what is left of them; None if there is none or it cannot be."""
    for pattern, reader in DAYS:
        if match := re.search(pattern, words):
            try:
                found = reader(match, today)
            except (ValueError, KeyError):
                return None
            return found, f"{words[: match.start()]} {words[match.end() :]}".strip()
    return None


def _time(match: re.Match[str]) -> time | None:
    half, hours, minutes = match[1], match[2], match[3]
    try:
        hour = number(hours)
        minute = MINUTES[minutes] if minutes in MINUTES else number(minutes.rstrip("分"))
    except KeyError:
        return None
    if (
        half in ("下午", "晚上", "傍晚", "晚", "中午")
        and hour < 12
        and not (half == "中午" and hour > 2)
    ):
        hour += 12
    if hour > 23 or minute > 59:
        return None
    return time(hour, minute)
