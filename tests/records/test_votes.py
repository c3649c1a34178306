"""A vote by buttons outlives the program that opened it."""

from datetime import timedelta

import pytest

from records import attendance, communities, meetings, votes
from records.database import Database
from records.errors import NotAnElector, VoteOver
from records.model import Choice, MeetingKind
from tests.records.facts import START, person, planned, settled

AT = START + timedelta(days=1)
TEAM = ("李书明", "陈敏", "赵卫国")


async def test_vote_that_was_open_at_a_restart_goes_on(database_url: str) -> None:
    before = Database(database_url)
    async with before.begin() as db:
        community = await settled(db)
        worker = await person(db, "王岚")
        await planned(db, AT, kind=MeetingKind.JOINT, at=START)
        meeting = await meetings.open_sign_in(db, community, by=worker, at=AT)
        for name in TEAM:
            await attendance.sign_in(db, meeting, await person(db, name), at=AT)
        vote = await votes.begin(db, meeting, title="电梯", by=worker, at=AT)
        await votes.cast(db, meeting, vote, await person(db, "陈敏"), Choice.AGREE, at=AT)
    await before.close()

    after = Database(database_url)
    async with after.begin() as db:
        found = await votes.running(db, meeting)
        assert found == vote
        for name, choice in (("李书明", Choice.AGREE), ("陈敏", Choice.AGAINST)):
            await votes.cast(db, meeting, vote, await person(db, name), choice, at=AT)
        with pytest.raises(NotAnElector):
            await votes.cast(db, meeting, vote, await person(db, "刘强"), Choice.AGREE, at=AT)
        worker = await person(db, "王岚")
        done = await votes.end(db, vote, by=worker, at=AT + timedelta(minutes=5))
    async with after.begin() as db:
        late = await person(db, "赵卫国")
        in_time = await votes.with_id(db, done.id)
        await votes.cast(db, meeting, in_time, late, Choice.AGREE, at=AT + timedelta(minutes=4))
        with pytest.raises(VoteOver):
            await votes.cast(
                db, meeting, in_time, late, Choice.ABSTAIN, at=AT + timedelta(minutes=6)
            )
        counted = await votes.with_id(db, done.id)
        assert await communities.with_id(db, meeting.community_id) == community
    await after.close()

    assert (done.present, done.agreed, done.against, done.abstained) == (3, 1, 1, 0)
    assert (counted.agreed, counted.against) == (2, 1)
