"""What a mutual appraisal settles besides itself: duty reports, the month's meeting, the year it belongs to (P5)."""

from handlers.calling import managed
from handlers.conversation import Message, Reply, Request, Services
from handlers.subdistrict import number
from handlers.texts import appraisal as texts
from records import meetings, people, registrations, terms
from records.calendar import Year, day_of
from records.errors import StaleButton
from records.model import Duty, Meeting, MeetingKind, MeetingState, Person, Registration, Seat
from records.registrations import Happened


async def follow_up(services: Services, meeting: Meeting) -> Message:
    """Three things at once, each confirmed: who reported, what else the meeting counts for, the copies."""
    members = await _part_time(services, meeting)
    reported = await _reported(services, meeting)
    words = texts.follow_up(meeting, len(members), len(reported))
    return Message(words, texts.follow_up_buttons(meeting, len(members) - len(reported)))


async def appraisal(request: Request, services: Services) -> Reply:
    """The follow-up again."""
    meeting = await _appraisal(request, services)
    shown = await follow_up(services, meeting)
    return Reply((Message(shown.text, shown.buttons, replaces=request.pressed),))


async def reported(request: Request, services: Services) -> Reply:
    """Every part-time member, or one of them, has reported to the committee; pressed again, he has not.

    What was registered otherwise is left to whoever registered it.
    """
    meeting = await _appraisal(request, services)
    _community, by, _meeting = await managed(request, services)
    members = await _part_time(services, meeting)
    known, with_it = await _reported(services, meeting), await _with_it(services, meeting)
    _number, _colon, who = request.words.partition(":")
    if not who:
        for member in members:
            if member.id not in known:
                await _record(request, services, meeting, member, by)
        return await appraisal(request, services)
    chosen = [
        one for one in members if str(one.id) == who and one.id not in known.keys() - with_it.keys()
    ]
    if who != "list" and not chosen:
        raise StaleButton
    for member in chosen:
        if member.id in with_it:
            await registrations.withdraw(
                services.db,
                with_it[member.id].id,
                reason=texts.NOT_REPORTED,
                by=by,
                at=request.at,
            )
        else:
            await _record(request, services, meeting, member, by)
    known = await _reported(services, meeting)
    with_it = await _with_it(services, meeting)
    may_change = [one for one in members if one.id not in known.keys() - with_it.keys()]
    keys = texts.member_buttons(meeting, may_change, set(known))
    return Reply((Message(texts.members(meeting, members, set(known)), keys, replaces=True),))


async def _record(
    request: Request, services: Services, meeting: Meeting, member: Person, by: Person
) -> None:
    on = day_of(meeting.opened_at or meeting.starts_at)
    given = None
    if meeting.year is not None and meeting.year != on.year:
        given = on.replace(year=meeting.year, month=12, day=31)
    fact = Happened(
        Duty.REPORT_TO_COMMITTEE,
        on,
        person_id=member.id,
        counts_on=given,
        meeting_id=meeting.id,
    )
    await registrations.record(services.db, fact, by=by, at=request.at)


async def also(request: Request, services: Services) -> Reply:
    """The meeting is a working or joint meeting too (合开), or is not. TooFewForWorking below two thirds."""
    meeting = await _appraisal(request, services)
    community, by, _meeting = await managed(request, services)
    kinds = {"working": MeetingKind.WORKING, "joint": MeetingKind.JOINT, "none": None}
    _number, _colon, chosen = request.words.partition(":")
    if chosen not in kinds:
        raise StaleButton
    await meetings.set_also_kind(
        services.db, community, meeting, kinds[chosen], by=by, at=request.at
    )
    return await appraisal(request, services)


async def of_year(request: Request, services: Services) -> Reply:
    """归属年度: in January the meeting may belong to the year before, and with it its duty reports."""
    meeting = await _appraisal(request, services)
    _community, by, _meeting = await managed(request, services)
    _number, _colon, chosen = request.words.partition(":")
    own_year, year = day_of(meeting.opened_at or meeting.starts_at).year, number(chosen)
    if year not in (own_year, own_year - 1):
        raise StaleButton
    if year == _year(meeting):
        return await appraisal(request, services)
    moved = await meetings.set_year(services.db, meeting, year, by=by, at=request.at)
    for fact in (await _with_it(services, meeting)).values():
        await registrations.withdraw(
            services.db, fact.id, reason=texts.OTHER_YEAR, by=by, at=request.at
        )
        (member,) = await people.with_ids(services.db, [fact.person_id or 0])
        await _record(request, services, moved, member, by)
    return await appraisal(request, services)


async def _appraisal(request: Request, services: Services) -> Meeting:
    _community, _person, meeting = await managed(request, services)
    if meeting.kind is not MeetingKind.MUTUAL_APPRAISAL or meeting.state is not MeetingState.HELD:
        raise StaleButton
    return meeting


async def _part_time(services: Services, meeting: Meeting) -> list[Person]:
    """The part-time members by the roster of the meeting's day."""
    history = await terms.of_community(services.db, community_id=meeting.community_id)
    day = day_of(meeting.opened_at or meeting.starts_at)
    return [term.person for term in terms.on(history, day) if term.seat is Seat.PART_TIME]


def _year(meeting: Meeting) -> int:
    return meeting.year or day_of(meeting.opened_at or meeting.starts_at).year


async def _reported(services: Services, meeting: Meeting) -> dict[int, Registration]:
    """Whose duty report to the committee is registered for the meeting's year, by whomever."""
    year = Year(_year(meeting))
    found = await registrations.within(
        services.db,
        community_id=meeting.community_id,
        first=year.first,
        last=year.last,
        wanted=[Duty.REPORT_TO_COMMITTEE],
    )
    return {one.person_id: one for one in found if one.person_id is not None}


async def _with_it(services: Services, meeting: Meeting) -> dict[int, Registration]:
    """Whose duty report to the committee was registered with this meeting."""
    return {
        one.person_id: one
        for one in await registrations.arising_from(services.db, meeting.id)
        if one.duty is Duty.REPORT_TO_COMMITTEE and one.person_id is not None
    }
