"""Two simulated years, compared day by day with the slow model: what is said to whom, and how every duty stands."""

from bisect import insort
from collections import Counter
from collections.abc import AsyncIterator
from datetime import date, datetime, time, timedelta
from itertools import takewhile
from random import Random

import pytest

from records.database import Database
from records.model import Duty, DutyState
from tests.simulation import acts, scenario
from tests.simulation.acts import Act
from tests.simulation.days import CHINA, ONE_DAY, half_past_nine
from tests.simulation.model import Model, Note
from tests.simulation.product import Product

SEED = 5
NORMAL, LONG = 20, 200  # communities
MOST = 3  # reminders of a duty and period, to anybody


@pytest.fixture
async def product(sqlite_url: str) -> AsyncIterator[Product]:
    database = Database(sqlite_url)
    yield Product(database)
    await database.close()


async def test_two_years_of_reminders_are_those_of_the_model(
    product: Product, request: pytest.FixtureRequest
) -> None:
    communities = LONG if request.config.getoption("--long") else NORMAL
    simulation = Simulation(product, scenario.written(SEED, communities))
    await simulation.run()

    assert len(simulation.heard) > 100 * communities
    assert max(simulation.heard.values()) == 1
    assert max(simulation.stages().values()) == MOST
    assert set(product.postponed.values()) == {False, True}
    assert simulation.states == set(DutyState) - {DutyState.NOT_BEGUN}


class Simulation:
    """The product and the model side by side; whatever happens is told to both."""

    def __init__(self, product: Product, coming: list[Act]) -> None:
        self.product, self.coming = product, coming
        self.rng = Random(SEED)  # noqa: S311 - no secret
        self.model = Model()
        self.heard = Counter[Note]()
        self.states = set[DutyState]()
        self.turning_days = scenario.turning_days(coming)

    def stages(self) -> Counter[tuple[int, Duty, str | None, str]]:
        """How often each account heard of each duty in each period."""
        return Counter(
            (one.account, one.duty, one.bearer or one.community, one.period) for one in self.heard
        )

    async def run(self) -> None:
        day, down = scenario.FIRST, scenario.downtimes(SEED)
        while day <= scenario.LAST:
            if day not in down:
                await self._pass_night(day)
                for moment in scenario.looks(self.rng, day):
                    await self._until(moment)
                    await self._look(moment)
            await self._until(datetime.combine(day, time.max, CHINA))
            await self._compare_registers(day)
            day += ONE_DAY

    async def _pass_night(self, day: date) -> None:
        """The upkeep of the night; told only where it may change something, and once a month besides."""
        night = datetime.combine(day, time(0, 10), CHINA)
        turned = [turning for turning in self.turning_days if turning <= day]
        self.turning_days = self.turning_days[len(turned) :]
        if turned or day.day == 1:
            await self._until(night, acts.NightPassed(night, ""))

    async def _until(self, moment: datetime, *more: Act) -> None:
        """Everything that happens up to then."""
        due = list(takewhile(lambda act: act.at <= moment, self.coming))
        self.coming = self.coming[len(due) :]
        await self._tell([*due, *more])

    async def _tell(self, found: list[Act]) -> None:
        if found:
            await self.product.do(found)
        for act in found:
            self.model.learn(act)
        assert self.product.postponed == self.model.postponed

    async def _look(self, moment: datetime) -> None:
        said, chats = await self.product.tick(moment)
        expected = self.model.tick(moment)
        assert said == expected, moment
        assert sorted(chats) == sorted({note.account for note in said}), moment
        self.heard.update(said)
        for note in sorted(said, key=str):
            if note.bearer is not None and self.rng.random() < 0.1:
                self._postpone(note, moment)

    def _postpone(self, note: Note, now: datetime) -> None:
        at = now + timedelta(hours=self.rng.choice([1, 7, 30, 50]))
        until = half_past_nine(self.model.calendar.worked_from(at.date() + 3 * ONE_DAY))
        act = acts.Postponed(at, note.community, note.duty, note.bearer, until)
        insort(self.coming, act, key=lambda one: one.at)

    async def _compare_registers(self, day: date) -> None:
        """Every twentieth community each day, and all at the end of a month."""
        names = sorted(self.model.communities)
        if (day + ONE_DAY).day != 1:
            names = names[day.toordinal() % 20 :: 20]
        for name in names:
            found = await self.product.register(name, day)
            assert found == self.model.register(name, day), (name, day)
            self.states |= set(found.values())
