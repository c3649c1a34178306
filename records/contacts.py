"""Contacts of units with the community (问答第6问“定期联系沟通,每半年至少1次”)."""

from datetime import date, datetime

from sqlalchemy import insert, select

from records import operations
from records.calendar import HalfYear, Period, day_of
from records.database import Transaction
from records.errors import DayOutOfRange
from records.model import Contact, ContactForm, Person, Unit
from records.schema import contacts, units


async def record(
    db: Transaction, unit: Unit, *, by: Person, on: date, form: ContactForm, at: datetime
) -> Contact:
    """Record a contact by the day it happened; the same one is not recorded twice.

    DayOutOfRange for the future and for days before the half-year that precedes the current one.
    """
    today = day_of(at)
    earliest = HalfYear.of(
        date(today.year, 1, 1) if today.month > 6 else date(today.year - 1, 7, 1)
    )
    if not earliest.first <= on <= today:
        raise DayOutOfRange
    same = select(contacts.c.recorded_at).where(
        contacts.c.unit_id == unit.id, contacts.c.on == on, contacts.c.form == form
    )
    if (recorded_at := (await db.execute(same)).scalars().first()) is not None:
        return Contact(unit, on, form, recorded_at)
    result = await db.execute(
        insert(contacts)
        .values(unit_id=unit.id, on=on, form=form, recorded_by=by.id, recorded_at=at)
        .returning(contacts.c.id)
    )
    await operations.log(db, by=by, act="contact", subject=f"contact:{result.scalar_one()}", at=at)
    return Contact(unit, on, form, at)


async def in_period(db: Transaction, *, community_id: int, period: Period) -> dict[int, Contact]:
    """The first contact of each unit in the period, by the unit's id."""
    query = (
        select(contacts, units.c.name, units.c.is_local, units.c.has_party_organisation)
        .join_from(contacts, units, units.c.id == contacts.c.unit_id)
        .where(
            units.c.community_id == community_id,
            contacts.c.on >= period.first,
            contacts.c.on <= period.last,
        )
        .order_by(contacts.c.on.desc(), contacts.c.id.desc())
    )
    found = {}
    for row in (await db.execute(query)).all():
        unit = Unit(row.unit_id, community_id, row.name, row.is_local, row.has_party_organisation)
        found[unit.id] = Contact(unit, row.on, row.form, row.recorded_at)
    return found


async def exists(db: Transaction, unit: Unit, period: Period) -> bool:
    query = select(contacts.c.id).where(
        contacts.c.unit_id == unit.id, contacts.c.on >= period.first, contacts.c.on <= period.last
    )
    return (await db.execute(query.limit(1))).first() is not None
