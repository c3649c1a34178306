"""Who owes what since when: marks put on and off, terms that end and begin again, moments that move."""

from datetime import date, datetime

from records import (
    communities,
    holidays,
    obligations,
    people,
    register,
    roster,
    turnover,
    units,
)
from records.calendar import CHINA, HalfYear, Year
from records.database import Database, Transaction
from records.model import Community, Duty, DutyState, Obligation, Post, Role, Seat, Unit
from records.roster import Roster, RosterPerson
from tests.records.facts import BANK, SCHOOL, START, person, settled


def at(month: int, day: int, hour: int = 10, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, 0, tzinfo=CHINA)


async def test_mark_put_off_and_on_again_takes_nothing_away(database: Database) -> None:
    async with database.begin() as db:
        community = await settled(db)
        bank = await _unit(db, community, BANK)
        off = await units.mark(
            db, bank, is_local=False, has_party_organisation=True, at=at(8, 3, year=2027)
        )
        await units.mark(
            db, off, is_local=True, has_party_organisation=True, at=at(8, 3, 11, year=2027)
        )
        found = await _states(db, community, date(2028, 1, 5), Duty.HALF_YEAR_CONTACT, BANK)
    assert found[HalfYear(2027, 2).key] is DutyState.OUTSTANDING


async def test_unit_that_comes_later_is_told_and_can_be_set_right(database: Database) -> None:
    async with database.begin() as db:
        community = await settled(db)
        added = await units.add(db, "新入驻公司", community_id=community.id)
        await units.mark(
            db, added, is_local=True, has_party_organisation=True, at=at(3, 10, year=2027)
        )
        assert await obligations.owing_since(db, unit_id=added.id) == date(2027, 3, 10)
        day = date(2027, 7, 5)
        found = await _states(db, community, day, Duty.HALF_YEAR_CONTACT, "新入驻公司")
        assert found[HalfYear(2027, 1).key] is DutyState.NOT_APPLICABLE

        await obligations.set_since(db, unit_id=added.id, since=community.starts_on)
        found = await _states(db, community, day, Duty.HALF_YEAR_CONTACT, "新入驻公司")
    assert found[HalfYear(2027, 1).key] is DutyState.OUTSTANDING


async def test_member_who_left_and_came_back_owes_what_he_owed_before(database: Database) -> None:
    async with database.begin() as db:
        community = await settled(db)
        secretary = await person(db, "李书明")
        await turnover.leave(
            db,
            await person(db, "陈敏"),
            on=date(2028, 2, 1),
            keep_roles=False,
            by=secretary,
            at=at(2, 1, year=2028),
        )
        before = await _states(db, community, date(2028, 2, 10), Duty.REPORT_TO_UNIT, "陈敏")
        await roster.put(
            db,
            community,
            Roster(
                community.name,
                community.subdistrict,
                people=(RosterPerson("陈敏", SCHOOL, Post.MEMBER, Seat.PART_TIME, roles=None),),
            ),
            now=at(3, 1, year=2028),
        )
        after = await _states(db, community, date(2028, 3, 10), Duty.REPORT_TO_UNIT, "陈敏")
        later = await _states(db, community, date(2029, 1, 10), Duty.REPORT_TO_UNIT, "陈敏")

    assert before == {Year(2027).key: DutyState.OUTSTANDING, Year(2028).key: DutyState.LEFT}
    assert after == {Year(2027).key: DutyState.OUTSTANDING, Year(2028).key: DutyState.UPCOMING}
    assert later[Year(2028).key] is DutyState.NOT_APPLICABLE


async def test_first_team_that_is_entered_days_later_was_there_before(database: Database) -> None:
    lines = (
        RosterPerson("陈敏", SCHOOL, Post.MEMBER, Seat.PART_TIME),
        RosterPerson("王岚", roles=frozenset({Role.PARTY_WORKER})),
    )
    async with database.begin() as db:
        community = await roster.found(db, "和平里社区", "人民街道", now=at(3, 2, year=2027))
        await roster.put(
            db,
            community,
            Roster(community.name, community.subdistrict, people=lines),
            now=at(3, 5, year=2027),
        )
        found = await _states(db, community, date(2028, 1, 5), Duty.REPORT_TO_COMMITTEE, "陈敏")
    assert found[Year(2027).key] is DutyState.OUTSTANDING


async def test_imported_holidays_move_what_is_to_come_and_leave_what_was_postponed(
    database: Database,
) -> None:
    async with database.begin() as db:
        community = await settled(db)
        contact = await _of(db, community, Duty.HALF_YEAR_CONTACT, BANK)
        deed = await _of(db, community, Duty.DEED, BANK)
        assert (contact.next_due, deed.next_due) == (_morning(11, 16), _morning(12, 10))
        await obligations.postpone(db, deed.id, now=START, until=_morning(12, 1))

        before = await holidays.workdays(db)
        await holidays.put(db, {date(2026, 11, 16): False}, at=START)
        await obligations.recalculate(db, before, now=START)

        contact = await _of(db, community, Duty.HALF_YEAR_CONTACT, BANK)
        deed = await _of(db, community, Duty.DEED, BANK)
    assert (contact.next_due, deed.next_due) == (_morning(11, 17), _morning(12, 1))


async def test_second_liaison_who_waits_too_is_told_the_day_of_the_first(
    database: Database,
) -> None:
    async with database.begin() as db:
        community = await settled(db)
        deed = await _of(db, community, Duty.DEED, BANK)
        now = at(11, 27)
        first = await obligations.postpone(db, deed.id, now=now, until=_morning(11, 30))
        second = await obligations.postpone(db, deed.id, now=at(11, 28), until=_morning(12, 1))
    assert (first, second) == (_morning(11, 30), _morning(11, 30))


def _morning(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 9, 30, tzinfo=CHINA)


async def _unit(db: Transaction, community: Community, name: str) -> Unit:
    listed = await units.of_community(db, community_id=community.id)
    return next(one for one in listed if one.name == name)


async def _of(db: Transaction, community: Community, duty: Duty, unit: str) -> Obligation:
    (found,) = [
        one
        for one in await obligations.of_community(db, community.id)
        if one.duty is duty and one.unit is not None and one.unit.name == unit
    ]
    return found


async def _states(
    db: Transaction, community: Community, today: date, duty: Duty, name: str
) -> dict[str, DutyState]:
    """The state of each period of somebody's duty, as it stands on the day."""
    fresh = await communities.with_id(db, community.id)
    days = await holidays.workdays(db)
    assert await people.of_community(db, community_id=community.id)
    return {
        one.period.key: one.state
        for one in await register.of_day(db, fresh, today=today, days=days)
        if one.duty is duty
        and name in {one.unit.name if one.unit else "", one.person.name if one.person else ""}
    }
