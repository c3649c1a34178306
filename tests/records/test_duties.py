"""The kinds of duty: their periods, the days of their reminders, and how an occurrence stands, for any day."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.texts.duties import CLAUSES, NAMES
from knowledge.library import Library
from records import duties
from records.calendar import CHINA, HalfYear, Month, Period, Quarter, Year, day_of, period_of
from records.duties import Bond, Fact
from records.model import Duty, DutyState, Frequency, Settings, Window
from records.workdays import Workdays

WORKDAYS = Workdays()
REGISTERED = [duty for duty in duties.KINDS if duty is not Duty.HOLIDAYS]
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2029, 12, 31)).map(  # noqa: DTZ001 - made aware here
    lambda naive: naive.replace(tzinfo=CHINA)
)
SETTINGS = st.builds(
    Settings,
    window=st.sampled_from(Window),
    upward_report=st.sampled_from(Frequency),
    public_review=st.sampled_from(Frequency),
)
DUTIES = st.sampled_from(list(duties.KINDS))
PERIODS: list[tuple[Duty, Period]] = [
    (Duty.MONTHLY_MEETING, Month(2026, 11)),
    (Duty.HALF_YEAR_CONTACT, HalfYear(2026, 2)),
    (Duty.DEED, Year(2026)),
    (Duty.DEMOCRATIC_LIFE, Year(2026)),
]


@pytest.mark.parametrize(
    ("duty", "period", "expected"),
    [
        (Duty.MONTHLY_MEETING, Month(2026, 11), ["11-04", "11-19", "11-26"]),
        (Duty.MONTHLY_MEETING, Month(2026, 10), ["10-10", "10-22", "10-29"]),
        (Duty.MONTHLY_MEETING, Month(2028, 2), ["02-03", "02-18", "02-25"]),
        (Duty.HALF_YEAR_CONTACT, HalfYear(2026, 1), ["05-15", "06-08", "06-25"]),
        (Duty.HALF_YEAR_CONTACT, HalfYear(2026, 2), ["11-16", "12-10", "12-28"]),
        (Duty.DEED, Year(2026), ["10-08", "12-10", "12-28"]),
        (Duty.REPORT_TO_UNIT, Year(2026), ["10-08", "12-10", "12-28"]),
        (Duty.REPORT_TO_COMMITTEE, Year(2026), ["10-08", "12-10", "12-28"]),
        (Duty.MUTUAL_APPRAISAL, Year(2026), ["12-01", "01-18", "01-27"]),
        (Duty.DEMOCRATIC_LIFE, Year(2026), ["12-01"]),
        (Duty.HOLIDAYS, Year(2026), ["11-02"]),
    ],
)
def test_days_of_the_reminders(duty: Duty, period: Period, expected: list[str]) -> None:
    moments = duties.stages(duty, period, WORKDAYS)

    assert [f"{moment:%m-%d}" for moment in moments] == expected
    assert {f"{moment:%H:%M}" for moment in moments} == {"09:30"}


def test_what_a_community_set_has_its_reminders_ten_and_two_working_days_before() -> None:
    settings = Settings(upward_report=Frequency.QUARTER)

    assert duties.period_for(Duty.UPWARD_REPORT, date(2026, 11, 18), settings) == Quarter(2026, 4)
    moments = duties.stages(Duty.UPWARD_REPORT, Quarter(2026, 4), WORKDAYS, settings)
    assert [f"{moment:%m-%d}" for moment in moments] == ["12-17", "12-29"]
    assert duties.period_for(Duty.PUBLIC_REVIEW, date(2026, 11, 18), settings) is None
    assert duties.next_moment(Duty.PUBLIC_REVIEW, _at(2026, 11, 18), WORKDAYS, settings) is None


def test_overrides_of_an_operator_move_a_reminder() -> None:
    days = Workdays({date(2026, 11, 26): False, date(2026, 11, 28): True})

    moments = duties.stages(Duty.MONTHLY_MEETING, Month(2026, 11), days)
    assert [f"{moment:%m-%d}" for moment in moments] == ["11-04", "11-19", "11-27"]


@given(DUTIES, DAYS, SETTINGS)
def test_stages_are_at_most_three_in_order_on_working_days_up_to_the_end(
    duty: Duty, day: date, settings: Settings
) -> None:
    period = duties.period_for(duty, day, settings)
    assert period is not None
    moments = duties.stages(duty, period, WORKDAYS, settings)
    last = duties.ends_on(duty, period, settings)

    assert 1 <= len(moments) <= 3
    assert list(moments) == sorted(set(moments))
    assert all(WORKDAYS.is_office_time(moment) for moment in moments)
    assert all(period.first <= day_of(moment) <= last for moment in moments)


@given(DUTIES, MOMENTS, SETTINGS)
def test_next_moment_is_the_first_stage_after_now(
    duty: Duty, now: datetime, settings: Settings
) -> None:
    following = duties.next_moment(duty, now, WORKDAYS, settings)

    assert following is not None
    moment, stage = following
    assert moment > now
    assert duties.next_moment(duty, moment - timedelta(seconds=1), WORKDAYS, settings) == following
    period = duties.period_for(duty, day_of(moment), settings)
    assert period is not None
    assert duties.stages(duty, period, WORKDAYS, settings)[stage] == moment


@given(DUTIES, MOMENTS, SETTINGS)
def test_after_a_stage_was_said_a_later_one_comes_or_the_next_period(
    duty: Duty, now: datetime, settings: Settings
) -> None:
    period = duties.period_for(duty, day_of(now), settings)
    assert period is not None
    for said in range(len(duties.stages(duty, period, WORKDAYS, settings))):
        following = duties.next_moment(duty, now, WORKDAYS, settings, said=said)
        assert following is not None
        same = duties.period_for(duty, day_of(following[0]), settings) == period
        assert following[1] > said if same else following[1] == 0


def test_of_missed_stages_only_the_latest_is_due() -> None:
    moments = duties.stages(Duty.MONTHLY_MEETING, Month(2026, 11), WORKDAYS)

    assert [duties.stage_due(moments, moment) for moment in moments] == [0, 1, 2]
    assert duties.stage_due(moments, moments[0] - timedelta(minutes=1)) is None
    assert duties.stage_due(moments, datetime(2026, 11, 29, tzinfo=CHINA)) == 2


@given(DAYS, st.sampled_from([Month, Quarter, HalfYear, Year]))
def test_periods_follow_each_other_without_a_gap(
    day: date, kind: type[Month | Quarter | HalfYear | Year]
) -> None:
    period = kind.of(day)

    assert day in period
    assert period.following().first == period.last + timedelta(days=1)
    assert period_of(period.key) == period


@given(DAYS, st.sampled_from(Window))
def test_window_of_the_appraisal_lies_around_the_end_of_its_year(day: date, chosen: Window) -> None:
    settings = Settings(window=chosen)
    period = duties.period_for(Duty.MUTUAL_APPRAISAL, day, settings)
    assert period is not None
    first, last = duties.window(chosen, period.year)

    assert first.year == period.year
    assert first < last <= date(period.year + 1, 1, 31)
    assert day <= last
    assert day > duties.window(chosen, period.year - 1)[1]


STARTED = date(2026, 1, 1)
FROM_THE_START = Bond(STARTED)
IN_TIME = Fact(date(2026, 11, 10), date(2026, 11, 10))


def stands(
    duty: Duty,
    period: Period,
    facts: list[Fact],
    today: date,
    *,
    bond: Bond = FROM_THE_START,
    starts_on: date = STARTED,
) -> DutyState:
    return duties.state(
        duty, period, facts, bond=bond, starts_on=starts_on, today=today, days=WORKDAYS
    )


@pytest.mark.parametrize(
    ("today", "facts", "state"),
    [
        (date(2026, 10, 31), [], DutyState.NOT_BEGUN),
        (date(2026, 11, 18), [], DutyState.UPCOMING),
        (date(2026, 11, 19), [], DutyState.NEAR_END),
        (date(2026, 11, 30), [], DutyState.NEAR_END),
        (date(2026, 12, 1), [], DutyState.OUTSTANDING),
        (date(2026, 12, 1), [IN_TIME], DutyState.FULFILLED),
    ],
)
def test_state_of_the_monthly_meeting(today: date, facts: list[Fact], state: DutyState) -> None:
    assert stands(Duty.MONTHLY_MEETING, Month(2026, 11), facts, today) is state


@pytest.mark.parametrize(
    ("on", "recorded_on", "state"),
    [
        (date(2026, 9, 12), date(2026, 9, 12), DutyState.FULFILLED),
        (date(2026, 9, 12), date(2026, 12, 31), DutyState.FULFILLED),
        (date(2026, 9, 12), date(2027, 1, 4), DutyState.REGISTERED_LATER),
        (date(2027, 1, 3), date(2027, 1, 4), DutyState.AFTER_PERIOD),
    ],
)
def test_day_it_happened_decides_and_late_stays_late(
    on: date, recorded_on: date, state: DutyState
) -> None:
    fact = Fact(on, recorded_on)

    for today in (date(2027, 1, 5), date(2030, 1, 1)):
        assert stands(Duty.HALF_YEAR_CONTACT, HalfYear(2026, 2), [fact], today) is state


@pytest.mark.parametrize(
    ("duty", "on", "recorded_on", "state"),
    [
        (Duty.DEED, date(2027, 1, 31), date(2027, 1, 31), DutyState.FULFILLED),
        (Duty.DEED, date(2027, 1, 31), date(2027, 2, 1), DutyState.REGISTERED_LATER),
        (Duty.DEED, date(2027, 2, 1), date(2027, 2, 1), DutyState.AFTER_PERIOD),
        (Duty.DEED, date(2026, 12, 20), date(2027, 1, 12), DutyState.REGISTERED_LATER),
        (Duty.DEMOCRATIC_LIFE, date(2027, 3, 31), date(2027, 3, 31), DutyState.FULFILLED),
        (Duty.DEMOCRATIC_LIFE, date(2027, 4, 1), date(2027, 4, 1), DutyState.AFTER_PERIOD),
    ],
)
def test_year_may_be_chosen_until_the_end_of_january_or_march(
    duty: Duty, on: date, recorded_on: date, state: DutyState
) -> None:
    today = date(2027, 6, 1)

    assert stands(duty, Year(2026), [Fact(on, recorded_on)], today) is state


def test_unit_that_joins_in_the_middle_is_told_and_never_late() -> None:
    joined = Bond(date(2026, 9, 1))
    half = HalfYear(2026, 2)

    def state(today: date, facts: list[Fact]) -> DutyState:
        return stands(Duty.HALF_YEAR_CONTACT, half, facts, today, bond=joined)

    assert state(date(2026, 12, 20), []) is DutyState.NEAR_END
    assert state(date(2027, 1, 1), []) is DutyState.NOT_APPLICABLE
    assert state(date(2027, 1, 1), [IN_TIME]) is DutyState.FULFILLED
    following = stands(Duty.HALF_YEAR_CONTACT, half.following(), [], date(2027, 7, 1), bond=joined)
    assert following is DutyState.OUTSTANDING


def test_unit_of_the_first_day_is_no_joiner() -> None:
    state = stands(
        Duty.HALF_YEAR_CONTACT,
        HalfYear(2026, 2),
        [],
        date(2027, 1, 1),
        bond=Bond(date(2026, 11, 1)),
        starts_on=date(2026, 11, 1),
    )

    assert state is DutyState.OUTSTANDING


@pytest.mark.parametrize(("duty", "period"), PERIODS)
def test_before_the_start_nothing_is_late(duty: Duty, period: Period) -> None:
    started = date(2027, 1, 1)
    bond = Bond(started)

    def state(facts: list[Fact]) -> DutyState:
        return stands(duty, period, facts, date(2027, 6, 1), bond=bond, starts_on=started)

    assert state([]) is DutyState.BEFORE_START
    assert state([Fact(period.last, date(2027, 5, 1))]) is DutyState.ENTERED_BEFORE_START


def test_who_left_and_whom_it_does_not_apply_to() -> None:
    today, year = date(2027, 2, 1), Year(2026)

    def state(bond: Bond) -> DutyState:
        return stands(Duty.REPORT_TO_UNIT, year, [], today, bond=bond)

    assert state(Bond(STARTED, date(2026, 8, 1), is_person=True)) is DutyState.LEFT
    assert state(Bond(STARTED, date(2026, 8, 1))) is DutyState.NOT_APPLICABLE
    assert state(Bond(STARTED, applies=False, is_person=True)) is DutyState.NOT_APPLICABLE
    assert state(Bond(date(2027, 1, 15), is_person=True)) is DutyState.NOT_APPLICABLE
    assert state(Bond(STARTED, date(2027, 1, 15), is_person=True)) is DutyState.OUTSTANDING


@given(
    st.sampled_from(REGISTERED),
    DAYS,
    SETTINGS,
    st.lists(st.tuples(st.integers(-400, 60), st.integers(0, 200)), max_size=4),
    st.integers(0, 800),
)
def test_once_something_happened_in_time_no_later_day_makes_it_late(
    duty: Duty, day: date, settings: Settings, facts: list[tuple[int, int]], passed: int
) -> None:
    """What is fulfilled stays fulfilled whatever is added and however long one waits."""
    period = duties.period_for(duty, day, settings)
    assert period is not None
    last = duties.ends_on(duty, period, settings)
    found = [
        Fact(last + timedelta(days=ago), last + timedelta(days=ago + waited))
        for ago, waited in facts
        if last + timedelta(days=ago) >= period.first
    ]

    def state(known: list[Fact], today: date) -> DutyState:
        return duties.state(
            duty,
            period,
            known,
            bond=Bond(date(2019, 1, 1)),
            starts_on=date(2019, 1, 1),
            today=today,
            days=WORKDAYS,
            settings=settings,
        )

    after = last + timedelta(days=passed)
    if not found:
        assert state([], last + timedelta(days=1)) is DutyState.OUTSTANDING
        return
    before, later = state(found, last), state(found, after)
    assert before is later
    with_more = state([*found, Fact(period.first, period.first)], after)
    assert with_more is DutyState.FULFILLED


@pytest.mark.parametrize(
    ("is_local", "has_party_organisation", "owes"),
    [(True, True, True), (True, False, False), (False, True, False), (False, False, False)],
)
def test_only_local_units_with_a_party_organisation_owe_contact(
    is_local: bool, has_party_organisation: bool, owes: bool
) -> None:
    assert duties.owed_by_units(is_local, has_party_organisation) is owes


def test_every_duty_has_its_name_and_its_clause_stands_in_its_passage(library: Library) -> None:
    passages = {one.id: one.text for one in library.passages}

    assert set(NAMES) == set(Duty)
    for duty, kind in duties.KINDS.items():
        if kind.passage is not None:
            _where, clause = CLAUSES[duty]
            assert clause.replace("〔向〕", "") in passages[kind.passage]


def _at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 9, 30, tzinfo=CHINA)
