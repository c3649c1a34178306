"""How often a clause was shown is counted by community and month."""

from datetime import date

from records import uses
from records.database import Database
from records.uses import Use
from tests.records import facts

NOVEMBER, DECEMBER = date(2026, 11, 18), date(2026, 12, 1)


async def test_clauses_shown_most_come_first(database: Database) -> None:
    async with database.begin() as db:
        mine = (await facts.settled(db)).id
        for on, passage, end in (
            (NOVEMBER, "reg-4", 40),
            (DECEMBER, "reg-4", 40),
            (DECEMBER, "reg-4", 40),
            (DECEMBER, "reg-4", 80),
            (DECEMBER, "faq-7", 30),
            (DECEMBER, "faq-7", 30),
        ):
            await uses.count(db, community_id=mine, passage=passage, start=0, end=end, on=on)
        await uses.count(db, community_id=None, passage="faq-1", start=3, end=9, on=DECEMBER)
        assert await uses.top(db, mine, NOVEMBER) == [
            Use("reg-4", 0, 40, 3),
            Use("faq-7", 0, 30, 2),
            Use("reg-4", 0, 80, 1),
        ]
        assert await uses.top(db, mine, date(2026, 12, 31), limit=1) == [Use("faq-7", 0, 30, 2)]
        assert await uses.top(db, None, NOVEMBER) == [Use("faq-1", 3, 9, 1)]
        assert await uses.top(db, mine, date(2027, 1, 1)) == []
