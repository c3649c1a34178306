"""A small invented community for the tests of the records."""

from datetime import datetime

from records import binding, communities, meetings, people, roster
from records.calendar import CHINA
from records.database import Transaction
from records.model import Community, Meeting, MeetingKind, Person, Post, Role, Seat
from records.roster import Roster, RosterPerson, RosterUnit

START = datetime(2026, 11, 2, 10, 0, tzinfo=CHINA)  # a Monday
SCHOOL, BANK, BRANCH = "第一小学", "建设银行幸福里支行", "社区党支部"

ROSTER = Roster(
    "幸福里社区",
    "人民街道",
    (
        RosterUnit(SCHOOL, is_local=True, has_party_organisation=True),
        RosterUnit(BANK, is_local=True, has_party_organisation=True),
        RosterUnit(BRANCH, is_local=False, has_party_organisation=True),
    ),
    (
        RosterPerson("李书明", post=Post.SECRETARY, roles=frozenset({Role.PARTY_SECRETARY})),
        RosterPerson("王岚", roles=frozenset({Role.PARTY_WORKER})),
        RosterPerson("陈敏", SCHOOL, Post.MEMBER, Seat.PART_TIME),
        RosterPerson("赵卫国", post=Post.MEMBER, seat=Seat.FULL_TIME),
        RosterPerson("刘强", BANK, roles=frozenset({Role.LIAISON})),
    ),
)
USER_IDS = {person.name: 1001 + number for number, person in enumerate(ROSTER.people)}
GROUP = -1001000000001


async def settled(db: Transaction, *, at: datetime = START) -> Community:
    """The community loaded, everybody bound, the group joined."""
    for code in await roster.load(db, ROSTER, now=at):
        await binding.bind(db, code=code.code, user_id=USER_IDS[code.person.name], at=at)
    manager = await person(db, "王岚")
    return await communities.join_group(db, manager, chat_id=GROUP)


async def person(db: Transaction, name: str) -> Person:
    (found,) = await people.all_of_account(db, user_id=USER_IDS[name])
    return found


async def planned(
    db: Transaction, starts_at: datetime, *, kind: MeetingKind = MeetingKind.WORKING, at: datetime
) -> Meeting:
    """A meeting that the worker has drafted and agreed to."""
    worker = await person(db, "王岚")
    community = await communities.with_id(db, worker.community_id)
    draft = await meetings.draft(
        db,
        community,
        by=worker,
        chat_id=GROUP,
        topic_id=None,
        kind=kind,
        starts_at=starts_at,
        place="二楼会议室",
        at=at,
    )
    return await meetings.call(db, community, meeting_id=draft.id, by=worker, at=at)
