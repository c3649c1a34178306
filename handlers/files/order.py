"""What a file of a meeting is ordered with, as its job keeps it."""

import json
from dataclasses import dataclass
from datetime import datetime

from records import jobs
from records.database import Transaction
from records.model import Meeting


@dataclass(frozen=True)
class Order:
    """`chat_id` is the private chat the file goes to: the account of whoever asked; `at` is when."""

    meeting_id: int
    chat_id: int
    at: datetime


async def put(db: Transaction, kind: str, meeting: Meeting, *, chat_id: int, at: datetime) -> None:
    body = json.dumps({"meeting": meeting.id, "chat": chat_id, "at": at.isoformat()})
    await jobs.put(db, kind=kind, chat_id=chat_id, body=body, at=at)


def read(body: str) -> Order:
    found = json.loads(body)
    return Order(found["meeting"], found["chat"], datetime.fromisoformat(found["at"]))
