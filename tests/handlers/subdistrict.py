"""A subdistrict with staff and a second community, for the conversations about it."""

from datetime import datetime

from bot.rehearsal import cast
from records import binding, roster, subdistricts
from records.calendar import CHINA
from records.model import Role
from records.roster import Roster, RosterPerson, RosterUnit
from tests.chat import FULL_TIMER, STRANGER, Chat

STAFF = STRANGER  # the one of the cast who is in no community
SUBDISTRICT = "人民街道"
HAPPY, PEACE = "幸福里社区", "和平里社区"
PEACE_WORKER = FULL_TIMER
JULY = datetime(2027, 7, 9, 10, 0, tzinfo=CHINA)  # a Friday
NOT_THE_REPLY = "此操作只确认社区使用本助手，不代替成立大党委的批复和报备。"
NOT_UNDONE = "尚未登记不等于未开展。"


async def staffed(chat: Chat, name: str = STAFF) -> str:
    """Somebody opens the link of the operator; what the assistant says."""
    async with chat.group.app.database.begin() as db:
        now = chat.group.clock.now()
        (code,) = await subdistricts.add(db, SUBDISTRICT, [name], at=now)
    (said,) = await chat.says(name, f"/start {code.code}", private=True)
    return said


async def confirmed(chat: Chat, *names: str) -> None:
    """The staff confirm the communities."""
    for name in names or (HAPPY,):
        await chat.says(STAFF, "/approve", private=True)
        await chat.presses(STAFF, name, private=True)


async def second_community(chat: Chat, *, worker: str | None = PEACE_WORKER) -> None:
    """和平里社区 with two units, loaded at the keyboard; its worker is bound, or nobody."""
    people = (RosterPerson("钱进", roles=frozenset({Role.PARTY_WORKER})),)
    units = (
        RosterUnit("第二小学", is_local=True, has_party_organisation=True),
        RosterUnit("公交公司", is_local=True, has_party_organisation=True),
    )
    async with chat.group.app.database.begin() as db:
        now = chat.group.clock.now()
        codes = await roster.load(db, Roster(PEACE, SUBDISTRICT, units, people), now=now)
        if worker is not None:
            user_id = cast.USER_IDS[worker]
            await binding.bind(db, code=codes[0].code, user_id=user_id, at=now)


async def opened(chat: Chat, *labels: str, at: datetime | None = None) -> str:
    """The staff open /overview and press one button after another; what is shown then."""
    await chat.says(STAFF, "/overview", at=at, private=True)
    for label in labels:
        await chat.presses(STAFF, label, private=True)
    return chat.last(STAFF)
