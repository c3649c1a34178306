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
    MUTUAL_APPRAISAL = "appraisal"
    OTHER = "other"


class MeetingState(Enum):
    """DRAFT waits for 对; TALK is what is left of a meeting without a quorum (仅作座谈、通报登记)."""

    DRAFT = "draft"
    PLANNED = "planned"
    OPEN = "open"
    HELD = "held"
    NOT_HELD = "not_held"
    TALK = "talk"
    CANCELLED = "cancelled"


class Presence(Enum):
    """COMING is an answer to the notice, no sign-in; who is absent has no record."""

    COMING = "coming"
    PRESENT = "present"
    EXCUSED = "excused"


class QuorumBase(Enum):
    """Of whom two thirds are taken; 第7问 does not say."""

    TEAM = "team"
    WITHOUT_EXCUSED = "without_excused"


class PassMark(Enum):
    """What a working meeting's vote needs, set by the community: the documents are silent."""

    HALF = "half"
    TWO_THIRDS = "two_thirds"


class Half(Enum):
    """Whether exactly half is “半数以上”, as the community has decided collectively."""

    IS_ENOUGH = "enough"
    IS_TOO_LITTLE = "too_little"


class Manner(Enum):
    """How was voted."""

    HANDS = "hands"
    VOICE = "voice"
    SECRET = "secret"  # noqa: S105 - a ballot
    NAMED = "named"
    BUTTONS = "buttons"


class Choice(Enum):
    AGREE = "agree"
    AGAINST = "against"
    ABSTAIN = "abstain"


class Settlement(Enum):
    """What the host makes of exactly half (问答第7问 does not say whether it is enough)."""

    AGAIN = "again"
    REFERRED = "referred"
    BY_READING = "by_reading"


class Procedure(Enum):
    """What is followed step by step: 四步议事法 (第6问), 五个程序 (第3问), 设立请示 (第4问)."""

    FOUR_STEPS = "four_steps"
    FIVE_STEPS = "five_steps"
    FOUNDING = "founding"


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
class Settings:
    """How a community reads what the documents leave open; the defaults apply where nothing was set."""

    quorum_base: QuorumBase = QuorumBase.TEAM
    online_counts: bool = True
    pass_mark: PassMark | None = None
    half: Half | None = None
    half_decided_on: date | None = None
    late_after: int | None = None  # minutes
    names_study: bool = True  # “经研究” in the notice
    button_votes: bool = False


@dataclass(frozen=True)
class Meeting:
    """A meeting of the committee. Moments are aware; `closed_at` ends the taking of the roll.

    `entered_at` is set for a meeting that was entered later (补录). `version` counts what changed
    for those who keep it in a calendar, `noticed_version` is the one the team was told of.
    """

    id: int
    community_id: int
    chat_id: int
    topic_id: int | None
    kind: MeetingKind
    state: MeetingState
    starts_at: datetime
    place: str
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    confirmed_at: datetime | None = None
    entered_at: datetime | None = None
    host_id: int | None = None
    recorder_id: int | None = None
    version: int = 0
    noticed_version: int | None = None

    @property
    def is_over(self) -> bool:
        return self.state in (MeetingState.HELD, MeetingState.NOT_HELD, MeetingState.TALK)


@dataclass(frozen=True)
class AgendaItem:
    id: int
    meeting_id: int
    position: int
    title: str


@dataclass(frozen=True)
class Attendance:
    """What is recorded of a person in a meeting; `recorded_by` is None for an own sign-in."""

    meeting: Meeting
    person: Person
    presence: Presence
    capacity: Capacity
    at: datetime
    is_new: bool = True
    online: bool = False
    late: bool = False
    left_at: datetime | None = None
    recorded_by: int | None = None


@dataclass(frozen=True)
class Roll:
    """The numbers of a meeting. `expected` is the team by the roster of the meeting's day.

    `present` are those of the team who attend, `online` how many of them by line, `left` how many
    have gone before the end.
    """

    meeting: Meeting
    expected: int
    present: int
    excused: int
    non_voting: int
    online: int = 0
    late: int = 0
    left: int = 0
    coming: int = 0
    left_online: int = 0
    settings: Settings = Settings()

    @property
    def unsigned(self) -> int:
        return self.expected - self.present - self.excused

    @property
    def base(self) -> int:
        """Of how many two thirds are taken."""
        if self.settings.quorum_base is QuorumBase.WITHOUT_EXCUSED:
            return self.expected - self.excused
        return self.expected

    @property
    def counted(self) -> int:
        """Who counts for two thirds: present, by line only if the community counts them."""
        return self.present if self.settings.online_counts else self.present - self.online

    @property
    def counted_there(self) -> int:
        """Who counts and has not gone."""
        gone = self.left if self.settings.online_counts else self.left - self.left_online
        return self.counted - gone


@dataclass(frozen=True)
class Vote:
    """A vote on an item. `present` is the denominator: those of the team present at the vote."""

    id: int
    meeting_id: int
    title: str
    manner: Manner
    opened_at: datetime
    closed_at: datetime | None
    present: int
    agreed: int
    against: int
    abstained: int
    settlement: Settlement | None = None
    settled_by: int | None = None
    settled_at: datetime | None = None


@dataclass(frozen=True)
class Resolution:
    """What was decided, who sees to it and until when; `done_on` ends it."""

    id: int
    community_id: int
    meeting_id: int
    words: str
    owner: str
    due_on: date | None
    done_on: date | None


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
