"""会议记录模板: the community's own form of the meeting record, shown, sent as a file, tried, kept or dropped."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.attendance import expect, user_id_of
from handlers.conversation import Message, Reply, Request, Services, say
from handlers.fetching import LARGEST, File
from handlers.files import record_sample, template
from handlers.office import office
from handlers.texts import templates as texts
from handlers.texts.text import text
from records import jobs, people, prompts, templates
from records.database import Transaction
from records.errors import BadTemplate, FileTooLarge, NotAllowed, StaleButton
from records.model import Community

KIND = "record_form"
ACTION = "formfile"  # the act that waits for the file
READABLE = ".docx"


async def form(request: Request, services: Services) -> Reply:
    """Whether one is kept, and what may stand in it."""
    community, _person = await office(request, services)
    return Reply((await _shown(services, community),))


async def _shown(services: Services, community: Community) -> Message:
    kept_at = await templates.kept_at(services.db, community.id)
    keys = texts.form_buttons(community, is_kept=kept_at is not None)
    return Message(texts.form(kept_at), keys, replaces=True)


async def sample(request: Request, services: Services) -> Reply:
    """下载样例: the standard form with its placeholders, from a job."""
    await office(request, services)
    await record_sample.order(services.db, chat_id=user_id_of(request), at=request.at)
    return Reply(toast=texts.SAMPLE_FOLLOWS)


async def new(request: Request, services: Services) -> Reply:
    """上传模板: the next file of this person is the form."""
    community, _person = await office(request, services)
    await expect(request, services, ACTION, str(community.id))
    return Reply((Message(text(texts.SEND), texts.send_buttons(), replaces=True),))


async def words(request: Request, services: Services) -> Reply:
    """Words instead of the file: it goes on to be waited for."""
    await expect(request, services, ACTION, request.carried)
    return say(texts.FILE_FIRST, *texts.send_buttons())


async def drop(request: Request, services: Services) -> Reply:
    """恢复标准格式."""
    community, person = await office(request, services)
    if await templates.kept_at(services.db, community.id) is None:
        raise StaleButton
    await templates.drop(services.db, by=person, at=request.at)
    return Reply((await _shown(services, community),), toast=texts.DROPPED)


async def upload(request: Request, services: Services) -> Reply:
    """It goes on to be waited for until it was tried."""
    file = request.upload
    if file is None or not file.name.lower().endswith(READABLE):
        return say(texts.NOT_WORD)
    if file.size > LARGEST:
        raise FileTooLarge
    community, _person = await office(request, services)
    user_id = user_id_of(request)
    body = {"file": file.file_id, "user": user_id, "community": community.id}
    body |= {"at": request.at.isoformat()}
    await jobs.put(services.db, kind=KIND, chat_id=user_id, body=json.dumps(body), at=request.at)
    return say(texts.READING)


@dataclass(frozen=True)
class Uploaded:
    """A file that was sent, by whom, for which community, and when."""

    file_id: str
    user_id: int
    community_id: int
    at: datetime


@dataclass(frozen=True)
class Tried:
    """A form that can be filled."""

    file: Uploaded
    content: bytes


async def gather(_db: Transaction, body: str) -> Uploaded:
    found = json.loads(body)
    at = datetime.fromisoformat(found["at"])
    return Uploaded(found["file"], found["user"], found["community"], at)


def wants(file: Uploaded) -> File:
    return File(file.file_id)


def render(file: Uploaded, content: bytes) -> Tried:
    """Slow: the form is filled once, to try. BadTemplate."""
    if len(content) > LARGEST:
        raise FileTooLarge
    try:
        template.check(content, at=file.at)
    except template.TemplateError as error:
        raise BadTemplate(error.sentence) from error
    return Tried(file, content)


async def finish(db: Transaction, made: Tried, now: datetime) -> Sequence[Message]:
    """It is kept, unless it is not waited for any more. NotAllowed."""
    user_id, community_id = made.file.user_id, made.file.community_id
    prompt = await prompts.waiting(db, chat_id=user_id, user_id=user_id, now=now)
    if prompt is None or (prompt.action, prompt.words) != (ACTION, str(community_id)):
        return ()
    person = await people.find(db, community_id=community_id, user_id=user_id)
    if person is None or not person.may_manage:
        raise NotAllowed
    await prompts.drop(db, chat_id=user_id, user_id=user_id)
    await templates.put(db, made.content, by=person, at=now)
    return (Message(texts.kept()),)
