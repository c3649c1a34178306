"""The rehearsal's civil clocks: one that runs ahead of the system's, one that stands until moved."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from bot.clock import Clock


class MovableClock(Clock, Protocol):
    def move_to(self, moment: datetime) -> None:
        """Forward only: an earlier moment changes nothing."""


@dataclass
class RunningClock:
    """Goes with another clock, as far ahead of it as it was moved."""

    base: Clock
    ahead: timedelta = field(default=timedelta())

    def now(self) -> datetime:
        return self.base.now() + self.ahead

    def move_to(self, moment: datetime) -> None:
        self.ahead = max(self.ahead, moment - self.base.now())


@dataclass
class StandingClock:
    """Stands still until it is moved."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment

    def move_to(self, moment: datetime) -> None:
        self.moment = max(self.moment, moment)
