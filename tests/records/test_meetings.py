"""A meeting from the call to its outcome; the roll by the roster of the meeting's day."""

import asyncio
from datetime import date, datetime, timedelta

import pytest

from records import attendance, communities, meetings, people
from records.calendar import CHINA, Month
from records.database import Database, Transaction
from records.errors import (
    MeetingAlreadyPlanned,
    MeetingInThePast,
    MeetingStillOpen,
    NoMeeting,
    NoOpenMeeting,
)
from records.model import Capacity, Community, Meeting, MeetingState, Presence, Roll
from tests.records.facts import START, person, planned, settled

AFTERNOON = datetime(2026, 11, 25, 15, 0, tzinfo=CHINA)


async def test_team_of_three_needs_two_and_the_month_counts_it(database: Database) -> None:
    async with database.begin() as db:
        community, meeting = await _opened(db)
        for name in ("李书明", "陈敏"):
            await attendance.sign_in(db, meeting, await person(db, name), at=AFTERNOON)
        roll = await meetings.close_sign_in(
            db, community, by=await person(db, "王岚"), at=AFTERNOON + timedelta(minutes=30)
        )

        assert (roll.expected, roll.present, roll.unsigned) == (3, 2, 1)
        assert roll.meeting.state is MeetingState.HELD
        held = await meetings.held_in(db, community, Month(2026, 11))
        assert held == roll.meeting


async def test_one_of_three_is_not_held_and_the_month_stays_open(database: Database) -> None:
    async with database.begin() as db:
        community, meeting = await _opened(db)
        await attendance.sign_in(db, meeting, await person(db, "陈敏"), at=AFTERNOON)
        roll = await meetings.close_sign_in(
            db, community, by=await person(db, "王岚"), at=AFTERNOON
        )

        assert roll.meeting.state is MeetingState.NOT_HELD
        assert await meetings.held_in(db, community, Month(2026, 11)) is None


async def test_signing_in_twice_keeps_the_first_time(database: Database) -> None:
    async with database.begin() as db:
        _community, meeting = await _opened(db)
        member = await person(db, "陈敏")
        await attendance.sign_in(db, meeting, member, at=AFTERNOON)
        again = await attendance.sign_in(db, meeting, member, at=AFTERNOON + timedelta(minutes=9))

        assert (again.at, again.is_new) == (AFTERNOON, False)


async def test_late_comer_who_had_asked_leave_is_present(database: Database) -> None:
    async with database.begin() as db:
        _community, meeting = await _opened(db)
        member = await person(db, "陈敏")
        await attendance.excuse(db, meeting, member, at=AFTERNOON)
        record = await attendance.sign_in(db, meeting, member, at=AFTERNOON)

        assert record.presence is Presence.PRESENT
        assert (await attendance.roll_of(db, meeting)).excused == 0


async def test_present_member_cannot_slip_into_leave(database: Database) -> None:
    async with database.begin() as db:
        _community, meeting = await _opened(db)
        member = await person(db, "陈敏")
        await attendance.sign_in(db, meeting, member, at=AFTERNOON)
        record = await attendance.excuse(db, meeting, member, at=AFTERNOON)

        assert (record.presence, record.is_new) == (Presence.PRESENT, False)


async def test_liaison_attends_without_vote_and_counts_for_nothing(database: Database) -> None:
    async with database.begin() as db:
        _community, meeting = await _opened(db)
        record = await attendance.sign_in(db, meeting, await person(db, "刘强"), at=AFTERNOON)
        roll = await attendance.roll_of(db, meeting)

        assert record.capacity is Capacity.NON_VOTING
        assert (roll.expected, roll.present, roll.non_voting) == (3, 0, 1)


async def test_sign_in_sent_in_time_counts_although_processed_after_closing(
    database: Database,
) -> None:
    async with database.begin() as db:
        community, meeting = await _opened(db)
        worker = await person(db, "王岚")
        await attendance.sign_in(db, meeting, await person(db, "陈敏"), at=AFTERNOON)
        closed = AFTERNOON + timedelta(minutes=30)
        await meetings.close_sign_in(db, community, by=worker, at=closed)

        in_time = closed - timedelta(seconds=1)
        found = await meetings.open_at(db, community, at=in_time)
        await attendance.sign_in(db, found, await person(db, "李书明"), at=in_time)
        await meetings.reassess(db, found)

        assert (await meetings.with_id(db, meeting.id)).state is MeetingState.HELD
        with pytest.raises(NoOpenMeeting):
            await meetings.open_at(db, community, at=closed + timedelta(seconds=1))


async def test_team_is_that_of_the_meetings_day(database: Database) -> None:
    async with database.begin() as db:
        community = await settled(db)

        assert len(await people.team_on(db, community_id=community.id, day=date(2026, 11, 2))) == 3
        assert await people.team_on(db, community_id=community.id, day=date(2026, 11, 1)) == []


async def test_second_sign_in_on_top_of_an_open_one_is_refused(database: Database) -> None:
    async with database.begin() as db:
        community, meeting = await _opened(db)
        worker = await person(db, "王岚")
        with pytest.raises(MeetingStillOpen) as refused:
            await meetings.open_sign_in(db, community, by=worker, at=AFTERNOON)

        assert refused.value.meeting == meeting


async def test_meeting_is_not_planned_twice_nor_in_the_past(database: Database) -> None:
    async with database.begin() as db:
        community = await settled(db)
        await _call(db, community, AFTERNOON)
        with pytest.raises(MeetingAlreadyPlanned):
            await _call(db, community, AFTERNOON)
        with pytest.raises(MeetingInThePast):
            await _call(db, community, START - timedelta(hours=1))


async def test_without_any_meeting_there_is_none_to_open_or_show(database: Database) -> None:
    async with database.begin() as db:
        community = await settled(db)
        with pytest.raises(NoMeeting):
            await meetings.open_sign_in(db, community, by=await person(db, "王岚"), at=START)
        with pytest.raises(NoMeeting):
            await meetings.latest(db, community, at=START)


async def test_no_open_meeting_says_when_the_next_one_is(database: Database) -> None:
    async with database.begin() as db:
        community = await settled(db)
        await _call(db, community, AFTERNOON)
        with pytest.raises(NoOpenMeeting) as refused:
            await meetings.open_at(db, community, at=START)

        assert refused.value.following == AFTERNOON


async def test_closing_waits_for_the_sign_in_that_is_being_recorded(
    postgresql_pair: tuple[Database, Database],
) -> None:
    one, two = postgresql_pair
    async with one.begin() as db:
        community, meeting = await _opened(db)
        await attendance.sign_in(db, meeting, await person(db, "李书明"), at=AFTERNOON)

    async def close() -> Roll:
        async with two.begin() as db:
            await communities.lock(db, community)
            worker = await person(db, "王岚")
            return await meetings.close_sign_in(db, community, by=worker, at=AFTERNOON)

    async with one.begin() as db:
        await communities.lock(db, community)
        await attendance.sign_in(db, meeting, await person(db, "陈敏"), at=AFTERNOON)
        closing = asyncio.create_task(close())
        await asyncio.wait([closing], timeout=0.3)
        assert not closing.done()
    roll = await closing

    assert (roll.present, roll.meeting.state) == (2, MeetingState.HELD)


async def _call(db: Transaction, community: Community, starts_at: datetime) -> Meeting:
    return await planned(db, starts_at, at=START)


async def _opened(db: Transaction) -> tuple[Community, Meeting]:
    community = await settled(db)
    await _call(db, community, AFTERNOON)
    worker = await person(db, "王岚")
    return community, await meetings.open_sign_in(db, community, by=worker, at=AFTERNOON)
