"""What is forgotten in time: of the sign-ins of earlier years only numbers are left."""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, delete, exists, func, insert, select, update

from records import attendance, operations, rules
from records.calendar import CHINA, day_of
from records.communities import community_of, lock
from records.database import Transaction
from records.errors import AlreadyExtended
from records.meetings import meeting_of
from records.model import Community, Person
from records.schema import attendance as attendance_table
from records.schema import ballots, claims, communities, extensions, meetings, votes
from records.schema import operations as operations_table
from records.workdays import Workdays


@dataclass(frozen=True)
class Year:
    """The sign-ins of a community in a year of which somebody's name is still kept."""

    community: Community
    year: int
    extended: bool

    @property
    def ends_on(self) -> date:
        return rules.details_end(self.year, extended=self.extended)

    def notices(self, days: Workdays) -> tuple[datetime, datetime]:
        return rules.details_notices(self.year, extended=self.extended, days=days)


async def years(db: Transaction, *, before: int, community_id: int | None = None) -> list[Year]:
    """Every year before the given one of which details are kept."""
    earliest = (await db.execute(select(func.min(meetings.c.starts_at)))).scalar_one()
    if earliest is None:
        return []
    extended = {
        (row.community_id, row.year) for row in (await db.execute(select(extensions))).all()
    }
    found = []
    for year in range(day_of(earliest).year, before):
        query = select(communities).where(_keeps_details(year)).order_by(communities.c.id)
        if community_id is not None:
            query = query.where(communities.c.id == community_id)
        found += [
            Year(community_of(row), year, (row.id, year) in extended)
            for row in (await db.execute(query)).all()
        ]
    return found


def _keeps_details(year: int) -> ColumnElement[bool]:
    return exists().where(
        meetings.c.community_id == communities.c.id,
        meetings.c.starts_at >= _new_year(year),
        meetings.c.starts_at < _new_year(year + 1),
        exists().where(attendance_table.c.meeting_id == meetings.c.id),
    )


def _new_year(year: int) -> datetime:
    return datetime.combine(date(year, 1, 1), time(), CHINA)


async def extend(db: Transaction, year: int, *, by: Person, at: datetime) -> Year:
    """Three months more, once. AlreadyExtended."""
    found = next(
        (
            one
            for one in await years(db, before=year + 1, community_id=by.community_id)
            if one.year == year
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
    query = select(meetings).where(
        meetings.c.community_id == kept.community.id,
        meetings.c.starts_at >= _new_year(kept.year),
        meetings.c.starts_at < _new_year(kept.year + 1),
    )
    for meeting in map(meeting_of, (await db.execute(query)).all()):
        await attendance.keep_numbers(db, meeting)
        mine = select(votes.c.id).where(votes.c.meeting_id == meeting.id)
        await db.execute(delete(ballots).where(ballots.c.vote_id.in_(mine)))
        await db.execute(delete(claims).where(claims.c.meeting_id == meeting.id))
        subject = operations_table.c.subject == f"meeting:{meeting.id}"
        own = [*(str(mark) for mark in attendance.MARKS), "leave_early"]
        await db.execute(delete(operations_table).where(subject, operations_table.c.act.in_(own)))
        await db.execute(update(operations_table).where(subject).values(about_id=None, detail=None))
