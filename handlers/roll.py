"""A worker takes the roll: everybody but the exceptions, one by one, and what is put right."""

import re
from collections.abc import Sequence

from handlers import lines
from handlers.attendance import changed_card, expect, is_number, stop_waiting, user_id_of
from handlers.calling import managed, manager
from handlers.conversation import Button, Message, Place, Reply, Request, Services, say
from handlers.texts import dates
from handlers.texts import meetings as meeting_texts
from handlers.texts import roll as texts
from handlers.texts.text import Text, text
from records import attendance, meetings, people, rules, settings, terms, votes
from records.attendance import EXCUSED, ONLINE, PRESENT, Mark
from records.calendar import day_of
from records.errors import (
    LedgerClosed,
    NoOpenMeeting,
    NoSuchPerson,
    NoTeam,
    PrivateOnly,
    ReasonMissing,
    StaleButton,
    TooManyExceptions,
    WordsTooLong,
)
from records.model import (
    Community,
    Meeting,
    MeetingState,
    Person,
    Presence,
    Role,
)

PACKED = re.compile(r"([0-9a-f]{4})\.((?:\d{1,3}[peao])*)")
MOST_EXCEPTIONS, LARGEST_TEAM = 12, 90  # 64 bytes of a button; 100 buttons of a message
REASON = 100  # characters
RECORDABLE = (PRESENT, ONLINE, EXCUSED)


async def roll(request: Request, services: Services) -> Reply:
    """全员到会，点选例外: nothing is recorded until 确认. Also the list of a meeting entered later."""
    _community, _person, meeting = await managed(request, services)
    _refuse_confirmed(meeting)
    team = await attendance.team(services.db, meeting)
    if len(team) > LARGEST_TEAM:
        raise TooManyExceptions
    exceptions = _unpacked(request.words, team)
    if exceptions is None:
        exceptions = await _recorded(services, meeting, team)
    if len(exceptions) > MOST_EXCEPTIONS:
        raise TooManyExceptions
    message = Message(
        texts.take_roll(meeting, exceptions, len(team)),
        texts.roll_buttons(meeting, team, exceptions),
        chat_id=user_id_of(request),
        replaces=request.place is Place.PRIVATE and ":" in request.words,
    )
    return Reply((message,))


def _unpacked(words: str, team: Sequence[Person]) -> dict[int, Mark] | None:
    """The exceptions that a button carries; None for the first press. StaleButton after a change of the team."""
    _number, _colon, packed = words.partition(":")
    if not packed:
        return None
    match = PACKED.fullmatch(packed)
    if match is None or match[1] != texts.fingerprint(team):
        raise StaleButton
    found = re.findall(r"(\d+)([peao])", match[2])
    marks = {int(place): texts.LETTERS[letter] for place, letter in found if letter != "p"}
    if any(place >= len(team) for place in marks):
        raise StaleButton
    return marks


async def _recorded(
    services: Services, meeting: Meeting, team: Sequence[Person]
) -> dict[int, Mark]:
    """Who has asked leave, or is there by line, is an exception from the beginning."""
    listed = await attendance.list_of(services.db, meeting)
    entries = {person.id: record for person, record in listed}
    exceptions = {}
    for place, person in enumerate(team):
        record = entries.get(person.id)
        if record is None:
            continue
        if record.presence is Presence.EXCUSED:
            exceptions[place] = EXCUSED
        elif record.online:
            exceptions[place] = ONLINE
    return exceptions


async def rolled(request: Request, services: Services) -> Reply:
    """确认: the roll is recorded on behalf of everybody who has not signed in."""
    community, person, meeting = await managed(request, services)
    _refuse_confirmed(meeting)
    team = await attendance.team(services.db, meeting)
    exceptions = _unpacked(request.words, team) or {}
    if _is_past(meeting, request):
        meeting = await meetings.enter_later(
            services.db, community, meeting_id=meeting.id, by=person, at=request.at
        )
    if meeting.state is MeetingState.PLANNED:
        raise NoOpenMeeting(meeting.starts_at)
    if meeting.state is not MeetingState.OPEN and meeting.entered_at is None:
        raise StaleButton
    marks = {team[place].id: mark for place, mark in exceptions.items()}
    at = meeting.starts_at if meeting.entered_at is not None else request.at
    await attendance.take_roll(services.db, meeting, marks, by=person, at=at)
    return await _taken(request, services, community, person, meeting)


def _is_past(meeting: Meeting, request: Request) -> bool:
    """Whether it is entered later: drafted for a past time, or planned for an earlier day and never opened."""
    if meeting.state is MeetingState.DRAFT:
        return meeting.starts_at < request.at
    is_planned = meeting.state is MeetingState.PLANNED
    return is_planned and day_of(meeting.starts_at) < day_of(request.at)


async def _taken(
    request: Request,
    services: Services,
    community: Community,
    person: Person,
    meeting: Meeting,
) -> Reply:
    await meetings.reassess(services.db, meeting)
    meeting = await meetings.with_id(services.db, meeting.id)
    found = await attendance.roll_of(services.db, meeting)
    if meeting.entered_at is not None:
        words = texts.entered_later(
            found,
            before_start=day_of(meeting.starts_at) < community.starts_on,
            by=person,
            on=dates.day(day_of(request.at)),
        )
        keys = meeting_texts.closed_buttons(meeting)
        return Reply((Message(words, keys, replaces=True),))
    told = Message(texts.rolled(found), _next_buttons(meeting), replaces=True)
    return Reply((told, *await changed_card(services, meeting)))


def _next_buttons(meeting: Meeting) -> tuple[tuple[Button, ...], ...]:
    if meeting.state is MeetingState.OPEN:
        return meeting_texts.opened_buttons(meeting)[1:]
    return meeting_texts.closed_buttons(meeting)


async def later(request: Request, services: Services) -> Reply:
    """补录: first the list of that day, everybody present but for the exceptions."""
    _community, _person, meeting = await managed(request, services)
    if not _is_past(meeting, request):
        raise StaleButton
    team = await attendance.team(services.db, meeting)
    if not team:
        raise NoTeam(day_of(meeting.starts_at))
    if len(team) > LARGEST_TEAM:
        raise TooManyExceptions
    words, keys = texts.take_roll(meeting, {}, len(team)), texts.roll_buttons(meeting, team, {})
    if request.place is Place.PRIVATE:
        return Reply((Message(words, keys, replaces=True),))
    here = Message(text(texts.ENTER_IN_PRIVATE), replaces=True)
    return Reply((here, Message(words, keys, chat_id=user_id_of(request))))


async def record(request: Request, services: Services) -> Reply:
    """代为登记: “/record 张伟 请假”, “/record 张伟”, or by buttons; first the person, then how."""
    if request.place is Place.GROUP and not request.words:
        raise PrivateOnly
    community, worker = await manager(request, services)
    if request.pressed:
        return await _record_pressed(request, services, community, worker)
    meeting = await _current(request, services, community)
    name, mark = lines.read_record(request.words)
    if not name:
        return await _whom(request, services, meeting)
    found = await _named(services, community, name, meeting=meeting)
    if len(found) > 1:
        return say(texts.same_name(found), *texts.people_buttons("record", meeting, found))
    if mark is not None:
        return await _record(request, services, meeting, found[0], mark, worker)
    return await _how(request, services, meeting, found[0])


async def _record_pressed(
    request: Request, services: Services, community: Community, worker: Person
) -> Reply:
    meeting, person, letter = await _carried(request, services, community)
    if person is None:
        return await _whom(request, services, meeting)
    if letter is None:
        return await _how(request, services, meeting, person)
    return await _record(request, services, meeting, person, texts.LETTERS[letter], worker)


async def _whom(request: Request, services: Services, meeting: Meeting) -> Reply:
    """Those of the team without a record."""
    _refuse_confirmed(meeting)
    waiting = [
        person
        for person, found in await attendance.list_of(services.db, meeting)
        if found is None or found.presence is Presence.COMING
    ]
    if not waiting:
        return _private(request, texts.NOBODY_LEFT, ())
    return _private(request, texts.WHOM, texts.people_buttons("record", meeting, waiting))


async def _how(request: Request, services: Services, meeting: Meeting, person: Person) -> Reply:
    found = await attendance.of_person(services.db, meeting, person)
    keys = texts.mark_buttons("record", meeting, person, RECORDABLE)
    return _private(request, texts.which_mark(person, found), keys, replaces=request.pressed)


async def _record(  # noqa: PLR0917 - who records whom for what as what
    request: Request,
    services: Services,
    meeting: Meeting,
    person: Person,
    mark: Mark,
    worker: Person,
) -> Reply:
    _refuse_confirmed(meeting)
    if meeting.state is MeetingState.PLANNED and mark.presence is Presence.PRESENT:
        raise NoOpenMeeting(meeting.starts_at)
    if mark.presence is Presence.EXCUSED:
        written = await attendance.excuse(services.db, meeting, person, at=request.at, by=worker)
    else:
        written = await attendance.sign_in(
            services.db, meeting, person, at=request.at, online=mark.online, by=worker
        )
    await meetings.reassess(services.db, meeting)
    told = texts.recorded(written) if written.is_new else texts.already(written)
    answer = Message(told, chat_id=user_id_of(request), replaces=request.pressed)
    if not written.is_new or meeting.state is MeetingState.PLANNED:
        return Reply((answer,))
    return Reply((answer, *await changed_card(services, meeting)))


async def correct(request: Request, services: Services) -> Reply:
    """更正: the person, what it should be, and why."""
    community, worker = await manager(request, services)
    meeting, person, letter = await _carried(request, services, community)
    _refuse_confirmed(meeting)
    if person is None:
        everybody = [one for one, _found in await attendance.list_of(services.db, meeting)]
        keys = texts.people_buttons("correct", meeting, everybody)
        return _private(request, texts.WHOM_TO_CORRECT, keys)
    found = await attendance.of_person(services.db, meeting, person)
    if letter is None:
        is_there = found is not None and found.presence is Presence.PRESENT
        found_settings = await settings.of(services.db, community.id)
        marks = [one for one in texts.MARKS if not one.late or found_settings.late_after]
        keys = texts.mark_buttons("correct", meeting, person, marks, may_leave=is_there)
        return _private(request, texts.which_mark(person, found), keys, replaces=True)
    if letter == "g":
        return await _gone(request, services, meeting, person, worker)
    mark = texts.LETTERS[letter]
    await expect(request, services, "corrected", f"{meeting.id}:{person.id}:{letter}")
    keys = texts.why_buttons(meeting, person, mark)
    return _private(request, texts.why(person, found, mark), keys, replaces=True)


async def corrected(request: Request, services: Services) -> Reply:
    """The reason, pressed or typed: before, after and why are kept."""
    community, worker = await manager(request, services)
    meeting, person, letter = await _carried(request, services, community)
    if person is None or letter is None or letter not in texts.LETTERS:
        raise StaleButton
    reason = _reason(request)
    await stop_waiting(request, services)
    before = await attendance.of_person(services.db, meeting, person)
    mark = texts.LETTERS[letter]
    await attendance.correct(
        services.db, meeting, person, mark, reason=reason, by=worker, at=request.at
    )
    await meetings.reassess(services.db, meeting)
    changed = await meetings.with_id(services.db, meeting.id)
    found = await attendance.roll_of(services.db, changed)
    doubtful = not rules.may_vote(found) and await votes.of(services.db, changed)
    told = Message(
        texts.corrected(person, before, mark, reason, doubtful=bool(doubtful)),
        _next_buttons(changed),
        replaces=request.pressed,
    )
    return Reply((told, *await changed_card(services, changed)))


def _reason(request: Request) -> str:
    if request.pressed:
        number = request.words.rpartition(":")[2]
        if not is_number(number) or int(number) >= len(texts.REASONS):
            raise StaleButton
        return texts.REASONS[int(number)]
    reason = " ".join(request.words.split())
    if not reason:
        raise ReasonMissing
    if len(reason) > REASON:
        raise WordsTooLong
    return reason


async def _gone(
    request: Request, services: Services, meeting: Meeting, person: Person, worker: Person
) -> Reply:
    at = min(request.at, meeting.closed_at or request.at)
    await attendance.leave_early(services.db, meeting, person, by=worker, at=at)
    told = Message(texts.left(person, dates.clock(at)), _next_buttons(meeting), replaces=True)
    return Reply((told, *await changed_card(services, meeting)))


async def names(request: Request, services: Services) -> Reply:
    """名单, in private."""
    _community, _person, meeting = await managed(request, services)
    found = await attendance.roll_of(services.db, meeting)
    entries = await attendance.list_of(services.db, meeting)
    return _private(request, texts.names(found, entries), ())


async def officers(request: Request, services: Services) -> Reply:
    """主持人、记录人: asked for one after the other."""
    community, worker = await manager(request, services)
    meeting, person, letter = await _carried(request, services, community)
    _refuse_confirmed(meeting)
    if person is None:
        return await _which_officer(request, services, meeting, "host", "h")
    role = {"h": "host", "r": "recorder"}.get(letter or "")
    if role is None:
        raise StaleButton
    meeting = await meetings.name_officer(
        services.db, meeting, role=role, person=person, by=worker, at=request.at
    )
    if role == "host":
        return await _which_officer(request, services, meeting, "recorder", "r")
    known = {
        one.id: one
        for one in await people.with_ids(
            services.db, [one for one in (meeting.host_id, meeting.recorder_id) if one]
        )
    }
    told = texts.officers_named(
        known.get(meeting.host_id or 0), known.get(meeting.recorder_id or 0)
    )
    return Reply((Message(told, _next_buttons(meeting), replaces=True),))


async def _which_officer(
    request: Request, services: Services, meeting: Meeting, role: str, letter: str
) -> Reply:
    choices = await attendance.team(services.db, meeting)
    choices += [
        one
        for one in await people.managers_of(services.db, meeting.community_id)
        if one.id not in {person.id for person in choices}
    ]
    keys = [
        Button(texts.name_among(one, choices), "officers", f"{meeting.id}:{one.id}:{letter}")
        for one in choices[: texts.MOST_BUTTONS]
    ]
    rows = tuple(tuple(keys[place : place + 2]) for place in range(0, len(keys), 2))
    return _private(request, texts.officer(meeting, role), rows, replaces=":" in request.words)


async def _current(request: Request, services: Services, community: Community) -> Meeting:
    """The meeting one may record for: open, just over, or the next."""
    meeting = await meetings.latest(services.db, community, at=request.at)
    _refuse_confirmed(meeting)
    return meeting


async def _named(
    services: Services, community: Community, name: str, *, meeting: Meeting
) -> list[Person]:
    """Everybody with the name, or with name and unit, who had not left by then. NoSuchPerson."""
    found = await people.with_name(services.db, community_id=community.id, name=name)
    held = await terms.of_community(services.db, community_id=community.id)
    had = {term.person.id for term in held}
    lasting = {term.person.id for term in terms.lasting(held, day_of(meeting.starts_at))}
    there = [
        one for one in found if one.id in lasting or one.id not in had or one.roles - {Role.MEMBER}
    ]
    if not there:
        raise NoSuchPerson(name)
    return there


async def _carried(
    request: Request, services: Services, community: Community
) -> tuple[Meeting, Person | None, str | None]:
    """meeting, meeting:person or meeting:person:letter. StaleButton for anything else."""
    words = request.words if request.pressed else request.carried
    parts = words.split(":")
    if not is_number(parts[0]):
        raise StaleButton
    meeting = await meetings.of_community(services.db, community, int(parts[0]))
    if meeting.state in (MeetingState.DRAFT, MeetingState.CANCELLED):
        raise StaleButton
    if len(parts) == 1:
        return meeting, None, None
    if not is_number(parts[1]):
        raise StaleButton
    found = await people.with_ids(services.db, [int(parts[1])])
    if not found or found[0].community_id != community.id:
        raise StaleButton
    letter = parts[2] if len(parts) > 2 else None
    if letter is not None and letter not in (*texts.LETTERS, "g", "h", "r"):
        raise StaleButton
    return meeting, found[0], letter


def _refuse_confirmed(meeting: Meeting) -> None:
    if meeting.confirmed_at is not None:
        raise LedgerClosed


def _private(
    request: Request,
    words: Text | str,
    rows: tuple[tuple[Button, ...], ...],
    *,
    replaces: bool = False,
) -> Reply:
    """Names and what is done with them stand in private chat, wherever it was asked."""
    here = request.place is Place.PRIVATE
    return Reply(
        (Message(text(words), rows, chat_id=user_id_of(request), replaces=replaces and here),)
    )
