"""Letters: one head of each chat, replies before reminders, cards replaced, keys written once."""

from datetime import datetime, timedelta

from sqlalchemy import text

from records import outbox
from records.calendar import CHINA
from records.database import Database, Transaction
from records.outbox import Lane, Letter, Outgoing, Priority

NOW = datetime(2026, 11, 25, 15, 0, tzinfo=CHINA)


async def test_one_head_of_each_chat_and_replies_before_reminders(database: Database) -> None:
    async with database.begin() as db:
        for letter in (
            Letter(1, "reminder", priority=Priority.REMINDER),
            Letter(1, "reply"),
            Letter(1, "later reply"),
            Letter(2, "other chat"),
        ):
            await outbox.put(db, letter, at=NOW)

        assert await _heads(db) == ["reply", "other chat"]


async def test_answers_do_not_wait_for_their_chat(database: Database) -> None:
    async with database.begin() as db:
        await outbox.put(db, Letter(1, "message"), at=NOW)
        await outbox.put(db, Letter(1, "toast", lane=Lane.ANSWER), at=NOW)
        await outbox.put(db, Letter(1, "second toast", lane=Lane.ANSWER), at=NOW)

        assert await _heads(db) == ["toast", "second toast", "message"]


async def test_chats_without_a_turn_do_not_starve_the_others(database: Database) -> None:
    async with database.begin() as db:
        for chat_id in range(-60, 0):
            await outbox.put(db, Letter(chat_id, "throttled"), at=NOW)
        await outbox.put(db, Letter(7, "private reply"), at=NOW)

        heads = await outbox.heads(db, without=range(-60, 0))
        assert [head.letter.body for head in heads] == ["private reply"]


async def test_letter_with_a_key_is_written_once(database: Database) -> None:
    letter = Letter(1, "reminder", key="1:2026-11:0:1002")
    async with database.begin() as db:
        assert await outbox.put(db, letter, at=NOW)
        assert not await outbox.put(db, letter, at=NOW)
        (head,) = await outbox.heads(db)
        await outbox.sent(db, head, message_id=5)
        assert not await outbox.put(db, letter, at=NOW)

        assert await outbox.is_empty(db)


async def test_only_the_newest_state_of_a_waiting_card_is_sent(database: Database) -> None:
    async with database.begin() as db:
        await outbox.put(db, Letter(-1, "应到9 实到1", card="meeting:1"), at=NOW)
        await outbox.put(db, Letter(-1, "a reply"), at=NOW)
        await outbox.put(db, Letter(-1, "应到9 实到2", card="meeting:1"), at=NOW)
        (head,) = await outbox.heads(db)
        assert (head.letter.body, head.shown_as) == ("应到9 实到2", None)
        await outbox.sent(db, head, message_id=77)

        await outbox.put(db, Letter(-1, "应到9 实到3", card="meeting:1"), at=NOW)
        heads = {item.letter.body: item.shown_as for item in await _all(db)}
        assert heads == {"a reply": None, "应到9 实到3": 77}


async def test_card_that_changed_on_its_way_goes_once_more(database: Database) -> None:
    async with database.begin() as db:
        await outbox.put(db, Letter(-1, "实到1", card="meeting:1"), at=NOW)
        (on_its_way,) = await outbox.heads(db)
        await outbox.put(db, Letter(-1, "实到2", card="meeting:1"), at=NOW)
        await outbox.sent(db, on_its_way, message_id=77)

        (again,) = await outbox.heads(db)
        assert (again.letter.body, again.shown_as) == ("实到2", 77)


async def test_forgotten_card_is_sent_anew(database: Database) -> None:
    async with database.begin() as db:
        await outbox.put(db, Letter(-1, "实到1", card="meeting:1"), at=NOW)
        (head,) = await outbox.heads(db)
        await outbox.sent(db, head, message_id=77)
        await outbox.forget_card(db, card="meeting:1", chat_id=-1)
        await outbox.put(db, Letter(-1, "实到1", card="meeting:1"), at=NOW)

        (again,) = await outbox.heads(db)
        assert again.shown_as is None


async def test_stale_answer_is_dropped(database: Database) -> None:
    async with database.begin() as db:
        await outbox.put(db, Letter(1, "toast", lane=Lane.ANSWER), at=NOW)
        await outbox.drop_expired(db)
        assert await _heads(db) == ["toast"]

        await db.execute(text("UPDATE outbox SET expires_at = 1"))
        await outbox.drop_expired(db)
        assert await _heads(db) == []


async def test_group_that_moved_takes_its_letters_along(database: Database) -> None:
    async with database.begin() as db:
        await outbox.put(db, Letter(-1, "实到1", card="meeting:1"), at=NOW)
        await outbox.move_chat(db, old=-1, new=-1001)

        (head,) = await outbox.heads(db)
        assert (head.letter.chat_id, head.letter.card) == (-1001, "meeting:1")


async def test_sent_texts_are_forgotten_after_a_month(database: Database) -> None:
    async with database.begin() as db:
        await outbox.put(db, Letter(1, "old"), at=NOW)
        await outbox.put(db, Letter(2, "waiting"), at=NOW)
        await outbox.put(db, Letter(3, "reminder", key="k"), at=NOW)
        for head in await outbox.heads(db):
            if head.letter.chat_id != 2:
                await outbox.sent(db, head, message_id=1)
        await outbox.forget(db, now=NOW + timedelta(days=31))

        rows = (await db.execute(text("SELECT chat_id, body FROM outbox ORDER BY id"))).all()
        assert [tuple(row) for row in rows] == [(2, "waiting"), (3, "")]


async def _all(db: Transaction) -> list[Outgoing]:
    """Every waiting letter in turn, each marked as sent."""
    found = []
    while heads := await outbox.heads(db):
        for head in heads:
            found.append(head)
            await outbox.sent(db, head, message_id=99)
    return found


async def _heads(db: Transaction) -> list[str]:
    return [head.letter.body for head in await outbox.heads(db)]
