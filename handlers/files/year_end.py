"""年底材料: a community's year in one zip, with a list of what is in it and what is missing."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.conversation import Attachment, Message
from handlers.files import archive, ledger, picture, record, summary, tables, visit_form
from handlers.files.ledger import Export
from handlers.files.record import MeetingRecord
from handlers.files.summary import SignInSummary
from handlers.files.visit_form import VisitForm
from handlers.texts import files as texts
from handlers.texts import year_end as list_texts
from records.database import Transaction
from records.model import Community, Meeting, MeetingState
from records.yearbook import Yearbook

KIND = "year_end"
WITH_FILES = (MeetingState.HELD, MeetingState.TALK)

File = tuple[str, bytes]


@dataclass(frozen=True)
class YearEnd:
    """The year, and what its Word files are made from; those of meetings by their number in the ledger."""

    book: Yearbook
    records: Sequence[tuple[int, MeetingRecord]]
    summaries: Sequence[tuple[int, SignInSummary]]
    visits: Sequence[VisitForm]


async def order(
    db: Transaction, community: Community, *, year: int, chat_id: int, at: datetime
) -> None:
    await ledger.put(db, KIND, Export(community.id, year, chat_id, at))


async def gather(db: Transaction, body: str) -> YearEnd:
    book, asked = await ledger.gather(db, body), Export.from_json(body)
    held = [
        (number, _as_ordered(entry.meeting, asked))
        for number, entry in enumerate(book.meetings, start=1)
        if entry.meeting.state in WITH_FILES
    ]
    return YearEnd(
        book,
        [(number, await record.gather(db, found)) for number, found in held],
        [(number, await summary.gather(db, found)) for number, found in held],
        [
            VisitForm(book.community, visit, book.people[visit.registration.recorded_by], asked.at)
            for visit in book.visits
        ],
    )


def _as_ordered(meeting: Meeting, asked: Export) -> str:
    """What the job of a meeting's own Word file would keep (handlers/files/order.py)."""
    return json.dumps({"meeting": meeting.id, "chat": asked.chat_id, "at": asked.at.isoformat()})


def render(facts: YearEnd) -> Message:
    """The message with the zip. Slow: runs outside any transaction."""
    book = facts.book
    folder = archive.name(book.community.name, f"{book.year}年年底材料")
    files = list(_files(facts))
    listed = list_texts.listing(book, [path for path, _ in files])
    content = archive.pack(
        (
            (f"{folder}/{path}", part)
            for path, part in ((list_texts.LIST, listed.encode("utf-8-sig")), *files)
        ),
        book.exported_on,
    )
    return Message(
        texts.year_end(book.community, book.year), attachment=Attachment(f"{folder}.zip", content)
    )


def _files(facts: YearEnd) -> Iterator[File]:
    """Everything but the list, by its path in the archive."""
    book = facts.book
    yield archive.name(book.community.name, f"{book.year}年台账.xlsx"), ledger.workbook(book)
    for number, drafted in facts.records:
        yield _word(list_texts.RECORDS, number, record.render(drafted), book)
    for number, found in facts.summaries:
        yield _word(list_texts.SUMMARIES, number, summary.render(found), book)
    for number, form in enumerate(facts.visits, start=1):
        yield _word(list_texts.VISITS, number, visit_form.render(form), book)
    for number, table in enumerate(tables.of(book), start=1):
        yield f"{list_texts.TABLES}/{number:02} {table.name}.csv", tables.to_csv(table)
    for page in range(1, picture.pages_of(book.unit_table) + 1):
        shown = picture.Page(book.unit_table, page)
        yield f"{list_texts.PICTURES}/{picture.name(shown)}", picture.draw(shown)


def _word(folder: str, number: int, message: Message, book: Yearbook) -> File:
    """A Word file of a meeting or visit, named by its number in the ledger: two may share a day."""
    if message.attachment is None:
        raise ValueError("a Word file without its content")
    stem = message.attachment.name.removesuffix(".docx")
    path = f"{folder}/{archive.name(f'{number:02} {stem}', '.docx')}"
    return path, archive.dated(message.attachment.content, book.exported_on)
