"""Keeps the library of the running assistant in step with the records."""

import asyncio
import logging
from dataclasses import dataclass, field

from handlers import shelving
from knowledge.library import Library
from knowledge.stack import Volume
from records import communities, documents, taught
from records.database import Database, Transaction
from records.documents import Content, Filed
from records.model import DocumentState
from records.taught import Taught

logger = logging.getLogger(__name__)
READABLE = (DocumentState.PUBLISHED, DocumentState.SUPERSEDED)


@dataclass(frozen=True)
class _Changes:
    """What was changed since the library was built; gone are the keys that answer no more."""

    revision: int
    gone: frozenset[str]
    filed: tuple[tuple[Filed, Content], ...]
    answers: tuple[Taught, ...]
    names: dict[int, str]


@dataclass(frozen=True)
class _Renewed:
    """The index of a document as an older program wrote it, and as this one does."""

    document_id: int
    was: bytes
    index: bytes


@dataclass(frozen=True)
class _Read:
    """What stands on the shelf now, and the indexes that were built anew for it."""

    volumes: dict[str, Volume]
    renewed: tuple[_Renewed, ...]


@dataclass
class Shelf:
    """The library of now. It is replaced as a whole: who answers from the older one is not disturbed."""

    database: Database
    library: Library
    revision: int = 0
    _volumes: dict[str, Volume] = field(default_factory=dict)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def is_current(self, db: Transaction) -> bool:
        return await documents.revision(db) == self.revision

    async def refresh(self) -> None:
        """Read what was changed, in this process or another, and put it on the shelf."""
        async with self._turn:
            async with self.database.begin() as db:
                if await self.is_current(db):
                    return
                changes = await _changes(db, self.revision)
            read = await asyncio.to_thread(_applied, self._volumes, changes)
            self._volumes = read.volumes
            self.library = await asyncio.to_thread(
                self.library.with_volumes, self._volumes.values()
            )
            self.revision = changes.revision
            logger.info("the library is of revision %d", self.revision)
            for one in read.renewed:
                await self._keep(one)

    async def _keep(self, one: _Renewed) -> None:
        """After an update of the program an index is built once, not at every start, if there is room for it."""
        try:
            async with self.database.begin() as db:
                await documents.renew_index(db, one.document_id, was=one.was, index=one.index)
        except Exception:  # the library answers all the same
            logger.exception("the index of document %d cannot be kept", one.document_id)


async def _changes(db: Transaction, since: int) -> _Changes:
    # asked first: what is committed between the two queries is then read again
    latest = await documents.revision(db)
    changed = await documents.changes(db, since)
    read = [number for number, _revision, state in changed if state in READABLE]
    filed = [
        (await documents.with_id(db, number), await documents.content(db, number))
        for number in read
    ]
    communities_changed = {one.community_id for one in await taught.changes(db, since)}
    answers = [
        one for number in sorted(communities_changed) for one in await taught.approved(db, number)
    ]
    names = {
        number: (await communities.with_id(db, number)).name
        for number in {one.community_id for one in answers}
    }
    gone = {f"d{number}" for number, _revision, _state in changed}
    gone |= {f"t{number}" for number in communities_changed}
    return _Changes(latest, frozenset(gone), tuple(filed), tuple(answers), names)


def _applied(volumes: dict[str, Volume], changes: _Changes) -> _Read:
    """Slow: passages are read, and built where their index is of an older program."""
    kept = {key: volume for key, volume in volumes.items() if key not in changes.gone}
    fresh = shelving.taught(changes.answers, changes.names)
    renewed = []
    for filed, content in changes.filed:
        try:
            shelved = shelving.shelved(filed, content)
        except Exception:  # the others are to answer all the same
            logger.exception("document %d cannot be put on the shelf", filed.id)
            continue
        fresh.append(shelved.volume)
        if shelved.index != content.index:
            renewed.append(_Renewed(filed.id, content.index, shelved.index))
    read = {one.passages[0].document.key: one for one in fresh if one.passages}
    return _Read(kept | read, tuple(renewed))
