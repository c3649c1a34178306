"""Meetings of the invented community, and what the jobs make of them."""

import io
from collections.abc import Sequence
from datetime import datetime, timedelta

from docx import Document
from docx.document import Document as WordDocument

from handlers.conversation import Message
from handlers.files import calendar_file, notice, record, sheet, summary
from handlers.work import WORK
from records import attendance, communities, jobs, meetings, votes
from records.attendance import ABSENT, ONLINE
from records.calendar import CHINA
from records.database import Transaction
from records.model import Community, Manner, Meeting, MeetingKind, Vote
from tests.records.facts import START, USER_IDS, person, planned

NOTICE_DAY = datetime(2026, 11, 20, 9, 0, tzinfo=CHINA)
THREE_PM = datetime(2026, 11, 25, 15, 0, tzinfo=CHINA)
FOUR_PM = THREE_PM + timedelta(hours=1)
FOR_REFERENCE = "电子记录仅作工作参考，以组织部门要求为准。"
SECRETARY, MEMBER, FULL_TIMER, WORKER, LIAISON = "李书明", "陈敏", "赵卫国", "王岚", "刘强"


async def made(
    db: Transaction, kind: str, meeting: Meeting, *, at: datetime = NOTICE_DAY
) -> Message:
    """What the job of that kind brings the worker."""
    orders = {
        module.KIND: module.order for module in (calendar_file, notice, record, sheet, summary)
    }
    await orders[kind](db, meeting, chat_id=USER_IDS[WORKER], at=at)
    job = await jobs.lease(db, owner="test")
    assert job is not None
    assert (job.kind, job.chat_id) == (kind, USER_IDS[WORKER])
    facts = await WORK[job.kind].gather(db, job.body)
    message: Message = WORK[job.kind].render(facts)
    return message


def opened(message: Message) -> WordDocument:
    assert message.attachment is not None
    return Document(io.BytesIO(message.attachment.content))


def words(message: Message) -> list[str]:
    return [paragraph.text for paragraph in opened(message).paragraphs]


def rows(message: Message) -> list[list[str]]:
    """The cells of its one table; a merged cell once."""
    (table,) = opened(message).tables
    return [[cell.text for cell in dict.fromkeys(row.cells)] for row in table.rows]


def fields(message: Message) -> dict[str, str]:
    return {row[0]: row[1] for row in rows(message)}


async def called(db: Transaction, *, kind: MeetingKind = MeetingKind.WORKING) -> Meeting:
    return await planned(db, THREE_PM, kind=kind, at=START)


async def in_session(
    db: Transaction, present: Sequence[str], *, kind: MeetingKind = MeetingKind.WORKING
) -> Meeting:
    """The meeting with its roll open and these people signed in."""
    meeting = await called(db, kind=kind)
    community = await communities.with_id(db, meeting.community_id)
    worker = await person(db, WORKER)
    meeting = await meetings.open_sign_in(db, community, by=worker, at=THREE_PM)
    for name in present:
        await attendance.sign_in(db, meeting, await person(db, name), at=THREE_PM)
    return meeting


async def closed(db: Transaction, meeting: Meeting) -> Meeting:
    community = await communities.with_id(db, meeting.community_id)
    roll = await meetings.close_sign_in(db, community, by=await person(db, WORKER), at=FOUR_PM)
    return roll.meeting


async def counted(
    db: Transaction,
    meeting: Meeting,
    title: str,
    manner: Manner,
    *,
    agreed: int,
    against: int = 0,
    abstained: int = 0,
) -> Vote:
    return await votes.count(
        db,
        meeting,
        title=title,
        manner=manner,
        agreed=agreed,
        against=against,
        abstained=abstained,
        by=await person(db, WORKER),
        at=FOUR_PM,
    )


async def entered_later(db: Transaction, community: Community, starts_at: datetime) -> Meeting:
    """A meeting of the past: the secretary there, the member by line, the third absent."""
    worker = await person(db, WORKER)
    draft = await meetings.draft(
        db,
        community,
        by=worker,
        chat_id=1,
        topic_id=None,
        kind=MeetingKind.WORKING,
        starts_at=starts_at,
        place="",
        at=NOTICE_DAY,
    )
    meeting = await meetings.enter_later(
        db, community, meeting_id=draft.id, by=worker, at=NOTICE_DAY
    )
    exceptions = {
        (await person(db, MEMBER)).id: ONLINE,
        (await person(db, FULL_TIMER)).id: ABSENT,
    }
    await attendance.take_roll(db, meeting, exceptions, by=worker, at=NOTICE_DAY)
    await meetings.reassess(db, meeting)
    return await meetings.with_id(db, meeting.id)
