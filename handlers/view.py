"""Which documents may answer where a question was asked, and be shown where a button is pressed."""

from handlers import withdrawals
from handlers.conversation import Place, Request, Services
from handlers.texts import questions as texts
from knowledge.passages import Clause, Passage
from records import communities, documents, people
from records.calendar import day_of
from records.errors import NoCommunity, NotBound


async def of(request: Request, services: Services, *, historical: bool = False) -> frozenset[str]:
    """The keys of the documents that apply in the group's community, or in those the asker belongs to.

    Historical: the superseded ones and those whose own end is past (历史查询).
    """
    today, seen = day_of(request.at), frozenset[str]()
    theirs: list[int | None] = [*await _communities(request, services)]
    for community_id in theirs or [None]:
        seen |= await documents.applying(
            services.db, community_id, today=today, historical=historical
        )
    return seen


async def passage(request: Request, services: Services, passage_id: str) -> Passage:
    """What a button leads to. StaleButton, DocumentWithdrawn, AnswerWithdrawn: it is gone, or not theirs.

    Who presses may have made up what the button carries: no other community's words are shown for it.
    """
    found = services.library.passage(passage_id)
    if found is None or found.document.key not in await _ever_shown(request, services):
        raise await withdrawals.absent(services, passage_id)
    return found


async def clause(request: Request, services: Services, place: str) -> tuple[Passage, Clause]:
    """The same for a clause, as buttons carry it: d12-4:0:17."""
    found = texts.read_suggestion(place, services.library)
    if found is None:
        raise await withdrawals.absent(services, place)
    await passage(request, services, found[0].id)
    return found


async def _ever_shown(request: Request, services: Services) -> frozenset[str]:
    """What applies there, what a 历史查询 finds there, and what is open to everyone."""
    now, before = await of(request, services), await of(request, services, historical=True)
    return now | before | await documents.open_to_all(services.db, today=day_of(request.at))


async def _communities(request: Request, services: Services) -> list[int]:
    if request.place is Place.GROUP:
        try:
            return [(await communities.in_group(services.db, request.chat_id)).id]
        except NoCommunity:
            return []
    if request.user_id is None:
        return []
    try:
        bound = await people.all_of_account(services.db, user_id=request.user_id)
    except NotBound:
        return []
    return sorted({person.community_id for person in bound})
