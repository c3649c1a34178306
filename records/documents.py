"""Documents of one's own: drafted, published, replaced, confirmed and withdrawn."""

from datetime import date, datetime, time, timedelta
from typing import Any, Unpack

from sqlalchemy import and_, delete, insert, or_, select, update

from records import choices, revisions
from records.calendar import CHINA, day_of
from records.choices import applying, choose, open_to_all
from records.database import Transaction
from records.errors import DocumentKnown, NoDocument, StaleButton, WordsTooLong
from records.filed import (
    Card,
    Content,
    Filed,
    content,
    everything,
    filed_of,
    known,
    listed,
    offered,
    visible,
    with_condition,
    with_id,
)
from records.model import DocumentState
from records.schema import document_contents, documents
from records.yearly import years_after

__all__ = [
    "Card",
    "Content",
    "Filed",
    "applying",
    "change_card",
    "changes",
    "choose",
    "confirm",
    "content",
    "discard",
    "draft",
    "everything",
    "forget",
    "known",
    "listed",
    "offered",
    "open_to_all",
    "publish",
    "renew_index",
    "revision",
    "set_content",
    "to_check",
    "visible",
    "with_id",
    "withdraw",
]

DRAFT_KEPT = timedelta(days=1)
# long enough to show somebody what he was answered from; the card stays
WITHDRAWN_KEPT = timedelta(days=30)


async def draft(
    db: Transaction,
    content: Content,
    *,
    community_id: int | None,
    subdistrict: str | None = None,
    form: str,
    digest: str,
    passages: int,
    by: int | None,
    at: datetime,
    **card: Unpack[Card],
) -> Filed:
    """A document before 〔发布〕: nobody is answered from it. WordsTooLong."""
    values = {
        "community_id": community_id,
        "subdistrict": subdistrict,
        "form": form,
        "digest": digest,
        "passages": passages,
        "drafted_by": by,
        "added_at": at,
        "state": DocumentState.DRAFT,
    }
    query = insert(documents).values(values | _checked(dict(card))).returning(documents)
    filed = filed_of((await db.execute(query)).one())
    await db.execute(insert(document_contents).values(document_id=filed.id, **vars(content)))
    return filed


def _checked(card: dict[str, Any]) -> dict[str, Any]:
    """WordsTooLong if a line of the card is empty or has no room."""
    for name, words in card.items():
        room = getattr(documents.c[name].type, "length", None)
        if isinstance(words, str) and room and not 0 < len(words.strip()) <= len(words) <= room:
            raise WordsTooLong
    return card


async def change_card(db: Transaction, document_id: int, **card: Unpack[Card]) -> Filed:
    """NoDocument, WordsTooLong."""
    return await _change(db, await _locked(db, document_id), _checked(dict(card)))


async def set_content(db: Transaction, filed: Filed, content: Content) -> Filed:
    """New standard questions, and the index that was built with them. NoDocument."""
    fresh = await _locked(db, filed.id)
    mine = document_contents.c.document_id == fresh.id
    query = update(document_contents).where(mine).values(**vars(content))
    if (await db.execute(query.returning(document_contents.c.document_id))).first() is None:
        raise NoDocument
    return await _change(db, fresh, {})


async def renew_index(db: Transaction, document_id: int, *, was: bytes, index: bytes) -> None:
    """The same index in the form of this program, unless there is another one by now; no new revision."""
    kept = document_contents.c
    query = update(document_contents).where(kept.document_id == document_id, kept.index == was)
    await db.execute(query.values(index=index))


async def publish(
    db: Transaction, filed: Filed, *, by: str, at: datetime, replaces: int | None = None
) -> Filed:
    """From now on it answers, once, instead of the version it replaces. StaleButton, DocumentKnown."""
    fresh = await _locked(db, filed.id, DocumentState.DRAFT)
    before = await _replaced(db, fresh, replaces) if replaces is not None else None
    revision = await revisions.following(db)  # from here on publishing goes one by one
    same = await known(
        db, fresh.digest, community_id=fresh.community_id, subdistrict=fresh.subdistrict
    )
    if same is not None and same.id != replaces:
        raise DocumentKnown(same.title)
    values = {
        "state": DocumentState.PUBLISHED,
        "published_at": at,
        "published_by": by,
        "drafted_by": None,
        "revision": revision,
    }
    if before is not None:
        await _write(db, before, {"state": DocumentState.SUPERSEDED, "revision": revision})
        await choices.hand_on(db, before, to=fresh)
        values |= {"replaces_id": before.id, "version": before.version + 1}
    return await _write(db, fresh, values)


async def _replaced(db: Transaction, fresh: Filed, number: int) -> Filed:
    """A version is replaced by whoever it belongs to. StaleButton."""
    before = await _locked(db, number, DocumentState.PUBLISHED)
    if (before.community_id, before.subdistrict) != (fresh.community_id, fresh.subdistrict):
        raise StaleButton
    return before


async def withdraw(db: Transaction, filed: Filed, *, by: str, at: datetime) -> Filed:
    """It answers nothing any more, 历史查询 included; no earlier version takes its place. StaleButton."""
    fresh = await _locked(db, filed.id, DocumentState.PUBLISHED, DocumentState.SUPERSEDED)
    values = {"state": DocumentState.WITHDRAWN, "withdrawn_at": at, "withdrawn_by": by}
    return await _change(db, fresh, values)


async def confirm(db: Transaction, filed: Filed, *, by: str, at: datetime) -> Filed:
    """Its status still holds, also past its own end; it is asked again in a year. StaleButton."""
    fresh = await _locked(db, filed.id, DocumentState.PUBLISHED)
    return await _change(db, fresh, {"checked_on": day_of(at), "checked_by": by})


async def discard(db: Transaction, filed: Filed) -> None:
    """A draft that is not wanted. StaleButton if it was published."""
    fresh = await _locked(db, filed.id, DocumentState.DRAFT)
    await db.execute(delete(document_contents).where(document_contents.c.document_id == fresh.id))
    await db.execute(delete(documents).where(documents.c.id == fresh.id))


async def to_check(db: Transaction, today: date) -> list[Filed]:
    """Published, past its own end or not confirmed for a year: whether it is still valid is asked."""
    last = years_after(today, -1)
    next_day = datetime.combine(last + timedelta(days=1), time(), CHINA)
    checked = documents.c.checked_on
    unconfirmed = and_(checked.is_(None), documents.c.published_at < next_day)
    condition = and_(
        documents.c.state == DocumentState.PUBLISHED,
        or_(checked <= last, unconfirmed, documents.c.valid_until < today),
    )
    found = await with_condition(db, condition)
    return [filed for filed in reversed(found) if filed.check_due(today) is not None]


async def changes(db: Transaction, since: int) -> list[tuple[int, int, DocumentState]]:
    """Number, revision and state of what was changed after a revision, in order; never a draft."""
    query = (
        select(documents.c.id, documents.c.revision, documents.c.state)
        .where(documents.c.revision > since)
        .order_by(documents.c.revision, documents.c.id)
    )
    return [(row.id, row.revision, row.state) for row in (await db.execute(query)).all()]


async def revision(db: Transaction) -> int:
    """The latest revision of all documents and taught answers; 0 where there was no change yet."""
    return await revisions.latest(db)


async def forget(db: Transaction, *, now: datetime) -> None:
    """Drafts go after a day, the text of what was withdrawn after thirty."""
    is_draft = documents.c.state == DocumentState.DRAFT
    drafts = select(documents.c.id).where(is_draft, documents.c.added_at <= now - DRAFT_KEPT)
    gone = select(documents.c.id).where(
        documents.c.state == DocumentState.WITHDRAWN,
        documents.c.withdrawn_at <= now - WITHDRAWN_KEPT,
    )
    of = document_contents.c.document_id
    old = list((await db.execute(drafts.with_for_update())).scalars())
    await db.execute(delete(document_contents).where(or_(of.in_(old), of.in_(gone))))
    await db.execute(delete(documents).where(documents.c.id.in_(old)))


async def _locked(db: Transaction, number: int, *states: DocumentState) -> Filed:
    """Nobody else changes it until the commit. NoDocument; StaleButton if it is in another state."""
    query = select(documents).where(documents.c.id == number).with_for_update()
    if (row := (await db.execute(query)).one_or_none()) is None:
        raise NoDocument
    if states and row.state not in states:
        raise StaleButton
    return filed_of(row)


async def _change(db: Transaction, filed: Filed, values: dict[str, Any]) -> Filed:
    """Who has loaded it has to load it again; nobody has loaded a draft."""
    if filed.state is not DocumentState.DRAFT:
        values = values | {"revision": await revisions.following(db)}
    return await _write(db, filed, values) if values else filed


async def _write(db: Transaction, filed: Filed, values: dict[str, Any]) -> Filed:
    query = update(documents).where(documents.c.id == filed.id).values(values)
    return filed_of((await db.execute(query.returning(documents))).one())
