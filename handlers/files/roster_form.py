"""名册模板: the roster workbook with what a community has in it, made by a job."""

from dataclasses import dataclass, replace
from datetime import datetime

from handlers.conversation import Attachment, Message
from handlers.files import roster
from handlers.texts import roster as texts
from handlers.texts.text import text
from records import jobs, people, terms, units
from records.database import Transaction
from records.model import Role
from records.roster import RosterPerson, RosterUnit

KIND = "roster_form"


@dataclass(frozen=True)
class RosterForm:
    """The units, and everybody who is in office, will be, or holds a role."""

    units: list[RosterUnit]
    people: list[RosterPerson]


async def order(db: Transaction, community_id: int, *, chat_id: int, at: datetime) -> None:
    """Of no community (0) it is empty."""
    await jobs.put(db, kind=KIND, chat_id=chat_id, body=str(community_id), at=at)


async def gather(db: Transaction, body: str) -> RosterForm:
    community_id = int(body)
    known = await terms.of_community(db, community_id=community_id)
    last = {term.person.id: term for term in known if term.until is None}
    lines = []
    for person in await people.of_community(db, community_id=community_id):
        held = person.roles - {Role.MEMBER}
        line = RosterPerson(person.name, person.unit.name if person.unit else None, roles=held)
        term = last.get(person.id)
        if term is not None:
            line = replace(line, post=term.post, seat=term.seat, entry=term.entry)
            line = replace(line, capacity=term.capacity, since=term.since)
        if term is not None or held:
            lines.append(line)
    listed = await units.of_community(db, community_id=community_id)
    marked = [RosterUnit(one.name, one.is_local, one.has_party_organisation) for one in listed]
    return RosterForm(marked, lines)


def render(facts: RosterForm) -> Message:
    content = roster.form(facts.units, facts.people)
    words = texts.FORM if facts.people else texts.EMPTY_FORM
    return Message(text(words), attachment=Attachment(texts.FORM_NAME, content))
