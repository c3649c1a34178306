"""The facts: frozen dataclasses and closed sets."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum


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


class ProjectKind(Enum):
    """The three lists 需求、资源、项目."""

    NEED = "need"
    RESOURCE = "resource"
    PROJECT = "project"


class ProjectState(Enum):
    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"


class Verdict(Enum):
    """What became of an answer; all but the first say why it did not help."""

    SOLVED = "solved"
    BESIDE_THE_POINT = "beside"
    INCOMPLETE = "incomplete"
    WRONG_CITATION = "citation"
    OUTDATED = "outdated"
    OTHER = "other"


class DocumentState(Enum):
    """A draft waits for 〔发布〕; what is superseded answers 历史查询 only, what is withdrawn nothing."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class QuestionState(Enum):
    """What became of a question that had no answer."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class TaughtState(Enum):
    """A taught answer is pending until a second person approves it."""

    PENDING = "pending"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


class Duty(Enum):
    """The kinds of obligation, by their number in the rules of the documents (`records/duties.py`).

    VISIT and COPY are registered without being owed by a day; HOLIDAYS is no duty of the documents:
    the worker hears in November that next year's working days are not announced.
    """

    MONTHLY_MEETING = "P1"
    HALF_YEAR_CONTACT = "P2"
    DEED = "P3"
    REPORT_TO_UNIT = "P4u"
    REPORT_TO_COMMITTEE = "P4c"
    MUTUAL_APPRAISAL = "P5"
    DEMOCRATIC_LIFE = "P6"
    UPWARD_REPORT = "P7"
    PUBLIC_REVIEW = "P8"
    VISIT = "P9"
    COPY = "P10"
    HOLIDAYS = "holidays"


class Frequency(Enum):
    """How often a community does what the documents call 定期 without a figure; set by itself."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


class Window(Enum):
    """What a community takes for 年终 (问答第6问 names no days): first and last day, the last maybe in January."""

    DECEMBER = "12-01/12-31"
    TO_MID_JANUARY = "12-01/01-15"
    TO_JANUARY = "12-01/01-31"
    FROM_MID_NOVEMBER = "11-15/01-31"


class DutyState(Enum):
    """How an occurrence stands in the register; what people see is in handlers/texts/obligations.py."""

    NOT_BEGUN = "not_begun"
    UPCOMING = "upcoming"
    NEAR_END = "near_end"
    FULFILLED = "fulfilled"
    REGISTERED_LATER = "registered_later"
    OUTSTANDING = "outstanding"
    AFTER_PERIOD = "after_period"
    NOT_APPLICABLE = "not_applicable"
    LEFT = "left"
    BEFORE_START = "before_start"
    ENTERED_BEFORE_START = "entered_before_start"

    @property
    def is_open(self) -> bool:
        """Whether something may still be registered that is not yet."""
        return self in (DutyState.UPCOMING, DutyState.NEAR_END, DutyState.OUTSTANDING)


class Rhythm(Enum):
    """How often a subdistrict's staff hear of their communities unasked."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    NEVER = "never"


class NoteAnswer(Enum):
    """What became of a note: which of its buttons was pressed; each works once."""

    REGISTERING = "registering"
    POSTPONED = "postponed"
    WRONG_PERSON = "wrong_person"


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
class Staff:
    """Somebody of a subdistrict (街道党工委), of no community. `user_id` is None until bound."""

    id: int
    subdistrict: str
    name: str
    user_id: int | None
    bound_at: datetime | None
    rhythm: Rhythm


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
    window: Window = Window.TO_JANUARY  # of the mutual appraisal
    upward_report: Frequency | None = None  # 第6问“定期”
    public_review: Frequency | None = None  # 第十二条“定期”


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
    also_kind: MeetingKind | None = None
    year: int | None = None

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
class Registration:
    """A fact that was registered: a contact, a deed, a duty report, a visit, a copy, a democratic-life meeting.

    `on` is the day it happened, `counts_on` the day it counts as: the same, or the last day of the
    period it was given to. `form` is of a contact or visit, `title` of a deed. Without
    `confirmed_at` a worker has not yet seen it. `withdrawn_at` takes it back.
    """

    id: int
    community_id: int
    duty: Duty
    unit: Unit | None
    person_id: int | None
    on: date
    counts_on: date
    form: ContactForm | None
    title: str | None
    recorded_by: int
    recorded_at: datetime
    confirmed_by: int | None = None
    confirmed_at: datetime | None = None
    meeting_id: int | None = None
    arises_from: int | None = None


@dataclass(frozen=True)
class Visit:
    """What is noted of a visit besides day, unit and form (问答第6问“主动走访联系驻区单位党组织”).

    `visitors` are people of the community's Party organisation; nobody of the unit is named.
    """

    registration: Registration
    visitors: str
    needs: str = ""
    opinions: str = ""
    handling: str = ""
    done_on: date | None = None
    counts: bool | None = None  # for the unit's contact; None until the unit has confirmed


@dataclass(frozen=True)
class Project:
    """A line of the lists 需求、资源、项目: of which unit, with which partner; `on` is the day it stands as it does."""

    id: int
    community_id: int
    kind: ProjectKind
    title: str
    unit: Unit | None
    partner: str
    state: ProjectState
    on: date


@dataclass(frozen=True)
class Activity:
    """A volunteer activity: which units took part and how many people; nobody is named."""

    id: int
    community_id: int
    title: str
    on: date
    units: str
    head_count: int


@dataclass(frozen=True)
class Obligation:
    """What a community, a unit or a part-time member (person) owes, from `since` until `until`.

    `next_due` is the next moment to look at it, `next_stage` the stage that falls due then.
    """

    id: int
    community_id: int
    duty: Duty
    unit: Unit | None
    person_id: int | None
    since: date
    until: date | None
    next_due: datetime | None
    next_stage: int
