"""请社区补充登记: once for a matter and a period, from the fifth working day after its end on; there is no remind-all."""

from datetime import date, datetime

from sqlalchemy import insert, select

from records import connections, duties, operations, overview, settings
from records.calendar import day_of
from records.database import Transaction
from records.errors import AskedBefore, AskedTooEarly, NothingToAsk
from records.model import Community, Settings, Staff
from records.overview import Matter
from records.schema import requests
from records.workdays import Workdays

AFTER = 5  # working days


def first_day(matter: Matter, kept: Settings, days: Workdays) -> date:
    """From when on a community may be asked."""
    return days.workdays_after(duties.ends_on(matter.duty, matter.period, kept), AFTER)


async def ask(
    db: Transaction,
    one: Staff,
    community_id: int,
    matter: Matter,
    *,
    days: Workdays,
    at: datetime,
) -> tuple[Community, int]:
    """The community that is asked, and how many are not registered. StaleButton, AskedTooEarly, AskedBefore, NothingToAsk."""
    community = await connections.confirmed(db, one, community_id)
    today = day_of(at)
    first = first_day(matter, await settings.of(db, community.id), days)
    if today < first:
        raise AskedTooEarly(first)
    if await _asked(db, community, matter):
        raise AskedBefore
    found = await overview.exceptions(db, one.subdistrict, matter, today=today, days=days)
    if community.id not in found:
        raise NothingToAsk
    values = {
        "community_id": community.id,
        "duty": matter.duty,
        "period": matter.period.key,
        "staff_id": one.id,
        "at": at,
    }
    await db.execute(insert(requests).values(values))
    detail = f"{matter.duty.value} {matter.period.key}"
    await operations.log_outside(db, community, by=one, act="request", detail=detail, at=at)
    return community, found[community.id]


async def _asked(db: Transaction, community: Community, matter: Matter) -> bool:
    query = select(requests.c.at).where(
        requests.c.community_id == community.id,
        requests.c.duty == matter.duty,
        requests.c.period == matter.period.key,
    )
    return (await db.execute(query)).first() is not None
