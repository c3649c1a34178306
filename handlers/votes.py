"""Votes: counted by hand in three numbers, or by buttons in private where the community has switched them on."""

from handlers import lines
from handlers.attendance import (
    expect,
    is_number,
    number_in,
    stop_waiting,
    user_id_of,
    waiting_for,
    who,
)
from handlers.calling import managed, manager
from handlers.conversation import Message, Place, Reply, Request, Services
from handlers.lines import Numbers
from handlers.texts import calling as calling_texts
from handlers.texts import dates
from handlers.texts import votes as texts
from records import agenda, attendance, meetings, people, rules, settings, votes
from records.errors import (
    ButtonVotesOff,
    LedgerClosed,
    NoMeeting,
    NotAllowed,
    StaleButton,
    TooFewToVote,
    VoteTooEarly,
)
from records.model import (
    Choice,
    Community,
    Manner,
    Meeting,
    MeetingState,
    Person,
    Settlement,
    Vote,
)


async def vote(request: Request, services: Services) -> Reply:
    """/vote in one line (“电梯改造 举手 同意7 不同意1 弃权1”), or step by step from the agenda."""
    community, person = await manager(request, services)
    meeting = await _meeting(request, services, community)
    if not request.pressed and request.words:
        return await _line(request, services, meeting, person)
    await _refuse_too_few(services, meeting)
    items = await agenda.of(services.db, meeting)
    if not items:
        return await _ask_item(request, services, meeting)
    return _to_worker(
        request, Message(texts.which_item(meeting), texts.item_buttons(meeting, items))
    )


async def _meeting(request: Request, services: Services, community: Community) -> Meeting:
    """The meeting of the button, the open one, or the last one. LedgerClosed, NoMeeting."""
    if request.pressed:
        found = await meetings.of_community(services.db, community, number_in(request) or 0)
    else:
        found = await meetings.latest(services.db, community, at=request.at)
    _refuse_confirmed(found)
    if found.state is MeetingState.PLANNED:
        raise VoteTooEarly
    if found.state not in (MeetingState.OPEN, MeetingState.HELD):
        raise TooFewToVote(0) if found.state is MeetingState.NOT_HELD else NoMeeting
    return found


def _refuse_confirmed(meeting: Meeting) -> None:
    if meeting.confirmed_at is not None:
        raise LedgerClosed


async def _refuse_too_few(services: Services, meeting: Meeting) -> None:
    roll = await attendance.roll_of(services.db, meeting)
    if not rules.may_vote(roll):
        raise TooFewToVote(rules.short_of_quorum(roll))


async def _ask_item(request: Request, services: Services, meeting: Meeting) -> Reply:
    await expect(request, services, "item", f"{meeting.id}:0")
    return _to_worker(request, Message(texts.write_item(meeting), ((calling_texts.DROP,),)))


async def item(request: Request, services: Services) -> Reply:
    """What is voted on: an item of the agenda, or another, which waits with the act until it is counted."""
    _community, _person, meeting = await managed(request, services)
    _refuse_confirmed(meeting)
    if not request.pressed:
        title = lines.read_title(request.words)
        await expect(request, services, "item", f"{meeting.id}:0|{title}")
        return await _ask_manner(request, services, meeting, title, position=0)
    position = _place(request.words)
    if position == 0:
        return await _ask_item(request, services, meeting)
    title = await _title_at(services, meeting, position)
    return await _ask_manner(request, services, meeting, title, position=position)


def _place(words: str) -> int:
    number = words.rpartition(":")[2]
    if not is_number(number):
        raise StaleButton
    return int(number)


async def _title_at(services: Services, meeting: Meeting, position: int) -> str:
    for one in await agenda.of(services.db, meeting):
        if one.position == position:
            return one.title
    raise StaleButton


async def _ask_manner(
    request: Request, services: Services, meeting: Meeting, title: str, *, position: int
) -> Reply:
    by_buttons = (await settings.of(services.db, meeting.community_id)).button_votes
    message = Message(
        texts.which_manner(title),
        texts.manner_buttons(meeting, position, by_buttons=by_buttons),
        replaces=request.pressed,
    )
    return Reply((message,))


async def manner(request: Request, services: Services) -> Reply:
    """How was voted; then the three numbers are asked for, or the ballots go out."""
    _community, person, meeting = await managed(request, services)
    _refuse_confirmed(meeting)
    title, position, how, _count = await _carried(request, services, meeting)
    if how is Manner.BUTTONS:
        await stop_waiting(request, services)
        return await _begin(request, services, meeting, title, person)
    await _refuse_too_few(services, meeting)
    roll = await attendance.roll_of(services.db, meeting)
    present = roll.present - roll.left
    await expect(request, services, "counted", f"{meeting.id}:{position}:{how.value}|{title}")
    message = Message(
        texts.write_numbers(title, how, present),
        texts.number_buttons(meeting, position, how, present),
        replaces=True,
    )
    return Reply((message,))


async def counted(request: Request, services: Services) -> Reply:
    """Three numbers, typed; or 一致同意, pressed."""
    _community, person, meeting = await managed(request, services)
    title, _position, how, count = await _carried(request, services, meeting)
    numbers = (count, 0, 0) if request.pressed and count is not None else None
    await stop_waiting(request, services)
    return await _count(
        request,
        services,
        meeting,
        title,
        how,
        numbers or lines.read_numbers(request.words),
        person,
    )


async def undo(request: Request, services: Services) -> Reply:
    """撤销: a vote that was recorded by mistake goes, and the operations say so."""
    community, person = await manager(request, services)
    meeting, made, _word = await _vote_in(request, services, community)
    _refuse_confirmed(meeting)
    await votes.undo(services.db, made, by=person, at=request.at)
    return Reply((Message(texts.undone(made), texts.more_buttons(meeting), replaces=True),))


async def _line(request: Request, services: Services, meeting: Meeting, person: Person) -> Reply:
    read = lines.read_vote(request.words)
    return await _count(request, services, meeting, read.title, read.manner, read.numbers, person)


async def _count(  # noqa: PLR0917 - the parts of one vote
    request: Request,
    services: Services,
    meeting: Meeting,
    title: str,
    how: Manner,
    numbers: Numbers,
    person: Person,
) -> Reply:
    agreed, against, abstained = numbers
    _refuse_confirmed(meeting)
    made = await votes.count(
        services.db,
        meeting,
        title=title,
        manner=how,
        agreed=agreed,
        against=against,
        abstained=abstained,
        by=person,
        at=request.at,
    )
    return await _result(request, services, meeting, made)


async def _result(request: Request, services: Services, meeting: Meeting, made: Vote) -> Reply:
    """To whoever counted, with what can be done next."""
    found = await settings.of(services.db, meeting.community_id)
    message = Message(
        texts.result(meeting, made, found),
        texts.result_buttons(meeting, made, found),
        replaces=request.pressed,
    )
    return Reply((message,))


async def settle(request: Request, services: Services) -> Reply:
    """Exactly half: what the host makes of it, with name and time."""
    community, person = await who(request, services)
    meeting, made, word = await _vote_in(request, services, community)
    if not person.may_manage and person.id != meeting.host_id:
        raise NotAllowed
    try:
        settlement = Settlement(word)
    except ValueError as error:
        raise StaleButton from error
    done = await votes.settle(services.db, meeting, made, settlement, by=person, at=request.at)
    found = await settings.of(services.db, community.id)
    known = await people.with_ids(services.db, [meeting.host_id]) if meeting.host_id else []
    host = known[0] if known else None
    words = texts.settled(done, found, person, dates.moment(request.at), host=host)
    return Reply((Message(words, texts.result_buttons(meeting, done, found), replaces=True),))


async def _begin(
    request: Request, services: Services, meeting: Meeting, title: str, person: Person
) -> Reply:
    """Ballots to those of the team who are there now; only the result will stand in the group."""
    if not (await settings.of(services.db, meeting.community_id)).button_votes:
        raise ButtonVotesOff
    begun = await votes.begin(services.db, meeting, title=title, by=person, at=request.at)
    accounts = [
        account
        for elector, _choice in await votes.electors(services.db, begun)
        for account in await people.accounts_of(services.db, person_id=elector.id)
    ]
    words, keys = texts.ask(meeting, begun), texts.ask_buttons(meeting, begun)
    ballots = [Message(words, keys, chat_id=account) for account in accounts]
    panel = await _running(services, meeting, begun, chat_id=user_id_of(request))
    return Reply((panel, *ballots))


async def _running(services: Services, meeting: Meeting, begun: Vote, *, chat_id: int) -> Message:
    chosen = await votes.electors(services.db, begun)
    unreachable = [
        elector
        for elector, _choice in chosen
        if not await people.accounts_of(services.db, person_id=elector.id)
    ]
    voted = sum(choice is not None for _elector, choice in chosen)
    return Message(
        texts.running(meeting, begun, voted, unreachable),
        texts.running_buttons(meeting, begun),
        chat_id=chat_id,
        card=texts.card_key(begun),
    )


async def cast(request: Request, services: Services) -> Reply:
    """A ballot, in private, by one of those who were there at the opening."""
    community, person = await who(request, services)
    meeting, made, word = await _vote_in(request, services, community)
    try:
        choice = Choice(word)
    except ValueError as error:
        raise StaleButton from error
    await votes.cast(services.db, meeting, made, person, choice, at=request.at)
    opener = await votes.opener(services.db, made)
    panels = [
        await _running(services, meeting, made, chat_id=account)
        for account in await people.accounts_of(services.db, person_id=opener or 0)
    ]
    return Reply(tuple(panels) if made.closed_at is None else (), toast=texts.cast(choice))


async def end(request: Request, services: Services) -> Reply:
    """结束表决: the ballots are counted; the result is said in the group."""
    community, person = await manager(request, services)
    meeting, made, _word = await _vote_in(request, services, community)
    done = await votes.end(services.db, made, by=person, at=request.at)
    answered = await _result(request, services, meeting, done)
    found = await settings.of(services.db, meeting.community_id)
    in_group = Message(
        texts.result(meeting, done, found),
        chat_id=meeting.chat_id,
        topic_id=meeting.topic_id,
    )
    return Reply((*answered.messages, in_group))


async def _carried(
    request: Request, services: Services, meeting: Meeting
) -> tuple[str, int, Manner, int | None]:
    """meeting:item:manner, and how many agreed where that is known; item 0 waits with its title."""
    words = request.words if request.pressed else request.carried
    head, _bar, title = words.partition("|")
    parts = head.split(":")
    try:
        position, how = int(parts[1]), Manner(parts[2])
        count = int(parts[3]) if len(parts) > 3 else None
    except (IndexError, ValueError) as error:
        raise StaleButton from error
    if position:
        title = await _title_at(services, meeting, position)
    elif request.pressed:
        waiting = await waiting_for(request, services)
        is_mine = waiting is not None and waiting.action in ("item", "counted")
        head = f"{meeting.id}:0"
        if waiting is not None and is_mine and waiting.words.startswith(head):
            title = waiting.words.partition("|")[2]
    if not title:
        raise StaleButton
    return title, position, how, count


async def _vote_in(
    request: Request, services: Services, community: Community
) -> tuple[Meeting, Vote, str]:
    """meeting:vote:word of a button."""
    parts = request.words.split(":")
    if len(parts) < 2 or not is_number(parts[0]) or not is_number(parts[1]):
        raise StaleButton
    meeting = await meetings.of_community(services.db, community, int(parts[0]))
    made = await votes.with_id(services.db, int(parts[1]))
    if made.meeting_id != meeting.id:
        raise StaleButton
    return meeting, made, parts[2] if len(parts) > 2 else ""


def _to_worker(request: Request, message: Message) -> Reply:
    """The steps of a vote stand in the worker's private chat."""
    if request.place is Place.PRIVATE:
        return Reply((message,))
    return Reply((Message(message.text, message.buttons, chat_id=user_id_of(request)),))
