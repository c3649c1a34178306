"""The units of a community: their two marks, and who speaks for them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import insert, select, update

from records import obligations, operations, people, rules
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
    """Only a local unit with a Party organisation owes contact (第6问): the duty begins or ends."""
    marked = replace(unit, is_local=is_local, has_party_organisation=has_party_organisation)
    if marked == unit:
        return unit
    await db.execute(
        update(units)
        .where(units.c.id == unit.id)
        .values(is_local=is_local, has_party_organisation=has_party_organisation)
    )
    if _owes(marked) and not _owes(unit):
        await obligations.begin_for_unit(
            db, community_id=unit.community_id, unit_id=unit.id, now=at
        )
    if _owes(unit) and not _owes(marked):
        await obligations.end_for_unit(db, unit_id=unit.id)
    return marked


async def log_marks(db: Transaction, unit: Unit, *, by: Person, at: datetime) -> None:
    detail = f"local={unit.is_local} organisation={unit.has_party_organisation}"
    subject = f"unit:{unit.id}"
    await operations.log(db, by=by, act="change_unit", subject=subject, detail=detail, at=at)


def _owes(unit: Unit) -> bool:
    return rules.owed_by_units(unit.is_local, unit.has_party_organisation)
