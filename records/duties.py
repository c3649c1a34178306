"""The kinds of duty as data with their source passage, and what follows from them: periods, stages, states."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from records.calendar import HalfYear, Month, Period, Quarter, Year, day_of
from records.model import Duty, DutyState, Frequency, Settings, Window
from records.workdays import Workdays, reminder_moment

DEFAULTS = Settings()
SETTING_UP = timedelta(days=30)


class Bearer(Enum):
    """Who owes it: the community, a local unit with a Party organisation, a part-time member."""

    COMMUNITY = "community"
    UNIT = "unit"
    MEMBER = "member"


Stages = Callable[[Period, Workdays, Settings], Sequence[date]]


@dataclass(frozen=True)
class Kind:
    """A kind of duty. `passage` is the id of the passage that asks for it; None: it is in no document.

    `period` is None where the community sets how often. `given_until` is the day of the next year until
    which what happened may be given to the year before (month, day). `stages` are the days of at most
    three reminders; `worker_only` ones never go to the Party secretary.
    """

    bearer: Bearer
    passage: str | None
    period: type[Month | HalfYear | Year] | None
    stages: Stages
    given_until: tuple[int, int] | None = None
    worker_only: bool = False


@dataclass(frozen=True)
class Fact:
    """What fulfils a duty: the day it happened and the day it was registered."""

    on: date
    recorded_on: date


@dataclass(frozen=True)
class Bond:
    """Since when and until when somebody owes something, and whether it applies to him at all."""

    since: date
    until: date | None = None
    applies: bool = True
    is_person: bool = False


def _month(period: Period, days: Workdays, _settings: Settings) -> Sequence[date]:
    return (
        days.nth_workday(period.first, 3),
        days.workdays_before(period.last, 7),
        days.workdays_before(period.last, 2),
    )


def _half_year(period: Period, days: Workdays, _settings: Settings) -> Sequence[date]:
    middle = date(period.last.year, period.last.month - 1, 15)
    return (
        days.first_workday(middle),
        days.workdays_before(period.last, 15),
        days.workdays_before(period.last, 3),
    )


def _last_quarter(period: Period, days: Workdays, _settings: Settings) -> Sequence[date]:
    return (
        days.first_workday(date(period.year, 10, 1)),
        days.workdays_before(period.last, 15),
        days.workdays_before(period.last, 3),
    )


def _window(period: Period, days: Workdays, settings: Settings) -> Sequence[date]:
    first, last = window(settings.window, period.year)
    return (
        days.first_workday(first),
        days.workdays_before(last, 10),
        days.workdays_before(last, 3),
    )


def _december(period: Period, days: Workdays, _settings: Settings) -> Sequence[date]:
    return (days.first_workday(date(period.year, 12, 1)),)


def _november(period: Period, days: Workdays, _settings: Settings) -> Sequence[date]:
    return (days.first_workday(date(period.year, 11, 1)),)


def _as_set(period: Period, days: Workdays, _settings: Settings) -> Sequence[date]:
    return (days.workdays_before(period.last, 10), days.workdays_before(period.last, 2))


# 第6问, 第十二条 and 第二十二条; what they leave open is a default reading (管理员设定)
KINDS: Mapping[Duty, Kind] = {
    Duty.MONTHLY_MEETING: Kind(Bearer.COMMUNITY, "faq-6", Month, _month),
    Duty.HALF_YEAR_CONTACT: Kind(Bearer.UNIT, "faq-6", HalfYear, _half_year),
    Duty.DEED: Kind(Bearer.UNIT, "faq-6", Year, _last_quarter, (1, 31)),
    Duty.REPORT_TO_UNIT: Kind(Bearer.MEMBER, "faq-6", Year, _last_quarter, (1, 31)),
    Duty.REPORT_TO_COMMITTEE: Kind(Bearer.MEMBER, "faq-6", Year, _last_quarter, (1, 31)),
    Duty.MUTUAL_APPRAISAL: Kind(Bearer.COMMUNITY, "faq-6", Year, _window, (1, 31)),
    Duty.DEMOCRATIC_LIFE: Kind(
        Bearer.COMMUNITY, "reg-22", Year, _december, (3, 31), worker_only=True
    ),
    Duty.UPWARD_REPORT: Kind(Bearer.COMMUNITY, "faq-6", None, _as_set),
    Duty.PUBLIC_REVIEW: Kind(Bearer.COMMUNITY, "reg-12", None, _as_set),
    Duty.HOLIDAYS: Kind(Bearer.COMMUNITY, None, Year, _november, worker_only=True),
}
PERIODS: Mapping[Frequency, type[Month | Quarter | HalfYear | Year]] = {
    Frequency.MONTH: Month,
    Frequency.QUARTER: Quarter,
    Frequency.HALF_YEAR: HalfYear,
    Frequency.YEAR: Year,
}
OF_UNITS = tuple(duty for duty, kind in KINDS.items() if kind.bearer is Bearer.UNIT)
OF_MEMBERS = tuple(duty for duty, kind in KINDS.items() if kind.bearer is Bearer.MEMBER)
OF_COMMUNITIES = tuple(duty for duty, kind in KINDS.items() if kind.bearer is Bearer.COMMUNITY)
# What depends on what a community has set.
BY_SETTING = (Duty.MUTUAL_APPRAISAL, Duty.UPWARD_REPORT, Duty.PUBLIC_REVIEW)


def owed_by_units(is_local: bool, has_party_organisation: bool) -> bool:  # noqa: FBT001 - two marks of one register line
    """Whether a unit owes contact and deeds: only local units with a Party organisation (第6问, 第1问)."""
    return is_local and has_party_organisation


def window(chosen: Window, year: int) -> tuple[date, date]:
    """First and last day of 年终 of the year (问答第6问 names none: 管理员设定)."""
    first, last = ([int(part) for part in end.split("-")] for end in chosen.value.split("/"))
    ends_in = year if last[0] == 12 else year + 1
    return date(year, first[0], first[1]), date(ends_in, last[0], last[1])


def period_for(duty: Duty, day: date, settings: Settings = DEFAULTS) -> Period | None:
    """The period that runs on the day; None where the community has not set how often.

    In January the window of the mutual appraisal may still be that of the year before.
    """
    if duty is Duty.MUTUAL_APPRAISAL:
        year = Year.of(day)
        before = Year(day.year - 1)
        return before if day <= window(settings.window, before.year)[1] else year
    kind = period_kind(duty, settings)
    return kind.of(day) if kind is not None else None


def period_kind(
    duty: Duty, settings: Settings = DEFAULTS
) -> type[Month | Quarter | HalfYear | Year] | None:
    if duty in (Duty.UPWARD_REPORT, Duty.PUBLIC_REVIEW):
        chosen = settings.upward_report if duty is Duty.UPWARD_REPORT else settings.public_review
        return PERIODS[chosen] if chosen is not None else None
    return KINDS[duty].period


def ends_on(duty: Duty, period: Period, settings: Settings = DEFAULTS) -> date:
    """The last day of the period; of the mutual appraisal that of its window."""
    if duty is Duty.MUTUAL_APPRAISAL:
        return window(settings.window, period.year)[1]
    return period.last


def given_until(duty: Duty, period: Period, settings: Settings = DEFAULTS) -> date:
    """The last day on which something may happen and still be given to the period (管理员设定)."""
    last = ends_on(duty, period, settings)
    if (given := KINDS[duty].given_until) is None:
        return last
    return max(last, date(period.year + 1, *given))


def stages(
    duty: Duty, period: Period, days: Workdays, settings: Settings = DEFAULTS
) -> tuple[datetime, ...]:
    """The moments of at most three reminders in a period, in order; two on one day are one."""
    found = KINDS[duty].stages(period, days, settings)
    return tuple(reminder_moment(day) for day in sorted(set(found)))


def next_moment(
    duty: Duty,
    after: datetime,
    days: Workdays,
    settings: Settings = DEFAULTS,
    *,
    said: int = -1,
) -> tuple[datetime, int] | None:
    """The first stage later than the moment and, in the running period, than the stage that was said.

    With its number; None where the community has not set how often.
    """
    period = period_for(duty, day_of(after), settings)
    while period is not None:
        for number, moment in enumerate(stages(duty, period, days, settings)):
            if moment > after and number > said:
                return moment, number
        period, said = period.following(), -1
    return None


def stage_due(moments: Sequence[datetime], now: datetime) -> int | None:
    """The latest stage whose moment has come: what was missed is said once, not stacked."""
    due = [number for number, moment in enumerate(moments) if moment <= now]
    return due[-1] if due else None


def state(
    duty: Duty,
    period: Period,
    facts: Iterable[Fact],
    *,
    bond: Bond,
    starts_on: date,
    today: date,
    days: Workdays,
    settings: Settings = DEFAULTS,
) -> DutyState:
    """How an occurrence stands. The day something happened decides, never the day it was registered."""
    last, given = ends_on(duty, period, settings), given_until(duty, period, settings)
    found = list(facts)
    if last < starts_on:
        return DutyState.ENTERED_BEFORE_START if found else DutyState.BEFORE_START
    if found:
        return _of_facts(found, last, given)
    if bond.until is not None and bond.until < last:
        return DutyState.LEFT if bond.is_person else DutyState.NOT_APPLICABLE
    joined = joined_within(period, bond, starts_on=starts_on)
    if not bond.applies or bond.since > last or (joined and today > last):
        return DutyState.NOT_APPLICABLE
    if today > last:
        return DutyState.OUTSTANDING
    return _of_day(period, stages(duty, period, days, settings), today)


def _of_day(period: Period, moments: Sequence[datetime], today: date) -> DutyState:
    """The end is near from the second-last reminder on."""
    if today < period.first:
        return DutyState.NOT_BEGUN
    near = day_of(moments[max(len(moments) - 2, 0)])
    return DutyState.NEAR_END if today >= near else DutyState.UPCOMING


def _of_facts(found: Sequence[Fact], last: date, given: date) -> DutyState:
    if any(
        fact.recorded_on <= (last if fact.on <= last else given)
        for fact in found
        if fact.on <= given
    ):
        return DutyState.FULFILLED
    if any(fact.on <= given for fact in found):
        return DutyState.REGISTERED_LATER
    return DutyState.AFTER_PERIOD


def services(
    terms: Sequence[tuple[date, date | None]], *, starts_on: date
) -> list[tuple[date, date | None]]:
    """Terms in order, those that follow each other without a break made one.

    Within a month of the community's first day the roster is still being set up: who is on it was there before.
    """
    found: list[tuple[date, date | None]] = []
    for since, until in terms:
        if found and (found[-1][1] is None or since <= found[-1][1] + timedelta(days=1)):
            found[-1] = (found[-1][0], until)
        elif starts_on < since <= starts_on + SETTING_UP:
            found.append((starts_on, until))
        else:
            found.append((since, until))
    return found


def joined_within(period: Period, bond: Bond, *, starts_on: date) -> bool:
    """Whether somebody came in the middle of a period: he is told, and never late.

    Who was there when the community began to use the assistant has no other day than that one.
    """
    return bond.since > period.first and bond.since != starts_on
