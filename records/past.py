"""Meetings of the past, many at once (补录): what each would be, and all of them written together."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from records import attendance, meetings, resolutions, rules, settings, terms
from records.attendance import ABSENT, EXCUSED, ONLINE, Mark
from records.calendar import day_of
from records.database import Transaction
from records.model import (
    Capacity,
    Community,
    Meeting,
    MeetingKind,
    MeetingState,
    Person,
    Roll,
    Settings,
)
from records.terms import Term


@dataclass(frozen=True)
class PastResolution:
    """`done_on` is None for what is still open: it comes on the next agenda."""

    words: str
    owner: str
    due_on: date | None
    done_on: date | None


@dataclass(frozen=True)
class PastMeeting:
    """`marks` are the exceptions, by person: everybody else of the team was present."""

    kind: MeetingKind
    starts_at: datetime
    place: str
    marks: Mapping[int, Mark]
    resolutions: Sequence[PastResolution]


@dataclass(frozen=True)
class Known:
    """What meetings of the past are held against."""

    community: Community
    terms: Sequence[Term]
    meetings: Sequence[Meeting]
    settings: Settings

    def team_on(self, day: date) -> list[Person]:
        """班子成员 of that day, each once."""
        voting = [one for one in terms.on(self.terms, day) if one.capacity is Capacity.VOTING]
        return list({term.person.id: term.person for term in voting}.values())


async def known(db: Transaction, community: Community) -> Known:
    return Known(
        community,
        await terms.of_community(db, community_id=community.id),
        await meetings.all_of(db, community),
        await settings.of(db, community.id),
    )


def in_the_ledger(past: PastMeeting, ledger: Iterable[Meeting]) -> Meeting | None:
    """The meeting that the past one seems to be: of the same moment, or of the same day and kind.

    One that waits for its roll may be no nearer than an hour, whatever its kind.
    """
    for other in ledger:
        same_day = day_of(other.starts_at) == day_of(past.starts_at)
        apart = abs(other.starts_at - past.starts_at)
        waits = other.state in (MeetingState.PLANNED, MeetingState.OPEN)
        if not apart or (same_day and other.kind is past.kind):
            return other
        if waits and apart < meetings.APART:
            return other
    return None


def roll_of(past: PastMeeting, team: Collection[Person], found: Settings) -> Roll:
    """The numbers the meeting will have, and whether it was held."""
    marks = [past.marks[person.id] for person in team if person.id in past.marks]
    excused, absent = marks.count(EXCUSED), marks.count(ABSENT)
    meeting = Meeting(0, 0, 0, None, past.kind, MeetingState.NOT_HELD, past.starts_at, past.place)
    roll = Roll(
        meeting,
        expected=len(team),
        present=len(team) - excused - absent,
        excused=excused,
        non_voting=0,
        online=marks.count(ONLINE),
        settings=found,
    )
    return replace(roll, meeting=replace(meeting, state=rules.outcome(roll)))


async def enter(
    db: Transaction,
    community: Community,
    found: Iterable[PastMeeting],
    *,
    chat_id: int,
    by: Person,
    at: datetime,
) -> list[Meeting]:
    """All of them into the ledger, each as one that is entered alone. What `meetings.draft` raises."""
    return [await _enter(db, community, one, chat_id=chat_id, by=by, at=at) for one in found]


async def _enter(
    db: Transaction,
    community: Community,
    past: PastMeeting,
    *,
    chat_id: int,
    by: Person,
    at: datetime,
) -> Meeting:
    draft = await meetings.draft(
        db,
        community,
        by=by,
        chat_id=chat_id,
        topic_id=None,
        kind=past.kind,
        starts_at=past.starts_at,
        place=past.place,
        at=at,
    )
    meeting = await meetings.enter_later(db, community, meeting_id=draft.id, by=by, at=at)
    await attendance.take_roll(db, meeting, past.marks, by=by, at=meeting.starts_at)
    await meetings.reassess(db, meeting)
    for one in past.resolutions:
        await _decide(db, meeting, one, by=by, at=at)
    return await meetings.with_id(db, meeting.id)


async def _decide(
    db: Transaction, meeting: Meeting, past: PastResolution, *, by: Person, at: datetime
) -> None:
    written = await resolutions.add(
        db, meeting, words=past.words, owner=past.owner, due_on=past.due_on, by=by, at=at
    )
    if past.done_on is not None:
        await resolutions.finish(db, written.id, on=past.done_on, by=by, at=at)
