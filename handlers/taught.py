"""本社区补充: answers of a community's own, which answer there once a second person has agreed."""

from contextlib import suppress

from handlers import refusing
from handlers.attendance import expect, is_number, user_id_of
from handlers.conversation import Message, Place, Reply, Request, Services, say
from handlers.office import numbers, office
from handlers.texts import taught as texts
from records import communities, people, taught, unanswered
from records.calendar import day_of
from records.errors import NotAllowed, PrivateOnly, StaleButton, WordsTooLong
from records.model import Community, Person, QuestionState, Role, TaughtState
from records.taught import Taught

LONGEST_ASK = 100  # characters of another wording
MANAGERS = (Role.PARTY_SECRETARY, Role.PARTY_WORKER)


async def teach(request: Request, services: Services) -> Reply:
    """收入知识库: the answer as it was sent, for somebody else to check."""
    community, person = await office(request, services)
    number = numbers(request, least=1)[0]
    if not is_number(number):
        raise StaleButton
    entry = await unanswered.with_id(services.db, int(number), community_id=community.id)
    if entry.state is not QuestionState.ANSWERED or not entry.answer:
        raise StaleButton
    if not await refusing.may_be_taught(services, community, entry):
        raise StaleButton
    known = await taught.of_community(services.db, community.id)
    if any((one.question, one.answer) == (entry.text, entry.answer) for one in known):
        raise StaleButton
    one = await taught.teach(
        services.db, question=entry.text, answer=entry.answer, by=person, at=request.at
    )
    asked = [
        Message(texts.to_check(one, community), texts.check_buttons(one), chat_id=account)
        for other, account in await people.with_roles(
            services.db, community_id=community.id, wanted=MANAGERS
        )
        if other.id != person.id
    ]
    back = texts.list_buttons(community, [], 1)
    return Reply((Message(texts.handed_in(one, asked=len(asked)), back, replaces=True), *asked))


async def agree(request: Request, services: Services) -> Reply:
    """同意收入, by somebody else than its author. SamePerson."""
    _community, person, one = await _meant(request, services)
    approved = await taught.approve(services.db, one, by=person, at=request.at)
    words = texts.approved(approved)
    told = await _author(services, one, person)
    return Reply(
        (
            Message(words, replaces=True),
            *(Message(words, chat_id=account) for account in told),
        )
    )


async def disagree(request: Request, services: Services) -> Reply:
    """不同意: it never answers; its author is told."""
    _community, person, one = await _meant(request, services)
    if one.state is not TaughtState.PENDING:
        raise StaleButton
    words = texts.refused(await taught.withdraw(services.db, one, by=person, at=request.at))
    told = await _author(services, one, person)
    return Reply(
        (
            Message(words, replaces=True),
            *(Message(words, chat_id=account) for account in told),
        )
    )


async def _author(services: Services, one: Taught, person: Person) -> list[int]:
    """The accounts of whoever wrote it, if that is somebody else."""
    if one.author_id is None or one.author_id == person.id:
        return []
    return await people.accounts_of(services.db, person_id=one.author_id)


async def listed(request: Request, services: Services) -> Reply:
    """Pending ones and those that answer."""
    community, _person = await office(request, services)
    carried = numbers(request)[:1]
    found = await taught.of_community(services.db, community.id)
    wanted = max(1, int(carried[0])) if carried and is_number(carried[0]) else 1
    page = min(wanted, texts.pages(found))
    words = texts.listed(community, found, page, day_of(request.at))
    return Reply((Message(words, texts.list_buttons(community, found, page), replaces=True),))


async def card(request: Request, services: Services) -> Reply:
    """One of them with what can be done about it."""
    community, _person, one = await _meant(request, services)
    return _shown(request, community, one, replaces=True)


def _shown(request: Request, community: Community, one: Taught, *, replaces: bool) -> Reply:
    today = day_of(request.at)
    words, keys = texts.shown(one, community, today), texts.buttons(one, today)
    return Reply((Message(words, keys, replaces=replaces),))


async def wordings(request: Request, services: Services) -> Reply:
    """补充问法: one a line, in place of those before."""
    community, person, one = await _meant(request, services)
    if one.state is TaughtState.WITHDRAWN:
        raise StaleButton
    if request.pressed:
        await expect(request, services, "taughtasks", str(one.id))
        return say(texts.write_asks(one), *texts.drop_buttons())
    asks = list(dict.fromkeys(" ".join(line.split()) for line in request.words.splitlines()))
    asks = [ask for ask in asks if ask]
    if not 0 < len(asks) <= texts.MOST_ASKS or any(len(ask) > LONGEST_ASK for ask in asks):
        raise WordsTooLong
    changed = await taught.reword(services.db, one, asks, by=person, at=request.at)
    return _shown(request, community, changed, replaces=False)


async def drop(request: Request, services: Services) -> Reply:
    """撤回: asked once more, then it answers nowhere."""
    _community, person, one = await _meant(request, services)
    if one.state is TaughtState.WITHDRAWN:
        raise StaleButton
    if not request.words.endswith(":yes"):
        keys = texts.really_drop_buttons(one)
        return Reply((Message(texts.really_drop(one), keys, replaces=True),))
    gone = await taught.withdraw(services.db, one, by=person, at=request.at)
    return Reply((Message(texts.dropped(gone), replaces=True),))


async def keep(request: Request, services: Services) -> Reply:
    """继续使用: for another year."""
    _community, person, one = await _meant(request, services)
    kept = await taught.keep(services.db, one, by=person, at=request.at)
    return Reply((Message(texts.kept(kept), replaces=True),))


async def _meant(request: Request, services: Services) -> tuple[Community, Person, Taught]:
    """The taught answer a button or a waiting act carries, of a community one manages.

    PrivateOnly, NotAllowed, StaleButton.
    """
    if request.place is Place.GROUP:
        raise PrivateOnly
    number = (request.words if request.pressed else request.carried).partition(":")[0]
    mine = await people.all_of_account(services.db, user_id=user_id_of(request))
    managing = [person for person in mine if person.may_manage]
    if not managing:
        raise NotAllowed
    for person in managing if is_number(number) else ():
        with suppress(StaleButton):
            one = await taught.with_id(services.db, int(number), community_id=person.community_id)
            return await communities.with_id(services.db, person.community_id), person, one
    raise StaleButton
