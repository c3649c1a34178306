"""What a worker enters from /duty: the democratic-life meeting, P7 and P8 where they are set, copies of results."""

from dataclasses import replace
from datetime import date

from handlers import dates
from handlers.attendance import expect, stop_waiting
from handlers.conversation import Message, Reply, Request, Services
from handlers.dates import Near
from handlers.office import numbers, office
from handlers.subdistrict import number
from handlers.texts import entries as texts
from records import appraisals, duties, meetings, registrations, units, yearbook
from records.calendar import Year, day_of
from records.errors import DateUnclear, DayAhead, StaleButton
from records.model import Community, Duty, Meeting, MeetingKind, MeetingState, Unit
from records.registrations import Happened

ENTERED = (Duty.DEMOCRATIC_LIFE, Duty.UPWARD_REPORT, Duty.PUBLIC_REVIEW)


async def entry(request: Request, services: Services) -> Reply:
    """登记民主生活会 and its like: the day is asked for; a button stands for today."""
    community, _person = await office(request, services)
    duty = _duty(request)
    await expect(request, services, "entered", f"{community.id}:{duty.value}")
    asked = Message(texts.ask_day(duty), texts.day_buttons(community, duty, day_of(request.at)))
    return Reply((asked,))


async def entered(request: Request, services: Services) -> Reply:
    """The day, typed or pressed; in the first months of a year also which year it belongs to."""
    community, person = await office(request, services)
    _value, *rest = numbers(request, least=1)
    duty, on = _duty(request), _day(request, rest[0] if rest else "")
    years = _years(duty, on)
    if len(years) > 1 and len(rest) < 2:
        await stop_waiting(request, services)
        keys = texts.year_buttons(community, duty, on, years)
        return Reply((Message(texts.ask_year(duty, on), keys, replaces=request.pressed),))
    year = number(rest[1]) if len(rest) > 1 else on.year
    if year not in years:
        raise StaleButton
    await stop_waiting(request, services)
    given = Year(year).last if year != on.year else None
    fact = Happened(duty, on, counts_on=given)
    recorded = await registrations.record(services.db, fact, by=person, at=request.at)
    if recorded.counts_on.year != year:  # it was registered before, for the other year
        recorded = await registrations.attribute(
            services.db, recorded.id, year, by=person, at=request.at
        )
    return Reply((Message(texts.recorded(recorded, person), replaces=request.pressed),))


def _years(duty: Duty, on: date) -> list[int]:
    """The years a day may be given to (第二十二条 leaves it open): until the end of March the one before too."""
    until = duties.KINDS[duty].given_until
    may_choose = until is not None and (on.month, on.day) <= until
    return [on.year, on.year - 1] if may_choose else [on.year]


def _duty(request: Request) -> Duty:
    value = numbers(request, least=1)[0]
    found = next((duty for duty in ENTERED if duty.value == value), None)
    if found is None:
        raise StaleButton
    return found


def _day(request: Request, carried: str) -> date:
    """The day a button carries, or the one that was typed. DateUnclear, DayAhead, StaleButton."""
    today = day_of(request.at)
    if request.pressed:
        try:
            return date.fromisoformat(carried)
        except ValueError as error:
            raise StaleButton from error
    read = dates.read_day(request.words, today=today, near=Near.PAST)
    if read is None:
        raise DateUnclear
    if read[0] > today:
        raise DayAhead
    return read[0]


async def copies(request: Request, services: Services) -> Reply:
    """抄报清单: unit by unit after the mutual appraisal (问答第6问); there is no term for it."""
    community, _person = await office(request, services)
    meeting = await _last_appraisal(services, community)
    return Reply((await _copies(services, community, meeting),))


async def _copies(services: Services, community: Community, meeting: Meeting) -> Message:
    held_on = day_of(meeting.opened_at or meeting.starts_at)
    results = await appraisals.results_of(services.db, meeting)
    owing = await yearbook.appraised_units(services.db, community, held_on, results)
    done = {
        one.unit: one
        for one in await registrations.arising_from(services.db, meeting.id)
        if one.duty is Duty.COPY and one.unit is not None
    }
    shown = texts.copies(meeting, owing, done, results)
    keys = texts.copy_buttons(community, meeting, [one for one in owing if one not in done])
    return Message(shown, keys)


async def copied(request: Request, services: Services) -> Reply:
    """A unit's results were sent to its superior organisation: today by a press, or on the day typed."""
    community, person = await office(request, services)
    meeting, unit, rest = await _copied_unit(request, services, community)
    carried = f"{community.id}:{meeting.id}:{unit.id}"
    if request.pressed and not rest:
        await expect(request, services, "copied", carried)
        keys = texts.copied_buttons(carried, day_of(request.at))
        return Reply((Message(texts.ask_copied(unit), keys, replaces=True),))
    on = _day(request, rest[0] if rest else "")
    await stop_waiting(request, services)
    fact = Happened(Duty.COPY, on, unit, meeting_id=meeting.id)
    await registrations.record(services.db, fact, by=person, at=request.at)
    shown = await _copies(services, community, meeting)
    return Reply((replace(shown, replaces=request.pressed),))


async def _copied_unit(
    request: Request, services: Services, community: Community
) -> tuple[Meeting, Unit, list[str]]:
    meeting_id, unit_id, *rest = numbers(request, least=2)
    meeting = await meetings.of_community(services.db, community, number(meeting_id))
    unit = await units.with_id(services.db, number(unit_id), community_id=community.id)
    return meeting, unit, rest


async def _last_appraisal(services: Services, community: Community) -> Meeting:
    held = [
        one
        for one in await meetings.all_of(services.db, community)
        if one.kind is MeetingKind.MUTUAL_APPRAISAL and one.state is MeetingState.HELD
    ]
    if not held:
        raise StaleButton
    return held[-1]
