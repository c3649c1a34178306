"""A person's view of the assistant: speaks and presses over the local Bot API server, hears everything."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.rehearsal import cast, inline, people
from bot.rehearsal.group import Group
from bot.rehearsal.state import Json
from scheduler import reminders

SECRETARY, WORKER, FULL_TIMER = "李书明", "王岚", "赵卫国"
MEMBER, LIAISON, STRANGER = "陈敏", "刘强", "周游"
PART_TIMERS = ("孙丽", "吴海", "郑洁", "冯涛", "何静", "马建军")


@dataclass(frozen=True)
class Listed:
    """A result as it is listed while somebody types, and the text it would become."""

    title: str
    description: str
    text: str


@dataclass(frozen=True)
class Chat:
    """The rehearsal's group and private chats, with the program that runs in a real group."""

    group: Group

    async def says(
        self,
        name: str,
        words: str,
        *,
        at: datetime | None = None,
        sent_at: datetime | None = None,
        private: bool = False,
        **how: Any,
    ) -> list[str]:
        """Somebody says something; the new messages of the assistant in that chat.

        `at` moves the clock first; `sent_at` is for a message that comes late; `how` is handed on
        (reply_to, forwarded, anonymous, topic, media).
        """
        self._move(at)
        user_id = cast.USER_IDS[name]
        place = user_id if private else cast.GROUP_ID
        before = {message["message_id"] for message in self._of_bot(place)}
        people.say(self.group.telegram, user_id, words, chat_id=place, at=sent_at, **how)
        await self.group.settled()
        return [text_of(m) for m in self._of_bot(place) if m["message_id"] not in before]

    async def sends_file(self, name: str, file_name: str, content: bytes) -> list[str]:
        """Somebody sends a file in private; the new messages of the assistant there."""
        user_id = cast.USER_IDS[name]
        before = {message["message_id"] for message in self._of_bot(user_id)}
        people.send_document(self.group.telegram, user_id, file_name, content)
        await self.group.settled()
        return [text_of(m) for m in self._of_bot(user_id) if m["message_id"] not in before]

    async def inline(self, name: str, words: str, offset: str = "") -> list[Listed]:
        """What is listed for somebody who types the assistant's name and the words in some chat."""
        answer = await self.inline_answer(name, words, offset)
        return [
            Listed(one["title"], one["description"], one["input_message_content"]["message_text"])
            for one in answer["results"]
        ]

    async def inline_answer(self, name: str, words: str, offset: str = "") -> Json:
        """The same as the Bot API was given it: results, next_offset, button and the rest."""
        telegram = self.group.telegram
        number = inline.search(telegram, cast.USER_IDS[name], words, offset=offset)
        await self.group.settled()
        answer = telegram.searches[number].answer
        if answer is None:
            raise LookupError(words)
        return answer

    async def chooses(self, name: str, title: str, *, private: bool = False) -> Json:
        """Somebody chooses a result of his last list; the message it becomes."""
        telegram, user_id = self.group.telegram, cast.USER_IDS[name]
        for number, search in reversed(telegram.searches.items()):
            for result in (search.answer or {}).get("results", []):
                if search.user_id == user_id and result["title"] == title:
                    place = user_id if private else cast.GROUP_ID
                    message = inline.choose(telegram, number, result["id"], chat_id=place)
                    await self.group.settled()
                    return message
        raise LookupError(title)

    async def presses(
        self, name: str, label: str, *, at: datetime | None = None, private: bool = False
    ) -> list[str]:
        """Somebody presses the newest button with the label; the toasts he is shown."""
        self._move(at)
        place = cast.USER_IDS[name] if private else cast.GROUP_ID
        message, data = self._button(place, label)
        return await self.presses_on(name, place, message["message_id"], data)

    async def presses_on(self, name: str, place: int, message_id: int, data: str) -> list[str]:
        """Somebody presses a button that was shown once, wherever it is now."""
        telegram, user_id = self.group.telegram, cast.USER_IDS[name]
        before = len(telegram.toasts)
        people.press(telegram, user_id, place, message_id, data)
        await self.group.settled()
        return [toast.text for toast in telegram.toasts[before:] if toast.user_id == user_id]

    async def edits(self, message: Json, words: str) -> None:
        """Somebody edits what he said in the group."""
        people.edit(self.group.telegram, cast.GROUP_ID, message["message_id"], words)
        await self.group.settled()

    def shown(self, name: str | None = None) -> list[str]:
        """The assistant's messages as they now stand: in the group, or in somebody's private chat."""
        place = cast.USER_IDS[name] if name else cast.GROUP_ID
        return [text_of(message) for message in self._of_bot(place)]

    def buttons(self, name: str | None = None) -> list[str]:
        """The labels under the assistant's last message."""
        place = cast.USER_IDS[name] if name else cast.GROUP_ID
        rows = self._of_bot(place)[-1].get("reply_markup", {}).get("inline_keyboard", [])
        return [button["text"] for row in rows for button in row]

    def card(self) -> str:
        """The newest card of a meeting in the group."""
        return text_of(self.cards()[-1])

    def cards(self) -> list[Json]:
        """Every message in the group that shows a meeting."""
        return [m for m in self._of_bot(cast.GROUP_ID) if text_of(m).startswith("📌")]

    async def opened(self, at: datetime, kind: str = "工作会议") -> None:
        """A meeting planned for the moment, and its sign-in opened."""
        words = f"/newmeeting {at:%Y-%m-%d %H:%M} {kind} 二楼会议室"
        await self.called(words)
        await self.says(WORKER, "/opensign", at=at)

    async def called(self, words: str) -> None:
        """The worker writes a line in the group and agrees to how it was understood."""
        await self.says(WORKER, words)
        await self.presses(WORKER, "对")

    async def at(self, moment: datetime) -> None:
        """The clock stands at the moment, and what is due then has been said."""
        self._move(moment)
        await reminders.tick(self.group.app.database, moment)
        await self.group.settled()

    def last(self, name: str | None = None) -> str:
        """The assistant's newest message as it now stands, in the group or in a private chat."""
        return self.shown(name)[-1]

    def _move(self, at: datetime | None) -> None:
        if at is not None:
            self.group.clock.move_to(at)

    def _of_bot(self, place: int) -> list[Json]:
        history = self.group.telegram.history[place]
        bot_id = self.group.telegram.bot["id"]
        return [message for message in history if message["from"]["id"] == bot_id]

    def _button(self, place: int, label: str) -> tuple[Json, str]:
        for message in reversed(self._of_bot(place)):
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    if button["text"] == label:
                        return message, button["callback_data"]
        raise LookupError(label)


def text_of(message: Json) -> str:
    """What a message says; a file by its name."""
    if "document" in message:
        return f"{message.get('caption', '')}\n{message['document']['file_name']}"
    text: str = message.get("text", "")
    return text
