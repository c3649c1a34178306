"""The civil clock as an argument: the system's, or the rehearsal's that can be moved."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """The aware civil moment."""
