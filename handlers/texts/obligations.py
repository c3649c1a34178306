"""What is said about duties: the register, and the reminders that follow from it."""

from collections.abc import Sequence
from datetime import date

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.meetings import title
from handlers.texts.text import Text, bold, lines
from records import workdays
from records.calendar import HalfYear, Month
from records.model import Community, Contact, DutyState, Meeting, Occurrence, Unit

NOT_UNDONE = "尚未登记不等于未开展。"
MONTHLY = "依据：问答第6问“每月至少召开1次工作会议或党建联席会议”"
HALF_YEARLY = "依据：问答第6问“定期联系沟通,每半年至少1次”"
NOT_ANNOUNCED = "（调休安排待公布）"

STATES = {
    DutyState.UPCOMING: "未到期",
    DutyState.NEAR_END: "临近期末",
    DutyState.FULFILLED: "已登记",
    DutyState.OUTSTANDING: "尚未登记",
}


def register(
    community: Community,
    *,
    month: Month,
    meeting: Meeting | None,
    meeting_state: DutyState,
    half: HalfYear,
    registered: int,
    outstanding: int,
    unit_names: Sequence[str] = (),
) -> Text:
    """The community's duties; units are named to workers in private only."""
    met = f"{dates.period(month)}会议：{STATES[meeting_state]}"
    if meeting is not None:
        met += f"（{dates.moment(meeting.opened_at or meeting.starts_at)}，{title(meeting)}）"
    return lines(
        bold(f"{community.name}例行事项"),
        met,
        f"{dates.period(half)}联系沟通：已登记{registered}个单位，尚未登记{outstanding}个单位",
        f"尚未登记的单位：{'、'.join(unit_names)}。" if unit_names else None,
        MONTHLY,
        HALF_YEARLY,
        NOT_UNDONE,
    )


def unit_register(unit: Unit, half: HalfYear, contact: Contact | None, state: DutyState) -> Text:
    done = f"（{dates.full_day(contact.on)}）" if contact else ""
    return lines(
        bold(f"{unit.name}例行事项"),
        f"{dates.period(half)}联系沟通：{STATES[state]}{done}",
        HALF_YEARLY,
        None if contact else "如已联系，发送 /contact 即可登记，不用传照片。",
        NOT_UNDONE,
    )


def monthly_meeting(occurrence: Occurrence) -> Text:
    """P1, to the Party-affairs worker; the last one to the Party secretary too."""
    community, month = occurrence.obligation.community, dates.period(occurrence.period)
    planned = occurrence.planned
    if occurrence.stage == 0:
        result = f"{community.name}大党委{month}会议还没有安排。"
    elif planned is not None:
        result = f"{community.name}大党委{month}会议已安排在{dates.moment(planned.starts_at)}，还没有召开。"
    else:
        result = f"{community.name}大党委{month}会议还没有登记。"
    return lines(
        _late(occurrence) + result,
        MONTHLY,
        "可用 /newmeeting 安排会议，当天签到后计入本月。",
        _unannounced(occurrence.period.last),
    )


def half_year_contact(occurrence: Occurrence, *, name: str) -> Text:
    """P2, to the liaison of the unit."""
    community, half = occurrence.obligation.community, occurrence.period
    half_name = "今年" + dates.period(half).partition("年")[2]
    return lines(
        f"{_late(occurrence)}{name}您好。贵单位{half_name}与{community.name}大党委的联系沟通，目前还没有登记。",
        HALF_YEARLY,
        "如已联系，点“已联系，去登记”即可，不用传照片。",
        _unannounced(half.last),
    )


def contact_buttons() -> tuple[tuple[Button, ...], ...]:
    return ((Button("已联系，去登记", "contact"),),)


def unreachable(occurrence: Occurrence, units: Sequence[Unit]) -> Text:
    """To the worker: units whose liaison the bot cannot write to."""
    names = "、".join(unit.name for unit in units)
    return lines(
        f"{_late(occurrence)}{dates.period(occurrence.period)}联系沟通：{len(units)}个单位尚未登记，"
        "且没有可以提醒的联络员。",
        f"{names}。",
        HALF_YEARLY,
        f"请代为联系；已联系的，发送 /contact 登记。{NOT_UNDONE}",
        _unannounced(occurrence.period.last),
    )


def _late(occurrence: Occurrence) -> str:
    return "（补发）" if occurrence.late else ""


def _unannounced(day: date) -> str | None:
    return None if workdays.is_announced(day.year) else NOT_ANNOUNCED
