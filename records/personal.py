"""What is kept by account rather than by person, and goes when somebody wants to be forgotten."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, update

from records import taught
from records.database import Transaction
from records.model import Person
from records.schema import (
    askers,
    claims,
    documents,
    feedback,
    notes,
    prompts,
    questions,
    reminder_settings,
)


async def erase(db: Transaction, *, user_id: int, of: Iterable[Person], at: datetime) -> None:
    """Questions, verdicts on answers, half-finished acts, unknown sign-ins and reminders of the account.

    Nobody is told of an answer any more. Of what the people of the account taught, the role is left.
    """
    for table in (questions, prompts, claims, notes, reminder_settings, askers):
        await db.execute(delete(table).where(table.c.user_id == user_id))
    await db.execute(delete(feedback).where(feedback.c.chat_id == user_id))
    mine = documents.c.drafted_by == user_id
    await db.execute(update(documents).where(mine).values(drafted_by=None))
    for person in of:
        await taught.erase(db, person, at=at)
