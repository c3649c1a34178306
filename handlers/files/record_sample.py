"""The standard form of the meeting record with its placeholders: to be changed in Word and sent back."""

from datetime import datetime

from handlers.conversation import Attachment, Message
from handlers.files import record, word
from handlers.texts import templates as texts
from handlers.texts.record import FIELDS
from handlers.texts.text import text
from records import jobs
from records.database import Transaction

KIND = "record_sample"


async def order(db: Transaction, *, chat_id: int, at: datetime) -> None:
    await jobs.put(db, kind=KIND, chat_id=chat_id, body=at.isoformat(), at=at)


async def gather(_db: Transaction, body: str) -> datetime:
    """The same for every community: only when it was asked for."""
    return datetime.fromisoformat(body)


def render(at: datetime) -> Message:
    document = word.paper(texts.SAMPLE_TITLE, made_at=at)
    record.add_fields(document, {name: texts.placeholder(name) for name in FIELDS})
    content = word.saved(document)
    return Message(text(texts.SAMPLE), attachment=Attachment(texts.SAMPLE_NAME, content))
