"""单位名录: the units with their two marks and who speaks for them."""

from handlers.attendance import expect, is_number
from handlers.conversation import Message, Reply, Request, Services
from handlers.files.naming import is_name
from handlers.office import numbers, office, which
from handlers.texts import units as texts
from handlers.texts.office import DROP
from records import obligations, operations, people, roles, turnover, units
from records.errors import NotAName, StaleButton
from records.model import Community, Person, Role, Unit


async def register(request: Request, services: Services) -> Reply:
    """The list; a button for each unit."""
    if (choice := await which(request, services, "units")) is not None:
        return choice
    community, _person = await office(request, services)
    return await _list(request, services, community)


async def _list(request: Request, services: Services, community: Community) -> Reply:
    listed = await units.of_community(services.db, community_id=community.id)
    liaisons = await units.liaisons(services.db, community_id=community.id)
    shown = texts.register(community, listed, liaisons)
    going_back = request.pressed and bool(numbers(request))
    message = Message(shown, texts.register_buttons(community, listed), replaces=going_back)
    return Reply((message,))


async def unit(request: Request, services: Services) -> Reply:
    """One unit, with what can be changed."""
    community, _person = await office(request, services)
    return await _one(services, community, await _unit_in(request, services, community))


async def _unit_in(request: Request, services: Services, community: Community) -> Unit:
    number = numbers(request, least=1)[0]
    if not is_number(number):
        raise StaleButton
    return await units.with_id(services.db, int(number), community_id=community.id)


async def _one(services: Services, community: Community, shown: Unit) -> Reply:
    liaisons = await units.liaisons(services.db, community_id=community.id)
    since = await obligations.owing_since(services.db, unit_id=shown.id)
    joined = since if since is not None and since != community.starts_on else None
    words = texts.unit(shown, liaisons.get(shown.id, []), joined)
    return Reply((Message(words, texts.unit_buttons(community, shown, joined), replaces=True),))


async def was_there(request: Request, services: Services) -> Reply:
    """改为原已入驻: the unit was there before it was marked, so nothing of it is for information only."""
    community, person = await office(request, services)
    shown = await _unit_in(request, services, community)
    await obligations.set_since(services.db, unit_id=shown.id, since=community.starts_on)
    await units.log_marks(services.db, shown, by=person, at=request.at)
    return await _one(services, community, shown)


async def mark(request: Request, services: Services) -> Reply:
    """One of the two marks of a unit, as the button says it shall be."""
    community, person = await office(request, services)
    before = await _unit_in(request, services, community)
    _number, *chosen = numbers(request)
    if chosen not in texts.MARKS:
        raise StaleButton
    which_mark, value = chosen[0], chosen[1] == "1"
    marked = await units.mark(
        services.db,
        before,
        is_local=value if which_mark == "local" else before.is_local,
        has_party_organisation=value if which_mark == "party" else before.has_party_organisation,
        at=request.at,
    )
    if marked != before:
        await units.log_marks(services.db, marked, by=person, at=request.at)
    return await _one(services, community, marked)


async def mark_all(request: Request, services: Services) -> Reply:
    """Every unit without any mark becomes a local unit with a Party organisation; exceptions follow."""
    community, person = await office(request, services)
    for one in await units.of_community(services.db, community_id=community.id):
        if not one.is_local and not one.has_party_organisation:
            marked = await units.mark(
                services.db, one, is_local=True, has_party_organisation=True, at=request.at
            )
            await units.log_marks(services.db, marked, by=person, at=request.at)
    return await _list(request, services, community)


async def new_unit(request: Request, services: Services) -> Reply:
    """新增单位: the names are asked for."""
    community, _person = await office(request, services)
    await expect(request, services, "unitnamed", str(community.id))
    return Reply((Message(texts.write_names(), ((DROP,),)),))


async def unit_named(request: Request, services: Services) -> Reply:
    """One name a line. UnitExists, NotAName."""
    community, person = await office(request, services)
    for name in request.words.splitlines():
        if not is_name(name.strip()):
            raise NotAName
        added = await units.add(services.db, name.strip(), community_id=community.id)
        await operations.log(
            services.db, by=person, act="add_unit", subject=f"unit:{added.id}", at=request.at
        )
    return await _list(request, services, community)


async def new_liaison(request: Request, services: Services) -> Reply:
    """更换联络员: the name is asked for."""
    community, _person = await office(request, services)
    shown = await _unit_in(request, services, community)
    await expect(request, services, "liaison", f"{community.id}:{shown.id}")
    return Reply((Message(texts.write_liaison(shown), ((DROP,),), replaces=True),))


async def liaison(request: Request, services: Services) -> Reply:
    """Somebody of the unit, or somebody new in it; who spoke for it before does not any more."""
    community, by = await office(request, services)
    shown = await _unit_in(request, services, community)
    name = request.words.strip()
    if not is_name(name):
        raise NotAName
    everybody = await people.of_community(services.db, community_id=community.id)
    mine = [one for one in everybody if one.unit is not None and one.unit.id == shown.id]
    person = next((one for one in mine if one.name == name), None)
    if person is None:
        person = await people.add(services.db, community, name, shown)
    await roles.give(services.db, person, Role.LIAISON, by=by, at=request.at)
    for other in mine:
        if other.id != person.id and Role.LIAISON in other.roles:
            await _no_liaison_any_more(request, services, other, by)
    return await _one(services, community, shown)


async def _no_liaison_any_more(
    request: Request, services: Services, person: Person, by: Person
) -> None:
    await roles.take(services.db, person, Role.LIAISON, by=by, at=request.at)
    await turnover.let_go(services.db, person, by=by, at=request.at)
