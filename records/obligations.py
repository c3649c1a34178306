"""What is owed and when to look at it next: one row for each duty of a community, a unit or a part-time member."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Table,
    and_,
    bindparam,
    case,
    func,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from records import duties, holidays, settings
from records.calendar import CHINA, day_of
from records.database import Transaction
from records.duties import Bearer
from records.model import Duty, Obligation, Seat, Settings, Unit
from records.schema import communities, members, obligations, people, units
from records.workdays import Workdays

CHUNK = 1000  # bearers in one statement


@dataclass(frozen=True)
class _Kept:
    """Where the bearers of a kind of duty stand, and the index that keeps each of their duties once."""

    table: Table
    columns: tuple[str, ...]
    unique: tuple[str, str]
    where: str


KEPT = {
    Bearer.UNIT: _Kept(
        units, ("community_id", "unit_id"), ("unit_id", "duty"), "unit_id IS NOT NULL"
    ),
    Bearer.MEMBER: _Kept(
        people, ("community_id", "person_id"), ("person_id", "duty"), "person_id IS NOT NULL"
    ),
    Bearer.COMMUNITY: _Kept(
        communities,
        ("community_id",),
        ("community_id", "duty"),
        "unit_id IS NULL AND person_id IS NULL",
    ),
}


async def begin_for_community(
    db: Transaction, *, community_id: int, since: date, now: datetime
) -> None:
    """What the committee and the community's Party organisation owe; stages before now are not made up for."""
    days = await holidays.workdays(db)
    found = await settings.of(db, community_id)
    owing = {community_id: since}
    await _begin(db, duties.OF_COMMUNITIES, owing, now=now, days=days, settings=found)


async def begin_for_units(db: Transaction, owing: Mapping[int, date], *, now: datetime) -> None:
    """Local units with a Party organisation owe contact each half-year and a deed a year (第6问).

    `owing` says since when, for each unit.
    """
    days = await holidays.workdays(db)
    await _begin(db, duties.OF_UNITS, owing, now=now, days=days)


async def end_for_unit(db: Transaction, *, unit_id: int, now: datetime) -> None:
    """The unit owes nothing from today on; what it has registered stays, and so does the past."""
    await db.execute(
        update(obligations)
        .where(obligations.c.unit_id == unit_id)
        .values(until=day_of(now), next_due=None)
    )


async def owing_since(db: Transaction, *, unit_id: int) -> date | None:
    """Since when the unit owes contact; None if it owes none today."""
    query = select(obligations.c.since).where(
        obligations.c.unit_id == unit_id,
        obligations.c.duty == Duty.HALF_YEAR_CONTACT,
        obligations.c.until.is_(None),
    )
    found: date | None = (await db.execute(query)).scalar_one_or_none()
    return found


async def set_since(db: Transaction, *, unit_id: int, since: date) -> None:
    """The unit was there from that day on: 期中新入驻 or not is a matter of this."""
    await db.execute(
        update(obligations).where(obligations.c.unit_id == unit_id).values(since=since)
    )


async def settle(db: Transaction, *, now: datetime) -> None:
    """Once a day: terms that began or ended by themselves, and duties a new release has added."""
    await settle_members(db, now=now)
    days = await holidays.workdays(db)
    for duty in duties.KINDS:
        found = duties.next_moment(duty, now, days)
        if found is not None:
            waits = and_(
                obligations.c.duty == duty,
                obligations.c.next_due.is_(None),
                obligations.c.until.is_(None),
            )
            due, stage = found
            await db.execute(
                update(obligations).where(waits).values(next_due=due, next_stage=stage)
            )


async def settle_members(
    db: Transaction, *, now: datetime, community_id: int | None = None
) -> None:
    """Part-time members in office owe two duty reports a year (第6问“每年分别…述职”); who left owes none.

    By the terms of today: called after every change of a roster and once a day.
    """
    today, days = day_of(now), await holidays.workdays(db)
    owing = await _part_time(db, today, community_id)
    await _begin(db, duties.OF_MEMBERS, owing, now=now, days=days, keeps_due=True)
    query = select(obligations.c.id, obligations.c.person_id).where(
        obligations.c.person_id.is_not(None), obligations.c.until.is_(None)
    )
    if community_id is not None:
        query = query.where(obligations.c.community_id == community_id)
    gone = [row for row in (await db.execute(query)).all() if row.person_id not in owing]
    if not gone:
        return
    lasts = await _last_days(db, [row.person_id for row in gone], today)
    for row in gone:
        await db.execute(
            update(obligations)
            .where(obligations.c.id == row.id)
            .values(until=lasts.get(row.person_id, today), next_due=None)
        )


async def _part_time(db: Transaction, today: date, community_id: int | None) -> dict[int, date]:
    """Each part-time member in office, and since when without a break."""
    query = (
        select(members.c.person_id, members.c.since, members.c.until, communities.c.starts_on)
        .join_from(members, people, people.c.id == members.c.person_id)
        .join(communities, communities.c.id == people.c.community_id)
        .where(members.c.seat == Seat.PART_TIME, members.c.since <= today)
        .order_by(members.c.person_id, members.c.since)
    )
    if community_id is not None:
        query = query.where(people.c.community_id == community_id)
    terms: dict[int, list[tuple[date, date | None]]] = {}
    starts: dict[int, date] = {}
    for row in (await db.execute(query)).all():
        terms.setdefault(row.person_id, []).append((row.since, row.until))
        starts[row.person_id] = row.starts_on
    found = {}
    for person_id, own in terms.items():
        since, until = duties.services(own, starts_on=starts[person_id])[-1]
        if until is None or until >= today:
            found[person_id] = since
    return found


async def _last_days(db: Transaction, person_ids: list[int], today: date) -> Mapping[int, date]:
    """The last day in office of each."""
    query = (
        select(members.c.person_id, func.max(members.c.until))
        .where(members.c.person_id.in_(person_ids), members.c.until < today)
        .group_by(members.c.person_id)
    )
    return {row[0]: row[1] for row in (await db.execute(query)).all()}


async def _begin(
    db: Transaction,
    wanted: Sequence[Duty],
    owing: Mapping[int, date],
    *,
    now: datetime,
    days: Workdays,
    settings: Settings = duties.DEFAULTS,
    keeps_due: bool = False,
) -> None:
    """One row for each of the duties, all of one kind of bearer, and each bearer, who owes them since a day.

    Who owed it before and owes it again begins anew; with `keeps_due` a row that never ended keeps its moment
    and its first day.
    """
    bearers: dict[date, list[int]] = {}
    for bearer_id, since in owing.items():
        bearers.setdefault(since, []).append(bearer_id)
    query = _upsert(db.dialect.name, duties.KINDS[wanted[0]].bearer, keeps_due=keeps_due)
    for duty in wanted:
        after = now
        if duty is Duty.HOLIDAYS:  # who begins in December has to hear of it too
            after = datetime.combine(date(day_of(now).year, 1, 1), time(), CHINA)
        found = duties.next_moment(duty, after, days, settings)
        due, stage = found if found is not None else (None, 0)
        shared = {"duty": duty, "next_due": due, "next_stage": stage, "today": day_of(now)}
        for since, ids in bearers.items():
            for first in range(0, len(ids), CHUNK):
                some = {"bearers": ids[first : first + CHUNK], "since": since}
                await db.execute(query, shared | some)


@cache
def _upsert(dialect: str, bearer: Bearer, *, keeps_due: bool) -> Any:
    """Made once: where many register, putting it together would take as long as carrying it out."""
    kept = KEPT[bearer]
    given = ("duty", "since", "next_due", "next_stage")
    source = select(
        *([kept.table.c.community_id] if len(kept.columns) > 1 else []),
        kept.table.c.id,
        *(bindparam(name, type_=obligations.c[name].type) for name in given),
    ).where(kept.table.c.id.in_(bindparam("bearers", expanding=True)))
    build = sqlite_insert if dialect == "sqlite" else postgresql_insert
    fresh = build(obligations).from_select([*kept.columns, *given], source)
    changes: dict[str, Any] = {name: fresh.excluded[name] for name in ("next_due", "next_stage")}
    # who ceased to owe it today and owes it again was marked otherwise for a moment
    today = bindparam("today", type_=obligations.c.until.type)
    changes["since"] = case(
        (obligations.c.until >= today, obligations.c.since), else_=fresh.excluded.since
    )
    return fresh.on_conflict_do_update(
        index_elements=list(kept.unique),
        index_where=text(kept.where),
        set_=changes | {"until": None},
        where=obligations.c.until.is_not(None) if keeps_due else None,
    )


async def reset(db: Transaction, community_id: int, duty: Duty, *, now: datetime) -> None:
    """The community has set something else: the duty falls due anew, from now on and by that."""
    found, days = await settings.of(db, community_id), await holidays.workdays(db)
    moment = duties.next_moment(duty, now, days, found)
    due, stage = moment if moment is not None else (None, 0)
    await db.execute(
        update(obligations)
        .where(obligations.c.community_id == community_id, obligations.c.duty == duty)
        .values(next_due=due, next_stage=stage)
    )


async def recalculate(db: Transaction, before: Workdays, *, now: datetime) -> None:
    """Working days were put right: moments still to come move with them. What somebody postponed stays."""
    days = await holidays.workdays(db)
    for duty in duties.KINDS:
        if duty not in duties.BY_SETTING:
            await _move(db, duty, before, days, obligations.c.duty == duty, now=now)
    query = select(obligations.c.community_id).where(obligations.c.duty.in_(duties.BY_SETTING))
    for community_id in sorted(set((await db.execute(query)).scalars())):
        kept = await settings.of(db, community_id)
        for duty in duties.BY_SETTING:
            own = and_(obligations.c.duty == duty, obligations.c.community_id == community_id)
            await _move(db, duty, before, days, own, now=now, settings=kept)


async def _move(
    db: Transaction,
    duty: Duty,
    before: Workdays,
    days: Workdays,
    condition: ColumnElement[bool],
    *,
    now: datetime,
    settings: Settings = duties.DEFAULTS,
) -> None:
    """From the moments of the calendar as it was to those as it is, in the running period and the next."""
    period = duties.period_for(duty, day_of(now), settings)
    if period is None:
        return
    for each in (period, period.following()):
        was = duties.stages(duty, each, before, settings)
        for stage, moment in enumerate(duties.stages(duty, each, days, settings)):
            if stage < len(was) and was[stage] != moment and was[stage] > now:
                await db.execute(
                    update(obligations)
                    .where(
                        condition,
                        obligations.c.next_due == was[stage],
                        obligations.c.next_stage == stage,
                    )
                    .values(next_due=moment)
                )


async def of_community(db: Transaction, community_id: int) -> list[Obligation]:
    """All of them, also those that ended, as they began."""
    query = (
        select(
            obligations,
            units.c.name.label("unit_name"),
            units.c.is_local,
            units.c.has_party_organisation,
        )
        .select_from(obligations.outerjoin(units, units.c.id == obligations.c.unit_id))
        .where(obligations.c.community_id == community_id)
        .order_by(obligations.c.id)
    )
    return [_obligation_of(row) for row in (await db.execute(query)).all()]


async def postpone(
    db: Transaction, number: int, *, now: datetime, until: datetime
) -> datetime | None:
    """The next reminder comes then instead of on its own day: nothing is added (at most three).

    When it comes: sooner, where one is to come before that. None where there is no later one in the period.
    """
    query = select(obligations.c.next_due, obligations.c.next_stage).where(
        obligations.c.id == number
    )
    row = (await db.execute(query.with_for_update())).one_or_none()
    if row is None or row.next_due is None or row.next_stage == 0 or row.next_due <= now:
        return None
    moment: datetime = min(row.next_due, until)
    await db.execute(update(obligations).where(obligations.c.id == number).values(next_due=moment))
    return moment


async def next_due(db: Transaction) -> datetime | None:
    """The next moment at which anything falls due."""
    found: datetime | None = (
        await db.execute(select(func.min(obligations.c.next_due)))
    ).scalar_one()
    return found


def _obligation_of(row: Row[Any]) -> Obligation:
    unit = None
    if row.unit_id is not None:
        unit = Unit(
            row.unit_id, row.community_id, row.unit_name, row.is_local, row.has_party_organisation
        )
    return Obligation(
        row.id,
        row.community_id,
        row.duty,
        unit,
        row.person_id,
        row.since,
        row.until,
        row.next_due,
        row.next_stage,
    )
