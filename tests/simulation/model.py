"""The slow, obvious model: how every duty stands, and what is said at a moment, from all that is known.

Written from what the product promises, not from how it does it. It imports nothing of the product
but its enums.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from records.model import Duty, DutyState, Role
from tests.simulation import acts, days
from tests.simulation.acts import Act
from tests.simulation.days import Calendar, Period
from tests.simulation.known import OF_MEMBERS, OF_UNITS, Community, Owed

TO_WORKERS_ONLY = (Duty.DEMOCRATIC_LIFE, Duty.HOLIDAYS)


@dataclass(frozen=True)
class Note:
    """What is said to an account; `is_late` where the reminder's day was an earlier one."""

    account: int
    community: str
    duty: Duty
    bearer: str | None
    period: str
    stage: int
    is_late: bool


class Model:
    def __init__(self) -> None:
        self.communities: dict[str, Community] = {}
        self.calendar = Calendar({})
        self.postponed: dict[acts.Postponed, bool] = {}

    def learn(self, act: Act) -> None:
        """What happened is known from now on."""
        match act:
            case acts.HolidaysArranged():
                self.calendar = Calendar({**self.calendar.overrides, **act.days})
            case acts.NightPassed():
                for community in self.communities.values():
                    community.settle(act.at)
            case acts.Postponed():
                self.postponed[act] = self._postpone(act)
            case acts.RosterLoaded() if act.community not in self.communities:
                self.communities[act.community] = Community.founded(act.at)
                self.communities[act.community].learn(act)
            case _:
                self.communities[act.community].learn(act)

    def register(self, name: str, today: date) -> dict[tuple[Duty, str | None, str], DutyState]:
        """How each duty stands in the period that runs and in the one before."""
        community = self.communities[name]
        found: dict[tuple[Duty, str | None, str], DutyState] = {}
        for owed in community.owed:
            period = days.running(owed.duty, today, community.settings)
            if period is None or owed.duty is Duty.HOLIDAYS:
                continue
            for one in (days.before(owed.duty, period, community.settings), period):
                state = self._state(community, owed, one, today)
                found[owed.duty, owed.bearer, one.key] = state
        return found

    def _state(self, community: Community, owed: Owed, period: Period, today: date) -> DutyState:
        facts = community.fulfilling(owed, period)
        if period.last < community.starts_on:
            return DutyState.ENTERED_BEFORE_START if facts else DutyState.BEFORE_START
        if facts:
            return _fulfilled(facts, period.last, days.given_until(owed.duty, period))
        if owed.duty in OF_MEMBERS and owed.bearer is not None:
            served = community.served(owed.bearer, period.last, today)
            since, until = served if served is not None else (owed.since, owed.until)
            owed = replace(owed, since=since, until=until)
        if owed.until is not None and owed.until < period.last:
            return DutyState.LEFT if owed.duty in OF_MEMBERS else DutyState.NOT_APPLICABLE
        if not _applies(community, owed) or owed.since > period.last:
            return DutyState.NOT_APPLICABLE
        return self._open(community, owed, period, today)

    def _open(self, community: Community, owed: Owed, period: Period, today: date) -> DutyState:
        """Nothing was registered of what is owed."""
        if today < period.first:
            return DutyState.NOT_BEGUN
        if today > period.last:
            joined_within = owed.since > period.first and owed.since != community.starts_on
            return DutyState.NOT_APPLICABLE if joined_within else DutyState.OUTSTANDING
        stages = days.stages(owed.duty, period, self.calendar, community.settings)
        near = stages[-2] if len(stages) > 1 else stages[-1]
        return DutyState.NEAR_END if today >= near else DutyState.UPCOMING

    def tick(self, now: datetime) -> set[Note]:
        """What is said at the moment, to whom."""
        if not self.calendar.is_office_time(now):
            return set()
        return {
            note
            for name, community in self.communities.items()
            for owed in community.owed
            for note in self._said(name, community, owed, now)
        }

    def _said(self, name: str, community: Community, owed: Owed, now: datetime) -> Iterator[Note]:
        period = days.running(owed.duty, now.date(), community.settings)
        if period is None or owed.until is not None:
            return
        moments = self._moments(community, owed, period)
        come = [number for number, moment in enumerate(moments) if moment <= now]
        if not come or come[-1] <= self._passed(owed, period, moments):
            return
        stage = come[-1]
        owed.passed[period.key] = stage
        if self._is_needless(community, owed, period, stage):
            return
        is_late = moments[stage].date() < now.date()
        for account in _recipients(community, owed, is_last=stage == len(moments) - 1):
            if stage > owed.told.get((period.key, account), -1):
                owed.told[period.key, account] = stage
                yield Note(account, name, owed.duty, owed.bearer, period.key, stage, is_late)

    def _moments(self, community: Community, owed: Owed, period: Period) -> list[datetime]:
        """When the stages are said: at half past nine of their days, or when they were postponed to."""
        stages = days.stages(owed.duty, period, self.calendar, community.settings)
        return [
            owed.moved.get((period.key, number), days.half_past_nine(day))
            for number, day in enumerate(stages)
        ]

    def _passed(self, owed: Owed, period: Period, moments: list[datetime]) -> int:
        """The latest stage that is behind: said, let pass, or not later than the beginning."""
        passed = owed.passed.get(period.key, -1)
        if owed.duty is Duty.HOLIDAYS:  # who begins in December has to hear of it too
            return passed
        return max([passed, *(n for n, moment in enumerate(moments) if moment <= owed.began)])

    def _is_needless(self, community: Community, owed: Owed, period: Period, stage: int) -> bool:
        if owed.duty is Duty.HOLIDAYS:
            return self.calendar.is_announced(period.first.year + 1)
        if owed.duty is Duty.MONTHLY_MEETING and stage == 0 and community.has_planned(period):
            return True
        return bool(community.fulfilling(owed, period)) or not _applies(community, owed)

    def _postpone(self, act: acts.Postponed) -> bool:
        """The next reminder of the period comes at that moment; False where none is left to come later."""
        community = self.communities[act.community]
        owed = community.owed_by(act.duty, act.bearer)
        period = days.running(act.duty, act.at.date(), community.settings)
        if owed is None or period is None or owed.until is not None:
            return False
        moments = self._moments(community, owed, period)
        coming = self._passed(owed, period, moments) + 1
        if coming == 0 or coming == len(moments) or moments[coming] <= act.until:
            return False
        owed.moved[period.key, coming] = act.until
        return True


def _applies(community: Community, owed: Owed) -> bool:
    """A report to one's unit is owed only where the unit has a Party organisation."""
    if owed.duty is not Duty.REPORT_TO_UNIT or owed.bearer is None:
        return True
    unit = community.people[owed.bearer].unit
    return unit is not None and community.units[unit].has_organisation


def _fulfilled(facts: list[tuple[date, date]], last: date, given: date) -> DutyState:
    """The best of them: in time and registered in time, registered later, or after the period."""
    for happened, registered in facts:
        if happened <= last and registered <= last:
            return DutyState.FULFILLED
        if last < happened <= given and registered <= given:
            return DutyState.FULFILLED
    if any(happened <= given for happened, _registered in facts):
        return DutyState.REGISTERED_LATER
    return DutyState.AFTER_PERIOD


def _recipients(community: Community, owed: Owed, *, is_last: bool) -> set[int]:
    workers = community.accounts(Role.PARTY_WORKER)
    secretaries = community.accounts(Role.PARTY_SECRETARY)
    if owed.duty in TO_WORKERS_ONLY:
        return workers
    if owed.duty in OF_UNITS:
        return community.accounts(Role.LIAISON, owed.bearer) or workers or secretaries
    if owed.duty in OF_MEMBERS and owed.bearer is not None:
        account = community.people[owed.bearer].account
        return {account} if account is not None else workers or secretaries
    if is_last:
        return workers | secretaries
    return workers or secretaries
