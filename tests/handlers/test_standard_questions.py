"""标准问题: sent as a workbook with what plain rules propose, edited, sent back, and answered by."""

import io

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.rehearsal import cast
from handlers import document_desk, standard_questions
from records.errors import NotAllowed, StaleButton
from tests.chat import MEMBER, SECRETARY, STRANGER, WORKER, Chat
from tests.handlers.documents import RULES, TITLE, opened, published

FOLLOWS = (
    "标准问题表稍后发来。改好后直接发回：可以改写、增加、删去问题，一格写一个；"
    "“出处”“原文”两列请保持原样。"
)
READING = "已收到标准问题表，正在核对。"
ENTRY = "停车证每年三月由物业公司统一换发，过期不换的停用。"


@pytest.fixture
async def asked(chat: Chat) -> Chat:
    """A document is published, and 标准问题 was pressed on its card."""
    await published(chat)
    await opened(chat, f"《{TITLE}》", "标准问题")
    return chat


def book_of(chat: Chat) -> Workbook:
    """The workbook that was sent last."""
    sent = chat.group.telegram.history[cast.USER_IDS[WORKER]][-1]
    return load_workbook(io.BytesIO(chat.group.telegram.files[sent["document"]["file_id"]]))


def sheet_of(book: Workbook) -> Worksheet:
    return book.worksheets[0]


async def sends(chat: Chat, book: Workbook, name: str = "标准问题.xlsx") -> str:
    stream = io.BytesIO()
    book.save(stream)
    reading, said = await chat.sends_file(WORKER, name, stream.getvalue())
    assert reading == READING
    return said


async def test_workbook_comes_with_the_proposed_questions(asked: Chat) -> None:
    assert asked.shown(WORKER)[-2:] == [
        FOLLOWS,
        f"《{TITLE}》的标准问题，共3个，请按实际问法修改。\n标准问题_{TITLE}.xlsx",
    ]
    sheet = sheet_of(book_of(asked))
    rows = [[cell.value for cell in row] for row in sheet]

    assert rows[0] == ["编号", "出处", "原文", *(f"标准问题{number}" for number in range(1, 7))]
    assert [(row[1], row[3]) for row in rows[1:]] == [
        ("第一条", f"为什么要制定{TITLE}？"),
        ("第二条", "关于停车证有哪些规定？"),
        ("第三条", None),
        ("第四条", "关于访客有哪些规定？"),
    ]
    assert rows[3][2] == ENTRY
    assert sheet.column_dimensions["A"].hidden
    assert sheet.protection.sheet
    assert (sheet["A2"].protection.locked, sheet["D2"].protection.locked) == (True, False)


async def test_questions_are_edited_added_deleted_and_then_answered(asked: Chat) -> None:
    book = book_of(asked)
    sheet = sheet_of(book)
    sheet["D2"] = None
    sheet["D4"], sheet["F4"] = "老证啥时候要重新弄一张", "证件到期了去找谁"
    sheet["D5"] = "亲戚开车来能停多久"

    assert await sends(asked, book) == (
        f"《{TITLE}》的标准问题已更新：增加3个，删去2个，现共4个。\n"
        "改写的问题按删去旧的、增加新的计算。"
    )
    (answer,) = await asked.says(MEMBER, "/ask 老证啥时候要重新弄一张")
    assert answer.startswith("停车证每年三月由物业公司统一换发，过期不换的停用")
    (answer,) = await asked.says(SECRETARY, "/ask 亲戚开车来能停多久")
    assert answer.startswith("访客车辆停放不得超过四小时")
    (audit,) = await asked.says(WORKER, "/audit", private=True)
    assert audit.splitlines()[1].endswith(f"王岚：修改标准问题：《{TITLE}》")

    await opened(asked, f"《{TITLE}》", "标准问题")
    rows = [[cell.value for cell in row] for row in sheet_of(book_of(asked))]
    assert [row[3:5] for row in rows[1:]] == [
        [None, None],
        ["关于停车证有哪些规定？", None],
        ["老证啥时候要重新弄一张", "证件到期了去找谁"],
        ["亲戚开车来能停多久", None],
    ]


async def test_unchanged_sheet_changes_nothing(asked: Chat) -> None:
    assert await sends(asked, book_of(asked)) == "标准问题没有变化。"


async def test_rows_of_another_document_are_refused(asked: Chat) -> None:
    book = book_of(asked)
    other = RULES.replace("停车", "养犬").replace("访客车辆", "犬只")
    await asked.presses(WORKER, "取消", private=True)
    await published(asked, other)
    title = TITLE.replace("停车", "养犬")
    await opened(asked, f"《{title}》", "标准问题")

    assert await sends(asked, book) == (
        f"第2行不是《{title}》的内容，没有改动。请用该文件“标准问题”发来的表格填写，不要增加行。"
    )


FAULTS = [
    ("A6", "d9-1@0-5", f"第6行不是《{TITLE}》的内容，没有改动。"),
    ("D6", "没有编号的问题", f"第6行不是《{TITLE}》的内容，没有改动。"),
    ("D3", "=1+1", "第3行有公式，没有改动。请改为文字（粘贴为数值）后再发。"),
    ("E3", "问" * 101, "第3行“标准问题2”超过100字，没有改动。请缩短后再发。"),
    ("E3", "打13800000000吗", "第3行“标准问题2”像电话或身份证号，不能保存。请删去后再发。"),
    ("A1", "序号", "表中没有“编号”和“标准问题1”两列。请用“标准问题”发来的表格填写。"),
]


async def test_fault_names_its_row_and_the_sheet_goes_on_to_be_waited_for(asked: Chat) -> None:
    content = io.BytesIO()
    book_of(asked).save(content)
    for cell, value, sentence in FAULTS:
        book = load_workbook(content)
        sheet_of(book)[cell] = value
        assert (await sends(asked, book)).startswith(sentence)

    assert await asked.says(WORKER, "好", private=True) == [
        "正在等待标准问题表（.xlsx）。请发送改好的表格，或点“取消”。"
    ]
    assert await asked.sends_file(WORKER, "问题.xls", b"old") == [
        "请发送 .xlsx 文件；旧版 .xls 请用 Excel 另存为 .xlsx 后再发。"
    ]
    assert await asked.sends_file(WORKER, "问题.xlsx", b"broken") == [
        READING,
        "打不开表格。请用“标准问题”发来的表格填写，用 Excel 另存为 .xlsx 后再发。",
    ]
    book = load_workbook(content)
    sheet_of(book)["D4"] = "停车证什么时候换"
    assert (await sends(asked, book)).startswith(f"《{TITLE}》的标准问题已更新：增加1个，现共4个。")


async def test_sheet_of_what_was_withdrawn_meanwhile_is_not_sent(asked: Chat) -> None:
    await opened(asked, f"《{TITLE}》", "撤回", "确认撤回")
    async with asked.group.app.database.begin() as db:
        with pytest.raises(StaleButton):
            await standard_questions.gather_sheet(db, '[1, "2026-11-18T10:00:00+08:00"]')


async def test_sheet_of_somebody_who_keeps_the_documents_no_more_changes_nothing(
    asked: Chat,
) -> None:
    async with asked.group.app.database.begin() as db:
        for user, community_id, subdistrict in (
            (MEMBER, 1, None),
            (STRANGER, 1, None),
            (WORKER, None, "人民街道"),
        ):
            with pytest.raises(NotAllowed):
                await document_desk.refuse_strangers(
                    db,
                    cast.USER_IDS[user],
                    community_id=community_id,
                    subdistrict=subdistrict,
                )
