"""The roster: shown, handed in as text or as a workbook, agreed to."""

from dataclasses import replace

from handlers import drafts, founding
from handlers.attendance import number_in, user_id_of
from handlers.conversation import Message, Reply, Request, Services, say
from handlers.drafts import Draft
from handlers.files import pasted, roster_form
from handlers.office import office, which
from handlers.texts import roster as texts
from handlers.texts import turnover as turnover_texts
from records import people, prompts, terms, turnover
from records.calendar import day_of
from records.errors import StaleButton
from records.model import Community


async def roster(request: Request, services: Services) -> Reply:
    """班子名册, with what can be done about it."""
    if (choice := await which(request, services, "roster")) is not None:
        return choice
    community, _person = await office(request, services)
    shown = texts.roster(
        community,
        await terms.of_community(services.db, community_id=community.id),
        await people.of_community(services.db, community_id=community.id),
        await people.bound(services.db, community_id=community.id),
        day_of(request.at),
    )
    return say(shown, *texts.roster_buttons(community))


async def import_(request: Request, services: Services) -> Reply:
    """导入名册: the next words or file of this person are the roster."""
    community, _person = await office(request, services)
    asked = await drafts.asked(request, services, of_community(community), texts.how())
    return Reply((asked,))


def of_community(community: Community) -> Draft:
    return Draft(community.id, community.name, community.subdistrict)


async def form(request: Request, services: Services) -> Reply:
    """下载模板: the workbook with what is known, from a job."""
    if number_in(request):
        await office(request, services)
    await roster_form.order(
        services.db, number_in(request) or 0, chat_id=user_id_of(request), at=request.at
    )
    return Reply(toast=texts.FORM_FOLLOWS)


async def lines(request: Request, services: Services) -> Reply:
    """The roster as text: read at once and shown before anything is written."""
    draft = drafts.from_words(request.carried)
    reading = pasted.read(request.words)
    draft = replace(draft, roster=reading.roster, ignored=reading.ignored)
    user_id = user_id_of(request)
    return Reply((await drafts.preview(services.db, draft, user_id=user_id, now=request.at),))


async def loaded(request: Request, services: Services) -> Reply:
    """确认导入: what was seen is written; if it has become something else, it is shown anew."""
    user_id = user_id_of(request)
    draft = await drafts.waiting(services.db, user_id=user_id, now=request.at)
    number, _colon, seen = request.words.partition(":")
    if draft is None or draft.roster is None or number != str(draft.community_id or 0):
        raise StaleButton
    if draft.community_id is not None:
        _community, person = await office(request, services)
    shown = await drafts.preview(services.db, draft, user_id=user_id, now=request.at)
    if drafts.fingerprint(shown.text.plain) != seen:
        again = replace(shown, replaces=True)
        return Reply((again,), toast=turnover_texts.CHANGED_MEANWHILE)
    if draft.community_id is None:
        return founding.whoami(draft)
    await prompts.drop(services.db, chat_id=user_id, user_id=user_id)
    changed = await turnover.elect(
        services.db, person, draft.roster, elected_on=draft.elected_on, now=request.at
    )
    told = Message(
        turnover_texts.loaded(changed), texts.roster_buttons(changed.community), replaces=True
    )
    return Reply((told,))
