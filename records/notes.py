"""What each chat was told of which obligation: written when a stage falls due, sent as one digest a chat.

Whole batches are worked on inside the database: a million obligations never pass through memory.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    delete,
    func,
    literal,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from records import duties, fulfilment, settings
from records.calendar import CHINA, Period, day_of, period_of
from records.communities import community_of
from records.database import Transaction, among
from records.duties import Bearer
from records.model import Community, Duty, NoteAnswer, Role, Settings, Unit
from records.reminder_settings import of as reminder_settings_of
from records.schema import (
    accounts,
    communities,
    notes,
    obligations,
    outbox,
    people,
    reminder_settings,
    roles,
    units,
)
from records.workdays import Workdays

IN_ONE_DIGEST = 400  # matters of a chat that are read; more are only counted
READER = people.alias("reader")


class Note(NamedTuple):
    """One matter of a digest. `is_own` is False where it stands for somebody who cannot be reached.

    `name` is of the part-time member who owes it, `reader` of whoever reads it. `may_wait` says
    whether a later reminder is to come in the period. `total` counts the matters of the chat. Who `is_new`
    came in the middle of the period: he is told, and never late.
    """

    obligation_id: int
    user_id: int
    community: Community
    duty: Duty
    unit: Unit | None
    name: str | None
    reader: str
    period: Period
    stage: int
    is_late: bool
    is_own: bool
    may_wait: bool
    answer: NoteAnswer | None
    letter_id: int | None
    replaces_id: int | None
    total: int
    is_new: bool


class Share(NamedTuple):
    """The chats of one worker among several: those whose number leaves this rest."""

    number: int
    of: int


ALL = Share(0, 1)


class _Due(NamedTuple):
    """What thousands of due obligations have in common."""

    duty: Duty
    next_due: datetime
    next_stage: int


@dataclass(frozen=True)
class _Said:
    """What due obligations have in common: the stage to be said, if any, and what comes next."""

    duty: Duty
    period: Period | None
    stage: int | None
    is_late: bool
    is_last: bool
    next: tuple[datetime, int] | None


async def collect(db: Transaction, *, now: datetime, days: Workdays, limit: int = 2000) -> int:
    """Write notes for what has fallen due, and set the next moments; how many obligations were looked at.

    Of several missed stages only the latest is said, those of a period that is over never. What facts have
    fulfilled is passed over.
    """
    column = obligations.c
    rows = (
        await db.execute(
            select(column.id, column.community_id, column.duty, column.next_due, column.next_stage)
            .where(obligations.c.next_due <= now)
            .order_by(obligations.c.next_due, obligations.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
    ).all()
    setting = {row.community_id for row in rows if row.duty in duties.BY_SETTING}
    kept = {one: await settings.of(db, one) for one in sorted(setting)}
    groups: dict[tuple[_Due, Settings | None], list[int]] = {}
    for number, community_id, *common in rows:
        due = _Due(*common)
        own = kept[community_id] if due.duty in duties.BY_SETTING else None
        groups.setdefault((due, own), []).append(number)
    told: set[int] = set()
    for (due, own), ids in groups.items():
        said = _said(due, own or duties.DEFAULTS, days, now)
        if said.stage is not None and said.period is not None:
            told |= await _write(db, said, ids, now=now)
        moment, stage = said.next if said.next is not None else (None, 0)
        await db.execute(
            update(obligations)
            .where(among(db, obligations.c.id, ids))
            .values(next_due=moment, next_stage=stage)
        )
    if told:
        await _defer_all(db, told, now=now, days=days)
    return len(rows)


def _said(due: _Due, kept: Settings, days: Workdays, now: datetime) -> _Said:
    duty = due.duty
    period = duties.period_for(duty, day_of(now), kept)
    if period is None:
        return _Said(duty, None, None, is_late=False, is_last=False, next=None)
    moments = duties.stages(duty, period, days, kept)
    stage = duties.stage_due(moments, now)
    due_at = moments[stage] if stage is not None else due.next_due
    runs = duties.period_for(duty, day_of(due.next_due), kept) == period
    if runs and (-1 if stage is None else stage) < due.next_stage < len(moments):
        stage, due_at = due.next_stage, due.next_due  # it was postponed
    if duty is Duty.HOLIDAYS and days.is_announced(period.year + 1):
        stage = None
    return _Said(
        duty,
        period,
        stage,
        is_late=day_of(due_at) < day_of(now),
        is_last=stage == len(moments) - 1,
        next=duties.next_moment(duty, now, days, kept, said=-1 if stage is None else stage),
    )


async def _write(db: Transaction, said: _Said, ids: list[int], *, now: datetime) -> set[int]:
    """A note for whoever owes it, or for the worker in place of whoever cannot be reached; the chats."""
    if said.period is None:
        return set()
    owed = and_(
        among(db, obligations.c.id, ids),
        ~fulfilment.fulfilled(said.duty, said.period),
        fulfilment.applies(said.duty),
    )
    if said.duty is Duty.MONTHLY_MEETING and said.stage == 0 and not said.is_last:
        owed = and_(owed, ~fulfilment.planned(said.period))
    bearer = duties.KINDS[said.duty].bearer
    told: set[int] = set()
    if bearer is not Bearer.COMMUNITY:
        own = select(obligations.c.id, accounts.c.user_id).select_from(obligations).where(owed)
        own = own.join(people, _is_of(bearer)).join(accounts, accounts.c.person_id == people.c.id)
        if bearer is Bearer.UNIT:
            own = own.join(roles, _speaks_for_a_unit())
        told |= await _put_selected(db, said, own.distinct(), now=now)
        owed = and_(owed, _is_unreachable(bearer))
    query = select(obligations.c.id, obligations.c.community_id).where(owed)
    rows = (await db.execute(query)).all()
    offices = await _offices(db, {row.community_id for row in rows}, said)
    found = [
        {"obligation_id": row.id, "user_id": user_id}
        for row in rows
        for user_id in offices.get(row.community_id, ())
    ]
    await _put_rows(db, said, found, is_own=bearer is Bearer.COMMUNITY, now=now)
    return told | {row["user_id"] for row in found}


def _is_of(bearer: Bearer) -> ColumnElement[bool]:
    if bearer is Bearer.UNIT:
        return people.c.unit_id == obligations.c.unit_id
    return people.c.id == obligations.c.person_id


def _speaks_for_a_unit() -> ColumnElement[bool]:
    return and_(roles.c.person_id == people.c.id, roles.c.role == Role.LIAISON)


def _is_unreachable(bearer: Bearer) -> ColumnElement[bool]:
    """Nobody who owes it can be written to.

    Looked up row by row: for NOT EXISTS a database may join everybody who is bound with each batch.
    """
    bound = select(accounts.c.user_id).where(_is_of(bearer), accounts.c.person_id == people.c.id)
    if bearer is Bearer.UNIT:
        bound = bound.where(_speaks_for_a_unit())
    return bound.limit(1).scalar_subquery().is_(None)


async def _offices(
    db: Transaction, community_ids: Collection[int], said: _Said
) -> Mapping[int, list[int]]:
    """The worker's accounts of each community; the Party secretary's with the last reminder or without a worker.

    What is the worker's alone (P6) goes to nobody else.
    """
    query = (
        select(people.c.community_id, accounts.c.user_id, roles.c.role)
        .select_from(people)
        .join(roles, roles.c.person_id == people.c.id)
        .join(accounts, accounts.c.person_id == people.c.id)
        .where(
            among(db, people.c.community_id, community_ids),
            roles.c.role.in_([Role.PARTY_WORKER, Role.PARTY_SECRETARY]),
        )
        .order_by(people.c.id)
    )
    held: dict[int, dict[Role, list[int]]] = {}
    for row in (await db.execute(query)).all():
        held.setdefault(row.community_id, {}).setdefault(row.role, []).append(row.user_id)
    kind = duties.KINDS[said.duty]
    found = {}
    for community_id, by_role in held.items():
        workers = by_role.get(Role.PARTY_WORKER, [])
        secretaries = [] if kind.worker_only else by_role.get(Role.PARTY_SECRETARY, [])
        asks_both = said.is_last and kind.bearer is Bearer.COMMUNITY
        told = workers + secretaries if asks_both else workers or secretaries
        found[community_id] = list(dict.fromkeys(told))
    return found


def _columns(said: _Said, *, is_own: bool, now: datetime) -> dict[str, Any]:
    return {
        "period": said.period.key if said.period is not None else "",
        "stage": said.stage,
        "is_late": said.is_late,
        "is_own": is_own,
        "made_at": now,
        "not_before": now,
    }


async def _put_selected(
    db: Transaction, said: _Said, targets: Select[tuple[int, int]], *, now: datetime
) -> set[int]:
    """The chats that have something new to hear."""
    shared = _columns(said, is_own=True, now=now)
    source = targets.add_columns(
        *(literal(value, notes.c[name].type) for name, value in shared.items())
    )
    names = ["obligation_id", "user_id", *shared]
    fresh = _upsert(db, from_select=(names, source)).returning(notes.c.user_id)
    return set((await db.execute(fresh)).scalars())


async def _put_rows(
    db: Transaction,
    said: _Said,
    found: Sequence[Mapping[str, Any]],
    *,
    is_own: bool,
    now: datetime,
) -> None:
    if found:
        shared = _columns(said, is_own=is_own, now=now)
        await db.execute(_upsert(db), [{**row, **shared} for row in found])


def _upsert(db: Transaction, from_select: tuple[list[str], Select[Any]] | None = None) -> Any:
    """Over what the chat was told of the same matter before; a stage that was said is not said again."""
    build = sqlite_insert if db.dialect.name == "sqlite" else postgresql_insert
    fresh = build(notes)
    if from_select is not None:
        fresh = fresh.from_select(*from_select)
    new = fresh.excluded
    copied = ("period", "stage", "is_late", "is_own", "made_at", "not_before")
    return fresh.on_conflict_do_update(
        index_elements=["obligation_id", "user_id"],
        set_={name: new[name] for name in copied}
        | {
            "replaces_id": func.coalesce(notes.c.letter_id, notes.c.replaces_id),
            "letter_id": null(),
            "answer": null(),
        },
        where=or_(notes.c.period != new.period, notes.c.stage < new.stage),
    )


async def _defer_all(
    db: Transaction, user_ids: Collection[int], *, now: datetime, days: Workdays
) -> None:
    """Only what was written now, in the order of the chats: another transaction may be writing for the same chats."""
    query = (
        select(reminder_settings.c.user_id)
        .where(among(db, reminder_settings.c.user_id, user_ids))
        .order_by(reminder_settings.c.user_id)
    )
    for user_id in (await db.execute(query)).scalars().all():
        moment = await _moment(db, user_id=user_id, now=now, days=days)
        await _put_off(db, user_id, moment, notes.c.made_at == now)


async def defer(db: Transaction, *, user_id: int, now: datetime, days: Workdays) -> None:
    """Whoever has chosen another hour, or a pause, hears then of what waits for him."""
    await _put_off(db, user_id, await _moment(db, user_id=user_id, now=now, days=days))


async def _moment(db: Transaction, *, user_id: int, now: datetime, days: Workdays) -> datetime:
    """When somebody wants to be told: not before now."""
    chosen = await reminder_settings_of(db, user_id=user_id)
    day = day_of(now)
    if chosen.paused_until is not None and chosen.is_paused(day):
        day = days.first_workday(chosen.paused_until)
    return max(datetime.combine(day, chosen.said_at, CHINA), now)


async def _put_off(
    db: Transaction, user_id: int, moment: datetime, *which: ColumnElement[bool]
) -> None:
    await db.execute(
        update(notes)
        .where(notes.c.user_id == user_id, notes.c.letter_id.is_(None), *which)
        .values(not_before=moment)
    )


async def waiting(
    db: Transaction,
    *,
    now: datetime,
    days: Workdays,
    after: int = 0,
    share: Share = ALL,
    limit: int = 500,
) -> Mapping[int, list[Note]]:
    """What is to be told to the next chats of a share, by their number, of those behind `after`.

    What waited for an hour or a pause to end is dropped if it was fulfilled meanwhile, its period is over, or
    the chat is no longer that of somebody whom it concerns.
    """
    chats = (
        select(notes.c.user_id)
        .where(notes.c.letter_id.is_(None), notes.c.not_before <= now, notes.c.user_id > after)
        .where(notes.c.user_id % share.of == share.number)
        .distinct()
        .order_by(notes.c.user_id)
        .limit(limit)
    )
    ids = list((await db.execute(chats)).scalars())
    if not ids:
        return {}
    await _drop_outdated(db, ids, now=now)
    found: dict[int, list[Note]] = {one: [] for one in ids}
    waits = and_(notes.c.letter_id.is_(None), notes.c.not_before <= now)
    if db.dialect.name == "postgresql":  # what is read here is told: nobody defers it in between
        locked = (
            select(notes.c.stage).where(waits, among(db, notes.c.user_id, ids)).with_for_update()
        )
        await db.execute(select(func.count()).select_from(locked.subquery()))
    for note in await _read(db, and_(waits, among(db, notes.c.user_id, ids)), days=days):
        found[note.user_id].append(note)
    return found


async def _drop_outdated(db: Transaction, user_ids: list[int], *, now: datetime) -> None:
    mine = and_(
        among(db, notes.c.user_id, user_ids),
        notes.c.letter_id.is_(None),
        notes.c.not_before > notes.c.made_at,
        notes.c.not_before <= now,
    )
    query = (
        select(obligations.c.duty, notes.c.period)
        .join_from(notes, obligations, obligations.c.id == notes.c.obligation_id)
        .where(mine)
        .distinct()
    )
    found = (await db.execute(query)).all()
    for duty, key in found:
        period = period_of(key)
        same = and_(mine, notes.c.period == key)
        done = select(obligations.c.id).where(obligations.c.duty == duty)
        if day_of(now) <= duties.ends_on(duty, period):
            is_done = or_(fulfilment.fulfilled(duty, period), obligations.c.until.is_not(None))
            done = done.where(is_done)
        await db.execute(delete(notes).where(same, notes.c.obligation_id.in_(done)))
        if duty is Duty.MONTHLY_MEETING:
            called = select(obligations.c.id).where(
                obligations.c.duty == duty, fulfilment.planned(period)
            )
            first = and_(same, notes.c.stage == 0, notes.c.obligation_id.in_(called))
            await db.execute(delete(notes).where(first))
    if found:
        await db.execute(delete(notes).where(mine, ~_concerns()))


def _concerns() -> ColumnElement[bool]:
    """The account is still bound to whom the note is for: the unit's liaison, the member, or the office."""
    unit = and_(
        obligations.c.unit_id == people.c.unit_id, notes.c.is_own, roles.c.role == Role.LIAISON
    )
    member = and_(obligations.c.person_id == people.c.id, notes.c.is_own)
    is_community_s = and_(obligations.c.unit_id.is_(None), obligations.c.person_id.is_(None))
    office = and_(
        or_(notes.c.is_own.is_(False), is_community_s),
        obligations.c.community_id == people.c.community_id,
        roles.c.role.in_([Role.PARTY_WORKER, Role.PARTY_SECRETARY]),
    )
    reader = accounts.join(people, people.c.id == accounts.c.person_id).outerjoin(
        roles, roles.c.person_id == people.c.id
    )
    return (
        select(accounts.c.id)
        .select_from(reader.join(obligations, or_(unit, member, office)))
        .where(accounts.c.user_id == notes.c.user_id, obligations.c.id == notes.c.obligation_id)
        .correlate(notes)
        .exists()
    )


async def _read(db: Transaction, condition: ColumnElement[bool], *, days: Workdays) -> list[Note]:
    """The first matters of each letter, or of what waits for a chat, in the order of the communities and their registers."""
    column = notes.c
    of_a_letter = (column.user_id, column.letter_id)
    inner = (
        select(
            column.obligation_id,
            column.user_id,
            column.period,
            column.stage,
            column.is_late,
            column.is_own,
            column.letter_id,
            column.replaces_id,
            column.answer,
            func.row_number()
            .over(partition_by=of_a_letter, order_by=(notes.c.is_own.desc(), notes.c.obligation_id))
            .label("number"),
            func.count().over(partition_by=of_a_letter).label("total"),
        )
        .where(condition)
        .subquery()
    )
    reader = (  # as a join PostgreSQL looks through all accounts of the community for each
        select(READER.c.name)
        .join(accounts, accounts.c.person_id == READER.c.id)
        .where(
            accounts.c.user_id == inner.c.user_id,
            accounts.c.community_id == obligations.c.community_id,
        )
    )
    query = (
        select(
            *inner.c,
            obligations.c.duty,
            obligations.c.community_id,
            obligations.c.since,
            obligations.c.unit_id,
            units.c.name,
            units.c.is_local,
            units.c.has_party_organisation,
            people.c.name,
            reader.scalar_subquery(),
        )
        .select_from(inner)
        .join(obligations, obligations.c.id == inner.c.obligation_id)
        .outerjoin(units, units.c.id == obligations.c.unit_id)
        .outerjoin(people, people.c.id == obligations.c.person_id)
        .where(inner.c.number <= IN_ONE_DIGEST)
        .order_by(inner.c.user_id, obligations.c.community_id, inner.c.obligation_id)
    )
    found = [_Line._make(row) for row in (await db.execute(query)).all()]
    common = _Common(days, await _communities(db, {line.community_id for line in found}))
    return [_note_of(line, common) for line in found]


class _Line(NamedTuple):
    """What is read of a note, in the order of the query. Attributes of rows are slow where there are thousands."""

    obligation_id: int
    user_id: int
    period: str
    stage: int
    is_late: bool
    is_own: bool
    letter_id: int | None
    replaces_id: int | None
    answer: NoteAnswer | None
    number: int
    total: int
    duty: Duty
    community_id: int
    since: date
    unit_id: int | None
    unit_name: str
    is_local: bool
    has_party_organisation: bool
    person_name: str | None
    reader_name: str | None


async def _communities(db: Transaction, ids: Collection[int]) -> Mapping[int, Community]:
    query = select(communities).where(among(db, communities.c.id, ids))
    return {row.id: community_of(row) for row in (await db.execute(query)).all()}


@dataclass(frozen=True)
class _Common:
    """What many notes have in common, worked out once a batch."""

    days: Workdays
    communities: Mapping[int, Community]
    periods: dict[tuple[Duty, str], tuple[Period, int]] = field(default_factory=dict)

    def period(self, duty: Duty, key: str) -> tuple[Period, int]:
        """With the number of its last stage."""
        if (duty, key) not in self.periods:
            period = period_of(key)
            stages = duties.stages(duty, period, self.days)
            self.periods[duty, key] = (period, len(stages) - 1)
        return self.periods[duty, key]


def _note_of(line: _Line, common: _Common) -> Note:
    community = common.communities[line.community_id]
    unit = None
    if line.unit_id is not None:
        marks = (line.is_local, line.has_party_organisation)
        unit = Unit(line.unit_id, community.id, line.unit_name, *marks)
    period, last = common.period(line.duty, line.period)
    is_office = duties.KINDS[line.duty].bearer is Bearer.COMMUNITY
    return Note(
        line.obligation_id,
        line.user_id,
        community,
        line.duty,
        unit,
        line.person_name,
        line.reader_name or "",
        period,
        line.stage,
        line.is_late,
        line.is_own,
        line.is_own and not is_office and line.stage < last,
        line.answer,
        line.letter_id,
        line.replaces_id,
        line.total,
        duties.joined_within(period, duties.Bond(line.since), starts_on=community.starts_on),
    )


async def told(db: Transaction, letters: Mapping[int, int], *, now: datetime) -> None:
    """The notes that waited for these chats were put into the letters."""
    if not letters:
        return
    await db.execute(  # chat by chat: a database that joins them may look through all that waits
        update(notes)
        .where(
            notes.c.user_id == bindparam("chat"),
            notes.c.letter_id.is_(None),
            notes.c.not_before <= now,
        )
        .values(letter_id=bindparam("letter")),
        [{"chat": chat, "letter": letter} for chat, letter in letters.items()],
    )


async def of_letters(
    db: Transaction, letter_ids: Collection[int], *, days: Workdays
) -> Mapping[int, list[Note]]:
    """What is left of earlier letters: the matters that no later letter has taken up and no fact fulfilled."""
    found: dict[int, list[Note]] = {one: [] for one in letter_ids}
    matters = await _read(db, among(db, notes.c.letter_id, letter_ids), days=days)
    done = await _fulfilled(db, matters)
    for note in matters:
        if note.letter_id is not None and note.obligation_id not in done:
            found[note.letter_id].append(note)
    return found


async def _fulfilled(db: Transaction, matters: Sequence[Note]) -> set[int]:
    """The obligations among them that facts have fulfilled in the period of their note."""
    groups: dict[tuple[Duty, Period], list[int]] = {}
    for note in matters:
        if note.duty is not Duty.HOLIDAYS:
            groups.setdefault((note.duty, note.period), []).append(note.obligation_id)
    done: set[int] = set()
    for (duty, period), ids in groups.items():
        query = select(obligations.c.id).where(
            among(db, obligations.c.id, ids), fulfilment.fulfilled(duty, period)
        )
        done.update((await db.execute(query)).scalars())
    return done


async def of_message(
    db: Transaction, *, user_id: int, message_id: int, days: Workdays
) -> tuple[int, list[Note]] | None:
    """The letter behind a message and its matters, locked; None if they were taken up by a later letter."""
    query = select(outbox.c.id).where(
        outbox.c.chat_id == user_id, outbox.c.message_id == message_id
    )
    found = None
    for letter_id in (await db.execute(query)).scalars():
        own = and_(notes.c.letter_id == letter_id, notes.c.user_id == user_id)
        matters = select(notes.c.obligation_id).where(own)
        await db.execute(  # first, as the tick does
            select(obligations.c.id)
            .where(obligations.c.id.in_(matters))
            .order_by(obligations.c.id)
            .with_for_update()
        )
        if (await db.execute(select(notes.c.stage).where(own).with_for_update())).first():
            found = (letter_id, await _read(db, own, days=days))
    return found


async def answer(db: Transaction, note: Note, given: NoteAnswer) -> bool:
    """Which button was pressed; False if it was pressed before, or a last one was: each works once."""
    before: ColumnElement[bool] = notes.c.answer.is_(None)
    if given is not NoteAnswer.POSTPONED:
        before = or_(before, notes.c.answer == NoteAnswer.POSTPONED)
    result = await db.execute(
        update(notes)
        .where(
            notes.c.obligation_id == note.obligation_id,
            notes.c.user_id == note.user_id,
            before,
        )
        .values(answer=given)
        .returning(notes.c.stage)
    )
    return result.first() is not None


async def next_waiting(db: Transaction, *, now: datetime) -> datetime | None:
    """When somebody who has chosen another hour is to be told next."""
    query = select(func.min(notes.c.not_before)).where(
        notes.c.letter_id.is_(None), notes.c.not_before > now
    )
    found: datetime | None = (await db.execute(query)).scalar_one()
    return found
