"""The roster as a file: noted at once, fetched and read by a job, shown before anything is written."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers import drafts
from handlers.attendance import number_in, user_id_of
from handlers.conversation import Message, Reply, Request, Services, say
from handlers.fetching import LARGEST, File
from handlers.files import pasted
from handlers.files import roster as workbook
from handlers.files.cells import Reading
from handlers.texts import roster as texts
from records import jobs, units
from records.database import Transaction
from records.errors import BadRoster, FileTooLarge
from records.roster import Roster

KIND = "roster_upload"
READABLE = (".xlsx", ".txt", ".csv")
ENCODINGS = ("utf-8-sig", "gb18030")


async def upload(request: Request, services: Services) -> Reply:
    """It goes on to be waited for until it is read."""
    file = request.upload
    if file is None or not file.name.lower().endswith(READABLE):
        return say(texts.UNKNOWN_KIND)
    if file.size > LARGEST:
        raise FileTooLarge
    user_id = user_id_of(request)
    body = {"file": file.file_id, "name": file.name, "user": user_id}
    body |= {"community": number_in(request) or 0}
    await jobs.put(services.db, kind=KIND, chat_id=user_id, body=json.dumps(body), at=request.at)
    return say(texts.READING)


@dataclass(frozen=True)
class Uploaded:
    """A file that was sent, by whom, and the units that are already known."""

    file_id: str
    name: str
    user_id: int
    units: frozenset[str]


@dataclass(frozen=True)
class ReadFile:
    """What the file says, and who waits for it."""

    user_id: int
    reading: Reading


async def gather(db: Transaction, body: str) -> Uploaded:
    found = json.loads(body)
    listed = await units.of_community(db, community_id=found["community"])
    names = frozenset(unit.name for unit in listed)
    return Uploaded(found["file"], found["name"], found["user"], names)


def wants(file: Uploaded) -> File:
    return File(file.file_id)


def render(file: Uploaded, content: bytes) -> ReadFile:
    """Slow: a workbook is parsed. BadRoster."""
    if len(content) > LARGEST:
        raise FileTooLarge
    if file.name.lower().endswith(".xlsx"):
        reading = workbook.read_content(content, file.name, known=file.units)
    else:
        reading = pasted.read(_decoded(content))
    return ReadFile(file.user_id, reading)


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadRoster(texts.UNKNOWN_KIND)


async def finish(db: Transaction, made: ReadFile, now: datetime) -> Sequence[Message]:
    """The preview, unless it is not waited for any more."""
    draft = await drafts.waiting(db, user_id=made.user_id, now=now)
    if draft is None:
        return ()
    read = made.reading.roster
    if draft.community_id is not None and read.community not in ("", draft.name):
        raise BadRoster(texts.other_community(read.community, draft.name))
    draft = replace(draft, roster=Roster("", "", read.units, read.people))
    draft = replace(draft, ignored=made.reading.ignored)
    return (await drafts.preview(db, draft, user_id=made.user_id, now=now),)
