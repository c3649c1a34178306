"""/mydata: what is kept of a person, for that person's own eyes; put right, and erased."""

from handlers.attendance import expect, user_id_of
from handlers.conversation import Message, Place, Reply, Request, Services
from handlers.texts import personal as texts
from handlers.texts import subdistrict as staff_texts
from handlers.texts.calling import DROP
from handlers.texts.text import Text, text
from records import (
    attendance,
    binding,
    communities,
    people,
    personal,
    roles,
    subdistricts,
    terms,
)
from records.errors import NotBound, PrivateOnly, WordsTooLong
from records.model import Person, Role, Staff

MEETINGS_SHOWN = 40
LONGEST = 300


async def my_data(request: Request, services: Services) -> Reply:
    """Everything kept of whoever asks, in each community."""
    if request.place is Place.GROUP:
        raise PrivateOnly
    mine, staff = await _everybody(request, services)
    shown = [Message(await _of(services, person), texts.buttons()) for person in mine]
    if staff is not None:
        shown.append(Message(staff_texts.my_data(staff), staff_texts.my_data_buttons()))
    return Reply(tuple(shown))


async def _everybody(request: Request, services: Services) -> tuple[list[Person], Staff | None]:
    """Who the account is, in communities and in a subdistrict. NotBound if nobody."""
    user_id = user_id_of(request)
    staff = await subdistricts.find(services.db, user_id=user_id)
    try:
        return await people.all_of_account(services.db, user_id=user_id), staff
    except NotBound:
        if staff is None:
            raise
    return [], staff


async def _of(services: Services, person: Person) -> Text:
    community = await communities.with_id(services.db, person.community_id)
    held = [
        term
        for term in await terms.of_community(services.db, community_id=community.id)
        if term.person.id == person.id
    ]
    return texts.shown(
        person,
        community,
        held,
        await people.bound_on(services.db, person),
        await attendance.last_of(services.db, person, limit=MEETINGS_SHOWN),
    )


async def put_right(request: Request, services: Services) -> Reply:
    """需要更正: the next words go to the worker."""
    await people.all_of_account(services.db, user_id=user_id_of(request))
    await expect(request, services, "putright")
    return Reply((Message(text(texts.WRITE), ((DROP,),)),))


async def told(request: Request, services: Services) -> Reply:
    """What should be put right, handed to the workers; not kept."""
    if request.pressed:
        return await put_right(request, services)
    if not request.words or len(request.words) > LONGEST:
        raise WordsTooLong
    found = []
    for person in await people.all_of_account(services.db, user_id=user_id_of(request)):
        for _worker, account in await people.with_roles(
            services.db,
            community_id=person.community_id,
            wanted=[Role.PARTY_WORKER, Role.PARTY_SECRETARY],
        ):
            words = texts.to_worker(person, request.words)
            found.append(Message(words, chat_id=account))
    return Reply((Message(text(texts.HANDED_ON)), *found))


async def erase(request: Request, services: Services) -> Reply:
    """删除: first what that means, then it is done. LastWorker."""
    mine, staff = await _everybody(request, services)
    if request.words != "yes":
        return Reply((Message(text(texts.ERASE), texts.erase_buttons(), replaces=True),))
    for person in mine:
        community = await communities.with_id(services.db, person.community_id)
        await communities.lock(services.db, community)
        before = await roles.held_by(services.db, community_id=community.id)
        await binding.release(services.db, person, by=person, at=request.at)
        await roles.guard(services.db, before, community_id=community.id)
    if staff is not None:
        await subdistricts.release(services.db, staff, at=request.at)
    await personal.erase(services.db, user_id=user_id_of(request), of=mine, at=request.at)
    return Reply((Message(text(texts.ERASED), replaces=True),))
