"""下发文件: a file, its title and day, then once to every confirmed community's worker."""

from datetime import timedelta

from bot.rehearsal import cast
from tests.chat import LIAISON, SECRETARY, WORKER, Chat
from tests.handlers.subdistrict import (
    HAPPY,
    PEACE,
    PEACE_WORKER,
    STAFF,
    confirmed,
    opened,
    second_community,
    staffed,
)

NOTICE = "关于做好年终双述双评的通知"
DOCUMENT = f"人民街道下发：《{NOTICE}》，自2026年12月1日起执行。\n通知.pdf"
PREVIEW = (
    f"《{NOTICE}》，自2026年12月1日起执行。\n"
    "文件：通知.pdf\n"
    "将发给2个社区的党务工作者：\n"
    "幸福里社区、和平里社区"
)


async def prepared(chat: Chat, *, worker: str | None = PEACE_WORKER) -> list[str]:
    await staffed(chat)
    await second_community(chat, worker=worker)
    await confirmed(chat, HAPPY, PEACE)
    await opened(chat, "下发文件")
    await chat.sends_file(STAFF, "通知.pdf", b"%PDF-1.7 of the notice")
    return await chat.says(STAFF, f"{NOTICE} 2026年12月1日", private=True)


async def test_file_goes_to_every_workers_private_chat_with_title_and_day(chat: Chat) -> None:
    assert await prepared(chat) == [PREVIEW]
    assert chat.buttons(STAFF) == ["下发", "取消"]

    await chat.presses(STAFF, "下发", private=True)

    assert chat.last(STAFF) == f"已下发《{NOTICE}》，发给2个社区。"
    assert (chat.last(WORKER), chat.last(PEACE_WORKER)) == (DOCUMENT, DOCUMENT)
    assert DOCUMENT not in [*chat.shown(SECRETARY), *chat.shown(LIAISON), *chat.shown()]
    sent = chat.group.telegram.history[cast.USER_IDS[WORKER]][-1]["document"]["file_id"]
    assert chat.group.telegram.files[sent] == b"%PDF-1.7 of the notice"
    (audit,) = await chat.says(WORKER, "/audit", private=True)
    assert audit.splitlines()[1] == f"11月18日（周三）10:00　人民街道：下发文件：《{NOTICE}》"


async def test_pressed_twice_it_is_sent_once(chat: Chat) -> None:
    await prepared(chat)
    place = cast.USER_IDS[STAFF]
    message, data = chat._button(place, "下发")
    await chat.presses_on(STAFF, place, message["message_id"], data)

    assert await chat.presses_on(STAFF, place, message["message_id"], data) == [
        "这份文件已经下发过，没有重复发送。"
    ]
    assert chat.shown(WORKER).count(DOCUMENT) == 1


async def test_community_without_a_worker_is_named_to_the_staff(chat: Chat) -> None:
    await prepared(chat, worker=None)
    await chat.presses(STAFF, "下发", private=True)

    assert chat.last(STAFF) == (
        f"已下发《{NOTICE}》，发给1个社区。\n"
        "以下1个社区没有可以接收的党务工作者，请另行送达：和平里社区。"
    )


async def test_line_without_a_day_is_asked_for_again(chat: Chat) -> None:
    await staffed(chat)
    await confirmed(chat)
    await opened(chat, "下发文件")
    assert await chat.says(STAFF, "关于通知", private=True) == [
        "请先发送要下发的文件（不超过5MB），再写标题和执行日期。"
    ]
    assert await chat.sends_file(STAFF, "通知.docx", b"words") == [
        "文件已收到。请在一行内写明标题和执行日期，例如：关于××的通知 2026年12月1日"
    ]
    assert await chat.says(STAFF, "关于通知", private=True) == [
        "请在一行内写明文件标题（不超过100字）和执行日期，例如：关于××的通知 2026年12月1日"
    ]
    (shown,) = await chat.says(STAFF, "《关于通知》，自12月1日起执行", private=True)
    assert shown.startswith("《关于通知》，自2026年12月1日起执行。\n文件：通知.docx\n")


async def test_more_than_five_megabytes_are_refused(chat: Chat) -> None:
    await staffed(chat)
    await confirmed(chat)
    await opened(chat, "下发文件")

    assert await chat.sends_file(STAFF, "通知.pdf", b"0" * (5 * 1024 * 1024 + 1)) == [
        "文件超过5MB，不能接收。请删去图片等内容后再发。"
    ]


async def test_newer_draft_replaces_the_one_before(chat: Chat) -> None:
    await prepared(chat)
    place = cast.USER_IDS[STAFF]
    message, data = chat._button(place, "下发")
    await opened(chat, "下发文件", at=chat.group.clock.now() + timedelta(minutes=1))
    await chat.sends_file(STAFF, "通知2.pdf", b"the second")
    await chat.says(STAFF, "第二份通知 2026年12月2日", private=True)

    assert await chat.presses_on(STAFF, place, message["message_id"], data) == [
        "这个按钮已失效，请重新发送命令。"
    ]
    assert DOCUMENT not in chat.shown(WORKER)


async def test_without_communities_there_is_nobody_to_send_to(chat: Chat) -> None:
    await staffed(chat)
    await chat.says(STAFF, "/overview", private=True)

    assert await chat.presses(STAFF, "下发文件", private=True) == [
        "还没有已接入的社区，不能下发。请先发送 /approve 办理接入确认。"
    ]
