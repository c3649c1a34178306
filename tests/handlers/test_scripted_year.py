"""A year of meetings through the rehearsal's server: the exported workbook equals what happened."""

import io
from datetime import date, datetime, timedelta
from typing import Any

from openpyxl import load_workbook

from handlers.files.meeting_tables import MEETINGS
from handlers.texts import dates
from records.calendar import CHINA
from records.workdays import Workdays
from tests.chat import FULL_TIMER, MEMBER, PART_TIMERS, SECRETARY, WORKER, Chat

TEAM = (SECRETARY, FULL_TIMER, MEMBER, *PART_TIMERS)
# month: who is away by leave, who stays away without a word
AWAY: dict[int, tuple[tuple[str, ...], tuple[str, ...]]] = {
    1: ((), ()),
    2: ((MEMBER,), ()),
    3: ((MEMBER, PART_TIMERS[0]), (PART_TIMERS[1],)),
    4: ((), PART_TIMERS[:4]),
    5: ((PART_TIMERS[5],), ()),
    6: (PART_TIMERS[:2], ()),
    7: ((), (FULL_TIMER,)),
    8: ((SECRETARY,), ()),
    9: ((), ()),
    10: ((MEMBER,), PART_TIMERS[2:5]),
    11: ((), ()),
}


async def test_exported_ledger_equals_the_year(chat: Chat) -> None:
    expected = [await held(chat, month, *AWAY[month]) for month in AWAY]
    await chat.says(WORKER, "/export", private=True, at=moment(12) + timedelta(days=5))
    await chat.presses(WORKER, "2027年台账", private=True)

    name = next(reversed(chat.group.telegram.files))
    rows = table(chat.group.telegram.files[name])
    assert [
        (row["日期时间"], row["应到"], row["实到"], row["请假"], row["未到"], row["结果"])
        for row in rows
    ] == expected


async def held(
    chat: Chat, month: int, excused: tuple[str, ...], absent: tuple[str, ...]
) -> tuple[Any, ...]:
    """A meeting from its line to its confirmed list; what the ledger must say of it."""
    at = moment(month)
    await chat.says(WORKER, f"/newmeeting {at:%Y-%m-%d %H:%M} 工作会议 二楼会议室", at=before(at))
    await chat.presses(WORKER, "对")
    for name in excused:
        await chat.says(name, "/leave", private=True)
    await chat.says(WORKER, "/opensign", at=at)
    for name in TEAM:
        if name not in (*excused, *absent):
            await chat.presses(name, "我已到会", at=chat.group.clock.now() + timedelta(seconds=20))
    await chat.says(WORKER, "/closesign", at=at + timedelta(minutes=30))
    await chat.presses(WORKER, "确认名单", private=True)
    present = len(TEAM) - len(excused) - len(absent)
    result = f"已召开，计入{month}月会议" if present >= 6 else "因到会人数不足未召开"
    return dates.full_moment(at), len(TEAM), present, len(excused), len(absent), result


def moment(month: int) -> datetime:
    day = Workdays().first_workday(date(2027, month, 14))
    return datetime(2027, month, day.day, 15, 0, tzinfo=CHINA)


def before(at: datetime) -> datetime:
    return at - timedelta(days=3)


def table(content: bytes) -> list[dict[str, Any]]:
    """The rows of the first sheet below its headings."""
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    lines = list(sheet.iter_rows(values_only=True))
    heading = next(line for line in lines if line[0] == MEETINGS[0].heading)
    found = lines[lines.index(heading) + 1 :]
    names = [str(name) for name in heading]
    rows: list[dict[str, Any]] = [dict(zip(names, line, strict=True)) for line in found]
    return [row for row in rows if isinstance(row["序号"], int)]
