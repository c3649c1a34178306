"""What goes step by step: an item of the four steps, an appointment of five, the founding of a committee."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, select

from records import operations
from records.database import Transaction
from records.errors import DayAhead, StaleButton
from records.model import Person, Procedure
from records.schema import tracker_steps, trackers

# 四步议事法 (问答第6问), 五个程序 (第3问), 设立请示 with its three contents, 批复 and 报备 (第4问)
STEPS = {Procedure.FOUR_STEPS: 4, Procedure.FIVE_STEPS: 5, Procedure.FOUNDING: 6}


@dataclass(frozen=True)
class Step:
    """`number` counts from 1; `on` is the day it happened."""

    number: int
    on: date
    note: str


@dataclass(frozen=True)
class Tracker:
    id: int
    community_id: int
    procedure: Procedure
    title: str
    steps: tuple[Step, ...] = ()

    @property
    def missing(self) -> list[int]:
        """The numbers of the steps that are not registered."""
        known = {step.number for step in self.steps}
        return [number for number in range(1, STEPS[self.procedure] + 1) if number not in known]

    @property
    def skipped(self) -> list[int]:
        """What is missing before the last step that is registered."""
        last = max((step.number for step in self.steps), default=0)
        return [number for number in self.missing if number < last]


async def begin(
    db: Transaction, procedure: Procedure, title: str, *, by: Person, at: datetime
) -> Tracker:
    result = await db.execute(
        insert(trackers)
        .values(community_id=by.community_id, procedure=procedure, title=title, begun_at=at)
        .returning(trackers.c.id)
    )
    number = int(result.scalar_one())
    await operations.log(db, by=by, act="begin_tracker", subject=f"tracker:{number}", at=at)
    return await with_id(db, number, community_id=by.community_id)


async def register(
    db: Transaction, tracker: Tracker, step: Step, *, by: Person, today: date, at: datetime
) -> Tracker:
    """A step that has happened; once. StaleButton, DayAhead."""
    if step.number not in tracker.missing:
        raise StaleButton
    if step.on > today:
        raise DayAhead
    await db.execute(
        insert(tracker_steps).values(
            tracker_id=tracker.id,
            step=step.number,
            on=step.on,
            note=step.note,
            recorded_by=by.id,
            recorded_at=at,
        )
    )
    await operations.log(db, by=by, act="step", subject=f"tracker:{tracker.id}", at=at)
    return await with_id(db, tracker.id, community_id=tracker.community_id)


async def with_id(db: Transaction, tracker_id: int, *, community_id: int) -> Tracker:
    """StaleButton if the community has none of this number."""
    found = [one for one in await of_community(db, community_id) if one.id == tracker_id]
    if not found:
        raise StaleButton
    return found[0]


async def of_community(db: Transaction, community_id: int) -> list[Tracker]:
    """All of them, the oldest first."""
    query = select(trackers).where(trackers.c.community_id == community_id).order_by(trackers.c.id)
    rows = (await db.execute(query)).all()
    ids = [row.id for row in rows]
    steps = (
        select(tracker_steps)
        .where(tracker_steps.c.tracker_id.in_(ids))
        .order_by(tracker_steps.c.step)
    )
    found: dict[int, list[Step]] = {number: [] for number in ids}
    for row in (await db.execute(steps)).all():
        found[row.tracker_id].append(Step(row.step, row.on, row.note))
    return [
        Tracker(row.id, row.community_id, row.procedure, row.title, tuple(found[row.id]))
        for row in rows
    ]
