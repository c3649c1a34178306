"""A community's ledger for its subdistrict, made by a job as long as the community shares it."""

import json
from dataclasses import dataclass
from datetime import datetime

from handlers.conversation import Attachment, Message
from handlers.files import archive, ledger
from handlers.files.ledger import Export
from handlers.texts import files as file_texts
from handlers.texts import sharing as texts
from records import jobs, sharing, subdistricts
from records.database import Transaction
from records.sharing import Share
from records.yearbook import Yearbook

KIND = "shared_ledger"


@dataclass(frozen=True)
class SharedLedger:
    share: Share
    book: Yearbook


async def order(db: Transaction, share: Share, *, chat_id: int, at: datetime) -> None:
    asked = Export(share.community_id, share.year, chat_id, at)
    await jobs.put(db, kind=KIND, chat_id=chat_id, body=asked.to_json(), at=at)


async def gather(db: Transaction, body: str) -> SharedLedger:
    """Whoever asked must still be of the subdistrict, and the year shared. NotStaff, StaleButton, NotShared."""
    asked = json.loads(body)
    one = await subdistricts.of_account(db, user_id=asked["chat_id"])
    share = await sharing.for_staff(db, one, asked["community"], year=asked["year"])
    return SharedLedger(share, await ledger.gather(db, body))


def render(facts: SharedLedger) -> Message:
    """Slow: runs outside any transaction."""
    book = facts.book
    day = file_texts.day(book.exported_on)
    name = archive.name(book.community.name, f"{book.year}年台账（{day}导出）.xlsx")
    attachment = Attachment(name, ledger.workbook(book))
    return Message(texts.ledger(book.community, facts.share), attachment=attachment)
