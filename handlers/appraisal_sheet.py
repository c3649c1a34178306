"""The results of a mutual appraisal: the subdistrict's sheet pre-filled, sent back filled, shown, agreed to, kept as text."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.attendance import expect, user_id_of
from handlers.calling import managed
from handlers.conversation import Message, Reply, Request, Services, say
from handlers.drafts import fingerprint
from handlers.fetching import File
from handlers.files import score_form
from handlers.files import score_sheet as workbook
from handlers.files.score_sheet import Filled
from handlers.score_sheet import LARGEST, MEGABYTES, READABLE
from handlers.texts import score_sheets as texts
from records import appraisals, communities, jobs, meetings, people, prompts, units
from records.appraisals import Results
from records.database import Transaction
from records.errors import FileTooLarge, NoScoreSheet, NotAllowed, StaleButton
from records.model import Meeting, MeetingKind, MeetingState, Unit

KIND = "score_results"
ACTION = "scorefile"  # the act that waits for the filled sheet, or for 〔确认〕


async def sheet(request: Request, services: Services) -> Reply:
    """领取评分表: the subdistrict's, with the community's units in it; then the filled one is waited for. NoScoreSheet."""
    community, _person, meeting = await managed(request, services)
    _check(meeting)
    if await appraisals.sheet_kept_at(services.db, community.subdistrict) is None:
        raise NoScoreSheet
    await expect(request, services, ACTION, f"{meeting.id}:")
    await score_form.order(services.db, meeting, chat_id=user_id_of(request), at=request.at)
    return Reply(toast=texts.COMING)


def _check(meeting: Meeting) -> None:
    if meeting.kind is not MeetingKind.MUTUAL_APPRAISAL or meeting.state is not MeetingState.HELD:
        raise StaleButton


async def words(request: Request, services: Services) -> Reply:
    """Words instead of the file, or of 〔确认〕: it goes on to be waited for."""
    await expect(request, services, ACTION, request.carried)
    is_read = not request.carried.endswith(":")
    return say(texts.ONLY_CONFIRM if is_read else texts.FILE_FIRST, *texts.drop_buttons())


async def upload(request: Request, services: Services) -> Reply:
    """It goes on to be waited for until it was read. FileTooLarge."""
    file = request.upload
    if file is None or not file.name.lower().endswith(READABLE):
        return say(texts.NOT_A_WORKBOOK)
    if file.size > LARGEST:
        raise FileTooLarge(MEGABYTES)
    _community, _person, meeting = await managed(request, services)
    _check(meeting)
    user_id = user_id_of(request)
    body = json.dumps({"file": file.file_id, "user": user_id, "meeting": meeting.id})
    await jobs.put(services.db, kind=KIND, chat_id=user_id, body=body, at=request.at)
    return say(texts.READING)


@dataclass(frozen=True)
class Uploaded:
    """A filled sheet that was sent, by whom, for which meeting; and the community's units."""

    file_id: str
    user_id: int
    meeting: Meeting
    community: str
    units: Sequence[Unit]
    owing: Sequence[Unit]


@dataclass(frozen=True)
class ReadFile:
    file: Uploaded
    filled: Filled

    @property
    def results(self) -> Results:
        """By the number of the unit; the committee's with None."""
        numbers = {unit.name: unit.id for unit in self.file.units}
        found: dict[int | None, str] = {
            numbers[name]: result for name, result in self.filled.units.items()
        }
        if self.filled.committee is not None:
            found[None] = self.filled.committee
        return found


async def gather(db: Transaction, body: str) -> Uploaded:
    found = json.loads(body)
    meeting = await meetings.with_id(db, found["meeting"])
    community = await communities.with_id(db, meeting.community_id)
    return Uploaded(
        found["file"],
        found["user"],
        meeting,
        community.name,
        await units.of_community(db, community_id=community.id),
        await communities.owing_units(db, community_id=community.id),
    )


def wants(file: Uploaded) -> File:
    return File(file.file_id)


def render(file: Uploaded, content: bytes) -> ReadFile:
    """Slow: a workbook is parsed. BadScoreSheet."""
    if len(content) > LARGEST:
        raise FileTooLarge(MEGABYTES)
    names = [unit.name for unit in file.units]
    return ReadFile(file, workbook.read(content, units=names, community=file.community))


async def finish(db: Transaction, made: ReadFile, now: datetime) -> Sequence[Message]:
    """The preview, unless it is not waited for any more. NotAllowed."""
    user_id, meeting = made.file.user_id, made.file.meeting
    prompt = await prompts.waiting(db, chat_id=user_id, user_id=user_id, now=now)
    if prompt is None or prompt.action != ACTION or not prompt.words.startswith(f"{meeting.id}:"):
        return ()
    person = await people.find(db, community_id=meeting.community_id, user_id=user_id)
    if person is None or not person.may_manage:
        raise NotAllowed
    carried = _to_words(meeting, made.results)
    await prompts.expect(db, chat_id=user_id, user_id=user_id, action=ACTION, words=carried, at=now)
    missing = [unit for unit in made.file.owing if unit.name not in made.filled.units]
    shown = texts.preview(
        len(made.filled.units), committee=made.filled.committee is not None, missing=missing
    )
    keys = texts.preview_buttons(f"{meeting.id}:{fingerprint(carried)}")
    return (Message(shown, keys),)


async def confirm(request: Request, services: Services) -> Reply:
    """确认: what was read is kept, as it was written. StaleButton if it is not what was seen."""
    _community, person, meeting = await managed(request, services)
    _check(meeting)
    user_id = user_id_of(request)
    prompt = await prompts.waiting(services.db, chat_id=user_id, user_id=user_id, now=request.at)
    if prompt is None or prompt.action != ACTION:
        raise StaleButton
    if request.words != f"{meeting.id}:{fingerprint(prompt.words)}":
        raise StaleButton
    results = _from_words(prompt.words)
    await prompts.drop(services.db, chat_id=user_id, user_id=user_id)
    await appraisals.put_results(services.db, meeting, results, by=person, at=request.at)
    told = texts.registered(len(results) - (None in results), committee=None in results)
    return Reply((Message(told, replaces=True),))


def _to_words(meeting: Meeting, results: Results) -> str:
    """The meeting's number first, so that whoever waits is known by it."""
    rows = [[unit_id, result] for unit_id, result in results.items()]
    return f"{meeting.id}:{json.dumps(rows, ensure_ascii=False)}"


def _from_words(carried: str) -> Results:
    return dict(json.loads(carried.partition(":")[2]))
