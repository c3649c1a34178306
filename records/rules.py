"""What follows from the facts of a meeting: quorum, majority, what it counts for; and when details go."""

from datetime import date, datetime, timedelta
from enum import Enum

from records.calendar import Period, day_of
from records.model import (
    Meeting,
    MeetingKind,
    MeetingState,
    PassMark,
    Roll,
    Settings,
    Vote,
)
from records.workdays import Workdays, reminder_moment

# 第6问“每月至少召开1次工作会议或党建联席会议”
MONTHLY_KINDS = frozenset({MeetingKind.WORKING, MeetingKind.JOINT})


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
    if not MONTHLY_KINDS & {meeting.kind, meeting.also_kind}:
        return False
    held_at = meeting.opened_at or meeting.starts_at
    return meeting.state is MeetingState.HELD and day_of(held_at) in period


def is_planned_in(meeting: Meeting, period: Period) -> bool:
    open_states = (MeetingState.PLANNED, MeetingState.OPEN)
    if not MONTHLY_KINDS & {meeting.kind, meeting.also_kind}:
        return False
    return meeting.state in open_states and day_of(meeting.starts_at) in period


def details_end(year: int, *, extended: bool) -> date:
    """The day from which on only numbers are left of the year's sign-ins: kept are this year and the last."""
    return date(year + 2, 4 if extended else 1, 1)


def details_notices(year: int, *, extended: bool, days: Workdays) -> tuple[datetime, datetime]:
    """When the office is told, 60 and 15 days ahead."""
    end = details_end(year, extended=extended)
    sixty, fifteen = (
        reminder_moment(days.first_workday(end - timedelta(days=ahead))) for ahead in (60, 15)
    )
    return sixty, fifteen
