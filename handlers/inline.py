"""`@bot words` in any chat: the clauses of the documents that are open to everyone, ten a page."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from handlers import questions, reading
from handlers.conversation import Button, Reply, Request, Result, Results, Services, say
from handlers.questions import Computed, Found
from handlers.texts import inline as texts
from knowledge import segments
from knowledge.library import Answer, Library, Suggestions
from knowledge.manners import Manner
from knowledge.passages import Clause, Passage
from records import documents
from records.calendar import day_of
from records.errors import StaleButton

PAGE, MOST = 10, 50
NEAR = 0.1  # of the chance of the best: less is not near


async def search(request: Request, services: Services) -> Reply:
    """A page of clauses; where nothing is typed, the documents. Everybody is shown the same."""
    words, offset = request.words, _offset(request.offset)
    view = await _open_to_all(request, services)
    if not words:
        known = [texts.document(one) for one in services.library.documents if one.key in view]
        return Reply(results=_page(known, offset, way=texts.ASK_IN_PRIVATE))
    found = questions.find(words, services.library, seen=view)
    if found is Manner.OUT_OF_BOUNDS:
        return Reply(results=Results(way=texts.OUT_OF_BOUNDS))
    listed = [
        texts.clause(passage, clause, bot_username=services.bot_username)
        for passage, clause in _hits(found, words, services.library, view)
    ]
    return Reply(results=_page(listed, offset, way=None if listed else texts.NOTHING_FOUND))


async def linked(request: Request, services: Services) -> Reply | None:
    """What a link of the list leads to in private chat; None if /start carries something else."""
    if request.words in texts.HERE:
        return say(texts.HERE[request.words])
    if not request.words.startswith(texts.READ):
        return None
    passage_id = request.words.removeprefix(texts.READ)
    passage = services.library.passage(passage_id)
    if passage is not None and passage.document.key not in await _open_to_all(request, services):
        raise StaleButton
    return await reading.read(replace(request, words=passage_id), services)


async def _open_to_all(request: Request, services: Services) -> frozenset[str]:
    """The documents whose clauses may stand in any chat; what a community added or taught never does."""
    return await documents.open_to_all(services.db, today=day_of(request.at))


def _offset(words: str) -> int:
    """Where a page begins; clients hand back what they were given."""
    return min(int(words), MOST) if words.isdecimal() else 0


def _page(found: Sequence[Result], offset: int, *, way: Button | None) -> Results:
    """Ten of what was found from the offset on, and where the next page begins."""
    following = offset + PAGE
    more = following < min(len(found), MOST)
    items = found[offset : min(following, MOST)]
    return Results(tuple(items), str(following) if more else "", None if offset else way)


def _hits(
    found: Found, words: str, library: Library, view: frozenset[str]
) -> Iterable[tuple[Passage, Clause]]:
    """What a chat would be answered first, then what else is near, then wherever the words stand; each passage once."""
    hits: list[tuple[Passage, Clause]] = []
    match found:
        case Answer() | Computed():
            hits = [(found.passage, found.clause)]
        case Suggestions():
            hits = [(one.passage, one.clause) for one in found.items]
    if hits:
        near = library.search(words, view=view, limit=MOST)
        enough = max((hit.score for hit in near), default=0.0) * NEAR
        hits += [(hit.passage, hit.clause) for hit in near if hit.score >= enough]
    each: dict[str, tuple[Passage, Clause]] = {}
    for passage, clause in chain(hits, _standing(words.split(), library, view)):
        each.setdefault(passage.id, (passage, clause))
        if len(each) == MOST:
            break
    return each.values()


def _standing(
    words: Sequence[str], library: Library, view: frozenset[str]
) -> Iterator[tuple[Passage, Clause]]:
    """The passages in which all the words stand, with the first sentence that has one of them."""
    for passage in library.passages:
        if passage.document.key in view and all(word in passage.text for word in words):
            sentences = segments.sentences(passage)
            yield passage, next((one for one in sentences if words[0] in one.text), passage.body)
