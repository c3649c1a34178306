"""The lists 需求、资源、项目 and volunteer activities, under /visit: one typed line each, the state by a button."""

from collections.abc import Sequence
from datetime import date

from handlers import dates, lines
from handlers.attendance import expect, is_number
from handlers.conversation import Message, Reply, Request, Services, say
from handlers.dates import Near
from handlers.files.cells import is_private
from handlers.office import numbers, office
from handlers.registering import named
from handlers.texts import projects as texts
from handlers.texts.text import Text
from records import projects, units
from records.calendar import day_of
from records.errors import (
    ActivityNotUnderstood,
    DayAhead,
    DayUnknown,
    LineMissing,
    NoSuchUnit,
    PrivateNumber,
    StaleButton,
    WordsTooLong,
)
from records.model import Activity, Community, Person, Project, ProjectKind, ProjectState, Unit
from records.projects import Planned

PARTNER, UNITS = 100, 200  # characters


async def lists(request: Request, services: Services) -> Reply:
    """The three lists, or a page of one of them."""
    community, _person = await office(request, services)
    chosen, page = numbers(request)[:1], _page(numbers(request)[1:])
    kind = next((one for one in ProjectKind if [one.value] == chosen), None)
    if kind is not None:
        return await _listed(services, community, kind, page=page, replaces=True)
    message = Message(texts.lists(community), texts.lists_buttons(community), replaces=bool(chosen))
    return Reply((message,))


def _page(carried: Sequence[str]) -> int:
    """The page a button carries; the first without one."""
    return max(1, int(carried[0])) if carried and is_number(carried[0]) else 1


async def _listed(
    services: Services, community: Community, kind: ProjectKind, *, page: int = 1, replaces: bool
) -> Reply:
    found = await projects.of_community(services.db, community.id, kind)
    shown = min(page, texts.pages(found))
    keys = texts.list_buttons(community, kind, found, shown)
    return Reply((Message(texts.listed(community, kind, found, shown), keys, replaces=replaces),))


async def line(request: Request, services: Services) -> Reply:
    """A new line of a list: asked for, then written."""
    community, person = await office(request, services)
    value = numbers(request, least=1)[0]
    kind = next((one for one in ProjectKind if one.value == value), None)
    if kind is None:
        raise StaleButton
    if request.pressed:
        return await _asked(request, services, texts.write(kind), "projectline")
    read = await _read(request, services, kind, person)
    await projects.add(services.db, read, by=person, at=request.at)
    return await _listed(services, community, kind, replaces=False)


async def _asked(request: Request, services: Services, words: Text, action: str) -> Reply:
    await expect(request, services, action, request.words)
    return say(words, *texts.drop_buttons())


async def _read(request: Request, services: Services, kind: ProjectKind, person: Person) -> Planned:
    """老旧电梯改造；建设银行；物业公司；进行中；11月20日: all but the title may be missing."""
    title, *rest = _parts(request.words)
    today, state = day_of(request.at), ProjectState.PLANNED
    free: list[str] = []
    day: str | None = None
    for part in rest:
        said = next((one for one, name in texts.STATES.items() if name == part), None)
        if said is not None:
            state = said
        elif dates.is_day(part):
            day = part
        else:
            free.append(part)
    if len(free) > 2 or any(len(one) > PARTNER for one in free):
        raise WordsTooLong
    unit, partner = None, ""
    if free:
        unit = await _unit(services, free[0], person)
        partner = free[1] if len(free) > 1 else ""
    near = Near.COMING if state is ProjectState.PLANNED else Near.PAST
    on = _day(day, today, near) if day is not None else today
    return Planned(kind, lines.read_title(title), unit, partner, state, on)


def _parts(words: str) -> list[str]:
    """LineMissing, WordsTooLong, PrivateNumber."""
    found = [" ".join(part.split()) for part in lines.PARTS.split(words) if part.strip()]
    if not found:
        raise LineMissing
    if any(len(one) > UNITS for one in found):
        raise WordsTooLong
    if any(is_private(one) for one in found):
        raise PrivateNumber
    return found


async def _unit(services: Services, name: str, person: Person) -> Unit:
    listed = await units.of_community(services.db, community_id=person.community_id)
    found, rest = named(name, [(one, person) for one in listed])
    if len(found) != 1 or rest:
        raise NoSuchUnit(name)
    return found[0][0]


def _day(words: str, today: date, near: Near) -> date:
    read = dates.read_day(words, today=today, near=near)
    if read is None:
        raise DayUnknown
    return read[0]


async def project(request: Request, services: Services) -> Reply:
    """One line; its new state, or that it was written by mistake."""
    community, person = await office(request, services)
    number, *chosen = numbers(request, least=1)
    found = await _project(services, community, number)
    if chosen == ["drop"]:
        await projects.drop(services.db, found, by=person, at=request.at)
        return await _listed(services, community, found.kind, replaces=True)
    if chosen:
        state = next((one for one in ProjectState if one.value == chosen[0]), None)
        if state is None:
            raise StaleButton
        found = await projects.set_state(
            services.db, found, state, on=day_of(request.at), by=person, at=request.at
        )
    return Reply((Message(texts.card(found), texts.card_buttons(found), replaces=True),))


async def _project(services: Services, community: Community, number: str) -> Project:
    if not is_number(number):
        raise StaleButton
    return await projects.with_id(services.db, int(number), community_id=community.id)


async def activities(request: Request, services: Services) -> Reply:
    """志愿服务活动: a page of the list; one of them is taken out again."""
    community, person = await office(request, services)
    chosen = numbers(request)[:1]
    if chosen == ["page"]:
        page = _page(numbers(request)[1:])
        return await _activities(services, community, page=page, replaces=True)
    if chosen:
        if not is_number(chosen[0]):
            raise StaleButton
        await projects.drop_activity(
            services.db, int(chosen[0]), community_id=community.id, by=person, at=request.at
        )
    return await _activities(services, community, replaces=bool(chosen))


async def _activities(
    services: Services, community: Community, *, page: int = 1, replaces: bool
) -> Reply:
    found = await projects.activities_of(services.db, community.id)
    shown = min(page, texts.pages(found))
    keys = texts.activity_buttons(community, found, shown)
    return Reply((Message(texts.activities(community, found, shown), keys, replaces=replaces),))


async def activity_line(request: Request, services: Services) -> Reply:
    """A new activity: asked for, then written."""
    community, person = await office(request, services)
    if request.pressed:
        return await _asked(request, services, texts.write_activity(), "activityline")
    read = _read_activity(request, community)
    await projects.add_activity(services.db, read, by=person, at=request.at)
    return await _activities(services, community, replaces=False)


def _read_activity(request: Request, community: Community) -> Activity:
    """清洁家园；11月15日；第一小学、区医院；32人. ActivityNotUnderstood, DayUnknown, DayAhead."""
    title, *rest = _parts(request.words)
    today = day_of(request.at)
    days = [part for part in rest if dates.is_day(part)]
    counts = [match for part in rest if (match := lines.HEADS.fullmatch(part)) is not None]
    others = [part for part in rest if part not in days and not lines.HEADS.fullmatch(part)]
    named_units = "、".join(others)
    if len(counts) != 1 or len(days) > 1 or len(named_units) > UNITS:
        raise ActivityNotUnderstood
    on = _day(days[0], today, Near.PAST) if days else today
    if on > today:
        raise DayAhead
    heads = int(counts[0][1])
    return Activity(0, community.id, lines.read_title(title), on, named_units, heads)
