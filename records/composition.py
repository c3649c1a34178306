"""How a team is composed, and where it differs from the figures of 问答第2问, which only advise."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from records.model import Capacity, Entry, Post, Seat
from records.terms import Term


@dataclass(frozen=True)
class Composition:
    """`team` is 班子成员总数, of which two thirds are taken; seats are what 第2问 counts."""

    team: int
    full_time: int
    part_time: int
    secretaries: int
    secretary_is_counted: bool
    direct: int = field(compare=False)

    @property
    def seats(self) -> int:
        return self.full_time + self.part_time


class Doubt(Enum):
    """What the office should look at once more; nothing is refused for it."""

    SEATS = "seats"
    FULL_TIME = "full_time"
    PART_TIME = "part_time"
    SECRETARY = "secretary"


def of(terms: Iterable[Term]) -> Composition:
    team = [term for term in terms if term.capacity is Capacity.VOTING]
    secretaries = [term for term in team if term.post is Post.SECRETARY]
    return Composition(
        len(team),
        sum(term.seat is Seat.FULL_TIME for term in team),
        sum(term.seat is Seat.PART_TIME for term in team),
        len(secretaries),
        any(term.seat is Seat.FULL_TIME for term in secretaries),
        sum(term.entry is Entry.DIRECT for term in team),
    )


def doubts(found: Composition) -> list[Doubt]:
    """第2问 “原则上9-11名,其中专职委员1-2名”, “原则上配备7-9名”: seats, not members of the team."""
    holds = {
        Doubt.SEATS: 9 <= found.seats <= 11,
        Doubt.FULL_TIME: 1 <= found.full_time <= 2,
        Doubt.PART_TIME: 7 <= found.part_time <= 9,
        Doubt.SECRETARY: found.secretaries == 1,
    }
    return [doubt for doubt, is_fine in holds.items() if not is_fine]
