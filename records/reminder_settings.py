"""When somebody wants to be reminded: the hour within office hours, and a pause; deferred, never dropped."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from records.database import Transaction
from records.schema import reminder_settings
from records.workdays import REMINDER_TIME


@dataclass(frozen=True)
class ReminderSettings:
    """`said_at` is the hour in China; until the day `paused_until` nothing is said."""

    said_at: time = REMINDER_TIME
    paused_until: date | None = None

    def is_paused(self, today: date) -> bool:
        return self.paused_until is not None and today < self.paused_until


async def of(db: Transaction, *, user_id: int) -> ReminderSettings:
    query = select(reminder_settings).where(reminder_settings.c.user_id == user_id)
    row = (await db.execute(query)).one_or_none()
    if row is None:
        return ReminderSettings()
    return ReminderSettings(time.fromisoformat(row.said_at), row.paused_until)


async def choose_hour(db: Transaction, *, user_id: int, said_at: time) -> None:
    await _put(db, user_id, said_at=f"{said_at:%H:%M}")


async def pause(db: Transaction, *, user_id: int, until: date | None) -> None:
    """Nothing is said before that day; None ends a pause."""
    await _put(db, user_id, paused_until=until)


async def _put(db: Transaction, user_id: int, **changes: Any) -> None:
    build = sqlite_insert if db.dialect.name == "sqlite" else postgresql_insert
    fresh = {"user_id": user_id, "said_at": f"{REMINDER_TIME:%H:%M}"} | changes
    await db.execute(
        build(reminder_settings)
        .values(fresh)
        .on_conflict_do_update(index_elements=["user_id"], set_=changes)
    )
