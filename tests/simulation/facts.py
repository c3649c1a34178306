"""Random facts: contacts, deeds, reports and meetings, on their day, later, too late, or taken back."""

from datetime import date, datetime, time, timedelta

from records.model import Duty, MeetingKind
from tests.simulation import acts
from tests.simulation.days import CHINA, ONE_DAY, given_until, half_year_of, month_of, year_of
from tests.simulation.life import Life

BEFORE = timedelta(days=180)  # facts are known from half a year before the founding
REPORTS = (Duty.REPORT_TO_UNIT, Duty.REPORT_TO_COMMITTEE)


def registrations(life: Life) -> None:
    earliest = life.founded.date() - BEFORE
    for unit in life.listed:
        half = half_year_of(max(earliest, life.listed[unit].date() - BEFORE))
        while half.first <= life.last:
            _in_half(life, unit, half.first, half.last)
            half = half_year_of(half.last + ONE_DAY)
    for year in range(earliest.year, life.last.year + 1):
        for unit in life.listed:
            _in_year(life, Duty.DEED, unit, year)
        for member in life.members:
            for duty in REPORTS:
                _in_year(life, duty, member, year)
        _in_year(life, Duty.DEMOCRATIC_LIFE, None, year)
        for duty in (Duty.UPWARD_REPORT, Duty.PUBLIC_REVIEW):
            for _ in range(life.rng.randint(0, 8)):
                on = life.day(date(year, 1, 1), date(year, 12, 31))
                _register(life, duty, None, on)


def _in_half(life: Life, unit: str, first: date, last: date) -> None:
    duty = Duty.HALF_YEAR_CONTACT
    if life.likely(0.6):
        _register(life, duty, unit, life.day(first, last))
    if life.likely(0.15):  # it happened afterwards, and is given to this half-year
        on = life.day(last + ONE_DAY, last + timedelta(days=60))
        _register(life, duty, unit, on, counts_on=life.day(first, last))


def _in_year(life: Life, duty: Duty, bearer: str | None, year: int) -> None:
    """Within it, in the days in which it may still be given to it, or later than that."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    given = given_until(duty, year_of(first))
    if life.likely(0.5):
        _register(life, duty, bearer, life.day(first, last))
    if life.likely(0.2):
        on = life.day(last + ONE_DAY, given)
        _register(life, duty, bearer, on, counts_on=life.day(first, last))
    if life.likely(0.1):
        on = life.day(given + ONE_DAY, date(year + 1, 6, 30))
        _register(life, duty, bearer, on, counts_on=life.day(first, last))


def _register(
    life: Life, duty: Duty, bearer: str | None, on: date, *, counts_on: date | None = None
) -> None:
    """On the day itself or later; some of it is taken back."""
    at = life.moment(on + timedelta(days=life.rng.choice([0, 0, 0, 0, 1, 3, 8, 25, 45])))
    known = life.listed.get(bearer or "", life.founded)
    if at <= known:
        at = known + timedelta(days=life.rng.choice([0, 1, 20]), minutes=30)
    number = next(life.numbers)
    by = life.rng.choice(life.managers)
    if not life.add(acts.Registered(at, life.name, number, duty, bearer, on, by, counts_on)):
        return
    if life.likely(0.15):
        again = at + timedelta(days=life.rng.choice([0, 2, 9, 30]), minutes=7)
        life.add(acts.Withdrawn(again, life.name, number))


def meetings(life: Life) -> None:
    """Most months one, some two, some none."""
    month = month_of(life.founded.date() - timedelta(days=60))
    while month.first <= life.last:
        for _ in range(life.rng.choice([0, 1, 1, 1, 1, 2])):
            kind = life.rng.choice([MeetingKind.WORKING, *[MeetingKind.JOINT] * 3])
            _meet(life, kind, life.day(month.first, month.last))
        month = month_of(month.last + ONE_DAY)


def appraisals(life: Life) -> None:
    """At the year's end or in January; one event may be a working meeting as well."""
    for year in range(life.founded.year - 1, life.last.year):
        if not life.likely(0.7):
            continue
        number = _meet(
            life, MeetingKind.MUTUAL_APPRAISAL, life.day(date(year, 11, 20), date(year + 1, 1, 31))
        )
        happened = [act.at for act in life.acts if getattr(act, "number", -1) == number]
        if number is None or not happened:
            continue
        after = max(happened) + timedelta(days=life.rng.choice([0, 3]), minutes=9)
        if life.likely(0.5):
            life.add(acts.MeetingAttributed(after, life.name, number, year=year))
        if life.likely(0.4):
            also = MeetingKind.WORKING
            life.add(acts.MeetingAttributed(after, life.name, number, also_kind=also))


def _meet(life: Life, kind: MeetingKind, day: date) -> int | None:
    """Planned and held, or not; or forgotten, and entered later. No two on neighbouring days."""
    number = next(life.numbers)
    starts_at = datetime.combine(day, time(life.rng.choice([9, 10, 15, 19])), CHINA)
    days = {day + timedelta(days=step) for step in range(-1, 4)}
    if days & life.meeting_days:
        return None
    life.meeting_days |= days
    planned_at = life.moment(day - timedelta(days=life.rng.choice([1, 3, 8, 20])))
    if planned_at <= life.founded or life.likely(0.25):
        _enter(life, kind, starts_at, number)
    elif life.add(acts.MeetingPlanned(planned_at, life.name, number, kind, starts_at)):
        _proceed(life, planned_at, starts_at, number)
    return number


def _enter(life: Life, kind: MeetingKind, starts_at: datetime, number: int) -> None:
    at = life.moment(starts_at.date() + timedelta(days=life.rng.choice([1, 2, 10, 40])))
    at = max(at, life.founded + timedelta(minutes=45))
    if starts_at < at:
        is_held = life.likely(0.9)
        life.add(acts.MeetingEntered(at, life.name, number, kind, starts_at, is_held))


def _proceed(life: Life, planned_at: datetime, starts_at: datetime, number: int) -> None:
    """Called off, forgotten for some days, or opened and closed: that day or the next."""
    if life.likely(0.15):
        called_off = starts_at + timedelta(days=life.rng.choice([-1, 4, 15]), hours=5)
        called_off = max(called_off, planned_at + timedelta(minutes=1))
        life.add(acts.MeetingCancelled(called_off, life.name, number))
        return
    opened = starts_at + timedelta(days=life.rng.choice([0] * 9 + [1]), minutes=1)
    closed = opened + timedelta(days=life.rng.choice([0] * 9 + [1]), minutes=50)
    if life.add(acts.MeetingOpened(opened, life.name, number)):
        life.add(acts.MeetingClosed(closed, life.name, number, life.likely(0.85)))
