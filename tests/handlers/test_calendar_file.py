"""A meeting in a calendar: one entry, replaced when it moves, called off with it."""

from datetime import datetime, timedelta

import icalendar

from handlers.conversation import Message
from records import meetings
from records.database import Database
from tests.handlers.files import NOTICE_DAY, THREE_PM, WORKER, called, made
from tests.records.facts import person, settled


async def test_calendar_file_opens_as_one_meeting_of_two_hours(database: Database) -> None:
    async with database.begin() as db:
        await settled(db)
        meeting = await called(db)
        message = await made(db, "calendar", meeting)

    assert message.attachment is not None
    assert message.attachment.name == "幸福里社区大党委11月工作会议（11月25日）.ics"
    calendar = icalendar.Calendar.from_ical(message.attachment.content)
    (zone,), (event,) = calendar.timezones, calendar.events
    assert (calendar["METHOD"], calendar["VERSION"]) == ("PUBLISH", "2.0")
    assert zone["TZID"] == "Asia/Shanghai"
    assert zone.to_tz().utcoffset(datetime(2026, 11, 25, 15)) == timedelta(hours=8)  # noqa: DTZ001 - as a calendar asks it
    assert (event["SUMMARY"], event["LOCATION"]) == ("幸福里社区大党委11月工作会议", "二楼会议室")
    assert (event["STATUS"], event["SEQUENCE"]) == ("CONFIRMED", 0)
    assert event["DTSTART"].to_ical() == b"20261125T150000"
    assert event["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert (event.start, event.end) == (THREE_PM, THREE_PM + timedelta(hours=2))
    assert event.stamp == NOTICE_DAY


async def test_moved_meeting_replaces_itself_and_a_cancelled_one_is_called_off(
    database: Database,
) -> None:
    async with database.begin() as db:
        community = await settled(db)
        meeting = await called(db)
        worker = await person(db, WORKER)
        first = _event(await made(db, "calendar", meeting))
        later = THREE_PM + timedelta(days=1)
        meeting = await meetings.move(
            db,
            community,
            meeting_id=meeting.id,
            starts_at=later,
            place=None,
            by=worker,
            at=NOTICE_DAY,
        )
        moved = _event(await made(db, "calendar", meeting))
        meeting = await meetings.cancel(
            db, community, meeting_id=meeting.id, by=worker, at=NOTICE_DAY
        )
        last = await made(db, "calendar", meeting)

    cancelled = _event(last)
    assert {event["UID"] for event in (first, moved, cancelled)} == {first["UID"]}
    assert [event["SEQUENCE"] for event in (first, moved, cancelled)] == [0, 1, 2]
    assert moved.start == later
    assert last.attachment is not None
    assert b"METHOD:CANCEL\r\n" in last.attachment.content
    assert cancelled["STATUS"] == "CANCELLED"


async def test_calendar_file_is_folded_and_escaped_as_the_standard_asks(
    database: Database,
) -> None:
    place = "社区党群服务中心二楼会议室, 第三会议室; 走廊尽头右转\\电梯旁，近东门入口处"
    async with database.begin() as db:
        community = await settled(db)
        meeting = await called(db)
        meeting = await meetings.move(
            db,
            community,
            meeting_id=meeting.id,
            starts_at=THREE_PM,
            place=place,
            by=await person(db, WORKER),
            at=NOTICE_DAY,
        )
        message = await made(db, "calendar", meeting)

    assert message.attachment is not None
    content = message.attachment.content
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.removesuffix(b"\r\n").split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert all(line.decode("utf-8") for line in lines)
    assert _event(message)["LOCATION"] == place


def _event(message: Message) -> icalendar.Event:
    assert message.attachment is not None
    (event,) = icalendar.Calendar.from_ical(message.attachment.content).events
    return event
