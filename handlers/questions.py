"""Asking the documents: an answer word for word, three suggestions, or an honest no."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers import refusing, view
from handlers.conversation import Message, Place, Reply, Request, Services, say
from handlers.texts import calculations as computed
from handlers.texts import delivery
from handlers.texts import questions as texts
from handlers.texts.setup import private_chat
from handlers.texts.unanswered import NONE_OF_THESE
from knowledge import calculations, homonyms, manners, premises
from knowledge.calculations import Numbers
from knowledge.homonyms import Sense
from knowledge.library import Answer, Library, Suggestion, Suggestions
from knowledge.manners import Manner
from knowledge.passages import Clause, Passage
from records import choices, communities, dialogues, people, uses
from records.calendar import day_of
from records.choices import SHIPPED
from records.dialogues import Asked
from records.errors import NoCommunity

LONGEST = 500  # characters of a question
MOST_QUESTIONS = 3  # of one person in a group within ten minutes
MOST_SUGGESTED = 3  # more are a whole chapter that was asked for


async def ask(request: Request, services: Services) -> Reply:
    """Answer what was asked, or the message that /ask replies to."""
    if request.pressed:
        return await _suggested(request, services)
    question = (request.words or request.replied_text or "").strip()
    if request.user_id is None or not 0 < len(question) <= LONGEST:
        return reply_to(question, services.library, seen=await view.of(request, services))
    asked = await dialogues.recent(services.db, chat_id=request.chat_id, now=request.at)
    await dialogues.remember(
        services.db,
        chat_id=request.chat_id,
        user_id=request.user_id,
        text=question,
        at=request.at,
    )
    mine = [one.text for one in asked if one.user_id == request.user_id]
    is_answered = await _is_answered(request, services, question, asked)
    hint = _manners_of_the_group(len(mine), services, is_answered=is_answered)
    if request.place is Place.GROUP and hint is not None:
        return hint
    on_roster = await _team_size(request, services)
    past = question.startswith(texts.HISTORICAL)
    seen = await view.of(request, services, historical=past)
    words = question.removeprefix(texts.HISTORICAL).lstrip(texts.BETWEEN)
    found = find(words, services.library, previous=mine[-2:], seen=seen)
    return await _settled(request, services, found, question=question, on_roster=on_roster)


async def _is_answered(
    request: Request, services: Services, question: str, asked: Sequence[Asked]
) -> bool:
    """Whether the same answer stands further up: not if it waits for one, or other documents answer by now."""
    at = max((one.at for one in asked if one.text == question), default=None)
    if at is None or await refusing.is_noted(request, services, question):
        return False
    return not await choices.changed_since(services.db, at)


async def _settled(
    request: Request, services: Services, found: "Found", *, question: str, on_roster: int | None
) -> Reply:
    """What is said, and what is counted: a clause that answered, or a question without an answer."""
    if found is None:
        return await refusing.refuse(request, services, question)
    reply = said(found, question=question, on_roster=on_roster)
    if (shown := direct(found)) is not None:
        await _count(request, services, shown.passage, shown.clause)
    if not isinstance(found, Suggestions) or len(found.items) > MOST_SUGGESTED:
        return reply
    if await refusing.community_of(request, services) is None:
        return reply
    (message,) = reply.messages
    return Reply((replace(message, buttons=(*message.buttons, (NONE_OF_THESE,))),))


async def _count(request: Request, services: Services, passage: Passage, clause: Clause) -> None:
    community = await refusing.community_of(request, services)
    await uses.count(
        services.db,
        community_id=community.id if community is not None else None,
        passage=passage.id,
        start=clause.start,
        end=clause.end,
        on=day_of(request.at),
    )


def _manners_of_the_group(earlier: int, services: Services, *, is_answered: bool) -> Reply | None:
    """Three questions a person in ten minutes, then one line; nothing is answered twice."""
    if earlier > MOST_QUESTIONS:
        return Reply()
    if earlier == MOST_QUESTIONS:
        return say(texts.TOO_MANY, (private_chat(services.bot_username),))
    if is_answered:
        return say(texts.ANSWERED_ABOVE)
    return None


async def _team_size(request: Request, services: Services) -> int | None:
    """The team of the group's own community today; None elsewhere."""
    if request.place is Place.PRIVATE:
        return None
    try:
        community = await communities.in_group(services.db, request.chat_id)
    except NoCommunity:
        return None
    today = day_of(request.at)
    return len(await people.team_on(services.db, community_id=community.id, day=today)) or None


def reply_to(
    question: str,
    library: Library,
    *,
    previous: Sequence[str] = (),
    on_roster: int | None = None,
    seen: frozenset[str] | None = None,
) -> Reply:
    """What the documents with the keys in `seen` (all, if none are given) say, or how to ask."""
    if not question:
        return say(texts.ASK_HOW)
    if len(question) > LONGEST:
        return say(delivery.TOO_LONG)
    found = find(question, library, previous=previous, seen=seen)
    return said(found, question=question, on_roster=on_roster)


@dataclass(frozen=True)
class Computed:
    """The asker's own numbers, and the clause that says what follows from them."""

    numbers: Numbers
    passage: Passage
    clause: Clause


Found = Computed | Answer | Suggestions | Manner | None


def direct(found: Found) -> Computed | Answer | None:
    """The answer itself; None for suggestions, a refusal, and where it is asked back."""
    match found:
        case Computed() if calculations.is_complete(found.numbers):
            return found
        case Answer():
            return found
        case _:
            return None


def find(
    question: str,
    library: Library,
    *,
    previous: Sequence[str] = (),
    seen: frozenset[str] | None = None,
) -> Found:
    """Manners first, then what our two documents are known for, then all documents with the keys in `seen`.

    Of a long story only the last 500 characters are read.
    """
    question = question[-LONGEST:]
    if (manner := manners.read(question)) is not None:
        return manner
    ours = seen is None or seen >= SHIPPED
    known = None
    if ours and not library.names_another(question, seen):
        known = _known(question, library, previous)
    return _whole(known or library.answer(question, previous=previous, view=seen))


def _whole(found: Found) -> Found:
    """What a community has written itself is never shown in part: it was approved as one answer."""
    match found:
        case Answer():
            others = tuple(replace(one, clause=_shown(one)) for one in found.others)
            return replace(found, clause=_shown(found), others=others)
        case Suggestions():
            items = tuple(replace(one, clause=_shown(one)) for one in found.items)
            return replace(found, items=items)
        case _:
            return found


def _shown(one: Answer | Suggestion) -> Clause:
    return one.passage.body if one.passage.document.is_taught else one.clause


def _known(
    question: str, library: Library, previous: Sequence[str]
) -> Computed | Suggestions | Answer | None:
    """The asker's own numbers, words of two meanings, and premises: of our two documents only."""
    if (numbers := calculations.read(question, previous=previous)) is not None:
        passage_id, words = computed.clause_of(numbers)
        passage = _passage(passage_id, library)
        return Computed(numbers, passage, passage.clause(words))
    if not previous and (senses := homonyms.ambiguous(question)) is not None:
        return Suggestions(tuple(_offered(sense, library) for sense in senses))
    if (place := premises.subject(question)) is not None:
        passage = _passage(place[0], library)
        return Answer(passage, passage.clause(place[1]), 1.0)
    return None


def _passage(passage_id: str, library: Library) -> Passage:
    """A passage that rules and tables name: it is always there."""
    passage = library.passage(passage_id)
    if passage is None:
        raise KeyError(passage_id)
    return passage


def _offered(sense: Sense, library: Library) -> Suggestion:
    passage = _passage(sense.passage, library)
    return Suggestion(sense.offered, passage, passage.clause(sense.clause))


def said(found: Found, *, question: str = "", on_roster: int | None = None) -> Reply:
    """What was found, in words; a premise of the question is confirmed or corrected first."""
    match found:
        case Computed():
            return say(computed.result(found.numbers, found.passage, on_roster=on_roster))
        case Answer():
            premise = premises.check(question, found.clause.text)
            return say(
                texts.answer(found.passage, found.clause, premise=premise),
                *texts.answer_buttons(found.passage, found.clause, found.others),
            )
        case Manner():
            return say(texts.MANNERS[found])
        case Suggestions():
            return say(texts.SUGGESTIONS, *texts.suggestion_buttons(found))
        case _:
            return say(texts.NO_ANSWER)


async def _suggested(request: Request, services: Services) -> Reply:
    """A pressed suggestion: its passage and clause take the place of what was shown."""
    found = await view.clause(request, services, request.words)
    await _count(request, services, *found)
    shown = Message(texts.answer(*found), texts.answer_buttons(*found), replaces=True)
    return Reply((shown,))
