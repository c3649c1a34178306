"""Which documents may answer where a question was asked."""

from handlers.conversation import Place, Request, Services
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
