"""The score sheet of a subdistrict, pre-filled for a community, sent back filled, and kept as text."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.rehearsal import cast
from handlers.conversation import Button
from handlers.files import score_sheet
from records import appraisals, meetings
from records.calendar import CHINA
from records.errors import BadScoreSheet
from tests.chat import MEMBER, WORKER, Chat
from tests.handlers.subdistrict import STAFF, opened, staffed

THREE_PM = datetime(2026, 12, 16, 15, 0, tzinfo=CHINA)
FORM = (
    ("人民街道双述双评评分表",),
    ("序号", "单位", "评价结果", "备注"),
    (1, None, None, None),
    (2, None, None, None),
    ("说明：评价结果填优秀、良好、一般。",),
    ("街道党工委盖章",),
)
NO_HEADING = "第一张表没有同时写明“单位”和“评价结果”（或“等次”“得分”）的表头行。请补上后再发。"


def saved(rows: Sequence[Sequence[object]], *, merged: Sequence[str] = ()) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    for place in merged:
        sheet.merge_cells(place)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def bomb() -> bytes:
    """Small as it is sent, large when it is unpacked."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (3 * 1024 * 1024))
    return stream.getvalue()


def opened_sheet(content: bytes) -> Worksheet:
    return load_workbook(io.BytesIO(content)).worksheets[0]


def cells(content: bytes) -> list[list[object]]:
    return [[cell.value for cell in row] for row in opened_sheet(content).iter_rows()]


def filled(content: bytes, results: Mapping[str, str | int]) -> bytes:
    """The worker writes the results beside the names."""
    book = load_workbook(io.BytesIO(content))
    for row in book.worksheets[0].iter_rows():
        if (name := str(row[1].value)) in results:
            row[2].value = results[name]
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


async def provided(chat: Chat, content: bytes = b"") -> str:
    """The subdistrict sends its sheet; what the assistant says in the end."""
    await staffed(chat)
    await opened(chat, "评分表")
    await chat.sends_file(STAFF, "评分表.xlsx", content or saved(FORM))
    return chat.last(STAFF)


async def held(chat: Chat) -> int:
    """A mutual appraisal; the number of the meeting."""
    await chat.opened(THREE_PM, kind="双述双评会议")
    await chat.says(MEMBER, "/attend")
    await chat.says(WORKER, "/closesign")
    async with chat.group.app.database.begin() as db:
        return max([one.id for one in await meetings.unnoticed(db, now=THREE_PM)], default=1)


async def asked(chat: Chat, meeting_id: int, name: str = WORKER) -> list[str]:
    """〔领取评分表〕 is pressed, wherever it stands; the toasts."""
    place = cast.USER_IDS[name]
    await chat.says(name, "/help", private=True)
    message = chat.group.telegram.history[place][-1]
    button = Button("领取评分表", "scoresheet", str(meeting_id))
    return await chat.presses_on(
        name, place, message["message_id"], f"{button.action}:{button.words}"
    )


def newest_file(chat: Chat) -> bytes:
    return list(chat.group.telegram.files.values())[-1]


async def test_sheet_is_kept_and_may_be_replaced(chat: Chat) -> None:
    assert await provided(chat) == (
        "评分表已保存。社区登记双述双评会议后可以领取，表中按社区预先填好单位。"
    )
    assert await opened(chat, "评分表") == (
        "请发送评分表（.xlsx，不超过1MB）：第一张表要有表头行，"
        "其中有“单位”和“评价结果”（或“等次”“得分”）两栏，两栏下方留空。\n"
        "现用的评分表是2026年11月18日发来的，再发即替换。"
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"no workbook", "文件打不开。请另存为 .xlsx 后再发。"),
        (saved([("单位", "备注")]), NO_HEADING),
        (
            saved([("单位", "得分"), (None, 90)]),
            "第2行“得分”已有内容。请把这一栏留空后再发。",
        ),
        (
            bomb(),
            "表格过大，不像评分表。请删去多余的内容后再发。",
        ),
    ],
    ids=["broken", "heading", "filled", "large"],
)
def test_sheet_that_cannot_be_used_gets_one_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(BadScoreSheet, match=re.escape(sentence)):
        score_sheet.check(content)


async def test_bad_sheet_is_answered_and_goes_on_to_be_waited_for(chat: Chat) -> None:
    assert await provided(chat, saved([("单位", "备注")])) == NO_HEADING
    await chat.sends_file(STAFF, "评分表.xlsx", saved(FORM))
    assert chat.last(STAFF).startswith("评分表已保存。")


def test_what_stands_below_the_heading_moves_down() -> None:
    content = saved(FORM, merged=("A1:D1", "A5:D5", "A6:D6"))
    made = score_sheet.filled_in(content, ["第一小学", "=区医院", "供电所", "社区大党委"])

    assert cells(made) == [
        ["人民街道双述双评评分表", None, None, None],
        ["序号", "单位", "评价结果", "备注"],
        [1, "第一小学", None, None],
        [2, "=区医院", None, None],
        [3, "供电所", None, None],
        [4, "社区大党委", None, None],
        ["说明：评价结果填优秀、良好、一般。", None, None, None],
        ["街道党工委盖章", None, None, None],
    ]
    sheet = opened_sheet(made)
    assert {one.coord for one in sheet.merged_cells.ranges} == {"A1:D1", "A7:D7", "A8:D8"}
    assert sheet["B4"].data_type == "s"


def test_heading_of_two_rows_stays_whole() -> None:
    rows = (("单位", "共建项目", None, "得分"), (None, "一", "二", None))
    content = saved(rows, merged=("A1:A2", "B1:C1", "D1:D2"))
    score_sheet.check(content)

    assert cells(score_sheet.filled_in(content, ["第一小学", "社区大党委"])) == [
        ["单位", "共建项目", None, "得分"],
        [None, "一", "二", None],
        ["第一小学", None, None, None],
        ["社区大党委", None, None, None],
    ]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            [("第二医院", "优秀")],
            "第2行：单位名录中没有“第二医院”。请用发给您的评分表填写，不改单位名称。",
        ),
        ([("区医院", "优秀"), ("区医院", "良好")], "第3行：“区医院”出现两次。请只留一行。"),
        ([("区医院", "好" * 21)], "第2行：结果超过20个字。请缩短后再发。"),
        ([("区医院", "=90+5")], "第2行“评价结果”是公式。请改为数值或文字后再发。"),
        ([("区医院", None)], "表中没有填写结果。请填好后再发。"),
    ],
    ids=["unknown", "twice", "long", "formula", "empty"],
)
def test_filled_sheet_that_is_wrong_names_the_row(
    rows: list[tuple[object, object]], sentence: str
) -> None:
    with pytest.raises(BadScoreSheet, match=re.escape(sentence)):
        score_sheet.read(
            saved([("单位", "评价结果"), *rows]), units=["区医院"], community="幸福里社区"
        )


def test_numbers_stay_as_they_were_written() -> None:
    rows = [("单位", "得分"), ("区医院", 95.0), ("供电所", 92.5), ("幸福里社区大党委", "96")]
    found = score_sheet.read(saved(rows), units=["区医院", "供电所"], community="幸福里社区")
    assert (found.units, found.committee) == ({"区医院": "95", "供电所": "92.5"}, "96")


async def test_results_are_registered_as_text_from_the_filled_sheet(chat: Chat) -> None:
    await provided(chat)
    meeting_id = await held(chat)
    assert await asked(chat, meeting_id) == ["评分表稍后发到您的私聊。"]
    assert chat.last(WORKER) == (
        "幸福里社区12月16日双述双评会议评分表。\n"
        "填好“评价结果”一栏后，请把文件发回这里。没有评价的留空；只登记结果，不计算。\n"
        "幸福里社区评分表.xlsx"
    )
    blank = newest_file(chat)
    names = [row[1] for row in cells(blank)[2:13]]
    assert names == [*cast.OWING, "社区大党委"]

    results: dict[str, str | int] = {"第一小学": "优秀", "区医院": 91, "社区大党委": "良好"}
    await chat.sends_file(WORKER, "评分表.xlsx", filled(blank, results))
    assert chat.last(WORKER) == (
        "读到2个单位的结果，社区大党委1个。\n"
        "未填8个单位：幸福里物业公司、供电所、派出所、老干部党支部、商圈联合党支部、"
        "建设银行幸福里支行、阳光养老院、邮政支局。\n"
        "确认后按原样登记，替换此前的结果。"
    )
    await chat.presses(WORKER, "确认", private=True)

    assert chat.last(WORKER) == "已登记2个单位和社区大党委的结果。"
    async with chat.group.app.database.begin() as db:
        meeting = await meetings.with_id(db, meeting_id)
        found = await appraisals.results_of(db, meeting)
    assert list(found.values()) == ["优秀", "91", "良好"]
    assert None in found


async def test_without_a_sheet_only_day_and_units_are_registered(chat: Chat) -> None:
    meeting_id = await held(chat)

    assert await asked(chat, meeting_id) == ["街道没有提供评分表，只登记召开日期和参加单位。"]


async def test_nobody_but_the_office_gets_the_sheet(chat: Chat) -> None:
    await provided(chat)
    meeting_id = await held(chat)

    assert await asked(chat, meeting_id, MEMBER) == ["该操作由书记或党务工作者办理。"]


async def test_agreeing_to_an_older_reading_is_of_no_use(chat: Chat) -> None:
    await provided(chat)
    await asked(chat, await held(chat))
    blank = newest_file(chat)
    await chat.sends_file(WORKER, "评分表.xlsx", filled(blank, {"第一小学": "优秀"}))
    message, data = chat._button(cast.USER_IDS[WORKER], "确认")
    await chat.sends_file(WORKER, "评分表.xlsx", filled(blank, {"第一小学": "良好"}))

    assert await chat.presses_on(WORKER, cast.USER_IDS[WORKER], message["message_id"], data) == [
        "这个按钮已失效，请重新发送命令。"
    ]
