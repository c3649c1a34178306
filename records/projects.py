"""The lists 需求、资源、项目 with their states, and volunteer activities: no name of a person is in them."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, insert, select, update

from records import operations
from records.database import Transaction
from records.errors import StaleButton
from records.model import Activity, Person, Project, ProjectKind, ProjectState, Unit
from records.schema import activities, projects, units


@dataclass(frozen=True)
class Planned:
    """A line of one of the lists, to be written."""

    kind: ProjectKind
    title: str
    unit: Unit | None
    partner: str
    state: ProjectState
    on: date


async def add(db: Transaction, line: Planned, *, by: Person, at: datetime) -> Project:
    values = {
        "community_id": by.community_id,
        "kind": line.kind,
        "title": line.title,
        "unit_id": line.unit.id if line.unit is not None else None,
        "partner": line.partner,
        "state": line.state,
        "on": line.on,
        "recorded_by": by.id,
        "recorded_at": at,
    }
    result = await db.execute(insert(projects).values(values).returning(projects.c.id))
    number = int(result.scalar_one())
    await operations.log(db, by=by, act="add_project", subject=f"project:{number}", at=at)
    return await with_id(db, number, community_id=by.community_id)


async def set_state(
    db: Transaction, project: Project, state: ProjectState, *, on: date, by: Person, at: datetime
) -> Project:
    """Since the day it is planned, under way or done; the same once more changes nothing."""
    if project.state is state:
        return project
    await db.execute(update(projects).where(projects.c.id == project.id).values(state=state, on=on))
    subject, detail = f"project:{project.id}", f"{project.state.value}>{state.value}"
    await operations.log(db, by=by, act="change_project", subject=subject, detail=detail, at=at)
    return replace(project, state=state, on=on)


async def drop(db: Transaction, project: Project, *, by: Person, at: datetime) -> None:
    """It was written by mistake."""
    await db.execute(delete(projects).where(projects.c.id == project.id))
    subject = f"project:{project.id}"
    await operations.log(db, by=by, act="drop_project", subject=subject, at=at)


async def with_id(db: Transaction, number: int, *, community_id: int) -> Project:
    """StaleButton if the community has no such line."""
    column = projects.c
    found = await _find(db, (column.id == number) & (column.community_id == community_id))
    if not found:
        raise StaleButton
    return found[0]


async def of_community(db: Transaction, community_id: int, kind: ProjectKind) -> list[Project]:
    """One of the lists, what is still open first."""
    column = projects.c
    found = await _find(db, (column.community_id == community_id) & (column.kind == kind))
    return sorted(found, key=lambda one: one.state is ProjectState.DONE)


async def of_unit(db: Transaction, unit: Unit) -> list[Project]:
    """The open projects of a unit: what it may have done for the community."""
    column = projects.c
    return await _find(
        db,
        (column.unit_id == unit.id)
        & (column.kind == ProjectKind.PROJECT)
        & (column.state != ProjectState.DONE),
    )


async def add_activity(db: Transaction, line: Activity, *, by: Person, at: datetime) -> Activity:
    """`line.id` is not yet known."""
    values = {
        "community_id": by.community_id,
        "title": line.title,
        "on": line.on,
        "units": line.units,
        "head_count": line.head_count,
        "recorded_by": by.id,
        "recorded_at": at,
    }
    result = await db.execute(insert(activities).values(values).returning(activities.c.id))
    number = int(result.scalar_one())
    await operations.log(db, by=by, act="add_activity", subject=f"activity:{number}", at=at)
    return replace(line, id=number)


async def drop_activity(
    db: Transaction, number: int, *, community_id: int, by: Person, at: datetime
) -> None:
    """StaleButton if the community has no such activity."""
    result = await db.execute(
        delete(activities)
        .where(activities.c.id == number, activities.c.community_id == community_id)
        .returning(activities.c.id)
    )
    if result.first() is None:
        raise StaleButton
    await operations.log(db, by=by, act="drop_activity", subject=f"activity:{number}", at=at)


async def activities_of(db: Transaction, community_id: int) -> list[Activity]:
    """The latest first."""
    query = (
        select(activities)
        .where(activities.c.community_id == community_id)
        .order_by(activities.c.on.desc(), activities.c.id.desc())
    )
    return [
        Activity(row.id, row.community_id, row.title, row.on, row.units, row.head_count)
        for row in (await db.execute(query)).all()
    ]


async def _find(db: Transaction, condition: ColumnElement[bool]) -> list[Project]:
    query = (
        select(
            projects,
            units.c.name.label("unit_name"),
            units.c.is_local,
            units.c.has_party_organisation,
        )
        .select_from(projects.outerjoin(units, units.c.id == projects.c.unit_id))
        .where(condition)
        .order_by(projects.c.on.desc(), projects.c.id.desc())
    )
    return [_of(row) for row in (await db.execute(query)).all()]


def _of(row: Row[Any]) -> Project:
    unit = None
    if row.unit_id is not None:
        unit = Unit(
            row.unit_id, row.community_id, row.unit_name, row.is_local, row.has_party_organisation
        )
    return Project(
        row.id, row.community_id, row.kind, row.title, unit, row.partner, row.state, row.on
    )
