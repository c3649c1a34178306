"""Terms of office: who holds which post of the committee, from when and until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select, update

from records import people
from records.database import Transaction
from records.model import Capacity, Entry, Person, Post, Seat
from records.schema import members
from records.schema import people as people_table

RANK = (Post.SECRETARY, Post.DEPUTY, Post.MEMBER)


@dataclass(frozen=True)
class Term:
    """`since` and `until` are both days in office."""

    id: int
    person: Person
    post: Post
    seat: Seat | None
    entry: Entry | None
    capacity: Capacity
    since: date
    until: date | None

    def covers(self, day: date) -> bool:
        return self.since <= day and not self.is_over(day)

    def is_over(self, day: date) -> bool:
        return self.until is not None and self.until < day


async def of_community(db: Transaction, *, community_id: int) -> list[Term]:
    """Every term that is known, the Party secretary's first, then in the order of the roster."""
    query = (
        select(members)
        .join(people_table, people_table.c.id == members.c.person_id)
        .where(people_table.c.community_id == community_id)
        .order_by(members.c.person_id, members.c.since)
    )
    rows = (await db.execute(query)).all()
    known = {
        person.id: person for person in await people.of_community(db, community_id=community_id)
    }
    found = [
        Term(
            row.id,
            known[row.person_id],
            row.post,
            row.seat,
            row.entry,
            row.capacity,
            row.since,
            row.until,
        )
        for row in rows
    ]
    return sorted(found, key=lambda term: RANK.index(term.post))


def on(terms: Iterable[Term], day: date) -> list[Term]:
    """Those in office on the day."""
    return [term for term in terms if term.covers(day)]


def lasting(terms: Iterable[Term], day: date) -> list[Term]:
    """Those in office on the day or later."""
    return [term for term in terms if not term.is_over(day)]


async def end(db: Transaction, person: Person, *, until: date) -> None:
    """The person's terms end on that day; one that would have begun later never does."""
    await db.execute(
        update(members)
        .where(
            members.c.person_id == person.id,
            or_(members.c.until.is_(None), members.c.until > until),
        )
        .values(until=until)
    )
