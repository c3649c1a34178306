"""供各社区收录: a subdistrict offers a document, each community chooses it, a new version reaches those who did."""

from bot.rehearsal import cast
from tests.chat import MEMBER, SECRETARY, WORKER, Chat
from tests.handlers.documents import ANSWER, QUESTION, RULES, TITLE, opened, published, word
from tests.handlers.subdistrict import (
    HAPPY,
    PEACE,
    PEACE_WORKER,
    STAFF,
    SUBDISTRICT,
    confirmed,
    second_community,
    staffed,
)
from tests.handlers.subdistrict import opened as overview

OFFER = f"人民街道提供文件《{TITLE}》（幸居委〔2026〕3号）。点“适用”后，用于本社区的答复。"


async def two_communities(chat: Chat) -> None:
    await staffed(chat)
    await second_community(chat)
    await confirmed(chat, HAPPY, PEACE)


async def test_offer_answers_only_where_it_was_chosen(chat: Chat) -> None:
    await two_communities(chat)
    assert await published(chat, by=STAFF) == (
        f"已发布《{TITLE}》，共4条，已提供给人民街道各社区，由各社区选择是否适用。\n"
        "居民和成员常用的问法，可以在“标准问题”中补充。"
    )
    assert (chat.last(WORKER), chat.last(PEACE_WORKER)) == (OFFER, OFFER)
    assert ANSWER not in (await chat.says(MEMBER, QUESTION))[0]

    assert await chat.presses(WORKER, "适用", private=True) == [f"《{TITLE}》已改为适用。"]

    assert chat.buttons(WORKER) == ["改为不适用", "返回"]
    assert (await chat.says(SECRETARY, QUESTION + "？"))[0].startswith(ANSWER)
    assert f"《{TITLE}》　适用　时效待核实　人民街道提供\n" in await opened(chat)
    (audit,) = await chat.says(WORKER, "/audit", private=True)
    assert [line.partition("　")[2] for line in audit.splitlines()[1:3]] == [
        f"王岚：文件改为适用：《{TITLE}》",
        f"人民街道：提供文件：《{TITLE}》",
    ]


async def test_file_that_was_handed_out_is_offered_by_one_button(chat: Chat) -> None:
    await two_communities(chat)
    await overview(chat, "下发文件")
    await chat.sends_file(STAFF, "停车.docx", word())
    await chat.says(STAFF, "停车管理办法 2026年12月1日", private=True)
    await chat.presses(STAFF, "下发", private=True)
    assert chat.buttons(STAFF) == ["供各社区收录"]

    await chat.presses(STAFF, "供各社区收录", private=True)

    assert chat.last(STAFF).startswith(f"《{TITLE}》可以收录，尚未发布。\n")
    for label in ("发布", "来源信息无误，发布"):
        await chat.presses(STAFF, label, private=True)
    assert chat.last(WORKER) == OFFER


async def test_file_that_cannot_be_read_is_only_handed_out(chat: Chat) -> None:
    await two_communities(chat)
    await overview(chat, "下发文件")
    await chat.sends_file(STAFF, "通知.doc", b"old")
    await chat.says(STAFF, "通知 2026年12月1日", private=True)
    await chat.presses(STAFF, "下发", private=True)

    assert chat.buttons(STAFF) == []


async def test_new_version_reaches_who_chose_and_withdrawal_is_told(chat: Chat) -> None:
    await two_communities(chat)
    await published(chat, by=STAFF)
    await chat.presses(WORKER, "适用", private=True)
    assert await opened(chat, by=STAFF) == (
        f"文件管理（{SUBDISTRICT}）\n1. 《{TITLE}》　时效待核实\n"
        "收录新文件：把文件直接发到这里（docx、pdf、txt、md、html，问答表用xlsx、csv、jsonl，不超过20MB）。"
    )
    await opened(chat, f"《{TITLE}》", "更新版本", by=STAFF)
    await published(chat, RULES.replace("四小时", "六小时"), by=STAFF)

    assert chat.last(WORKER) == (
        f"人民街道更新文件《{TITLE}》（幸居委〔2026〕3号），现为第2版。此前已点“适用”的，自动改用新版本。"
    )
    assert "六小时" in (await chat.says(MEMBER, QUESTION))[0]

    await opened(chat, f"《{TITLE}》", "撤回", "确认撤回", by=STAFF)

    told = f"人民街道已撤回文件《{TITLE}》，不再用于本社区的答复。"
    assert chat.last(STAFF) == f"《{TITLE}》\n已撤回，核验：答复、检索、原文均已查不到。"
    assert chat.last(WORKER) == told
    assert told not in chat.shown(PEACE_WORKER)


async def test_community_cannot_change_what_is_offered(chat: Chat) -> None:
    await two_communities(chat)
    await published(chat, by=STAFF)
    message, data = chat._button(cast.USER_IDS[WORKER], "查看")
    forged = data.replace("doc:", "docgone:")

    assert await chat.presses_on(WORKER, cast.USER_IDS[WORKER], message["message_id"], forged) == [
        "这个按钮已失效，请重新发送命令。"
    ]
