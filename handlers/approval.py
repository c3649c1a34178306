"""/approve: 接入确认 of a subdistrict's communities, taken back by a second press; and their order."""

from collections.abc import Sequence

from handlers.attendance import expect
from handlers.conversation import Button, Message, Reply, Request, Services
from handlers.subdistrict import number, page_of, parts, staff_of
from handlers.texts import approval as texts
from handlers.texts.text import Text
from records import connections, overview, people
from records.database import Transaction
from records.errors import OrderMissing, StaleButton
from records.model import Community, Role


async def approve(request: Request, services: Services) -> Reply:
    """What waits; pressed with a community, it is confirmed and its office is told."""
    one = await staff_of(request, services)
    if not (request.pressed and request.words):
        found = await connections.of_subdistrict(services.db, one.subdistrict)
        keys = texts.waiting_buttons(found)
        return Reply((Message(texts.waiting(found), keys, replaces=request.pressed),))
    done = await connections.confirm(services.db, one, number(request.words), at=request.at)
    shown = Message(texts.confirmed(done), texts.confirmed_buttons(done.community), replaces=True)
    if not done.is_new:
        return Reply((shown,))
    words, keys = texts.told_confirmed(one, done.community), texts.told_buttons(done.community)
    return Reply((shown, *await _told(services.db, done.community, words, keys)))


async def connection(request: Request, services: Services) -> Reply:
    """One that is confirmed: since when, and the way back."""
    one = await staff_of(request, services)
    wanted = number(parts(request, least=1)[0])
    listed = await connections.of_subdistrict(services.db, one.subdistrict)
    found = next((each for each in listed if each.community.id == wanted), None)
    if found is None or found.confirmed_at is None:
        raise StaleButton
    keys = texts.confirmed_buttons(found.community)
    return Reply((Message(texts.confirmed(found), keys, replaces=True),))


async def disconnect(request: Request, services: Services) -> Reply:
    """撤销确认: the subdistrict sees nothing of it any more, and the community hears of it."""
    one = await staff_of(request, services)
    wanted = number(parts(request, least=1)[0])
    community = (await connections.revoke(services.db, one, wanted, at=request.at)).community
    shown = Message(texts.revoked(community), texts.revoked_buttons(), replaces=True)
    words = texts.told_revoked(one, community)
    return Reply((shown, *await _told(services.db, community, words, ())))


async def _told(
    db: Transaction,
    community: Community,
    words: Text,
    buttons: tuple[tuple[Button, ...], ...],
) -> Sequence[Message]:
    """To the workers and the Party secretary."""
    told = await people.with_roles(
        db, community_id=community.id, wanted=[Role.PARTY_WORKER, Role.PARTY_SECRETARY]
    )
    accounts = dict.fromkeys(account for _person, account in told)
    return [Message(words, buttons, chat_id=account) for account in accounts]


async def connected(request: Request, services: Services) -> Reply:
    """已接入的社区, a page of them."""
    one = await staff_of(request, services)
    page = number(parts(request, least=1)[0])
    listed = overview.confirmed(await connections.of_subdistrict(services.db, one.subdistrict))
    shown, has_more = page_of(listed, page, texts.PAGE)
    keys = texts.connected_buttons(shown, page=page, has_more=has_more)
    return Reply((Message(texts.connected(len(listed)), keys, replaces=True),))


async def arrange(request: Request, services: Services) -> Reply:
    """社区排序: the next words are the names in administrative order."""
    one = await staff_of(request, services)
    await expect(request, services, "arranged")
    found = await connections.of_subdistrict(services.db, one.subdistrict)
    return Reply((Message(texts.arrange(found), texts.arrange_buttons(), replaces=True),))


async def arranged(request: Request, services: Services) -> Reply:
    """The names, a line each. OrderMissing, NoSuchCommunity."""
    one = await staff_of(request, services)
    names = [line.strip() for line in request.words.splitlines() if line.strip()]
    if not names:
        raise OrderMissing
    found = await connections.arrange(services.db, one, names)
    return Reply((Message(texts.arranged(found)),))
