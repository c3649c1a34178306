"""The ledger of a community for a year as a workbook, made by a job for /export."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from handlers.conversation import Attachment, Message
from handlers.files import archive, sheets, tables
from handlers.texts import files as texts
from records import communities, jobs, yearbook
from records.calendar import day_of
from records.database import Transaction
from records.model import Community
from records.yearbook import Yearbook

KIND = "ledger"


@dataclass(frozen=True)
class Export:
    """Which community's year was asked for, when, and in which private chat; as a job keeps it."""

    community: int
    year: int
    chat_id: int
    at: datetime
    page: int = 1

    def to_json(self) -> str:
        return json.dumps(asdict(self) | {"at": self.at.isoformat()})

    @classmethod
    def from_json(cls, body: str) -> "Export":
        found = json.loads(body)
        return cls(**found | {"at": datetime.fromisoformat(found["at"])})


async def put(db: Transaction, kind: str, asked: Export) -> None:
    await jobs.put(db, kind=kind, chat_id=asked.chat_id, body=asked.to_json(), at=asked.at)


async def order(
    db: Transaction, community: Community, *, year: int, chat_id: int, at: datetime
) -> None:
    await put(db, KIND, Export(community.id, year, chat_id, at))


async def gather(db: Transaction, body: str) -> Yearbook:
    asked = Export.from_json(body)
    community = await communities.with_id(db, asked.community)
    return await yearbook.of(db, community, year=asked.year, on=day_of(asked.at))


def render(facts: Yearbook) -> Message:
    """The message with the workbook. Slow: runs outside any transaction."""
    day = texts.day(facts.exported_on)
    name = archive.name(facts.community.name, f"{facts.year}年台账（{day}导出）.xlsx")
    return Message(
        texts.ledger(facts.community, facts.year), attachment=Attachment(name, workbook(facts))
    )


def workbook(facts: Yearbook) -> bytes:
    owner = texts.owner(facts.community, facts.year)
    return sheets.workbook(tables.of(facts), owner=owner, on=facts.exported_on)
