"""Who comes, stays and goes: what a roster would change, one person's leaving, and who has left."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from records import (
    binding,
    communities,
    obligations,
    operations,
    people,
    roles,
    roster,
    terms,
    units,
)
from records.calendar import day_of
from records.database import Transaction
from records.errors import ElectionDayOutOfRange, LeavingDayOutOfRange, StaleButton
from records.model import Community, Person, Role
from records.roster import Roster
from records.schema import accounts, members
from records.schema import people as people_table
from records.terms import Term

DAY = timedelta(days=1)
YEAR = timedelta(days=366)


@dataclass(frozen=True)
class Turnover:
    """What a roster changes, by the terms on the day and later. `unnamed` are those it leaves as they are.

    `after` is the team of the day, `newcomers` those outside the team, `marked` the units listed
    for the first time.
    """

    community: Community
    day: date
    joining: Sequence[Term]
    staying: Sequence[Term]
    changed: Sequence[tuple[Term, Term]]
    leaving: Sequence[Term]
    former: Sequence[Term]
    newcomers: Sequence[Person]
    roles: Sequence[Person]
    units: Sequence[str]
    unnamed: int
    before: Sequence[Term]
    after: Sequence[Term]

    @property
    def is_empty(self) -> bool:
        """Whether everything is as it was."""
        changes = (self.joining, self.changed, self.leaving, self.former)
        return not any((*changes, self.newcomers, self.roles, self.units))


@dataclass(frozen=True)
class _State:
    """What is known of a community at a moment."""

    people: Mapping[int, Person]
    terms: Sequence[Term]
    units: frozenset[str]


async def of(
    db: Transaction, community: Community, lines: Roster, *, now: datetime, elected_on: date | None
) -> Turnover:
    """What the lines would change: they are written and taken back. LastWorker."""
    before = await _state(db, community)
    async with db.begin_nested() as savepoint:
        written = await roster.put(db, community, lines, now=now, elected_on=elected_on)
        after = await _state(db, community)
        await savepoint.rollback()
    return _compared(community, before, after, elected_on or day_of(now), set(written))


async def founding(
    db: Transaction, name: str, subdistrict: str, lines: Roster, *, now: datetime
) -> Turnover:
    """The same for a community that is not yet known."""
    async with db.begin_nested() as savepoint:
        community = await roster.found(db, name, subdistrict, now=now)
        found = await of(db, community, lines, now=now, elected_on=None)
        await savepoint.rollback()
    return found


async def _state(db: Transaction, community: Community) -> _State:
    known = await people.of_community(db, community_id=community.id)
    return _State(
        {person.id: person for person in known},
        await terms.of_community(db, community_id=community.id),
        frozenset(unit.name for unit in await units.of_community(db, community_id=community.id)),
    )


def _compared(
    community: Community, before: _State, after: _State, day: date, written: set[int]
) -> Turnover:
    old = _by_person(terms.lasting(before.terms, day))
    new = _by_person(terms.lasting(after.terms, day))
    both = [person_id for person_id in new if person_id in old]
    changed = [one for one in both if not _same(old[one], new[one])]
    in_team = {term.person.id for term in after.terms}
    fresh = [after.people[one] for one in after.people if one not in before.people]
    held = {one: person.roles for one, person in before.people.items()}
    return Turnover(
        community,
        day,
        joining=[new[one][-1] for one in new if one not in old],
        staying=[new[one][-1] for one in both if one not in changed],
        changed=[(old[one][-1], new[one][-1]) for one in changed],
        leaving=[_ended(after.terms, old[one][-1]) for one in old if one not in new],
        former=[
            term
            for term in after.terms
            if term.person in fresh and term.person.id not in new and term.is_over(day)
        ],
        newcomers=[person for person in fresh if person.id not in in_team],
        roles=[
            person
            for one, person in after.people.items()
            if one in held and _managing(person.roles) != _managing(held[one])
        ],
        units=sorted(after.units - before.units),
        unnamed=len(set(both) - written),
        before=terms.on(before.terms, day),
        after=terms.on(after.terms, day),
    )


def _managing(held: frozenset[Role]) -> frozenset[Role]:
    return held - {Role.MEMBER}


def _by_person(found: Iterable[Term]) -> dict[int, list[Term]]:
    grouped: dict[int, list[Term]] = {}
    for term in found:
        grouped.setdefault(term.person.id, []).append(term)
    return grouped


def _same(old: Sequence[Term], new: Sequence[Term]) -> bool:
    """Whether the office goes on as it was; that a re-election begins a new term is no change."""
    was, now = old[-1], new[-1]
    put_right = was.id == now.id and was.since != now.since
    return roster.same_office(was, now) and was.until == now.until and not put_right


def _ended(found: Iterable[Term], term: Term) -> Term:
    """The term as it now ends; one that never began keeps its days."""
    return next((one for one in found if one.id == term.id), term)


async def elect(
    db: Transaction, by: Person, lines: Roster, *, elected_on: date | None, now: datetime
) -> Turnover:
    """Write a roster, or the whole new team of a re-election. ElectionDayOutOfRange, LastWorker."""
    community = await communities.with_id(db, by.community_id)
    if elected_on is not None:
        check_election(elected_on, today=day_of(now))
    found = await of(db, community, lines, now=now, elected_on=elected_on)
    await roster.put(db, community, lines, now=now, elected_on=elected_on)
    detail = f"joining {len(found.joining)}, leaving {len(found.leaving)}, from {found.day}"
    act = "import_roster" if elected_on is None else "re_elect"
    subject = f"community:{community.id}"
    await operations.log(db, by=by, act=act, subject=subject, detail=detail, at=now)
    await settle(db, now=now, community_id=community.id, by=by)
    return found


def check_election(on: date, *, today: date) -> None:
    if abs(on - today) > YEAR:
        raise ElectionDayOutOfRange


def check_leaving(term: Term | None, on: date, *, today: date) -> None:
    """Somebody leaves today or earlier, and not before the term began."""
    if on > today or (term is not None and on < term.since):
        raise LeavingDayOutOfRange(term.since if term is not None else None)


async def leave(
    db: Transaction, person: Person, *, on: date, keep_roles: bool, by: Person, at: datetime
) -> None:
    """Out of office from that day on. History stays; with the last role the binding ends.

    StaleButton if the person holds nothing; LeavingDayOutOfRange, LastWorker.
    """
    found = await terms.of_community(db, community_id=person.community_id)
    mine = [term for term in terms.lasting(found, day_of(at)) if term.person.id == person.id]
    check_leaving(mine[-1] if mine else None, on, today=day_of(at))
    if not mine and not person.roles - {Role.MEMBER}:
        raise StaleButton
    await terms.end(db, person, until=on - DAY)
    before = await roles.held_by(db, community_id=person.community_id)
    kept = person.roles - {Role.MEMBER, Role.PARTY_SECRETARY} if keep_roles else frozenset()
    await roles.put(db, person, kept)
    await roles.guard(db, before, community_id=person.community_id)
    await obligations.settle_members(db, now=at, community_id=person.community_id)
    await operations.log(
        db,
        by=by,
        act="leave_office",
        subject=f"person:{person.id}",
        about=person,
        detail=f"from {on}",
        at=at,
    )
    if not kept:
        await binding.release(db, person, by=by, at=at)


async def let_go(db: Transaction, person: Person, *, by: Person, at: datetime) -> None:
    """The binding ends, if the person has neither office nor role any more."""
    (person,) = await people.with_ids(db, [person.id])
    history = await terms.of_community(db, community_id=person.community_id)
    holders = {term.person.id for term in terms.lasting(history, day_of(at))}
    if person.id not in holders and not person.roles - {Role.MEMBER}:
        await binding.release(db, person, by=by, at=at)


async def settle(
    db: Transaction, *, now: datetime, community_id: int | None = None, by: Person | None = None
) -> None:
    """Whose last term is over is no Party secretary any more, and without a role nobody's account.

    The last who may manage a community keeps his role: it would be orphaned.
    """
    today = day_of(now)
    for person in await _departed(db, today=today, community_id=community_id):
        before = await roles.held_by(db, community_id=person.community_id)
        kept = person.roles - {Role.MEMBER, Role.PARTY_SECRETARY}
        others = set().union(*before.values()) - {person.id}
        if person.may_manage and Role.PARTY_WORKER not in kept and not others:
            continue
        await roles.put(db, person, kept)
        if not kept:
            await binding.release(db, person, by=by, at=now)


async def _departed(db: Transaction, *, today: date, community_id: int | None) -> list[Person]:
    """Bound people who were in office once and are not today, nor will be; liaisons and workers left alone."""
    lasts = select(members.c.person_id).where(
        (members.c.until.is_(None)) | (members.c.until >= today)
    )
    query = (
        select(accounts.c.person_id)
        .join(people_table, people_table.c.id == accounts.c.person_id)
        .where(
            accounts.c.person_id.in_(select(members.c.person_id)),
            accounts.c.person_id.not_in(lasts),
        )
    )
    if community_id is not None:
        query = query.where(people_table.c.community_id == community_id)
    found = await people.with_ids(db, list((await db.execute(query)).scalars()))
    stays = {Role.PARTY_WORKER, Role.LIAISON}
    return [
        person
        for person in found
        if Role.PARTY_SECRETARY in person.roles or not person.roles & stays
    ]
