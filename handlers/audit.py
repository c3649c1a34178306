"""/audit: what was done, by whom and when; the newest first."""

from dataclasses import replace

from handlers.attendance import is_number
from handlers.calling import manager
from handlers.conversation import Message, Place, Reply, Request, Services
from handlers.texts import audit as texts
from records import meetings, operations
from records.errors import PrivateOnly

PAGE = 15


async def audit(request: Request, services: Services) -> Reply:
    """A page of the operations of the community, or the page before it."""
    if request.place is Place.GROUP:
        raise PrivateOnly
    community, _person = await manager(
        request if not request.pressed else _without_meeting(request), services
    )
    before = int(request.words) if request.pressed and is_number(request.words) else None
    found = await operations.latest(
        services.db, community_id=community.id, limit=PAGE, before=before
    )
    known = {one.id: one for one in await meetings.every_one(services.db, community)}
    message = Message(
        texts.listed(found, known), texts.more_buttons(found, PAGE), replaces=request.pressed
    )
    return Reply((message,))


def _without_meeting(request: Request) -> Request:
    """The button carries an operation, not a meeting."""
    return replace(request, pressed=False, words="")
