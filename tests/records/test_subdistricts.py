"""A subdistrict's staff, their digests' days, and the roll-up compared with the register of each community."""

import random
from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert

from records import (
    connections,
    holidays,
    overview,
    people,
    register,
    rhythms,
    roster,
    settings,
    subdistrict_year,
    subdistricts,
    units,
)
from records.calendar import CHINA, Month
from records.connections import Connection
from records.database import Database, Transaction
from records.errors import AlreadyBound, BadCode, NoSuchStaff, NotStaff
from records.model import (
    Community,
    ContactForm,
    Duty,
    DutyState,
    MeetingKind,
    MeetingState,
    Post,
    Rhythm,
    Role,
    Seat,
    Staff,
    Window,
)
from records.overview import MATTERS, Matter
from records.roster import Roster, RosterPerson, RosterUnit
from records.schema import meetings, registrations
from records.workdays import Workdays

SUBDISTRICT = "人民街道"
START = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)
DAYS = Workdays()
KINDS = (MeetingKind.WORKING, MeetingKind.JOINT, MeetingKind.MUTUAL_APPRAISAL, MeetingKind.OTHER)
STATES = (MeetingState.HELD, MeetingState.HELD, MeetingState.PLANNED, MeetingState.NOT_HELD)


def at(year: int, month: int, day: int, hour: int = 10) -> datetime:
    return datetime(year, month, day, hour, 0, tzinfo=CHINA)


async def staff_bound(db: Transaction, *, at: datetime = START, user_id: int = 1) -> Staff:
    (code,) = await subdistricts.add(db, SUBDISTRICT, [f"张华{user_id}"], at=at)
    one = await subdistricts.bind(db, code=code.code, user_id=user_id, at=at)
    assert one is not None
    return one


async def test_code_of_staff_is_told_from_a_persons_and_works_once(database: Database) -> None:
    async with database.begin() as db:
        (first,) = await subdistricts.add(db, SUBDISTRICT, ["张华"], at=START)
        (again,) = await subdistricts.add(db, SUBDISTRICT, ["张华"], at=START)
        assert await subdistricts.bind(db, code="7R9JSFZP9T", user_id=1, at=START) is None
        with pytest.raises(BadCode):
            await subdistricts.bind(db, code=first.code, user_id=1, at=START)
        one = await subdistricts.bind(db, code=again.code, user_id=1, at=START)
        assert one == Staff(1, SUBDISTRICT, "张华", 1, START, Rhythm.WEEKLY)
        with pytest.raises(BadCode):
            await subdistricts.bind(db, code=again.code, user_id=2, at=START)
        (other,) = await subdistricts.add(db, SUBDISTRICT, ["张华", "李敏"], at=START)
        with pytest.raises(AlreadyBound):
            await subdistricts.bind(db, code=other.code, user_id=1, at=START)


async def test_who_was_removed_sees_nothing_and_may_be_added_again(database: Database) -> None:
    async with database.begin() as db:
        await staff_bound(db)
        await subdistricts.remove(db, SUBDISTRICT, ["张华1"], at=START)
        with pytest.raises(NotStaff):
            await subdistricts.of_account(db, user_id=1)
        with pytest.raises(NoSuchStaff):
            await subdistricts.remove(db, SUBDISTRICT, ["王五"], at=START)
        assert await subdistricts.next_due(db) is None
        assert (await staff_bound(db)).id == 1


@pytest.mark.parametrize(
    ("rhythm", "after", "following"),
    [
        (Rhythm.WEEKLY, at(2026, 11, 18), at(2026, 11, 23, 9)),
        (Rhythm.WEEKLY, at(2026, 11, 23, 9), at(2026, 11, 23, 9)),
        (Rhythm.WEEKLY, at(2026, 9, 30), at(2026, 10, 8, 9)),  # 国庆节
        (Rhythm.WEEKLY, at(2026, 10, 8), at(2026, 10, 12, 9)),
        (Rhythm.MONTHLY, at(2026, 9, 30), at(2026, 10, 8, 9)),
        (Rhythm.MONTHLY, at(2026, 10, 8), at(2026, 11, 2, 9)),
        (Rhythm.WEEKLY, at(2027, 2, 26), at(2027, 3, 1, 9)),  # not announced: weekdays
    ],
)
def test_digest_comes_on_the_first_working_day(
    rhythm: Rhythm, after: datetime, following: datetime
) -> None:
    half_past = timedelta(minutes=30)
    assert rhythms.following(rhythm, after, DAYS) == following + half_past


def test_of_two_weeks_that_end_in_one_working_day_only_the_later_is_said() -> None:
    """春节: both Mondays are free, and both weeks' digests fall on 24 February 2026."""
    moment = at(2026, 2, 24, 9) + timedelta(minutes=30)
    free = Workdays({date(2026, 2, 16) + timedelta(days=n): False for n in range(8)})
    turn = rhythms.latest(Rhythm.WEEKLY, moment, free)

    assert turn is not None
    assert (turn.first, turn.at) == (date(2026, 2, 23), moment)
    assert rhythms.following(Rhythm.WEEKLY, moment, free) == at(2026, 3, 2, 9) + timedelta(
        minutes=30
    )
    assert rhythms.following(Rhythm.NEVER, moment, free) is None


async def community(db: Transaction, number: int, *, since: datetime) -> Community:
    """Five units of which four owe contact, three part-time members, a worker."""
    listed = tuple(
        RosterUnit(f"单位{number}-{n}", is_local=n != 4, has_party_organisation=True)
        for n in range(5)
    )
    team = tuple(
        RosterPerson(f"委员{n}", listed[n].name if n < 2 else None, Post.MEMBER, Seat.PART_TIME)
        for n in range(3)
    )
    worker = RosterPerson("党务", roles=frozenset({Role.PARTY_WORKER}))
    found = Roster(f"社区{number}", SUBDISTRICT, listed, (*team, worker))
    await roster.load(db, found, now=since)
    known = await connections.of_subdistrict(db, SUBDISTRICT)
    return next(one.community for one in known if one.community.name == f"社区{number}")


async def facts(db: Transaction, one: Community, chance: random.Random) -> None:
    """Random registrations and meetings between the start and the end of 2027's spring."""
    listed = [unit for unit in await units.of_community(db, community_id=one.id) if unit.is_local]
    members = await people.of_community(db, community_id=one.id)
    worker = members[-1]
    if chance.random() < 0.4:
        await settings.change(db, by=worker, at=START, window=Window.DECEMBER)
    rows: list[dict[str, Any]] = []
    for _fact in range(chance.randrange(6, 30)):
        duty = chance.choice([*(d for several in MATTERS.values() for d in several), Duty.COPY])
        if duty in (Duty.MONTHLY_MEETING, Duty.MUTUAL_APPRAISAL):
            duty = Duty.DEMOCRATIC_LIFE
        on = date(2026, 1, 1) + timedelta(days=chance.randrange(480))
        is_of_unit = duty in (Duty.HALF_YEAR_CONTACT, Duty.DEED, Duty.COPY)
        is_of_person = duty in (Duty.REPORT_TO_UNIT, Duty.REPORT_TO_COMMITTEE)
        given = chance.random() < 0.2 and on.year == 2027
        rows.append(
            {
                "community_id": one.id,
                "duty": duty,
                "unit_id": chance.choice(listed).id if is_of_unit else None,
                "person_id": chance.choice(members[:3]).id if is_of_person else None,
                "on": on,
                "counts_on": date(2026, 12, 31) if given else on,
                "form": ContactForm.VISIT if duty is Duty.HALF_YEAR_CONTACT else None,
                "recorded_by": worker.id,
                "recorded_at": datetime.combine(
                    on + timedelta(days=chance.choice([0, 3, 60])), START.timetz()
                ),
            }
        )
    await db.execute(insert(registrations), rows)
    for _meeting in range(chance.randrange(4, 16)):
        starts_at = START + timedelta(days=chance.randrange(420))
        kind, state = chance.choice(KINDS), chance.choice(STATES)
        values = {
            "community_id": one.id,
            "chat_id": 1,
            "kind": kind,
            "state": state,
            "starts_at": starts_at,
            "opened_at": starts_at if state is not MeetingState.PLANNED else None,
            "closed_at": starts_at if state is not MeetingState.PLANNED else None,
            "place": "",
            "year": 2026 if kind is MeetingKind.MUTUAL_APPRAISAL else None,
        }
        await db.execute(insert(meetings).values(values))


async def settled(db: Transaction, *, count: int, seed: int) -> list[Community]:
    """Communities that began on different days, all but the last confirmed."""
    chance = random.Random(seed)  # noqa: S311 - a test that can be repeated
    staff = await staff_bound(db)
    found = []
    for number in range(count):
        since = START + timedelta(days=chance.choice([0, 0, 130, 290]))
        one = await community(db, number, since=since)
        await facts(db, one, chance)
        if number < count - 1:
            await connections.confirm(db, staff, one.id, at=START)
            found.append(one)
    return found


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("today", [date(2026, 11, 18), date(2027, 1, 12), date(2027, 4, 20)])
async def test_roll_up_is_what_the_registers_say(
    database: Database, seed: int, today: date
) -> None:
    async with database.begin() as db:
        confirmed = await settled(db, count=6, seed=seed)
        days = await holidays.workdays(db)
        found = await overview.of(db, SUBDISTRICT, today=today, days=days)
        assert (list(found.communities), found.awaiting) == (confirmed, 1)
        slow: dict[Matter, dict[int, int]] = {matter: {} for matter in overview.matters(today)}
        held = set()
        for one in confirmed:
            for each in await register.of_day(db, one, today=today, days=days):
                matter = Matter(subdistrict_year.STANDS_FOR.get(each.duty, each.duty), each.period)
                if matter in slow and each.state is DutyState.OUTSTANDING:
                    slow[matter][one.id] = slow[matter].get(one.id, 0) + 1
                if matter == Matter(Duty.MONTHLY_MEETING, Month.of(today)) and each.meetings:
                    held.add(one.id)
        assert found.outstanding == slow
        assert any(slow.values())
        assert found.held == held
        assert not found.held & found.planned
        unplanned = Matter(Duty.MONTHLY_MEETING, Month.of(today))
        for matter, numbers in (slow | {unplanned: dict(found.unplanned)}).items():
            assert (
                await overview.exceptions(db, SUBDISTRICT, matter, today=today, days=days)
                == numbers
            )


@pytest.mark.parametrize("today", [date(2026, 11, 18), date(2027, 4, 20)])
async def test_year_is_what_the_registers_say(database: Database, today: date) -> None:
    async with database.begin() as db:
        confirmed = await settled(db, count=5, seed=7)
        days = await holidays.workdays(db)
        facts = await subdistrict_year.of(db, SUBDISTRICT, year=2026, on=today)
        lines = list(subdistrict_year.lines(facts))
        assert [line.community for line in lines] == confirmed
        for line in lines:
            slow: dict[Matter, Counter[DutyState]] = {}
            for each in await register.of_year(db, line.community, 2026, today=today, days=days):
                first = subdistrict_year.STANDS_FOR.get(each.duty, each.duty)
                slow.setdefault(Matter(first, each.period), Counter())[each.state] += 1
            assert line.states == slow


async def test_number_of_statements_does_not_grow_with_the_communities(
    sqlite_url: str,
) -> None:
    database = Database(sqlite_url)
    counted: list[int] = []
    async with database.begin() as db:
        await settled(db, count=2, seed=1)
        for more in range(2):
            statements: list[str] = []

            def note(*arguments: Any, into: list[str] = statements) -> None:
                into.append(arguments[2])

            event.listen(database.engine.sync_engine, "before_cursor_execute", note)
            await overview.of(db, SUBDISTRICT, today=date(2027, 4, 20), days=DAYS)
            event.remove(database.engine.sync_engine, "before_cursor_execute", note)
            counted.append(len(statements))
            staff = await subdistricts.of_account(db, user_id=1)
            for number in range(10, 16):
                one = await community(db, number + 10 * more, since=START)
                await connections.confirm(db, staff, one.id, at=START)
    await database.close()

    assert counted[0] == counted[1] <= 12


async def test_order_is_the_staffs_own_and_new_ones_stand_behind(database: Database) -> None:
    async with database.begin() as db:
        staff = await staff_bound(db)
        for number in range(3):
            await community(db, number, since=START)
        listed = await connections.arrange(db, staff, ["社区2", "社区0"])
        assert _names(listed) == ["社区2", "社区0", "社区1"]
        await community(db, 3, since=START)
        assert _names(await connections.of_subdistrict(db, SUBDISTRICT)) == [
            "社区2",
            "社区0",
            "社区1",
            "社区3",
        ]


def _names(listed: list[Connection]) -> list[str]:
    return [one.community.name for one in listed]
