"""How a registration stands: by itself in its period, and the occurrence it belongs to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from records import communities, duties, holidays, people, register, settings
from records.calendar import Period, day_of
from records.database import Transaction
from records.duties import Bond, Fact
from records.model import Community, DutyState, Person, Registration, Settings
from records.register import Occurrence
from records.registrations import Happened
from records.workdays import Workdays

MONTHS_GIVEN = 3  # of a period, in which a worker may still give to the one before (期后)


@dataclass(frozen=True)
class Registered:
    """A registration with who is named in it. `member` is whose duty report it is.

    `state` is how it alone stands in its period: in time, later, after it. Period and state are None of what
    is owed by no day.
    """

    fact: Registration
    community: Community
    by: Person
    confirmed_by: Person | None
    member: Person | None
    period: Period | None
    state: DutyState | None


async def of(db: Transaction, facts: Iterable[Registration]) -> list[Registered]:
    """Facts of one community."""
    found = list(facts)
    if not found:
        return []
    community = await communities.with_id(db, found[0].community_id)
    kept = await settings.of(db, community.id)
    ids = {number for one in found for number in (one.recorded_by, one.confirmed_by, one.person_id)}
    known = {one.id: one for one in await people.with_ids(db, [one for one in ids if one])}
    return [
        Registered(
            one,
            community,
            known[one.recorded_by],
            known.get(one.confirmed_by or 0),
            known.get(one.person_id or 0),
            (period := period_of(one, kept)),
            _alone(one, period, community.starts_on, kept),
        )
        for one in found
    ]


def period_of(fact: Registration, kept: Settings) -> Period | None:
    """The period it counts for; None of what is owed by no day."""
    if fact.duty not in duties.KINDS:
        return None
    return duties.period_for(fact.duty, fact.counts_on, kept)


def _alone(
    fact: Registration, period: Period | None, starts_on: date, kept: Settings
) -> DutyState | None:
    if period is None:
        return None
    return duties.state(
        fact.duty,
        period,
        [Fact(fact.on, day_of(fact.recorded_at))],
        bond=Bond(period.first),
        starts_on=starts_on,
        today=fact.counts_on,
        days=Workdays(),
        settings=kept,
    )


async def occurrence(
    db: Transaction, community: Community, fact: Registration | Happened, on: date, *, today: date
) -> Occurrence | None:
    """The period of the day in which the bearer of the fact owes it; None if nobody owes it."""
    kept = await settings.of(db, community.id)
    period = duties.period_for(fact.duty, on, kept) if fact.duty in duties.KINDS else None
    if period is None:
        return None
    days = await holidays.workdays(db)
    unit_id = fact.unit.id if fact.unit is not None else None
    for one in await register.of_year(db, community, period.year, today=today, days=days):
        owner = (one.unit and one.unit.id, one.person and one.person.id)
        same = one.duty is fact.duty and one.period == period
        if same and owner == (unit_id, fact.person_id):
            return one
    return None


async def earlier(
    db: Transaction, community: Community, fact: Registration | Happened, *, today: date
) -> Period | None:
    """The period before, if it is open still and the day lies in the first months of the one after it.

    A worker may give to it what happened then: 期后, for ever.
    """
    kept = await settings.of(db, community.id)
    own = duties.period_for(fact.duty, fact.on, kept) if fact.duty in duties.KINDS else None
    if own is None or fact.on.month - own.first.month >= MONTHS_GIVEN:
        return None
    before = register.before(own)
    found = await occurrence(db, community, fact, before.last, today=today)
    is_open = found is not None and found.state is DutyState.OUTSTANDING
    return before if is_open else None
