"""Facts that fulfil duties on both databases: registered once, confirmed, given to a year, taken back."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import update

from records import holidays, register, registrations, standing, visits
from records.calendar import CHINA, HalfYear, Year
from records.database import Database, Transaction
from records.errors import (
    DayOutOfRange,
    GivenTooLate,
    ReasonMissing,
    StaleButton,
    WorkersOnly,
)
from records.model import (
    Community,
    ContactForm,
    Duty,
    DutyState,
    MeetingState,
    Person,
    Registration,
)
from records.registrations import Happened
from records.schema import meetings
from tests.records.facts import person, planned, settled

NOVEMBER = datetime(2026, 11, 18, 10, 0, tzinfo=CHINA)
JANUARY = datetime(2027, 1, 12, 10, 0, tzinfo=CHINA)
FEBRUARY = datetime(2027, 2, 10, 10, 0, tzinfo=CHINA)
P2, P3, P6 = Duty.HALF_YEAR_CONTACT, Duty.DEED, Duty.DEMOCRATIC_LIFE
PHONE = ContactForm.PHONE


async def liaison_and_worker(db: Transaction) -> tuple[Community, Person, Person]:
    return await settled(db), await person(db, "刘强"), await person(db, "王岚")


async def state(db: Transaction, community: Community, fact: Registration, on: date) -> DutyState:
    found = await standing.occurrence(db, community, fact, fact.counts_on, today=on)
    assert found is not None
    return found.state


async def test_same_thing_is_registered_once(database: Database) -> None:
    async with database.begin() as db:
        community, liaison, worker = await liaison_and_worker(db)
        fact = Happened(P3, date(2026, 11, 10), liaison.unit, title="清雪")
        first = await registrations.record(db, fact, by=liaison, at=NOVEMBER)
        again = await registrations.record(db, fact, by=liaison, at=NOVEMBER + timedelta(hours=1))
        by_worker = await registrations.record(db, fact, by=worker, at=JANUARY)

        assert again == first
        assert first.confirmed_at is None
        assert (by_worker.id, by_worker.recorded_at) == (first.id, NOVEMBER)
        assert (by_worker.confirmed_by, by_worker.confirmed_at) == (worker.id, JANUARY)
        assert await registrations.unconfirmed(db, community_id=community.id) == []


async def test_same_thing_counts_for_one_period_only(database: Database) -> None:
    async with database.begin() as db:
        _community, liaison, worker = await liaison_and_worker(db)
        fact = Happened(P2, date(2027, 1, 5), liaison.unit, form=PHONE)
        given = Happened(
            P2, date(2027, 1, 5), liaison.unit, form=PHONE, counts_on=date(2026, 12, 31)
        )
        first = await registrations.record(db, fact, by=worker, at=JANUARY)

        assert (await registrations.record(db, given, by=worker, at=JANUARY)) == first


async def test_day_decides_and_not_the_day_of_the_registration(database: Database) -> None:
    async with database.begin() as db:
        community, liaison, worker = await liaison_and_worker(db)
        late = Happened(P2, date(2026, 12, 20), liaison.unit, form=PHONE)
        found = await registrations.record(db, late, by=liaison, at=JANUARY)
        (alone,) = await standing.of(db, [found])

        assert (alone.state, alone.period) == (DutyState.REGISTERED_LATER, HalfYear(2026, 2))
        assert (alone.by.name, alone.confirmed_by) == ("刘强", None)
        assert await state(db, community, found, JANUARY.date()) is DutyState.REGISTERED_LATER
        assert await registrations.confirm(db, found.id, by=worker, at=JANUARY) == (
            await registrations.confirm(db, found.id, by=worker, at=FEBRUARY)
        )


async def test_only_a_worker_gives_to_a_period_that_is_over(database: Database) -> None:
    given = Happened(P2, date(2027, 1, 5), form=PHONE, counts_on=date(2026, 12, 31))
    async with database.begin() as db:
        community, liaison, worker = await liaison_and_worker(db)
        fact = Happened(P2, given.on, liaison.unit, form=PHONE, counts_on=given.counts_on)
        with pytest.raises(WorkersOnly):
            await registrations.record(db, fact, by=liaison, at=JANUARY)
        before = await standing.earlier(db, community, fact, today=JANUARY.date())
        found = await registrations.record(db, fact, by=worker, at=JANUARY)
        (alone,) = await standing.of(db, [found])

        assert before == HalfYear(2026, 2)
        assert alone.state is DutyState.AFTER_PERIOD
        assert await state(db, community, found, JANUARY.date()) is DutyState.AFTER_PERIOD
        assert await standing.earlier(db, community, fact, today=JANUARY.date()) is None
        days = await holidays.workdays(db)
        running = await register.of_day(db, community, today=JANUARY.date(), days=days)
        (this,) = [
            one for one in running if one.unit == liaison.unit and one.period == HalfYear(2027, 1)
        ]
        assert this.facts == []


async def test_year_may_be_chosen_in_january_only(database: Database) -> None:
    async with database.begin() as db:
        _community, liaison, worker = await liaison_and_worker(db)
        deed = Happened(P3, date(2027, 1, 10), liaison.unit, title="清雪")
        found = await registrations.record(db, deed, by=liaison, at=JANUARY)
        moved = await registrations.attribute(db, found.id, 2026, by=liaison, at=JANUARY)
        (alone,) = await standing.of(db, [moved])
        back = await registrations.attribute(db, found.id, 2027, by=liaison, at=JANUARY)
        later = Happened(P3, date(2027, 2, 3), liaison.unit, title="义诊")
        february = await registrations.record(db, later, by=liaison, at=FEBRUARY)

        assert (alone.state, alone.period) == (DutyState.FULFILLED, Year(2026))
        assert (moved.counts_on, back.counts_on) == (date(2026, 12, 31), date(2027, 1, 10))
        assert (await registrations.with_id(db, found.id, community_id=worker.community_id)) == back
        with pytest.raises(WorkersOnly):
            await registrations.attribute(db, february.id, 2026, by=liaison, at=FEBRUARY)
        with pytest.raises(GivenTooLate):
            await registrations.attribute(db, february.id, 2028, by=worker, at=FEBRUARY)
        given = await registrations.attribute(db, february.id, 2026, by=worker, at=FEBRUARY)
        (after,) = await standing.of(db, [given])
        assert after.state is DutyState.AFTER_PERIOD


async def test_days_that_may_be_registered(database: Database) -> None:
    async with database.begin() as db:
        _community, liaison, worker = await liaison_and_worker(db)
        for by, duty, earliest in (
            (liaison, P2, date(2026, 1, 1)),
            (liaison, P3, date(2025, 1, 1)),
            (worker, P2, date(2021, 1, 1)),
        ):
            registrations.check_day(duty, earliest, by=by, today=NOVEMBER.date())
            for day in (earliest - timedelta(days=1), date(2026, 11, 19)):
                with pytest.raises(DayOutOfRange) as refused:
                    registrations.check_day(duty, day, by=by, today=NOVEMBER.date())
                assert refused.value == DayOutOfRange(earliest)
        with pytest.raises(DayOutOfRange):
            registrations.check_day(P2, date(2026, 6, 30), by=liaison, today=date(2027, 1, 1))


async def test_reversal_opens_the_duty_again_with_what_arose_from_it(database: Database) -> None:
    async with database.begin() as db:
        community, liaison, worker = await liaison_and_worker(db)
        visit = await visits.record(
            db,
            Happened(Duty.VISIT, date(2026, 11, 10), liaison.unit, form=ContactForm.VISIT),
            visitors="王岚",
            by=worker,
            at=NOVEMBER,
        )
        number = visit.registration.id
        contact = await registrations.record(
            db,
            Happened(
                P2, date(2026, 11, 10), liaison.unit, form=ContactForm.VISIT, arises_from=number
            ),
            by=liaison,
            at=NOVEMBER,
        )
        assert await visits.contact_of(db, number) == contact.id
        assert await state(db, community, contact, NOVEMBER.date()) is DutyState.FULFILLED

        with pytest.raises(ReasonMissing):
            await registrations.withdraw(db, number, reason=" ", by=worker, at=NOVEMBER)
        await registrations.withdraw(db, number, reason="记错了", by=worker, at=NOVEMBER)

        assert await visits.contact_of(db, number) is None
        assert await state(db, community, contact, NOVEMBER.date()) is DutyState.UPCOMING
        for gone in (number, contact.id):
            with pytest.raises(StaleButton):
                await registrations.with_id(db, gone, community_id=community.id)
        with pytest.raises(StaleButton):
            await registrations.withdraw(db, number, reason="再来", by=worker, at=NOVEMBER)


async def test_visit_is_noted_step_by_step_and_listed(database: Database) -> None:
    async with database.begin() as db:
        community, liaison, worker = await liaison_and_worker(db)
        fact = Happened(Duty.VISIT, date(2026, 11, 10), liaison.unit, form=ContactForm.TALK)
        found = await visits.record(db, fact, visitors="王岚", by=worker, at=NOVEMBER)
        again = await visits.record(db, fact, visitors="李书明", by=worker, at=NOVEMBER)
        noted = await visits.complete(db, found, by=worker, at=NOVEMBER, needs="停车位")
        noted = await visits.complete(db, noted, by=worker, at=NOVEMBER, done_on=date(2026, 11, 17))
        await visits.count(db, found.registration.id, counts=False)
        (listed,) = await visits.of_community(
            db, community_id=community.id, first=date(2026, 1, 1), last=date(2026, 12, 31)
        )

        assert again == found
        assert (noted.needs, noted.done_on, noted.counts) == ("停车位", date(2026, 11, 17), None)
        assert (listed.needs, listed.done_on, listed.counts) == (
            "停车位",
            date(2026, 11, 17),
            False,
        )
        with pytest.raises(StaleButton):
            await visits.with_id(db, found.registration.id, community_id=community.id + 1)


async def test_what_is_owed_by_no_day_has_no_state(database: Database) -> None:
    async with database.begin() as db:
        community, liaison, worker = await liaison_and_worker(db)
        fact = Happened(Duty.VISIT, date(2026, 11, 10), liaison.unit, form=ContactForm.TALK)
        found = await registrations.record(db, fact, by=worker, at=NOVEMBER)
        (alone,) = await standing.of(db, [found])

        assert (alone.state, alone.period) == (None, None)
        assert await standing.earlier(db, community, fact, today=NOVEMBER.date()) is None
        assert (
            await standing.occurrence(db, community, found, found.on, today=NOVEMBER.date()) is None
        )
        assert await standing.of(db, []) == []
        with pytest.raises(GivenTooLate):
            await registrations.attribute(db, found.id, 2025, by=worker, at=NOVEMBER)


async def test_democratic_life_belongs_to_the_year_before_until_the_end_of_march(
    database: Database,
) -> None:
    march = datetime(2027, 3, 31, 10, 0, tzinfo=CHINA)
    async with database.begin() as db:
        _community, _liaison, worker = await liaison_and_worker(db)
        fact = Happened(P6, date(2027, 3, 30), counts_on=date(2026, 12, 31))
        found = await registrations.record(db, fact, by=worker, at=march)
        (alone,) = await standing.of(db, [found])

        assert (alone.state, alone.period) == (DutyState.FULFILLED, Year(2026))


async def test_fact_of_a_meeting_is_known_while_the_meeting_is_reopened(database: Database) -> None:
    """Registered anew by itself meanwhile it is the same row, and stands without the meeting."""
    async with database.begin() as db:
        community, _liaison, worker = await liaison_and_worker(db)
        meeting = await planned(db, NOVEMBER, at=NOVEMBER - timedelta(days=1))
        held = update(meetings).where(meetings.c.id == meeting.id)
        member = await person(db, "陈敏")
        by_itself = Happened(Duty.REPORT_TO_COMMITTEE, NOVEMBER.date(), person_id=member.id)
        with_it = replace(by_itself, meeting_id=meeting.id)
        await db.execute(held.values(state=MeetingState.HELD))
        first = await registrations.record(db, with_it, by=worker, at=NOVEMBER)
        await db.execute(held.values(state=MeetingState.OPEN))
        known = await registrations.known(db, with_it, community_id=community.id)
        again = await registrations.record(db, by_itself, by=worker, at=NOVEMBER)
        await db.execute(held.values(state=MeetingState.HELD))
        third = await registrations.record(db, with_it, by=worker, at=NOVEMBER)

        assert known == first
        assert again == replace(first, meeting_id=None)
        assert third == again
        assert await registrations.arising_from(db, meeting.id) == []


async def test_day_that_was_checked_with_another_fact_is_not_refused(database: Database) -> None:
    async with database.begin() as db:
        _community, liaison, _worker = await liaison_and_worker(db)
        fact = Happened(P2, date(2022, 3, 1), liaison.unit, form=ContactForm.VISIT)
        with pytest.raises(DayOutOfRange):
            await registrations.record(db, fact, by=liaison, at=NOVEMBER)

        found = await registrations.record(db, fact, by=liaison, at=NOVEMBER, is_checked=True)
        assert found.on == date(2022, 3, 1)
