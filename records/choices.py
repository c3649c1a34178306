"""Which documents answer where: a community switches off what does not apply, and takes what is offered."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, insert, literal, or_, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from records.database import Transaction
from records.errors import NoDocument
from records.filed import Filed, visible_to
from records.model import DocumentState, TaughtState
from records.schema import document_choices, documents, taught

SHIPPED = frozenset({"reg", "faq"})


async def applying(
    db: Transaction, community_id: int | None, *, today: date, historical: bool = False
) -> frozenset[str]:
    """The keys of the documents that answer in a community; None is outside any community.

    Historical: the superseded ones instead, and those whose own end is past.
    """
    ended = documents.c.state == DocumentState.SUPERSEDED
    published = documents.c.state == DocumentState.PUBLISHED
    past = _expired(today)
    of_time = ended | (published & past) if historical else published & ~past
    query = select(documents.c.id, documents.c.community_id, documents.c.subdistrict)
    rows = (await db.execute(query.where(visible_to(community_id) & of_time))).all()
    chosen = await _choices(db, community_id) if community_id is not None else {}
    keys = {f"d{row.id}": row.subdistrict is None for row in rows}
    if not historical:
        keys |= dict.fromkeys(SHIPPED, True)
        if community_id is not None and await _has_taught(db, community_id):
            keys[f"t{community_id}"] = True
    return frozenset(key for key, applies in keys.items() if chosen.get(key, applies))


async def open_to_all(db: Transaction, *, today: date) -> frozenset[str]:
    """What may be shown in any chat: the shipped documents and what the operator published."""
    return await applying(db, None, today=today)


async def changed_since(db: Transaction, moment: datetime) -> bool:
    """Whether something else may answer by now: published, withdrawn, chosen or taught at that moment or later."""
    moments = (
        documents.c.published_at,
        documents.c.withdrawn_at,
        document_choices.c.at,
        taught.c.approved_at,
        taught.c.withdrawn_at,
    )
    query = select(or_(*(exists().where(column >= moment) for column in moments)))
    return bool((await db.execute(query)).scalar_one())


async def choose(
    db: Transaction, community_id: int, key: str, *, applies: bool, by: str, at: datetime
) -> None:
    """Whether a document answers in the community, instead of what would be without it. NoDocument."""
    if key not in SHIPPED and not await _is_published(db, community_id, key):
        raise NoDocument
    build = sqlite_insert if db.dialect.name == "sqlite" else postgresql_insert
    facts = {"applies": applies, "chosen_by": by, "at": at}
    await db.execute(
        build(document_choices)
        .values(community_id=community_id, key=key, **facts)
        .on_conflict_do_update(index_elements=["community_id", "key"], set_=facts)
    )


async def hand_on(db: Transaction, before: Filed, *, to: Filed) -> None:
    """Who had chosen, or switched off, a version has done so with the next."""
    columns = [document_choices.c[name] for name in ("community_id", "applies", "chosen_by", "at")]
    query = select(*columns, literal(to.key)).where(document_choices.c.key == before.key)
    names = [*(column.name for column in columns), "key"]
    await db.execute(insert(document_choices).from_select(names, query))


async def _choices(db: Transaction, community_id: int) -> dict[str, bool]:
    query = select(document_choices.c.key, document_choices.c.applies).where(
        document_choices.c.community_id == community_id
    )
    return {row.key: row.applies for row in (await db.execute(query)).all()}


async def _is_published(db: Transaction, community_id: int, key: str) -> bool:
    number = key.removeprefix("d")
    if not number.isascii() or not number.isdecimal():
        return False
    is_it = (documents.c.id == int(number)) & (documents.c.state == DocumentState.PUBLISHED)
    query = select(documents.c.id).where(is_it & visible_to(community_id))
    return (await db.execute(query)).first() is not None


async def _has_taught(db: Transaction, community_id: int) -> bool:
    approved = taught.c.state == TaughtState.APPROVED
    query = select(exists().where(taught.c.community_id == community_id, approved))
    return bool((await db.execute(query)).scalar_one())


def _expired(today: date) -> ColumnElement[bool]:
    """As `Filed.is_expired`."""
    unconfirmed = documents.c.checked_on.is_(None) | (
        documents.c.checked_on <= documents.c.valid_until
    )
    return documents.c.valid_until.is_not(None) & (documents.c.valid_until < today) & unconfirmed
