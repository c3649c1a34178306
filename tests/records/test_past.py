"""Meetings of the past: which of them the ledger has already, what each would be, all written together."""

from datetime import date, datetime, timedelta

import pytest

from records import attendance, meetings, past, resolutions
from records.attendance import ABSENT, EXCUSED, ONLINE
from records.calendar import CHINA
from records.database import Database
from records.model import Meeting, MeetingKind, MeetingState, Person, Presence, Settings
from records.past import PastMeeting, PastResolution
from tests.records.facts import GROUP, START, person, settled

THREE_PM = datetime(2026, 11, 10, 15, 0, tzinfo=CHINA)
HOUR = timedelta(hours=1)
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=CHINA)
WORKING, JOINT = MeetingKind.WORKING, MeetingKind.JOINT
HELD, PLANNED = MeetingState.HELD, MeetingState.PLANNED
TEAM = [Person(number, 1, f"{number}", None, frozenset()) for number in range(1, 10)]


def meeting(
    starts_at: datetime, kind: MeetingKind = WORKING, state: MeetingState = HELD
) -> Meeting:
    return Meeting(1, 1, GROUP, None, kind, state, starts_at, "")


def of_the_past(
    starts_at: datetime = THREE_PM,
    kind: MeetingKind = WORKING,
    marks: dict[int, attendance.Mark] | None = None,
    decided: tuple[PastResolution, ...] = (),
) -> PastMeeting:
    return PastMeeting(kind, starts_at, "二楼", marks or {}, decided)


@pytest.mark.parametrize(
    ("known", "is_the_same"),
    [
        (meeting(THREE_PM, JOINT), True),
        (meeting(THREE_PM - 5 * HOUR), True),
        (meeting(THREE_PM - HOUR / 2, JOINT), False),
        (meeting(THREE_PM - HOUR / 2, JOINT, PLANNED), True),
        (meeting(THREE_PM - HOUR, JOINT, PLANNED), False),
        (meeting(THREE_PM - 24 * HOUR), False),
    ],
)
def test_ledger_has_a_meeting_of_that_moment_or_of_that_day_and_kind(
    known: Meeting, is_the_same: bool
) -> None:
    assert past.in_the_ledger(of_the_past(), [known]) == (known if is_the_same else None)


def test_numbers_say_whether_the_meeting_was_held() -> None:
    six = {1: EXCUSED, 2: ABSENT, 3: ABSENT, 4: ONLINE, 99: EXCUSED}

    roll = past.roll_of(of_the_past(marks=six), TEAM, Settings())
    assert (roll.expected, roll.present, roll.excused, roll.unsigned) == (9, 6, 1, 2)
    assert (roll.online, roll.meeting.state) == (1, HELD)

    strict = past.roll_of(of_the_past(marks=six), TEAM, Settings(online_counts=False))
    assert strict.meeting.state is MeetingState.NOT_HELD


async def test_all_are_entered_as_single_ones_are(database: Database) -> None:
    async with database.begin() as db:
        community = await settled(db)
        worker, member = await person(db, "王岚"), await person(db, "陈敏")
        decided = (
            PastResolution("加装扶手", "李强", None, None),
            PastResolution("修缮", "王芳", date(2026, 11, 12), date(2026, 11, 11)),
        )
        made = await past.enter(
            db,
            community,
            [
                of_the_past(START + HOUR, JOINT),
                of_the_past(THREE_PM, marks={member.id: EXCUSED}, decided=decided),
            ],
            chat_id=GROUP,
            by=worker,
            at=NOW,
        )

        assert made == await meetings.all_of(db, community)
        assert [(one.state, one.entered_at, one.place) for one in made] == [
            (HELD, NOW, "二楼"),
            (HELD, NOW, "二楼"),
        ]
        record = await attendance.of_person(db, made[1], member)
        assert record is not None
        assert (record.presence, record.at) == (Presence.EXCUSED, THREE_PM)
        assert [(one.words, one.done_on) for one in await resolutions.of(db, made[1])] == [
            ("加装扶手", None),
            ("修缮", date(2026, 11, 11)),
        ]
