"""/unanswered: questions that the documents do not answer, for the workers; answered, closed or joined."""

from collections.abc import Sequence

from handlers import refusing
from handlers.attendance import expect, is_number, stop_waiting, user_id_of, waiting_for
from handlers.conversation import Message, Reply, Request, Services, say
from handlers.office import numbers, office, which
from handlers.texts import questions as question_texts
from handlers.texts import unanswered as texts
from handlers.texts.text import Text
from knowledge import likeness
from knowledge.passages import Clause, Passage
from records import operations, reach, unanswered, uses
from records.calendar import Month, day_of
from records.errors import StaleButton, WordsTooLong
from records.model import Community, Person, QuestionState, Role
from records.unanswered import Entry
from records.yearly import years_after

LONGEST = 2000  # characters of an answer
MOST_SHOWN = 200  # of the open questions, those asked most: they are compared each with each
MOST = 10  # clauses and questions in 常用条款
MOST_LIKE = 10  # questions offered to be joined


async def show(request: Request, services: Services) -> Reply:
    """A page of the open questions, most asked first, similar ones together."""
    if (choice := await which(request, services, "unanswered")) is not None:
        return choice
    community, _person = await office(request, services)
    carried = numbers(request)[:1]
    return await _listed(services, community, _page(carried), replaces=bool(carried))


def _page(carried: Sequence[str]) -> int:
    return max(1, int(carried[0])) if carried and is_number(carried[0]) else 1


async def _listed(services: Services, community: Community, page: int, *, replaces: bool) -> Reply:
    found = _grouped(await unanswered.open_ones(services.db, community.id, limit=MOST_SHOWN))
    shown = min(page, texts.pages(found))
    personal = await refusing.personal(services, community, [group[0] for group in found])
    count = await unanswered.count(services.db, community.id)
    words = texts.listed(found, personal, shown, count=count)
    return Reply((Message(words, texts.list_buttons(community, found, shown), replaces=replaces),))


def _grouped(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Those asked most, together with those like them, first."""
    groups = likeness.groups([entry.text for entry in entries])
    found = [[entries[place] for place in group] for group in groups]
    return sorted(found, key=lambda group: -sum(entry.times for entry in group))


async def entry(request: Request, services: Services) -> Reply:
    """One question with what can be done about it."""
    community, _person, found = await _entry(request, services)
    return await _shown(services, community, found)


async def _shown(services: Services, community: Community, found: Entry) -> Reply:
    like = await _like(services, community, found)
    place = question_texts.read_suggestion(found.passage or "", services.library)
    personal = await refusing.personal(services, community, [found])
    words = texts.shown(found, like, place, is_personal=bool(personal))
    return Reply((Message(words, texts.entry_buttons(found, like), replaces=True),))


async def _entry(request: Request, services: Services) -> tuple[Community, Person, Entry]:
    """What a button or a waiting act is about. StaleButton."""
    community, person = await office(request, services)
    number = numbers(request, least=1)[0]
    if not is_number(number):
        raise StaleButton
    found = await unanswered.with_id(services.db, int(number), community_id=community.id)
    return community, person, found


async def _like(services: Services, community: Community, found: Entry) -> list[Entry]:
    """The other open questions that are much the same."""
    others = [
        one
        for one in await unanswered.open_ones(services.db, community.id, limit=MOST_SHOWN)
        if one.id != found.id and one.text != texts.NOT_KEPT
    ]
    if found.text == texts.NOT_KEPT:
        return []
    (mine, *_rest) = likeness.groups([found.text, *(one.text for one in others)])
    return [others[place - 1] for place in mine[1:]][:MOST_LIKE]


def _open(found: Entry) -> Entry:
    if found.state is not QuestionState.OPEN:
        raise StaleButton
    return found


async def close(request: Request, services: Services) -> Reply:
    """不予答复: asked once more, then nobody is told."""
    community, person, found = await _entry(request, services)
    if numbers(request)[1:2] != ["yes"]:
        keys = texts.close_buttons(_open(found))
        return Reply((Message(texts.really_close(found), keys, replaces=True),))
    await unanswered.close(services.db, found, at=request.at)
    await _log(request, services, person, found, "close_question")
    listed = await _listed(services, community, 1, replaces=True)
    return Reply(listed.messages, toast=texts.CLOSED)


async def merge(request: Request, services: Services) -> Reply:
    """合并: the similar ones are offered; those that are chosen become this one."""
    community, person, found = await _entry(request, services)
    like = await _like(services, community, _open(found))
    chosen = numbers(request)[1:2]
    if not chosen:
        keys = texts.merge_buttons(found, like)
        return Reply((Message(texts.which_to_merge(found), keys, replaces=True),))
    others = [one for one in like if chosen in (["all"], [str(one.id)])]
    if not others:
        raise StaleButton
    merged = await unanswered.merge(services.db, found, others)
    await _log(request, services, person, merged, "merge_questions")
    return await _shown(services, community, merged)


async def answer(request: Request, services: Services) -> Reply:
    """答复: the words are asked for, then shown as they would arrive."""
    community, person, found = await _entry(request, services)
    if request.pressed:
        await expect(request, services, "answerq", f"{community.id}:{_open(found).id}")
        return say(texts.write(found), *texts.write_buttons())
    words = request.words.strip()
    if not 0 < len(words) <= LONGEST:
        raise WordsTooLong
    await expect(request, services, "sendq", f"{community.id}:{_open(found).id}:{words}")
    letter = _letter(request, found, words, community, person)
    return say(texts.preview(letter), *texts.preview_buttons(found))


async def send(request: Request, services: Services) -> Reply:
    """发送: everybody who asked gets it in private. Words typed instead are another try."""
    if not request.pressed:
        return await answer(request, services)
    community, person, found = await _entry(request, services)
    prompt = await waiting_for(request, services)
    head = f"{community.id}:{found.id}:"
    if prompt is None or prompt.action != "sendq" or not prompt.words.startswith(head):
        raise StaleButton
    await stop_waiting(request, services)
    words = prompt.words.removeprefix(head)
    accounts = await unanswered.answer(services.db, found, at=request.at, words=words)
    await _log(request, services, person, found, "answer_question")
    letter = _letter(request, found, words, community, person)
    lost = await reach.out_of_reach(services.db, accounts) - {user_id_of(request)}
    may_be_taught = await refusing.may_be_taught(services, community, found)
    confirmed = Message(
        texts.sent(found, letter, told=len(accounts), lost=len(lost)),
        texts.sent_buttons(found, may_be_taught=may_be_taught),
        replaces=True,
    )
    return Reply((confirmed, *(Message(letter, chat_id=account) for account in accounts)))


def _letter(
    request: Request, found: Entry, words: str, community: Community, person: Person
) -> Text:
    return texts.to_asker(found, words, community, role_of(person), day_of(request.at))


def role_of(person: Person) -> Role:
    """In which role somebody answers who may manage."""
    is_secretary = Role.PARTY_SECRETARY in person.roles
    return Role.PARTY_SECRETARY if is_secretary else Role.PARTY_WORKER


async def top_uses(request: Request, services: Services) -> Reply:
    """常用条款: of the last twelve months, and what is asked most without an answer."""
    community, _person = await office(request, services)
    since = Month.of(years_after(day_of(request.at), -1)).following().first
    counted = await uses.top(services.db, community.id, since, limit=MOST)
    places = [(use, _place(services, use)) for use in counted]
    known = [(use, *place) for use, place in places if place is not None]
    asked = await unanswered.open_ones(services.db, community.id, limit=MOST)
    personal = await refusing.personal(services, community, asked)
    words = texts.used(community, known, asked, personal)
    return Reply((Message(words, texts.back_buttons(community), replaces=True),))


def _place(services: Services, use: uses.Use) -> tuple[Passage, Clause] | None:
    """The clause, if its document still stands on the shelf."""
    carried = f"{use.passage}:{use.start}:{use.end}"
    return question_texts.read_suggestion(carried, services.library)


async def _log(
    request: Request, services: Services, person: Person, found: Entry, act: str
) -> None:
    await operations.log(
        services.db,
        by=person,
        act=act,
        subject=f"question:{found.id}",
        detail=found.number,
        at=request.at,
    )
