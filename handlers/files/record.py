"""The draft of a meeting record as a Word file: the standard form, or the community's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from docx.document import Document as WordDocument

from handlers.conversation import Attachment, Message
from handlers.files import order as orders
from handlers.files import template as templating
from handlers.files import word
from handlers.texts import dates
from handlers.texts import record as texts
from handlers.texts.meetings import FOR_REFERENCE
from handlers.texts.notice import full_title
from handlers.texts.resolutions import TO_FILL
from handlers.texts.text import lines
from records import (
    agenda,
    attendance,
    communities,
    meetings,
    operations,
    people,
    resolutions,
    settings,
    templates,
    votes,
)
from records.database import Transaction
from records.model import (
    AgendaItem,
    Attendance,
    Community,
    Meeting,
    Person,
    Presence,
    Resolution,
    Roll,
    Settings,
    Vote,
)

KIND = "record"
WIDTHS = (34, 122)  # millimetres
SIGNATURES = ("主持人签字", "记录人签字")
HEIGHTS = {"发言要点": 36} | dict.fromkeys(SIGNATURES, 13)
OPERATIONS = 1000


@dataclass(frozen=True)
class MeetingRecord:
    """Everything recorded of a meeting; `known` are the people it names besides the roll, by id."""

    community: Community
    roll: Roll
    people: Sequence[tuple[Person, Attendance | None]]
    agenda: Sequence[AgendaItem]
    votes: Sequence[Vote]
    resolutions: Sequence[Resolution]
    settings: Settings
    known: Mapping[int, Person]
    entered_by: Person | None
    template: bytes | None
    made_at: datetime

    @property
    def meeting(self) -> Meeting:
        return self.roll.meeting

    @property
    def title(self) -> str:
        return f"{full_title(self.community, self.meeting)}记录"

    @property
    def first(self) -> list[str]:
        """The lines above everything else."""
        found = (
            texts.shortage(self.roll),
            texts.entered_later(
                self.meeting, starts_on=self.community.starts_on, by=self.entered_by
            ),
        )
        return [line for line in found if line is not None]

    @property
    def fields(self) -> dict[str, str]:
        """What a record holds, in the order of the glossary; what is signed by hand stays empty."""
        meeting = self.meeting
        values = (
            full_title(self.community, meeting),
            dates.full_moment(meeting.starts_at),
            meeting.place or TO_FILL,
            self._name(meeting.host_id),
            self._name(meeting.recorder_id),
            texts.expected(self.roll),
            texts.present(self.roll),
            *(
                texts.names(found) if meeting.is_over else TO_FILL
                for found in (self._excused(), self._absent(), self._guests())
            ),
            texts.items(self.agenda),
            TO_FILL,
            texts.ballots(meeting, self.votes, self.settings, settlers=self.known),
            texts.decided(meeting, self.resolutions),
            "",
            "",
        )
        return dict(zip(texts.FIELDS, values, strict=True))

    def _name(self, person_id: int | None) -> str:
        person = self.known.get(person_id or 0)
        return person.name if person is not None else TO_FILL

    def _excused(self) -> list[Person]:
        return [
            person
            for person, record in self._team()
            if record is not None and record.presence is Presence.EXCUSED
        ]

    def _absent(self) -> list[Person]:
        """Who has no record, or only meant to come."""
        return [
            person
            for person, record in self._team()
            if record is None or record.presence is Presence.COMING
        ]

    def _team(self) -> list[tuple[Person, Attendance | None]]:
        return list(self.people[: self.roll.expected])

    def _guests(self) -> list[Person]:
        guests = self.people[self.roll.expected :]
        return [person for person, one in guests if one and one.presence is Presence.PRESENT]


async def order(db: Transaction, meeting: Meeting, *, chat_id: int, at: datetime) -> None:
    await orders.put(db, KIND, meeting, chat_id=chat_id, at=at)


async def gather(db: Transaction, body: str) -> MeetingRecord:
    ordered = orders.read(body)
    meeting = await meetings.with_id(db, ordered.meeting_id)
    held = await votes.of(db, meeting)
    named = {meeting.host_id, meeting.recorder_id, *(vote.settled_by for vote in held)}
    known = await people.with_ids(db, sorted(one for one in named if one is not None))
    return MeetingRecord(
        await communities.with_id(db, meeting.community_id),
        await attendance.roll_of(db, meeting),
        await attendance.list_of(db, meeting),
        await agenda.of(db, meeting),
        held,
        await resolutions.of(db, meeting),
        await settings.of_meeting(db, meeting, held),
        {person.id: person for person in known},
        await _entered_by(db, meeting),
        await templates.of(db, meeting.community_id),
        ordered.at,
    )


async def _entered_by(db: Transaction, meeting: Meeting) -> Person | None:
    """Who entered a meeting of the past."""
    if meeting.entered_at is None:
        return None
    acts = await operations.latest(
        db,
        community_id=meeting.community_id,
        subject=f"meeting:{meeting.id}",
        limit=OPERATIONS,
    )
    return next((one.by for one in acts if one.act == "enter_later"), None)


def render(facts: MeetingRecord) -> Message:
    """The community's own form if it can be filled, else the standard one and why."""
    if facts.template is None:
        return Message(lines(texts.DRAFT, FOR_REFERENCE), attachment=_standard(facts))
    try:
        content = templating.fill(
            facts.template,
            facts.fields,
            title=facts.title,
            first=facts.first,
            made_at=facts.made_at,
        )
    except templating.TemplateError as error:
        words = lines(error.sentence, texts.STANDARD_FORM, FOR_REFERENCE)
        return Message(words, attachment=_standard(facts))
    file = Attachment(word.file_name(facts.title, facts.meeting), content)
    return Message(lines(texts.DRAFT, FOR_REFERENCE), attachment=file)


def _standard(facts: MeetingRecord) -> Attachment:
    document = word.paper(facts.title, made_at=facts.made_at)
    for line in facts.first:
        word.add_line(document, line, bold=True)
    add_fields(document, facts.fields)
    word.add_line(document, FOR_REFERENCE)
    return word.packed(document, facts.meeting)


def add_fields(document: WordDocument, fields: Mapping[str, str]) -> None:
    """A row for each."""
    table = word.empty_table(document, WIDTHS)
    for name, words in fields.items():
        height = HEIGHTS.get(name, word.ROW_HEIGHT)
        row = word.add_row(table, (name, words), WIDTHS, height=height)
        word.embolden(row.cells[0])
        if name in SIGNATURES:
            row.cells[0].paragraphs[0].paragraph_format.keep_with_next = True
