"""Who comes, stays and goes; how a team is composed; a community is never left without a worker."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from records import binding, communities, composition, people, roles, roster, terms, turnover, units
from records.composition import Doubt
from records.database import Database
from records.errors import LastWorker, LeavingDayOutOfRange, StaleButton, UnitExists
from records.model import Capacity, Entry, Person, Post, Role, Seat
from records.roster import Roster, RosterPerson, RosterUnit, goes_on
from records.terms import Term
from tests.records.facts import BANK, SCHOOL, START, person, settled

TODAY = START.date()
DAY = timedelta(days=1)
NOBODY = Person(1, 1, "陈敏", None, frozenset())


def term(
    post: Post = Post.MEMBER,
    seat: Seat | None = Seat.PART_TIME,
    *,
    capacity: Capacity = Capacity.VOTING,
    since: date = date(2026, 1, 1),
    until: date | None = None,
) -> Term:
    return Term(1, NOBODY, post, seat, Entry.FIVE_STEPS, capacity, since, until)


@pytest.mark.parametrize(
    ("full_time", "part_time", "doubted"),
    [
        (1, 8, []),
        (1, 9, []),
        (2, 7, []),
        (2, 8, []),
        (2, 9, []),
        (1, 7, [Doubt.SEATS]),
        (3, 7, [Doubt.FULL_TIME]),
        (2, 10, [Doubt.SEATS, Doubt.PART_TIME]),
    ],
)
def test_figures_of_the_second_question_are_about_seats(
    full_time: int, part_time: int, doubted: list[Doubt]
) -> None:
    team = [term(Post.SECRETARY, Seat.FULL_TIME)]
    team += [term(seat=Seat.FULL_TIME)] * (full_time - 1) + [term()] * part_time
    team += [term(seat=None), term(capacity=Capacity.NON_VOTING)]

    found = composition.of(team)

    assert (found.team, found.seats) == (full_time + part_time + 1, full_time + part_time)
    assert composition.doubts(found) == doubted


@pytest.mark.parametrize(
    ("last", "since", "until", "same"),
    [
        (term(), None, None, True),
        (term(), date(2025, 1, 1), None, True),  # an earlier beginning is a correction
        (term(), None, date(2026, 10, 1), True),  # a leaving
        (term(until=date(2026, 10, 1)), None, None, False),  # in office again
        (term(until=date(2026, 10, 1)), date(2026, 11, 1), None, False),
        (term(until=date(2026, 10, 1)), date(2026, 1, 1), date(2026, 10, 1), True),
        (term(until=date(2026, 10, 1)), date(2026, 9, 1), None, True),  # the end was wrong
    ],
)
def test_line_is_about_the_last_term_or_begins_another(
    last: Term, since: date | None, until: date | None, *, same: bool
) -> None:
    line = RosterPerson(
        "陈敏", None, Post.MEMBER, Seat.PART_TIME, Entry.FIVE_STEPS, since=since, until=until
    )
    assert goes_on(last, line, today=TODAY) is same


def test_other_seat_from_a_later_day_is_another_term() -> None:
    line = RosterPerson("陈敏", None, Post.MEMBER, Seat.FULL_TIME, Entry.FIVE_STEPS)

    assert goes_on(term(), line, today=TODAY)
    assert not goes_on(term(), replace(line, since=date(2026, 6, 1)), today=TODAY)


async def test_what_would_change_is_found_without_changing_it(database: Database) -> None:
    lines = Roster(
        "",
        "",
        (RosterUnit(BANK, is_local=False),),
        (
            RosterPerson("陈敏", SCHOOL, Post.MEMBER, Seat.FULL_TIME, roles=None),
            RosterPerson("张伟", "邮政支局", Post.MEMBER, Seat.PART_TIME, roles=None),
        ),
    )
    async with database.begin() as db:
        community = await settled(db)
        before = await terms.of_community(db, community_id=community.id)
        found = await turnover.of(db, community, lines, now=START, elected_on=None)

        assert [one.person.name for one in found.joining] == ["张伟"]
        assert [(old.seat, new.seat) for old, new in found.changed] == [
            (Seat.PART_TIME, Seat.FULL_TIME)
        ]
        assert (found.units, found.unnamed, found.leaving) == (["邮政支局"], 2, [])
        assert await terms.of_community(db, community_id=community.id) == before
        assert len(await units.of_community(db, community_id=community.id)) == 3
        assert await people.with_name(db, community_id=community.id, name="张伟") == []


async def test_re_election_keeps_the_rosters_of_earlier_days(database: Database) -> None:
    elected = Roster(
        "",
        "",
        (),
        (
            RosterPerson("赵卫国", None, Post.SECRETARY, Seat.FULL_TIME, roles=None),
            RosterPerson("陈敏", SCHOOL, Post.MEMBER, Seat.PART_TIME, roles=None),
        ),
    )
    day = TODAY + 10 * DAY
    async with database.begin() as db:
        community = await settled(db)
        for _ in range(2):  # the second time changes nothing
            worker = await person(db, "王岚")
            await turnover.elect(db, worker, elected, elected_on=day, now=START)

        async def team(on: date) -> list[str]:
            return sorted(
                one.name for one in await people.team_on(db, community_id=community.id, day=on)
            )

        assert await team(day - DAY) == sorted(["李书明", "陈敏", "赵卫国"])
        assert await team(day) == sorted(["赵卫国", "陈敏"])

        await turnover.settle(db, now=START + 9 * DAY)
        assert (await person(db, "李书明")).may_manage
        await turnover.settle(db, now=START + 10 * DAY)
        assert (await people.with_name(db, community_id=community.id, name="李书明"))[0].id not in (
            await people.bound(db, community_id=community.id)
        )


async def test_last_who_may_manage_is_not_let_go(database: Database) -> None:
    async with database.begin() as db:
        community = await settled(db)
        worker, secretary = await person(db, "王岚"), await person(db, "李书明")
        await binding.release(db, worker, by=secretary, at=START)
        await terms.end(db, secretary, until=TODAY - DAY)

        await turnover.settle(db, now=START, community_id=community.id)

        assert (await person(db, "李书明")).may_manage


async def test_worker_is_taken_away_only_if_another_has_confirmed(database: Database) -> None:
    async with database.begin() as db:
        await settled(db)
        worker, other = await person(db, "王岚"), await person(db, "赵卫国")
        async with db.begin_nested() as savepoint:
            with pytest.raises(LastWorker):
                await roles.take(db, worker, Role.PARTY_WORKER, by=worker, at=START)
            await savepoint.rollback()
        await roles.give(db, other, Role.PARTY_WORKER, by=worker, at=START)
        await roles.take(db, worker, Role.PARTY_WORKER, by=other, at=START)

        assert not (await person(db, "王岚")).may_manage
        await turnover.let_go(db, worker, by=other, at=START)
        assert await people.accounts_of(db, person_id=worker.id) == []


async def test_nobody_leaves_twice_or_out_of_time(database: Database) -> None:
    async with database.begin() as db:
        await settled(db)
        worker, member = await person(db, "王岚"), await person(db, "陈敏")
        for day in (TODAY - DAY, TODAY + DAY):
            with pytest.raises(LeavingDayOutOfRange):
                await turnover.leave(db, member, on=day, keep_roles=False, by=worker, at=START)
        await turnover.leave(db, member, on=TODAY, keep_roles=False, by=worker, at=START)
        with pytest.raises(StaleButton):
            await turnover.leave(db, member, on=TODAY, keep_roles=False, by=worker, at=START)


async def test_marks_begin_and_end_what_a_unit_owes(database: Database) -> None:
    async with database.begin() as db:
        community = await settled(db)
        unit = await units.add(db, "税务所", community_id=community.id)
        with pytest.raises(UnitExists):
            await units.add(db, "税务所", community_id=community.id)

        for is_local, owing in ((True, 3), (True, 3), (False, 2), (True, 3)):
            unit = await units.mark(
                db, unit, is_local=is_local, has_party_organisation=True, at=START
            )
            found = await communities.owing_units(db, community_id=community.id)
            assert len(found) == owing


async def test_roster_that_says_nothing_of_roles_leaves_them(database: Database) -> None:
    async with database.begin() as db:
        community = await settled(db)
        lines = Roster("", "", (), (RosterPerson("刘强", BANK, Post.MEMBER, roles=None),))
        await roster.put(db, community, lines, now=START)

        assert (await person(db, "刘强")).roles == {Role.LIAISON, Role.MEMBER}
