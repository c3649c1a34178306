"""The list that lies in 年底材料: what is in it, and what is missing."""

from collections.abc import Iterator, Mapping, Sequence

from handlers.texts import dates
from handlers.texts import files as texts
from handlers.texts.duties import NAMES, NOT_UNDONE, STATES
from handlers.texts.meetings import FOR_REFERENCE, KINDS
from records import duties, rules
from records.calendar import Period, day_of
from records.duties import Bearer
from records.model import Duty, DutyState, MeetingState
from records.yearbook import Yearbook

LIST = "清单.txt"
SUMMARIES, RECORDS, VISITS = "签到汇总", "会议记录草稿", "走访联系记录表"
TABLES, PICTURES = "表格（CSV）", "图片"
NOT_KEPT = "签字原件、述职全文、填好的评分表：本助手不保存，有材料的请另附。"
DRAFTS = "会议记录为草稿，标有（待补充）处请补齐后签字。"
NOT_SETTLED = "恰为半数，尚未认定"
NOTHING = "登记中没有发现缺项。"
MISSING = (DutyState.BEFORE_START, DutyState.OUTSTANDING, DutyState.NEAR_END, DutyState.UPCOMING)
COUNTED = {Bearer.UNIT: "个单位", Bearer.MEMBER: "人"}


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
    for duty in duties.KINDS:
        if duties.KINDS[duty].bearer is Bearer.COMMUNITY:
            yield from _own(book, duty)
        else:
            yield from _owed(book, duty)
    not_sent = {one.unit.id for one in book.copies if one.unit is not None and one.sent is None}
    if not_sent:
        yield f"{NAMES[Duty.COPY]}：尚未抄报{len(not_sent)}个单位，见台账“抄报”"
    to_confirm = sum(one.confirmed_at is None for one in book.registrations)
    if to_confirm:
        yield f"社区尚未确认的登记{to_confirm}项"
    yield from _meetings(book)


def _own(book: Yearbook, duty: Duty) -> Iterator[str]:
    """What the community owes: 会议（7月、8月）：尚未登记."""
    for state, periods in _grouped(book, duty).items():
        if state in MISSING:
            when = "、".join(dates.period(period) for period in periods)
            yield f"{NAMES[duty]}（{when}）：{STATES[state]}"


def _owed(book: Yearbook, duty: Duty) -> Iterator[str]:
    """What units and members owe: 实事好事（2026年）：尚未登记3个单位."""
    counted = COUNTED[duties.KINDS[duty].bearer]
    found = _grouped(book, duty)
    for period in sorted({period for periods in found.values() for period in periods}):
        for state in MISSING:
            if count := found.get(state, []).count(period):
                where = f"，见台账“{STATES[DutyState.OUTSTANDING]}”" if state.is_open else ""
                yield (
                    f"{NAMES[duty]}（{dates.period(period)}）："
                    f"{STATES[state]}{count}{counted}{where}"
                )


def _grouped(book: Yearbook, duty: Duty) -> Mapping[DutyState, list[Period]]:
    found: dict[DutyState, list[Period]] = {}
    for one in book.register:
        if one.duty is duty:
            found.setdefault(one.state, []).append(one.period)
    return found


def _meetings(book: Yearbook) -> Iterator[str]:
    """What is missing in the ledger of meetings."""
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
