"""An invented year for the tests of the ledger, the picture and 年底材料, made through the records alone."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from records import (
    agenda,
    appraisals,
    attendance,
    communities,
    meetings,
    people,
    registrations,
    resolutions,
    roster,
    units,
    visits,
    votes,
)
from records.calendar import CHINA, day_of
from records.database import Transaction
from records.model import (
    Community,
    ContactForm,
    Duty,
    Manner,
    Meeting,
    MeetingKind,
    Person,
    Registration,
    Settlement,
    Unit,
    Visit,
)
from records.registrations import Happened
from records.roster import RosterUnit
from tests.records import facts

STARTED = datetime(2026, 6, 1, 10, 0, tzinfo=CHINA)
EXPORTED = datetime(2026, 12, 30, 16, 0, tzinfo=CHINA)
YEAR = 2026
PRIVATE = 1002  # 王岚's own chat
HOSPITAL = "人民医院"


def moment(month: int, day: int, hour: int = 15, minute: int = 0) -> datetime:
    return datetime(YEAR, month, day, hour, minute, tzinfo=CHINA)


async def begun(db: Transaction, *, units: tuple[str, ...] = (), name: str = "") -> Community:
    """The small community since June; with further local units, or under another name."""
    more = tuple(RosterUnit(unit, is_local=True, has_party_organisation=True) for unit in units)
    known = facts.ROSTER
    in_office = [replace(person, since=date(YEAR, 1, 1)) for person in known.people]
    loaded = replace(
        known,
        community=name or known.community,
        units=(*known.units, *more),
        people=in_office,
    )
    await roster.load(db, loaded, now=STARTED)
    return await communities.with_id(db, 1)


async def everybody(db: Transaction) -> dict[str, Person]:
    """The people of the community by their names."""
    return {person.name: person for person in await people.with_ids(db, list(range(1, 30)))}


async def unit(db: Transaction, community: Community, name: str) -> Unit:
    found = await communities.owing_units(db, community_id=community.id)
    return next(one for one in found if one.name == name)


async def planned(
    db: Transaction,
    community: Community,
    starts_at: datetime,
    *,
    kind: MeetingKind = MeetingKind.WORKING,
    place: str = "二楼会议室",
    at: datetime | None = None,
) -> Meeting:
    by = (await everybody(db))["王岚"]
    asked_at = at or starts_at - timedelta(days=2)
    draft = await meetings.draft(
        db,
        community,
        by=by,
        chat_id=facts.GROUP,
        topic_id=None,
        kind=kind,
        starts_at=starts_at,
        place=place,
        at=asked_at,
    )
    if starts_at < asked_at:
        return await meetings.enter_later(db, community, meeting_id=draft.id, by=by, at=asked_at)
    return await meetings.call(db, community, meeting_id=draft.id, by=by, at=asked_at)


async def held(
    db: Transaction,
    community: Community,
    starts_at: datetime,
    *,
    kind: MeetingKind = MeetingKind.WORKING,
    present: tuple[str, ...] = ("李书明", "陈敏"),
    excused: tuple[str, ...] = (),
    guests: tuple[str, ...] = (),
) -> Meeting:
    """A meeting from notice to the closed roll; who is neither present nor excused is absent."""
    meeting = await planned(db, community, starts_at, kind=kind)
    known = await everybody(db)
    by = known["王岚"]
    await meetings.open_sign_in(db, community, by=by, at=starts_at, meeting_id=meeting.id)
    meeting = await meetings.with_id(db, meeting.id)
    for name in (*present, *guests):
        await attendance.sign_in(db, meeting, known[name], at=starts_at + timedelta(minutes=2))
    for name in excused:
        await attendance.excuse(
            db, meeting, known[name], at=starts_at - timedelta(days=1), by=known["王岚"]
        )
    closing = starts_at + timedelta(minutes=30)
    roll = await meetings.close_sign_in(db, community, by=by, at=closing, meeting_id=meeting.id)
    return roll.meeting


async def whole(db: Transaction, *, name: str = "") -> Community:
    """Eight meetings of every outcome, votes, resolutions, what was registered; the register began on 1 June."""
    community = await begun(db, units=(HOSPITAL,), name=name)
    await _meetings(db, community)
    await _registrations(db, community)
    return community


async def _meetings(db: Transaction, community: Community) -> None:
    known = await everybody(db)
    secretary, worker = known["李书明"], known["王岚"]
    entered = await planned(db, community, moment(5, 20), at=moment(7, 6, 9))
    await attendance.take_roll(
        db, entered, {known["赵卫国"].id: attendance.EXCUSED}, by=worker, at=moment(7, 6, 9, 5)
    )
    await meetings.reassess(db, entered)

    first = await held(db, community, moment(6, 24), excused=("赵卫国",), guests=("刘强",))
    await agenda.put(db, first, ["老旧电梯改造"], by=worker, at=moment(6, 24, 14))
    await votes.count(
        db,
        first,
        title="老旧电梯改造",
        manner=Manner.HANDS,
        agreed=2,
        against=0,
        abstained=0,
        by=worker,
        at=moment(6, 24, 16),
    )
    done = await resolutions.add(
        db,
        first,
        words="加装楼道扶手",
        owner="李强",
        due_on=date(YEAR, 9, 30),
        by=worker,
        at=moment(6, 24, 16, 5),
    )
    await resolutions.finish(db, done.id, on=date(YEAR, 9, 12), by=worker, at=moment(9, 12))
    await resolutions.add(
        db, first, words="楼前绿化", owner="", due_on=None, by=worker, at=moment(6, 24, 16, 6)
    )
    await meetings.confirm(db, community, meeting_id=first.id, by=worker, at=moment(6, 24, 17))

    await held(db, community, moment(7, 22), present=("陈敏",))
    talk = await held(db, community, moment(8, 19), present=("李书明",))
    await meetings.as_talk(db, community, meeting_id=talk.id, by=worker, at=moment(8, 19, 16))

    joint = await held(
        db,
        community,
        moment(9, 16),
        kind=MeetingKind.JOINT,
        present=("李书明", "陈敏"),
    )
    vote = await votes.count(
        db,
        joint,
        title="共建经费",
        manner=Manner.SECRET,
        agreed=1,
        against=0,
        abstained=1,
        by=worker,
        at=moment(9, 16, 16),
    )
    await votes.settle(db, joint, vote, Settlement.REFERRED, by=secretary, at=moment(9, 16, 16, 10))
    await attendance.leave_early(db, joint, known["陈敏"], by=worker, at=moment(9, 16, 16, 20))

    off = await planned(db, community, moment(10, 21))
    await meetings.cancel(db, community, meeting_id=off.id, by=worker, at=moment(10, 20))
    dropped = await meetings.draft(
        db,
        community,
        by=worker,
        chat_id=facts.GROUP,
        topic_id=None,
        kind=MeetingKind.WORKING,
        starts_at=moment(10, 28),
        place="",
        at=moment(10, 20),
    )
    await meetings.cancel(db, community, meeting_id=dropped.id, by=worker, at=moment(10, 20))
    await held(db, community, moment(12, 18), kind=MeetingKind.MUTUAL_APPRAISAL)
    await planned(db, community, moment(12, 31, 9), place="", at=EXPORTED - timedelta(hours=2))


async def recorded(
    db: Transaction,
    fact: Happened,
    *,
    by: str = "王岚",
    at: datetime,
    confirmed_at: datetime | None = None,
) -> Registration:
    """A worker's own registration is confirmed with it; others are when the worker has seen them."""
    known = await everybody(db)
    found = await registrations.record(db, fact, by=known[by], at=at)
    if confirmed_at is not None:
        await registrations.confirm(db, found.id, by=known["王岚"], at=confirmed_at)
    return found


def contact(unit: Unit, on: date, form: ContactForm, *, given: date | None = None) -> Happened:
    return Happened(Duty.HALF_YEAR_CONTACT, on, unit, form=form, counts_on=given)


async def _registrations(db: Transaction, community: Community) -> None:
    """In time, later, after the period, before the start; one withdrawn."""
    school, bank, hospital = [
        await unit(db, community, one) for one in (facts.SCHOOL, facts.BANK, HOSPITAL)
    ]
    member = (await everybody(db))["陈敏"]
    await recorded(db, contact(school, date(YEAR, 6, 15), ContactForm.VISIT), at=moment(6, 15))
    await recorded(
        db,
        contact(bank, date(YEAR, 6, 20), ContactForm.TALK),
        by="刘强",
        at=moment(7, 3),
        confirmed_at=moment(7, 6),
    )
    late = contact(hospital, date(YEAR, 7, 10), ContactForm.OTHER, given=date(YEAR, 6, 30))
    await recorded(db, late, at=moment(7, 13))
    await recorded(db, contact(school, date(YEAR, 9, 12), ContactForm.PHONE), at=moment(9, 14))
    mistaken = await recorded(
        db, contact(bank, date(YEAR, 9, 12), ContactForm.PHONE), at=moment(9, 14)
    )
    await registrations.withdraw(
        db, mistaken.id, reason="登记有误", by=(await everybody(db))["王岚"], at=moment(9, 15)
    )
    deed = Happened(Duty.DEED, date(YEAR, 1, 20), bank, title="慰问老党员", counts_on=LAST_YEAR)
    await recorded(db, deed, at=moment(6, 10))
    deed = Happened(Duty.DEED, date(YEAR, 10, 20), bank, title="防范电信诈骗讲座")
    await recorded(db, deed, by="刘强", at=moment(10, 21))
    report = Happened(Duty.REPORT_TO_UNIT, date(YEAR, 12, 8), person_id=member.id)
    await recorded(db, report, by="陈敏", at=moment(12, 9))
    (appraisal,) = [
        one
        for one in await meetings.all_of(db, community)
        if one.kind is MeetingKind.MUTUAL_APPRAISAL
    ]
    results = {school.id: "95", bank.id: "良好", None: "92"}
    worker = (await everybody(db))["王岚"]
    await appraisals.put_results(db, appraisal, results, by=worker, at=moment(12, 21))
    copy = Happened(Duty.COPY, date(YEAR, 12, 22), school, meeting_id=appraisal.id)
    await recorded(db, copy, at=moment(12, 22))
    await _visits(db, community)
    life = Happened(Duty.DEMOCRATIC_LIFE, date(YEAR, 12, 10))
    await recorded(db, life, at=moment(12, 10))


async def visited(
    db: Transaction, unit: Unit, on: date, form: ContactForm, *, visitors: str
) -> Visit:
    worker = (await everybody(db))["王岚"]
    at = moment(on.month, on.day, 17)
    fact = Happened(Duty.VISIT, on, unit, form=form)
    return await visits.record(db, fact, visitors=visitors, by=worker, at=at)


async def _visits(db: Transaction, community: Community) -> None:
    """One that the bank confirmed as its contact, one that waits, one to no local unit."""
    everyone = await units.of_community(db, community_id=community.id)
    bank, hospital, branch = [
        next(one for one in everyone if one.name == name)
        for name in (facts.BANK, HOSPITAL, facts.BRANCH)
    ]
    first = await visited(db, bank, date(YEAR, 11, 5), ContactForm.VISIT, visitors="李书明、王岚")
    await visits.complete(
        db,
        first,
        by=(await everybody(db))["王岚"],
        at=moment(11, 6),
        needs="希望协调门前停车",
        opinions="=建议多开放日",
        handling="已与物业商定",
        done_on=date(YEAR, 11, 20),
    )
    number = first.registration.id
    arisen = Happened(
        Duty.HALF_YEAR_CONTACT,
        date(YEAR, 11, 5),
        bank,
        form=ContactForm.VISIT,
        arises_from=number,
    )
    await recorded(db, arisen, by="刘强", at=moment(11, 9), confirmed_at=moment(11, 9))
    await visits.count(db, number, counts=True)
    await visited(db, hospital, date(YEAR, 11, 6), ContactForm.TALK, visitors="王岚")
    await visited(db, branch, date(YEAR, 11, 7), ContactForm.PHONE, visitors="王岚")


LAST_YEAR = date(YEAR - 1, 12, 31)
EXPORT_DAY = day_of(EXPORTED)
