"""Documents of one's own as they are kept: their cards, who can see them, and their text beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypedDict

from sqlalchemy import ColumnElement, Row, select

from records.calendar import day_of
from records.database import Transaction
from records.errors import NoDocument
from records.model import DocumentState
from records.schema import communities, document_contents, documents
from records.yearly import turn, years_after


class Card(TypedDict, total=False):
    """The provenance card. None is what is not stated; title, status and origin always are."""

    title: str
    number: str | None
    issuer: str | None
    dated_on: date | None
    region: str | None
    status: str
    valid_until: date | None
    origin: str


@dataclass(frozen=True)
class Filed:
    """A document with its card. Without a community it is the operator's, for all of them.

    With a subdistrict it is offered to the communities of that subdistrict. `published_by`,
    `withdrawn_by` and `checked_by` say in which role. `drafted_by` is an account, kept while it is
    a draft. What changes for readers has a new `revision`; a draft has none (0).
    """

    id: int
    community_id: int | None
    subdistrict: str | None
    title: str
    number: str | None
    issuer: str | None
    dated_on: date | None
    region: str | None
    status: str
    valid_until: date | None
    origin: str
    form: str
    digest: str
    passages: int
    state: DocumentState
    version: int
    replaces_id: int | None
    drafted_by: int | None
    added_at: datetime
    published_at: datetime | None
    published_by: str | None
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    checked_on: date | None
    checked_by: str | None
    revision: int

    @property
    def key(self) -> str:
        return f"d{self.id}"

    def is_expired(self, today: date) -> bool:
        """Past its own end, and nobody has said since that it is still valid."""
        end = self.valid_until
        if end is None or end >= today:
            return False
        return self.checked_on is None or self.checked_on <= end

    def check_due(self, today: date) -> date | None:
        """The latest day on which it had to be asked whether it is still valid."""
        if self.published_at is None:
            return None
        if self.valid_until is not None and self.is_expired(today):
            return turn(self.valid_until + timedelta(days=1), today)
        first = years_after(self.checked_on or day_of(self.published_at), 1)
        return turn(first, today) if first <= today else None


@dataclass(frozen=True)
class Content:
    """What a document answers from: `questions` and `repairs` are JSON, `index` only knowledge can read."""

    text: str
    questions: str
    repairs: str
    index: bytes


async def with_id(db: Transaction, number: int) -> Filed:
    """Whose it is has to be looked at by whoever shows it, or `visible` be asked. NoDocument."""
    return await _one(db, documents.c.id == number)


async def visible(db: Transaction, number: int, *, community_id: int | None) -> Filed:
    """A document that the community can see, its own drafts among them. NoDocument."""
    own = documents.c.community_id == community_id  # IS NULL for None
    is_shown = (documents.c.state != DocumentState.DRAFT) | own
    return await _one(db, (documents.c.id == number) & visible_to(community_id) & is_shown)


async def content(db: Transaction, number: int) -> Content:
    """NoDocument if the text is no longer kept."""
    kept = document_contents.c
    query = select(kept.text, kept.questions, kept.repairs, kept.index)
    row = (await db.execute(query.where(kept.document_id == number))).one_or_none()
    if row is None:
        raise NoDocument
    text, questions, repairs, index = row
    return Content(text, questions, repairs, index)


async def known(
    db: Transaction, digest: str, *, community_id: int | None, subdistrict: str | None = None
) -> Filed | None:
    """The published document of the same text that the community, or all of the subdistrict, can see.

    What was superseded or withdrawn may be brought in again.
    """
    seen = visible_to(community_id)
    if subdistrict is not None:
        seen |= documents.c.subdistrict == subdistrict
    published = documents.c.state == DocumentState.PUBLISHED
    found = await with_condition(db, (documents.c.digest == digest) & published & seen)
    return found[0] if found else None


async def listed(db: Transaction, community_id: int | None) -> list[Filed]:
    """What a community can see without the drafts: its own, the operator's, its subdistrict's offers.

    The newest first; None is outside any community. Of what was withdrawn the card is left.
    """
    return await with_condition(
        db, visible_to(community_id) & (documents.c.state != DocumentState.DRAFT)
    )


async def offered(db: Transaction, subdistrict: str) -> list[Filed]:
    """What a subdistrict offers, or has offered, without its drafts."""
    theirs = documents.c.community_id.is_(None) & (documents.c.subdistrict == subdistrict)
    return await with_condition(db, theirs & (documents.c.state != DocumentState.DRAFT))


async def everything(db: Transaction) -> list[Filed]:
    """For the operator: every document of every community, drafts among them, the newest first."""
    return await with_condition(db, documents.c.id > 0)


async def with_condition(db: Transaction, condition: ColumnElement[bool]) -> list[Filed]:
    """The newest first."""
    query = select(documents).where(condition).order_by(documents.c.id.desc())
    return [filed_of(row) for row in (await db.execute(query)).all()]


def visible_to(community_id: int | None) -> ColumnElement[bool]:
    """Drafts are not looked at."""
    to_all = documents.c.community_id.is_(None) & documents.c.subdistrict.is_(None)
    if community_id is None:
        return to_all
    theirs = select(communities.c.subdistrict).where(communities.c.id == community_id)
    offered = documents.c.community_id.is_(None) & (
        documents.c.subdistrict == theirs.scalar_subquery()
    )
    return to_all | offered | (documents.c.community_id == community_id)


async def _one(db: Transaction, condition: ColumnElement[bool]) -> Filed:
    row = (await db.execute(select(documents).where(condition))).one_or_none()
    if row is None:
        raise NoDocument
    return filed_of(row)


def filed_of(row: Row[Any]) -> Filed:
    """The columns of the table are the fields, in the same order."""
    columns: Sequence[Any] = row
    return Filed(*columns)
