"""Asking the documents: an answer word for word, three suggestions, or an honest no."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.conversation import Message, Place, Reply, Request, Services, say
from handlers.texts import calculations as computed
from handlers.texts import delivery
from handlers.texts import questions as texts
from handlers.texts.setup import private_chat
from knowledge import calculations, homonyms, manners, premises
from knowledge.calculations import Numbers
from knowledge.homonyms import Sense
from knowledge.library import Answer, Library, Suggestion, Suggestions
from knowledge.manners import Manner
from knowledge.passages import Clause, Passage
from records import communities, dialogues, people
from records.calendar import day_of
from records.dialogues import Asked
from records.errors import NoCommunity, StaleButton

LONGEST = 500  # characters of a question
MOST_QUESTIONS = 3  # of one person in a group within ten minutes


async def ask(request: Request, services: Services) -> Reply:
    """Answer what was asked, or the message that /ask replies to."""
    if request.pressed:
        return _suggested(request, services)
    question = (request.words or request.replied_text or "").strip()
    if request.user_id is None or not 0 < len(question) <= LONGEST:
        return reply_to(question, services.library)
    asked = await dialogues.recent(services.db, chat_id=request.chat_id, now=request.at)
    await dialogues.remember(
        services.db,
        chat_id=request.chat_id,
        user_id=request.user_id,
        text=question,
        at=request.at,
    )
    mine = [one.text for one in asked if one.user_id == request.user_id]
    hint = _manners_of_the_group(question, mine, asked, services)
    if request.place is Place.GROUP and hint is not None:
        return hint
    on_roster = await _team_size(request, services)
    return reply_to(question, services.library, previous=mine[-2:], on_roster=on_roster)


def _manners_of_the_group(
    question: str, mine: Sequence[str], asked: Sequence[Asked], services: Services
) -> Reply | None:
    """Three questions a person in ten minutes, then one line; nothing is answered twice."""
    if len(mine) > MOST_QUESTIONS:
        return Reply()
    if len(mine) == MOST_QUESTIONS:
        return say(texts.TOO_MANY, (private_chat(services.bot_username),))
    if question in {one.text for one in asked}:
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
) -> Reply:
    """What the documents say to a question, or how to ask."""
    if not question:
        return say(texts.ASK_HOW)
    if len(question) > LONGEST:
        return say(delivery.TOO_LONG)
    found = find(question, library, previous=previous)
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


def find(question: str, library: Library, *, previous: Sequence[str] = ()) -> Found:
    """Manners first, then the asker's own numbers, words of two meanings, and the documents.

    Of a long story only the last 500 characters are read.
    """
    question = question[-LONGEST:]
    if (manner := manners.read(question)) is not None:
        return manner
    if (numbers := calculations.read(question, previous=previous)) is not None:
        passage_id, words = computed.clause_of(numbers)
        passage = _passage(passage_id, library)
        return Computed(numbers, passage, passage.clause(words))
    if not previous and (senses := homonyms.ambiguous(question)) is not None:
        return Suggestions(tuple(_offered(sense, library) for sense in senses))
    if (place := premises.subject(question)) is not None:
        passage = _passage(place[0], library)
        return Answer(passage, passage.clause(place[1]), 1.0)
    return library.answer(question, previous=previous)


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
                *texts.answer_buttons(found.passage, found.clause),
            )
        case Manner():
            return say(texts.MANNERS[found])
        case Suggestions():
            return say(texts.SUGGESTIONS, *texts.suggestion_buttons(found))
        case _:
            return say(texts.NO_ANSWER)


def _suggested(request: Request, services: Services) -> Reply:
    """A pressed suggestion: its passage and clause take the place of the suggestions."""
    found = texts.read_suggestion(request.words, services.library)
    if found is None:
        raise StaleButton
    shown = Message(texts.answer(*found), texts.answer_buttons(*found), replaces=True)
    return Reply((shown,))


async def sources(_request: Request, services: Services) -> Reply:
    """The documents with their cards."""
    return say(texts.sources(services.library.documents))
