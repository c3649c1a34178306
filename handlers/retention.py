"""What will be forgotten: exported first, or kept three months longer, once."""

from dataclasses import replace

from handlers.attendance import is_number, user_id_of
from handlers.calling import manager
from handlers.conversation import Message, Reply, Request, Services
from handlers.files import year_end
from handlers.texts import papers as paper_texts
from handlers.texts import retention as texts
from records import retention
from records.errors import StaleButton


async def longer(request: Request, services: Services) -> Reply:
    """延后3个月."""
    _community, person = await manager(_by_hand(request), services)
    kept = await retention.extend(services.db, _year(request), by=person, at=request.at)
    return Reply((Message(texts.extended(kept), texts.notice_buttons(kept), replaces=True),))


async def export(request: Request, services: Services) -> Reply:
    """导出: the year-end material of that year."""
    community, _person = await manager(_by_hand(request), services)
    await year_end.order(
        services.db,
        community,
        year=_year(request),
        chat_id=user_id_of(request),
        at=request.at,
    )
    return Reply(toast=paper_texts.COMING)


def _year(request: Request) -> int:
    if not is_number(request.words):
        raise StaleButton
    return int(request.words)


def _by_hand(request: Request) -> Request:
    """The button carries a year, not a meeting."""
    return replace(request, pressed=False)
