"""Facts that fulfil duties: registered by whoever did it or by a worker, confirmed, taken back; never ticked off."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, insert, or_, select, true, update

from records import duties, operations
from records.calendar import Year, day_of
from records.database import Transaction
from records.errors import (
    DayOutOfRange,
    GivenTooLate,
    ReasonMissing,
    StaleButton,
    WorkersOnly,
)
from records.model import ContactForm, Duty, MeetingState, Person, Registration, Unit
from records.schema import meetings, registrations, units

EARLIEST = 5  # years before this one


@dataclass(frozen=True)
class Happened:
    """What is to be registered. `counts_on` is given only where it counts for an earlier period."""

    duty: Duty
    on: date
    unit: Unit | None = None
    person_id: int | None = None
    form: ContactForm | None = None
    title: str | None = None
    counts_on: date | None = None
    meeting_id: int | None = None
    arises_from: int | None = None


async def record(
    db: Transaction, fact: Happened, *, by: Person, at: datetime, is_checked: bool = False
) -> Registration:
    """Register by the day it happened; the same thing is not registered twice, nor for two periods.

    A worker's own registration is confirmed with it, and so is what he registers once more; what needs no
    worker (`waits_for_worker`) is confirmed by nobody. DayOutOfRange for the future and for days before the
    half-year (of contacts) or year that precedes the running one, unless a worker registers: he may go five
    years back; or the day `is_checked`: it is that of another fact, from which this one arises. WorkersOnly,
    GivenTooLate for what is given to an earlier period.
    """
    if not is_checked:
        check_day(fact.duty, fact.on, by=by, today=day_of(at))
    counts_on = _counts_on(fact, by)
    if (same := await known(db, fact, community_id=by.community_id)) is not None:
        await _join(db, same, fact)
        return await confirm(db, same.id, by=by, at=at) if by.may_manage else same
    values: dict[str, Any] = {
        "community_id": by.community_id,
        "duty": fact.duty,
        "unit_id": fact.unit.id if fact.unit is not None else None,
        "person_id": fact.person_id,
        "on": fact.on,
        "counts_on": counts_on,
        "form": fact.form,
        "title": fact.title,
        "recorded_by": by.id,
        "recorded_at": at,
        "meeting_id": fact.meeting_id,
        "arises_from": fact.arises_from,
    }
    if by.may_manage:
        values |= {"confirmed_by": by.id, "confirmed_at": at}
    elif not waits_for_worker(fact.duty, fact.on, counts_on, recorded_on=day_of(at)):
        values |= {"confirmed_at": at}
    result = await db.execute(insert(registrations).values(values).returning(registrations.c.id))
    number = int(result.scalar_one())
    await _log(db, "register", number, fact.duty, by=by, at=at)
    return await with_id(db, number, community_id=by.community_id)


def waits_for_worker(duty: Duty, on: date, counts_on: date, *, recorded_on: date) -> bool:
    """A deed is confirmed by the community; anything else only where it was registered later (补登)."""
    if duty is Duty.DEED:
        return True
    period = duties.period_for(duty, counts_on) if duty in duties.KINDS else None
    if period is None:
        return False
    last = duties.ends_on(duty, period)
    return recorded_on > (last if on <= last else duties.given_until(duty, period))


def check_day(duty: Duty, on: date, *, by: Person, today: date) -> None:
    """DayOutOfRange, as `record` has it."""
    if by.may_manage:
        earliest = date(today.year - EARLIEST, 1, 1)
    elif duty is Duty.HALF_YEAR_CONTACT:
        earliest = date(today.year, 1, 1) if today.month > 6 else date(today.year - 1, 7, 1)
    else:
        earliest = Year(today.year - 1).first
    if not earliest <= on <= today:
        raise DayOutOfRange(earliest)


def _counts_on(fact: Happened, by: Person) -> date:
    """The day itself, or the last day of the earlier period a worker gives it to.

    What lies within the days in which a year may still be chosen (第6问 and 第二十二条 leave it open) anybody
    may give to the year before.
    """
    if fact.counts_on is None or fact.counts_on == fact.on:
        return fact.on
    if fact.counts_on > fact.on:
        raise GivenTooLate
    period = duties.period_for(fact.duty, fact.counts_on) if fact.duty in duties.KINDS else None
    if period is None:
        raise GivenTooLate
    if fact.on > duties.given_until(fact.duty, period) and not by.may_manage:
        raise WorkersOnly
    return period.last


async def _join(db: Transaction, same: Registration, fact: Happened) -> None:
    """What was known is now known of this meeting; a duty report stays as the member registered it himself.

    What came with a meeting that is not held any more stands by itself, or with the other meeting.
    """
    if same.meeting_id is None:
        joins = fact.duty is not Duty.REPORT_TO_COMMITTEE
    else:
        joins = not await _find(db, registrations.c.id == same.id)
    if joins and same.meeting_id != fact.meeting_id:
        await _set(db, same.id, meeting_id=fact.meeting_id)


async def known(db: Transaction, fact: Happened, *, community_id: int) -> Registration | None:
    """The same thing, if it is registered: whatever period it was given to, it happened once.

    Also where its meeting was reopened and is not held just now.
    """
    column = registrations.c
    found = await _find(
        db,
        (column.community_id == community_id)
        & (column.duty == fact.duty)
        & (column.unit_id.is_not_distinct_from(fact.unit.id if fact.unit else None))
        & (column.person_id.is_not_distinct_from(fact.person_id))
        & (column.on == fact.on)
        & (column.form.is_not_distinct_from(fact.form))
        & (column.title.is_not_distinct_from(fact.title)),
        of_any_meeting=True,
    )
    return found[0] if found else None


async def confirm(db: Transaction, number: int, *, by: Person, at: datetime) -> Registration:
    """A worker has seen it; once more changes nothing. StaleButton if it was taken back."""
    found = await with_id(db, number, community_id=by.community_id)
    if found.confirmed_at is not None:
        return found
    await _set(db, number, confirmed_by=by.id, confirmed_at=at)
    await _log(db, "confirm_fact", number, found.duty, by=by, at=at)
    return await with_id(db, number, community_id=by.community_id)


async def attribute(
    db: Transaction, number: int, year: int, *, by: Person, at: datetime
) -> Registration:
    """Give it to its own year, or to the year before (归属年度). StaleButton, WorkersOnly, GivenTooLate."""
    found = await with_id(db, number, community_id=by.community_id)
    given = found.on if year == found.on.year else Year(year).last
    counts_on = _counts_on(Happened(found.duty, found.on, counts_on=given), by)
    if counts_on == found.counts_on:
        return found
    confirmed_at = found.confirmed_at
    if found.confirmed_by is None:
        recorded_on = day_of(found.recorded_at)
        waits = waits_for_worker(found.duty, found.on, counts_on, recorded_on=recorded_on)
        confirmed_at = None if waits else confirmed_at or at
    await _set(db, number, counts_on=counts_on, confirmed_at=confirmed_at)
    await _log(db, "attribute", number, found.duty, by=by, at=at, detail=str(year))
    return replace(found, counts_on=counts_on, confirmed_at=confirmed_at)


async def _set(db: Transaction, number: int, **values: Any) -> None:
    await db.execute(update(registrations).where(registrations.c.id == number).values(**values))


async def withdraw(
    db: Transaction, number: int, *, reason: str, by: Person, at: datetime
) -> Registration:
    """Take it back, and what arose from it: the duty is open again. ReasonMissing, StaleButton."""
    if not reason.strip():
        raise ReasonMissing
    found = await with_id(db, number, community_id=by.community_id)
    await db.execute(
        update(registrations)
        .where(
            (registrations.c.id == number) | (registrations.c.arises_from == number),
            registrations.c.withdrawn_at.is_(None),
        )
        .values(withdrawn_by=by.id, withdrawn_at=at, withdrawn_for=reason.strip()[:200])
    )
    await _log(db, "withdraw", number, found.duty, by=by, at=at, detail=reason.strip())
    return found


async def with_id(db: Transaction, number: int, *, community_id: int) -> Registration:
    """StaleButton if it was taken back, or is not of this community."""
    column = registrations.c
    found = await _find(db, (column.id == number) & (column.community_id == community_id))
    if not found:
        raise StaleButton
    return found[0]


async def within(
    db: Transaction,
    *,
    community_id: int,
    first: date,
    last: date,
    wanted: Sequence[Duty] = tuple(Duty),
) -> list[Registration]:
    """What counts for these days, in the order of the days it happened."""
    column = registrations.c
    return await _find(
        db,
        (column.community_id == community_id)
        & column.duty.in_(list(wanted))
        & (column.counts_on >= first)
        & (column.counts_on <= last),
    )


async def of_year(db: Transaction, *, community_id: int, year: int) -> list[Registration]:
    """What happened in the year or counts for it, in the order of the days it happened."""
    column, first, last = registrations.c, Year(year).first, Year(year).last
    return await _find(
        db,
        (column.community_id == community_id)
        & (column.on.between(first, last) | column.counts_on.between(first, last)),
    )


async def unconfirmed(db: Transaction, *, community_id: int) -> list[Registration]:
    """What a worker has not yet seen."""
    column = registrations.c
    return await _find(db, (column.community_id == community_id) & column.confirmed_at.is_(None))


async def arising_from(db: Transaction, meeting_id: int) -> list[Registration]:
    """What a meeting fulfilled besides being held: duty reports, copies."""
    return await _find(db, registrations.c.meeting_id == meeting_id)


async def _find(
    db: Transaction, condition: ColumnElement[bool], *, of_any_meeting: bool = False
) -> list[Registration]:
    """What was not taken back and, if it came with a meeting, whose meeting was held."""
    stands = or_(registrations.c.meeting_id.is_(None), meetings.c.state == MeetingState.HELD)
    query = (
        select(
            registrations,
            units.c.name.label("unit_name"),
            units.c.is_local,
            units.c.has_party_organisation,
        )
        .select_from(registrations.outerjoin(units, units.c.id == registrations.c.unit_id))
        .outerjoin(meetings, meetings.c.id == registrations.c.meeting_id)
        .where(
            condition,
            registrations.c.withdrawn_at.is_(None),
            true() if of_any_meeting else stands,
        )
        .order_by(registrations.c.on, registrations.c.id)
    )
    return [_of(row) for row in (await db.execute(query)).all()]


def _of(row: Row[Any]) -> Registration:
    unit = None
    if row.unit_id is not None:
        unit = Unit(
            row.unit_id, row.community_id, row.unit_name, row.is_local, row.has_party_organisation
        )
    return Registration(
        row.id,
        row.community_id,
        row.duty,
        unit,
        row.person_id,
        row.on,
        row.counts_on,
        row.form,
        row.title,
        row.recorded_by,
        row.recorded_at,
        row.confirmed_by,
        row.confirmed_at,
        row.meeting_id,
        row.arises_from,
    )


async def _log(
    db: Transaction,
    act: str,
    number: int,
    duty: Duty,
    *,
    by: Person,
    at: datetime,
    detail: str | None = None,
) -> None:
    subject = f"registration:{number}"
    words = f"{duty.value} {detail or ''}".strip()
    await operations.log(db, by=by, act=act, subject=subject, detail=words, at=at)
