"""The register in words: as the group, units and members, and whoever keeps it read it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.duties import (
    CLAUSES,
    NAMES,
    NOT_UNDONE,
    OF_2006,
    SET_BY_US,
    STATES,
    STATES_OUTSIDE,
)
from handlers.texts.meetings import title
from handlers.texts.office import pairs
from handlers.texts.people import address
from handlers.texts.text import Text, bold, fold, lines
from records import duties
from records.calendar import Period, day_of
from records.duties import Bearer
from records.model import Community, Duty, DutyState
from records.register import Occurrence

NAMED = 30  # units or people in one line
DONE = (
    DutyState.FULFILLED,
    DutyState.REGISTERED_LATER,
    DutyState.AFTER_PERIOD,
    DutyState.ENTERED_BEFORE_START,
)
# Of the community's own Party organisation, not of the committee: never said in the group.
NOT_IN_GROUP = (Duty.DEMOCRATIC_LIFE,)
WHOM: Mapping[Duty, str] = {
    Duty.HALF_YEAR_CONTACT: "",
    Duty.DEED: "",
    Duty.REPORT_TO_UNIT: "对单位",
    Duty.REPORT_TO_COMMITTEE: "对大党委",
}
BY_SETTING = (Duty.MUTUAL_APPRAISAL, Duty.UPWARD_REPORT, Duty.PUBLIC_REVIEW)
ENTRIES = (Duty.DEMOCRATIC_LIFE, Duty.UPWARD_REPORT, Duty.PUBLIC_REVIEW)


def of_community(community: Community, occurrences: Sequence[Occurrence], at: datetime) -> Text:
    """The community's duties and how many of its units and members have registered theirs; nobody is named."""
    shown = [one for one in _shown(occurrences, at) if one.duty not in NOT_IN_GROUP]
    return lines(
        bold(f"{community.name}例行事项"),
        *_summary(shown, STATES_OUTSIDE, named=False),
        _clauses(shown),
        NOT_UNDONE,
    )


def for_keeper(
    community: Community, occurrences: Sequence[Occurrence], waiting: int, at: datetime
) -> Text:
    """The same with names, and what waits to be confirmed."""
    shown = _shown(occurrences, at)
    return lines(
        bold(f"{community.name}例行事项"),
        f"待确认的登记{waiting}项。" if waiting else None,
        *_summary(shown, STATES, named=True),
        _clauses(shown),
        f"本助手自{dates.long_day(community.starts_on)}启用，此前未登记的显示为启用前无记录。",
        NOT_UNDONE,
    )


def _shown(occurrences: Sequence[Occurrence], at: datetime) -> list[Occurrence]:
    """What runs today, and what is over where something of it is not yet registered."""
    today = day_of(at)
    lacking = {
        (_as(one.duty), one.period) for one in occurrences if one.state is DutyState.OUTSTANDING
    }
    return [
        one for one in occurrences if _runs(one, today) or (_as(one.duty), one.period) in lacking
    ]


def _runs(one: Occurrence, today: date) -> bool:
    """Whether it is the running period: of the mutual appraisal until its window ends."""
    if one.duty is Duty.MUTUAL_APPRAISAL:
        return one.state is not DutyState.BEFORE_START and one.period.year in (
            today.year,
            today.year - (today.month == 1),
        )
    return today in one.period


def _summary(
    shown: Sequence[Occurrence], states: Mapping[DutyState, str], *, named: bool
) -> Iterator[str]:
    """A line for each duty and period; the earlier period first."""
    order = list(Duty)
    ordered = sorted(shown, key=lambda one: (order.index(_as(one.duty)), one.period.first))
    for (duty, period), found in groupby(ordered, key=lambda one: (_as(one.duty), one.period)):
        yield from _lines(duty, period, list(found), states, named=named)


def _as(duty: Duty) -> Duty:
    """The two duty reports of a member stand in one line."""
    return Duty.REPORT_TO_UNIT if duty is Duty.REPORT_TO_COMMITTEE else duty


def _lines(
    duty: Duty,
    period: Period,
    found: Sequence[Occurrence],
    states: Mapping[DutyState, str],
    *,
    named: bool,
) -> Iterator[str]:
    if duties.KINDS[duty].bearer is Bearer.COMMUNITY:
        yield f"{dates.period(period)}{NAMES[duty]}：{states[found[0].state]}{_when(found[0])}"
        return
    counts = Counter("done" if one.state in DONE else "open" for one in found if _counts(one))
    if not counts:
        return
    is_unit = duties.KINDS[duty].bearer is Bearer.UNIT
    name, measure = (NAMES[duty], "个单位") if is_unit else ("兼职委员述职", "项")
    yield (
        f"{dates.period(period)}{name}：已登记{counts['done']}{measure}，"
        f"尚未登记{counts['open']}{measure}"
    )
    if named:
        yield from _names([one for one in found if one.state.is_open])


def _names(found: Sequence[Occurrence]) -> Iterator[str]:
    """Who has not registered yet: the units, or the members for each of their two reports."""
    ordered = sorted(found, key=lambda one: list(WHOM).index(one.duty))
    for duty, owing in groupby(ordered, key=lambda one: one.duty):
        names = [_name(one) for one in owing]
        more = "等" if len(names) > NAMED else ""
        yield f"{WHOM[duty]}尚未登记：{'、'.join(names[:NAMED])}{more}。"


def _counts(one: Occurrence) -> bool:
    return one.state in DONE or one.state.is_open


def _name(one: Occurrence) -> str:
    if one.unit is not None:
        return one.unit.name
    return one.person.name if one.person is not None else ""


def _when(one: Occurrence) -> str:
    """What fulfilled it, by the day it happened; both days of what was registered later."""
    if one.meetings:
        meeting = one.meetings[0]
        return f"（{dates.moment(meeting.opened_at or meeting.starts_at)}，{title(meeting)}）"
    if not one.facts:
        return ""
    fact = one.facts[0]
    recorded = day_of(fact.recorded_at)
    if one.state in (DutyState.REGISTERED_LATER, DutyState.AFTER_PERIOD):
        return f"（{dates.long_day(fact.on)}开展，{dates.long_day(recorded)}登记）"
    return f"（{dates.full_day(fact.on)}）"


def _clauses(shown: Iterable[Occurrence]) -> Text:
    """Where each of them is asked for, folded; what the community set itself is said to be so."""
    found = dict.fromkeys(_as(one.duty) for one in shown)
    cited: dict[str, list[str]] = {}
    for where, clause in dict.fromkeys(CLAUSES[duty] for duty in found):
        cited.setdefault(where, []).append(f"“{clause}”")
    words = [f"{where}{'；'.join(clauses)}" for where, clauses in cited.items()]
    if any(duty in BY_SETTING for duty in found):
        words.append(f"双述双评起止日期、“定期”的频次：{SET_BY_US}。")
    if Duty.DEMOCRATIC_LIFE in found:
        words.append(OF_2006)
    return fold("依据：" + "\n".join(words))


def own(community: Community, mine: Sequence[Occurrence], at: datetime) -> Text:
    """A unit's or a member's own, to the liaison or the member."""
    shown = _shown(mine, at)
    first = mine[0]
    whose = first.unit.name if first.unit is not None else ""
    if not whose and first.person is not None:
        whose = address(first.person)
    return lines(
        bold(f"{whose}例行事项（{community.name}）"),
        *(
            f"{dates.period(one.period)}{NAMES[one.duty]}：{_own_state(one)}{_when(one)}"
            for one in shown
        ),
        _clauses(shown),
        "已开展的，点下面的按钮登记即可，不用传照片。" if own_buttons(shown) else None,
        NOT_UNDONE,
    )


def _own_state(one: Occurrence) -> str:
    words = STATES_OUTSIDE[one.state]
    return f"{words}，待工作人员确认" if one.awaits_confirmation else words


REGISTER: Mapping[Duty, tuple[str, str]] = {
    Duty.HALF_YEAR_CONTACT: ("登记联系沟通", "contact"),
    Duty.DEED: ("登记实事好事", "deed"),
    Duty.REPORT_TO_UNIT: ("登记述职", "report"),
    Duty.REPORT_TO_COMMITTEE: ("登记述职", "report"),
}


def own_buttons(mine: Sequence[Occurrence]) -> tuple[tuple[Button, ...], ...]:
    wanted = dict.fromkeys(REGISTER[one.duty] for one in mine if one.state.is_open)
    return tuple((Button(label, action),) for label, action in wanted)


def keeper_buttons(
    community: Community, occurrences: Sequence[Occurrence], *, waiting: int
) -> tuple[tuple[Button, ...], ...]:
    """What is registered from here: entries of the Party organisation, copies; and what was registered."""
    entries = dict.fromkeys(one.duty for one in occurrences if one.duty in ENTRIES)
    keys = [
        Button(f"登记{SHORT[duty]}", "entry", f"{community.id}:{duty.value}") for duty in entries
    ]
    if any(one.duty is Duty.MUTUAL_APPRAISAL and one.meetings for one in occurrences):
        keys.append(Button("抄报清单", "copies", str(community.id)))
    keys.append(Button(f"登记明细（待确认{waiting}）" if waiting else "登记明细", "facts"))
    keys.append(Button("历史登记补录表", "pastfacts", f"{community.id}"))
    return pairs(keys)


SHORT: Mapping[Duty, str] = {
    Duty.DEMOCRATIC_LIFE: "民主生活会",
    Duty.UPWARD_REPORT: "共建情况报告",
    Duty.PUBLIC_REVIEW: "群众监督评议",
}
