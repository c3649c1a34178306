"""来源信息: the provenance card of a document, confirmed once before it is published, and corrected later."""

import re
from datetime import date
from typing import Any, cast

from handlers import document_desk as desk
from handlers.attendance import expect, user_id_of
from handlers.conversation import Message, Reply, Request, Services
from handlers.document_desk import Meant
from handlers.files.cells import DAY, UNSEEN, is_private
from handlers.texts import documents as names
from handlers.texts import importing as texts
from handlers.texts.text import text
from records import documents, prompts
from records.documents import Card, Filed
from records.errors import BadDocument, StaleButton
from records.model import DocumentState

WRITTEN = "doclines"  # the act that waits for the card
SEPARATOR = re.compile(r"\s*[:：]\s*")
DAYS = ("dated_on", "valid_until")
ALWAYS = ("title", "origin", "status")
FIELDS = {name: field for field, name in names.CARD.items()}


async def card(request: Request, services: Services) -> Reply:
    """补充来源信息: the lines to be corrected and sent back."""
    found = await desk.owned(request, services)
    await expect(request, services, WRITTEN, _carried(found))
    return Reply((Message(texts.edit(found.filed), texts.drop_buttons()),))


async def written(request: Request, services: Services) -> Reply:
    """The lines: of a draft they are shown once more, with 〔发布〕 below. BadDocument."""
    found = await desk.owned(request, services)
    changed = await documents.change_card(services.db, found.filed.id, **read(request.words))
    if changed.state is DocumentState.DRAFT:
        keys = texts.confirm_buttons(_carried(found))
        return Reply((Message(texts.confirm(changed, is_changed=True), keys),))
    await desk.log(services, found, "document_card", at=request.at)
    return Reply((Message(texts.edited(changed), texts.published_buttons(found.words)),))


def read(words: str) -> Card:
    """题名：…, line by line; what is not named stays as it is. BadDocument."""
    found: dict[str, Any] = {}
    for line in filter(None, map(str.strip, words.splitlines())):
        name, *rest = SEPARATOR.split(line, maxsplit=1)
        if name not in FIELDS or not rest:
            raise BadDocument(texts.unknown_line(line))
        found[FIELDS[name]] = _value(FIELDS[name], rest[0])
    return cast("Card", found)


def _value(field: str, written_: str) -> str | date | None:
    value = "" if written_ == names.UNSTATED else UNSEEN.sub("", written_).strip()
    if not value and field in ALWAYS:
        raise BadDocument(texts.missing(field))
    if not value:
        return None
    if field in DAYS:
        return _day(field, value)
    if field == "status" and value not in names.STATUSES:
        raise BadDocument(texts.not_a_status(value))
    if len(value) > texts.ROOM.get(field, 100):
        raise BadDocument(texts.too_long(field))
    if is_private(value):
        raise BadDocument(texts.private(field))
    return value


def _day(field: str, value: str) -> date:
    match = DAY.fullmatch(value.replace(" ", ""))
    try:
        if match is not None:
            return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        pass  # 31 June
    raise BadDocument(texts.not_a_day(field, value))


async def publish(request: Request, services: Services) -> Reply:
    """发布 under the preview: the card has to be looked at first."""
    found = await _draft(request, services)
    keys = texts.confirm_buttons(_carried(found))
    return Reply((Message(texts.confirm(found.filed), keys),))


async def agreed(request: Request, services: Services) -> Reply:
    """来源信息无误，发布: from now on it answers. StaleButton, DocumentKnown."""
    found = await _draft(request, services)
    before = await _replaced(services, found)
    filed = await documents.publish(
        services.db,
        found.filed,
        by=found.keeper.role,
        at=request.at,
        replaces=before.id if before is not None else None,
    )
    await _stop_waiting(request, services)
    done = Meant(found.keeper, filed)
    await desk.log(services, done, "publish_document", at=request.at)
    words = texts.published(filed, before, offered_by=found.keeper.subdistrict)
    shown = Message(words, texts.published_buttons(done.words), replaces=True)
    return Reply((shown, *await desk.letters(services, done)))


async def discard(request: Request, services: Services) -> Reply:
    """放弃. StaleButton once it is published."""
    found = await _draft(request, services)
    await documents.discard(services.db, found.filed)
    await _stop_waiting(request, services)
    return Reply((Message(text(texts.DISCARDED), replaces=True),))


async def _draft(request: Request, services: Services) -> Meant:
    found = await desk.owned(request, services)
    if found.filed.state is not DocumentState.DRAFT:
        raise StaleButton
    return found


async def _replaced(services: Services, found: Meant) -> Filed | None:
    number = found.more[0] if found.more else ""
    return await desk.seen(services, found.keeper, int(number)) if number.isdecimal() else None


def _carried(found: Meant) -> str:
    """33:7:12: the draft, whose it is, and what it would replace."""
    return ":".join((found.words, *found.more))


async def _stop_waiting(request: Request, services: Services) -> None:
    """The card is no more waited for."""
    user_id = user_id_of(request)
    prompt = await prompts.waiting(services.db, chat_id=user_id, user_id=user_id, now=request.at)
    if prompt is not None and prompt.action == WRITTEN:
        await prompts.drop(services.db, chat_id=user_id, user_id=user_id)
