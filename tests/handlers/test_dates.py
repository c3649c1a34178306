"""The date reader understands how offices write, and refuses what it does not understand."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.dates import Near, names_a_day, read_day, read_moment
from records.calendar import CHINA

NOW = datetime(2026, 11, 18, 10, 0, tzinfo=CHINA)  # a Wednesday


@pytest.mark.parametrize(
    ("words", "moment", "rest"),
    [
        ("下周三下午3点 工作会议 二楼会议室", "2026-11-25 15:00", "工作会议 二楼会议室"),
        ("11月25日15:00 会议室", "2026-11-25 15:00", "会议室"),
        ("明天上午九点半", "2026-11-19 09:30", ""),
        ("今天15：30", "2026-11-18 15:30", ""),
        ("后天晚上7点一刻", "2026-11-20 19:15", ""),
        ("大后天10点", "2026-11-21 10:00", ""),
        ("周五 14:00", "2026-11-20 14:00", ""),
        ("星期三10点", "2026-11-18 10:00", ""),
        ("本周日 9点", "2026-11-22 09:00", ""),
        ("下下周一 9点", "2026-11-30 09:00", ""),
        ("2027年1月5日 9点", "2027-01-05 09:00", ""),
        ("2026-12-01 9:05", "2026-12-01 09:05", ""),
        ("十二月二十五号下午三点", "2026-12-25 15:00", ""),
        ("25日 中午12点", "2026-11-25 12:00", ""),
        ("25日 中午1点", "2026-11-25 13:00", ""),
        ("现在 工作会议", "2026-11-18 10:00", "工作会议"),
        ("下个周三 15:00", "2026-11-25 15:00", ""),
        ("下个月5号 9点", "2026-12-05 09:00", ""),
        ("1月5日 9点", "2027-01-05 09:00", ""),
        ("28号下午3点 光明社区会议室", "2026-11-28 15:00", "光明社区会议室"),
        ("明天下午3点 28号楼会议室", "2026-11-19 15:00", "28号楼会议室"),
    ],
)
def test_time_is_read(words: str, moment: str, rest: str) -> None:
    read = read_moment(words, now=NOW)

    assert read is not None
    assert (f"{read.moment:%Y-%m-%d %H:%M}", read.rest) == (moment, rest)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "下周三",
        "下午3点",
        "2月30日 9点",
        "明天25点",
        "13月1日 9点",
        "尽快",
        "明天9:75",
        "32日9点",
    ],
)
def test_what_cannot_be_is_not_read(words: str) -> None:
    assert read_moment(words, now=NOW) is None


def test_day_alone_is_read_with_what_is_left() -> None:
    assert read_day("9月12日 第一小学", today=NOW.date(), near=Near.PAST) == (
        datetime(2026, 9, 12).date(),  # noqa: DTZ001 - a day
        "第一小学",
    )


@pytest.mark.parametrize(
    ("words", "today", "day"),
    [
        ("9月12日", "2027-01-04", "2026-09-12"),
        ("9月12日", "2026-11-18", "2026-09-12"),
        ("11月18日", "2026-11-18", "2026-11-18"),
        ("昨天", "2026-11-18", "2026-11-17"),
    ],
)
def test_day_of_a_contact_lies_in_the_past(words: str, today: str, day: str) -> None:
    read = read_day(words, today=date.fromisoformat(today), near=Near.PAST)

    assert read == (date.fromisoformat(day), "")


def test_bright_primary_school_names_no_day() -> None:
    assert not names_a_day("光明小学")
    assert names_a_day("9月31日")


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_but_never_fails(words: str) -> None:
    read = read_moment(words, now=NOW)

    assert read is None or read.moment.tzinfo is CHINA
