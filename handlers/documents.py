"""文件管理: the documents a community answers from, with their cards; chosen, checked, withdrawn."""

from handlers import document_desk as desk
from handlers import filing, view, withdrawals
from handlers.attendance import user_id_of
from handlers.conversation import Message, Place, Reply, Request, Services, say
from handlers.document_desk import Keeper, Meant
from handlers.office import which
from handlers.texts import document_cards as cards
from handlers.texts import documents as texts
from handlers.texts import questions
from handlers.texts.text import text
from knowledge.passages import Document
from records import documents, operations
from records.calendar import day_of
from records.choices import SHIPPED
from records.documents import Filed
from records.errors import DocumentWithdrawn, NotAllowed, PrivateOnly, StaleButton
from records.model import DocumentState


async def docs(request: Request, services: Services) -> Reply:
    """What answers here, and what is offered; of a subdistrict, what it offers."""
    if request.place is Place.GROUP:
        raise PrivateOnly
    places = [request.words]
    if not request.pressed:
        places = await desk.kept_by(services, user_id_of(request))
    if not places:
        raise NotAllowed
    if len(places) > 1:
        return await which(request, services, "docs") or Reply()
    who = await desk.keeper(request, services, places[0])
    entries, has_past = await _entries(request, services, who)
    keys = texts.list_buttons(entries, who.place, has_past=has_past)
    return Reply((Message(texts.listed(who.owner, entries), keys, replaces=request.pressed),))


async def _entries(
    request: Request, services: Services, who: Keeper
) -> tuple[list[texts.Entry], bool]:
    listed = await _listed(services, who)
    current = [one for one in listed if one.state is DocumentState.PUBLISHED]
    applying = await _applying(request, services, who)
    found = [
        texts.shipped_entry(one, applies=one.key in applying)
        for one in services.library.documents
        if one.key in SHIPPED and who.community_id is not None
    ]
    found += [
        texts.entry(
            one,
            applies=one.key in applying,
            community_id=who.community_id,
            today=day_of(request.at),
        )
        for one in current
    ]
    return found, len(current) < len(listed)


async def _listed(services: Services, who: Keeper) -> list[Filed]:
    """Without the drafts, the newest first."""
    if who.staff is None:
        return await documents.listed(services.db, who.community_id)
    return await documents.offered(services.db, who.staff.subdistrict)


async def _applying(request: Request, services: Services, who: Keeper) -> frozenset[str]:
    today = day_of(request.at)
    return await documents.applying(services.db, who.community_id, today=today)


async def past(request: Request, services: Services) -> Reply:
    """What was withdrawn or superseded; of the first only the card is left."""
    who = await desk.keeper(request, services, request.words)
    listed = await _listed(services, who)
    entries = [texts.past_entry(one) for one in listed if one.state is not DocumentState.PUBLISHED]
    keys = (*texts.list_buttons(entries, who.place), *texts.back_buttons(who.place))
    return Reply((Message(texts.past_listed(entries), keys, replaces=True),))


async def card(request: Request, services: Services) -> Reply:
    """Everything on the card of one document, with what can be done."""
    shipped = _shipped(request, services)
    if shipped is not None:
        return await _shipped_card(request, services, shipped)
    return Reply((await _card(request, services, await desk.meant(request, services)),))


def _shipped(request: Request, services: Services) -> Document | None:
    key = (*desk.carried(request), "")[0]
    known = services.library.documents if key in SHIPPED else ()
    return next((one for one in known if one.key == key), None)


async def _shipped_card(request: Request, services: Services, shipped: Document) -> Reply:
    who = await _keeper_of_shipped(request, services)
    applies = shipped.key in await _applying(request, services, who)
    keys = cards.shipped_buttons(shipped, who.place, applies=applies)
    return Reply((Message(cards.shipped_card(shipped, applies=applies), keys, replaces=True),))


async def _keeper_of_shipped(request: Request, services: Services) -> Keeper:
    _key, *more = desk.carried(request)
    return await desk.keeper(request, services, more[0] if more else "")


async def _card(request: Request, services: Services, found: Meant) -> Message:
    filed, who = found.filed, found.keeper
    applies = None
    if filed.state is DocumentState.PUBLISHED and who.community_id is not None:
        applies = filed.key in await _applying(request, services, who)
    repairs = await _repair_count(services, filed)
    versions = await _versions(services, filed)
    is_own, today = who.owns(filed), day_of(request.at)
    state = cards.state(filed, applies=applies, is_own=is_own, today=today)
    shown = cards.card(filed, repairs, state=state, versions=versions)
    if filed.is_expired(today):
        applies = None  # there is nothing to choose
    keys = cards.card_buttons(filed, who.place, repairs=repairs, applies=applies, is_own=is_own)
    return Message(shown, keys, replaces=True)


async def _repair_count(services: Services, filed: Filed) -> int:
    if filed.state is DocumentState.WITHDRAWN:  # only the card is shown
        return 0
    return len(filing.repairs_of(await documents.content(services.db, filed.id)))


async def _versions(services: Services, filed: Filed) -> list[Filed]:
    """The versions before, the newest first."""
    found = []
    number = filed.replaces_id
    while number is not None:
        before = await documents.with_id(services.db, number)
        found.append(before)
        number = before.replaces_id
    return found


async def repairs(request: Request, services: Services) -> Reply:
    """修复记录: what stood in the file beside what stands there now. DocumentWithdrawn."""
    shipped = _shipped(request, services)
    if shipped is not None:
        who = await _keeper_of_shipped(request, services)
        words = cards.repair_log(shipped.title, shipped.repairs)
        keys = cards.repair_buttons(f"{shipped.key}:{who.place}")
        return Reply((Message(words, keys, replaces=True),))
    found = await desk.meant(request, services)
    if found.filed.state is DocumentState.WITHDRAWN:
        raise DocumentWithdrawn
    kept = filing.repairs_of(await documents.content(services.db, found.filed.id))
    words = cards.repair_log(found.filed.title, kept)
    if found.filed.state is DocumentState.DRAFT:  # the preview stays where it is
        return Reply((Message(words),))
    return Reply((Message(words, cards.repair_buttons(found.words), replaces=True),))


async def choose(request: Request, services: Services) -> Reply:
    """适用, 改为不适用: from now on it answers here, or does not. StaleButton, NoDocument."""
    key, place, *more = (*desk.carried(request), "", "")
    who = await desk.keeper(request, services, place)
    if who.community is None or who.person is None or more[0] not in ("0", "1"):
        raise StaleButton
    applies, shipped = more[0] == "1", _shipped(request, services)
    filed = None if shipped is not None else (await desk.meant(request, services)).filed
    key, title = (filed.key, filed.title) if filed is not None else (key, _title(shipped))
    await documents.choose(
        services.db, who.community.id, key, applies=applies, by=who.role, at=request.at
    )
    await operations.log(
        services.db,
        by=who.person,
        act="use_document" if applies else "leave_document",
        subject=f"document:{key}",
        at=request.at,
        detail=texts.named(title),
    )
    toast = cards.chosen(title, applies=applies)
    if shipped is not None:
        return Reply((await _shipped_card(request, services, shipped)).messages, toast=toast)
    return Reply((await _card(request, services, await desk.meant(request, services)),), toast)


def _title(shipped: Document | None) -> str:
    return shipped.title if shipped is not None else ""


async def status(request: Request, services: Services) -> Reply:
    """核对状态: what was found."""
    found = await desk.owned(request, services)
    keys = cards.status_buttons(found.words)
    return Reply((Message(cards.ask_status(found.filed), keys, replaces=True),))


async def checked(request: Request, services: Services) -> Reply:
    """The status is kept; it is asked again in a year. StaleButton."""
    found = await desk.owned(request, services)
    if found.more not in {(str(number),) for number in range(len(texts.STATUSES))}:
        raise StaleButton
    chosen = texts.STATUSES[int(found.more[0])]
    changed = await documents.change_card(services.db, found.filed.id, status=chosen)
    toast = cards.confirmed(chosen)
    return await _confirmed(request, services, Meant(found.keeper, changed), toast)


async def valid(request: Request, services: Services) -> Reply:
    """仍然有效 under the yearly question. StaleButton."""
    found = await desk.owned(request, services)
    return await _confirmed(request, services, found, cards.confirmed())


async def _confirmed(request: Request, services: Services, found: Meant, toast: str) -> Reply:
    filed = await documents.confirm(services.db, found.filed, by=found.keeper.role, at=request.at)
    await desk.log(services, found, "confirm_document", at=request.at)
    done = Meant(found.keeper, filed)
    return Reply((await _card(request, services, done),), toast=toast)


async def withdraw(request: Request, services: Services) -> Reply:
    """撤回: asked once."""
    found = await desk.owned(request, services)
    keys = texts.withdrawal_buttons(found.words)
    return Reply((Message(texts.ask_withdrawal(found.filed), keys, replaces=True),))


async def gone(request: Request, services: Services) -> Reply:
    """确认撤回: it answers nothing any more, which a job then verifies. StaleButton."""
    found = await desk.owned(request, services)
    users = await withdrawals.users(services, found, today=day_of(request.at))
    filed = await documents.withdraw(services.db, found.filed, by=found.keeper.role, at=request.at)
    await desk.log(services, found, "withdraw_document", at=request.at)
    user_id = user_id_of(request)
    await withdrawals.order(services.db, filed, chat_id=user_id, at=request.at)
    return Reply((Message(text(texts.withdrawn(filed)), replaces=True), *users))


async def sources(request: Request, services: Services) -> Reply:
    """/sources: the documents that answer here, with their cards."""
    seen = await view.of(request, services)
    shown = [one for one in services.library.documents if one.key in seen and not one.is_taught]
    return say(questions.sources(shown))
