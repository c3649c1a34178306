"""A document that somebody sends: noted at once, fetched and read by a job, filed as a draft, shown before 〔发布〕."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from handlers import document_desk as desk
from handlers import filing
from handlers.attendance import expect, number_in, user_id_of
from handlers.conversation import Message, Reply, Request, Services, Upload, say
from handlers.document_desk import STAFF, Keeper
from handlers.fetching import MEGABYTE, File
from handlers.filing import Prepared
from handlers.office import office
from handlers.subdistrict import staff_of
from handlers.texts import importing as texts
from handlers.texts.text import lines, text
from knowledge.library import Library
from records import communities, documents, jobs, prompts, rollouts
from records.calendar import day_of
from records.database import Transaction
from records.documents import Filed
from records.errors import FileTooLarge, NothingExpected, StaleButton

KIND = "document_import"
VERSION, FOR = "docversion", "docfor"  # the acts that wait for a file, and for whom it is
MEGABYTES = 20
LARGEST = MEGABYTES * MEGABYTE


@dataclass(frozen=True)
class Source:
    """A file, who sent it and when, whose document it becomes, and which one it would replace."""

    file_id: str
    name: str
    user_id: int
    at: str
    community_id: int | None = None
    subdistrict: str | None = None
    replaces: int | None = None


@dataclass(frozen=True)
class Gathered:
    """A file with what is answered from where it would stand."""

    source: Source
    view: frozenset[str]
    before: Filed | None


@dataclass(frozen=True)
class Read:
    """What would be published, and who waits for it."""

    source: Source
    prepared: Prepared
    before: Filed | None


async def upload(request: Request, services: Services) -> Reply:
    """A file while nothing else waits for one. NothingExpected for whoever keeps no documents."""
    user_id, file = user_id_of(request), _fitting(request)
    places = await desk.kept_by(services, user_id)
    if not places:
        raise NothingExpected
    if len(places) > 1:
        found = [await communities.with_id(services.db, int(one)) for one in places]
        await expect(request, services, FOR, json.dumps(asdict(file), ensure_ascii=False))
        return say(texts.WHICH, *texts.which_buttons(found))
    who = await desk.keeper(request, services, places[0])
    return await _order(request, services, who, file)


def _fitting(request: Request) -> Upload:
    """FileTooLarge, NothingExpected."""
    file = request.upload
    if file is None:
        raise NothingExpected
    if file.size > LARGEST:
        raise FileTooLarge(MEGABYTES)
    return file


async def which(request: Request, services: Services) -> Reply:
    """The community was chosen; words instead of that wait for it."""
    if not request.pressed:
        raise NothingExpected
    user_id = user_id_of(request)
    prompt = await prompts.waiting(services.db, chat_id=user_id, user_id=user_id, now=request.at)
    if prompt is None or prompt.action != FOR:
        raise StaleButton
    community, person = await office(request, services)
    await prompts.drop(services.db, chat_id=user_id, user_id=user_id)
    file = Upload(**json.loads(prompt.words))
    return await _order(request, services, Keeper(person, community), file)


async def begin_version(request: Request, services: Services) -> Reply:
    """更新版本: the next file of this person takes the place of the document."""
    found = await desk.owned(request, services)
    await expect(request, services, VERSION, found.words)
    return Reply((Message(text(texts.SEND_VERSION), texts.drop_buttons(), replaces=True),))


async def words(request: Request, services: Services) -> Reply:
    """Words instead of the file: it goes on to be waited for."""
    await expect(request, services, VERSION, request.carried)
    return say(texts.VERSION_FIRST, *texts.drop_buttons())


async def upload_version(request: Request, services: Services) -> Reply:
    """It goes on to be waited for until one is read: the next try is not a new document."""
    file = _fitting(request)
    found = await desk.owned(request, services)
    return await _order(request, services, found.keeper, file, replaces=found.filed.id)


async def offer(request: Request, services: Services) -> Reply:
    """A file that was handed out becomes a document that the communities may choose. StaleButton."""
    one = await staff_of(request, services)
    number = number_in(request)
    sent = await rollouts.sent_by(services.db, number, one) if number is not None else None
    if sent is None:
        raise StaleButton
    file = Upload(sent.paper.file_id, sent.paper.name, sent.paper.size)
    return await _order(request, services, Keeper(staff=one), file)


async def _order(
    request: Request,
    services: Services,
    who: Keeper,
    file: Upload,
    *,
    replaces: int | None = None,
) -> Reply:
    user_id = user_id_of(request)
    source = Source(
        file.file_id,
        file.name,
        user_id,
        request.at.isoformat(),
        who.community_id,
        who.subdistrict,
        replaces,
    )
    body = json.dumps(asdict(source), ensure_ascii=False)
    await jobs.put(services.db, kind=KIND, chat_id=user_id, body=body, at=request.at)
    return say(texts.READING)


async def gather(db: Transaction, body: str) -> Gathered:
    source = Source(**json.loads(body))
    today = day_of(datetime.fromisoformat(source.at))
    view = await documents.applying(db, source.community_id, today=today)
    before = await documents.with_id(db, source.replaces) if source.replaces is not None else None
    return Gathered(source, view, before)


def wants(found: Gathered) -> File:
    return File(found.source.file_id, LARGEST)


def render(found: Gathered, content: bytes, library: Library) -> Read:
    """Slow. BadDocument, DocumentKnown."""
    if len(content) > LARGEST:
        raise FileTooLarge(MEGABYTES)
    view = found.view - ({found.before.key} if found.before is not None else set())
    prepared = filing.prepare(content, found.source.name, library, view, found.before)
    return Read(found.source, prepared, found.before)


async def finish(db: Transaction, made: Read, now: datetime) -> Sequence[Message]:
    """The draft with its preview. NotAllowed, DocumentKnown."""
    source = made.source
    await desk.refuse_strangers(
        db, source.user_id, community_id=source.community_id, subdistrict=source.subdistrict
    )
    await _stop_waiting(db, source, now=now)
    filed = await filing.file_draft(
        db,
        made.prepared,
        community_id=source.community_id,
        subdistrict=source.subdistrict,
        by=source.user_id,
        at=now,
    )
    place = STAFF if source.community_id is None else str(source.community_id)
    words = f"{filed.id}:{place}:{source.replaces or ''}"
    shown = lines(made.prepared.preview(made.before), texts.KEPT)
    keys = texts.preview_buttons(words, repairs=len(made.prepared.repairs))
    return (Message(shown, keys),)


async def _stop_waiting(db: Transaction, source: Source, *, now: datetime) -> None:
    """A new version was read: none is waited for any more."""
    place = {"chat_id": source.user_id, "user_id": source.user_id}
    prompt = await prompts.waiting(db, **place, now=now)
    if source.replaces is not None and prompt is not None and prompt.action == VERSION:
        await prompts.drop(db, **place)
