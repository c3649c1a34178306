"""《走访联系记录表》 of a visit as a Word file, made by a job; what was not noted is left to be filled in."""

import json
from dataclasses import dataclass
from datetime import datetime

from docx.shared import Mm

from handlers.conversation import Attachment, Message
from handlers.files import archive, word
from handlers.texts import dates
from handlers.texts import visit_form as texts
from handlers.texts.text import text
from records import communities, jobs, people, visits
from records.database import Transaction
from records.model import Community, Person, Visit

KIND = "visit_form"
WIDTHS = (36, 120)  # millimetres
TALL = 24  # millimetres for what is told at length


@dataclass(frozen=True)
class VisitForm:
    community: Community
    visit: Visit
    recorded_by: Person
    made_at: datetime


async def order(db: Transaction, visit: Visit, *, chat_id: int, at: datetime) -> None:
    fact = visit.registration
    body = json.dumps({"community": fact.community_id, "visit": fact.id, "at": at.isoformat()})
    await jobs.put(db, kind=KIND, chat_id=chat_id, body=body, at=at)


async def gather(db: Transaction, body: str) -> VisitForm:
    """StaleButton if the visit was taken back meanwhile."""
    found = json.loads(body)
    visit = await visits.with_id(db, found["visit"], community_id=found["community"])
    (by,) = await people.with_ids(db, [visit.registration.recorded_by])
    community = await communities.with_id(db, found["community"])
    return VisitForm(community, visit, by, datetime.fromisoformat(found["at"]))


def render(facts: VisitForm) -> Message:
    """Slow: runs outside any transaction."""
    document = word.paper(texts.TITLE, made_at=facts.made_at)
    word.add_line(document, texts.owner(facts.community))
    made = word.empty_table(document, WIDTHS)
    for name, value, is_long in texts.rows(facts.visit, facts.recorded_by):
        row = word.add_row(made, (name, value), WIDTHS)
        row.height = Mm(TALL if is_long else word.ROW_HEIGHT + 2)
        word.embolden(row.cells[0])
    for line in texts.SIGNATURES:
        word.add_line(document, line)
    fact = facts.visit.registration
    unit = fact.unit.name if fact.unit is not None else ""
    name = archive.name(f"{texts.TITLE}（{unit}{dates.day(fact.on)}）", ".docx")
    return Message(text(texts.MADE), attachment=Attachment(name, word.saved(document)))
