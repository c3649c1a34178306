"""撤回核验: of a withdrawn document nothing is found any more, by answer, suggestion, search or number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from handlers import document_desk as desk
from handlers import filing
from handlers.attendance import is_number
from handlers.conversation import Message, Services
from handlers.document_desk import Meant
from handlers.texts import documents as texts
from knowledge import segments
from knowledge.library import Answer, Library, Suggestions
from knowledge.passages import Passage
from records import documents, jobs
from records.database import Transaction
from records.documents import Content, Filed
from records.errors import AnswerWithdrawn, DocumentWithdrawn, NoDocument, Refusal, StaleButton
from records.model import DocumentState

KIND = "document_gone"
TRIED, READ = 6, 60  # sentences, and characters of each


@dataclass(frozen=True)
class Gone:
    """A withdrawn document with what stood in it."""

    filed: Filed
    content: Content


async def order(db: Transaction, filed: Filed, *, chat_id: int, at: datetime) -> None:
    await jobs.put(db, kind=KIND, chat_id=chat_id, body=str(filed.id), at=at)


async def gather(db: Transaction, body: str) -> Gone:
    filed = await documents.with_id(db, int(body))
    return Gone(filed, await documents.content(db, filed.id))


def render(gone: Gone, library: Library) -> Message:
    """What the library of now says to sentences of the withdrawn text."""
    return Message(texts.checked_gone(gone.filed.title, is_gone=is_gone(gone, library)))


def is_gone(gone: Gone, library: Library) -> bool:
    """Slow: the text is split once more."""
    passages = filing.passages(gone.filed, gone.content)
    if any(library.passage(one.id) for one in passages):
        return False
    return not any(gone.filed.key in _found(sentence, library) for sentence in sentences(passages))


def sentences(passages: Sequence[Passage]) -> list[str]:
    """A few, from beginning to end."""
    found = [
        next((clause.text for clause in segments.sentences(one)), one.body.text)
        for one in passages[:: max(1, len(passages) // TRIED)]
    ]
    return [one[:READ] for one in found[:TRIED]]


def _found(sentence: str, library: Library) -> set[str]:
    """The keys of the documents that answer, are suggested, or are found for it."""
    answer = library.answer(sentence)
    found = {hit.passage.document.key for hit in library.search(sentence)}
    if isinstance(answer, Answer):
        found.add(answer.passage.document.key)
        found |= {one.passage.document.key for one in answer.others}
    if isinstance(answer, Suggestions):
        found |= {one.passage.document.key for one in answer.items}
    return found


async def absent(services: Services, passage_id: str) -> Refusal:
    """Why a passage is not there to which a button of an older message leads."""
    key = passage_id.partition("-")[0]
    if key[:1] == "t" and is_number(key[1:]):
        return AnswerWithdrawn()
    number = key.removeprefix("d")
    if number == key or not is_number(number):
        return StaleButton()
    try:
        filed = await documents.with_id(services.db, int(number))
    except NoDocument:
        return StaleButton()
    return DocumentWithdrawn() if filed.state is DocumentState.WITHDRAWN else StaleButton()


async def users(services: Services, found: Meant, *, today: date) -> list[Message]:
    """What is told to the communities that answered from an offer; asked for before it is withdrawn."""
    staff = found.keeper.staff
    if staff is None:
        return []
    words = texts.taken_back(staff.subdistrict, found.filed)
    told = await desk.told(services, staff)
    using = {
        community_id
        for community_id in dict(told)
        if found.filed.key in await documents.applying(services.db, community_id, today=today)
    }
    return [
        Message(words, chat_id=account) for community_id, account in told if community_id in using
    ]
