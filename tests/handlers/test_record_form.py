"""会议记录模板: the community's own Word form is tried before it is kept, used by /minutes, and dropped again."""

import io
from datetime import datetime, timedelta

import pytest
from docx import Document

from bot.rehearsal import cast
from handlers.texts.record import FIELDS
from records import templates
from records.calendar import CHINA
from tests.chat import MEMBER, PART_TIMERS, SECRETARY, WORKER, Chat

THREE_PM = datetime(2026, 11, 25, 15, 0, tzinfo=CHINA)
FOR_REFERENCE = "电子记录仅作工作参考，以组织部门要求为准。"
READING = "已收到会议记录模板，正在核对。"
KEPT = (
    "会议记录模板已保存，今后的会议记录草稿按此格式生成。\n"
    "发送 /minutes 可生成最近一次会议的记录草稿，请核对版式。"
)
FORM = (
    "会议记录模板：{used}\n"
    "会议记录草稿按此格式生成。可上传本社区的 Word 模板，在要填写的位置写上栏目，两边各两个花括号。\n"
    "可用的栏目：{{{{ 名称 }}}}、{{{{ 时间 }}}}、{{{{ 地点 }}}}、{{{{ 主持人 }}}}、{{{{ 记录人 }}}}、"
    "{{{{ 应到 }}}}、{{{{ 实到 }}}}、{{{{ 请假 }}}}、{{{{ 缺席 }}}}、{{{{ 列席 }}}}、{{{{ 议题 }}}}、"
    "{{{{ 发言要点 }}}}、{{{{ 表决方式和票数 }}}}、{{{{ 议定事项 }}}}、{{{{ 主持人签字 }}}}、"
    "{{{{ 记录人签字 }}}}"
)


@pytest.fixture
async def held(chat: Chat) -> Chat:
    """A meeting that was held."""
    await chat.opened(THREE_PM)
    for name in (MEMBER, SECRETARY, *PART_TIMERS[:4]):
        await chat.presses(name, "我已到会")
    await chat.says(WORKER, "/closesign")
    return chat


async def asked(chat: Chat) -> None:
    """The worker has pressed 上传模板."""
    await chat.says(WORKER, "/settings", private=True)
    await chat.presses(WORKER, "会议记录模板", private=True)
    await chat.presses(WORKER, "上传模板", private=True)


def word_file(*paragraphs: str) -> bytes:
    document = Document()
    for words in paragraphs:
        document.add_paragraph(words)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


async def minutes(chat: Chat) -> list[str]:
    """The paragraphs of the record that /minutes brings."""
    await chat.says(WORKER, "/minutes", private=True)
    document = Document(io.BytesIO(sent(chat)))
    return [paragraph.text for paragraph in document.paragraphs]


def sent(chat: Chat) -> bytes:
    """The file that came last."""
    message = chat.group.telegram.history[cast.USER_IDS[WORKER]][-1]
    content: bytes = chat.group.telegram.files[message["document"]["file_id"]]
    return content


async def is_kept(chat: Chat) -> bool:
    async with chat.group.app.database.begin() as db:
        return await templates.of(db, 1) is not None


async def test_settings_say_which_form_is_used_and_what_may_stand_in_it(chat: Chat) -> None:
    await chat.says(WORKER, "/settings", private=True)
    await chat.presses(WORKER, "会议记录模板", private=True)

    assert chat.last(WORKER) == FORM.format(used="标准格式")
    assert chat.buttons(WORKER) == ["上传模板", "下载样例", "返回"]
    await chat.presses(WORKER, "返回", private=True)
    assert chat.last(WORKER).startswith("幸福里社区设置")


async def test_form_is_kept_used_by_minutes_and_dropped(held: Chat) -> None:
    await asked(held)
    assert held.last(WORKER) == "请发送本社区的会议记录模板（.docx，不超过2MB）。"
    form = word_file("《{{ 名称 }}》", "到会：{{ 实到 }}")
    assert await held.sends_file(WORKER, "记录.docx", form) == [READING, KEPT]

    assert await minutes(held) == [
        "《幸福里社区大党委11月工作会议》",
        "到会：6人",
        FOR_REFERENCE,
    ]
    await held.says(WORKER, "/settings", private=True)
    await held.presses(WORKER, "会议记录模板", private=True)
    assert held.last(WORKER) == FORM.format(used="本社区模板（2026年11月25日（周三）上传）")
    assert held.buttons(WORKER) == ["上传模板", "下载样例", "恢复标准格式", "返回"]

    assert await held.presses(WORKER, "恢复标准格式", private=True) == ["已恢复标准格式。"]
    assert held.last(WORKER) == FORM.format(used="标准格式")
    assert (await minutes(held))[0] == "幸福里社区大党委11月工作会议记录"
    (operations,) = await held.says(WORKER, "/audit", private=True)
    assert "王岚：上传会议记录模板" in operations
    assert "王岚：恢复标准会议记录格式" in operations


@pytest.mark.parametrize(
    ("paragraph", "sentence"),
    [
        (
            "{{ 名称.__class__.__mro__[1].__subclasses__() }}",
            "模板中有不允许的内容，没有执行。请只写栏目，例如“{{ 名称 }}”。",
        ),
        (
            "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
            f"模板中的“cycler”不是会议记录的栏目。可用的栏目：{'、'.join(FIELDS)}。",
        ),
        ("{{ 名称 ", "模板中的栏目写法有误。请写成“{{ 名称 }}”这样，两边各两个花括号。"),
        (
            "会议记录　时间：",
            "模板中没有栏目，会议情况填不进去。请在要填写的位置写上“{{ 名称 }}”等栏目后重新上传。",
        ),
    ],
)
async def test_form_that_cannot_be_used_is_refused_and_the_old_one_stays(
    held: Chat, paragraph: str, sentence: str
) -> None:
    await asked(held)
    await held.sends_file(WORKER, "记录.docx", word_file("旧：{{ 名称 }}"))
    await asked(held)

    assert await held.sends_file(WORKER, "记录.docx", word_file(paragraph)) == [READING, sentence]

    assert (await minutes(held))[0] == "旧：幸福里社区大党委11月工作会议"
    assert await held.sends_file(WORKER, "记录.docx", word_file("新：{{ 名称 }}")) == [
        READING,
        KEPT,
    ]
    assert (await minutes(held))[0] == "新：幸福里社区大党委11月工作会议"


async def test_file_that_is_no_word_file_gets_one_sentence(chat: Chat) -> None:
    await asked(chat)

    assert await chat.sends_file(WORKER, "记录.doc", b"") == [
        "请发送 .docx 文件；旧版 .doc 请用 Word 另存为 .docx 后再发。"
    ]
    assert await chat.sends_file(WORKER, "记录.docx", b"PK") == [
        READING,
        "打不开模板。请用 Word 另存为 .docx 后重新上传。",
    ]
    assert await chat.sends_file(WORKER, "记录.docx", b"0" * (2 * 1024 * 1024 + 1)) == [
        "文件超过2MB，不能接收。请删去图片等内容后再发。"
    ]
    assert await chat.says(WORKER, "模板在这里", private=True) == [
        "正在等待会议记录模板的 .docx 文件。请发送文件，或点“取消”。"
    ]
    assert not await is_kept(chat)


async def test_sample_is_the_standard_form_and_comes_back_as_a_form(held: Chat) -> None:
    await held.says(WORKER, "/minutes", private=True)
    standard = tables(sent(held))
    await held.says(WORKER, "/settings", private=True)
    await held.presses(WORKER, "会议记录模板", private=True)
    assert await held.presses(WORKER, "下载样例", private=True) == ["样例正在生成，稍后发到这里。"]
    assert held.last(WORKER) == (
        "会议记录模板样例，即标准格式。可用 Word 改动版式，花括号及其中的文字请保持原样，改好后上传。\n"
        "会议记录模板样例.docx"
    )
    sample = sent(held)

    await held.presses(WORKER, "上传模板", private=True)
    assert await held.sends_file(WORKER, "记录.docx", sample) == [READING, KEPT]

    assert await minutes(held) == ["幸福里社区大党委11月工作会议记录", FOR_REFERENCE]
    assert tables(sent(held)) == standard


def tables(content: bytes) -> list[list[str]]:
    (table,) = Document(io.BytesIO(content)).tables
    return [[cell.text for cell in row.cells] for row in table.rows]


async def test_only_managers_change_it_and_a_forgotten_request_changes_nothing(
    chat: Chat,
) -> None:
    message = chat.group.telegram.history[cast.USER_IDS[MEMBER]][-1]
    for action in ("recordform:1", "newform:1", "dropform:1", "formsample:1"):
        assert await chat.presses_on(
            MEMBER, cast.USER_IDS[MEMBER], message["message_id"], action
        ) == ["该操作由书记或党务工作者办理。"]
    await asked(chat)
    chat.group.clock.move_to(chat.group.clock.now() + timedelta(hours=2))

    _reading, shown = await chat.sends_file(WORKER, "记录.docx", word_file("{{ 名称 }}"))
    assert "可以收录，尚未发布。" in shown  # what nothing waits for is a document
    assert not await is_kept(chat)
