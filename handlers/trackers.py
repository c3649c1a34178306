"""/progress: procedures step by step, in private: 四步议事法, 五个程序, 设立请示."""

from dataclasses import replace

from handlers import dates
from handlers.attendance import expect, is_number
from handlers.calling import manager
from handlers.conversation import Message, Place, Reply, Request, Services, say
from handlers.dates import Near
from handlers.texts import trackers as texts
from handlers.texts.text import text
from records import trackers
from records.calendar import day_of
from records.errors import DayUnknown, PrivateOnly, StaleButton, WordsTooLong
from records.model import Community, Person, Procedure
from records.trackers import Step

TITLE, NOTE = 60, 60  # characters


async def progress(request: Request, services: Services) -> Reply:
    """All of them, and what can be begun."""
    community, _person = await _manager(request, services)
    found = await trackers.of_community(services.db, community.id)
    return say(texts.overview(found), *texts.overview_buttons(found))


async def begin(request: Request, services: Services) -> Reply:
    """A new one: first its title is asked for."""
    _community, person = await _manager(request, services)
    try:
        procedure = Procedure(request.words if request.pressed else request.carried)
    except ValueError as error:
        raise StaleButton from error
    if request.pressed:
        await expect(request, services, "newtracker", procedure.value)
        asked = Message(text(texts.WRITE_TITLES[procedure]), texts.drop_buttons(), replaces=True)
        return Reply((asked,))
    title = " ".join(request.words.split())
    if not title or len(title) > TITLE:
        raise WordsTooLong
    made = await trackers.begin(services.db, procedure, title, by=person, at=request.at)
    return say(texts.card(made), *texts.card_buttons(made))


async def show(request: Request, services: Services) -> Reply:
    """One of them with its steps."""
    community, _person = await _manager(request, services)
    tracker, _number = await _carried(request, services, community)
    return Reply((Message(texts.card(tracker), texts.card_buttons(tracker), replaces=True),))


async def step(request: Request, services: Services) -> Reply:
    """A step: its day is asked for, then it is registered. DayUnknown, DayAhead."""
    community, person = await _manager(request, services)
    tracker, number = await _carried(request, services, community)
    if number not in tracker.missing:
        raise StaleButton
    if request.pressed:
        await expect(request, services, "step", f"{tracker.id}:{number}")
        asked = Message(texts.write_day(tracker, number), texts.drop_buttons(), replaces=True)
        return Reply((asked,))
    today = day_of(request.at)
    read = dates.read_day(request.words, today=today, near=Near.PAST)
    if read is None:
        raise DayUnknown
    on, note = read
    if len(note) > NOTE:
        raise WordsTooLong
    done = await trackers.register(
        services.db,
        tracker,
        Step(number, on, note.strip("，,。 ")),
        by=person,
        today=today,
        at=request.at,
    )
    return say(texts.card(done), *texts.card_buttons(done))


async def _carried(
    request: Request, services: Services, community: Community
) -> tuple[trackers.Tracker, int]:
    """tracker, or tracker:step."""
    words = request.words if request.pressed else request.carried
    number, _colon, place = words.partition(":")
    if not is_number(number) or (place and not is_number(place)):
        raise StaleButton
    found = await trackers.with_id(services.db, int(number), community_id=community.id)
    return found, int(place or 0)


async def _manager(request: Request, services: Services) -> tuple[Community, Person]:
    """The button carries a tracker, not a meeting."""
    if request.place is Place.GROUP:
        raise PrivateOnly
    return await manager(replace(request, pressed=False, carried=""), services)
