"""The buttons under an answer: the whole passage and its neighbours, and whether it helped."""

from handlers import refusing, view
from handlers.attendance import is_number
from handlers.conversation import Message, Reply, Request, Services
from handlers.texts import questions as texts
from records import feedback
from records.errors import StaleButton
from records.model import Verdict


async def read(request: Request, services: Services) -> Reply:
    """The whole passage in place of the answer, with the previous and the next one to press."""
    passage_id, _slash, words = request.words.partition("/")
    passage = await view.passage(request, services, passage_id)
    part = int(words) if is_number(words) else 1
    same = [one for one in services.library.passages if one.document.key == passage.document.key]
    position = same.index(passage)
    before = same[position - 1] if position else None
    behind = same[position + 1] if position + 1 < len(same) else None
    buttons = (*texts.part_buttons(passage, part), *texts.neighbour_buttons(before, behind))
    return Reply((Message(texts.whole(passage, part), buttons, replaces=True),))


async def solved(request: Request, services: Services) -> Reply:
    """The answer helped."""
    return await _record(request, services, Verdict.SOLVED, request.words)


async def unsolved(request: Request, services: Services) -> Reply:
    """The answer did not help: ask for one of five reasons, then keep it."""
    place, _colon, reason = request.words.partition("/")
    if not reason:
        found = await view.clause(request, services, place)
        buttons = texts.reason_buttons(place)
        return Reply((Message(texts.answer(*found), buttons, replaces=True),))
    return await _record(request, services, _verdict(reason), place)


def _verdict(reason: str) -> Verdict:
    try:
        return Verdict(reason)
    except ValueError as error:
        raise StaleButton from error


async def _record(request: Request, services: Services, verdict: Verdict, place: str) -> Reply:
    """Keep the verdict; the answer stays, without the buttons that asked."""
    passage, clause = await view.clause(request, services, place)
    if request.message_id is None:
        raise StaleButton
    await feedback.record(
        services.db,
        chat_id=request.chat_id,
        message_id=request.message_id,
        passage=passage.id,
        verdict=verdict,
        at=request.at,
    )
    if verdict is not Verdict.SOLVED:
        await refusing.did_not_help(request, services, place, verdict)
    shown = Message(texts.answer(passage, clause), texts.read_buttons(passage), replaces=True)
    return Reply((shown,), toast=texts.THANKS_FOR[verdict is Verdict.SOLVED])
