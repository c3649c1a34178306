"""Who did what and when: every act that changed a fact."""

from datetime import datetime

from sqlalchemy import insert

from records.database import Transaction
from records.model import Person
from records.schema import operations


async def log(db: Transaction, *, by: Person, act: str, subject: str, at: datetime) -> None:
    """`act` and `subject` are short names such as sign_in and meeting:12; never a person's name."""
    await db.execute(
        insert(operations).values(
            community_id=by.community_id, person_id=by.id, act=act, subject=subject, at=at
        )
    )
