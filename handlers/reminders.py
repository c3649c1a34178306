"""The buttons under a reminder, each of which works once; and when one wants to be reminded."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from handlers import contacts, deeds, reports
from handlers.attendance import user_id_of
from handlers.conversation import Message, Place, Reply, Request, Services
from handlers.texts import reminders as texts
from handlers.texts import units as unit_texts
from records import (
    communities,
    holidays,
    meetings,
    notes,
    obligations,
    people,
    reminder_settings,
    roles,
)
from records.calendar import day_of
from records.database import Transaction
from records.errors import NoLaterReminder, NotAllowed, PrivateOnly, StaleButton
from records.model import Community, Duty, Meeting, NoteAnswer, Person, Role, Unit
from records.notes import Note
from records.workdays import Workdays, reminder_moment

WAIT = timedelta(days=3)


async def digest(db: Transaction, matters: Sequence[Note], days: Workdays) -> Message:
    """What a chat is told of its matters, with the buttons that were not pressed yet."""
    planned = await _planned(db, matters)
    return Message(texts.digest(matters, days, planned), texts.digest_buttons(matters))


async def _planned(db: Transaction, matters: Sequence[Note]) -> Mapping[Community, Meeting]:
    """The meeting a month's reminder need not ask for: it is called, and not yet held."""
    found = {}
    for note in matters:
        if note.duty is Duty.MONTHLY_MEETING and note.stage and note.community not in found:
            planned = await meetings.planned_in(db, note.community, note.period)
            if planned is not None:
                found[note.community] = planned
    return found


async def noted(request: Request, services: Services) -> Reply:
    """已联系，去登记 and its like: the matter is asked about anew below; the button is gone."""
    matters, days = await _matters(request, services)
    wanted = [one for one in matters if str(one.obligation_id) == request.words]
    if not wanted or not await notes.answer(services.db, wanted[0], NoteAnswer.REGISTERING):
        raise StaleButton
    note = wanted[0]
    community = await communities.with_id(services.db, note.community.id)
    await communities.lock(services.db, community)
    person = await _reader(request, services, note)
    begun = await _begin(request, services, note, person)
    return Reply((await _shown_again(request, services, days), *begun.messages))


async def _begin(request: Request, services: Services, note: Note, person: Person) -> Reply:
    """The first question of the registration; NotAllowed for who speaks for the unit no more."""
    if note.unit is None:
        return await reports.begin(request, services, person, note.duty)
    if not _speaks_for(person, note.unit):
        raise NotAllowed
    begin = contacts.begin if note.duty is Duty.HALF_YEAR_CONTACT else deeds.begin
    return await begin(request, services, note.unit, person)


def _speaks_for(person: Person, unit: Unit) -> bool:
    is_liaison = Role.LIAISON in person.roles and person.unit == unit
    return is_liaison or person.may_manage


async def later(request: Request, services: Services) -> Reply:
    """三天后再提醒: the next reminder of each matter comes then instead of on its own day."""
    matters, days = await _matters(request, services)
    until = reminder_moment(days.first_workday(day_of(request.at + WAIT)))
    waiting = [
        note
        for note in matters
        if note.may_wait and await notes.answer(services.db, note, NoteAnswer.POSTPONED)
    ]
    if not waiting:
        raise StaleButton
    moments = [
        await obligations.postpone(services.db, note.obligation_id, now=request.at, until=until)
        for note in waiting
    ]
    following = min((moment for moment in moments if moment is not None), default=None)
    if following is None:
        raise NoLaterReminder
    shown = await _shown_again(request, services, days)
    return Reply((shown,), toast=texts.postponed(day_of(following)))


async def not_liaison(request: Request, services: Services) -> Reply:
    """联络员已更换: whoever pressed hears no more of the unit, the worker is asked for the right contact."""
    matters, days = await _matters(request, services)
    of_units = [
        note
        for note in matters
        if note.unit is not None and note.is_own and str(note.unit.id) == request.words
    ]
    answered = [
        note for note in of_units if await notes.answer(services.db, note, NoteAnswer.WRONG_PERSON)
    ]
    if not answered:
        raise StaleButton
    note = answered[0]
    person = await _reader(request, services, note)
    if Role.LIAISON in person.roles:
        await roles.take(services.db, person, Role.LIAISON, by=person, at=request.at)
    told = await _to_workers(services, note, person)
    shown = await _shown_again(request, services, days)
    return Reply((shown, Message(texts.handed_over()), *told))


async def _to_workers(services: Services, note: Note, person: Person) -> list[Message]:
    if note.unit is None:
        return []
    told = await people.with_roles(
        services.db, community_id=note.community.id, wanted=[Role.PARTY_WORKER]
    ) or await people.with_roles(
        services.db, community_id=note.community.id, wanted=[Role.PARTY_SECRETARY]
    )
    words = texts.liaison_changed(note.unit, person)
    keys = unit_texts.new_liaison_button(note.community, note.unit)
    return [Message(words, keys, chat_id=account) for _worker, account in told]


async def _matters(request: Request, services: Services) -> tuple[list[Note], Workdays]:
    """The matters of the message whose button was pressed. StaleButton once a later one took them up."""
    if request.place is Place.GROUP:
        raise PrivateOnly
    days = await holidays.workdays(services.db)
    if request.message_id is None:
        raise StaleButton
    found = await notes.of_message(
        services.db, user_id=user_id_of(request), message_id=request.message_id, days=days
    )
    if found is None:
        raise StaleButton
    return found[1], days


async def _shown_again(request: Request, services: Services, days: Workdays) -> Message:
    """The same message without what was pressed."""
    found = await notes.of_message(
        services.db,
        user_id=user_id_of(request),
        message_id=request.message_id or 0,
        days=days,
    )
    matters = found[1] if found is not None else []
    shown = await digest(services.db, matters, days)
    return Message(shown.text, shown.buttons, replaces=True)


async def _reader(request: Request, services: Services, note: Note) -> Person:
    found = await people.find(
        services.db, community_id=note.community.id, user_id=user_id_of(request)
    )
    if found is None:
        raise NotAllowed
    return found


async def remind(request: Request, services: Services) -> Reply:
    """/remind: at what hour one is reminded, and a pause; nothing is dropped by it."""
    if request.place is Place.GROUP:
        raise PrivateOnly
    user_id = user_id_of(request)
    await people.all_of_account(services.db, user_id=user_id)
    if request.pressed and request.words:
        await _choose(request, services, user_id)
    found = await reminder_settings.of(services.db, user_id=user_id)
    paused = found.is_paused(day_of(request.at))
    message = Message(
        texts.settings(found, paused=paused),
        texts.settings_buttons(found, paused=paused),
        replaces=request.pressed,
    )
    return Reply((message,))


async def _choose(request: Request, services: Services, user_id: int) -> None:
    """An hour, a pause of so many days, or the end of one; what waits already is moved too. StaleButton."""
    if request.words in texts.HOURS:
        hour = texts.HOURS[request.words]
        await reminder_settings.choose_hour(services.db, user_id=user_id, said_at=hour)
    elif request.words in texts.PAUSES:
        length = texts.PAUSES[request.words]
        until = day_of(request.at) + timedelta(days=length) if length else None
        await reminder_settings.pause(services.db, user_id=user_id, until=until)
    else:
        raise StaleButton
    days = await holidays.workdays(services.db)
    await notes.defer(services.db, user_id=user_id, now=request.at, days=days)
