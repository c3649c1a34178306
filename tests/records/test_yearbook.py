"""How a unit's half-year stands: the day it happened decides, and before the start nothing is late."""

from datetime import date, datetime

import pytest

from records.calendar import CHINA, HalfYear
from records.model import Contact, ContactForm, Unit
from records.yearbook import Standing, standing

FIRST_HALF = HalfYear(2026, 1)
UNIT = Unit(1, 1, "第一小学", is_local=True, has_party_organisation=True)


def contact(recorded_on: date) -> Contact:
    recorded_at = datetime(recorded_on.year, recorded_on.month, recorded_on.day, 9, 0, tzinfo=CHINA)
    return Contact(UNIT, date(2026, 6, 3), ContactForm.VISIT, recorded_at)


IN_TIME, LATER = contact(date(2026, 6, 30)), contact(date(2026, 7, 1))


@pytest.mark.parametrize(
    ("found", "starts_on", "today", "expected"),
    [
        ([], date(2026, 1, 1), date(2025, 12, 31), Standing.NOT_BEGUN),
        ([], date(2026, 1, 1), date(2026, 1, 1), Standing.UPCOMING),
        ([], date(2026, 1, 1), date(2026, 6, 30), Standing.NEAR_END),
        ([], date(2026, 1, 1), date(2026, 7, 1), Standing.OUTSTANDING),
        ([], date(2026, 6, 30), date(2026, 7, 1), Standing.OUTSTANDING),
        ([], date(2026, 7, 1), date(2026, 12, 31), Standing.BEFORE_START),
        ([IN_TIME], date(2026, 1, 1), date(2026, 7, 1), Standing.FULFILLED),
        ([LATER], date(2026, 1, 1), date(2026, 7, 1), Standing.REGISTERED_LATER),
        ([LATER, IN_TIME], date(2026, 1, 1), date(2026, 7, 1), Standing.FULFILLED),
        ([LATER], date(2026, 7, 1), date(2026, 7, 1), Standing.ENTERED_BEFORE_START),
    ],
)
def test_standing_of_a_half_year(
    found: list[Contact], starts_on: date, today: date, expected: Standing
) -> None:
    assert standing(FIRST_HALF, found, starts_on=starts_on, today=today) is expected
