"""A document between the records and knowledge: its card, its passages, its standard questions, its index."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import PurePath

from handlers.texts import importing as texts
from handlers.texts.documents import UNCHECKED
from handlers.texts.importing import Trial
from handlers.texts.text import Text
from knowledge import proposals, segments
from knowledge.cleaning import Flaw, Repair
from knowledge.library import Library
from knowledge.passages import Clause, Document, Passage
from knowledge.reading import Reading, Stated, Unreadable, read_safely
from knowledge.splitting import passages_of
from knowledge.stack import Volume
from records import documents
from records.choices import SHIPPED
from records.database import Transaction
from records.documents import Card, Content, Filed
from records.errors import BadDocument, DocumentKnown
from records.model import DocumentState

NEW = "new"  # the key of a document that is not filed yet
MARKS = re.compile(r"\W+")

Asks = Mapping[str, Sequence[tuple[Clause, str]]]
"""The standard questions by the id of the passage, each with the clause that answers it."""


@dataclass(frozen=True)
class Prepared:
    """A file that was read: what would be published of it, and what three questions would be answered."""

    card: Card
    form: str
    text: str
    passages: tuple[Passage, ...]
    repairs: tuple[Repair, ...]
    asks: Asks
    index: bytes
    trials: tuple[Trial, ...]

    def preview(self, replaced: Filed | None) -> Text:
        return texts.preview(
            self.card,
            self.form,
            passages=len(self.passages),
            repairs=len(self.repairs),
            trials=self.trials,
            replaced=replaced,
        )


def prepare(
    content: bytes, name: str, library: Library, view: frozenset[str], before: Filed | None = None
) -> Prepared:
    """Slow: the file is read in a child process, its index is built. BadDocument, DocumentKnown."""
    reading = read(content, name)
    card = card_of(reading.card, name, before)
    document = Document(
        key=NEW,
        title=card["title"],
        number=card["number"],
        issuer=card["issuer"],
        date=card["dated_on"],
        region=card["region"],
        status=card["status"],
        origin=card["origin"],
    )
    passages = passages_of(document, reading.form, reading.text)
    _refuse_shipped(passages, library)
    asks = proposed(passages)
    segment = segments.build(passages, asks)
    volumes = [one for one in library.volumes if one.passages[0].document.key in view]
    with_it = library.with_volumes([*volumes, Volume(passages, segment)])
    trials = tuple(
        Trial(question, with_it.answer(question, view=view | {NEW}))
        for question in proposals.trials(passages)
    )
    return Prepared(
        card,
        reading.form,
        reading.text,
        passages,
        reading.repairs,
        asks,
        segment.to_bytes(),
        trials,
    )


def read(content: bytes, name: str) -> Reading:
    """BadDocument with the sentence for what is wrong."""
    try:
        reading = read_safely(content, name)
    except Unreadable as error:
        raise BadDocument(texts.unreadable(error.problem, error.detail)) from error
    if not passages_of(_blank(reading.card.title), reading.form, reading.text):
        raise BadDocument(texts.NO_PASSAGES)
    return reading


def card_of(stated: Stated, name: str, before: Filed | None) -> Card:
    """What the text states of itself; of a new version what cannot have changed is taken over."""
    is_named = stated.title == PurePath(name.strip()).stem
    issuer, region, title = stated.issuer, stated.region, stated.title
    if before is not None:
        issuer, region = issuer or before.issuer, region or before.region
        title = before.title if is_named else title
    return Card(
        title=title[: texts.ROOM["title"]].strip() or texts.NO_TITLE,
        number=_fitting("number", stated.number),
        issuer=_fitting("issuer", issuer),
        dated_on=stated.date,
        region=_fitting("region", region),
        status=UNCHECKED,
        valid_until=stated.valid_until,
        origin=texts.origin(name),
    )


def _fitting(field: str, value: str | None) -> str | None:
    return (value or "").strip()[: texts.ROOM[field]] or None


def _blank(title: str) -> Document:
    return Document(NEW, title, None, None, None, None, "", "")


def proposed(passages: Sequence[Passage]) -> Asks:
    """The questions that plain rules propose, by passage."""
    found: dict[str, list[tuple[Clause, str]]] = {}
    for one in proposals.propose(passages):
        found.setdefault(one.passage_id, []).append((one.clause, one.question))
    return found


def digest(passages: Iterable[Passage]) -> str:
    """The same for the same words, however they are laid out."""
    words = "".join(MARKS.sub("", passage.text) for passage in passages)
    return hashlib.sha256(words.encode()).hexdigest()


def _refuse_shipped(passages: Sequence[Passage], library: Library) -> None:
    """DocumentKnown if it is one of the documents that come with the program."""
    mine = digest(passages)
    for document in library.documents:
        if document.key in SHIPPED:
            theirs = (one for one in library.passages if one.document.key == document.key)
            if digest(theirs) == mine:
                raise DocumentKnown(document.title)


async def file_draft(
    db: Transaction,
    prepared: Prepared,
    *,
    community_id: int | None,
    subdistrict: str | None = None,
    by: int | None,
    at: datetime,
) -> Filed:
    """Kept as a draft. DocumentKnown if the community can see the same text already."""
    same = digest(prepared.passages)
    place = {"community_id": community_id, "subdistrict": subdistrict}
    known = await documents.known(db, same, **place)  # type: ignore[arg-type]
    if known is not None:
        raise DocumentKnown(known.title)
    content = Content(prepared.text, "[]", repairs_to_json(prepared.repairs), prepared.index)
    filed = await documents.draft(
        db,
        content,
        community_id=community_id,
        subdistrict=subdistrict,
        form=prepared.form,
        digest=same,
        passages=len(prepared.passages),
        by=by,
        at=at,
        **prepared.card,
    )
    asks = {f"{filed.key}-{_order(one)}": asked for one, asked in prepared.asks.items()}
    questions = replace(content, questions=asks_to_json(asks))
    return await documents.set_content(db, filed, questions)


def _order(passage_id: str) -> str:
    """new-4 is passage 4 of its document."""
    return passage_id.partition("-")[2]


def document_of(filed: Filed, repairs: Sequence[Repair] = ()) -> Document:
    """The card as knowledge carries it with each passage."""
    return Document(
        key=filed.key,
        title=filed.title,
        number=filed.number,
        issuer=filed.issuer,
        date=filed.dated_on,
        region=filed.region,
        status=filed.status,
        origin=filed.origin,
        repairs=tuple(repairs),
        valid_until=filed.valid_until,
        is_superseded=filed.state is DocumentState.SUPERSEDED,
    )


def passages(filed: Filed, content: Content) -> tuple[Passage, ...]:
    """Slow for thousands of them."""
    return passages_of(document_of(filed), filed.form, content.text)


def asks_to_json(asks: Asks) -> str:
    """[{"passage": id, "span": words, "ask": [questions]}]."""
    rows = []
    for passage_id, asked in asks.items():
        by_clause: dict[Clause, list[str]] = {}
        for clause, question in asked:
            by_clause.setdefault(clause, []).append(question)
        rows += [
            {"passage": passage_id, "span": clause.text, "ask": questions}
            for clause, questions in by_clause.items()
        ]
    return json.dumps(rows, ensure_ascii=False)


def asks_of(questions: str, passages: Sequence[Passage]) -> Asks:
    """What `asks_to_json` wrote; a span that its passage no longer has is left out."""
    by_id = {passage.id: passage for passage in passages}
    found: dict[str, list[tuple[Clause, str]]] = {}
    for row in json.loads(questions):
        passage = by_id.get(row["passage"])
        if passage is not None and row["span"] in passage.text:
            clause = passage.clause(row["span"])
            found.setdefault(passage.id, []).extend((clause, one) for one in row["ask"])
    return found


def repairs_to_json(repairs: Iterable[Repair]) -> str:
    rows = [asdict(one) | {"flaw": one.flaw.name} for one in repairs]
    return json.dumps(rows, ensure_ascii=False)


def repairs_of(content: Content) -> tuple[Repair, ...]:
    rows = json.loads(content.repairs)
    return tuple(Repair(**row | {"flaw": Flaw[row["flaw"]]}) for row in rows)
