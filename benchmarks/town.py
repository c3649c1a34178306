"""An invented town of communities with a hundred units each, written straight into the tables."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, insert, text

from records import obligations, schema
from records.calendar import CHINA
from records.database import Database
from records.model import Capacity, MeetingKind, MeetingState, Presence, Role
from scheduler import reminders

OF_A_COMMUNITY = 100  # units
UNREACHABLE = 10  # of them: nobody is bound, the worker hears
SPEAKS_FOR = 10  # units, each of another community, has a liaison's account
ATTEND = 5  # people in a meeting
STARTS_ON = date(2025, 1, 1)
BEGUN = datetime(2026, 11, 9, 10, 0, tzinfo=CHINA)


MEETINGS = (
    *((datetime(2025, month, 20, 15, 0, tzinfo=CHINA), MeetingState.HELD) for month in (3, 6, 9)),
    *((datetime(2026, month, 20, 15, 0, tzinfo=CHINA), MeetingState.HELD) for month in (3, 6, 9)),
    (datetime(2026, 11, 25, 15, 0, tzinfo=CHINA), MeetingState.PLANNED),
)


@dataclass(frozen=True)
class Town:
    """So many units in a fresh database; with `own` each has an account of its own."""

    url: str
    units: int
    own: bool = False

    @property
    def communities(self) -> range:
        return range(1, self.units // OF_A_COMMUNITY + 1)

    def units_of(self, community: int) -> range:
        last = community * OF_A_COMMUNITY
        return range(last - OF_A_COMMUNITY + 1, last + 1)

    def account(self, community: int, unit: int) -> int | None:
        """Who speaks for the unit, by his number at Telegram; None if nobody can be reached."""
        place = unit % OF_A_COMMUNITY
        if place < UNREACHABLE:
            return None
        return 10**9 + (
            unit if self.own else (community - 1) // SPEAKS_FOR * OF_A_COMMUNITY + place
        )


async def build(town: Town, database: Database) -> None:
    """Everything but what its units owe; what their communities owe has been said."""
    await database.prepare()
    for first in town.communities[::SPEAKS_FOR]:
        some = [one for one in town.communities if first <= one < first + SPEAKS_FOR]
        rows: defaultdict[Table, list[dict[str, Any]]] = defaultdict(list)
        for table, row in (line for one in some for line in _rows(town, one)):
            rows[table].append(row)
        async with database.begin() as db:
            for table in schema.metadata.sorted_tables:
                if table in rows:
                    await db.execute(insert(table), rows[table])
            for one in some:
                await obligations.begin_for_community(
                    db, community_id=one, since=STARTS_ON, now=BEGUN
                )
    await reminders.tick(database, BEGUN)
    await analyze(database)


async def analyze(database: Database) -> None:
    """What PostgreSQL does by itself within some minutes."""
    if not database.is_sqlite:
        async with database.engine.connect() as connection:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            await connection.execute(text("VACUUM ANALYZE"))
            await connection.execute(text("CHECKPOINT"))


def _rows(town: Town, community: int) -> Iterator[tuple[Table, dict[str, Any]]]:
    """A community with its units, a liaison of each, a worker, and meetings of two years."""
    of = {"community_id": community}
    named = {"name": f"社区{community}", "subdistrict": "人民街道", "starts_on": STARTS_ON}
    yield schema.communities, {"id": community, **named}
    for unit in town.units_of(community):
        marks = {"is_local": True, "has_party_organisation": True}
        yield schema.units, of | marks | {"id": unit, "name": f"单位{unit}"}
        yield from _person(of, unit, Role.LIAISON, town.account(community, unit), unit)
    worker = town.units + community
    yield from _person(of, worker, Role.PARTY_WORKER, 2 * 10**9 + worker, None)
    for place, (starts_at, state) in enumerate(MEETINGS):
        number = community * len(MEETINGS) + place
        called = {"chat_id": -community, "kind": MeetingKind.WORKING, "place": "会议室"}
        told = {"id": number, "state": state, "starts_at": starts_at}
        yield schema.meetings, of | called | told
        for person in town.units_of(community)[:ATTEND] if state is MeetingState.HELD else ():
            signed = {"presence": Presence.PRESENT, "capacity": Capacity.VOTING, "at": starts_at}
            yield schema.attendance, {"meeting_id": number, "person_id": person, **signed}


def _person(
    of: dict[str, Any], number: int, role: Role, account: int | None, unit: int | None
) -> Iterator[tuple[Table, dict[str, Any]]]:
    yield schema.people, of | {"id": number, "unit_id": unit, "name": f"联络员{number}"}
    yield schema.roles, {"person_id": number, "role": role}
    if account is not None:
        bound = {"person_id": number, "user_id": account, "bound_at": BEGUN}
        yield schema.accounts, of | bound
