"""From the records to the shelf: documents and taught answers as the library reads them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from handlers import filing
from handlers.texts import shelving as texts
from knowledge import segments
from knowledge.passages import Document, Level, Passage
from knowledge.stack import Volume
from records.documents import Content, Filed
from records.taught import Taught


@dataclass(frozen=True)
class Shelved:
    """A document ready for the shelf; `index` is what its content is to keep: another one if that was outdated."""

    volume: Volume
    index: bytes


def shelved(filed: Filed, content: Content) -> Shelved:
    """Slow for thousands of passages. An index written by another version of the program is built anew."""
    passages = filing.passages(filed, content)
    segment = segments.from_bytes(content.index)
    if segment is not None and segment.passages == len(passages):
        return Shelved(Volume(passages, segment), content.index)
    segment = segments.build(passages, filing.asks_of(content.questions, passages))
    return Shelved(Volume(passages, segment), segment.to_bytes())


def taught(answers: Sequence[Taught], communities: Mapping[int, str]) -> list[Volume]:
    """One volume a community, for the answers in their order; `communities` are the names by number."""
    grouped = groupby(answers, key=lambda one: one.community_id)
    return [_of_community(list(own), communities[number]) for number, own in grouped]


def _of_community(answers: Sequence[Taught], community: str) -> Volume:
    passages = tuple(_passage(one, community) for one in answers)
    asks = {
        passage.id: [(passage.body, ask) for ask in (one.question, *one.asks)]
        for passage, one in zip(passages, answers, strict=True)
    }
    return Volume(passages, segments.build(passages, asks))


def _passage(one: Taught, community: str) -> Passage:
    key = f"t{one.community_id}"
    card = texts.origin(one, community)
    document = Document(key, texts.TITLE, None, None, None, None, "", card, is_taught=True)
    words = f"{one.question}\n{one.answer}"
    name = f"{key}-{one.number}"
    return Passage(name, document, "", Level.QUESTION, one.number, words, (), texts.label(one))
