"""What the assistant waits for: the next words of a person in a chat complete an act."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select

from records.database import Transaction
from records.schema import prompts

PATIENCE = timedelta(hours=1)


@dataclass(frozen=True)
class Prompt:
    """The act that waits, and what it already knows."""

    action: str
    words: str


async def expect(
    db: Transaction, *, chat_id: int, user_id: int, action: str, words: str = "", at: datetime
) -> None:
    """Take the next words of this person in this chat for the act; an earlier one is forgotten."""
    await drop(db, chat_id=chat_id, user_id=user_id)
    await db.execute(
        insert(prompts).values(chat_id=chat_id, user_id=user_id, action=action, words=words, at=at)
    )


async def waiting(db: Transaction, *, chat_id: int, user_id: int, now: datetime) -> Prompt | None:
    """What is waited for; None after an hour of patience."""
    query = select(prompts).where(
        prompts.c.chat_id == chat_id, prompts.c.user_id == user_id, prompts.c.at > now - PATIENCE
    )
    row = (await db.execute(query)).one_or_none()
    return Prompt(row.action, row.words) if row is not None else None


async def drop(db: Transaction, *, chat_id: int, user_id: int) -> None:
    await db.execute(
        delete(prompts).where(prompts.c.chat_id == chat_id, prompts.c.user_id == user_id)
    )


async def forget(db: Transaction, *, now: datetime) -> None:
    """Drop what nobody answered."""
    await db.execute(delete(prompts).where(prompts.c.at <= now - PATIENCE))
