"""What is forgotten in time: of the sign-ins of earlier years only numbers are left."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, exists, insert, select, update

from records import attendance, operations, rules
from records.calendar import day_of
from records.communities import community_of, lock
from records.database import Transaction
from records.errors import AlreadyExtended
from records.meetings import meeting_of
from records.model import Community, Meeting, Person
from records.schema import attendance as attendance_table
from records.schema import ballots, claims, communities, extensions, meetings, votes
from records.schema import operations as operations_table


@dataclass(frozen=True)
class Year:
    """The sign-ins of a community in a year of which somebody's name is still kept."""

    community: Community
    year: int
    extended: bool

    @property
    def ends_on(self) -> date:
        return rules.details_end(self.year, extended=self.extended)

    @property
    def notices(self) -> tuple[datetime, datetime]:
        return rules.details_notices(self.year, extended=self.extended)


async def years(db: Transaction, *, before: int) -> list[Year]:
    """Every year before the given one of which details are kept."""
    named = exists().where(attendance_table.c.meeting_id == meetings.c.id)
    query = select(meetings).where(named).order_by(meetings.c.starts_at)
    found: dict[tuple[int, int], None] = {}
    for row in (await db.execute(query)).all():
        year = day_of(row.starts_at).year
        if year < before:
            found[row.community_id, year] = None
    extended = {
        (row.community_id, row.year) for row in (await db.execute(select(extensions))).all()
    }
    known = {row.id: community_of(row) for row in (await db.execute(select(communities))).all()}
    return [
        Year(known[community_id], year, (community_id, year) in extended)
        for community_id, year in found
    ]


async def extend(db: Transaction, year: int, *, by: Person, at: datetime) -> Year:
    """Three months more, once. AlreadyExtended."""
    found = next(
        (
            one
            for one in await years(db, before=year + 1)
            if (one.community.id, one.year) == (by.community_id, year)
        ),
        None,
    )
    if found is None or found.extended:
        raise AlreadyExtended
    values = {"community_id": by.community_id, "year": year, "at": at}
    await db.execute(insert(extensions).values(values))
    await operations.log(db, by=by, act="keep_longer", subject=f"year:{year}", at=at)
    return Year(found.community, year, extended=True)


async def reduce(db: Transaction, kept: Year) -> None:
    """Names, ballots and what was logged of single people go; the numbers of each meeting stay."""
    await lock(db, kept.community)
    query = select(meetings).where(meetings.c.community_id == kept.community.id)
    for meeting in _of_year((await db.execute(query)).all(), kept.year):
        await attendance.keep_numbers(db, meeting)
        mine = select(votes.c.id).where(votes.c.meeting_id == meeting.id)
        await db.execute(delete(ballots).where(ballots.c.vote_id.in_(mine)))
        await db.execute(delete(claims).where(claims.c.meeting_id == meeting.id))
        subject = operations_table.c.subject == f"meeting:{meeting.id}"
        own = [*(str(mark) for mark in attendance.MARKS), "leave_early"]
        await db.execute(delete(operations_table).where(subject, operations_table.c.act.in_(own)))
        await db.execute(update(operations_table).where(subject).values(about_id=None, detail=None))


def _of_year(rows: object, year: int) -> Iterator[Meeting]:
    for row in rows:  # type: ignore[attr-defined]
        if day_of(row.starts_at).year == year:
            yield meeting_of(row)
