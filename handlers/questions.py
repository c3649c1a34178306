"""Asking the documents: an answer word for word, three suggestions, or an honest no."""

from handlers.conversation import Message, Reply, Request, Services, say
from handlers.texts import delivery
from handlers.texts import questions as texts
from knowledge.library import Answer, Library, Suggestions
from records.errors import StaleButton

LONGEST = 500  # characters of a question


async def ask(request: Request, services: Services) -> Reply:
    """Answer what was asked, or the message that /ask replies to."""
    if request.pressed:
        return _suggested(request, services)
    question = (request.words or request.replied_text or "").strip()
    return reply_to(question, services.library)


def reply_to(question: str, library: Library) -> Reply:
    """What the documents say to a question, or how to ask."""
    if not question:
        return say(texts.ASK_HOW)
    if len(question) > LONGEST:
        return say(delivery.TOO_LONG)
    return said(library.answer(question))


def said(found: Answer | Suggestions | None) -> Reply:
    """What was found, in words."""
    match found:
        case Answer():
            return say(texts.answer(found.passage, found.clause))
        case Suggestions():
            return say(texts.SUGGESTIONS, *texts.suggestion_buttons(found))
        case None:
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
