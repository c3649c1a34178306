"""What was asked in a chat during the last ten minutes: for follow-ups and the manners of a group."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select

from records.database import Transaction
from records.schema import questions

REMEMBERED = timedelta(minutes=10)


@dataclass(frozen=True)
class Asked:
    user_id: int
    text: str
    at: datetime


async def recent(db: Transaction, *, chat_id: int, now: datetime) -> list[Asked]:
    """The questions of the last ten minutes in the chat, oldest first."""
    query = (
        select(questions.c.user_id, questions.c.text, questions.c.asked_at)
        .where(questions.c.chat_id == chat_id, questions.c.asked_at > now - REMEMBERED)
        .order_by(questions.c.id)
    )
    rows = (await db.execute(query)).all()
    return [Asked(row.user_id, row.text, row.asked_at) for row in rows]


async def remember(db: Transaction, *, chat_id: int, user_id: int, text: str, at: datetime) -> None:
    await forget(db, now=at)
    await db.execute(
        insert(questions).values(chat_id=chat_id, user_id=user_id, text=text, asked_at=at)
    )


async def forget(db: Transaction, *, now: datetime) -> None:
    """After ten minutes nothing of a question is left."""
    await db.execute(delete(questions).where(questions.c.asked_at <= now - REMEMBERED))
