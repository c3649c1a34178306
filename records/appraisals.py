"""The results of a mutual appraisal, of units and of the committee, as a score sheet has them: text, never computed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from records import operations
from records.database import Transaction
from records.model import Meeting, Person, Staff
from records.schema import appraisal_results, score_sheets

LONGEST = 20  # characters of a result

Results = Mapping[int | None, str]  # by unit; None is the committee


@dataclass(frozen=True)
class ScoreSheet:
    """The workbook a subdistrict provides."""

    subdistrict: str
    name: str
    content: bytes


async def put_sheet(db: Transaction, name: str, content: bytes, *, by: Staff, at: datetime) -> None:
    """The subdistrict's sheet from now on."""
    mine = score_sheets.c.subdistrict == by.subdistrict
    await db.execute(delete(score_sheets).where(mine))
    values = {"subdistrict": by.subdistrict, "name": name, "content": content}
    await db.execute(insert(score_sheets).values(values | {"staff_id": by.id, "at": at}))


async def sheet_of(db: Transaction, subdistrict: str) -> ScoreSheet | None:
    query = select(score_sheets).where(score_sheets.c.subdistrict == subdistrict)
    row = (await db.execute(query)).one_or_none()
    return ScoreSheet(row.subdistrict, row.name, row.content) if row is not None else None


async def sheet_kept_at(db: Transaction, subdistrict: str) -> datetime | None:
    """When the sheet was handed in; None if there is none."""
    query = select(score_sheets.c.at).where(score_sheets.c.subdistrict == subdistrict)
    return (await db.execute(query)).scalar_one_or_none()


async def results_of(db: Transaction, meeting: Meeting) -> Results:
    """As they were written, the committee's own with None."""
    query = (
        select(appraisal_results.c.unit_id, appraisal_results.c.result)
        .where(appraisal_results.c.meeting_id == meeting.id)
        .order_by(appraisal_results.c.id)
    )
    return {row.unit_id: row.result for row in (await db.execute(query)).all()}


async def put_results(
    db: Transaction, meeting: Meeting, results: Results, *, by: Person, at: datetime
) -> None:
    """The meeting's results from now on, instead of those before."""
    mine = appraisal_results.c.meeting_id == meeting.id
    await db.execute(delete(appraisal_results).where(mine))
    rows = [
        {
            "meeting_id": meeting.id,
            "unit_id": unit_id,
            "result": result,
            "recorded_by": by.id,
            "recorded_at": at,
        }
        for unit_id, result in results.items()
    ]
    await db.execute(insert(appraisal_results), rows)
    await operations.log(db, by=by, act="results", subject=f"meeting:{meeting.id}", at=at)
