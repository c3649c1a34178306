"""A year of a subdistrict's communities for its appraisal of them: states and numbers, no score (P11).

The facts are read by a few statements for all communities; judging them is left to whoever makes the file.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Row, select

from records import connections, duties, fulfilment, holidays, register, settings
from records.calendar import CHINA, Period, Year, day_of
from records.database import Transaction
from records.duties import Bearer, Bond, Fact
from records.meetings import meeting_of
from records.model import (
    Community,
    Duty,
    DutyState,
    Meeting,
    MeetingKind,
    MeetingState,
    Settings,
)
from records.overview import MATTERS, Matter, confirmed
from records.schema import appraisal_results, meetings, obligations, registrations, units
from records.workdays import Workdays

WANTED = (*(duty for several in MATTERS.values() for duty in several), Duty.DEMOCRATIC_LIFE)
STANDS_FOR = {duty: first for first, several in MATTERS.items() for duty in several}

Key = tuple[Duty, int | None, int | None]  # duty, unit, person


@dataclass(frozen=True)
class Owed:
    """A row of what is owed, without names; `applies` is about a duty report to one's unit."""

    community_id: int
    duty: Duty
    unit_id: int | None
    person_id: int | None
    since: date
    until: date | None
    applies: bool


@dataclass(frozen=True)
class Done:
    """What was registered, without names."""

    on: date
    counts_on: date
    recorded_on: date
    unit_id: int | None
    meeting_id: int | None


@dataclass(frozen=True)
class Result:
    """Of a mutual appraisal, as it was written; without a unit the committee's own."""

    unit: str | None
    words: str


@dataclass(frozen=True)
class SubdistrictYear:
    """Everything the file is made from, by the number of the community."""

    subdistrict: str
    year: int
    on: date
    communities: Sequence[Community]
    settings: Mapping[int, Settings]
    days: Workdays
    owed: Mapping[int, Sequence[Owed]]
    done: Mapping[int, Mapping[Key, Sequence[Done]]]
    held: Mapping[int, Sequence[Meeting]]
    results: Mapping[int, Sequence[Result]]


@dataclass(frozen=True)
class Line:
    """A community's year. `copies` are those sent and those to be sent after the mutual appraisal, if there was one.

    `results` are by the day of the mutual appraisal.
    """

    community: Community
    states: Mapping[Matter, Mapping[DutyState, int]]
    appraised_on: Sequence[date]
    democratic_on: Sequence[date]
    copies: tuple[int, int] | None
    results: Sequence[tuple[date, Result]]


async def of(db: Transaction, subdistrict: str, *, year: int, on: date) -> SubdistrictYear:
    ids = connections.confirmed_ids(subdistrict)
    listed = confirmed(await connections.of_subdistrict(db, subdistrict))
    owed: dict[int, list[Owed]] = defaultdict(list)
    query = (
        select(obligations, fulfilment.applies(Duty.REPORT_TO_UNIT).label("has_organisation"))
        .where(obligations.c.community_id.in_(ids), obligations.c.duty.in_(WANTED))
        .order_by(obligations.c.id)
    )
    for row in (await db.execute(query)).all():
        owed[row.community_id].append(_owed(row))
    done: dict[int, dict[Key, list[Done]]] = defaultdict(dict)
    for row in await _registered(db, subdistrict, year):
        key = (row.duty, row.unit_id, row.person_id)
        done[row.community_id].setdefault(key, []).append(_done(row))
    held: dict[int, list[Meeting]] = defaultdict(list)
    for meeting in await _held(db, subdistrict, year):
        held[meeting.community_id].append(meeting)
    return SubdistrictYear(
        subdistrict,
        year,
        on,
        listed,
        await settings.of_communities(db, ids),
        await holidays.workdays(db),
        owed,
        done,
        held,
        await _results(db, subdistrict),
    )


async def _results(db: Transaction, subdistrict: str) -> Mapping[int, Sequence[Result]]:
    """By the number of the meeting, units as they were entered, the committee last."""
    query = (
        select(appraisal_results.c.meeting_id, appraisal_results.c.result, units.c.name)
        .join(meetings, meetings.c.id == appraisal_results.c.meeting_id)
        .outerjoin(units, units.c.id == appraisal_results.c.unit_id)
        .where(meetings.c.community_id.in_(connections.confirmed_ids(subdistrict)))
        .order_by(units.c.id.is_(None), appraisal_results.c.id)
    )
    found: dict[int, list[Result]] = defaultdict(list)
    for row in (await db.execute(query)).all():
        found[row.meeting_id].append(Result(row.name, row.result))
    return found


async def _registered(db: Transaction, subdistrict: str, year: int) -> Sequence[Row[Any]]:
    """What counts for the year, and every copy: it may have been sent in the next one."""
    column = registrations.c
    counts = column.counts_on.between(Year(year).first, Year(year).last)
    query = (
        select(registrations)
        .where(
            column.community_id.in_(connections.confirmed_ids(subdistrict)),
            column.duty.in_((*WANTED, Duty.COPY)),
            counts | (column.duty == Duty.COPY),
            column.withdrawn_at.is_(None),
        )
        .order_by(column.on, column.id)
    )
    return (await db.execute(query)).all()


async def _held(db: Transaction, subdistrict: str, year: int) -> list[Meeting]:
    """Held in the year or the next months, when the window of 年终 may lie."""
    first = datetime.combine(date(year, 1, 1), time(), CHINA)
    end = datetime.combine(date(year + 1, 4, 1), time(), CHINA)
    query = (
        select(meetings)
        .where(
            meetings.c.community_id.in_(connections.confirmed_ids(subdistrict)),
            meetings.c.state == MeetingState.HELD,
            meetings.c.starts_at >= first,
            meetings.c.starts_at < end,
        )
        .order_by(meetings.c.starts_at)
    )
    return [meeting_of(row) for row in (await db.execute(query)).all()]


def _owed(row: Row[Any]) -> Owed:
    return Owed(
        row.community_id,
        row.duty,
        row.unit_id,
        row.person_id,
        row.since,
        row.until,
        row.duty is not Duty.REPORT_TO_UNIT or row.has_organisation,
    )


def _done(row: Row[Any]) -> Done:
    return Done(row.on, row.counts_on, day_of(row.recorded_at), row.unit_id, row.meeting_id)


def lines(facts: SubdistrictYear) -> Iterator[Line]:
    """Each community in administrative order. Slow for many of them: not inside a transaction."""
    for community in facts.communities:
        states: dict[Matter, Counter[DutyState]] = {}
        for one in facts.owed.get(community.id, ()):
            kind = duties.period_kind(one.duty)
            for period in register.within(kind, facts.year) if kind is not None else ():
                matter = Matter(STANDS_FOR.get(one.duty, one.duty), period)
                found = states.setdefault(matter, Counter())
                found[_state(facts, community, one, period)] += 1
        life = _found(facts, community).get((Duty.DEMOCRATIC_LIFE, None, None), ())
        appraisals = _appraisals(facts, community)
        yield Line(
            community,
            states,
            [_held_on(meeting) for meeting in appraisals],
            [one.on for one in life],
            _copies(facts, community, appraisals),
            [
                (_held_on(meeting), result)
                for meeting in appraisals
                for result in facts.results.get(meeting.id, ())
            ],
        )


def _found(facts: SubdistrictYear, community: Community) -> Mapping[Key, Sequence[Done]]:
    return facts.done.get(community.id, {})


def _state(facts: SubdistrictYear, community: Community, one: Owed, period: Period) -> DutyState:
    key = (one.duty, one.unit_id, one.person_id)
    found = [
        Fact(each.on, each.recorded_on)
        for each in _found(facts, community).get(key, ())
        if each.counts_on in period
    ]
    found += [
        _meeting_fact(meeting)
        for meeting in facts.held.get(community.id, ())
        if register.counts_for(one.duty, meeting, period)
    ]
    is_person = duties.KINDS[one.duty].bearer is Bearer.MEMBER
    return duties.state(
        one.duty,
        period,
        found,
        bond=Bond(one.since, one.until, one.applies, is_person),
        starts_on=community.starts_on,
        today=facts.on,
        days=facts.days,
        settings=facts.settings.get(community.id, duties.DEFAULTS),
    )


def _meeting_fact(meeting: Meeting) -> Fact:
    on = _held_on(meeting)
    return Fact(on, day_of(meeting.entered_at) if meeting.entered_at is not None else on)


def _held_on(meeting: Meeting) -> date:
    return day_of(meeting.opened_at or meeting.starts_at)


def _appraisals(facts: SubdistrictYear, community: Community) -> list[Meeting]:
    year = Year(facts.year)
    return [
        meeting
        for meeting in facts.held.get(community.id, ())
        if meeting.kind is MeetingKind.MUTUAL_APPRAISAL
        and register.counts_for(Duty.MUTUAL_APPRAISAL, meeting, year)
    ]


def _copies(
    facts: SubdistrictYear, community: Community, appraisals: Sequence[Meeting]
) -> tuple[int, int] | None:
    """How many units' results were sent to their superior organisation, and of how many (第6问)."""
    if not appraisals:
        return None
    numbers = {meeting.id for meeting in appraisals}
    sent = {
        unit_id
        for (duty, unit_id, _person), several in _found(facts, community).items()
        if duty is Duty.COPY and any(one.meeting_id in numbers for one in several)
    }
    on = _held_on(appraisals[-1])
    owing = {
        one.unit_id
        for one in facts.owed.get(community.id, ())
        if one.duty is Duty.DEED and one.since <= on and (one.until is None or one.until >= on)
    }
    return len(sent), len(sent | owing)
