"""Asking the documents: an answer word for word, three suggestions, or an honest no."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.conversation import Message, Place, Reply, Request, Services, say
from handlers.texts import calculations as computed
from handlers.texts import delivery
from handlers.texts import questions as texts
from knowledge import calculations
from knowledge.calculations import Numbers
from knowledge.library import Answer, Library, Suggestions
from knowledge.passages import Clause, Passage
from records import communities, people
from records.calendar import day_of
from records.errors import NoCommunity, StaleButton

LONGEST = 500  # characters of a question


async def ask(request: Request, services: Services) -> Reply:
    """Answer what was asked, or the message that /ask replies to."""
    if request.pressed:
        return _suggested(request, services)
    question = (request.words or request.replied_text or "").strip()
    return reply_to(question, services.library, on_roster=await _team_size(request, services))


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


def reply_to(question: str, library: Library, *, on_roster: int | None = None) -> Reply:
    """What the documents say to a question, or how to ask."""
    if not question:
        return say(texts.ASK_HOW)
    if len(question) > LONGEST:
        return say(delivery.TOO_LONG)
    return said(find(question, library), on_roster=on_roster)


@dataclass(frozen=True)
class Computed:
    """The asker's own numbers, and the clause that says what follows from them."""

    numbers: Numbers
    passage: Passage
    clause: Clause


Found = Computed | Answer | Suggestions | None


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
    """A computed answer where the question brings its own numbers; else what the library finds."""
    numbers = calculations.read(question, previous=previous)
    if numbers is None:
        return library.answer(question, previous=previous)
    passage_id, words = computed.clause_of(numbers)
    passage = library.passage(passage_id)
    return Computed(numbers, passage, passage.clause(words)) if passage is not None else None


def said(found: Found, *, on_roster: int | None = None) -> Reply:
    """What was found, in words."""
    match found:
        case Computed():
            return say(computed.result(found.numbers, found.passage, on_roster=on_roster))
        case Answer():
            return say(texts.answer(found.passage, found.clause))
        case Suggestions():
            return say(texts.SUGGESTIONS, *texts.suggestion_buttons(found))
        case _:
            return say(texts.NO_ANSWER)


def _suggested(request: Request, services: Services) -> Reply:
    """A pressed suggestion: its passage and clause take the place of the suggestions."""
    found = texts.read_suggestion(request.words, services.library)
    if found is None:
        raise StaleButton
    return Reply((Message(texts.answer(*found), replaces=True),))


async def sources(_request: Request, services: Services) -> Reply:
    """The documents with their cards."""
    return say(texts.sources(services.library.documents))
