"""评分表: the workbook a subdistrict provides for the mutual appraisals, sent in private, checked by a job, kept."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.attendance import expect, user_id_of
from handlers.conversation import Message, Reply, Request, Services, say
from handlers.fetching import File
from handlers.files import score_sheet as workbook
from handlers.subdistrict import staff_of
from handlers.texts import score_sheets as texts
from handlers.texts.text import text
from records import appraisals, jobs, prompts, subdistricts
from records.database import Transaction
from records.errors import FileTooLarge

KIND = "score_sheet_upload"
ACTION = "sheetfile"  # the act that waits for the file
READABLE = ".xlsx"
MEGABYTES = 1
LARGEST = MEGABYTES * 1024 * 1024  # bytes
LONGEST_NAME = 200


async def sheet(request: Request, services: Services) -> Reply:
    """The button: the next file of this person is the sheet. Words instead of it: it goes on to be waited for."""
    one = await staff_of(request, services)
    await expect(request, services, ACTION)
    if not request.pressed:
        return say(texts.FILE_FIRST, *texts.drop_buttons())
    kept_at = await appraisals.sheet_kept_at(services.db, one.subdistrict)
    return Reply((Message(texts.how(kept_at), texts.drop_buttons()),))


async def upload(request: Request, services: Services) -> Reply:
    """It goes on to be waited for until it was read. FileTooLarge."""
    await staff_of(request, services)
    file = request.upload
    if file is None or not file.name.lower().endswith(READABLE):
        return say(texts.NOT_A_WORKBOOK)
    if file.size > LARGEST:
        raise FileTooLarge(MEGABYTES)
    user_id = user_id_of(request)
    body = {"file": file.file_id, "name": file.name[-LONGEST_NAME:], "user": user_id}
    await jobs.put(services.db, kind=KIND, chat_id=user_id, body=json.dumps(body), at=request.at)
    return say(texts.READING)


@dataclass(frozen=True)
class Uploaded:
    """A file that was sent, and by whom."""

    file_id: str
    name: str
    user_id: int


@dataclass(frozen=True)
class Checked:
    """A sheet that can be pre-filled."""

    file: Uploaded
    content: bytes


async def gather(_db: Transaction, body: str) -> Uploaded:
    found = json.loads(body)
    return Uploaded(found["file"], found["name"], found["user"])


def wants(file: Uploaded) -> File:
    return File(file.file_id)


def render(file: Uploaded, content: bytes) -> Checked:
    """Slow: it is read once, to try. BadScoreSheet."""
    if len(content) > LARGEST:
        raise FileTooLarge(MEGABYTES)
    workbook.check(content)
    return Checked(file, content)


async def finish(db: Transaction, made: Checked, now: datetime) -> Sequence[Message]:
    """It is kept, unless it is not waited for any more. NotStaff."""
    user_id = made.file.user_id
    prompt = await prompts.waiting(db, chat_id=user_id, user_id=user_id, now=now)
    if prompt is None or prompt.action != ACTION:
        return ()
    one = await subdistricts.of_account(db, user_id=user_id)
    await prompts.drop(db, chat_id=user_id, user_id=user_id)
    await appraisals.put_sheet(db, made.file.name, made.content, by=one, at=now)
    return (Message(text(texts.SHEET_KEPT)),)
