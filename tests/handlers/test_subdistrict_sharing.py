"""向街道提供台账: only if the community says so, for a purpose, until it says otherwise; each export is in /audit."""

import io

import pytest
from openpyxl import load_workbook

from bot.rehearsal import cast
from handlers.files import shared_ledger
from handlers.files.ledger import Export
from records.errors import NotShared
from tests.chat import LIAISON, MEMBER, SECRETARY, WORKER, Chat
from tests.handlers.subdistrict import HAPPY, STAFF, confirmed, opened, staffed

NOT_SHARED = (
    "该社区没有向街道提供台账，或已停止提供。确需查看的，请向社区说明用途，"
    "由社区点“向街道提供台账”。"
)
WHAT = "台账含会议签到明细等姓名。街道每次导出都记入本社区的操作记录（/audit），可随时停止提供。"


async def shared(chat: Chat, purpose: str = "年度考核核对会议情况") -> list[str]:
    await staffed(chat)
    await confirmed(chat)
    for label in ("向街道提供台账", "2026年"):
        await chat.presses(WORKER, label, private=True)
    return await chat.says(WORKER, purpose, private=True)


async def test_ledger_that_was_never_shared_is_not_handed_out(chat: Chat) -> None:
    await staffed(chat)
    await confirmed(chat)
    await opened(chat, "全部社区", HAPPY)

    assert await chat.presses(STAFF, "查看台账", private=True) == [NOT_SHARED]


async def test_community_shares_a_year_for_a_purpose(chat: Chat) -> None:
    await staffed(chat)
    await confirmed(chat)
    await chat.presses(WORKER, "向街道提供台账", private=True)
    assert chat.last(WORKER) == f"向人民街道提供哪一年的台账？\n{WHAT}"
    assert chat.buttons(WORKER) == ["2026年", "2025年", "取消"]
    await chat.presses(WORKER, "2026年", private=True)
    assert chat.last(WORKER) == (
        "请写明提供2026年台账的用途（不超过200字），例如：年度考核核对会议情况"
    )

    assert await chat.says(WORKER, "年度考核核对会议情况", private=True) == [
        "已向人民街道提供幸福里社区2026年台账。\n用途：年度考核核对会议情况\n每次导出记入 /audit。"
    ]
    assert chat.buttons(WORKER) == ["停止提供"]
    assert chat.last(STAFF) == (
        "幸福里社区向街道提供2026年台账（提供人王岚，2026年11月18日）。\n"
        "用途：年度考核核对会议情况\n"
        "请仅用于上述用途。导出会记入社区的操作记录。"
    )
    assert "社区提供2026年台账，用途：年度考核核对会议情况（2026年11月18日）" in await opened(
        chat, "全部社区", HAPPY
    )


async def test_shared_ledger_is_exported_and_the_community_sees_it(chat: Chat) -> None:
    await shared(chat)
    assert await chat.presses(STAFF, "导出2026年台账", private=True) == ["文件稍后发到您的私聊。"]
    assert chat.last(STAFF) == (
        "幸福里社区2026年台账已导出。\n用途：年度考核核对会议情况\n"
        "幸福里社区2026年台账（2026年11月18日导出）.xlsx"
    )
    book = load_workbook(io.BytesIO(list(chat.group.telegram.files.values())[-1]))
    assert "签到明细" in book.sheetnames

    (audit,) = await chat.says(SECRETARY, "/audit", private=True)
    assert audit.splitlines()[1:3] == [
        "11月18日（周三）10:00　人民街道：导出台账：2026年",
        "11月18日（周三）10:00　王岚：向街道提供台账：2026年，用途：年度考核核对会议情况",
    ]


async def test_sharing_ends_when_the_community_says_so(chat: Chat) -> None:
    await shared(chat)
    await chat.presses(WORKER, "停止提供", private=True)

    assert chat.last(WORKER) == "已停止向人民街道提供2026年台账。"
    assert chat.last(STAFF) == "幸福里社区已停止向街道提供2026年台账，不能再导出。"
    assert await chat.presses(STAFF, "导出2026年台账", private=True) == [NOT_SHARED]


async def test_ledger_is_not_made_once_the_sharing_has_ended(chat: Chat) -> None:
    """The job asks again: waiting in its queue is no way around the community."""
    await shared(chat)
    now, chat_id = chat.group.clock.now(), cast.USER_IDS[STAFF]
    body = Export(1, 2026, chat_id, now).to_json()
    async with chat.group.app.database.begin() as db:
        assert (await shared_ledger.gather(db, body)).share.purpose == "年度考核核对会议情况"
    await chat.presses(WORKER, "停止提供", private=True)

    async with chat.group.app.database.begin() as db:
        with pytest.raises(NotShared):
            await shared_ledger.gather(db, body)


async def test_only_those_who_manage_the_community_share_it(chat: Chat) -> None:
    await staffed(chat)
    await confirmed(chat)
    message, data = chat._button(cast.USER_IDS[WORKER], "向街道提供台账")
    for name in (MEMBER, LIAISON):
        assert await chat.presses_on(name, cast.USER_IDS[WORKER], message["message_id"], data) == [
            "该操作由书记或党务工作者办理。"
        ]


async def test_nothing_is_shared_with_a_subdistrict_that_has_not_confirmed(chat: Chat) -> None:
    await staffed(chat)
    await confirmed(chat)
    await chat.says(STAFF, "/approve", private=True)
    for label in ("已接入的社区", HAPPY, "撤销确认"):
        await chat.presses(STAFF, label, private=True)

    assert await chat.presses(WORKER, "向街道提供台账", private=True) == [
        "街道还没有确认本社区接入，暂时不能提供。请先与街道联系。"
    ]


async def test_purpose_must_be_in_words(chat: Chat) -> None:
    assert await shared(chat, "用" * 201) == ["内容为空或太长。请缩短后重写。"]
    (granted,) = await chat.says(WORKER, "核对会议", private=True)
    assert granted.startswith("已向人民街道提供幸福里社区2026年台账。")


async def test_what_was_shared_does_not_come_back_with_a_new_confirmation(chat: Chat) -> None:
    await shared(chat)
    await chat.says(STAFF, "/approve", private=True)
    for label in ("已接入的社区", HAPPY, "撤销确认"):
        await chat.presses(STAFF, label, private=True)
    await confirmed(chat)

    assert "社区提供2026年台账" not in await opened(chat, "全部社区", HAPPY)
    assert await chat.presses(STAFF, "查看台账", private=True) == [NOT_SHARED]
