"""绑定条: asked for, agreed to, made by a job and sent in private."""

from handlers.attendance import user_id_of
from handlers.conversation import Message, Reply, Request, Services
from handlers.files import slips as paper
from handlers.office import numbers, office
from handlers.texts import roster as texts
from handlers.texts.text import text
from records import operations, roster
from records.calendar import day_of
from records.errors import AllBound


async def slips(request: Request, services: Services) -> Reply:
    """How many would be printed; codes issued before stop working, so it is asked first."""
    community, person = await office(request, services)
    unbound = await roster.unbound(services.db, community_id=community.id, today=day_of(request.at))
    if not unbound:
        raise AllBound
    if numbers(request) != ["yes"]:
        asked = texts.slips_asked(len(unbound))
        return Reply((Message(asked, texts.slips_buttons(community)),))
    await operations.log(
        services.db,
        by=person,
        act="issue_codes",
        subject=f"community:{community.id}",
        at=request.at,
    )
    await paper.order(
        services.db,
        community,
        bot_username=services.bot_username,
        chat_id=user_id_of(request),
        at=request.at,
    )
    return Reply((Message(text(texts.SLIPS_FOLLOW), replaces=True),))
