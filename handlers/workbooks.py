"""A workbook of what is past: asked for, fetched and read by a job, shown, agreed to; written by whoever knows it."""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from handlers import drafts
from handlers.attendance import expect, user_id_of
from handlers.conversation import Message, Reply, Request, Services, say
from handlers.fetching import LARGEST, File
from handlers.files import forms
from handlers.files.forms import Form, Reading, Row
from handlers.office import numbers, office
from handlers.texts import workbooks as texts
from handlers.texts.text import Text, text
from records import communities, jobs, prompts
from records.database import Transaction
from records.errors import BadHistory, FileTooLarge, StaleButton
from records.model import Community, Person

READABLE = ".xlsx"
Past = TypeVar("Past")


@dataclass(frozen=True)
class Uploaded:
    """A file that was sent, by whom and for which community."""

    file_id: str
    user_id: int
    community_id: int


@dataclass(frozen=True)
class ReadFile:
    """What the file says, and who waits for it."""

    file: Uploaded
    reading: Reading


@dataclass(frozen=True)
class Shown(Generic[Past]):
    """What would be written, and how it is shown."""

    facts: Sequence[Past]
    pages: Sequence[Text]


Show = Callable[[Transaction, Community, Reading, datetime], Awaitable[Shown[Past]]]


@dataclass(frozen=True)
class Agreed(Generic[Past]):
    """Who agreed to what was shown; or what is shown instead, because it has changed meanwhile."""

    community: Community
    person: Person
    facts: Sequence[Past]
    instead: Reply | None = None


@dataclass(frozen=True)
class Desk(Generic[Past]):
    """One kind of workbook.

    `kind` is of the job that reads it, `action` the act that waits for the file and then for 〔确认补录〕,
    `enter` the act of that button. `show` raises BadHistory with every fault.
    """

    kind: str
    action: str
    enter: str
    form: Form
    show: Show[Past]

    async def ask(self, request: Request, services: Services, community: Community) -> None:
        await expect(request, services, self.action, self._to_words(community.id, None))

    async def words(self, request: Request, services: Services) -> Reply:
        """Words instead of the file, or of 〔确认补录〕: it goes on to be waited for."""
        await expect(request, services, self.action, request.carried)
        is_read = self._from_words(request.carried) is not None
        waited_for = texts.CONFIRM_FIRST if is_read else texts.file_first(self.form.name)
        return say(waited_for, *texts.how_buttons())

    async def upload(self, request: Request, services: Services) -> Reply:
        """It goes on to be waited for until it is read."""
        file = request.upload
        if file is None or not file.name.lower().endswith(READABLE):
            return say(texts.NOT_A_WORKBOOK)
        if file.size > LARGEST:
            raise FileTooLarge
        community, _person = await office(request, services)
        user_id = user_id_of(request)
        body = json.dumps({"file": file.file_id, "user": user_id, "community": community.id})
        await jobs.put(services.db, kind=self.kind, chat_id=user_id, body=body, at=request.at)
        return say(texts.READING)

    async def gather(self, _db: Transaction, body: str) -> Uploaded:
        found = json.loads(body)
        return Uploaded(found["file"], found["user"], found["community"])

    def wants(self, file: Uploaded) -> File:
        return File(file.file_id)

    def render(self, file: Uploaded, content: bytes) -> ReadFile:
        """Slow: a workbook is parsed. BadHistory."""
        if len(content) > LARGEST:
            raise FileTooLarge
        return ReadFile(file, forms.read(self.form, content))

    async def finish(self, db: Transaction, made: ReadFile, now: datetime) -> Sequence[Message]:
        """The preview, unless it is not waited for any more. BadHistory."""
        user_id = made.file.user_id
        prompt = await prompts.waiting(db, chat_id=user_id, user_id=user_id, now=now)
        if prompt is None or prompt.action != self.action:
            return ()
        community = await communities.with_id(db, made.file.community_id)
        shown = await self.show(db, community, made.reading, now)
        words = self._to_words(community.id, made.reading)
        await prompts.expect(
            db, chat_id=user_id, user_id=user_id, action=self.action, words=words, at=now
        )
        return self._messages(community, made.reading, shown)

    async def agreed(self, request: Request, services: Services) -> Agreed[Past]:
        """确认补录: what was seen; if it has become something else, it is shown anew. StaleButton."""
        community, person = await office(request, services)
        user_id = user_id_of(request)
        reading = await self._waiting(services.db, community, user_id=user_id, now=request.at)
        try:
            shown = await self.show(services.db, community, reading, request.at)
        except BadHistory as refusal:
            told = (Message(text(refusal.sentence)),)
            return Agreed(community, person, (), Reply(told, toast=texts.CHANGED_MEANWHILE))
        if [self._seen(community, reading, shown)] != numbers(request):
            again = tuple(self._messages(community, reading, shown))
            return Agreed(community, person, (), Reply(again, toast=texts.CHANGED_MEANWHILE))
        await prompts.drop(services.db, chat_id=user_id, user_id=user_id)
        return Agreed(community, person, shown.facts)

    def _messages(
        self, community: Community, reading: Reading, shown: Shown[Past]
    ) -> Sequence[Message]:
        *before, last = shown.pages
        keys = texts.preview_buttons(self.enter, community, self._seen(community, reading, shown))
        return [*(Message(page) for page in before), Message(last, keys)]

    def _seen(self, community: Community, reading: Reading, shown: Shown[Past]) -> str:
        """What is agreed to is what was seen."""
        words = (self._to_words(community.id, reading), *(page.plain for page in shown.pages))
        return drafts.fingerprint("\n".join(words))

    async def _waiting(
        self, db: Transaction, community: Community, *, user_id: int, now: datetime
    ) -> Reading:
        """The rows that wait to be agreed to. StaleButton."""
        prompt = await prompts.waiting(db, chat_id=user_id, user_id=user_id, now=now)
        if prompt is None or prompt.action != self.action:
            raise StaleButton
        reading = self._from_words(prompt.words)
        if reading is None or not prompt.words.startswith(f"{community.id}:"):
            raise StaleButton
        return reading

    def _to_words(self, community_id: int, reading: Reading | None) -> str:
        """The community's number first, so that whoever waits is known by it; then the rows."""
        if reading is None:
            return f"{community_id}:"
        headings = self.form.widths
        rows = [[row.number, *(row.cells[name] for name in headings)] for row in reading.rows]
        body = {"rows": rows, "ignored": reading.ignored}
        return f"{community_id}:{json.dumps(body, ensure_ascii=False)}"

    def _from_words(self, words: str) -> Reading | None:
        """None while the file is still waited for."""
        body = words.partition(":")[2]
        if not body:
            return None
        found = json.loads(body)
        rows = [
            Row(number, dict(zip(self.form.widths, cells, strict=True)))
            for number, *cells in found["rows"]
        ]
        return Reading(rows, found["ignored"])
