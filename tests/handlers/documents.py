"""Files that offices collect, for the conversations about documents."""

import io
import zipfile

from docx import Document

from tests.chat import WORKER, Chat

TITLE = "幸福里社区停车管理办法"
RULES = f"""{TITLE}
幸居委〔2026〕3号
第一章 总则
第一条 为规范小区停车秩序，方便居民出行，制定本办法。
第二章 停车证
第二条 居民凭房产证或者租赁合同到社区服务大厅办理停车证，每户限办两张。
第三条 停车证每年三月由物业公司统一换发，过期不换的停用。
第三章 访客
第四条 访客车辆停放不得超过四小时，确需过夜的由住户提前登记。
"""
QUESTION = "/ask 访客车辆停放不得超过几小时"
ANSWER = "访客车辆停放不得超过四小时，确需过夜的由住户提前登记"


def word(text: str = RULES) -> bytes:
    """A Word file with a paragraph a line."""
    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def bomb() -> bytes:
    """A small archive that says it is a Word file and unpacks to 200 MB."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (200 * 1024 * 1024))
    return stream.getvalue()


async def sent(
    chat: Chat, text: str = RULES, *, by: str = WORKER, name: str = "停车管理办法.txt"
) -> str:
    """Somebody sends a text; what comes of it."""
    reading, shown = await chat.sends_file(by, name, text.encode())
    assert reading == "已收到文件，正在核对。"
    return shown


async def published(chat: Chat, text: str = RULES, *, by: str = WORKER) -> str:
    """The same, with the card confirmed and the text published; what is said then."""
    await sent(chat, text, by=by)
    for label in ("发布", "来源信息无误，发布"):
        await chat.presses(by, label, private=True)
    return chat.last(by)


async def opened(chat: Chat, *labels: str, by: str = WORKER) -> str:
    """/docs, and one button after another; what is shown then."""
    await chat.says(by, "/docs", private=True)
    for label in labels:
        await chat.presses(by, label, private=True)
    return chat.last(by)
