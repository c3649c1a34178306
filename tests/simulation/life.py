"""A random community: who belongs to it from when on, which units owe something, what it has set."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from records.model import Duty, Frequency, Post, Role, Seat, Window
from tests.simulation import acts
from tests.simulation.acts import Act, PersonLine, UnitLine
from tests.simulation.days import CHINA, ONE_DAY

UNITS = 12
LONG_AGO = date(2023, 5, 4)  # in office before anything is known
SHARED_ACCOUNTS = (101, 102, 103)  # people who speak for a unit in several communities
NO_ROLE = frozenset[Role]()


@dataclass
class Life:
    """One community being written: what happens to it, in any order.

    `managers` may register anything at any time, `listed` says when each unit came onto the register.
    """

    name: str
    rng: Random
    founded: datetime
    last: date
    numbers: Iterator[int]
    accounts: Iterator[int]
    acts: list[Act] = field(default_factory=list)
    managers: list[str] = field(default_factory=list)
    members: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    speakers: dict[str, list[str]] = field(default_factory=dict)
    owes: dict[str, bool] = field(default_factory=dict)
    listed: dict[str, datetime] = field(default_factory=dict)
    meeting_days: set[date] = field(default_factory=set)

    def likely(self, share: float) -> bool:
        return self.rng.random() < share

    def day(self, first: date, last: date) -> date:
        return first + timedelta(days=self.rng.randint(0, max(0, (last - first).days)))

    def moment(self, day: date) -> datetime:
        """Some second of the day, from seven to eleven in the evening."""
        seconds = self.rng.randrange(16 * 3600)
        return datetime.combine(day, time(7), CHINA) + timedelta(seconds=seconds)

    def some_moment(self) -> datetime:
        return self.moment(self.day(self.founded.date() + ONE_DAY, self.last))

    def add(self, act: Act) -> bool:
        """Unless it lies before the founding or after the end."""
        is_within = act.at > self.founded and act.at.date() <= self.last
        if is_within:
            self.acts.append(act)
        return is_within


def found(life: Life) -> None:
    """The first roster: ten of the units, the team, the offices; two units come later."""
    life.units = [f"{life.name}单位{number + 1:02}" for number in range(UNITS)]
    life.speakers = {unit: _speakers(life, unit) for unit in life.units}
    later = life.rng.sample(life.units[4:], 2)
    lines = [_unit(life, unit) for unit in life.units if unit not in later]
    people = [*_office(life), *_members(life)]
    people += [line for unit in life.units if unit not in later for line in _speaking(life, unit)]
    life.acts.append(acts.RosterLoaded(life.founded, life.name, tuple(lines), tuple(people)))
    life.listed = {line.name: life.founded for line in lines}
    life.owes = {line.name: line.is_local and line.has_organisation for line in lines}
    for line in people:
        _bind(life, line, life.founded)
    for unit in later:
        _join(life, unit)
    for unit in life.listed:
        _mark_anew(life, unit)


def _unit(life: Life, name: str) -> UnitLine:
    marks = life.rng.choice([(True, True)] * 6 + [(True, False), (False, True)])
    return UnitLine(name, *marks)


def _speakers(life: Life, unit: str) -> list[str]:
    return [f"{unit}联络员{number + 1}" for number in range(life.rng.choice([0, 1, 1, 1, 2]))]


def _speaking(life: Life, unit: str) -> list[PersonLine]:
    return [PersonLine(name, unit, roles=frozenset({Role.LIAISON})) for name in life.speakers[unit]]


def _office(life: Life) -> list[PersonLine]:
    """The Party secretary, somebody full-time, and no, one or two workers; of two the second may go."""
    workers = [f"{life.name}干事{number + 1}" for number in range(life.rng.choice([0, 1, 1, 1, 2]))]
    secretary = PersonLine(
        f"{life.name}书记",
        post=Post.SECRETARY,
        roles=frozenset({Role.PARTY_SECRETARY}),
        since=LONG_AGO,
    )
    life.managers = [secretary.name, *workers[:1]]
    if len(workers) > 1 and life.likely(0.5):
        at = life.some_moment()
        life.add(acts.LeftOffice(at, life.name, workers[1], at.date()))
    return [
        secretary,
        PersonLine(f"{life.name}专职", post=Post.DEPUTY, seat=Seat.FULL_TIME, since=LONG_AGO),
        *(PersonLine(name, roles=frozenset({Role.PARTY_WORKER})) for name in workers),
    ]


def _members(life: Life) -> list[PersonLine]:
    """Part-time members, of a unit or of none: in office for long, since this day, for a while, or soon."""
    today = life.founded.date()
    lines = []
    for number in range(life.rng.randint(1, 4)):
        name = f"{life.name}兼职{number + 1}"
        unit = life.rng.choice([*life.units[:4], None])
        days = life.rng.choice([None, None, -40, 50])
        since = today + timedelta(days=days) if days is not None else None
        since = LONG_AGO if life.likely(0.2) else since
        until = life.day(today + timedelta(days=60), life.last) if life.likely(0.2) else None
        roles = frozenset({Role.LIAISON}) if unit and life.likely(0.2) else NO_ROLE
        lines.append(PersonLine(name, unit, Post.MEMBER, Seat.PART_TIME, roles, since, until))
        if until is None:
            _turn_over(life, lines[-1])
    life.members = [line.name for line in lines]
    return [*lines, *_joining_member(life)]


def _turn_over(life: Life, line: PersonLine) -> None:
    """Some leave, as of the day or of an earlier one; some come back."""
    if not life.likely(0.3):
        return
    earliest = life.founded.date() + timedelta(days=70)
    at = life.moment(life.day(earliest, life.last))
    on = at.date() - timedelta(days=life.rng.choice([0, 0, 1, 12]))
    if not life.add(acts.LeftOffice(at, life.name, line.name, on)) or life.likely(0.5):
        return
    back = life.moment(at.date() + timedelta(days=life.rng.choice([5, 40, 200])))
    again = PersonLine(line.name, line.unit, Post.MEMBER, Seat.PART_TIME)
    if life.add(acts.RosterLoaded(back, life.name, people=(again,))):
        _bind(life, again, back)


def _joining_member(life: Life) -> list[PersonLine]:
    """Somebody takes office in mid-year, perhaps as of an earlier day or of one to come."""
    at = life.some_moment()
    since = life.rng.choice([None, at.date() - timedelta(days=9), at.date() + timedelta(days=9)])
    line = PersonLine(
        f"{life.name}新任兼职",
        life.rng.choice([*life.units[:4], None]),
        Post.MEMBER,
        Seat.PART_TIME,
        since=since,
    )
    if life.add(acts.RosterLoaded(at, life.name, people=(line,))):
        _bind(life, line, at)
    return []


def _bind(life: Life, line: PersonLine, after: datetime) -> None:
    """At once, later, or never; a manager hardly ever never."""
    if life.likely(0.05 if line.name in life.managers else 0.25):
        return
    days = life.rng.choice([0, 0, 0, 1, 5, 30, 150])
    at = after + timedelta(days=days, minutes=life.rng.randint(1, 180))
    used = [act.account for act in life.acts if isinstance(act, acts.Bound)]
    free = [account for account in SHARED_ACCOUNTS if account not in used]
    is_shared = Role.LIAISON in line.roles and bool(free) and life.likely(0.1)
    account = free[0] if is_shared else next(life.accounts)
    if not _leaves_between(life, line.name, after, at):
        life.add(acts.Bound(at, life.name, line.name, account))


def _leaves_between(life: Life, person: str, after: datetime, at: datetime) -> bool:
    return any(
        isinstance(act, acts.LeftOffice) and act.person == person and after <= act.at <= at
        for act in life.acts
    )


def _join(life: Life, unit: str) -> None:
    """A unit that comes onto the register in the middle of something."""
    at = life.some_moment()
    people = _speaking(life, unit)
    act = acts.RosterLoaded(at, life.name, (UnitLine(unit, True, True),), tuple(people))
    if life.add(act):
        life.listed[unit], life.owes[unit] = at, True
        for line in people:
            _bind(life, line, at)


def _mark_anew(life: Life, unit: str) -> None:
    """The marks change: it begins to owe, stops, begins again."""
    if not life.likely(0.3):
        return
    day, owes = life.listed[unit].date(), life.owes[unit]
    for _ in range(life.rng.choice([1, 1, 2, 3])):
        day += timedelta(days=life.rng.choice([3, 20, 30, 31, 90, 150, 300]))
        owes = not owes
        marks = (True, True) if owes else life.rng.choice([(True, False), (False, True)])
        life.add(acts.Marked(life.moment(day), life.name, unit, *marks))


def set_up(life: Life) -> None:
    """What the community decides about 年终 and 定期, and decides anew, at any time."""
    if life.likely(0.5):
        for _ in range(life.rng.randint(1, 3)):
            window = life.rng.choice(list(Window))
            life.add(acts.WindowSet(life.some_moment(), life.name, window))
    for duty in (Duty.UPWARD_REPORT, Duty.PUBLIC_REVIEW):
        if life.likely(0.6):
            for _ in range(life.rng.randint(1, 3)):
                frequency = life.rng.choice([*Frequency, None])
                life.add(acts.FrequencySet(life.some_moment(), life.name, duty, frequency))
