"""向街道提供台账: a community's decision, for a purpose in words, taken back at any time; and the subdistrict's export."""

from collections.abc import Sequence

from handlers.attendance import expect, is_number, user_id_of
from handlers.conversation import Message, Reply, Request, Services
from handlers.files import shared_ledger
from handlers.office import numbers, office
from handlers.subdistrict import number, parts, staff_of
from handlers.texts import papers as paper_texts
from handlers.texts import sharing as texts
from records import connections, sharing, subdistricts
from records.calendar import day_of
from records.database import Transaction
from records.errors import NotConnected, NotShared, StaleButton
from records.model import Community

YEARS = 2  # this one and the one before


async def share(request: Request, services: Services) -> Reply:
    """Which year; then the purpose is asked for. NotConnected."""
    community, _person = await office(request, services)
    if not await connections.is_confirmed(services.db, community.id):
        raise NotConnected
    today = day_of(request.at)
    years = [today.year - back for back in range(YEARS)]
    chosen = numbers(request)
    if not chosen:
        found = await sharing.of_community(services.db, community)
        keys = texts.which_buttons(community, found, years)
        return Reply((Message(texts.which(community, found), keys),))
    if not is_number(chosen[0]) or int(chosen[0]) not in years:
        raise StaleButton
    await expect(request, services, "purpose", f"{community.id}:{chosen[0]}")
    asked = texts.ask_purpose(int(chosen[0]))
    return Reply((Message(asked, texts.ask_buttons(), replaces=True),))


async def purpose(request: Request, services: Services) -> Reply:
    """The purpose in words: from now on the staff may read the ledger, and hear so. WordsTooLong."""
    community, person = await office(request, services)
    year = int(numbers(request, least=1)[0])
    found = await sharing.grant(
        services.db, community, year=year, purpose=request.words, by=person, at=request.at
    )
    told = await _staff(
        services.db,
        community,
        Message(
            texts.told_granted(community, found, person),
            texts.told_granted_buttons(community, found),
        ),
    )
    keys = texts.granted_buttons(community, found)
    return Reply((Message(texts.granted(community, found), keys), *told))


async def unshare(request: Request, services: Services) -> Reply:
    """停止提供."""
    community, person = await office(request, services)
    wanted = number(numbers(request, least=1)[0])
    found = await sharing.revoke(services.db, community, wanted, by=person, at=request.at)
    told = await _staff(services.db, community, Message(texts.told_stopped(community, found)))
    return Reply((Message(texts.stopped(community, found), replaces=True), *told))


async def _staff(db: Transaction, community: Community, message: Message) -> Sequence[Message]:
    return [
        Message(message.text, message.buttons, chat_id=one.user_id)
        for one in await subdistricts.bound(db, community.subdistrict)
    ]


async def export(request: Request, services: Services) -> Reply:
    """The ledger of a shared year into the staff's chat; the community sees that in /audit. NotShared."""
    one = await staff_of(request, services)
    wanted, *year = parts(request, least=1)
    community = await connections.confirmed(services.db, one, number(wanted))
    if not year:
        raise NotShared
    found = await sharing.for_staff(services.db, one, community.id, year=number(year[0]))
    await sharing.log_export(services.db, community, found, by=one, at=request.at)
    await shared_ledger.order(services.db, found, chat_id=user_id_of(request), at=request.at)
    return Reply(toast=paper_texts.COMING)
