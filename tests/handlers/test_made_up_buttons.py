"""A button carries what whoever presses it sends: what is made up leads to nothing of another community."""

import pytest

from bot.rehearsal import cast
from records import binding, roster
from records.model import Role
from records.roster import Roster, RosterPerson
from tests.chat import MEMBER, STRANGER, Chat
from tests.handlers.documents import published
from tests.handlers.test_taught import approved

STALE, WITHDRAWN = "这个按钮已失效，请重新发送命令。", "该答复已撤回。请重新提问。"


async def neighbour(chat: Chat) -> int:
    """A worker of another community; the number of the message under which he presses."""
    other = Roster(
        "和平社区",
        "人民街道",
        (),
        (RosterPerson(STRANGER, roles=frozenset({Role.PARTY_WORKER})),),
    )
    now = chat.group.clock.now()
    async with chat.group.app.database.begin() as db:
        (code,) = await roster.load(db, other, now=now)
        await binding.bind(db, code=code.code, user_id=cast.USER_IDS[STRANGER], at=now)
    await chat.says(STRANGER, "工作会议要多少人到会", private=True)
    number: int = chat.group.telegram.history[cast.USER_IDS[STRANGER]][-1]["message_id"]
    return number


@pytest.mark.parametrize("action", ["read", "ask", "solved", "unsolved"])
async def test_passage_of_another_community_is_not_shown(chat: Chat, action: str) -> None:
    await published(chat)
    await approved(chat)
    number, place = await neighbour(chat), cast.USER_IDS[STRANGER]
    before = chat.last(STRANGER)

    span = "" if action == "read" else ":0:9"
    for data, toast in ((f"{action}:d1-4{span}", STALE), (f"{action}:t1-1{span}", WITHDRAWN)):
        assert await chat.presses_on(STRANGER, place, number, data) == [toast]
    assert await chat.presses_on(STRANGER, place, number, "unsolved:d1-4:0:9/other") == [STALE]
    assert chat.last(STRANGER) == before


async def test_card_of_another_community_is_not_shown_as_if_it_came_with_the_program(
    chat: Chat,
) -> None:
    await published(chat)
    await approved(chat)
    number, place = await neighbour(chat), cast.USER_IDS[STRANGER]

    for data in ("doc:d1:2", "docrepairs:d1:2", "docchoose:d1:2:1", "doc:t1:2", "docchoose:t1:2:1"):
        assert await chat.presses_on(STRANGER, place, number, data) == [STALE]
    shown = await chat.says(STRANGER, "/start read_d1-4", private=True)
    assert shown == [STALE]


async def test_own_community_reads_on_what_it_was_answered_from(chat: Chat) -> None:
    await published(chat)
    await chat.says(MEMBER, "访客车辆停放不得超过几小时", private=True)

    await chat.presses(MEMBER, "查看原文", private=True)
    await chat.presses(MEMBER, "上一条：第三条", private=True)

    assert "停车证每年三月由物业公司统一换发" in chat.last(MEMBER)
