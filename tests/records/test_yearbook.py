"""A year's book: each registration stands for itself, and what counts for a year lies in its book."""

from datetime import date, datetime

from records import meetings, obligations, roster, yearbook
from records.calendar import CHINA
from records.database import Database, Transaction
from records.model import Community, ContactForm, Duty, DutyState, MeetingKind, Unit
from records.registrations import Happened
from records.roster import RosterUnit
from records.yearbook import Copy, Yearbook
from tests.handlers import year
from tests.handlers.year import moment
from tests.records.facts import BANK, SCHOOL

NEXT_YEAR = datetime(2027, 3, 1, 10, 0, tzinfo=CHINA)
TODAY = NEXT_YEAR.date()


async def book_of(db: Transaction, community: Community, wanted: int) -> Yearbook:
    return await yearbook.of(db, community, year=wanted, on=TODAY)


async def test_each_registration_stands_for_itself(database: Database) -> None:
    async with database.begin() as db:
        community = await year.begun(db)
        school = await year.unit(db, community, SCHOOL)
        early = year.contact(school, date(2026, 6, 3), ContactForm.PHONE)
        late = year.contact(school, date(2026, 6, 20), ContactForm.TALK)
        after = year.contact(school, date(2026, 7, 2), ContactForm.TALK, given=date(2026, 6, 30))
        in_time = await year.recorded(db, early, at=moment(6, 3))
        later = await year.recorded(db, late, at=moment(7, 1))
        past = await year.recorded(db, after, at=moment(7, 2))

        book = await book_of(db, community, 2026)

    assert book.states == {
        in_time.id: DutyState.FULFILLED,
        later.id: DutyState.REGISTERED_LATER,
        past.id: DutyState.AFTER_PERIOD,
    }
    assert book.registered(Duty.HALF_YEAR_CONTACT) == [in_time, later, past]
    assert [entry.states for entry in book.unit_table.units] == [
        (DutyState.FULFILLED, DutyState.OUTSTANDING, DutyState.OUTSTANDING),
        (DutyState.OUTSTANDING, DutyState.OUTSTANDING, DutyState.OUTSTANDING),
    ]


async def test_deed_of_january_lies_in_its_own_year_and_in_the_one_it_is_given_to(
    database: Database,
) -> None:
    async with database.begin() as db:
        community = await year.begun(db)
        school = await year.unit(db, community, SCHOOL)
        given = Happened(
            Duty.DEED, date(2027, 1, 20), school, title="图书角", counts_on=date(2026, 12, 31)
        )
        deed = await year.recorded(db, given, at=NEXT_YEAR)

        books = [await book_of(db, community, wanted) for wanted in (2025, 2026, 2027)]

    assert [list(book.registrations) for book in books] == [[], [deed], [deed]]
    assert [book.states for book in books[1:]] == [{deed.id: DutyState.REGISTERED_LATER}] * 2
    assert [book.unit_table.units[0].states[2] for book in books] == [
        DutyState.BEFORE_START,
        DutyState.REGISTERED_LATER,
        DutyState.UPCOMING,
    ]


async def test_copies_are_of_the_units_that_owed_something_on_the_day_of_the_appraisal(
    database: Database,
) -> None:
    async with database.begin() as db:
        community = await year.begun(db)
        school, bank = [await year.unit(db, community, name) for name in (SCHOOL, BANK)]
        held = await year.held(db, community, moment(12, 18), kind=MeetingKind.MUTUAL_APPRAISAL)
        late_comer = await joined(db, community, "第二小学", since=date(2026, 12, 21))
        for_school = Happened(Duty.COPY, date(2026, 12, 22), school, meeting_id=held.id)
        for_bank = Happened(Duty.COPY, date(2027, 2, 3), bank, meeting_id=held.id)
        of_no_meeting = Happened(Duty.COPY, date(2027, 2, 4), late_comer)
        sent = [
            await year.recorded(db, fact, at=NEXT_YEAR)
            for fact in (for_school, for_bank, of_no_meeting)
        ]

        own, following = [await book_of(db, community, wanted) for wanted in (2026, 2027)]

    day = date(2026, 12, 18)
    assert own.copies == [Copy(school, day, sent[0]), Copy(bank, day, sent[1])]
    assert following.copies == [Copy(bank, day, sent[1]), Copy(late_comer, None, sent[2])]


async def test_unit_without_a_copy_is_listed_where_the_appraisal_counts(
    database: Database,
) -> None:
    async with database.begin() as db:
        community = await year.begun(db)
        school, bank = [await year.unit(db, community, name) for name in (SCHOOL, BANK)]
        worker = (await year.everybody(db))["王岚"]
        in_january = datetime(2027, 1, 15, 15, 0, tzinfo=CHINA)
        held = await year.held(db, community, in_january, kind=MeetingKind.MUTUAL_APPRAISAL)
        await meetings.set_year(db, held, 2026, by=worker, at=in_january)

        books = [await book_of(db, community, wanted) for wanted in (2026, 2027)]

    day = date(2027, 1, 15)
    assert [list(book.copies) for book in books] == [
        [Copy(school, day, None), Copy(bank, day, None)],
        [],
    ]


async def test_unit_that_owed_nothing_all_year_is_not_in_the_table(database: Database) -> None:
    async with database.begin() as db:
        community = await year.begun(db)
        bank = await year.unit(db, community, BANK)
        await obligations.end_for_unit(db, unit_id=bank.id, now=moment(12, 1))

        tables = [
            await yearbook.units_of(db, community, year=wanted, on=TODAY) for wanted in (2026, 2027)
        ]

    assert [[entry.unit.name for entry in table.units] for table in tables] == [
        [SCHOOL, BANK],
        [SCHOOL],
    ]
    assert tables[0].units[1].states == (
        DutyState.OUTSTANDING,
        DutyState.NOT_APPLICABLE,
        DutyState.NOT_APPLICABLE,
    )


async def joined(db: Transaction, community: Community, name: str, *, since: date) -> Unit:
    """A unit that came later."""
    line = RosterUnit(name, is_local=True, has_party_organisation=True)
    more = roster.Roster(community.name, community.subdistrict, (line,), ())
    await roster.put(db, community, more, now=NEXT_YEAR)
    unit = await year.unit(db, community, name)
    await obligations.set_since(db, unit_id=unit.id, since=since)
    return unit
