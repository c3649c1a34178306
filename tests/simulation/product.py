"""The product, driven by the same acts as the model and read back in the model's words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select, update

from records import (
    attendance,
    binding,
    communities,
    holidays,
    meetings,
    obligations,
    past,
    people,
    register,
    registrations,
    roster,
    settings,
    turnover,
    units,
)
from records.attendance import ABSENT
from records.calendar import day_of
from records.database import Database, Transaction
from records.model import (
    Community,
    Duty,
    DutyState,
    Meeting,
    MeetingKind,
    MeetingState,
    Person,
    Unit,
)
from records.past import PastMeeting
from records.registrations import Happened
from records.roster import Roster, RosterPerson, RosterUnit
from records.schema import communities as communities_table
from records.schema import meetings as meetings_table
from records.schema import notes, outbox
from records.schema import obligations as obligations_table
from records.schema import people as people_table
from records.schema import units as units_table
from scheduler import reminders
from tests.simulation import acts
from tests.simulation.acts import Act
from tests.simulation.model import Note

PLACE = "二楼会议室"
DIGEST = "[0-9]*:*"  # the key of a letter with reminders begins with the number of an obligation


@dataclass
class Product:
    """What was written where: the records behind the names and numbers of the acts."""

    database: Database
    communities: dict[str, Community] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    registrations: dict[int, int] = field(default_factory=dict)
    meetings: dict[int, int] = field(default_factory=dict)
    postponed: dict[acts.Postponed, bool] = field(default_factory=dict)

    async def do(self, found: Iterable[Act]) -> None:
        """Several acts, in one transaction."""
        async with self.database.begin() as db:
            for act in found:
                await self._do(db, act)

    async def _do(self, db: Transaction, act: Act) -> None:
        match act:
            case acts.HolidaysArranged():
                before = await holidays.workdays(db)
                await holidays.put(db, act.days, at=act.at)
                await obligations.recalculate(db, before, now=act.at)
            case acts.NightPassed():
                await obligations.settle_members(db, now=act.at)
            case acts.RosterLoaded():
                await self._load(db, act)
            case acts.Bound():
                code = self.codes[act.person]
                await binding.bind(db, code=code, user_id=act.account, at=act.at)
            case acts.LeftOffice():
                person, by = self.people[act.person], self._secretary(act)
                await turnover.leave(db, person, on=act.on, keep_roles=False, by=by, at=act.at)
                await self._look_up(db, act.community)
            case acts.Marked():
                await self._mark(db, act)
            case _:
                await self._go_on(db, act)

    async def _go_on(self, db: Transaction, act: Act) -> None:
        match act:
            case acts.Postponed():
                self.postponed[act] = await self._postpone(db, act)
            case acts.WindowSet() | acts.FrequencySet():
                await self._set(db, act)
            case acts.Registered():
                await self._register(db, act)
            case acts.Withdrawn():
                number, by = self.registrations[act.number], self._secretary(act)
                await registrations.withdraw(db, number, reason="登记有误", by=by, at=act.at)
            case _:
                await self._meet(db, act)

    def _secretary(self, act: Act) -> Person:
        return self.people[f"{act.community}书记"]

    async def _load(self, db: Transaction, act: acts.RosterLoaded) -> None:
        lines = [RosterUnit(one.name, one.is_local, one.has_organisation) for one in act.units]
        named = [RosterPerson(**vars(one)) for one in act.people]
        handed_in = Roster(act.community, "人民街道", lines, named)
        for code in await roster.load(db, handed_in, now=act.at):
            self.codes[code.person.name] = code.code
        await self._look_up(db, act.community)

    async def _look_up(self, db: Transaction, name: str) -> None:
        query = select(communities_table.c.id).where(communities_table.c.name == name)
        number = (await db.execute(query)).scalar_one()
        self.communities[name] = await communities.with_id(db, number)
        for unit in await units.of_community(db, community_id=number):
            self.units[unit.name] = unit
        for person in await people.of_community(db, community_id=number):
            self.people[person.name] = person

    async def _mark(self, db: Transaction, act: acts.Marked) -> None:
        self.units[act.unit] = await units.mark(
            db,
            self.units[act.unit],
            is_local=act.is_local,
            has_party_organisation=act.has_organisation,
            at=act.at,
        )

    async def _set(self, db: Transaction, act: acts.WindowSet | acts.FrequencySet) -> None:
        by = self._secretary(act)
        if isinstance(act, acts.WindowSet):
            await settings.change(db, by=by, at=act.at, window=act.window)
            changed = Duty.MUTUAL_APPRAISAL
        elif act.duty is Duty.UPWARD_REPORT:
            await settings.change(db, by=by, at=act.at, upward_report=act.frequency)
            changed = act.duty
        else:
            await settings.change(db, by=by, at=act.at, public_review=act.frequency)
            changed = act.duty
        await obligations.reset(db, by.community_id, changed, now=act.at)

    async def _register(self, db: Transaction, act: acts.Registered) -> None:
        fact = Happened(
            act.duty,
            act.on,
            unit=self.units.get(act.bearer) if act.bearer else None,
            person_id=self.people[act.bearer].id if act.bearer in self.people else None,
            title=str(act.number),
            counts_on=act.counts_on,
        )
        made = await registrations.record(db, fact, by=self.people[act.by], at=act.at)
        self.registrations[act.number] = made.id

    async def _meet(self, db: Transaction, act: Act) -> None:
        community, by = self.communities[act.community], self._secretary(act)
        match act:
            case acts.MeetingPlanned():
                draft = await meetings.draft(
                    db,
                    community,
                    by=by,
                    chat_id=-community.id,
                    topic_id=None,
                    kind=act.kind,
                    starts_at=act.starts_at,
                    place=PLACE,
                    at=act.at,
                )
                self.meetings[act.number] = draft.id
                await meetings.call(db, community, meeting_id=draft.id, by=by, at=act.at)
            case acts.MeetingOpened():
                number = self.meetings[act.number]
                await meetings.open_sign_in(db, community, by=by, at=act.at, meeting_id=number)
            case acts.MeetingClosed():
                number = self.meetings[act.number]
                if act.is_held:
                    meeting = await meetings.with_id(db, number)
                    await self._sign_in(db, meeting, act)
                roll = await meetings.close_sign_in(
                    db, community, by=by, at=act.at, meeting_id=number
                )
                assert (roll.meeting.state is MeetingState.HELD) == act.is_held
            case acts.MeetingCancelled():
                number = self.meetings[act.number]
                await meetings.cancel(db, community, meeting_id=number, by=by, at=act.at)
            case acts.MeetingEntered():
                await self._enter(db, act)
            case acts.MeetingAttributed():
                given = {"year": act.year, "also_kind": act.also_kind}
                await db.execute(
                    update(meetings_table)
                    .where(meetings_table.c.id == self.meetings[act.number])
                    .values({name: value for name, value in given.items() if value is not None})
                )
            case _:
                raise NotImplementedError(act)

    async def _sign_in(self, db: Transaction, meeting: Meeting, act: Act) -> None:
        """As many as are needed: one, or for a working meeting everybody."""
        by = self._secretary(act)
        if meeting.kind is MeetingKind.WORKING:
            await attendance.take_roll(db, meeting, {}, by=by, at=act.at)
        else:
            await attendance.sign_in(db, meeting, by, at=act.at)

    async def _enter(self, db: Transaction, act: acts.MeetingEntered) -> None:
        community, by = self.communities[act.community], self._secretary(act)
        team = await people.team_on(db, community_id=community.id, day=day_of(act.starts_at))
        marks = {} if act.is_held else {person.id: ABSENT for person in team}
        meeting = PastMeeting(act.kind, act.starts_at, PLACE, marks, ())
        (entered,) = await past.enter(
            db, community, [meeting], chat_id=-community.id, by=by, at=act.at
        )
        assert (entered.state is MeetingState.HELD) == act.is_held
        self.meetings[act.number] = entered.id

    async def _postpone(self, db: Transaction, act: acts.Postponed) -> bool:
        (owed,) = [
            one
            for one in await obligations.of_community(db, self.communities[act.community].id)
            if one.duty is act.duty and self._bearer(one.unit, one.person_id) == act.bearer
        ]
        moment = await obligations.postpone(db, owed.id, now=act.at, until=act.until)
        return moment == act.until != owed.next_due

    def _bearer(self, unit: Unit | None, person_id: int | None) -> str | None:
        if unit is not None:
            return unit.name
        return next((one.name for one in self.people.values() if one.id == person_id), None)

    async def tick(self, now: datetime) -> tuple[set[Note], list[int]]:
        """What it writes down to say, and the chats it writes to; all of it is then delivered."""
        await reminders.tick(self.database, now)
        async with self.database.begin() as db:
            said = await _written_at(db, now)
            letters = select(outbox.c.chat_id).where(
                outbox.c.created_at == now, outbox.c.key.op("GLOB")(DIGEST)
            )
            chats = list((await db.execute(letters)).scalars())
            await db.execute(
                update(outbox)
                .where(outbox.c.state == "waiting")
                .values(state="sent", message_id=outbox.c.id)
            )
        return said, chats

    async def register(
        self, name: str, today: date
    ) -> dict[tuple[Duty, str | None, str], DutyState]:
        async with self.database.begin() as db:
            days = await holidays.workdays(db)
            found = await register.of_day(db, self.communities[name], today=today, days=days)
        states = {}
        for one in found:
            bearer = one.unit or one.person
            key = (one.duty, bearer.name if bearer is not None else None, one.period.key)
            assert key not in states
            states[key] = one.state
        return states


async def _written_at(db: Transaction, now: datetime) -> set[Note]:
    """The notes of a moment. A row holds the last thing a chat was told of a matter."""
    query = (
        select(
            notes.c.user_id,
            communities_table.c.name,
            obligations_table.c.duty,
            units_table.c.name,
            people_table.c.name,
            notes.c.period,
            notes.c.stage,
            notes.c.is_late,
        )
        .join_from(notes, obligations_table, obligations_table.c.id == notes.c.obligation_id)
        .join(communities_table, communities_table.c.id == obligations_table.c.community_id)
        .outerjoin(units_table, units_table.c.id == obligations_table.c.unit_id)
        .outerjoin(people_table, people_table.c.id == obligations_table.c.person_id)
        .where(notes.c.made_at == now)
    )
    return {
        Note(account, community, duty, unit or person, period, stage, is_late)
        for account, community, duty, unit, person, period, stage, is_late in await db.execute(
            query
        )
    }
