"""One local Telegram: who is there, what was said, and what the bot has not yet fetched."""

import asyncio
import copy
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.rehearsal.description import check_update

Json = dict[str, Any]
ANONYMOUS = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}


class ApiError(Exception):
    """An answer that is not ok, in Telegram's own words."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


@dataclass(frozen=True)
class Fault:
    """What goes wrong at the next call of a method; `lose_answer` carries it out, then hangs up."""

    error: ApiError
    lose_answer: bool = False


@dataclass(frozen=True)
class Call:
    """A request the bot made, in the order of arrival, and what it was answered."""

    number: int
    method: str
    parameters: Json
    answer: Json | None = None


@dataclass(frozen=True)
class Toast:
    """What somebody who pressed a button was shown."""

    user_id: int
    text: str
    alert: bool = False


@dataclass
class Search:
    """An inline query, and what the bot lists for it once it has answered."""

    user_id: int
    answer: Json | None = None


@dataclass
class Telegram:
    """Users, chats, messages and the queue of updates. Moments come from `now`, the civil clock."""

    token: str
    bot: Json
    now: Callable[[], datetime]
    users: dict[int, Json] = field(default_factory=dict)
    chats: dict[int, Json] = field(default_factory=dict)
    members: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    administrators: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    topics: defaultdict[int, dict[int, Json]] = field(default_factory=lambda: defaultdict(dict))
    pinned: dict[int, int] = field(default_factory=dict)
    privacy_mode: bool = True
    started: set[int] = field(default_factory=set)  # users who have written to the bot
    blocked: set[int] = field(default_factory=set)
    moved: dict[int, int] = field(default_factory=dict)  # groups that became supergroups
    history: defaultdict[int, list[Json]] = field(default_factory=lambda: defaultdict(list))
    files: dict[str, bytes] = field(default_factory=dict)
    documents: dict[str, Json] = field(default_factory=dict)
    updates: deque[Json] = field(default_factory=deque)
    queries: dict[str, int] = field(default_factory=dict)  # unanswered presses → who pressed
    searches: dict[str, Search] = field(default_factory=dict)
    toasts: list[Toast] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    faults: defaultdict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    complaints: list[str] = field(default_factory=list)
    commands: dict[str, list[Json]] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    webhook: str = ""
    allowed: frozenset[str] = frozenset()  # kinds of updates the bot asked for; empty: all
    last_update: int = 700_000_000
    confirmed_offset: int = 0
    revision: int = 0
    closing: bool = False
    polled: asyncio.Event = field(default_factory=asyncio.Event)  # set while a long poll hangs
    _handed_out: set[int] = field(default_factory=set)
    _waiting: set[asyncio.Future[None]] = field(default_factory=set)
    _last_message: int = 0

    def changed(self) -> None:
        """Something new to see: wake the page and the long polls."""
        self.revision += 1
        self.stir()

    def stir(self) -> None:
        """Have everybody who waits look again."""
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)

    async def until(self, true: Callable[[], bool], *, seconds: float | None = None) -> None:
        """Until the condition holds, the server closes, or so many seconds are over."""
        try:
            async with asyncio.timeout(seconds):
                while not (self.closing or true()):
                    await self._stirred()
        except TimeoutError:
            return

    async def _stirred(self) -> None:
        waiter = asyncio.get_running_loop().create_future()
        self._waiting.add(waiter)
        try:
            await waiter
        finally:
            self._waiting.discard(waiter)

    async def close(self) -> None:
        """End every long poll and event stream at once."""
        self.closing = True
        self.stir()

    def fail_next(
        self,
        method: str,
        *,
        code: int = 500,
        description: str = "Internal Server Error",
        retry_after: int | None = None,
        times: int = 1,
        lose_answer: bool = False,
    ) -> None:
        """Let the next calls of a method go wrong."""
        parameters = {} if retry_after is None else {"retry_after": retry_after}
        fault = Fault(ApiError(code, description, **parameters), lose_answer=lose_answer)
        self.faults[method].extend([fault] * times)

    def confirm(self, offset: int) -> None:
        """Forget the updates before the offset.

        An offset ahead of every number given so far confirms only what was handed out: numbers
        start anew after a quiet week.
        """
        ahead = offset > self.last_update + 1
        while self.updates and self.updates[0]["update_id"] < offset:
            if ahead and self.updates[0]["update_id"] not in self._handed_out:
                break
            self._handed_out.discard(self.updates.popleft()["update_id"])
        self.confirmed_offset = offset
        self.stir()

    def hand_out(self, limit: int) -> list[Json]:
        """The oldest updates; they come again until they are confirmed."""
        given = list(self.updates)[:limit]
        self._handed_out |= {update["update_id"] for update in given}
        return given

    def push(self, kind: str, content: Json) -> int:
        """Queue an update for the bot, unless it does not want this kind; the last number."""
        if self.allowed and kind not in self.allowed:
            return self.last_update
        self.last_update += 1
        # A copy: what is edited later is another update, not a change to this one.
        update = {"update_id": self.last_update, kind: copy.deepcopy(content)}
        self.complaints += check_update(update)
        self.updates.append(update)
        self.changed()
        return self.last_update

    def message(self, chat_id: int, sender: Json, **content: Any) -> Json:
        """A new message in a chat, kept in its history."""
        self._last_message += 1
        message: Json = {
            "message_id": self._last_message,
            "date": int(self.now().timestamp()),
            "chat": self.chat(chat_id),
            "from": sender,
            **{name: value for name, value in content.items() if value is not None},
        }
        self.history[chat_id].append(message)
        self.changed()
        return message

    def chat(self, chat_id: int) -> Json:
        """The chat as messages carry it; ApiError if the bot cannot see it."""
        if chat_id in self.moved:
            raise ApiError(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=self.moved[chat_id],
            )
        if chat_id in self.chats:
            return self.chats[chat_id]
        if chat_id in self.users:
            user = self.users[chat_id]
            return {"id": chat_id, "type": "private", "first_name": user["first_name"]}
        raise ApiError(400, "Bad Request: chat not found")

    def found(self, chat_id: int, message_id: int) -> Json | None:
        return next((m for m in self.history[chat_id] if m["message_id"] == message_id), None)
