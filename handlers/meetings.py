"""Calling a meeting, opening and closing its sign-in, showing it again."""

import re
from datetime import datetime

from handlers import dates
from handlers.attendance import card, user_id_of, who
from handlers.conversation import Message, Place, Reply, Request, Services
from handlers.files import summary
from handlers.texts import meetings as texts
from handlers.texts.text import text
from records import meetings
from records.errors import GroupOnly, KindMissing, NotAllowed, NotUnderstood, PlaceTooLong
from records.model import Community, MeetingKind, Person

PLACE_LENGTH = 60
KIND = re.compile(r"(党建)?(工作会议|工作会|联席会议|联席会)")


async def new_meeting(request: Request, services: Services) -> Reply:
    """Plan a meeting from one line such as “下周三下午3点 工作会议 二楼会议室”."""
    community, person = await manager(request, services)
    if not request.words:
        return Reply((Message(text(texts.HOW_TO_CALL)),))
    kind, starts_at, place = read_line(request.words, now=request.at)
    meeting = await meetings.call(
        services.db,
        community,
        by=person,
        chat_id=_group_of(community),
        topic_id=request.topic_id if request.place is Place.GROUP else None,
        kind=kind,
        starts_at=starts_at,
        place=place,
        at=request.at,
    )
    return Reply((Message(texts.called(meeting), texts.call_buttons(meeting)),))


def read_line(words: str, *, now: datetime) -> tuple[MeetingKind, datetime, str]:
    """Kind, start and place from one line; KindMissing, NotUnderstood, PlaceTooLong."""
    match = KIND.search(words)
    read = dates.read_moment(KIND.sub(" ", words, count=1), now=now)
    if read is None:
        raise NotUnderstood
    if match is None:
        raise KindMissing
    kind = MeetingKind.JOINT if "联席" in match[2] else MeetingKind.WORKING
    if len(read.rest) > PLACE_LENGTH:
        raise PlaceTooLong
    return kind, read.moment, read.rest.strip("，。,. 在")


async def open_sign_in(request: Request, services: Services) -> Reply:
    """Open the roll: the card goes to the group, a note with the closing button to the opener."""
    community, person = await manager(request, services)
    meeting = await meetings.open_sign_in(
        services.db, community, by=person, at=request.at, meeting_id=_pressed_for(request)
    )
    note = Message(
        texts.opened(meeting), texts.opened_buttons(meeting), chat_id=user_id_of(request)
    )
    shown = await card(services, meeting, anew=True)
    if not request.pressed:
        return Reply((shown, note))
    pressed = Message(texts.called(meeting), replaces=True)
    return Reply((pressed, shown, note), toast=texts.opened(meeting).plain)


async def close_sign_in(request: Request, services: Services) -> Reply:
    """Close the roll: the card shows the outcome, the summary follows as a file in private."""
    community, person = await manager(request, services)
    roll = await meetings.close_sign_in(
        services.db, community, by=person, at=request.at, meeting_id=_pressed_for(request)
    )
    await summary.order(services.db, roll.meeting, chat_id=user_id_of(request), at=request.at)
    shown = await card(services, roll.meeting)
    return Reply((shown, Message(texts.closed(roll), replaces=request.pressed)))


async def show(request: Request, services: Services) -> Reply:
    """The live card of this or the next meeting once more."""
    community, _person = await who(request, services)
    meeting = await meetings.latest(services.db, community, at=request.at)
    shown = await card(services, meeting, anew=True)
    if request.chat_id == meeting.chat_id:
        return Reply((shown,))
    return Reply((Message(shown.text, shown.buttons),))


def _pressed_for(request: Request) -> int | None:
    """The meeting a button was made for; None for a command."""
    return int(request.words) if request.pressed and request.words.isdecimal() else None


async def manager(request: Request, services: Services) -> tuple[Community, Person]:
    """Whoever asks, if they are Party secretary or Party-affairs worker; else NotAllowed."""
    community, person = await who(request, services)
    if not person.may_manage:
        raise NotAllowed
    return community, person


def _group_of(community: Community) -> int:
    """Meetings are shown in the community's group, even when called from private chat."""
    if community.group_chat_id is None:
        raise GroupOnly
    return community.group_chat_id
