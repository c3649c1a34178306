"""What a tick may find, asked in one statement: most ticks find nothing, and are over at once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select

from records import rounds
from records.database import Transaction
from records.schema import notes, obligations, staff


@dataclass(frozen=True)
class Bell:
    """`is_due`: an obligation, a digest of the subdistrict, or a note that waits for its hour."""

    is_due: bool
    rounds_made: frozenset[str]


async def look(db: Transaction, *, now: datetime, of_rounds: tuple[str, ...]) -> Bell:
    """Which of the rounds are made, and whether anything has come to its moment."""
    first = [select(func.min(one.c.next_due)).scalar_subquery() for one in (obligations, staff)]
    query = select(
        *(one <= now for one in first),  # by the index whatever the planner expects of `now`
        exists().where(notes.c.letter_id.is_(None), notes.c.not_before <= now),
        *(rounds.made(name, now=now) for name in of_rounds),
    )
    obligation, digest, note, *made = (await db.execute(query)).one()
    are_made = (name for name, is_made in zip(of_rounds, made, strict=True) if is_made)
    return Bell(bool(obligation or digest or note), frozenset(are_made))
