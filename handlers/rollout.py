"""下发文件: the file, then title and day in one line, then to whom it goes, then 〔下发〕, once."""

import json

from handlers import lines
from handlers.attendance import expect, user_id_of
from handlers.conversation import Message, Reply, Request, Services, Upload, say
from handlers.subdistrict import number, parts, staff_of
from handlers.texts import rollout as texts
from handlers.texts.text import text
from records import connections, prompts, rollouts
from records.calendar import day_of
from records.errors import FileTooLarge
from records.rollouts import Paper

FILE, TITLE = "rolloutfile", "rollouttitle"  # the acts that wait for the file, then for its title
MEGABYTES = 5
LARGEST = MEGABYTES * 1024 * 1024  # bytes
LONGEST_NAME = 200


async def begin(request: Request, services: Services) -> Reply:
    """The next file of this person is handed out."""
    one = await staff_of(request, services)
    if not await rollouts.recipients(services.db, one):
        return Reply(toast=texts.NO_COMMUNITIES)
    await expect(request, services, FILE)
    return Reply((Message(text(texts.SEND_FILE), texts.drop_buttons()),))


async def words(request: Request, services: Services) -> Reply:
    """Words instead of the file: it goes on to be waited for."""
    await expect(request, services, FILE)
    return say(texts.FILE_FIRST, *texts.drop_buttons())


async def upload(request: Request, services: Services) -> Reply:
    """The messenger keeps the file: only its number is noted. FileTooLarge."""
    await staff_of(request, services)
    file = request.upload
    if file is None:
        return await words(request, services)
    if file.size > LARGEST:
        raise FileTooLarge(MEGABYTES)
    carried = json.dumps([file.file_id, file.name[-LONGEST_NAME:], file.size], ensure_ascii=False)
    await expect(request, services, TITLE, carried)
    return say(texts.ASK_TITLE, *texts.drop_buttons())


async def titled(request: Request, services: Services) -> Reply:
    """Title and day: to which communities it would go. DocumentUnclear."""
    one = await staff_of(request, services)
    title, effective_on = lines.read_document(request.words, today=day_of(request.at))
    paper = Paper(*json.loads(request.carried))
    prepared = await rollouts.prepare(
        services.db, paper, title=title, effective_on=effective_on, by=one, at=request.at
    )
    to = await rollouts.recipients(services.db, one)
    return say(texts.preview(prepared, to), *texts.preview_buttons(prepared))


async def send(request: Request, services: Services) -> Reply:
    """下发: the file to the workers of every confirmed community; pressed twice, it is sent once."""
    one = await staff_of(request, services)
    wanted = number(parts(request, least=1)[0])
    sent = await rollouts.send(services.db, wanted, by=one, at=request.at)
    if sent is None:
        return Reply(toast=texts.SENT_BEFORE)
    user_id = user_id_of(request)
    await prompts.drop(services.db, chat_id=user_id, user_id=user_id)
    to = await rollouts.recipients(services.db, one)
    offices = await connections.offices(services.db, one.subdistrict)
    paper = sent.paper
    kept = Upload(paper.file_id, paper.name, paper.size)
    letters = [
        Message(texts.document(sent, one), chat_id=account, kept=kept)
        for account in dict.fromkeys(account for each in offices.values() for account in each)
    ]
    unreached = [community for community in to if community.id not in offices]
    done = texts.sent(sent, len(to) - len(unreached), unreached)
    told = Message(done, texts.sent_buttons(sent), replaces=True)
    return Reply((told, *letters))
