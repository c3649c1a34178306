"""What the model knows of the communities: every fact that happened, kept in lists, and what is owed since when.

Written from what the product promises, not from how it does it. It imports nothing of the product
but its enums.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from records.model import Duty, MeetingKind, MeetingState, Role, Seat
from tests.simulation import acts, days
from tests.simulation.acts import Act, PersonLine
from tests.simulation.days import Period, Settings

OF_COMMUNITIES = (
    Duty.MONTHLY_MEETING,
    Duty.MUTUAL_APPRAISAL,
    Duty.DEMOCRATIC_LIFE,
    Duty.UPWARD_REPORT,
    Duty.PUBLIC_REVIEW,
    Duty.HOLIDAYS,
)
OF_UNITS = (Duty.HALF_YEAR_CONTACT, Duty.DEED)
OF_MEMBERS = (Duty.REPORT_TO_UNIT, Duty.REPORT_TO_COMMITTEE)
SETTING_UP = timedelta(days=30)
ONE_DAY = timedelta(days=1)
FOR_THE_MONTH = (MeetingKind.WORKING, MeetingKind.JOINT)


@dataclass
class Owed:
    """What somebody owes since a day. `began` is when: no reminder of that moment or before is made up for.

    `passed` is the latest stage of each period that was said or let pass, `moved` holds the moments
    to which stages were postponed, `told` the latest of a period that each account was told.
    """

    duty: Duty
    bearer: str | None
    since: date
    began: datetime
    until: date | None = None
    passed: dict[str, int] = field(default_factory=dict)
    moved: dict[tuple[str, int], datetime] = field(default_factory=dict)
    told: dict[tuple[str, int], int] = field(default_factory=dict)

    def begin(self, at: datetime) -> None:
        """As if it had not been owed before; but nobody is told of a stage twice, or of an earlier one."""
        self.began, self.until = at, None
        self.passed, self.moved = {}, {}


@dataclass
class Unit:
    is_local: bool = False
    has_organisation: bool = False

    @property
    def owes(self) -> bool:
        return self.is_local and self.has_organisation


@dataclass
class Person:
    unit: str | None
    roles: frozenset[Role]
    account: int | None = None


@dataclass
class Term:
    person: str
    seat: Seat | None
    since: date
    until: date | None


@dataclass
class Fact:
    duty: Duty
    bearer: str | None
    on: date
    counts_on: date
    registered_on: date
    is_withdrawn: bool = False


@dataclass
class Meeting:
    """`on` is the day it took place, None until then."""

    kind: MeetingKind
    state: MeetingState
    starts_at: datetime
    on: date | None = None
    registered_on: date | None = None
    year: int | None = None
    also_kind: MeetingKind | None = None


@dataclass
class Community:
    starts_on: date
    settings: Settings = field(default_factory=Settings)
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    terms: list[Term] = field(default_factory=list)
    facts: dict[int, Fact] = field(default_factory=dict)
    meetings: dict[int, Meeting] = field(default_factory=dict)
    owed: list[Owed] = field(default_factory=list)

    @classmethod
    def founded(cls, at: datetime) -> "Community":
        owed = [Owed(duty, None, at.date(), at) for duty in OF_COMMUNITIES]
        return cls(at.date(), owed=owed)

    def owed_by(self, duty: Duty, bearer: str | None) -> Owed | None:
        return next((one for one in self.owed if (one.duty, one.bearer) == (duty, bearer)), None)

    def accounts(self, role: Role, unit: str | None = None) -> set[int]:
        """Of the bound people who hold the role, of one unit if it is given."""
        return {
            person.account
            for person in self.people.values()
            if role in person.roles and unit in (None, person.unit) and person.account is not None
        }

    def fulfilling(self, owed: Owed, period: Period) -> list[tuple[date, date]]:
        """What fulfils the duty in the period: the day it happened and the day it was registered."""
        if owed.duty in (Duty.MONTHLY_MEETING, Duty.MUTUAL_APPRAISAL):
            return [
                (meeting.on, meeting.registered_on)
                for meeting in self.meetings.values()
                if meeting.on is not None
                and meeting.registered_on is not None
                and meeting.state is MeetingState.HELD
                and _counts(meeting, meeting.on, owed.duty, period)
            ]
        return [
            (fact.on, fact.registered_on)
            for fact in self.facts.values()
            if (fact.duty, fact.bearer) == (owed.duty, owed.bearer)
            and not fact.is_withdrawn
            and period.first <= fact.counts_on <= period.last
        ]

    def has_planned(self, month: Period) -> bool:
        """Whether a meeting that would count is called for a day of the month."""
        return any(
            meeting.kind in FOR_THE_MONTH
            and meeting.state in (MeetingState.PLANNED, MeetingState.OPEN)
            and month.first <= meeting.starts_at.date() <= month.last
            for meeting in self.meetings.values()
        )

    def load(self, act: acts.RosterLoaded) -> None:
        for unit in act.units:
            self.units.setdefault(unit.name, Unit())
            self._mark(unit.name, unit.is_local, unit.has_organisation, act.at)
        for line in act.people:
            self._enter(line, act.at.date())
        self.settle(act.at)

    def _enter(self, line: PersonLine, today: date) -> None:
        known = self.people.get(line.name)
        account = known.account if known is not None else None
        self.people[line.name] = Person(line.unit, line.roles, account)
        if line.post is not None:
            self.terms.append(Term(line.name, line.seat, line.since or today, line.until))

    def settle(self, now: datetime) -> None:
        """Part-time members in office owe reports from the first day of the term; who is out owes none."""
        terms = [
            term for term in self.terms if term.seat is Seat.PART_TIME and term.since <= now.date()
        ]
        for name in dict.fromkeys(term.person for term in terms):
            self._settle(name, [term for term in terms if term.person == name], now)

    def _settle(self, name: str, terms: list[Term], now: datetime) -> None:
        current = [term for term in terms if term.until is None or term.until >= now.date()]
        for duty in OF_MEMBERS:
            owed = self.owed_by(duty, name)
            if current and (owed is None or owed.until is not None):
                self._begin(duty, name, self._in_office_since(current[-1], terms), now)
            elif not current and owed is not None and owed.until is None:
                owed.until = max(term.until for term in terms if term.until is not None)

    def served(self, name: str, last: date, today: date) -> tuple[date, date | None] | None:
        """The last time in office as part-time member that began by the day; its end only once it has come."""
        terms = [
            term
            for term in self.terms
            if term.person == name and term.seat is Seat.PART_TIME and term.since <= last
        ]
        if not terms:
            return None
        latest = max(terms, key=lambda term: term.since)
        has_left = latest.until is not None and latest.until < today
        return self._in_office_since(latest, terms), latest.until if has_left else None

    def _in_office_since(self, last: Term, terms: list[Term]) -> date:
        """Without a break; who is on the roster within a month of the first day was there before."""
        since = last.since
        for term in sorted(terms, key=lambda term: term.since, reverse=True):
            if term.since < since and term.until is not None and term.until + ONE_DAY >= since:
                since = term.since
        is_setting_up = self.starts_on < since <= self.starts_on + SETTING_UP
        return self.starts_on if is_setting_up else since

    def learn(self, act: Act) -> None:
        """What happened is known from now on."""
        match act:
            case acts.RosterLoaded():
                self.load(act)
            case acts.Bound():
                self.people[act.person].account = act.account
            case acts.LeftOffice():
                self._leave(act)
            case acts.Marked():
                self._mark(act.unit, act.is_local, act.has_organisation, act.at)
            case acts.Registered():
                counts_on = act.counts_on or act.on
                fact = Fact(act.duty, act.bearer, act.on, counts_on, act.at.date())
                self.facts[act.number] = fact
            case acts.Withdrawn():
                self.facts[act.number].is_withdrawn = True
            case acts.WindowSet():
                self.settings = replace(self.settings, window=act.window)
                self._begin_anew(Duty.MUTUAL_APPRAISAL, act.at)
            case acts.FrequencySet():
                self.settings = self.settings.with_frequency(act.duty, act.frequency)
                self._begin_anew(act.duty, act.at)
            case acts.MeetingPlanned() | acts.MeetingEntered():
                self.meetings[act.number] = _written(act)
            case _:
                self._meet(act)

    def _meet(self, act: Act) -> None:
        match act:
            case acts.MeetingOpened():
                meeting = self.meetings[act.number]
                meeting.state = MeetingState.OPEN
                meeting.on = meeting.registered_on = act.at.date()
            case acts.MeetingClosed():
                self.meetings[act.number].state = _outcome(is_held=act.is_held)
            case acts.MeetingCancelled():
                self.meetings[act.number].state = MeetingState.CANCELLED
            case acts.MeetingAttributed():
                meeting = self.meetings[act.number]
                meeting.year = act.year or meeting.year
                meeting.also_kind = act.also_kind or meeting.also_kind
            case _:
                raise NotImplementedError(act)

    def _mark(self, name: str, is_local: bool, has_organisation: bool, at: datetime) -> None:
        """A local unit with a Party organisation begins to owe; one that is no more of that kind stops."""
        unit, today = self.units[name], at.date()
        owed_before = unit.owes
        unit.is_local, unit.has_organisation = is_local, has_organisation
        if unit.owes and not owed_before:
            is_setting_up = today <= self.starts_on + SETTING_UP
            for duty in OF_UNITS:
                self._begin(duty, name, self.starts_on if is_setting_up else today, at)
        if owed_before and not unit.owes:
            for owed in self.owed:
                if owed.bearer == name and owed.duty in OF_UNITS:
                    owed.until = today

    def _begin(self, duty: Duty, bearer: str, since: date, at: datetime) -> None:
        owed = self.owed_by(duty, bearer)
        if owed is None:
            self.owed.append(Owed(duty, bearer, since, at))
            return
        if owed.until is None or owed.until < at.date():
            owed.since = since
        owed.begin(at)

    def _begin_anew(self, duty: Duty, at: datetime) -> None:
        """What was set counts from now on: earlier days by the new setting are not made up for."""
        owed = self.owed_by(duty, None)
        assert owed is not None
        owed.begin(at)

    def _leave(self, act: acts.LeftOffice) -> None:
        person = self.people[act.person]
        person.roles, person.account = frozenset(), None
        eve = act.on - days.ONE_DAY
        for term in self.terms:
            if term.person == act.person and (term.until is None or term.until > eve):
                term.until = eve
        self.settle(act.at)


def _written(act: acts.MeetingPlanned | acts.MeetingEntered) -> Meeting:
    if isinstance(act, acts.MeetingPlanned):
        return Meeting(act.kind, MeetingState.PLANNED, act.starts_at)
    state = _outcome(is_held=act.is_held)
    return Meeting(act.kind, state, act.starts_at, act.starts_at.date(), act.at.date())


def _outcome(*, is_held: bool) -> MeetingState:
    return MeetingState.HELD if is_held else MeetingState.NOT_HELD


def _counts(meeting: Meeting, on: date, duty: Duty, period: Period) -> bool:
    """A working or joint meeting for the month of its day, a mutual appraisal for its year."""
    if duty is Duty.MONTHLY_MEETING:
        is_kind = meeting.kind in FOR_THE_MONTH or meeting.also_kind in FOR_THE_MONTH
        return is_kind and period.first <= on <= period.last
    year = meeting.year if meeting.year is not None else on.year
    return meeting.kind is MeetingKind.MUTUAL_APPRAISAL and year == period.first.year
