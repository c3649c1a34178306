"""What was done in the past, many at once (补录): what is known already, and all the rest written together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from records import obligations, people, registrations, settings, units, visits
from records.database import Transaction
from records.model import Community, Duty, Person, Settings, Unit
from records.registrations import Happened


@dataclass(frozen=True)
class PastFact:
    """`is_known` says that it is registered before, or stands in the same list twice."""

    fact: Happened
    visitors: str = ""
    is_known: bool = False


@dataclass(frozen=True)
class Known:
    """What rows are held against: the units, and everybody who is or was a part-time member."""

    community: Community
    units: Sequence[Unit]
    members: Sequence[Person]
    settings: Settings


async def known(db: Transaction, community: Community) -> Known:
    owed = await obligations.of_community(db, community.id)
    ids = [one.person_id for one in owed if one.duty is Duty.REPORT_TO_COMMITTEE]
    return Known(
        community,
        await units.of_community(db, community_id=community.id),
        await people.with_ids(db, [one for one in ids if one is not None]),
        await settings.of(db, community.id),
    )


async def checked(
    db: Transaction, community: Community, found: Iterable[PastFact]
) -> list[PastFact]:
    """Each with whether it is known."""
    result: list[PastFact] = []
    seen: set[Happened] = set()
    for one in found:
        same = replace(one.fact, counts_on=None)
        before = await registrations.known(db, one.fact, community_id=community.id)
        result.append(replace(one, is_known=before is not None or same in seen))
        seen.add(same)
    return result


async def enter(db: Transaction, found: Iterable[PastFact], *, by: Person, at: datetime) -> int:
    """Everything that is not known, each as one that is registered alone; how many."""
    fresh = [one for one in found if not one.is_known]
    for one in fresh:
        if one.fact.duty is Duty.VISIT:
            await visits.record(db, one.fact, visitors=one.visitors, by=by, at=at)
        else:
            await registrations.record(db, one.fact, by=by, at=at)
    return len(fresh)
