"""The register: what should have happened in each period, what did, and how it stands (records/duties.py)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from records import duties, meetings, obligations, people, registrations, rules, settings, terms
from records.calendar import HalfYear, Month, Period, Quarter, Year, day_of
from records.database import Transaction
from records.duties import Bearer, Bond, Fact
from records.model import (
    Community,
    Duty,
    DutyState,
    Meeting,
    MeetingKind,
    MeetingState,
    Obligation,
    Person,
    Registration,
    Seat,
    Settings,
    Unit,
)
from records.workdays import Workdays


@dataclass(frozen=True)
class Occurrence:
    """An obligation in one period. `facts` and `meetings` are what fulfilled it, the earliest first."""

    obligation_id: int
    duty: Duty
    period: Period
    state: DutyState
    unit: Unit | None
    person: Person | None
    facts: Sequence[Registration]
    meetings: Sequence[Meeting]

    @property
    def awaits_confirmation(self) -> bool:
        """Whether a worker has not yet seen what was registered."""
        return bool(self.facts) and all(one.confirmed_at is None for one in self.facts)


Periods = Callable[[Duty, Settings], Sequence[Period]]


async def of_day(
    db: Transaction, community: Community, *, today: date, days: Workdays
) -> list[Occurrence]:
    """The periods that run today and those before them: the community's duties, then units, then members."""

    def periods(duty: Duty, kept: Settings) -> Sequence[Period]:
        running = duties.period_for(duty, today, kept)
        return (before(running), running) if running is not None else ()

    return await _of(db, community, periods, today=today, days=days)


async def of_year(
    db: Transaction, community: Community, year: int, *, today: date, days: Workdays
) -> list[Occurrence]:
    """Every period of the year: twelve months, two half-years, the year itself."""

    def periods(duty: Duty, kept: Settings) -> Sequence[Period]:
        kind = duties.period_kind(duty, kept)
        return within(kind, year) if kind is not None else ()

    return await _of(db, community, periods, today=today, days=days)


def before(period: Period) -> Period:
    """The period before this one."""
    last = date.fromordinal(period.first.toordinal() - 1)
    return type(period).of(last)


def within(kind: type[Month | Quarter | HalfYear | Year], year: int) -> list[Period]:
    """The periods of a kind in a year, in order."""
    found: list[Period] = [kind.of(date(year, 1, 1))]
    while found[-1].following().first.year == year:
        found.append(found[-1].following())
    return found


async def _of(
    db: Transaction, community: Community, periods: Periods, *, today: date, days: Workdays
) -> list[Occurrence]:
    kept = await settings.of(db, community.id)
    owed = [
        (one, period)
        for one in _in_order(await obligations.of_community(db, community.id))
        for period in periods(one.duty, kept)
    ]
    if not owed:
        return []
    served = await _services(db, community)
    known = {one.id: one for one in await people.of_community(db, community_id=community.id)}
    found = await registrations.within(
        db,
        community_id=community.id,
        first=min(period.first for _one, period in owed),
        last=max(period.last for _one, period in owed),
    )
    held = [one for one in await meetings.all_of(db, community) if one.state is MeetingState.HELD]
    by_bearer: dict[tuple[Duty, int | None, int | None], list[Registration]] = {}
    for fact in found:
        key = (fact.duty, fact.unit.id if fact.unit else None, fact.person_id)
        by_bearer.setdefault(key, []).append(fact)
    result = []
    for one, period in owed:
        key = (one.duty, one.unit.id if one.unit else None, one.person_id)
        facts = [fact for fact in by_bearer.get(key, ()) if fact.counts_on in period]
        counted = [meeting for meeting in held if counts_for(one.duty, meeting, period)]
        person = known.get(one.person_id) if one.person_id is not None else None
        state = duties.state(
            one.duty,
            period,
            [*map(_fact, facts), *map(_meeting_fact, counted)],
            bond=_bond(one, person, period, served, today),
            starts_on=community.starts_on,
            today=today,
            days=days,
            settings=kept,
        )
        result.append(Occurrence(one.id, one.duty, period, state, one.unit, person, facts, counted))
    return result


def _in_order(found: Sequence[Obligation]) -> list[Obligation]:
    """The community's own first, then units and members in the order of their lists, each by its duties."""
    order = list(Duty)
    return sorted(
        (one for one in found if one.duty is not Duty.HOLIDAYS),
        key=lambda one: (
            one.unit is not None or one.person_id is not None,
            one.person_id is not None,
            one.unit.id if one.unit is not None else one.person_id or 0,
            order.index(one.duty),
        ),
    )


def counts_for(duty: Duty, meeting: Meeting, period: Period) -> bool:
    """Whether a meeting fulfils the duty in the period."""
    if duty is Duty.MONTHLY_MEETING:
        return rules.counts_for(meeting, period)
    if duty is not Duty.MUTUAL_APPRAISAL or meeting.kind is not MeetingKind.MUTUAL_APPRAISAL:
        return False
    year = meeting.year or day_of(meeting.opened_at or meeting.starts_at).year
    return meeting.state is MeetingState.HELD and year == period.year


def _fact(registration: Registration) -> Fact:
    return Fact(registration.on, day_of(registration.recorded_at))


def _meeting_fact(meeting: Meeting) -> Fact:
    on = day_of(meeting.opened_at or meeting.starts_at)
    return Fact(on, day_of(meeting.entered_at) if meeting.entered_at is not None else on)


Services = Mapping[int, Sequence[tuple[date, date | None]]]


async def _services(db: Transaction, community: Community) -> Services:
    """From when to when each part-time member served without a break."""
    found: dict[int, list[tuple[date, date | None]]] = {}
    for term in sorted(
        await terms.of_community(db, community_id=community.id), key=lambda term: term.since
    ):
        if term.seat is Seat.PART_TIME:
            found.setdefault(term.person.id, []).append((term.since, term.until))
    return {one: duties.services(own, starts_on=community.starts_on) for one, own in found.items()}


def _bond(
    obligation: Obligation,
    person: Person | None,
    period: Period,
    served: Services,
    today: date,
) -> Bond:
    """Of a member by the terms: who left and came back did not owe less before."""
    is_person = duties.KINDS[obligation.duty].bearer is Bearer.MEMBER
    own = served.get(obligation.person_id or 0, ()) if is_person else ()
    spans = [span for span in own if span[0] <= period.last]
    unit = person.unit if person is not None else None
    applies = obligation.duty is not Duty.REPORT_TO_UNIT or bool(
        unit is not None and unit.has_party_organisation
    )
    if spans:
        since, until = spans[-1]
        has_left = until is not None and until < today
        return Bond(since, until if has_left else None, applies, is_person)
    return Bond(obligation.since, obligation.until, applies, is_person)
