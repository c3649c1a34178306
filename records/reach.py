"""Whom a message in private reaches, as far as earlier ones show."""

from collections.abc import Collection

from sqlalchemy import func, select

from records.database import Transaction, among
from records.outbox import Lane
from records.schema import accounts, outbox


async def out_of_reach(db: Transaction, user_ids: Collection[int]) -> set[int]:
    """Those whose last message did not arrive, and those who never had one and are not bound.

    A bot cannot begin a conversation: whoever asks in the group only has maybe never opened one.
    """
    last = (
        select(func.max(outbox.c.id).label("id"))
        .where(among(db, outbox.c.chat_id, user_ids), outbox.c.lane == Lane.MESSAGE.value)
        .where(outbox.c.state.in_(("sent", "failed")))
        .group_by(outbox.c.chat_id)
        .subquery()
    )
    query = select(outbox.c.chat_id, outbox.c.state).join(last, last.c.id == outbox.c.id)
    state = {row.chat_id: row.state for row in (await db.execute(query)).all()}
    bound = select(accounts.c.user_id).where(among(db, accounts.c.user_id, user_ids))
    reached = set((await db.execute(bound)).scalars()) - state.keys()
    reached |= {chat_id for chat_id, how in state.items() if how == "sent"}
    return set(user_ids) - reached
