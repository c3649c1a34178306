"""What the records hold of one year of a community: its meetings, its units' contacts, what is not registered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from sqlalchemy import String, cast, literal, or_, select

from records import attendance, communities, people, resolutions, rules, votes
from records.calendar import HalfYear, day_of
from records.database import Transaction
from records.meetings import meeting_of
from records.model import (
    Attendance,
    Community,
    Contact,
    Duty,
    DutyState,
    Meeting,
    MeetingState,
    Person,
    Resolution,
    Roll,
    Unit,
    Vote,
)
from records.schema import contacts, meetings, operations, units


class Standing(Enum):
    """How a unit's contact in a half-year stands in the register (P2)."""

    FULFILLED = "fulfilled"
    REGISTERED_LATER = "registered_later"
    ENTERED_BEFORE_START = "entered_before_start"
    OUTSTANDING = "outstanding"
    NEAR_END = "near_end"
    UPCOMING = "upcoming"
    NOT_BEGUN = "not_begun"
    BEFORE_START = "before_start"


OPEN_STANDINGS = {
    DutyState.OUTSTANDING: Standing.OUTSTANDING,
    DutyState.NEAR_END: Standing.NEAR_END,
    DutyState.UPCOMING: Standing.UPCOMING,
}


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
class UnitEntry:
    """A unit that owes contact, and how each half-year of the year stands."""

    unit: Unit
    standings: tuple[Standing, Standing]


@dataclass(frozen=True)
class Contacts:
    """The contacts of a year in the order of their days, and the units in the order of the roster."""

    community: Community
    year: int
    exported_on: date
    contacts: Sequence[Contact]
    units: Sequence[UnitEntry]


@dataclass(frozen=True)
class Yearbook:
    """All of it. `names` are those who recorded for others or settled a vote, by their id."""

    contacts: Contacts
    meetings: Sequence[MeetingEntry]
    names: Mapping[int, str]

    @property
    def community(self) -> Community:
        return self.contacts.community

    @property
    def year(self) -> int:
        return self.contacts.year

    @property
    def exported_on(self) -> date:
        return self.contacts.exported_on


def standing(
    period: HalfYear, found: Sequence[Contact], *, starts_on: date, today: date
) -> Standing:
    """What the register says of the contacts that fell in the period: the day it happened decides."""
    if period.last < starts_on:
        return Standing.ENTERED_BEFORE_START if found else Standing.BEFORE_START
    if not found and today < period.first:
        return Standing.NOT_BEGUN
    if not found:
        state = rules.state(Duty.HALF_YEAR_CONTACT, period, fulfilled=False, today=today)
        return OPEN_STANDINGS[state]
    in_time = any(day_of(contact.recorded_at) <= period.last for contact in found)
    return Standing.FULFILLED if in_time else Standing.REGISTERED_LATER


def halves(year: int) -> tuple[HalfYear, HalfYear]:
    return HalfYear(year, 1), HalfYear(year, 2)


async def of(db: Transaction, community: Community, *, year: int, on: date) -> Yearbook:
    """The year as it stands on the day of the export."""
    entered_by = await _entered_by(db, community)
    entries = [
        await _entry(db, meeting, entered_by.get(meeting.id))
        for meeting in await _meetings(db, community, year)
    ]
    wanted = {
        person_id
        for entry in entries
        for person_id in (
            *(record.recorded_by for _, record in entry.people if record is not None),
            *(vote.settled_by for vote in entry.votes),
        )
        if person_id is not None
    }
    names = {one.id: one.name for one in await people.with_ids(db, sorted(wanted))}
    return Yearbook(await contacts_of(db, community, year=year, on=on), entries, names)


async def contacts_of(db: Transaction, community: Community, *, year: int, on: date) -> Contacts:
    query = (
        select(contacts, units.c.name, units.c.is_local, units.c.has_party_organisation)
        .join_from(contacts, units, units.c.id == contacts.c.unit_id)
        .where(
            units.c.community_id == community.id,
            contacts.c.on >= date(year, 1, 1),
            contacts.c.on <= date(year, 12, 31),
        )
        .order_by(contacts.c.on, contacts.c.id)
    )
    found = [
        Contact(
            Unit(row.unit_id, community.id, row.name, row.is_local, row.has_party_organisation),
            row.on,
            row.form,
            row.recorded_at,
        )
        for row in (await db.execute(query)).all()
    ]
    owing = await communities.owing_units(db, community_id=community.id)
    entries = [_unit_entry(unit, found, community, year=year, on=on) for unit in owing]
    return Contacts(community, year, on, found, entries)


def _unit_entry(
    unit: Unit, found: Sequence[Contact], community: Community, *, year: int, on: date
) -> UnitEntry:
    own = [contact for contact in found if contact.unit.id == unit.id]
    first, second = (
        standing(
            half,
            [contact for contact in own if contact.on in half],
            starts_on=community.starts_on,
            today=on,
        )
        for half in halves(year)
    )
    return UnitEntry(unit, (first, second))


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
    return [one for one in found if day_of(one.opened_at or one.starts_at).year == year]


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
