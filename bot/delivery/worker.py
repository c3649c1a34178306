"""One update, one transaction: the facts, the letters and “done” are committed together or not at all."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from telegram import Bot, Update

from bot.clock import Clock
from bot.delivery.bell import Bell, Desk
from bot.routing import TURN, Routes, Turn
from bot.shelf import Shelf
from bot.telegram import letters, origin_of, parse
from handlers.conversation import Message, Place, Reply, Request, Services, letter, say
from handlers.texts import delivery as texts
from handlers.texts import refusals, setup
from handlers.texts.text import text
from records import errors, inbox, outbox
from records.database import Database, Transaction
from records.errors import Refusal

logger = logging.getLogger(__name__)

LOOK_AGAIN = 1.0  # seconds: retries fall due, and another replica may have died


@dataclass(frozen=True)
class Worker:
    """Takes the oldest waiting update of a chat nobody is working on, again and again."""

    database: Database
    shelf: Shelf
    bot: Bot
    routes: Routes
    clock: Clock
    bell: Bell
    operators: tuple[int, ...]

    async def run(self) -> None:
        """For ever: until there is nothing, then until the bell rings."""
        while True:
            heard = self.bell.rings(Desk.WORKER)
            try:
                worked = await self.work()
            except Exception:
                logger.exception("the inbox cannot be read")
                worked = False
            if not worked:
                await self.bell.wait(heard, Desk.WORKER, at_most=LOOK_AGAIN)

    async def work(self) -> bool:
        """One update; False if none is waiting."""
        waiting: inbox.Waiting | None = None
        is_current = True
        try:
            async with self.database.begin() as db:
                waiting = await inbox.claim(db)
                if waiting is None:
                    return False
                is_current = await self.shelf.is_current(db)
                if is_current:
                    await self._answer(db, waiting)
                    await inbox.done(db, waiting)
        except Exception as error:
            if waiting is None:
                raise
            logger.exception("update %d failed, try %d", waiting.update_id, waiting.attempts + 1)
            await self._failed(waiting, error)
        if (
            not is_current
        ):  # what was published before this was asked can answer it; no try is spent
            await self.shelf.refresh()
        await self.bell.ring()
        return True

    async def _answer(self, db: Transaction, waiting: inbox.Waiting) -> None:
        update = parse(waiting.body, self.bot)
        if update.inline_query is not None and await inbox.is_overtaken(db, waiting):
            return  # somebody types on: only what stands in the line now is looked for
        turn = Turn(Services(db, self.shelf.library, self.bot.username), waiting.received_at)
        try:
            async with db.begin_nested():
                await self._take(turn, update)
            reply = turn.reply
        except Refusal as refusal:
            reply = refused(refusal, turn.request, bot_username=self.bot.username)
        if turn.request is None:
            return
        for message in reply.messages:
            if message.anew:
                await self._retire(db, message, chat_id=message.chat_id or turn.request.chat_id)
        await self._put(db, letters(turn.request, reply, origin_of(update)))

    async def _retire(self, db: Transaction, message: Message, *, chat_id: int) -> None:
        """The older message of a card that is shown once more says so and loses its buttons."""
        if message.card is None:
            return
        older = await outbox.forget_card(db, card=message.card, chat_id=chat_id)
        if older is not None:
            stale = letter(Message(text(texts.SHOWN_BELOW)), chat_id=chat_id, edits=older)
            await self._put(db, [stale])

    async def _take(self, turn: Turn, update: Update) -> None:
        token = TURN.set(turn)
        try:
            await self.routes.process_update(update)
        finally:
            TURN.reset(token)
        if turn.error is not None:
            raise turn.error

    async def _put(self, db: Transaction, mail: Iterable[outbox.Letter]) -> None:
        for item in mail:
            await outbox.put(db, item, at=self.clock.now())

    async def _failed(self, waiting: inbox.Waiting, error: Exception) -> None:
        """Once more later; after five tries to the dead letters, and the operators are told."""
        async with self.database.begin() as db:
            if not await inbox.is_still_waiting(db, waiting):
                return
            if waiting.attempts + 1 < inbox.TRIES:
                await inbox.failed(db, waiting)
                return
            number = await inbox.bury(db, waiting, error=type(error).__name__, at=self.clock.now())
            notice = Message(text(texts.buried(number, waiting.update_id)))
            await self._put(db, [letter(notice, chat_id=chat) for chat in self.operators])
            await self._put(db, self._apology(waiting))

    def _apology(self, waiting: inbox.Waiting) -> Iterable[outbox.Letter]:
        """To whoever asked, if that can still be read."""
        try:
            update = parse(waiting.body, self.bot)
        except Exception:
            return []
        if update.effective_chat is None:
            return []
        origin = origin_of(update)
        here = letter(
            Message(text(texts.FAILED)),
            chat_id=update.effective_chat.id,
            reply_to=origin.message_id,
        )
        return [here]


def refused(refusal: Refusal, request: Request | None, *, bot_username: str) -> Reply:
    """The sentence of a “no”: as a toast, or with the way to private chat where that helps."""
    is_private = request is not None and request.place is Place.PRIVATE
    sentence = refusals.sentence(refusal, private=is_private)
    if request is not None and request.pressed:
        return Reply(toast=sentence)
    leads = isinstance(refusal, (errors.NotBound, errors.PrivateOnly)) and not is_private
    return say(sentence, *([(setup.private_chat(bot_username),)] if leads else []))
