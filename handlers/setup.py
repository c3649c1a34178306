"""Beginning: greeting, joining a group to a community, binding, help, privacy."""

from handlers.attendance import user_id_of, who
from handlers.conversation import Message, Place, Reply, Request, Services, say
from handlers.texts import setup as texts
from records import binding, communities, outbox, people
from records.errors import CodeMissing, NoCommunity, NotBound, PrivateOnly
from records.model import Person

GREETING = "hello"  # what the button in the group's first message carries instead of a code


async def start(request: Request, services: Services) -> Reply:
    """In private: bind by a link's code, or greet. In a group: join it to the community."""
    if request.place is Place.GROUP:
        return await _start_in_group(request, services)
    if request.words not in ("", GREETING):
        return await bind(request, services)
    try:
        community, person = await who(request, services)
    except NotBound:
        return say(texts.hello_private(None, None))
    return say(texts.hello_private(person, community))


async def greet(_request: Request, services: Services) -> Reply:
    """The one first message after the bot was added to a group."""
    return say(texts.hello_group(), *texts.set_up_buttons(services.bot_username))


async def _start_in_group(request: Request, services: Services) -> Reply:
    try:
        community = await communities.in_group(services.db, request.chat_id)
    except NoCommunity:
        person = await _manager(request, services)
        if person is None:
            return await greet(request, services)
        community = await communities.join_group(services.db, person, chat_id=request.chat_id)
    return say(texts.joined(community))


async def _manager(request: Request, services: Services) -> Person | None:
    """Whoever asks, as Party secretary or worker of a community that has no group yet."""
    user_id = user_id_of(request)
    try:
        mine = await people.all_of_account(services.db, user_id=user_id)
    except NotBound:
        return None
    managing = [person for person in mine if person.may_manage]
    for person in managing:
        community = await communities.with_id(services.db, person.community_id)
        if community.group_chat_id is None:
            return person
    return managing[0] if managing else None


async def bind(request: Request, services: Services) -> Reply:
    """Bind this account to the person of the code; only in private, where nobody reads along."""
    if request.place is Place.GROUP:
        raise PrivateOnly
    if not request.words:
        raise CodeMissing
    person = await binding.bind(
        services.db, code=request.words, user_id=user_id_of(request), at=request.at
    )
    community = await communities.with_id(services.db, person.community_id)
    return say(texts.bound(person, community))


async def moved(request: Request, services: Services) -> Reply:
    """The group became a supergroup with a new number: everything of it moves along."""
    old, new = request.chat_id, int(request.words)
    await communities.move_group(services.db, old=old, new=new)
    await outbox.move_chat(services.db, old=old, new=new)
    return Reply()


async def privacy(_request: Request, _services: Services) -> Reply:
    return Reply((Message(texts.privacy()),))
