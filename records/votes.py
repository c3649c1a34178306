"""Votes: three numbers counted by hand, or buttons pressed by those who were there at the opening."""

from collections import Counter
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from records import attendance, meetings, operations, people, rules, settings
from records.database import Transaction
from records.errors import (
    HostVotesLast,
    LedgerClosed,
    NoReading,
    NotAnElector,
    NothingToSettle,
    NumbersDisagree,
    StaleButton,
    TooFewToVote,
    VoteOver,
    VoteStillOpen,
)
from records.model import Choice, Manner, Meeting, Person, Settlement, Vote
from records.schema import ballots, votes
from records.schema import operations as operations_table


async def count(
    db: Transaction,
    meeting: Meeting,
    *,
    title: str,
    manner: Manner,
    agreed: int,
    against: int,
    abstained: int,
    by: Person,
    at: datetime,
) -> Vote:
    """Record a hand count. TooFewToVote, NumbersDisagree if the three are not those present.

    第7问 counts “参会“大党委”班子成员”: abstentions are in the denominator, guests are not.
    """
    present = await _present(db, meeting)
    if agreed + against + abstained != present:
        raise NumbersDisagree(present, agreed + against + abstained)
    row = await _insert(
        db,
        meeting_id=meeting.id,
        title=title,
        manner=manner,
        opened_at=at,
        closed_at=at,
        present=present,
        agreed=agreed,
        against=against,
        abstained=abstained,
    )
    await operations.log(db, by=by, act="count", subject=f"meeting:{meeting.id}", at=at)
    return row


async def begin(db: Transaction, meeting: Meeting, *, title: str, by: Person, at: datetime) -> Vote:
    """Open a vote by buttons for those of the team who are there now. TooFewToVote, VoteStillOpen."""
    present = await _present(db, meeting)
    if await running(db, meeting) is not None:
        raise VoteStillOpen
    vote = await _insert(
        db,
        meeting_id=meeting.id,
        title=title,
        manner=Manner.BUTTONS,
        opened_at=at,
        present=present,
        agreed=0,
        against=0,
        abstained=0,
    )
    for person in await attendance.electors(db, meeting):
        await db.execute(insert(ballots).values(vote_id=vote.id, person_id=person.id))
    await operations.log(db, by=by, act="open_vote", subject=f"meeting:{meeting.id}", at=at)
    return vote


async def cast(
    db: Transaction, meeting: Meeting, vote: Vote, person: Person, choice: Choice, *, at: datetime
) -> None:
    """A ballot, which may be changed until the closing. NotAnElector, VoteOver, HostVotesLast."""
    query = select(ballots).where(ballots.c.vote_id == vote.id)
    rows = {row.person_id: row for row in (await db.execute(query)).all()}
    if person.id not in rows:
        raise NotAnElector
    if vote.closed_at is not None and vote.closed_at < at:
        raise VoteOver
    missing = [
        one
        for one in rows.values()
        if one.choice is None
        and one.person_id != person.id
        and await people.accounts_of(db, person_id=one.person_id)
    ]
    if person.id == meeting.host_id and missing:
        raise HostVotesLast(len(missing))
    await db.execute(
        update(ballots)
        .where(ballots.c.vote_id == vote.id, ballots.c.person_id == person.id)
        .values(choice=choice, at=at)
    )
    if vote.closed_at is not None:  # pressed before the closing, worked on after it
        await _change(db, vote, **await _counts(db, vote))


async def end(db: Transaction, vote: Vote, *, by: Person, at: datetime) -> Vote:
    """Count the ballots and close the vote; who has not voted stays in the denominator."""
    meeting = await meetings.with_id(db, vote.meeting_id)
    if meeting.confirmed_at is not None:
        raise LedgerClosed
    if vote.closed_at is not None:
        raise VoteOver
    await operations.log(db, by=by, act="close_vote", subject=f"meeting:{vote.meeting_id}", at=at)
    return await _change(db, vote, closed_at=at, **await _counts(db, vote))


async def _counts(db: Transaction, vote: Vote) -> dict[str, int]:
    query = select(ballots.c.choice).where(ballots.c.vote_id == vote.id)
    counts = Counter((await db.execute(query)).scalars())
    return {
        "agreed": counts[Choice.AGREE],
        "against": counts[Choice.AGAINST],
        "abstained": counts[Choice.ABSTAIN],
    }


async def settle(
    db: Transaction,
    meeting: Meeting,
    vote: Vote,
    settlement: Settlement,
    *,
    by: Person,
    at: datetime,
) -> Vote:
    """What the host makes of exactly half. NothingToSettle, NoReading."""
    found = await settings.of(db, meeting.community_id)
    if vote.settlement is not None or (
        rules.vote_result(meeting.kind, vote, found) is not rules.Majority.EXACTLY_HALF
    ):
        raise NothingToSettle
    if settlement is Settlement.BY_READING and found.half is None:
        raise NoReading
    await operations.log(
        db,
        by=by,
        act="settle",
        subject=f"meeting:{meeting.id}",
        detail=settlement.value,
        at=at,
    )
    return await _change(db, vote, settlement=settlement, settled_by=by.id, settled_at=at)


async def undo(db: Transaction, vote: Vote, *, by: Person, at: datetime) -> None:
    """Take back a vote that was recorded by mistake; what it said stays in the operations."""
    numbers = f"{vote.agreed}/{vote.against}/{vote.abstained}"
    await db.execute(delete(ballots).where(ballots.c.vote_id == vote.id))
    await db.execute(delete(votes).where(votes.c.id == vote.id))
    await operations.log(
        db,
        by=by,
        act="undo_vote",
        subject=f"meeting:{vote.meeting_id}",
        detail=f"{vote.title}：{numbers}",
        at=at,
    )


async def unsettled(db: Transaction, meeting: Meeting) -> list[Vote]:
    """Those that are exactly half and wait for the host."""
    found = await settings.of_meeting(db, meeting)
    return [
        vote
        for vote in await of(db, meeting)
        if vote.closed_at is not None
        and vote.settlement is None
        and rules.vote_result(meeting.kind, vote, found) is rules.Majority.EXACTLY_HALF
    ]


async def with_id(db: Transaction, vote_id: int) -> Vote:
    """StaleButton if there is none."""
    row = (await db.execute(select(votes).where(votes.c.id == vote_id))).one_or_none()
    if row is None:
        raise StaleButton
    return _vote_of(row)


async def of(db: Transaction, meeting: Meeting) -> list[Vote]:
    """The votes of a meeting in their order."""
    query = select(votes).where(votes.c.meeting_id == meeting.id).order_by(votes.c.id)
    return [_vote_of(row) for row in (await db.execute(query)).all()]


async def running(db: Transaction, meeting: Meeting) -> Vote | None:
    """The vote by buttons that is open, if one is."""
    return next((vote for vote in await of(db, meeting) if vote.closed_at is None), None)


async def opener(db: Transaction, vote: Vote) -> int | None:
    """Who opened a vote by buttons, by number."""
    query = (
        select(operations_table.c.person_id)
        .where(
            operations_table.c.subject == f"meeting:{vote.meeting_id}",
            operations_table.c.act == "open_vote",
        )
        .order_by(operations_table.c.id.desc())
        .limit(1)
    )
    return (await db.execute(query)).scalar_one_or_none()


async def electors(db: Transaction, vote: Vote) -> list[tuple[Person, Choice | None]]:
    """Who may vote by buttons, and what they have chosen so far."""
    query = select(ballots).where(ballots.c.vote_id == vote.id)
    chosen = {row.person_id: row.choice for row in (await db.execute(query)).all()}
    return [(person, chosen[person.id]) for person in await people.with_ids(db, sorted(chosen))]


async def _present(db: Transaction, meeting: Meeting) -> int:
    """The denominator; TooFewToVote below two thirds (问答第7问)."""
    roll = await attendance.roll_of(db, meeting)
    if not rules.may_vote(roll):
        raise TooFewToVote(rules.short_of_quorum(roll))
    return roll.present - roll.left


async def _insert(db: Transaction, **facts: Any) -> Vote:
    row = (await db.execute(insert(votes).values(**facts).returning(votes))).one()
    return _vote_of(row)


async def _change(db: Transaction, vote: Vote, **changes: Any) -> Vote:
    query = update(votes).where(votes.c.id == vote.id).values(**changes).returning(votes)
    return _vote_of((await db.execute(query)).one())


def _vote_of(row: Row[Any]) -> Vote:
    return Vote(
        id=row.id,
        meeting_id=row.meeting_id,
        title=row.title,
        manner=row.manner,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        present=row.present,
        agreed=row.agreed,
        against=row.against,
        abstained=row.abstained,
        settlement=row.settlement,
        settled_by=row.settled_by,
        settled_at=row.settled_at,
    )
