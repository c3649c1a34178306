"""What the documents do not answer: noted for the workers, never with the asker's name."""

from collections.abc import Iterable

from handlers.attendance import user_id_of
from handlers.conversation import Message, Place, Reply, Request, Services, say
from handlers.texts import questions as question_texts
from handlers.texts import unanswered as texts
from handlers.texts.setup import private_chat
from handlers.texts.text import text
from knowledge import manners
from knowledge.words import normalise
from records import communities, dialogues, people, unanswered
from records.errors import NoCommunity, NotBound, StaleButton
from records.model import Community, Verdict
from records.unanswered import Entry


async def refuse(request: Request, services: Services, question: str) -> Reply:
    """Nothing was found: a number, if a community has somebody who can answer and something was asked."""
    community = await community_of(request, services)
    if community is None or not manners.asks(question):
        return say(question_texts.NO_ANSWER)
    if await _is_personal(services, community, question):
        return _personal(request, services, replaces=False)
    entry = await _note(request, services, community, question)
    return say(texts.noted(entry))


async def none_of_these(request: Request, services: Services) -> Reply:
    """都不是，转工作人员: what was suggested is not what was meant."""
    community = await community_of(request, services)
    if community is None:
        raise StaleButton
    question = await _asked_before(request, services)
    if question is None:
        return Reply(toast=texts.FORGOTTEN)
    if await _is_personal(services, community, question):
        return _personal(request, services, replaces=True)
    entry = await _note(request, services, community, question)
    return Reply((Message(text(texts.passed_on(entry)), replaces=True),))


async def pass_on(request: Request, services: Services) -> Reply:
    """转 or 不转: a person's own matter goes to the workers only if whoever asks wants it to."""
    community = await community_of(request, services)
    if request.place is Place.GROUP or community is None or request.words not in ("yes", "no"):
        raise StaleButton
    if request.words == "no":
        return Reply((Message(text(texts.NOT_PASSED_ON), replaces=True),))
    question = await _asked_before(request, services)
    if question is None:
        return Reply((Message(text(texts.FORGOTTEN), replaces=True),), toast=texts.FORGOTTEN)
    entry = await _note(request, services, community, question)
    return Reply((Message(text(texts.passed_on(entry)), replaces=True),))


async def did_not_help(request: Request, services: Services, place: str, reason: Verdict) -> None:
    """没解决: the workers see the question, if it is still known, with the clause that was shown."""
    community = await community_of(request, services)
    if community is None:
        return
    question = await _asked_before(request, services)
    if question is None or await _is_personal(services, community, question):
        question = None
    await unanswered.note(
        services.db,
        community_id=community.id,
        text=texts.NOT_KEPT if question is None else manners.masked(question),
        normalised=place if question is None else _words(question),
        user_id=user_id_of(request),
        at=request.at,
        reason=reason,
        passage=place,
    )


async def is_noted(request: Request, services: Services, question: str) -> bool:
    """Whether the question waits for an answer: whoever asks it again waits too."""
    community = await community_of(request, services)
    if community is None:
        return False
    words = _words(question)
    return await unanswered.known(services.db, words, community_id=community.id) is not None


async def community_of(request: Request, services: Services) -> Community | None:
    """The group's own community, or that of whoever asks in private; None for anybody else."""
    if request.place is Place.GROUP:
        try:
            return await communities.in_group(services.db, request.chat_id)
        except NoCommunity:
            return None
    try:
        mine = await people.all_of_account(services.db, user_id=user_id_of(request))
    except NotBound:
        return None
    return await communities.with_id(services.db, mine[0].community_id)


async def personal(
    services: Services, community: Community, entries: Iterable[Entry]
) -> frozenset[int]:
    """The numbers of those that are marked 涉及个人."""
    names = await _names(services, community)
    return frozenset(entry.id for entry in entries if manners.is_personal(entry.text, names))


async def may_be_taught(services: Services, community: Community, entry: Entry) -> bool:
    """Not what concerns a person, nor where the question is not known."""
    return entry.text != texts.NOT_KEPT and not await personal(services, community, [entry])


async def _is_personal(services: Services, community: Community, question: str) -> bool:
    return manners.is_personal(question, await _names(services, community))


async def _names(services: Services, community: Community) -> list[str]:
    known = await people.of_community(services.db, community_id=community.id)
    return [one.name for one in known]


def _personal(request: Request, services: Services, *, replaces: bool) -> Reply:
    if request.place is Place.GROUP:
        way = ((private_chat(services.bot_username),),)
        return Reply((Message(text(texts.IN_PRIVATE), way, replaces=replaces),))
    return Reply((Message(text(texts.CONCERNS), texts.pass_on_buttons(), replaces=replaces),))


async def _note(request: Request, services: Services, community: Community, question: str) -> Entry:
    return await unanswered.note(
        services.db,
        community_id=community.id,
        text=manners.masked(question),
        normalised=_words(question),
        user_id=user_id_of(request),
        at=request.at,
    )


def _words(question: str) -> str:
    return normalise(manners.masked(question))


async def _asked_before(request: Request, services: Services) -> str | None:
    """The question that a pressed message replies to, for the ten minutes it is remembered."""
    asked = await dialogues.recent(services.db, chat_id=request.chat_id, now=request.at)
    replied = request.replied_text or ""
    return max((one.text for one in asked if one.text in replied), key=len, default=None)
