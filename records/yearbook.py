"""What the records hold of one year of a community: its meetings, its register of duties, what was registered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import String, cast, literal, or_, select

from records import (
    appraisals,
    attendance,
    holidays,
    obligations,
    people,
    register,
    registrations,
    resolutions,
    settings,
    standing,
    units,
    visits,
    votes,
)
from records.calendar import Year, day_of
from records.database import Transaction
from records.meetings import meeting_of
from records.meetings import with_id as meeting_with_id
from records.model import (
    Attendance,
    Community,
    Duty,
    DutyState,
    Meeting,
    MeetingState,
    Person,
    Registration,
    Resolution,
    Roll,
    Settings,
    Unit,
    Visit,
    Vote,
)
from records.register import Occurrence
from records.schema import meetings, operations


@dataclass(frozen=True)
class MeetingEntry:
    """A meeting as the ledger has it. `people` are the team, then the guests; nobody before sign-in."""

    roll: Roll
    people: Sequence[tuple[Person, Attendance | None]]
    votes: Sequence[Vote]
    resolutions: Sequence[Resolution]
    entered_by: Person | None

    @property
    def meeting(self) -> Meeting:
        return self.roll.meeting

    @property
    def team(self) -> Sequence[tuple[Person, Attendance | None]]:
        return self.people[: self.roll.expected]

    @property
    def guests(self) -> Sequence[tuple[Person, Attendance | None]]:
        return self.people[self.roll.expected :]


@dataclass(frozen=True)
class Copy:
    """A unit's result of a mutual appraisal, which goes to its superior (问答第6问); None: not yet sent.

    Without a unit it is the committee's own, which goes nowhere.
    """

    unit: Unit | None
    appraised_on: date | None
    sent: Registration | None
    result: str = ""


@dataclass(frozen=True)
class UnitEntry:
    """A unit, and how the contacts of both half-years and the deed of the year stand."""

    unit: Unit
    states: tuple[DutyState, DutyState, DutyState]


@dataclass(frozen=True)
class UnitTable:
    """The units in the order of the roster: what the picture of a year shows, P2 and P3 only."""

    community: Community
    year: int
    exported_on: date
    units: Sequence[UnitEntry]


@dataclass(frozen=True)
class Yearbook:
    """All of it, by the day it happened or the year it counts for.

    `states` are those of single registrations by their id: several may lie in one period. `people` are
    those who registered, recorded for others, settled a vote or reported, by their id.
    """

    community: Community
    year: int
    exported_on: date
    settings: Settings
    meetings: Sequence[MeetingEntry]
    register: Sequence[Occurrence]
    registrations: Sequence[Registration]
    states: Mapping[int, DutyState]
    visits: Sequence[Visit]
    copies: Sequence[Copy]
    people: Mapping[int, Person]

    @property
    def unit_table(self) -> UnitTable:
        return _unit_table(self.community, self.year, self.exported_on, self.register)

    def registered(self, *wanted: Duty) -> list[Registration]:
        """What was registered of these duties, in the order of the days it happened."""
        return [one for one in self.registrations if one.duty in wanted]

    def name(self, person_id: int | None) -> str:
        found = self.people.get(person_id) if person_id is not None else None
        return found.name if found is not None else ""


async def of(db: Transaction, community: Community, *, year: int, on: date) -> Yearbook:
    """The year as it stands on the day of the export."""
    entered_by = await _entered_by(db, community)
    entries = [
        await _entry(db, meeting, entered_by.get(meeting.id))
        for meeting in await _meetings(db, community, year)
    ]
    days = await holidays.workdays(db)
    occurrences = await register.of_year(db, community, year, today=on, days=days)
    found = await registrations.of_year(db, community_id=community.id, year=year)
    wanted = {one for one in _person_ids(entries, found) if one is not None}
    alone = await standing.of(db, found)
    return Yearbook(
        community,
        year,
        on,
        await settings.of(db, community.id),
        entries,
        occurrences,
        found,
        {one.fact.id: one.state for one in alone if one.state is not None},
        await visits.of_community(
            db, community_id=community.id, first=Year(year).first, last=Year(year).last
        ),
        await _copies(db, community, occurrences, found),
        {one.id: one for one in await people.with_ids(db, sorted(wanted))},
    )


async def units_of(db: Transaction, community: Community, *, year: int, on: date) -> UnitTable:
    days = await holidays.workdays(db)
    occurrences = await register.of_year(db, community, year, today=on, days=days)
    return _unit_table(community, year, on, occurrences)


def _unit_table(
    community: Community, year: int, on: date, occurrences: Iterable[Occurrence]
) -> UnitTable:
    """A unit of which nothing was expected all year is left out."""
    units: dict[int, Unit] = {}
    states: dict[int, list[DutyState]] = {}
    for one in occurrences:
        if one.unit is not None:
            units[one.unit.id] = one.unit
            states.setdefault(one.unit.id, []).append(one.state)
    entries = []
    for number, (first, second, deed) in states.items():
        if {first, second, deed} != {DutyState.NOT_APPLICABLE}:
            entries.append(UnitEntry(units[number], (first, second, deed)))
    return UnitTable(community, year, on, entries)


def _person_ids(
    entries: Iterable[MeetingEntry], found: Iterable[Registration]
) -> Iterator[int | None]:
    for entry in entries:
        yield from (record.recorded_by for _, record in entry.people if record is not None)
        yield from (vote.settled_by for vote in entry.votes)
    for one in found:
        yield from (one.person_id, one.recorded_by)


async def _copies(
    db: Transaction,
    community: Community,
    occurrences: Iterable[Occurrence],
    found: Iterable[Registration],
) -> list[Copy]:
    """For each mutual appraisal of the year every unit that owed something on its day; then what else was sent."""
    copies: list[Copy] = []
    held = [
        one for each in occurrences if each.duty is Duty.MUTUAL_APPRAISAL for one in each.meetings
    ]
    for meeting in held:
        on, results = _held_on(meeting), await appraisals.results_of(db, meeting)
        units = {unit.id: unit for unit in await appraised_units(db, community, on, results)}
        sent: dict[int, list[Registration]] = {}
        for one in await registrations.arising_from(db, meeting.id):
            if one.duty is Duty.COPY and one.unit is not None:
                units[one.unit.id] = one.unit
                sent.setdefault(one.unit.id, []).append(one)
        for number in sorted(units):
            result = results.get(number, "")
            copies += [Copy(units[number], on, one, result) for one in sent.get(number, [None])]
        if None in results:
            copies.append(Copy(None, on, None, results[None]))
    known = {meeting.id for meeting in held}
    for one in found:
        if one.duty is Duty.COPY and one.unit is not None and one.meeting_id not in known:
            of = await meeting_with_id(db, one.meeting_id) if one.meeting_id is not None else None
            copies.append(Copy(one.unit, _held_on(of) if of is not None else None, one))
    return copies


async def appraised_units(
    db: Transaction, community: Community, on: date, results: appraisals.Results
) -> list[Unit]:
    """Who owed something on the day, and who else has a result."""
    found = {unit.id: unit for unit in await owing_units(db, community, on)}
    if results.keys() - found.keys() - {None}:
        listed = await units.of_community(db, community_id=community.id)
        found |= {unit.id: unit for unit in listed if unit.id in results}
    return [found[number] for number in sorted(found)]


async def owing_units(db: Transaction, community: Community, on: date) -> list[Unit]:
    """The units whose results are copied: who owed something on the day, or on the community's first."""
    day = max(on, community.starts_on)
    return [
        one.unit
        for one in await obligations.of_community(db, community.id)
        if one.duty is Duty.DEED
        and one.unit is not None
        and one.since <= day
        and (one.until is None or one.until >= day)
    ]


def _held_on(meeting: Meeting) -> date:
    return day_of(meeting.opened_at or meeting.starts_at)


async def _meetings(db: Transaction, community: Community, year: int) -> list[Meeting]:
    """By the day the meeting was held, else planned for; a draft that was dropped was never a meeting."""
    was_called = (
        select(operations.c.id)
        .where(
            operations.c.act == "call",
            operations.c.subject == literal("meeting:") + cast(meetings.c.id, String),
        )
        .exists()
    )
    query = (
        select(meetings)
        .where(
            meetings.c.community_id == community.id,
            meetings.c.state != MeetingState.DRAFT,
            or_(meetings.c.state != MeetingState.CANCELLED, was_called),
        )
        .order_by(meetings.c.starts_at, meetings.c.id)
    )
    found = [meeting_of(row) for row in (await db.execute(query)).all()]
    return [one for one in found if _held_on(one).year == year]


async def _entered_by(db: Transaction, community: Community) -> dict[int, Person]:
    """Who entered a meeting later, by the meeting's id."""
    query = select(operations.c.subject, operations.c.person_id).where(
        operations.c.community_id == community.id, operations.c.act == "enter_later"
    )
    rows = (await db.execute(query)).all()
    ids = {row.person_id for row in rows if row.person_id is not None}
    known = {person.id: person for person in await people.with_ids(db, sorted(ids))}
    return {
        int(row.subject.removeprefix("meeting:")): known[row.person_id]
        for row in rows
        if row.person_id in known
    }


async def _entry(db: Transaction, meeting: Meeting, entered_by: Person | None) -> MeetingEntry:
    listed = await attendance.list_of(db, meeting) if meeting.opened_at is not None else []
    return MeetingEntry(
        await attendance.roll_of(db, meeting),
        listed,
        await votes.of(db, meeting),
        await resolutions.of(db, meeting),
        entered_by,
    )
