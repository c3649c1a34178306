"""Days and times as offices write them."""

from datetime import date, datetime

from records.calendar import CHINA, HalfYear, Period, Quarter, Year

WEEKDAYS = "一二三四五六日"


def weekday(day: date) -> str:
    return f"周{WEEKDAYS[day.weekday()]}"


def day(value: date) -> str:
    """11月25日."""
    return f"{value.month}月{value.day}日"


def long_day(value: date) -> str:
    """2026年11月25日."""
    return f"{value.year}年{day(value)}"


def full_day(value: date) -> str:
    """2026年11月25日（周三）."""
    return f"{value.year}年{day(value)}（{weekday(value)}）"


def clock(moment: datetime) -> str:
    """15:00."""
    return f"{moment.astimezone(CHINA):%H:%M}"


def moment(value: datetime) -> str:
    """11月25日（周三）15:00."""
    local = value.astimezone(CHINA)
    return f"{day(local)}（{weekday(local)}）{clock(local)}"


def full_moment(value: datetime) -> str:
    """2026年11月25日（周三）15:00."""
    local = value.astimezone(CHINA)
    return f"{full_day(local)}{clock(local)}"


def period(value: Period) -> str:
    """11月, 2026年第四季度, 2026年下半年, or 2026年."""
    if isinstance(value, Year):
        return f"{value.year}年"
    if isinstance(value, HalfYear):
        return f"{value.year}年{'上' if value.half == 1 else '下'}半年"
    if isinstance(value, Quarter):
        return f"{value.year}年第{'一二三四'[value.quarter - 1]}季度"
    return f"{value.month}月"
