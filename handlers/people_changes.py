"""人员变动: somebody leaves, somebody comes, a whole team is elected, roles are handed over."""

from datetime import date

from handlers import dates, drafts
from handlers.attendance import expect, user_id_of
from handlers.conversation import Button, Message, Reply, Request, Services, say
from handlers.dates import Near
from handlers.drafts import Draft
from handlers.files.naming import is_name
from handlers.office import numbers, office, person_in
from handlers.texts import people_changes as texts
from handlers.texts import roster as roster_texts
from handlers.texts import turnover as turnover_texts
from handlers.texts.office import DROP
from handlers.texts.text import Text
from records import composition, people, prompts, roles, terms, turnover
from records.calendar import day_of
from records.errors import DateUnclear, NoSuchPerson, NotAName, SameName, StaleButton
from records.model import Community, Person, Role
from records.terms import Term


async def changes(request: Request, services: Services) -> Reply:
    """What can change."""
    community, _person = await office(request, services)
    return say(texts.what_changes(community), *texts.change_buttons(community))


def _instead(words: Text, rows: tuple[tuple[Button, ...], ...]) -> Reply:
    return Reply((Message(words, rows, replaces=True),))


async def departing(request: Request, services: Services) -> Reply:
    """离任: who, then from which day, then what it means; each button carries what was chosen."""
    community, _person = await office(request, services)
    chosen = numbers(request)
    if not chosen:
        await expect(request, services, "leaver", str(community.id))
        present = await _present(services, community, day_of(request.at))
        return _instead(texts.who_leaves(), texts.leaver_buttons(community, present))
    person = await person_in(services, community, chosen[0])
    if len(chosen) == 1:
        return await _which_day(request, services, community, person)
    return await _shown(request, services, community, person, _day(chosen[1]))


async def _present(services: Services, community: Community, today: date) -> list[Person]:
    """Everybody in office or with a role."""
    history = await terms.of_community(services.db, community_id=community.id)
    holders = {term.person.id for term in terms.lasting(history, today)}
    return [
        person
        for person in await people.of_community(services.db, community_id=community.id)
        if person.id in holders or person.roles - {Role.MEMBER}
    ]


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise StaleButton from error


async def leaver(request: Request, services: Services) -> Reply:
    """The name of who leaves, typed."""
    community, _person = await office(request, services)
    person = await _named(request, services, community)
    if person not in await _present(services, community, day_of(request.at)):
        raise NoSuchPerson(person.name)
    return await _which_day(request, services, community, person)


async def _named(request: Request, services: Services, community: Community) -> Person:
    name = request.words.strip()
    found = await people.with_name(services.db, community_id=community.id, name=name)
    if not found:
        raise NoSuchPerson(name)
    if len(found) > 1:
        raise SameName(found)
    return found[0]


async def _which_day(
    request: Request, services: Services, community: Community, person: Person
) -> Reply:
    await expect(request, services, "leftfrom", f"{community.id}:{person.id}")
    asked = texts.which_day(person)
    return _instead(asked, texts.day_buttons(community, person, day_of(request.at)))


async def left_from(request: Request, services: Services) -> Reply:
    """The day, typed."""
    community, _person = await office(request, services)
    person = await person_in(services, community, numbers(request)[0])
    on = _read(request, Near.PAST)
    return await _shown(request, services, community, person, on)


def _read(request: Request, near: Near) -> date:
    read = dates.read_day(request.words, today=day_of(request.at), near=near)
    if read is None:
        raise DateUnclear
    return read[0]


async def _shown(
    request: Request, services: Services, community: Community, person: Person, on: date
) -> Reply:
    """What leaving means, to be agreed to."""
    today = day_of(request.at)
    term = await _term_of(services, person, today)
    turnover.check_leaving(term, on, today=today)
    await prompts.drop(services.db, chat_id=request.chat_id, user_id=user_id_of(request))
    asked = texts.leaving(person, term, on)
    return _instead(asked, texts.leaving_buttons(community, person, term, on))


async def _term_of(services: Services, person: Person, today: date) -> Term | None:
    history = await terms.of_community(services.db, community_id=person.community_id)
    mine = [term for term in terms.lasting(history, today) if term.person.id == person.id]
    return mine[-1] if mine else None


async def left(request: Request, services: Services) -> Reply:
    """确认离任, or only from the team while a role is kept."""
    community, by = await office(request, services)
    number, on, *more = numbers(request, least=2)
    person = await person_in(services, community, number)
    before = await _team(services, community, day_of(request.at))
    await turnover.leave(
        services.db, person, on=_day(on), keep_roles=more == ["keep"], by=by, at=request.at
    )
    after = await _team(services, community, day_of(request.at))
    told = texts.left(person, _day(on), composition.of(after), keeps=more == ["keep"])
    warned = turnover_texts.warnings(composition.of(before), composition.of(after))
    return _instead(texts.with_lines(told, warned), roster_texts.roster_buttons(community))


async def _team(services: Services, community: Community, today: date) -> list[Term]:
    history = await terms.of_community(services.db, community_id=community.id)
    return terms.on(history, today)


async def incoming(request: Request, services: Services) -> Reply:
    """新任: lines of the roster, shown before they are written."""
    community, _person = await office(request, services)
    draft = Draft(community.id, community.name, community.subdistrict)
    asked = await drafts.asked(request, services, draft, roster_texts.how_new(), replaces=True)
    return Reply((asked,))


async def election(request: Request, services: Services) -> Reply:
    """整体换届: first the day from which the new team is in office."""
    community, _person = await office(request, services)
    await expect(request, services, "electedon", str(community.id))
    return _instead(texts.which_election_day(), ((DROP,),))


async def elected_on(request: Request, services: Services) -> Reply:
    """The day; then the whole new roster."""
    community, _person = await office(request, services)
    on = _read(request, Near.COMING)
    turnover.check_election(on, today=day_of(request.at))
    draft = Draft(community.id, community.name, community.subdistrict, elected_on=on)
    words = roster_texts.how(*texts.whole_roster(on))
    return Reply((await drafts.asked(request, services, draft, words),))


async def handover(request: Request, services: Services) -> Reply:
    """身份移交: who manages, and who has confirmed it."""
    community, _person = await office(request, services)
    return await _managers(services, community)


async def _managers(services: Services, community: Community, done: str = "") -> Reply:
    managers = await people.managers_of(services.db, community.id)
    bound = await people.bound(services.db, community_id=community.id)
    shown = texts.managers(managers, bound, done)
    return _instead(shown, texts.manager_buttons(community, managers))


async def new_worker(request: Request, services: Services) -> Reply:
    """增加党务工作者: the name is asked for."""
    community, _person = await office(request, services)
    await expect(request, services, "worker", str(community.id))
    return _instead(texts.who_works(), ((DROP,),))


async def worker(request: Request, services: Services) -> Reply:
    """Somebody of the roster, or somebody new of the community itself."""
    community, by = await office(request, services)
    name = request.words.strip()
    if not is_name(name):
        raise NotAName
    found = await people.with_name(services.db, community_id=community.id, name=name)
    if len(found) > 1:
        raise SameName(found)
    person = found[0] if found else await people.add(services.db, community, name)
    await roles.give(services.db, person, Role.PARTY_WORKER, by=by, at=request.at)
    return await _managers(services, community, texts.became_worker(person))


async def no_worker(request: Request, services: Services) -> Reply:
    """移除: asked once more; who holds nothing else is nobody's account any more."""
    community, by = await office(request, services)
    number, *more = numbers(request, least=1)
    person = await person_in(services, community, number)
    if Role.PARTY_WORKER not in person.roles:
        raise StaleButton
    if more != ["yes"]:
        return _instead(texts.takes_away(person), texts.take_buttons(community, person))
    await roles.take(services.db, person, Role.PARTY_WORKER, by=by, at=request.at)
    await turnover.let_go(services.db, person, by=by, at=request.at)
    return await _managers(services, community, texts.no_worker_any_more(person))
