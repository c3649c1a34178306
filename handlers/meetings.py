"""Opening and closing the roll of a meeting, confirming it, showing it again."""

from datetime import timedelta

from handlers import appraisal
from handlers.attendance import card, changed_card, expect, number_in, user_id_of, who
from handlers.calling import managed, manager
from handlers.conversation import Button, Message, Place, Reply, Request, Services
from handlers.files import record, summary
from handlers.texts import calling as calling_texts
from handlers.texts import meetings as texts
from handlers.texts import votes as vote_texts
from handlers.texts.text import text
from records import attendance, meetings, people, votes
from records.errors import SecretaryOnly, StaleButton
from records.model import Community, Meeting, MeetingKind, MeetingState, Role

RECENT = 4  # other meetings that are offered
EARLY = timedelta(hours=1)


async def open_sign_in(request: Request, services: Services) -> Reply:
    """Open the roll: the card goes to the group, a note with the buttons of the roll to the opener."""
    community, person = await manager(request, services)
    meeting = await meetings.open_sign_in(
        services.db, community, by=person, at=request.at, meeting_id=number_in(request)
    )
    early = meeting.starts_at - request.at > EARLY
    note = Message(
        texts.opened_note(meeting, early=early),
        (*texts.opened_buttons(meeting), *texts.early_buttons(meeting))
        if early
        else texts.opened_buttons(meeting),
        chat_id=user_id_of(request),
    )
    shown = await card(services, meeting, anew=True)
    if not request.pressed:
        return Reply((shown, note))
    pressed = Message(calling_texts.called(meeting), replaces=True)
    return Reply((pressed, shown, note), toast=texts.opened(meeting).plain)


async def close_sign_in(request: Request, services: Services) -> Reply:
    """Close the roll: the card shows the outcome, what comes next stands in private."""
    community, person = await manager(request, services)
    roll = await meetings.close_sign_in(
        services.db, community, by=person, at=request.at, meeting_id=number_in(request)
    )
    shown = await card(services, roll.meeting)
    closed, keys = texts.closed(roll), texts.closed_buttons(roll.meeting)
    if request.place is Place.PRIVATE:
        return Reply((shown, Message(closed, keys, replaces=request.pressed)))
    note = Message(closed, keys, chat_id=user_id_of(request))
    return Reply((shown, Message(texts.outcome(roll)), note))


async def show(request: Request, services: Services) -> Reply:
    """The live card of this or the next meeting once more."""
    community, person = await who(request, services)
    meeting = await meetings.latest(services.db, community, at=request.at)
    shown = await card(services, meeting, anew=True)
    if request.chat_id == meeting.chat_id:
        return Reply((shown,))
    if not person.may_manage or request.place is Place.GROUP:
        return Reply((Message(shown.text, shown.buttons),))
    recent = await _recent(services, community, besides=meeting)
    return Reply((Message(shown.text, (*_panel(meeting), *texts.recent_buttons(recent))),))


async def panel(request: Request, services: Services) -> Reply:
    """One of the other meetings, with what can be done with it."""
    _community, _person, meeting = await managed(request, services)
    shown = await card(services, meeting)
    message = Message(
        shown.text, _panel(meeting), chat_id=user_id_of(request), replaces=request.pressed
    )
    return Reply((message,))


async def _recent(services: Services, community: Community, *, besides: Meeting) -> list[Meeting]:
    """The last meetings and the next, the newest first."""
    found = await meetings.all_of(services.db, community)
    return [one for one in reversed(found) if one.id != besides.id][:RECENT]


async def take_back(request: Request, services: Services) -> Reply:
    """撤销开始签到, while nobody has signed in: the meeting is planned as before."""
    community, person, before = await managed(request, services)
    meeting = await meetings.take_back_opening(
        services.db, community, meeting_id=before.id, by=person, at=request.at
    )
    told = Message(texts.taken_back(meeting), calling_texts.panel_buttons(meeting), replaces=True)
    return Reply((told, *await changed_card(services, meeting)))


def _panel(meeting: Meeting) -> tuple[tuple[Button, ...], ...]:
    """What a worker can do with a meeting as it stands."""
    if meeting.state is MeetingState.PLANNED:
        return calling_texts.panel_buttons(meeting)
    if meeting.state is MeetingState.OPEN:
        return texts.opened_buttons(meeting)
    return texts.closed_buttons(meeting)


async def talk(request: Request, services: Services) -> Reply:
    """只作登记: a meeting below two thirds stays a talk, without votes."""
    community, person, before = await managed(request, services)
    meeting = await meetings.as_talk(
        services.db, community, meeting_id=before.id, by=person, at=request.at
    )
    roll = await attendance.roll_of(services.db, meeting)
    told = Message(texts.as_talk(roll), texts.closed_buttons(meeting), replaces=True)
    return Reply((told, *await changed_card(services, meeting)))


async def confirm(request: Request, services: Services) -> Reply:
    """确认名单, once: the ledger is closed, summary and draft of the record follow as files."""
    community, person, before = await managed(request, services)
    waiting = await votes.unsettled(services.db, before)
    if waiting and not request.words.endswith(":yes") and before.confirmed_at is None:
        asked = Message(vote_texts.unsettled(waiting), texts.confirm_buttons(before), replaces=True)
        return Reply((asked,))
    meeting = await meetings.confirm(
        services.db, community, meeting_id=before.id, by=person, at=request.at
    )
    if before.confirmed_at is None:
        for paper in (summary, record):
            await paper.order(services.db, meeting, chat_id=user_id_of(request), at=request.at)
    words = texts.confirmed(meeting, is_new=before.confirmed_at is None)
    told = [Message(words, texts.closed_buttons(meeting), replaces=True)]
    if meeting.kind is MeetingKind.MUTUAL_APPRAISAL and meeting.state is MeetingState.HELD:
        asked = await appraisal.follow_up(services, meeting)
        told.append(Message(asked.text, asked.buttons, chat_id=user_id_of(request)))
    return Reply(tuple(told))


async def reopen(request: Request, services: Services) -> Reply:
    """重新打开: asks the Party secretary for the reason."""
    _community, person, meeting = await managed(request, services)
    if Role.PARTY_SECRETARY not in person.roles:
        raise SecretaryOnly
    if meeting.confirmed_at is None:
        raise StaleButton
    await expect(request, services, "reopened", str(meeting.id))
    asked = Message(text(texts.WRITE_REOPEN), ((calling_texts.DROP,),), chat_id=user_id_of(request))
    return Reply((asked,))


async def reopened(request: Request, services: Services) -> Reply:
    """The reason that was asked for."""
    community, person, before = await managed(request, services)
    meeting = await meetings.reopen(
        services.db,
        community,
        meeting_id=before.id,
        reason=request.words,
        by=person,
        at=request.at,
    )
    words, keys = texts.reopened(meeting), texts.closed_buttons(meeting)
    told = await people.with_roles(
        services.db, community_id=community.id, wanted=[Role.PARTY_WORKER]
    )
    others = [Message(words, keys, chat_id=account) for one, account in told if one != person]
    return Reply((Message(words, keys), *others))
