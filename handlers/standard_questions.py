"""标准问题: what a document is asked, sent as a workbook and taken back; then it is found by them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers import document_desk as desk
from handlers import filing
from handlers.attendance import expect, user_id_of
from handlers.conversation import Attachment, Message, Reply, Request, Services, say
from handlers.fetching import LARGEST, File
from handlers.files import archive
from handlers.files import standard_questions as sheets
from handlers.files.standard_questions import Row
from handlers.texts import standard_questions as texts
from handlers.texts.documents import named
from handlers.texts.text import text
from knowledge import segments
from records import documents, jobs, operations, people, prompts
from records.calendar import day_of
from records.database import Transaction
from records.documents import Content, Filed
from records.errors import FileTooLarge, StaleButton
from records.model import DocumentState

SHEET, KIND = "question_sheet", "standard_questions"  # the jobs that write one, and read one
ACTION = "docasked"  # the act that waits for the file
READABLE = ".xlsx"


@dataclass(frozen=True)
class Ordered:
    """A document with its text, and the day on which its sheet was asked for."""

    filed: Filed
    content: Content
    at: datetime


@dataclass(frozen=True)
class Uploaded:
    """A workbook, who sent it, and the document it is for."""

    file_id: str
    user_id: int
    filed: Filed
    content: Content


@dataclass(frozen=True)
class ReadFile:
    """What a document will be asked, and how that differs from before."""

    file: Uploaded
    content: Content
    added: int
    dropped: int
    whole: int


async def ask(request: Request, services: Services) -> Reply:
    """标准问题: the sheet follows from a job, and is waited for. StaleButton."""
    found = await desk.owned(request, services)
    if found.filed.state is not DocumentState.PUBLISHED:
        raise StaleButton
    await expect(request, services, ACTION, found.words)
    body = json.dumps([found.filed.id, request.at.isoformat()])
    user_id = user_id_of(request)
    await jobs.put(services.db, kind=SHEET, chat_id=user_id, body=body, at=request.at)
    return Reply((Message(text(texts.FOLLOWS), texts.drop_buttons()),))


async def gather_sheet(db: Transaction, body: str) -> Ordered:
    """StaleButton if it was withdrawn, or replaced, since the sheet was asked for."""
    number, at = json.loads(body)
    filed = await _published(db, number)
    return Ordered(filed, await documents.content(db, number), datetime.fromisoformat(at))


async def _published(db: Transaction, number: int) -> Filed:
    filed = await documents.with_id(db, number)
    if filed.state is not DocumentState.PUBLISHED:
        raise StaleButton
    return filed


def render_sheet(ordered: Ordered) -> Message:
    """Slow: the text is split once more."""
    rows = _rows(ordered.filed, ordered.content)
    name = archive.name(texts.file_name(ordered.filed), READABLE)
    book = sheets.workbook(rows, title=ordered.filed.title, on=day_of(ordered.at))
    shown = texts.sheet(
        ordered.filed, sum(len(row.questions) for row in rows), max(0, len(rows) - sheets.MOST)
    )
    return Message(shown, attachment=Attachment(name, book))


def _rows(filed: Filed, content: Content) -> list[Row]:
    passages = filing.passages(filed, content)
    return sheets.rows_of(passages, filing.asks_of(content.questions, passages))


async def words(request: Request, services: Services) -> Reply:
    """Words instead of the file: it goes on to be waited for."""
    await expect(request, services, ACTION, request.carried)
    return say(texts.FILE_FIRST, *texts.drop_buttons())


async def upload(request: Request, services: Services) -> Reply:
    """It goes on to be waited for until it is read."""
    file = request.upload
    if file is None or not file.name.lower().endswith(READABLE):
        return say(texts.NOT_A_WORKBOOK)
    if file.size > LARGEST:
        raise FileTooLarge
    found = await desk.owned(request, services)
    user_id = user_id_of(request)
    body = json.dumps([file.file_id, user_id, found.filed.id])
    await jobs.put(services.db, kind=KIND, chat_id=user_id, body=body, at=request.at)
    return say(texts.READING)


async def gather(db: Transaction, body: str) -> Uploaded:
    file_id, user_id, number = json.loads(body)
    filed = await documents.with_id(db, number)
    return Uploaded(file_id, user_id, filed, await documents.content(db, number))


def wants(file: Uploaded) -> File:
    return File(file.file_id)


def render(file: Uploaded, content: bytes) -> ReadFile:
    """Slow: the index is built anew. BadDocument."""
    if len(content) > LARGEST:
        raise FileTooLarge
    passages = filing.passages(file.filed, file.content)
    before = sheets.rows_of(passages, filing.asks_of(file.content.questions, passages))
    rows = sheets.read(content, before, title=file.filed.title)
    asks = sheets.asks_of(rows)
    changed = replace(
        file.content,
        questions=filing.asks_to_json(asks),
        index=segments.build(passages, asks).to_bytes(),
    )
    old, new = _pairs(before), _pairs(rows)
    return ReadFile(file, changed, len(new - old), len(old - new), len(new))


def _pairs(rows: Sequence[Row]) -> set[tuple[str, str]]:
    return {(row.id, question) for row in rows for question in row.questions}


async def finish(db: Transaction, made: ReadFile, now: datetime) -> Sequence[Message]:
    """The questions are kept, unless the sheet is not waited for any more. NotAllowed."""
    user_id = made.file.user_id
    prompt = await prompts.waiting(db, chat_id=user_id, user_id=user_id, now=now)
    if prompt is None or prompt.action != ACTION:
        return ()
    filed = await _published(db, made.file.filed.id)
    await desk.refuse_strangers(
        db, user_id, community_id=filed.community_id, subdistrict=filed.subdistrict
    )
    await prompts.drop(db, chat_id=user_id, user_id=user_id)
    if not made.added and not made.dropped:
        return (Message(text(texts.UNCHANGED)),)
    await documents.set_content(db, filed, made.content)
    await _log(db, filed, user_id=user_id, now=now)
    shown = texts.kept(filed, added=made.added, dropped=made.dropped, whole=made.whole)
    return (Message(shown),)


async def _log(db: Transaction, filed: Filed, *, user_id: int, now: datetime) -> None:
    """In the list of the community."""
    if filed.community_id is None:
        return
    person = await people.find(db, community_id=filed.community_id, user_id=user_id)
    if person is None:
        return
    await operations.log(
        db,
        by=person,
        act="document_asks",
        subject=f"document:{filed.id}",
        at=now,
        detail=named(filed.title),
    )
