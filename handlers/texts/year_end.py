"""The list that lies in 年底材料: what is in it, and what is missing."""

from collections.abc import Iterator, Sequence

from handlers.texts import dates
from handlers.texts import files as texts
from handlers.texts.meetings import FOR_REFERENCE, KINDS
from handlers.texts.obligations import NOT_UNDONE, STATES
from records import rules, yearbook
from records.calendar import Month, day_of
from records.model import Duty, DutyState, MeetingState
from records.yearbook import Standing, Yearbook

LIST = "清单.txt"
SUMMARIES, RECORDS, TABLES, PICTURES = "签到汇总", "会议记录草稿", "表格（CSV）", "图片"
NOT_KEPT = "走访、实事好事、述职、评价结果抄报：不在本助手的登记范围，有材料的请另附。"
DRAFTS = "会议记录为草稿，标有（待补充）处请补齐后签字。"
NOT_SETTLED = "恰为半数，尚未认定"
NOTHING = "登记中没有发现缺项。"


def listing(book: Yearbook, paths: Sequence[str]) -> str:
    """Plain text with the line ends of Windows."""
    missing = list(_missing(book)) or [NOTHING]
    drafts = [DRAFTS] if any(path.startswith(RECORDS) for path in paths) else []
    return "\r\n".join(
        (
            f"{texts.owner(book.community, book.year)}年底材料清单",
            f"{texts.day(book.exported_on)}导出",
            "",
            "一、已有材料",
            *(f"{number}. {path}" for number, path in enumerate(paths, start=1)),
            "",
            "二、尚缺",
            *(f"{number}. {words}" for number, words in enumerate(missing, start=1)),
            "",
            "三、说明",
            NOT_KEPT,
            *drafts,
            FOR_REFERENCE,
            NOT_UNDONE,
            "",
        )
    )


def _missing(book: Yearbook) -> Iterator[str]:
    yield from _months(book)
    for number, entry in enumerate(book.meetings, start=1):
        meeting = entry.meeting
        day = dates.day(day_of(meeting.starts_at))
        named = f"台账第{number}号（{day}{KINDS[meeting.kind]}）"
        if meeting.is_over and meeting.confirmed_at is None:
            yield f"{named}：名单尚未确认"
        if meeting.state in (MeetingState.PLANNED, MeetingState.OPEN):
            yield f"{named}：尚无结果"
        for vote in entry.votes:
            verdict = rules.vote_result(meeting.kind, vote, entry.roll.settings)
            if verdict is rules.Majority.EXACTLY_HALF and vote.settlement is None:
                yield f"{named}：“{vote.title}”{NOT_SETTLED}"
    open_ones = sum(one.done_on is None for entry in book.meetings for one in entry.resolutions)
    if open_ones:
        yield f"议定事项未办结{open_ones}项，见台账“议定事项”"
    yield from _contacts(book)


def _months(book: Yearbook) -> Iterator[str]:
    """The months without a working or joint meeting (问答第6问), by the day it was held."""
    before, missing = [], []
    for month in (Month(book.year, number) for number in range(1, 13)):
        if any(rules.counts_for(entry.meeting, month) for entry in book.meetings):
            continue
        if month.last < book.community.starts_on:
            before.append(dates.period(month))
        elif month.first <= book.exported_on:
            state = rules.state(
                Duty.MONTHLY_MEETING, month, fulfilled=False, today=book.exported_on
            )
            missing.append(f"{dates.period(month)}会议：{STATES[state]}")
    if before:
        yield f"{'、'.join(before)}会议：{texts.STANDINGS[Standing.BEFORE_START]}"
    yield from missing


def _contacts(book: Yearbook) -> Iterator[str]:
    for place, half in enumerate(yearbook.halves(book.year)):
        standings = [entry.standings[place] for entry in book.contacts.units]
        for standing in (Standing.OUTSTANDING, Standing.NEAR_END, Standing.UPCOMING):
            if count := standings.count(standing):
                yield (
                    f"{dates.period(half)}联系沟通：{texts.STANDINGS[standing]}{count}个单位，"
                    f"见台账“{STATES[DutyState.OUTSTANDING]}”"
                )
