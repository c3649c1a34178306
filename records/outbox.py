"""Messages to be sent: written with the facts, sent one by one, and marked as sent."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from sqlalchemy import CursorResult, and_, case, delete, exists, null, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from records.database import DatabaseSeconds, Transaction, among
from records.schema import outbox

ANSWER_EXPIRY = 10.0  # seconds: Telegram forgets a press or an inline query after that
KEEP_SENT = timedelta(days=30)
KEEP_CARDS = timedelta(days=400)


class Lane(Enum):
    """Answers to presses and inline queries never wait for a chat's limits; messages keep its order."""

    ANSWER = "answer"
    MESSAGE = "message"


class Priority(Enum):
    REPLY = 0
    REMINDER = 1


@dataclass(frozen=True)
class Letter:
    """What is to be sent to a chat. The body is JSON that only handlers and bot understand.

    `key` makes it unique for ever; `card` names a message of which only the newest state matters.
    """

    chat_id: int
    body: str
    topic_id: int | None = None
    lane: Lane = Lane.MESSAGE
    priority: Priority = Priority.REPLY
    key: str | None = None
    card: str | None = None
    attachment: bytes | None = None


@dataclass(frozen=True)
class Outgoing:
    """A letter whose turn it is; `shown_as` is the message that already shows its card."""

    id: int
    letter: Letter
    shown_as: int | None


async def put(db: Transaction, letter: Letter, *, at: datetime) -> bool:
    """Write a letter; False if one with the same key was written before.

    A waiting letter of the same card is replaced in its place: only the newest state is sent.
    """
    row: dict[str, Any] = {
        "lane": letter.lane.value,
        "state": "waiting",
        "chat_id": letter.chat_id,
        "topic_id": letter.topic_id,
        "body": letter.body,
        "attachment": letter.attachment,
        "priority": letter.priority.value,
        "key": letter.key,
        "card": letter.card,
        "created_at": at,
    }
    if letter.lane is Lane.ANSWER:
        row["expires_at"] = DatabaseSeconds() + ANSWER_EXPIRY
    if letter.card is not None and await _replace_waiting(db, letter):
        return True
    build = sqlite_insert if db.dialect.name == "sqlite" else postgresql_insert
    written = await db.execute(
        build(outbox)
        .values(row)
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(outbox.c.id)
    )
    return written.first() is not None


async def known(db: Transaction, keys: Collection[str]) -> set[str]:
    """Those of the keys under which a letter was written before."""
    query = select(outbox.c.key).where(among(db, outbox.c.key, keys))
    return {str(key) for key in (await db.execute(query)).scalars()}


async def put_all(db: Transaction, letters: Sequence[Letter], *, at: datetime) -> list[int]:
    """Write many letters with keys, without cards; their numbers in the same order.

    Of a key that is known, it is the number of the letter that was written before.
    """
    if not letters:
        return []
    rows = [
        {
            "lane": letter.lane.value,
            "state": "waiting",
            "chat_id": letter.chat_id,
            "topic_id": letter.topic_id,
            "body": letter.body,
            "priority": letter.priority.value,
            "key": letter.key,
            "created_at": at,
        }
        for letter in letters
    ]
    build = sqlite_insert if db.dialect.name == "sqlite" else postgresql_insert
    await db.execute(build(outbox).on_conflict_do_nothing(index_elements=["key"]), rows)
    # SQLite would return the numbers row by row only
    query = select(outbox.c.key, outbox.c.id).where(
        among(db, outbox.c.key, [one.key for one in letters])
    )
    numbers = {row.key: row.id for row in (await db.execute(query)).all()}
    return [numbers[letter.key] for letter in letters]


@dataclass(frozen=True)
class Shown:
    """Where a letter stands: `message_id` once it was sent; it may still wait."""

    chat_id: int
    message_id: int | None
    is_waiting: bool


async def shown(db: Transaction, letter_ids: Collection[int]) -> Mapping[int, Shown]:
    query = select(outbox.c.id, outbox.c.chat_id, outbox.c.message_id, outbox.c.state).where(
        among(db, outbox.c.id, letter_ids)
    )
    return {
        row.id: Shown(row.chat_id, row.message_id, row.state == "waiting")
        for row in (await db.execute(query)).all()
    }


async def rewrite(db: Transaction, letter_id: int, letter: Letter) -> None:
    """Another text for a letter that still waits."""
    await db.execute(
        update(outbox)
        .where(outbox.c.id == letter_id, outbox.c.state == "waiting")
        .values(body=letter.body)
    )


async def take_back(db: Transaction, letter_ids: Collection[int]) -> None:
    """Letters that still wait are not sent any more."""
    await db.execute(
        update(outbox)
        .where(among(db, outbox.c.id, letter_ids), outbox.c.state == "waiting")
        .values(state="dropped", body="")
    )


async def _replace_waiting(db: Transaction, letter: Letter) -> bool:
    result: CursorResult[tuple[()]] = await db.execute(
        update(outbox)
        .where(
            outbox.c.card == letter.card,
            outbox.c.chat_id == letter.chat_id,
            outbox.c.state == "waiting",
        )
        .values(body=letter.body)
    )
    return result.rowcount > 0


async def heads(
    db: Transaction, *, without: Collection[int] = (), limit: int = 50
) -> list[Outgoing]:
    """What may be sent next: every fresh answer, and the first message of each chat.

    One head per chat, so that a throttled group does not starve the others; chats `without` a turn
    (paused, throttled, or with a message on its way) are passed over. Replies stand before reminders.
    """
    earlier = outbox.alias()
    is_behind = exists().where(
        earlier.c.chat_id == outbox.c.chat_id,
        earlier.c.state == "waiting",
        earlier.c.lane == Lane.MESSAGE.value,
        or_(
            earlier.c.priority < outbox.c.priority,
            and_(earlier.c.priority == outbox.c.priority, earlier.c.id < outbox.c.id),
        ),
    )
    has_its_turn = and_(outbox.c.chat_id.not_in(list(without)), ~is_behind)
    query = (
        select(outbox)
        .where(outbox.c.state == "waiting", or_(outbox.c.lane == Lane.ANSWER.value, has_its_turn))
        .order_by(outbox.c.lane, outbox.c.priority, outbox.c.id)
        .limit(limit)
    )
    found = []
    for row in (await db.execute(query)).all():
        letter = Letter(
            chat_id=row.chat_id,
            body=row.body,
            topic_id=row.topic_id,
            lane=Lane(row.lane),
            priority=Priority(row.priority),
            key=row.key,
            card=row.card,
            attachment=row.attachment,
        )
        shown_as = None
        if row.card is not None:
            shown_as = await _shown_as(db, card=row.card, chat_id=row.chat_id)
        found.append(Outgoing(row.id, letter, shown_as))
    return found


async def _shown_as(db: Transaction, *, card: str, chat_id: int) -> int | None:
    query = (
        select(outbox.c.message_id)
        .where(outbox.c.card == card, outbox.c.chat_id == chat_id, outbox.c.message_id.is_not(None))
        .order_by(outbox.c.id.desc())
        .limit(1)
    )
    message_id: int | None = (await db.execute(query)).scalar_one_or_none()
    return message_id


async def sent(db: Transaction, outgoing: Outgoing, *, message_id: int | None) -> None:
    """Marked one by one: a crash before this may repeat one message and never loses one.

    If a newer state of the card was written while this one was on its way, that one goes next.
    What was said is not kept.
    """
    is_newest = outbox.c.body == outgoing.letter.body
    await db.execute(
        update(outbox)
        .where(outbox.c.id == outgoing.id)
        .values(
            message_id=message_id,
            state=case((is_newest, "sent"), else_=outbox.c.state),
            body=case((is_newest, ""), else_=outbox.c.body),
            attachment=case((is_newest, null()), else_=outbox.c.attachment),
        )
    )


async def give_up(db: Transaction, outgoing: Outgoing, *, error: str) -> None:
    """Telegram will never take this letter."""
    await db.execute(
        update(outbox)
        .where(outbox.c.id == outgoing.id)
        .values(state="failed", error=error[:200], body="", attachment=None)
    )


async def drop_expired(db: Transaction) -> None:
    """Answers to presses and inline queries that Telegram has forgotten are not sent any more."""
    await db.execute(
        update(outbox)
        .where(outbox.c.state == "waiting", outbox.c.expires_at < DatabaseSeconds())
        .values(state="dropped", body="")
    )


async def forget_card(db: Transaction, *, card: str, chat_id: int) -> int | None:
    """The next state of the card is sent anew; the message that showed it until now, if any.

    An older state that still waits is not sent at all.
    """
    of_card = and_(outbox.c.card == card, outbox.c.chat_id == chat_id)
    shown = await _shown_as(db, card=card, chat_id=chat_id)
    await db.execute(delete(outbox).where(of_card, outbox.c.state == "waiting"))
    await db.execute(update(outbox).where(of_card).values(card=None))
    return shown


async def move_chat(db: Transaction, *, old: int, new: int) -> None:
    await db.execute(
        update(outbox)
        .where(outbox.c.chat_id == old, outbox.c.state == "waiting")
        .values(chat_id=new)
    )
    await db.execute(
        update(outbox).where(outbox.c.chat_id == old).values(message_id=None, card=None)
    )


async def is_empty(db: Transaction) -> bool:
    """Whether nothing waits."""
    query = select(outbox.c.id).where(outbox.c.state == "waiting").limit(1)
    return (await db.execute(query)).first() is None


async def forget(db: Transaction, *, now: datetime) -> None:
    """Retention: sent texts go after 30 days, cards and reminders after 400."""
    await db.execute(
        delete(outbox).where(
            outbox.c.state != "waiting",
            or_(
                and_(
                    outbox.c.key.is_(None),
                    outbox.c.card.is_(None),
                    outbox.c.created_at < now - KEEP_SENT,
                ),
                outbox.c.created_at < now - KEEP_CARDS,
            ),
        )
    )
