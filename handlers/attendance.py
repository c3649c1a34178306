"""Sign-in and leave: the command and the button are the same act."""

from handlers.conversation import Message, Reply, Request, Services
from handlers.texts import meetings as texts
from handlers.texts.text import text
from records import attendance, communities, meetings, people
from records.errors import AnonymousSender, NoOpenMeeting
from records.model import Attendance, Community, Meeting, MeetingState, Person


async def attend(request: Request, services: Services) -> Reply:
    """Sign in to the meeting whose roll was open when the message was sent."""
    community, person = await who(request, services)
    meeting = await meetings.open_at(services.db, community, at=request.at)
    if request.pressed and request.words != str(meeting.id):
        raise NoOpenMeeting(await meetings.following(services.db, community, at=request.at))
    record = await attendance.sign_in(services.db, meeting, person, at=request.at)
    await meetings.reassess(services.db, meeting)
    return await _logged(request, services, record, texts.signed_in(record))


async def leave(request: Request, services: Services) -> Reply:
    """Ask leave from the meeting that was open then, or from the next one."""
    community, person = await who(request, services)
    meeting = await meetings.open_or_next(services.db, community, at=request.at)
    if request.pressed and request.words != str(meeting.id):
        raise NoOpenMeeting(await meetings.following(services.db, community, at=request.at))
    record = await attendance.excuse(services.db, meeting, person, at=request.at)
    return await _logged(request, services, record, texts.excused(record))


def user_id_of(request: Request) -> int:
    """Whose account it is; AnonymousSender for an anonymous administrator."""
    if request.user_id is None:
        raise AnonymousSender
    return request.user_id


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
    """The community of the pressed button's meeting, or whose roll is open, or the first bound."""
    mine = [
        (await communities.with_id(services.db, person.community_id), person)
        for person in await people.all_of_account(services.db, user_id=user_id)
    ]
    for community, person in mine:
        if request.pressed and request.words.isdecimal():
            meeting = await meetings.with_id(services.db, int(request.words))
            if meeting.community_id == community.id:
                return community, person
        elif await meetings.is_open(services.db, community, at=request.at):
            return community, person
    return mine[0]


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


async def _logged(request: Request, services: Services, record: Attendance, sentence: str) -> Reply:
    """A press is answered by a toast, a message by a message; the card's numbers change."""
    shown = record.is_new and record.meeting.state is not MeetingState.PLANNED
    changed = (await card(services, record.meeting),) if shown else ()
    if request.pressed:
        return Reply(changed, toast=sentence)
    return Reply((Message(text(sentence)), *changed))
