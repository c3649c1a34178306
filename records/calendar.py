"""Calendar periods of the documents, in the one time zone of the product."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")


def day_of(moment: datetime) -> date:
    """The civil day in China on which an aware moment falls."""
    return moment.astimezone(CHINA).date()


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month: the period of 问答第6问“每月至少召开1次”."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    @property
    def key(self) -> str:
        return f"{self.year}-{self.month:02}"

    def following(self) -> Self:
        return type(self).of(self.last + timedelta(days=1))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, order=True)
class HalfYear:
    """January to June or July to December: the period of 问答第6问“每半年至少1次”."""

    year: int
    half: int

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, 1 if day.month <= 6 else 2)

    @property
    def first(self) -> date:
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def last(self) -> date:
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    @property
    def key(self) -> str:
        return f"{self.year}-H{self.half}"

    def following(self) -> Self:
        return type(self).of(self.last + timedelta(days=1))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, order=True)
class Quarter:
    """Three calendar months; only for what a community set itself (问答第6问“定期”, 规定第十二条“定期”)."""

    year: int
    quarter: int

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, (day.month + 2) // 3)

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.quarter - 2, 1)

    @property
    def last(self) -> date:
        return Month(self.year, 3 * self.quarter).last

    @property
    def key(self) -> str:
        return f"{self.year}-Q{self.quarter}"

    def following(self) -> Self:
        return type(self).of(self.last + timedelta(days=1))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, order=True)
class Year:
    """January to December: the period of 问答第6问“每年” and 规定第二十二条“每年”."""

    year: int

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year)

    @property
    def first(self) -> date:
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        return date(self.year, 12, 31)

    @property
    def key(self) -> str:
        return f"{self.year}"

    def following(self) -> Self:
        return type(self)(self.year + 1)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


Period = Month | Quarter | HalfYear | Year


def period_of(key: str) -> Period:
    """The period of a key: 2026-11, 2026-Q4, 2026-H2, 2026."""
    year, _dash, part = key.partition("-")
    if not part:
        return Year(int(year))
    if part[0] == "H":
        return HalfYear(int(year), int(part[1:]))
    if part[0] == "Q":
        return Quarter(int(year), int(part[1:]))
    return Month(int(year), int(part))
