"""The roll-up of a subdistrict in words: one line of numbers, then only what is not yet registered."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.duties import NAMES, NOT_UNDONE, STATES_OUTSIDE, basis
from handlers.texts.meetings import KINDS
from handlers.texts.office import pairs
from handlers.texts.text import Text, bold, fold, lines
from records.calendar import Month, Period, Year, day_of
from records.model import Community, Duty, DutyState, MeetingState, Roll, Staff
from records.overview import Matter, Overview, Sight
from records.sharing import Share

PAGE = 20  # communities
LATE = "（补发）"
NONE_YET = "还没有已接入的社区。"
BACK = Button("返回", "overview", "back")
# What is counted in a community; of a meeting it is the community itself.
COUNTED: Mapping[Duty, str] = {
    Duty.HALF_YEAR_CONTACT: "个单位",
    Duty.DEED: "个单位",
    Duty.REPORT_TO_COMMITTEE: "项",
}
MATTERS: Mapping[Duty, str] = {
    Duty.MONTHLY_MEETING: "会议",
    Duty.HALF_YEAR_CONTACT: "联系沟通",
    Duty.DEED: "实事好事",
    Duty.REPORT_TO_COMMITTEE: "述职",
    Duty.MUTUAL_APPRAISAL: "双述双评",
}
HOW: Mapping[Duty, str] = {
    Duty.MONTHLY_MEETING: "已召开的，发送 /newmeeting 补录",
    Duty.HALF_YEAR_CONTACT: "已联系的，发送 /contact 登记",
    Duty.DEED: "已办的，发送 /deed 登记",
    Duty.REPORT_TO_COMMITTEE: "已述职的，发送 /report 登记",
    Duty.MUTUAL_APPRAISAL: "已召开的，发送 /newmeeting 补录",
}
SILENT = (DutyState.BEFORE_START, DutyState.NOT_APPLICABLE, DutyState.LEFT)


def overview(found: Overview, today: date, *, is_late: bool = False) -> Text:
    """The line of numbers, and what else is not registered; names only behind the buttons."""
    late = LATE if is_late else ""
    if not found.communities:
        waiting = f"待接入确认{found.awaiting}件，请发送 /approve 办理。" if found.awaiting else ""
        return lines(f"{late}{NONE_YET}{waiting}")
    others = "；".join(_others(found, today))
    return lines(
        f"{late}{'；'.join(_parts(found, today))}。",
        f"另有尚未登记：{others}。" if others else None,
        NOT_UNDONE,
    )


def _parts(found: Overview, today: date) -> Iterator[str]:
    total, month = len(found.communities), dates.period(found.month)
    yield (
        f"{total}个社区：{month}会议已登记{len(found.held)}，已排期{len(found.planned)}，"
        f"尚无安排{len(found.unplanned)}"
    )
    for matter, numbers in found.outstanding.items():
        if matter.duty is Duty.HALF_YEAR_CONTACT and numbers:
            yield (
                f"{when(matter.period, today)}联系沟通尚未登记单位{sum(numbers.values())}个，"
                f"分布{len(numbers)}个社区"
            )
    if found.awaiting:
        yield f"待接入确认{found.awaiting}件"


def _others(found: Overview, today: date) -> Iterator[str]:
    for matter, numbers in found.outstanding.items():
        if matter.duty is not Duty.HALF_YEAR_CONTACT and numbers:
            yield f"{_named(matter, today)}{len(numbers)}个社区"


def _named(matter: Matter, today: date) -> str:
    return f"{when(matter.period, today)}{MATTERS[matter.duty]}"


def when(period: Period, today: date) -> str:
    """上半年, with its year where that is another than today's; a year always by its number."""
    words = dates.period(period)
    if isinstance(period, (Month, Year)) or period.year != today.year:
        return words
    return words.partition("年")[2]


def is_running(matter: Matter, today: date) -> bool:
    """Whether it is the running month's meeting: it is listed where it is neither registered nor called."""
    return today in matter.period


def label(matter: Matter, today: date) -> str:
    """11月会议尚无安排, 上半年联系沟通尚未登记."""
    missing = "尚无安排" if is_running(matter, today) else "尚未登记"
    return f"{_named(matter, today)}{missing}"


def overview_buttons(found: Overview, today: date) -> tuple[tuple[Button, ...], ...]:
    return (*exception_buttons(found, today), *TOOLS)


TOOLS = (
    (Button("全部社区", "everyone", "0"), Button("导出年底汇总", "yearsum")),
    (Button("下发文件", "rollout"), Button("评分表", "sheetfile")),
)


def exception_buttons(found: Overview, today: date) -> tuple[tuple[Button, ...], ...]:
    return tuple(
        (Button(label(matter, today), "exception", f"{matter_words(matter)}:0"),)
        for matter in found.exceptions
    )


def matter_words(matter: Matter) -> str:
    """As a button carries it: P2:2026-H1."""
    return f"{matter.duty.value}:{matter.period.key}"


def exceptions(
    matter: Matter, shown: Sequence[tuple[Community, int]], total: tuple[int, int], today: date
) -> Text:
    """A page of communities with their numbers; `total` is of communities and of what is counted."""
    counted = COUNTED.get(matter.duty)
    several = f"，共{total[1]}{counted}" if counted else ""
    return lines(
        bold(f"{label(matter, today)}：{total[0]}个社区{several}"),
        *(f"{one.name}{f'　{number}{counted}' if counted else ''}" for one, number in shown),
        basis(matter.duty),
        NOT_UNDONE,
    )


def community_buttons(
    shown: Sequence[Community], *, matter: Matter | None, page: int, has_more: bool
) -> tuple[tuple[Button, ...], ...]:
    """A button for each community, then the pages."""
    about = f":{matter_words(matter)}" if matter is not None else ""
    keys = pairs([Button(one.name, "sight", f"{one.id}{about}") for one in shown])
    action, words = ("exception", f"{about[1:]}:") if about else ("everyone", "")
    turns = []
    if page:
        turns.append(Button("上一页", action, f"{words}{page - 1}"))
    if has_more:
        turns.append(Button("下一页", action, f"{words}{page + 1}"))
    return (*keys, *((tuple(turns),) if turns else ()), (BACK,))


def everyone(total: int) -> Text:
    return Text(f"已接入{total}个社区，请选择：" if total else NONE_YET)


def sight(found: Sight, shares: Sequence[Share], today: date) -> Text:
    """One community: states, and of each meeting of the year the numbers. Nobody is named."""
    meetings = [_meeting(roll) for roll in found.rolls]
    return lines(
        bold(found.community.name),
        *_states(found, today),
        *(
            f"社区提供{one.year}年台账，用途：{one.purpose}（{dates.long_day(one.granted_on)}）"
            for one in shares
        ),
        f"{today.year}年会议：" if meetings else f"{today.year}年没有登记会议。",
        fold(lines(*meetings)) if meetings else None,
        NOT_UNDONE,
    )


def _states(found: Sight, today: date) -> Iterator[str]:
    """会议：10月尚未登记；11月已登记. A line for each matter, the period before and the running one."""
    stands: dict[Duty, list[str]] = {}
    for matter, numbers in found.states.items():
        counted = {state: count for state, count in numbers.items() if state not in SILENT}
        if counted:
            words = "，".join(
                _state(matter, state, counted) for state in DutyState if state in counted
            )
            stands.setdefault(matter.duty, []).append(f"{when(matter.period, today)}{words}")
    for duty, several in stands.items():
        yield f"{MATTERS.get(duty, NAMES[duty])}：{'；'.join(several)}"


def _state(matter: Matter, state: DutyState, counted: Mapping[DutyState, int]) -> str:
    unit = COUNTED.get(matter.duty)
    return f"{STATES_OUTSIDE[state]}{f'{counted[state]}{unit}' if unit else ''}"


def _meeting(roll: Roll) -> str:
    """11月25日（周三）工作会议：应到9人，实到6人."""
    meeting = roll.meeting
    on = day_of(meeting.opened_at or meeting.starts_at)
    numbers = f"应到{roll.expected}人，实到{roll.present}人"
    not_held = {
        MeetingState.NOT_HELD: "，因到会人数不足未召开",
        MeetingState.TALK: "，仅作座谈、通报登记",
    }.get(meeting.state, "")
    return f"{dates.day(on)}（{dates.weekday(on)}）{KINDS[meeting.kind]}：{numbers}{not_held}"


def sight_buttons(
    community: Community, shares: Sequence[Share], *, matter: Matter | None
) -> tuple[tuple[Button, ...], ...]:
    """Asking only in an exception; the ledger only where it is shared, else why it is not."""
    asking: tuple[tuple[Button, ...], ...] = ()
    back = Button("返回", "everyone", "0")
    if matter is not None:
        words = f"{community.id}:{matter_words(matter)}"
        asking = ((Button("请社区补充登记", "askcommunity", words),),)
        back = Button("返回", "exception", f"{matter_words(matter)}:0")
    ledgers = [
        Button(f"{one.year}年台账", "sharedledger", f"{community.id}:{one.year}") for one in shares
    ]
    return (
        *asking,
        tuple(ledgers) or (Button("查看台账", "sharedledger", str(community.id)),),
        (back,),
    )


def asked(community: Community, matter: Matter, today: date) -> str:
    """The toast."""
    return f"已请{community.name}补充登记{_named(matter, today)}。"


def request(one: Staff, community: Community, matter: Matter, number: int, today: date) -> Text:
    """To the community's worker."""
    counted = COUNTED.get(matter.duty)
    missing = f"，尚未登记{number}{counted}" if counted else "，尚未登记"
    named = _named(matter, today)
    return lines(
        f"{one.subdistrict}请{community.name}补充登记：{named}{missing}。",
        basis(matter.duty),
        f"{HOW[matter.duty]}；没有开展的不用登记。{NOT_UNDONE}",
    )


def which_year(years: Sequence[int]) -> tuple[tuple[Button, ...], ...]:
    keys = tuple(Button(f"{year}年", "yearsum", str(year)) for year in years)
    return (keys, (BACK,))


WHICH_YEAR = "请选择年底汇总的年份："
