"""What follows from the facts: quorum, and the stages and state of an obligation."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import Enum

from records import workdays
from records.calendar import HalfYear, Month, Period, day_of
from records.model import (
    Duty,
    DutyState,
    Meeting,
    MeetingKind,
    MeetingState,
    PassMark,
    Roll,
    Settings,
    Vote,
)

# 第6问“每月至少召开1次工作会议或党建联席会议”
MONTHLY_KINDS = (MeetingKind.WORKING, MeetingKind.JOINT)


def quorum(team_size: int) -> int:
    """The least number present: ⌈2N/3⌉ of the team (问答第7问“参会人数不少于三分之二方可召开”)."""
    return -(-2 * team_size // 3)


def has_quorum(roll: Roll) -> bool:
    """Whether the meeting may be held. 第7问 sets the two thirds for working meetings only."""
    if roll.meeting.kind is not MeetingKind.WORKING:
        return roll.present > 0
    return roll.base > 0 and roll.counted >= quorum(roll.base)


def short_of_quorum(roll: Roll) -> int:
    """How many people are still missing for two thirds; 0 where none are asked for."""
    if roll.meeting.kind is not MeetingKind.WORKING:
        return 0
    return max(0, quorum(roll.base) - roll.counted)


def may_vote(roll: Roll) -> bool:
    """Whether a vote makes sense now: below two thirds a working meeting decides nothing (T8)."""
    is_there = roll.present > roll.left
    if roll.meeting.kind is not MeetingKind.WORKING:
        return is_there
    return is_there and roll.base > 0 and roll.counted_there >= quorum(roll.base)


class Majority(Enum):
    """Whether “半数以上同意” is reached; the text does not say whether exactly half is enough."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"
    EXACTLY_HALF = "exactly_half"


def majority(*, present: int, agreed: int) -> Majority:
    """第7问“参会“大党委”班子成员中半数以上同意”: of those of the team who attend."""
    if 2 * agreed == present:
        return Majority.EXACTLY_HALF
    return Majority.REACHED if 2 * agreed > present else Majority.NOT_REACHED


def vote_result(kind: MeetingKind, vote: Vote, settings: Settings) -> Majority | None:
    """Whether a vote carries; None where only the figures are shown.

    第7问 sets one half for joint meetings only; a working meeting has the mark its community set.
    """
    if kind is MeetingKind.JOINT:
        return majority(present=vote.present, agreed=vote.agreed)
    if kind is not MeetingKind.WORKING or settings.pass_mark is None:
        return None
    if settings.pass_mark is PassMark.HALF:
        return majority(present=vote.present, agreed=vote.agreed)
    reached = vote.agreed >= quorum(vote.present) > 0
    return Majority.REACHED if reached else Majority.NOT_REACHED


def outcome(roll: Roll) -> MeetingState:
    return MeetingState.HELD if has_quorum(roll) else MeetingState.NOT_HELD


def counts_for(meeting: Meeting, period: Period) -> bool:
    """Whether the meeting fulfils 第6问“每月至少召开1次”: by the day it was held."""
    if meeting.kind not in MONTHLY_KINDS:
        return False
    held_at = meeting.opened_at or meeting.starts_at
    return meeting.state is MeetingState.HELD and day_of(held_at) in period


def is_planned_in(meeting: Meeting, period: Period) -> bool:
    open_states = (MeetingState.PLANNED, MeetingState.OPEN)
    if meeting.kind not in MONTHLY_KINDS:
        return False
    return meeting.state in open_states and day_of(meeting.starts_at) in period


def owed_by_units(is_local: bool, has_party_organisation: bool) -> bool:  # noqa: FBT001 - two marks of one register line
    """Whether a unit owes contact: only local units with a Party organisation (第6问, 第1问)."""
    return is_local and has_party_organisation


def period_for(duty: Duty, day: date) -> Period:
    return Month.of(day) if duty is Duty.MONTHLY_MEETING else HalfYear.of(day)


def stages(duty: Duty, period: Period) -> tuple[datetime, ...]:
    """The moments of at most three reminders in a period, in order.

    P1: the third working day, 7 and 2 working days before the month's end. P2: the middle of the
    second-last month, 15 and 3 working days before the half-year's end.
    """
    if duty is Duty.MONTHLY_MEETING:
        days = [
            workdays.nth_workday(period.first, 3),
            workdays.workdays_before(period.last, 7),
            workdays.workdays_before(period.last, 2),
        ]
    else:
        middle = date(period.last.year, period.last.month - 1, 15)
        days = [
            workdays.first_workday(middle),
            workdays.workdays_before(period.last, 15),
            workdays.workdays_before(period.last, 3),
        ]
    return tuple(workdays.reminder_moment(day) for day in sorted(set(days)))


def next_moment(duty: Duty, after: datetime) -> datetime:
    """The first stage later than the moment, in its own period or a later one."""
    period = period_for(duty, day_of(after))
    while True:
        for moment in stages(duty, period):
            if moment > after:
                return moment
        period = period.following()


def stage_due(moments: Sequence[datetime], now: datetime) -> int | None:
    """The latest stage whose moment has come: what was missed is said once, not stacked."""
    due = [number for number, moment in enumerate(moments) if moment <= now]
    return due[-1] if due else None


def state(duty: Duty, period: Period, *, fulfilled: bool, today: date) -> DutyState:
    if fulfilled:
        return DutyState.FULFILLED
    if today > period.last:
        return DutyState.OUTSTANDING
    near = stages(duty, period)[1]
    return DutyState.NEAR_END if today >= day_of(near) else DutyState.UPCOMING


def details_end(year: int, *, extended: bool) -> date:
    """The day from which on only numbers are left of the year's sign-ins: kept are this year and the last."""
    return date(year + 2, 4 if extended else 1, 1)


def details_notices(year: int, *, extended: bool) -> tuple[datetime, datetime]:
    """When the office is told, 60 and 15 days ahead."""
    end = details_end(year, extended=extended)
    sixty, fifteen = (
        workdays.reminder_moment(workdays.first_workday(end - timedelta(days=days)))
        for days in (60, 15)
    )
    return sixty, fifteen
