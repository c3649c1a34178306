"""Whether an answer helped: one verdict for each answer shown, never who gave it."""

from datetime import datetime

from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from records.database import Transaction
from records.model import Verdict
from records.schema import feedback


async def record(
    db: Transaction, *, chat_id: int, message_id: int, passage: str, verdict: Verdict, at: datetime
) -> None:
    """The last press on an answer wins."""
    build = sqlite_insert if db.dialect.name == "sqlite" else postgresql_insert
    facts = {"passage": passage, "verdict": verdict, "at": at}
    await db.execute(
        build(feedback)
        .values(chat_id=chat_id, message_id=message_id, **facts)
        .on_conflict_do_update(index_elements=["chat_id", "message_id"], set_=facts)
    )
