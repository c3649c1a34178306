"""Sign-in, leave, and the answers to the notice: the command and the button are the same act."""

import re

from handlers.conversation import Message, Place, Reply, Request, Services, say
from handlers.texts import claims as claim_texts
from handlers.texts import meetings as texts
from handlers.texts.text import text
from records import attendance, claims, communities, meetings, people, prompts
from records.errors import (
    AnonymousSender,
    NoOpenMeeting,
    NotBound,
    StaleButton,
)
from records.model import Attendance, Community, Meeting, MeetingState, Person, Role

MOST_CLAIMS = 30  # of one meeting: more are not people of the community
NUMBER = re.compile(r"[0-9]{1,15}")


async def attend(request: Request, services: Services) -> Reply:
    """Sign in to the meeting whose roll was open when the message was sent."""
    return await _sign_in(request, services, online=False)


async def online(request: Request, services: Services) -> Reply:
    """线上参会: a sign-in by line while the roll is open, before that the answer to the notice."""
    if await _is_before(request, services):
        return await _announced(request, services, online=True)
    return await _sign_in(request, services, online=True)


async def coming(request: Request, services: Services) -> Reply:
    """能到会: the answer to the notice; once the roll is open, a sign-in."""
    if await _is_before(request, services):
        return await _announced(request, services, online=False)
    return await _sign_in(request, services, online=False)


async def leave(request: Request, services: Services) -> Reply:
    """Ask leave from the meeting that was open then, or from the next one."""
    community, person = await who(request, services)
    meeting = await _meant(request, services, community)
    record = await attendance.excuse(services.db, meeting, person, at=request.at)
    await meetings.reassess(services.db, meeting)
    return await _logged(request, services, record, texts.excused(record))


async def says_coming(request: Request, services: Services) -> Reply:
    """到、参加、能来 in private chat, to be confirmed; in the group it is meant for the roll."""
    if request.place is Place.GROUP:
        return await attend(request, services)
    return await _echo(request, services, "coming", texts.AS_PRESENT)


async def says_online(request: Request, services: Services) -> Reply:
    """线上 in private chat, to be confirmed."""
    if request.place is Place.GROUP:
        return await online(request, services)
    return await _echo(request, services, "online", texts.AS_ONLINE)


async def says_leave(request: Request, services: Services) -> Reply:
    """请假、来不了 in private chat, to be confirmed."""
    if request.place is Place.GROUP:
        return await leave(request, services)
    return await _echo(request, services, "leave", texts.AS_EXCUSED)


async def _echo(request: Request, services: Services, action: str, how: str) -> Reply:
    community, _person = await who(request, services)
    meeting = await meetings.open_or_next(services.db, community, at=request.at)
    return say(texts.echo(meeting, how), *texts.echo_buttons(meeting, action))


async def _is_before(request: Request, services: Services) -> bool:
    """Whether the roll of the meeting meant has not been opened yet."""
    number = number_in(request)
    if number is not None:
        return (await meetings.with_id(services.db, number)).state is MeetingState.PLANNED
    community, _person = await who(request, services)
    return not await meetings.is_open(services.db, community, at=request.at)


async def _meant(request: Request, services: Services, community: Community) -> Meeting:
    """The meeting that is open, or the one a button was made for while it is still to come."""
    number = number_in(request)
    if number is None:
        return await meetings.open_or_next(services.db, community, at=request.at)
    meeting = await meetings.of_community(services.db, community, number)
    if meeting.state is MeetingState.PLANNED:
        return meeting
    return await _open(request, services, community)


async def _open(request: Request, services: Services, community: Community) -> Meeting:
    meeting = await meetings.open_at(services.db, community, at=request.at)
    if request.pressed and request.words != str(meeting.id):
        raise NoOpenMeeting(await meetings.following(services.db, community, at=request.at))
    return meeting


async def _announced(request: Request, services: Services, *, online: bool) -> Reply:
    community, person = await who(request, services)
    meeting = await _meant(request, services, community)
    record = await attendance.announce(services.db, meeting, person, online=online, at=request.at)
    return await _logged(request, services, record, texts.announced(record))


async def _sign_in(request: Request, services: Services, *, online: bool) -> Reply:
    try:
        community, person = await who(request, services)
    except NotBound:
        return await _claimed(request, services, online=online)
    meeting = await _open(request, services, community)
    record = await attendance.sign_in(services.db, meeting, person, at=request.at, online=online)
    await meetings.reassess(services.db, meeting)
    logged = await _logged(request, services, record, texts.signed_in(record))
    if not record.is_new or meeting.confirmed_at is None:
        return logged
    await meetings.unconfirm(services.db, meeting)
    told = await people.with_roles(
        services.db, community_id=community.id, wanted=[Role.PARTY_WORKER, Role.PARTY_SECRETARY]
    )
    words, keys = texts.came_late(meeting), texts.late_buttons(meeting)
    notes = [Message(words, keys, chat_id=account) for _one, account in told]
    return Reply((*logged.messages, *notes), toast=logged.toast)


async def _claimed(request: Request, services: Services, *, online: bool) -> Reply:
    """Somebody nobody knows yet: kept with the time of the press until a worker says who it is."""
    user_id = user_id_of(request)
    if request.place is Place.PRIVATE:
        raise NotBound
    community = await communities.in_group(services.db, request.chat_id)
    await communities.lock(services.db, community)
    meeting = await _open(request, services, community)
    told = await people.with_roles(
        services.db,
        community_id=community.id,
        wanted=[Role.PARTY_WORKER, Role.PARTY_SECRETARY],
    )
    if not told or await claims.count(services.db, meeting) >= MOST_CLAIMS:
        raise NotBound
    claim = await claims.make(services.db, meeting, user_id=user_id, at=request.at, online=online)
    if claim is None:
        return _answered(request, texts.CLAIMED_BEFORE)
    unbound = await people.unbound_on(services.db, meeting)
    notes = tuple(
        Message(
            claim_texts.who_is_it(claim, request.sender_name),
            claim_texts.choices(claim, unbound),
            chat_id=account,
        )
        for _person, account in told
    )
    answered = _answered(request, texts.CLAIMED)
    return Reply((*answered.messages, *notes), toast=answered.toast)


async def assign(request: Request, services: Services) -> Reply:
    """A worker says who pressed: it binds the account and signs in as of the press."""
    community, worker = await who(request, services)
    claim, person_id = await _claim_in(request, services, community, worker)
    (person,) = await people.with_ids(services.db, [person_id])
    if person.community_id != community.id:
        raise StaleButton
    record = await claims.assign(services.db, claim, person, by=worker, at=request.at)
    told = Message(claim_texts.assigned(record), replaces=True)
    bound = Message(claim_texts.bound(record), chat_id=claim.user_id)
    return Reply((told, await card(services, claim.meeting), bound), toast=texts.signed_in(record))


async def refuse(request: Request, services: Services) -> Reply:
    """It was nobody of this community."""
    community, worker = await who(request, services)
    claim, _person_id = await _claim_in(request, services, community, worker)
    await claims.drop(services.db, claim)
    return Reply((Message(text(claim_texts.REFUSED), replaces=True),))


async def _claim_in(
    request: Request, services: Services, community: Community, worker: Person
) -> tuple[claims.Claim, int]:
    """What the button meeting:claim:person is about."""
    parts = [int(part) for part in request.words.split(":") if NUMBER.fullmatch(part)]
    if len(parts) != 3 or not worker.may_manage:
        raise StaleButton
    claim = await claims.with_id(services.db, parts[1])
    if claim.meeting.community_id != community.id:
        raise StaleButton
    return claim, parts[2]


def is_number(words: str) -> bool:
    """Whether a part of a button is a number that a database takes."""
    return NUMBER.fullmatch(words) is not None


def number_in(request: Request) -> int | None:
    """The number of the meeting that a button or a waiting act carries first."""
    words = request.words if request.pressed else request.carried
    match = NUMBER.match(words)
    return int(match[0]) if match else None


async def expect(request: Request, services: Services, action: str, words: str = "") -> None:
    """The next words of this person in private chat complete the act."""
    user_id = user_id_of(request)
    await prompts.expect(
        services.db,
        chat_id=user_id,
        user_id=user_id,
        action=action,
        words=words,
        at=request.at,
    )


def user_id_of(request: Request) -> int:
    """Whose account it is; AnonymousSender for an anonymous administrator."""
    if request.user_id is None:
        raise AnonymousSender
    return request.user_id


async def waiting_for(request: Request, services: Services) -> prompts.Prompt | None:
    """The act that waits for the next words of this person."""
    user_id = user_id_of(request)
    return await prompts.waiting(services.db, chat_id=user_id, user_id=user_id, now=request.at)


async def stop_waiting(request: Request, services: Services) -> None:
    """What was asked for has been answered by a button."""
    user_id = user_id_of(request)
    await prompts.drop(services.db, chat_id=user_id, user_id=user_id)


async def who(request: Request, services: Services) -> tuple[Community, Person]:
    """The community asked about and the person who asks; its other acts wait until this is done."""
    user_id = user_id_of(request)
    if request.chat_id == user_id:
        community, person = await _in_private(request, services, user_id)
    else:
        community = await communities.in_group(services.db, request.chat_id)
        person = await people.of_account(services.db, community_id=community.id, user_id=user_id)
    await communities.lock(services.db, community)
    return community, person


async def _in_private(
    request: Request, services: Services, user_id: int
) -> tuple[Community, Person]:
    """The community of the pressed button's meeting, or whose roll is open, or which meets next."""
    mine = [
        (await communities.with_id(services.db, person.community_id), person)
        for person in await people.all_of_account(services.db, user_id=user_id)
    ]
    number = number_in(request)
    for community, person in mine:
        if number is not None:
            meeting = await meetings.with_id(services.db, number)
            if meeting.community_id == community.id:
                return community, person
        elif await meetings.is_open(services.db, community, at=request.at):
            return community, person
    return await _next_to_meet(request, services, mine)


async def _next_to_meet(
    request: Request, services: Services, mine: list[tuple[Community, Person]]
) -> tuple[Community, Person]:
    """Of several communities the one that meets next; the first bound if none has planned anything."""
    if len(mine) == 1:
        return mine[0]
    starts = [
        (await meetings.following(services.db, community, at=request.at), place)
        for place, (community, _person) in enumerate(mine)
    ]
    planned = [(start, place) for start, place in starts if start is not None]
    return mine[min(planned)[1]] if planned else mine[0]


async def card(services: Services, meeting: Meeting, *, anew: bool = False) -> Message:
    """The live card of a meeting, in the group and topic it was called in."""
    meeting = await meetings.with_id(services.db, meeting.id)
    roll = await attendance.roll_of(services.db, meeting)
    return Message(
        texts.card(roll),
        texts.card_buttons(meeting),
        chat_id=meeting.chat_id,
        topic_id=meeting.topic_id,
        card=texts.card_key(meeting),
        anew=anew,
    )


async def changed_card(services: Services, meeting: Meeting) -> tuple[Message, ...]:
    """The card after a change; a meeting that was entered later has none."""
    meeting = await meetings.with_id(services.db, meeting.id)
    return () if meeting.entered_at is not None else (await card(services, meeting),)


async def _logged(request: Request, services: Services, record: Attendance, sentence: str) -> Reply:
    """A press is answered by a toast, a message by a message; the card's numbers change."""
    shown = record.is_new and record.meeting.state is not MeetingState.PLANNED
    changed = await changed_card(services, record.meeting) if shown else ()
    answered = _answered(request, sentence)
    return Reply((*answered.messages, *changed), toast=answered.toast)


def _answered(request: Request, sentence: str) -> Reply:
    """In private a press leaves its answer in the place of the question as well."""
    if not request.pressed:
        return say(sentence)
    if request.place is Place.PRIVATE:
        return Reply((Message(text(sentence), replaces=True),), toast=sentence)
    return Reply(toast=sentence)
