"""Beginning: greeting, joining a group to a community, binding, help, privacy."""

from handlers import founding, inline
from handlers.attendance import user_id_of, who
from handlers.conversation import Message, Place, Reply, Request, Services, say
from handlers.texts import setup as texts
from handlers.texts import subdistrict as staff_texts
from handlers.texts.founding import home_buttons
from handlers.texts.text import text
from records import binding, communities, outbox, people, subdistricts
from records.calendar import day_of
from records.errors import CodeMissing, NoCommunity, NotBound, PrivateOnly, StaleButton
from records.model import Person, Role

GREETING = "hello"  # what a button that leads to private chat carries instead of a code


async def start(request: Request, services: Services) -> Reply:
    """In private: bind by a link's code, or greet. In a group: join it to the community."""
    if request.place is Place.GROUP:
        return await _start_in_group(request, services)
    if (link := founding.LINK.fullmatch(request.words)) is not None:
        return await founding.begin(request, services, chat_id=int(link[1]))
    if (shown := await inline.linked(request, services)) is not None:
        return shown
    if request.words not in ("", GREETING):
        return await bind(request, services)
    try:
        community, person = await who(request, services)
    except NotBound:
        staff = await subdistricts.find(services.db, user_id=user_id_of(request))
        return say(staff_texts.hello(staff) if staff else texts.hello_private(None, None))
    hello = texts.hello_private(person, community)
    return say(hello, *(home_buttons(community) if person.may_manage else ()))


async def greet(request: Request, services: Services) -> Reply:
    """The one first message after the bot was added to a group; again, if it was there before."""
    try:
        community = await communities.in_group(services.db, request.chat_id)
    except NoCommunity:
        buttons = texts.set_up_buttons(services.bot_username, request.chat_id)
        return say(texts.hello_group(), *buttons)
    return say(texts.joined(community))


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
    """Bind this account to the person or the staff of the code; only in private, where nobody reads along."""
    if request.place is Place.GROUP:
        raise PrivateOnly
    if not request.words:
        raise CodeMissing
    code, user_id = request.words, user_id_of(request)
    staff = await subdistricts.bind(services.db, code=code, user_id=user_id, at=request.at)
    if staff is not None:
        return say(staff_texts.bound(staff))
    person = await binding.bind(services.db, code=code, user_id=user_id, at=request.at)
    community = await communities.with_id(services.db, person.community_id)
    return say(texts.bound(person, community), texts.not_me(person))


async def not_me(request: Request, services: Services) -> Reply:
    """不是我, on the day of the binding: it is undone, and the workers hear whose link went astray."""
    user_id = user_id_of(request)
    for person in await people.all_of_account(services.db, user_id=user_id):
        if str(person.id) != request.words:
            continue
        if await people.bound_on(services.db, person) != day_of(request.at):
            break
        await binding.release(services.db, person, by=person, at=request.at)
        told = await people.with_roles(
            services.db,
            community_id=person.community_id,
            wanted=[Role.PARTY_WORKER, Role.PARTY_SECRETARY],
        )
        notes = [Message(texts.went_astray(person), chat_id=account) for _one, account in told]
        return Reply((Message(text(texts.UNBOUND), replaces=True), *notes))
    raise StaleButton


async def moved(request: Request, services: Services) -> Reply:
    """The group became a supergroup with a new number: everything of it moves along."""
    old, new = request.chat_id, int(request.words)
    await communities.move_group(services.db, old=old, new=new)
    await outbox.move_chat(services.db, old=old, new=new)
    return Reply()


async def privacy(_request: Request, _services: Services) -> Reply:
    return Reply((Message(texts.privacy()),))
