"""What happens in the simulated communities: each act is told to the product and to the model alike.

Nothing of the product but its enums is known here. A community, a unit and a person are their names.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from records.model import Duty, Frequency, MeetingKind, Post, Role, Seat, Window


@dataclass(frozen=True)
class UnitLine:
    name: str
    is_local: bool
    has_organisation: bool


@dataclass(frozen=True)
class PersonLine:
    """`since` and `until` are of the term; without a post there is none."""

    name: str
    unit: str | None = None
    post: Post | None = None
    seat: Seat | None = None
    roles: frozenset[Role] = frozenset()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Act:
    """`community` is empty where it concerns all of them."""

    at: datetime
    community: str


@dataclass(frozen=True)
class RosterLoaded(Act):
    """The first one founds the community; later ones add people and units."""

    units: tuple[UnitLine, ...] = ()
    people: tuple[PersonLine, ...] = ()


@dataclass(frozen=True)
class Bound(Act):
    person: str
    account: int


@dataclass(frozen=True)
class LeftOffice(Act):
    """Not in office from `on` on; nor is the account anybody's."""

    person: str
    on: date


@dataclass(frozen=True)
class Marked(Act):
    unit: str
    is_local: bool
    has_organisation: bool


@dataclass(frozen=True)
class Registered(Act):
    """`bearer` is a unit's or a person's name, None for the community; `counts_on` lies in the earlier period."""

    number: int
    duty: Duty
    bearer: str | None
    on: date
    by: str
    counts_on: date | None = None


@dataclass(frozen=True)
class Withdrawn(Act):
    number: int


@dataclass(frozen=True)
class MeetingPlanned(Act):
    number: int
    kind: MeetingKind
    starts_at: datetime


@dataclass(frozen=True)
class MeetingOpened(Act):
    number: int


@dataclass(frozen=True)
class MeetingClosed(Act):
    """With everybody there it was held, with nobody not."""

    number: int
    is_held: bool


@dataclass(frozen=True)
class MeetingCancelled(Act):
    number: int


@dataclass(frozen=True)
class MeetingEntered(Act):
    """A meeting of the past, entered later."""

    number: int
    kind: MeetingKind
    starts_at: datetime
    is_held: bool


@dataclass(frozen=True)
class MeetingAttributed(Act):
    """A mutual appraisal is counted for `year`, or the event was a working meeting as well."""

    number: int
    year: int | None = None
    also_kind: MeetingKind | None = None


@dataclass(frozen=True)
class WindowSet(Act):
    window: Window


@dataclass(frozen=True)
class FrequencySet(Act):
    duty: Duty
    frequency: Frequency | None


@dataclass(frozen=True)
class Postponed(Act):
    """Somebody pressed 〔三天后再提醒〕."""

    duty: Duty
    bearer: str | None
    until: datetime


@dataclass(frozen=True)
class HolidaysArranged(Act):
    """What an operator imports: whether each of the days is worked."""

    days: Mapping[date, bool]


@dataclass(frozen=True)
class NightPassed(Act):
    """The upkeep of the night: terms that came to their end, terms that begin."""
