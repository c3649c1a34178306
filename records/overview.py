"""What a subdistrict sees of its communities: states and numbers, only what is not yet registered.

A few statements for all communities together, however many there are.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from records import attendance, connections, duties, fulfilment, meetings, register, settings
from records.calendar import HalfYear, Month, Period, Year, day_of
from records.connections import Connection
from records.database import Transaction
from records.duties import Bearer, Bond
from records.model import Community, Duty, DutyState, Roll, Settings
from records.schema import communities, obligations
from records.workdays import Workdays

# What is looked at together: the two duty reports of a part-time member are one matter.
MATTERS: Mapping[Duty, Sequence[Duty]] = {
    Duty.MONTHLY_MEETING: (Duty.MONTHLY_MEETING,),
    Duty.HALF_YEAR_CONTACT: (Duty.HALF_YEAR_CONTACT,),
    Duty.DEED: (Duty.DEED,),
    Duty.REPORT_TO_COMMITTEE: (Duty.REPORT_TO_UNIT, Duty.REPORT_TO_COMMITTEE),
    Duty.MUTUAL_APPRAISAL: (Duty.MUTUAL_APPRAISAL,),
}


@dataclass(frozen=True)
class Matter:
    """A duty, for those it stands for in `MATTERS`, in one period."""

    duty: Duty
    period: Period


@dataclass(frozen=True)
class Overview:
    """The confirmed communities in administrative order, and how many wait for 接入确认.

    `outstanding` has for each matter the communities where something of a period that is over is not
    yet registered, with how many units, members or meetings it is. `covered` are the matters that
    concern anybody at all: before the first start there is no record.
    """

    communities: Sequence[Community]
    awaiting: int
    month: Month
    held: AbstractSet[int]
    planned: AbstractSet[int]
    outstanding: Mapping[Matter, Mapping[int, int]]

    @property
    def unplanned(self) -> Mapping[int, int]:
        """Where this month's meeting is neither registered nor called."""
        done = self.held | self.planned
        return {one.id: 1 for one in self.communities if one.id not in done}

    @property
    def exceptions(self) -> Mapping[Matter, Mapping[int, int]]:
        """Everything that is listed, this month's meeting first; what concerns nobody is left out."""
        first = {Matter(Duty.MONTHLY_MEETING, self.month): self.unplanned}
        return {
            matter: found for matter, found in (first | dict(self.outstanding)).items() if found
        }


def matters(today: date) -> list[Matter]:
    """The last periods that are over, in the order of the rules."""
    month = register.before(Month.of(today))
    half, year = register.before(HalfYear.of(today)), register.before(Year.of(today))
    periods: Mapping[Duty, Period] = {
        Duty.MONTHLY_MEETING: month,
        Duty.HALF_YEAR_CONTACT: half,
    }
    return [Matter(duty, periods.get(duty, year)) for duty in MATTERS]


async def of(db: Transaction, subdistrict: str, *, today: date, days: Workdays) -> Overview:
    """The roll-up of today."""
    listed = await connections.of_subdistrict(db, subdistrict)
    held, planned = await _meetings(db, subdistrict, Month.of(today))
    kept = await settings.of_communities(db, connections.confirmed_ids(subdistrict))
    found = {}
    for matter in matters(today):
        found[matter] = await _outstanding(db, subdistrict, matter, kept, today=today, days=days)
    return Overview(
        confirmed(listed),
        sum(one.confirmed_at is None for one in listed),
        Month.of(today),
        held,
        planned,
        found,
    )


def confirmed(listed: Sequence[Connection]) -> list[Community]:
    return [one.community for one in listed if one.confirmed_at is not None]


async def exceptions(
    db: Transaction, subdistrict: str, matter: Matter, *, today: date, days: Workdays
) -> Mapping[int, int]:
    """Of one matter, as `Overview.exceptions` has them; the running month lists what is not called."""
    if matter.period == Month.of(today):
        listed = confirmed(await connections.of_subdistrict(db, subdistrict))
        held, planned = await _meetings(db, subdistrict, Month.of(today))
        return {one.id: 1 for one in listed if one.id not in held | planned}
    kept = await settings.of_communities(db, connections.confirmed_ids(subdistrict))
    return await _outstanding(db, subdistrict, matter, kept, today=today, days=days)


async def _meetings(db: Transaction, subdistrict: str, month: Month) -> tuple[set[int], set[int]]:
    """Where the month's meeting is registered, and where it is only called."""
    duty = Duty.MONTHLY_MEETING
    query = select(
        obligations.c.community_id,
        fulfilment.fulfilled(duty, month).label("is_held"),
        fulfilment.planned(month).label("is_planned"),
    ).where(
        obligations.c.duty == duty,
        obligations.c.community_id.in_(connections.confirmed_ids(subdistrict)),
    )
    rows = (await db.execute(query)).all()
    held = {row.community_id for row in rows if row.is_held}
    return held, {row.community_id for row in rows if row.is_planned} - held


async def _outstanding(
    db: Transaction,
    subdistrict: str,
    matter: Matter,
    kept: Mapping[int, Settings],
    *,
    today: date,
    days: Workdays,
) -> Mapping[int, int]:
    """How many in each community: what no fact fulfils is read, the rules of the register judge it."""
    counted: Counter[int] = Counter()
    for duty in MATTERS[matter.duty]:
        query = (
            select(
                obligations.c.community_id,
                obligations.c.since,
                obligations.c.until,
                communities.c.starts_on,
            )
            .join(communities, communities.c.id == obligations.c.community_id)
            .where(
                obligations.c.duty == duty,
                obligations.c.community_id.in_(connections.confirmed_ids(subdistrict)),
                ~fulfilment.fulfilled(duty, matter.period),
                fulfilment.applies(duty),
            )
        )
        is_person = duties.KINDS[duty].bearer is Bearer.MEMBER
        for row in (await db.execute(query)).all():
            state = duties.state(
                duty,
                matter.period,
                (),
                bond=Bond(row.since, row.until, is_person=is_person),
                starts_on=row.starts_on,
                today=today,
                days=days,
                settings=kept.get(row.community_id, duties.DEFAULTS),
            )
            counted[row.community_id] += state is DutyState.OUTSTANDING
    return {community_id: number for community_id, number in counted.items() if number}


@dataclass(frozen=True)
class Sight:
    """One community: its occurrences of today as numbers of each state, and this year's meetings as numbers."""

    community: Community
    states: Mapping[Matter, Mapping[DutyState, int]]
    rolls: Sequence[Roll]


async def of_community(
    db: Transaction, community: Community, *, today: date, days: Workdays
) -> Sight:
    """No unit, no person, no resolution."""
    counted: dict[Matter, Counter[DutyState]] = {}
    stands_for = {duty: first for first, several in MATTERS.items() for duty in several}
    for one in await register.of_day(db, community, today=today, days=days):
        matter = Matter(stands_for.get(one.duty, one.duty), one.period)
        counted.setdefault(matter, Counter())[one.state] += 1
    rolls = [
        await attendance.roll_of(db, meeting)
        for meeting in await meetings.all_of(db, community)
        if meeting.is_over and day_of(meeting.opened_at or meeting.starts_at).year == today.year
    ]
    return Sight(community, counted, rolls)
