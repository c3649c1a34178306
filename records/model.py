"""The facts: frozen dataclasses and closed sets."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from records.calendar import Period


class Post(Enum):
    SECRETARY = "secretary"
    DEPUTY = "deputy"
    MEMBER = "member"


class Seat(Enum):
    FULL_TIME = "full_time"
    PART_TIME = "part_time"


class Entry(Enum):
    DIRECT = "direct"
    FIVE_STEPS = "five_steps"
    APPOINTED = "appointed"


class Capacity(Enum):
    """Whether a person in a meeting counts for two thirds and one half, or attends without vote."""

    VOTING = "voting"
    NON_VOTING = "non_voting"


class Role(Enum):
    PARTY_SECRETARY = "party_secretary"
    PARTY_WORKER = "party_worker"
    MEMBER = "member"
    LIAISON = "liaison"


class MeetingKind(Enum):
    WORKING = "working"
    JOINT = "joint"


class MeetingState(Enum):
    PLANNED = "planned"
    OPEN = "open"
    HELD = "held"
    NOT_HELD = "not_held"


class Presence(Enum):
    PRESENT = "present"
    EXCUSED = "excused"


class ContactForm(Enum):
    VISIT = "visit"
    PHONE = "phone"
    TALK = "talk"
    OTHER = "other"


class Verdict(Enum):
    """What became of an answer; all but the first say why it did not help."""

    SOLVED = "solved"
    BESIDE_THE_POINT = "beside"
    INCOMPLETE = "incomplete"
    WRONG_CITATION = "citation"
    OUTDATED = "outdated"
    OTHER = "other"


class Duty(Enum):
    """The kinds of obligation, by their number in the rules of the documents."""

    MONTHLY_MEETING = "P1"
    HALF_YEAR_CONTACT = "P2"


class DutyState(Enum):
    UPCOMING = "upcoming"
    NEAR_END = "near_end"
    FULFILLED = "fulfilled"
    OUTSTANDING = "outstanding"


@dataclass(frozen=True)
class Community:
    id: int
    name: str
    subdistrict: str
    group_chat_id: int | None
    starts_on: date


@dataclass(frozen=True)
class Unit:
    id: int
    community_id: int
    name: str
    is_local: bool
    has_party_organisation: bool


@dataclass(frozen=True)
class Person:
    """Somebody known to a community. `unit` is None for people of the community itself."""

    id: int
    community_id: int
    name: str
    unit: Unit | None
    roles: frozenset[Role]

    @property
    def may_manage(self) -> bool:
        return bool(self.roles & {Role.PARTY_SECRETARY, Role.PARTY_WORKER})


@dataclass(frozen=True)
class Meeting:
    """A meeting of the committee. Moments are aware; `closed_at` ends the taking of the roll."""

    id: int
    community_id: int
    chat_id: int
    topic_id: int | None
    kind: MeetingKind
    state: MeetingState
    starts_at: datetime
    place: str
    opened_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True)
class Attendance:
    meeting: Meeting
    person: Person
    presence: Presence
    capacity: Capacity
    at: datetime
    is_new: bool = True


@dataclass(frozen=True)
class Roll:
    """The numbers of a meeting. `expected` is the team by the roster of the meeting's day."""

    meeting: Meeting
    expected: int
    present: int
    excused: int
    non_voting: int

    @property
    def unsigned(self) -> int:
        return self.expected - self.present - self.excused


@dataclass(frozen=True)
class Contact:
    unit: Unit
    on: date
    form: ContactForm
    recorded_at: datetime


@dataclass(frozen=True)
class Obligation:
    """What a community (unit is None) or a unit owes, and the next moment to look at it."""

    id: int
    community: Community
    duty: Duty
    unit: Unit | None
    next_due: datetime


@dataclass(frozen=True)
class Occurrence:
    """A stage of an obligation that has fallen due; `late` if it should have been said earlier."""

    obligation: Obligation
    period: Period
    stage: int
    is_last: bool
    late: bool
    planned: Meeting | None = None
