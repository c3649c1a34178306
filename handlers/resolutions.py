"""Resolutions: written down with owner and date, and ticked off when they are seen to."""

from handlers import lines
from handlers.attendance import expect, is_number, user_id_of
from handlers.calling import managed
from handlers.conversation import Message, Reply, Request, Services, say
from handlers.texts import resolutions as texts
from handlers.texts.calling import DROP
from handlers.texts.text import text
from records import resolutions
from records.calendar import day_of
from records.errors import LedgerClosed, StaleButton


async def resolve(request: Request, services: Services) -> Reply:
    """What is still open."""
    community, _person, meeting = await managed(request, services)
    found = await resolutions.open_ones(services.db, community_id=community.id)
    message = Message(
        texts.listed(found),
        texts.list_buttons(meeting, found),
        chat_id=user_id_of(request),
    )
    return Reply((message,))


async def new(request: Request, services: Services) -> Reply:
    """登记议定事项: the next words are one."""
    _community, _person, meeting = await managed(request, services)
    if meeting.confirmed_at is not None:
        raise LedgerClosed
    await expect(request, services, "resolved", str(meeting.id))
    asked = Message(text(texts.WRITE), ((DROP,),), chat_id=user_id_of(request))
    return Reply((asked,))


async def resolved(request: Request, services: Services) -> Reply:
    """“加装楼道扶手；李强；12月20日”, one a line; owner and date may be left out. DayUnknown, WordsTooLong."""
    _community, person, meeting = await managed(request, services)
    if meeting.confirmed_at is not None:
        raise LedgerClosed
    added = [
        await resolutions.add(
            services.db,
            meeting,
            words=read.words,
            owner=read.owner,
            due_on=read.due_on,
            by=person,
            at=request.at,
        )
        for read in lines.read_resolutions(request.words, today=day_of(request.at))
    ]
    return say(texts.added(added), *texts.added_buttons(meeting, added))


async def take_back(request: Request, services: Services) -> Reply:
    """撤销: one that was written down by mistake."""
    _community, person, meeting = await managed(request, services)
    number = request.words.rpartition(":")[2]
    if not is_number(number):
        raise StaleButton
    if meeting.confirmed_at is not None:
        raise LedgerClosed
    gone = await resolutions.drop(services.db, meeting, int(number), by=person, at=request.at)
    return Reply((Message(texts.taken_back(gone), replaces=True),))


async def finish(request: Request, services: Services) -> Reply:
    """已办结."""
    _community, person, _meeting = await managed(request, services)
    number = request.words.rpartition(":")[2]
    if not is_number(number):
        raise StaleButton
    done = await resolutions.finish(
        services.db, int(number), on=day_of(request.at), by=person, at=request.at
    )
    return Reply((Message(texts.finished(done), replaces=True),))
