"""收录文件: a file is sent, looked at, published and asked; what cannot be collected gets one sentence."""

import csv
import io
from datetime import timedelta

import pytest

from bot.rehearsal import cast
from tests.chat import MEMBER, SECRETARY, STRANGER, WORKER, Chat
from tests.handlers.documents import (
    ANSWER,
    QUESTION,
    RULES,
    TITLE,
    bomb,
    opened,
    published,
    sent,
    word,
)
from tests.handlers.subdistrict import PEACE, second_community

SERVICES = (
    "问题,答复\n居住证在哪里办？,到社区服务大厅2号窗口办理\n"
    "老年优待证需要什么材料？,身份证和一张照片\n临时救助怎么申请？,向社区提出书面申请\n"
)
CARD = (
    f"题名：{TITLE}\n"
    "文号：幸居委〔2026〕3号\n"
    "发文机关：未载明\n"
    "日期：未载明\n"
    "适用地域：未载明\n"
    "来源：上传的文件“停车管理办法.txt”\n"
    "效力状态：是否现行有效待核实\n"
    "有效期至：未载明"
)
TWO_DOCUMENTS = (
    "文件管理（幸福里社区）\n"
    "1. 《重庆市街道社区党组织工作规定》　适用　时效待核实\n"
    "2. 社区“大党委”问答　适用　参考材料，非规范性文件\n"
    "收录新文件：把文件直接发到这里（docx、pdf、txt、md、html，问答表用xlsx、csv、jsonl，不超过20MB）。"
)


async def test_file_is_shown_with_its_card_and_three_tried_questions(chat: Chat) -> None:
    assert await sent(chat) == (
        f"《{TITLE}》可以收录，尚未发布。\n"
        "内容：按条款分为4条。\n"
        f"{CARD}\n"
        "试问，发布后这样作答：\n"
        f"1. 为什么要制定{TITLE}？\n"
        f"“为规范小区停车秩序，方便居民出行，制定本办法”（《{TITLE}》第一条）\n"
        "2. 关于停车证有哪些规定？\n"
        f"“居民凭房产证或者租赁合同到社区服务大厅办理停车证，每户限办两张。”（《{TITLE}》第二条）\n"
        "3. 关于访客有哪些规定？\n"
        f"“{ANSWER}。”（《{TITLE}》第四条）\n"
        "请补充或核对来源信息后发布。24小时内没有发布的，自动放弃。"
    )
    assert chat.buttons(WORKER) == ["补充来源信息", "发布", "放弃"]
    assert await opened(chat) == TWO_DOCUMENTS


async def test_card_is_corrected_then_published_and_asked_at_once_in_the_group(chat: Chat) -> None:
    await chat.sends_file(WORKER, "停车.docx", word())
    await chat.presses(WORKER, "补充来源信息", private=True)
    assert chat.last(WORKER).endswith(CARD.replace("停车管理办法.txt", "停车.docx"))

    (shown,) = await chat.says(
        WORKER,
        "发文机关: 幸福里社区居民委员会\n日期：2026.6.8\n适用地域：幸福里社区\n"
        "来源：居委会公开栏\n效力状态：现行有效\n有效期至：2027年12月31日",
        private=True,
    )
    assert shown == (
        "来源信息已修改，请核对后发布。\n"
        f"题名：{TITLE}\n文号：幸居委〔2026〕3号\n发文机关：幸福里社区居民委员会\n"
        "日期：2026年6月8日\n适用地域：幸福里社区\n来源：居委会公开栏\n"
        "效力状态：现行有效\n有效期至：2027年12月31日"
    )
    assert chat.buttons(WORKER) == ["来源信息无误，发布", "修改来源信息", "放弃"]
    assert ANSWER not in (await chat.says(MEMBER, QUESTION))[0]

    await chat.presses(WORKER, "来源信息无误，发布", private=True)
    assert chat.last(WORKER) == (
        f"已发布《{TITLE}》，共4条，现在就可以提问。\n"
        "居民和成员常用的问法，可以在“标准问题”中补充。"
    )
    assert await chat.says(SECRETARY, QUESTION + "？") == [
        f"{ANSWER}\n"
        f"第四条 {ANSWER}。\n"
        f"出处：《{TITLE}》第四条 ｜幸居委〔2026〕3号印发 ｜2026年6月8日 ｜现行有效"
        " ｜有效期至2027年12月31日"
    ]
    (audit,) = await chat.says(WORKER, "/audit", private=True)
    assert audit.splitlines()[1] == f"11月18日（周三）10:00　王岚：收录文件：《{TITLE}》"


async def test_nothing_is_published_before_the_card_was_seen(chat: Chat) -> None:
    await sent(chat)
    await chat.presses(WORKER, "发布", private=True)

    assert chat.last(WORKER) == (
        f"发布前请核对来源信息。有误或未载明的，请点“修改来源信息”。\n{CARD}"
    )
    assert await opened(chat) == TWO_DOCUMENTS


FAULTS = [
    ("标题：办法", "没有看懂“标题：办法”这一行。"),
    ("文号", "没有看懂“文号”这一行。"),
    ("题名：未载明", "“题名”不能空着。请写明后再发。"),
    ("日期：去年", "“日期”不是日期：去年。请写作2026年12月1日，或“未载明”。"),
    ("有效期至：2026-06-31", "“有效期至”不是日期：2026-06-31。"),
    (
        "效力状态：有效",
        "“效力状态”不能是“有效”。请写现行有效、是否现行有效待核实、参考材料中的一项。",
    ),
    ("来源：电话13800000000", "“来源”像电话或身份证号，不能保存。请删去后再发。"),
    (f"文号：{'长' * 101}", "“文号”太长。请缩短后再发。"),
]


async def test_line_of_the_card_that_cannot_be_is_named_and_asked_for_again(chat: Chat) -> None:
    await sent(chat)
    await chat.presses(WORKER, "补充来源信息", private=True)
    for line, sentence in FAULTS:
        (answer,) = await chat.says(WORKER, line, private=True)
        assert answer.startswith(sentence)

    (answer,) = await chat.says(WORKER, "工作会议要多少人到会？", private=True)
    assert "三分之二" in answer
    (shown,) = await chat.says(WORKER, "文号：未载明\n效力状态：参考材料", private=True)
    assert "文号：未载明\n" in shown
    assert "效力状态：参考材料\n" in shown


async def test_draft_is_dropped_by_button_or_after_a_day(chat: Chat) -> None:
    await sent(chat)
    await chat.presses(WORKER, "放弃", private=True)
    assert chat.last(WORKER) == "已放弃，没有收录。"

    await sent(chat)
    message, data = chat._button(cast.USER_IDS[WORKER], "发布")
    tomorrow = chat.group.clock.now() + timedelta(days=1, hours=1)
    chat.group.clock.move_to(tomorrow)
    await chat.group.app.keep_up(chat.group.folder)
    assert await chat.presses_on(WORKER, cast.USER_IDS[WORKER], message["message_id"], data) == [
        "没有找到这份文件，可能已放弃或撤回。查看现有文件请发送 /docs。"
    ]


def table(rows: int) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(["问题", "答复"])
    writer.writerows([f"第{number}个问题怎么办", "到大厅办理"] for number in range(rows))
    return stream.getvalue().encode("utf-8-sig")


UNREADABLE = [
    ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版 Word 文件不能读取。请另存为 .docx 后再发。"),
    ("通知.wps", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "WPS 格式的文件不能读取。请另存为 .docx 后再发。"),
    ("空.txt", b" \n ", "文件里没有文字，没有收录。请核对后重新发送。"),
    ("坏.docx", b"PK\x03\x04 broken", "文件已损坏，打不开。请用原来的程序打开后另存一份再发。"),
    ("炸弹.docx", bomb(), "压缩内容异常，没有打开。请用 Word 或 Excel 重新另存后再发。"),
    ("办法.pdf", word(), "文件名与内容不符：内容是 .docx 文件。请把文件名的结尾改为 .docx 后再发。"),
    ("图.png", b"\x89PNG\r\n\x1a\n\0", "不能读取这种文件，没有收录。请另存为 .docx 后再发；问答表请用 .xlsx、.csv 或 .jsonl。"),
    ("内部.txt", f"内部文件\n{RULES}".encode(), "文件上标有“内部文件”字样，不能收录。本助手只收录公开文件。"),
    ("混.txt", RULES.encode() + "第五条 另行通知。\n".encode("gb18030"), "文件第10行的文字编码与其他行不同，有乱码。请用记事本另存为 UTF-8 编码后再发。"),
    ("大表.csv", table(10_001), "问答表超过10000行，没有收录。请分成几个文件发送。"),
]  # fmt: skip


async def test_file_that_cannot_be_collected_gets_one_sentence(chat: Chat) -> None:
    for name, content, sentence in UNREADABLE:
        assert await chat.sends_file(WORKER, name, content) == ["已收到文件，正在核对。", sentence]
    assert await chat.sends_file(WORKER, "大.pdf", b"0" * (20 * 1024 * 1024 + 1)) == [
        "文件超过20MB，不能接收。请删去图片等内容后再发。"
    ]
    assert await opened(chat) == TWO_DOCUMENTS


async def test_encodings_and_question_tables_are_read(chat: Chat) -> None:
    content = RULES.encode("gb18030")
    _reading, shown = await chat.sends_file(WORKER, "办法.txt", content)
    assert shown.startswith(f"《{TITLE}》可以收录，尚未发布。\n内容：按条款分为4条。\n")

    _reading, shown = await chat.sends_file(WORKER, "办事问答.csv", SERVICES.encode())
    assert shown.startswith("《办事问答》可以收录，尚未发布。\n内容：按问题分为3问。\n")
    assert (
        "1. 居住证在哪里办？\n“到社区服务大厅2号窗口办理”（办事问答 第1问）\n"
        "2. 老年优待证需要什么材料？\n“身份证和一张照片”（办事问答 第2问）\n"
    ) in shown


async def test_same_text_is_collected_once(chat: Chat) -> None:
    await published(chat)

    assert await sent(chat, RULES.replace("\n", "\n\n"), by=SECRETARY) == (
        f"《{TITLE}》已收录，内容相同，不再重复收录。查看请发送 /docs。"
    )


async def test_repairs_are_shown_beside_the_original(chat: Chat) -> None:
    assert "内容：按条款分为4条；修复1处。" in await sent(
        chat, RULES.replace("停车证每年", "停車證每年")
    )
    await chat.presses(WORKER, "修复记录", private=True)

    assert chat.last(WORKER) == (
        f"《{TITLE}》的修复记录：1处\n"
        "第7行　繁体：“第三条 停車證每年三月由物业公司统一换发，过期不换的停用。”"
        "改为“第三条 停车证每年三月由物业公司统一换发，过期不换的停用。”"
    )


@pytest.mark.parametrize("name", [MEMBER, STRANGER])
async def test_file_of_somebody_else_is_not_expected(chat: Chat, name: str) -> None:
    (answer,) = await chat.sends_file(name, "办法.txt", RULES.encode())

    assert answer.startswith("现在没有等待接收的文件。")


async def test_who_keeps_two_communities_is_asked_for_which_it_is(chat: Chat) -> None:
    await second_community(chat, worker=WORKER)
    assert await chat.sends_file(WORKER, "办法.txt", RULES.encode()) == ["这份文件收录到哪个社区："]
    assert chat.buttons(WORKER) == ["幸福里社区", PEACE, "取消"]
    await chat.presses(WORKER, PEACE, private=True)
    for label in ("发布", "来源信息无误，发布"):
        await chat.presses(WORKER, label, private=True)

    await chat.says(WORKER, "/docs", private=True)
    await chat.presses(WORKER, PEACE, private=True)
    assert f"3. 《{TITLE}》　适用　时效待核实\n" in chat.last(WORKER)
    assert ANSWER not in (await chat.says(MEMBER, QUESTION))[0]
