"""The units of a community: their two marks, and who speaks for them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import insert, select, update

from records import communities, duties, obligations, operations, people
from records.calendar import day_of
from records.communities import unit_of
from records.database import Transaction
from records.errors import StaleButton, UnitExists
from records.model import Person, Role, Unit
from records.schema import units


async def of_community(db: Transaction, *, community_id: int) -> list[Unit]:
    """All of them, in the order of the roster."""
    query = select(units).where(units.c.community_id == community_id).order_by(units.c.id)
    return [unit_of(row) for row in (await db.execute(query)).all()]


async def with_id(db: Transaction, unit_id: int, *, community_id: int) -> Unit:
    """StaleButton if the community has no such unit."""
    query = select(units).where(units.c.id == unit_id, units.c.community_id == community_id)
    if (row := (await db.execute(query)).one_or_none()) is None:
        raise StaleButton
    return unit_of(row)


async def liaisons(db: Transaction, *, community_id: int) -> Mapping[int, list[Person]]:
    """Who speaks for each unit."""
    found: dict[int, list[Person]] = {}
    for person in await people.of_community(db, community_id=community_id):
        if Role.LIAISON in person.roles and person.unit is not None:
            found.setdefault(person.unit.id, []).append(person)
    return found


async def add(db: Transaction, name: str, *, community_id: int) -> Unit:
    """A unit of the community; without marks it owes nothing. UnitExists."""
    known = select(units.c.id).where(units.c.community_id == community_id, units.c.name == name)
    if (await db.execute(known)).first() is not None:
        raise UnitExists(name)
    values = {"community_id": community_id, "name": name}
    values |= {"is_local": False, "has_party_organisation": False}
    return unit_of((await db.execute(insert(units).values(values).returning(units))).one())


async def mark(
    db: Transaction, unit: Unit, *, is_local: bool, has_party_organisation: bool, at: datetime
) -> Unit:
    """Only a local unit with a Party organisation owes contact and deeds (第6问): the duties begin or end.

    Within a month of the community's first day the register is still being set up: the unit was there before.
    """
    marked = replace(unit, is_local=is_local, has_party_organisation=has_party_organisation)
    if marked == unit:
        return unit
    await db.execute(
        update(units)
        .where(units.c.id == unit.id)
        .values(is_local=is_local, has_party_organisation=has_party_organisation)
    )
    if _owes(marked) and not _owes(unit):
        since = await _since(db, unit, day_of(at))
        await obligations.begin_for_units(db, {unit.id: since}, now=at)
    if _owes(unit) and not _owes(marked):
        await obligations.end_for_unit(db, unit_id=unit.id, now=at)
    return marked


async def _since(db: Transaction, unit: Unit, today: date) -> date:
    community = await communities.with_id(db, unit.community_id)
    settled = community.starts_on + duties.SETTING_UP
    return community.starts_on if today <= settled else today


async def log_marks(db: Transaction, unit: Unit, *, by: Person, at: datetime) -> None:
    detail = f"local={unit.is_local} organisation={unit.has_party_organisation}"
    subject = f"unit:{unit.id}"
    await operations.log(db, by=by, act="change_unit", subject=subject, detail=detail, at=at)


def _owes(unit: Unit) -> bool:
    return duties.owed_by_units(unit.is_local, unit.has_party_organisation)
