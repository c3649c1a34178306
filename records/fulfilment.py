"""Which facts fulfil which obligation, as conditions inside the database; each is about the row of `obligations`."""

from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, true

from records import duties, rules
from records.calendar import CHINA, Period
from records.duties import Bearer
from records.model import Duty, MeetingKind, MeetingState
from records.schema import meetings, obligations, people, registrations, units


def fulfilled(duty: Duty, period: Period) -> ColumnElement[bool]:
    """A meeting held, a contact recorded: never a tick-box."""
    if duty is Duty.MONTHLY_MEETING:
        return _meeting(
            _counts_for_the_month(), meetings.c.state == MeetingState.HELD, _held_in(period)
        )
    if duty is Duty.MUTUAL_APPRAISAL:
        own_year = and_(meetings.c.year.is_(None), _held_in(period))
        return _meeting(
            meetings.c.kind == MeetingKind.MUTUAL_APPRAISAL,
            meetings.c.state == MeetingState.HELD,
            or_(meetings.c.year == period.year, own_year),
        )
    bearer = {
        Bearer.UNIT: registrations.c.unit_id == obligations.c.unit_id,
        Bearer.MEMBER: registrations.c.person_id == obligations.c.person_id,
        Bearer.COMMUNITY: registrations.c.community_id == obligations.c.community_id,
    }[duties.KINDS[duty].bearer]
    return exists().where(
        bearer,
        registrations.c.duty == duty,
        registrations.c.counts_on >= period.first,
        registrations.c.counts_on <= period.last,
        registrations.c.withdrawn_at.is_(None),
        or_(registrations.c.meeting_id.is_(None), _its_meeting_was_held()),
    )


def _its_meeting_was_held() -> ColumnElement[bool]:
    """What was registered with a mutual appraisal falls with it."""
    return exists().where(
        meetings.c.id == registrations.c.meeting_id, meetings.c.state == MeetingState.HELD
    )


def planned(period: Period) -> ColumnElement[bool]:
    """A working or joint meeting is called for a day of the month."""
    first, end = _moments(period)
    return _meeting(
        _counts_for_the_month(),
        meetings.c.state.in_([MeetingState.PLANNED, MeetingState.OPEN]),
        and_(meetings.c.starts_at >= first, meetings.c.starts_at < end),
    )


def applies(duty: Duty) -> ColumnElement[bool]:
    """A duty report to one's unit is owed only where the unit has a Party organisation (第6问)."""
    if duty is not Duty.REPORT_TO_UNIT:
        return true()
    return exists().where(
        people.c.id == obligations.c.person_id,
        units.c.id == people.c.unit_id,
        units.c.has_party_organisation,
    )


def _meeting(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(meetings.c.community_id == obligations.c.community_id, *conditions)


def _counts_for_the_month() -> ColumnElement[bool]:
    kinds = list(rules.MONTHLY_KINDS)
    return or_(meetings.c.kind.in_(kinds), meetings.c.also_kind.in_(kinds))


def _held_in(period: Period) -> ColumnElement[bool]:
    first, end = _moments(period)
    held_at = func.coalesce(meetings.c.opened_at, meetings.c.starts_at)
    return and_(held_at >= first, held_at < end)


def _moments(period: Period) -> tuple[datetime, datetime]:
    """From the first midnight to the one after the last day, in China."""
    after = period.last + timedelta(days=1)
    return (
        datetime.combine(period.first, time(), CHINA),
        datetime.combine(after, time(), CHINA),
    )
