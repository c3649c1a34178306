"""Whom a message in private reaches."""

from records import outbox, reach
from records.database import Database, Transaction
from records.outbox import Letter
from tests.records import facts

NOW = facts.START


async def written(db: Transaction, chat_id: int, *, arrives: bool) -> None:
    await outbox.put(db, Letter(chat_id, "{}"), at=NOW)
    for outgoing in await outbox.heads(db):
        if arrives:
            await outbox.sent(db, outgoing, message_id=1)
        else:
            await outbox.give_up(db, outgoing, error="Forbidden")


async def test_last_letter_tells_who_is_reached_else_whether_he_is_bound(
    database: Database,
) -> None:
    async with database.begin() as db:
        await facts.settled(db)
        bound = facts.USER_IDS["陈敏"]
        blocked, known, again, unknown = facts.USER_IDS["刘强"], 5001, 5002, 5003
        await written(db, blocked, arrives=True)
        await written(db, blocked, arrives=False)
        await written(db, known, arrives=True)
        await written(db, again, arrives=False)
        await written(db, again, arrives=True)
        everybody = [bound, blocked, known, again, unknown]
        assert await reach.out_of_reach(db, everybody) == {blocked, unknown}
        assert await reach.out_of_reach(db, []) == set()
