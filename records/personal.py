"""What is kept by account rather than by person, and goes when somebody wants to be forgotten."""

from sqlalchemy import delete

from records.database import Transaction
from records.schema import claims, feedback, notes, prompts, questions, reminder_settings


async def erase(db: Transaction, *, user_id: int) -> None:
    """Questions, verdicts on answers, half-finished acts, unknown sign-ins and reminders of the account."""
    for table in (questions, prompts, claims, notes, reminder_settings):
        await db.execute(delete(table).where(table.c.user_id == user_id))
    await db.execute(delete(feedback).where(feedback.c.chat_id == user_id))
