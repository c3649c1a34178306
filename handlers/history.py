"""Many meetings of the past from a workbook: asked for, fetched and read by a job, shown, agreed to."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers import drafts
from handlers.attendance import expect, user_id_of
from handlers.calling import managed
from handlers.conversation import Message, Reply, Request, Services, say
from handlers.fetching import LARGEST, File
from handlers.files import history as workbook
from handlers.files import history_rows
from handlers.files.history import Reading, Row
from handlers.office import numbers, office, which
from handlers.texts import history as texts
from handlers.texts import meetings as meeting_texts
from handlers.texts.text import Text, text
from records import attendance, communities, jobs, past, prompts
from records.calendar import day_of
from records.database import Transaction
from records.errors import BadHistory, FileTooLarge, StaleButton
from records.model import Community
from records.past import PastMeeting

KIND = "history_upload"
ACTION = "historyfile"  # the act that waits for the file, then for 〔确认补录〕
READABLE = ".xlsx"


async def history(request: Request, services: Services) -> Reply:
    """补录多次会议: the workbook to fill in follows, then the file is waited for."""
    if (choice := await which(request, services, "history")) is not None:
        return choice
    community, _person = await office(request, services)
    await expect(request, services, ACTION, _to_words(community.id, None))
    await workbook.order(services.db, chat_id=user_id_of(request), at=request.at)
    return Reply((Message(text(texts.HOW), texts.how_buttons(), replaces=True),))


async def words(request: Request, services: Services) -> Reply:
    """Words instead of the file, or of 〔确认补录〕: it goes on to be waited for."""
    await expect(request, services, ACTION, request.carried)
    is_read = _from_words(request.carried) is not None
    return say(texts.CONFIRM_FIRST if is_read else texts.FILE_FIRST, *texts.how_buttons())


async def upload(request: Request, services: Services) -> Reply:
    """It goes on to be waited for until it is read."""
    file = request.upload
    if file is None or not file.name.lower().endswith(READABLE):
        return say(texts.NOT_A_WORKBOOK)
    if file.size > LARGEST:
        raise FileTooLarge
    community, _person = await office(request, services)
    user_id = user_id_of(request)
    body = json.dumps({"file": file.file_id, "user": user_id, "community": community.id})
    await jobs.put(services.db, kind=KIND, chat_id=user_id, body=body, at=request.at)
    return say(texts.READING)


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


async def gather(_db: Transaction, body: str) -> Uploaded:
    found = json.loads(body)
    return Uploaded(found["file"], found["user"], found["community"])


def wants(file: Uploaded) -> File:
    return File(file.file_id)


def render(file: Uploaded, content: bytes) -> ReadFile:
    """Slow: a workbook is parsed. BadHistory."""
    if len(content) > LARGEST:
        raise FileTooLarge
    return ReadFile(file, workbook.read_content(content))


async def finish(db: Transaction, made: ReadFile, now: datetime) -> Sequence[Message]:
    """The preview, unless it is not waited for any more. BadHistory."""
    user_id = made.file.user_id
    prompt = await prompts.waiting(db, chat_id=user_id, user_id=user_id, now=now)
    if prompt is None or prompt.action != ACTION:
        return ()
    community = await communities.with_id(db, made.file.community_id)
    shown = await _preview(db, community, made.reading, now=now)
    await prompts.expect(
        db,
        chat_id=user_id,
        user_id=user_id,
        action=ACTION,
        words=_to_words(community.id, made.reading),
        at=now,
    )
    return shown.messages


@dataclass(frozen=True)
class Preview:
    """What would be entered, and how it is shown."""

    community: Community
    reading: Reading
    meetings: Sequence[PastMeeting]
    pages: Sequence[Text]

    @property
    def seen(self) -> str:
        """What is agreed to is what was seen."""
        words = (_to_words(self.community.id, self.reading), *(page.plain for page in self.pages))
        return drafts.fingerprint("\n".join(words))

    @property
    def messages(self) -> list[Message]:
        *before, last = self.pages
        keys = texts.preview_buttons(self.community, self.seen)
        return [*(Message(page) for page in before), Message(last, keys)]


async def _preview(
    db: Transaction, community: Community, reading: Reading, *, now: datetime
) -> Preview:
    """BadHistory if it cannot be entered as the roster and the ledger are now."""
    known = await past.known(db, community)
    meetings = history_rows.read(reading.rows, known, now=now)
    rolls = [
        past.roll_of(one, known.team_on(day_of(one.starts_at)), known.settings) for one in meetings
    ]
    found = [(roll, len(one.resolutions)) for roll, one in zip(rolls, meetings, strict=True)]
    pages = list(texts.preview(community, found, reading.ignored, today=day_of(now)))
    return Preview(community, reading, meetings, pages)


async def enter(request: Request, services: Services) -> Reply:
    """确认补录: what was seen is written, all of it; if it has become something else, it is shown anew."""
    community, person = await office(request, services)
    user_id = user_id_of(request)
    reading = await _read(services.db, community, user_id=user_id, now=request.at)
    try:
        shown = await _preview(services.db, community, reading, now=request.at)
    except BadHistory as refusal:
        return Reply((Message(text(refusal.sentence)),), toast=texts.CHANGED_MEANWHILE)
    if [shown.seen] != numbers(request):
        return Reply(tuple(shown.messages), toast=texts.CHANGED_MEANWHILE)
    await prompts.drop(services.db, chat_id=user_id, user_id=user_id)
    entered = await past.enter(
        services.db,
        community,
        shown.meetings,
        chat_id=community.group_chat_id or user_id,
        by=person,
        at=request.at,
    )
    today = day_of(request.at)
    told = texts.entered(entered, by=person, on=today)
    return Reply((Message(told, texts.entered_buttons(entered, today=today), replaces=True),))


async def _read(db: Transaction, community: Community, *, user_id: int, now: datetime) -> Reading:
    """The rows that wait to be agreed to. StaleButton."""
    prompt = await prompts.waiting(db, chat_id=user_id, user_id=user_id, now=now)
    if prompt is None or prompt.action != ACTION:
        raise StaleButton
    reading = _from_words(prompt.words)
    if reading is None or not prompt.words.startswith(f"{community.id}:"):
        raise StaleButton
    return reading


async def entered(request: Request, services: Services) -> Reply:
    """One of the meetings that were entered, with what can still be done about it."""
    _community, _person, meeting = await managed(request, services)
    roll = await attendance.roll_of(services.db, meeting)
    return say(meeting_texts.closed(roll), *meeting_texts.closed_buttons(meeting))


def _to_words(community_id: int, reading: Reading | None) -> str:
    """The community's number first, so that whoever waits is known by it; then the rows."""
    if reading is None:
        return f"{community_id}:"
    rows = [[row.number, *(row.cells[name] for name in workbook.WIDTHS)] for row in reading.rows]
    body = {"rows": rows, "ignored": reading.ignored}
    return f"{community_id}:{json.dumps(body, ensure_ascii=False)}"


def _from_words(words: str) -> Reading | None:
    """None while the file is still waited for."""
    body = words.partition(":")[2]
    if not body:
        return None
    found = json.loads(body)
    rows = [
        Row(number, dict(zip(workbook.WIDTHS, cells, strict=True)))
        for number, *cells in found["rows"]
    ]
    return Reading(rows, found["ignored"])
