"""Calling a meeting: by one line or by buttons, echoed, agreed to, moved, called off."""

from dataclasses import replace
from datetime import date, datetime, time

from handlers import lines
from handlers.attendance import card, expect, number_in, user_id_of, who
from handlers.conversation import Button, Message, Place, Reply, Request, Services, say
from handlers.texts import calling as texts
from handlers.texts import meetings as meeting_texts
from handlers.texts.text import Text, text
from records import agenda, attendance, holidays, meetings, people, prompts, resolutions
from records.calendar import CHINA, day_of
from records.errors import AlreadyCalled, LedgerClosed, NotAllowed, NothingToAdjourn, StaleButton
from records.model import Community, Meeting, MeetingKind, MeetingState, Person
from records.workdays import Workdays

DAYS_OFFERED, PLACES_OFFERED, ADJOURNABLE = 8, 3, 4


async def manager(request: Request, services: Services) -> tuple[Community, Person]:
    """Whoever asks, if they are Party secretary or Party-affairs worker; else NotAllowed."""
    community, person = await who(request, services)
    if not person.may_manage:
        raise NotAllowed
    return community, person


async def managed(request: Request, services: Services) -> tuple[Community, Person, Meeting]:
    """The same, with the meeting that a button or a waiting act is about. StaleButton."""
    community, person = await manager(request, services)
    number = number_in(request)
    if number is None:
        raise StaleButton
    return community, person, await meetings.of_community(services.db, community, number)


async def new_meeting(request: Request, services: Services) -> Reply:
    """Read one line such as “下周三下午3点 工作会议 二楼会议室”; without one, ask step by step."""
    community, person = await manager(request, services)
    if request.pressed:
        return await _step(request, services)
    if request.words:
        return await _read(request, services, community, person)
    if request.place is Place.GROUP:
        return say(texts.HOW_TO_CALL)
    return say(texts.which_kind(), *texts.kind_buttons())


async def line(request: Request, services: Services) -> Reply:
    """The line that was asked for."""
    community, person = await manager(request, services)
    return await _read(request, services, community, person)


async def _read(
    request: Request, services: Services, community: Community, person: Person
) -> Reply:
    kind, starts_at, place = lines.read_meeting(request.words, now=request.at)
    return await _drafted(request, services, community, person, kind, starts_at, place)


async def _drafted(  # noqa: PLR0917 - the parts of one line
    request: Request,
    services: Services,
    community: Community,
    person: Person,
    kind: MeetingKind,
    starts_at: datetime,
    place: str,
) -> Reply:
    meeting = await meetings.draft(
        services.db,
        community,
        by=person,
        chat_id=community.group_chat_id or user_id_of(request),
        topic_id=request.topic_id if request.place is Place.GROUP else None,
        kind=kind,
        starts_at=starts_at,
        place=place,
        at=request.at,
    )
    if starts_at < request.at:
        return say(texts.in_the_past(meeting), *texts.past_buttons(meeting))
    return say(texts.understood(meeting), *texts.understood_buttons(meeting))


async def _step(request: Request, services: Services) -> Reply:
    """Kind, then day, then time, then place: each button carries what was chosen before."""
    kind, *chosen = request.words.split("|")
    try:
        meeting_kind = MeetingKind(kind)
        if not chosen:
            days = _days(day_of(request.at), await holidays.workdays(services.db))
            return _instead(texts.which_day(meeting_kind), texts.day_buttons(meeting_kind, days))
        if chosen[0] == "?":
            await expect(request, services, "when", meeting_kind.value)
            return _instead(texts.write_when(meeting_kind), ((texts.DROP,),))
        day = date.fromisoformat(chosen[0])
        if chosen[1:] == ["?"]:
            await expect(request, services, "when", f"{meeting_kind.value}|{day.isoformat()}")
            return _instead(texts.write_hour(meeting_kind, day), ((texts.DROP,),))
        if len(chosen) == 1:
            return _instead(
                texts.which_time(meeting_kind, day), texts.time_buttons(meeting_kind, day)
            )
        hour, minute = (int(part) for part in chosen[1].split(":"))
        starts_at = datetime.combine(day, time(hour, minute), CHINA)
    except ValueError as error:
        raise StaleButton from error
    return await _ask_place(request, services, meeting_kind, starts_at)


async def when(request: Request, services: Services) -> Reply:
    """The day or the hour that was asked for; what was chosen before stands."""
    await manager(replace(request, carried=""), services)
    kind, _bar, day = request.carried.partition("|")
    base = datetime.combine(date.fromisoformat(day), time(), CHINA) if day else None
    starts_at, where = lines.read_time(request.words, now=request.at, base=base, needs_hour=True)
    if where:
        community, person = await manager(replace(request, carried=""), services)
        return await _drafted(
            request, services, community, person, MeetingKind(kind), starts_at, where
        )
    return await _ask_place(request, services, MeetingKind(kind), starts_at)


async def _ask_place(
    request: Request, services: Services, kind: MeetingKind, starts_at: datetime
) -> Reply:
    community, _person = await who(request, services)
    await expect(request, services, "place", f"{kind.value}|{starts_at.isoformat()}")
    known: dict[str, int] = {}
    for meeting in reversed(await meetings.all_of(services.db, community)):
        if meeting.place and len(known) < PLACES_OFFERED:
            known.setdefault(meeting.place, meeting.id)
    places = [(number, place) for place, number in known.items()]
    shown = Message(
        texts.write_place(kind, starts_at),
        texts.place_buttons(places),
        replaces=request.pressed,
    )
    return Reply((shown,))


async def place(request: Request, services: Services) -> Reply:
    """The place that was asked for, typed or that of an earlier meeting."""
    community, person = await manager(request, services)
    user_id = user_id_of(request)
    carried, words = request.carried, request.words
    if request.pressed:
        waiting = await prompts.waiting(
            services.db, chat_id=user_id, user_id=user_id, now=request.at
        )
        if waiting is None or waiting.action != "place":
            raise StaleButton
        carried = waiting.words
        earlier = await meetings.of_community(services.db, community, number_in(request) or 0)
        words = earlier.place
        await prompts.drop(services.db, chat_id=user_id, user_id=user_id)
    kind, starts_at = carried.split("|")
    return await _drafted(
        request,
        services,
        community,
        person,
        MeetingKind(kind),
        datetime.fromisoformat(starts_at).astimezone(CHINA),
        lines.read_place(words),
    )


def _days(today: date, workdays: Workdays) -> list[date]:
    return [workdays.workdays_after(today, count) for count in range(DAYS_OFFERED)]


def _instead(words: Text | str, rows: tuple[tuple[Button, ...], ...]) -> Reply:
    """In the place of the message whose button was pressed."""
    return Reply((Message(text(words), rows, replaces=True),))


async def agree(request: Request, services: Services) -> Reply:
    """对: the meeting is called; what is still open from earlier meetings comes on its agenda."""
    community, person, draft = await managed(request, services)
    if draft.state is not MeetingState.DRAFT:
        raise AlreadyCalled
    meeting = await meetings.call(
        services.db, community, meeting_id=draft.id, by=person, at=request.at
    )
    waiting = await resolutions.open_ones(services.db, community_id=community.id)
    if waiting:
        titles = [texts.still_open(one)[: lines.ITEM_LENGTH] for one in waiting][: lines.MOST_ITEMS]
        await agenda.put(services.db, meeting, titles, by=person, at=request.at)
    called = texts.called(meeting, carried=len(waiting))
    if request.place is Place.PRIVATE:
        return Reply((Message(called, texts.panel_buttons(meeting), replaces=True),))
    here = Message(called, texts.call_buttons(meeting), replaces=True)
    panel = Message(called, texts.panel_buttons(meeting), chat_id=user_id_of(request))
    return Reply((here, panel))


async def change(request: Request, services: Services) -> Reply:
    """改: in private the next words are the new line; in the group the command is sent again."""
    community, person, draft = await managed(request, services)
    if draft.state is not MeetingState.DRAFT:
        raise StaleButton
    await meetings.cancel(services.db, community, meeting_id=draft.id, by=person, at=request.at)
    if request.place is Place.GROUP:
        return Reply((Message(text(texts.CHANGE_IN_GROUP), replaces=True),))
    await expect(request, services, "line")
    return _instead(text(texts.WRITE_LINE), ((texts.DROP,),))


async def cancel(request: Request, services: Services) -> Reply:
    """Drop a draft, or call off a planned meeting: the card says so, and who was asked is told."""
    community, person, before = await managed(request, services)
    if before.state is MeetingState.PLANNED and not request.words.endswith(":yes"):
        return _instead(texts.really_cancel(before), texts.cancel_buttons(before))
    meeting = await meetings.cancel(
        services.db, community, meeting_id=before.id, by=person, at=request.at
    )
    if before.state is MeetingState.DRAFT:
        return Reply((Message(text(texts.CANCELLED_DRAFT), replaces=True),))
    told = Message(texts.cancelled(meeting), replaces=True)
    return Reply((told, await card(services, meeting), *await _called_off(services, meeting)))


async def _told_again(services: Services, before: Meeting, meeting: Meeting) -> list[Message]:
    """Who was asked about the old time is asked about the new one at once."""
    if before.noticed_version is None:
        return []
    await meetings.noticed(services.db, meeting)
    words, keys = meeting_texts.rescheduled(before, meeting), meeting_texts.coming_buttons(meeting)
    return [Message(words, keys, chat_id=account) for account in await _accounts(services, meeting)]


async def _accounts(services: Services, meeting: Meeting) -> list[int]:
    """Of everybody of the team who is bound."""
    return [
        account
        for person in await attendance.team(services.db, meeting)
        for account in await people.accounts_of(services.db, person_id=person.id)
    ]


async def _called_off(services: Services, meeting: Meeting) -> list[Message]:
    """To everybody of the team who was asked whether they can come."""
    if meeting.noticed_version is None:
        return []
    accounts = await _accounts(services, meeting)
    return [Message(meeting_texts.called_off(meeting), chat_id=one) for one in accounts]


async def move(request: Request, services: Services) -> Reply:
    """改时间: the next words in private are the new time."""
    _community, _person, meeting = await managed(request, services)
    if meeting.state not in (MeetingState.PLANNED, MeetingState.DRAFT):
        raise StaleButton
    await expect(request, services, "moved", str(meeting.id))
    asked = Message(text(texts.WRITE_TIME), ((texts.DROP,),), chat_id=user_id_of(request))
    return Reply((asked,))


async def moved(request: Request, services: Services) -> Reply:
    """The new time that was asked for."""
    community, person, before = await managed(request, services)
    starts_at, place = lines.read_time(request.words, now=request.at, base=before.starts_at)
    meeting = await meetings.move(
        services.db,
        community,
        meeting_id=before.id,
        starts_at=starts_at,
        place=place or None,
        by=person,
        at=request.at,
    )
    if meeting.state is MeetingState.PLANNED:
        told = Message(texts.moved(meeting), texts.panel_buttons(meeting))
        others = await _told_again(services, before, meeting)
        return Reply((told, await card(services, meeting), *others))
    if meeting.starts_at < request.at:
        return say(texts.in_the_past(meeting), *texts.past_buttons(meeting))
    return say(texts.understood(meeting), *texts.understood_buttons(meeting))


async def again(request: Request, services: Services) -> Reply:
    """另定时间 for a meeting that was not held: a new meeting of the same kind."""
    _community, _person, meeting = await managed(request, services)
    if meeting.state is not MeetingState.NOT_HELD:
        raise StaleButton
    await expect(request, services, "another", str(meeting.id))
    asked = Message(text(texts.WRITE_TIME), ((texts.DROP,),), chat_id=user_id_of(request))
    return Reply((asked,))


async def another(request: Request, services: Services) -> Reply:
    """The time of the meeting that takes the place of one that was not held."""
    community, person, before = await managed(request, services)
    starts_at, place = lines.read_time(request.words, now=request.at, base=before.starts_at)
    return await _drafted(
        request, services, community, person, before.kind, starts_at, place or before.place
    )


async def agenda_(request: Request, services: Services) -> Reply:
    """议题: the next words in private are the items, one a line."""
    _community, _person, meeting = await managed(request, services)
    await expect(request, services, "items", str(meeting.id))
    items = await agenda.of(services.db, meeting)
    shown = texts.agenda_written(meeting, items).plain + "\n" if items else ""
    asked = Message(text(shown + texts.WRITE_AGENDA), ((texts.DROP,),), chat_id=user_id_of(request))
    return Reply((asked,))


async def items(request: Request, services: Services) -> Reply:
    """The items that were asked for. ItemsTooLong."""
    _community, person, meeting = await managed(request, services)
    if meeting.confirmed_at is not None:
        raise LedgerClosed
    written_before = await agenda.of(services.db, meeting)
    kept = [one.title for one in written_before if texts.is_carried(one.title)]
    titles = [*kept, *lines.read_items(request.words)][: lines.MOST_ITEMS + len(kept)]
    await agenda.put(services.db, meeting, titles, by=person, at=request.at)
    written = await agenda.of(services.db, meeting)
    return say(texts.agenda_written(meeting, written), *texts.panel_buttons(meeting))


async def adjourn(request: Request, services: Services) -> Reply:
    """/adjourn: what can be done with the coming meeting, or with the last that was not held."""
    community, _person = await manager(request, services)
    found = [
        one
        for one in await meetings.all_of(services.db, community)
        if one.state is MeetingState.PLANNED
        or (one.state is MeetingState.NOT_HELD and one.confirmed_at is None)
    ]
    if not found:
        raise NothingToAdjourn
    return Reply(
        tuple(
            Message(texts.adjourn(one), texts.adjourn_buttons(one), chat_id=user_id_of(request))
            for one in found[-ADJOURNABLE:]
        )
    )
