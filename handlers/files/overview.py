"""年底汇总: a subdistrict's communities in administrative order, what is registered and what is not; no score, no colour."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from handlers.conversation import Attachment, Message
from handlers.files import archive, sheets
from handlers.files.sheets import Column, Table
from handlers.texts import dates
from handlers.texts.duties import NOT_UNDONE, STATES_OUTSIDE
from handlers.texts.text import lines
from records import jobs, subdistrict_year, subdistricts
from records.calendar import HalfYear, Month, Period, Year, day_of
from records.database import Transaction
from records.errors import NotStaff
from records.model import Duty, DutyState, Staff
from records.overview import Matter
from records.subdistrict_year import Line, SubdistrictYear

KIND = "subdistrict_year"
NAME = "年底汇总"
NOTE = (
    f"{NOT_UNDONE}“9/10”为应登记10个、已登记9个。述职按项计，不列姓名。"
    "本表不计算考核分，不排名；电子记录仅作工作参考，以组织部门要求为准。"
)
NONE, NOT_HELD = "无", "—"
RESULTS, COMMITTEE = "评价结果", "社区“大党委”"
AS_WRITTEN = "评价结果按社区登记的原样列出，不汇总、不计算、不排名。"
RESULT_COLUMNS = (
    Column("社区", 30),
    Column("双述双评会议日期", 30),
    Column("单位", 50),
    Column("评价结果", 30, is_centred=True),
)
COLUMNS = (
    Column("序号", 6, is_centred=True),
    Column("社区", 20),
    Column("会议：尚未登记的月份", 22),
    Column("联系沟通：上半年（单位）", 13),
    Column("联系沟通：下半年（单位）", 13),
    Column("实事好事（单位）", 13),
    Column("述职（项）", 13),
    Column("双述双评会议", 16),
    Column("评价结果抄报（单位）", 13),
    Column("民主生活会", 16),
)
REGISTERED = (DutyState.FULFILLED, DutyState.REGISTERED_LATER, DutyState.AFTER_PERIOD)
OWING = (
    *REGISTERED,
    DutyState.OUTSTANDING,
    DutyState.NEAR_END,
    DutyState.UPCOMING,
    DutyState.NOT_BEGUN,
)


async def order(db: Transaction, one: Staff, *, year: int, chat_id: int, at: datetime) -> None:
    body = {"staff": one.id, "year": year, "chat": chat_id, "at": at.isoformat()}
    await jobs.put(db, kind=KIND, chat_id=chat_id, body=json.dumps(body), at=at)


async def gather(db: Transaction, body: str) -> SubdistrictYear:
    """Whoever asked must still be of the subdistrict. NotStaff."""
    asked = json.loads(body)
    one = await subdistricts.of_account(db, user_id=asked["chat"])
    if one.id != asked["staff"]:
        raise NotStaff
    on = day_of(datetime.fromisoformat(asked["at"]))
    return await subdistrict_year.of(db, one.subdistrict, year=asked["year"], on=on)


def render(facts: SubdistrictYear) -> Message:
    """Slow: runs outside any transaction."""
    owner = f"{facts.subdistrict}{facts.year}年"
    name = archive.name(
        facts.subdistrict, f"{facts.year}年{NAME}（{dates.long_day(facts.on)}导出）.xlsx"
    )
    lined = list(subdistrict_year.lines(facts))
    tables = [table(facts, lined), *results(lined)]
    content = sheets.workbook(tables, owner=owner, on=facts.on)
    words = lines(f"{owner}{NAME}已导出：{len(facts.communities)}个社区。", NOT_UNDONE)
    return Message(words, attachment=Attachment(name, content))


def table(facts: SubdistrictYear, lined: Sequence[Line]) -> Table:
    rows = [_row(number, line, facts) for number, line in enumerate(lined, start=1)]
    return Table(NAME, COLUMNS, rows, note=NOTE)


def results(lined: Sequence[Line]) -> list[Table]:
    """Of the mutual appraisals, if any are registered: as they were written."""
    rows = [
        (line.community.name, dates.long_day(on), result.unit or COMMITTEE, result.words)
        for line in lined
        for on, result in line.results
    ]
    return [Table(RESULTS, RESULT_COLUMNS, rows, note=AS_WRITTEN)] if rows else []


def _row(number: int, line: Line, facts: SubdistrictYear) -> Sequence[str | int]:
    first, second, year = HalfYear(facts.year, 1), HalfYear(facts.year, 2), Year(facts.year)
    appraisal, life = Duty.MUTUAL_APPRAISAL, Duty.DEMOCRATIC_LIFE
    return (
        number,
        line.community.name,
        _months(line),
        _share(line, Duty.HALF_YEAR_CONTACT, first),
        _share(line, Duty.HALF_YEAR_CONTACT, second),
        _share(line, Duty.DEED, year),
        _share(line, Duty.REPORT_TO_COMMITTEE, year),
        _days(line.appraised_on) or _state(line, appraisal, year),
        f"{line.copies[0]}/{line.copies[1]}" if line.copies is not None else NOT_HELD,
        _days(line.democratic_on) or _state(line, life, year),
    )


def _months(line: Line) -> str:
    """The months in which no meeting is registered."""
    missing = [
        matter.period
        for matter, numbers in line.states.items()
        if matter.duty is Duty.MONTHLY_MEETING
        and numbers.get(DutyState.OUTSTANDING)
        and isinstance(matter.period, Month)
    ]
    return "、".join(dates.period(month) for month in sorted(missing)) or NONE


def _share(line: Line, duty: Duty, period: Period) -> str:
    """9/10: how many are registered of those that owe; what happened after the period is said so."""
    numbers = line.states.get(Matter(duty, period), {})
    owing = sum(numbers.get(state, 0) for state in OWING)
    if not owing:
        return _only(numbers)
    if owing == numbers.get(DutyState.NOT_BEGUN):
        return STATES_OUTSIDE[DutyState.NOT_BEGUN]
    done = sum(numbers.get(state, 0) for state in REGISTERED)
    late = numbers.get(DutyState.AFTER_PERIOD, 0)
    return f"{done}/{owing}" + (f"（其中期后登记{late}）" if late else "")


def _only(numbers: Mapping[DutyState, int]) -> str:
    """Where nobody owes anything: what was entered from before the start, or why there is nothing."""
    if entered := numbers.get(DutyState.ENTERED_BEFORE_START):
        return f"{STATES_OUTSIDE[DutyState.ENTERED_BEFORE_START]}{entered}"
    state = DutyState.BEFORE_START
    return STATES_OUTSIDE[state if numbers.get(state) else DutyState.NOT_APPLICABLE]


def _state(line: Line, duty: Duty, period: Period) -> str:
    numbers = line.states.get(Matter(duty, period), {})
    return "、".join(STATES_OUTSIDE[state] for state in numbers) or NOT_HELD


def _days(found: Sequence[date]) -> str:
    return "、".join(dates.long_day(one) for one in found)
