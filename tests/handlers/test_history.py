"""Many meetings of the past from a workbook: asked for, checked row by row, shown, entered once."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import pytest
from openpyxl import Workbook, load_workbook

from bot.rehearsal import cast
from handlers.files import grid
from records import attendance, communities, meetings, resolutions
from records.calendar import CHINA
from records.model import Meeting, MeetingState, Presence
from tests.chat import MEMBER, SECRETARY, WORKER, Chat

HEADINGS = ["日期", "时间", "会议", "地点", "请假", "未到", "线上", "议定事项"]
CHANGED = "名册或台账在此期间有变化，请按最新的核对结果确认。"
READING = "已收到补录表，正在核对。"
TODAY = datetime(2026, 12, 10, 9, 0, tzinfo=CHINA)  # the rehearsal starts on 18 November
TEAM = (
    "李书明 书记 专职 上级任命 2026-01-01",
    "赵卫国 副书记 专职 直接进入 2026-01-01",
    *(
        f"{name} 委员 兼职 五个程序 {unit} 2026-01-01"
        for name, unit in (
            ("陈敏", "第一小学"),
            ("孙丽", "区医院"),
            ("吴海", "幸福里物业公司"),
            ("郑洁", "供电所"),
            ("冯涛", "派出所"),
            ("何静", "老干部党支部"),
            ("马建军", "商圈联合党支部"),
        )
    ),
)


@pytest.fixture
async def asked(chat: Chat) -> Chat:
    """The roster says since when the team is in office; the worker has pressed 补录多次会议."""
    await chat.says(WORKER, "/roster", private=True, at=TODAY)
    await chat.presses(WORKER, "导入名册", private=True)
    await chat.says(WORKER, "\n".join(TEAM), private=True)
    await chat.presses(WORKER, "确认导入", private=True)
    await ask(chat)
    return chat


async def ask(chat: Chat) -> None:
    await chat.says(WORKER, "/newmeeting", private=True)
    await chat.presses(WORKER, "补录多次会议", private=True)


def book(*rows: Sequence[object], headings: Sequence[str] = HEADINGS) -> bytes:
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.append(list(headings))
    for row in rows:
        sheet.append([*row, *[None] * (len(headings) - len(row))])
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


async def sends(chat: Chat, content: bytes) -> str:
    """The worker sends the workbook; what comes of it."""
    answers = await chat.sends_file(WORKER, "补录.xlsx", content)
    assert answers[0] == READING
    return "\n".join(answers[1:])


async def ledger(chat: Chat) -> list[Meeting]:
    async with chat.group.app.database.begin() as db:
        return await meetings.all_of(db, await communities.with_id(db, 1))


async def test_button_brings_the_workbook_and_waits_for_it(asked: Chat) -> None:
    sent = asked.group.telegram.history[cast.USER_IDS[WORKER]][-1]
    workbook = load_workbook(io.BytesIO(asked.group.telegram.files[sent["document"]["file_id"]]))
    sheet = workbook["历史会议"]

    assert asked.shown(WORKER)[-2:] == [
        "请按《历史会议补录表》填写，填好后直接发到这里，一次最多60次会议。表格稍后发来。",
        "历史会议补录表。每行一次会议，写法见“填表说明”。\n历史会议补录表.xlsx",
    ]
    assert [cell.value for cell in sheet[1]] == HEADINGS
    assert [sheet.cell(row, 1).value for row in (2, 3, 4)] == [
        "示例：2026-10-15",
        "示例：2026年9月16日",
        None,
    ]
    (offered,) = sheet.data_validations.dataValidation
    assert (str(offered.sqref), offered.formula1) == (
        "C2:C63",
        '"工作会议,联席会议,双述双评会议,其他会议"',
    )
    assert workbook.sheetnames == ["历史会议", "填表说明"]


async def test_meetings_are_shown_then_entered_and_marked(asked: Chat) -> None:
    content = book(
        [date(2026, 11, 25), time(14, 30), "工作会议", "二楼", "陈敏、 孙丽", "", "吴　海", ""],
        ["2026年10月15日（周四）", "", "工作会议", "", "陈敏，孙丽 郑洁;吴海", "无", "", "加装扶手；李强；12月20日\n2. 修缮活动室；王芳；11月10日；11月6日已办结"],
        ["2026-12-02", "下午3点", "大党委联席会议", "", "", "赵卫国（社区）", "", ""],
        ["2026.11.18", "9:30", "其他会议"],
        headings=[*HEADINGS, "备注"],
    )  # fmt: skip

    assert await sends(asked, content) == (
        "补录核对：4次会议，其中因到会人数不足未召开1次。\n"
        "10月15日（周四）15:00 工作会议：应到9人，实到5人，请假4人，未到0人，"
        "因到会人数不足未召开，启用前补录，议定事项2项\n"
        "11月18日（周三）09:30 其他会议：应到9人，实到9人，请假0人，未到0人\n"
        "11月25日（周三）14:30 工作会议：应到9人，实到7人（其中线上1人），请假2人，未到0人，"
        "计入11月会议\n"
        "12月2日（周三）15:00 联席会议：应到9人，实到8人，请假0人，未到1人，计入12月会议\n"
        "已忽略1列，未保存。\n"
        "尚未写入。请核对后点“确认补录”。"
    )
    assert asked.buttons(WORKER) == ["确认补录", "取消"]
    assert await ledger(asked) == []

    await asked.presses(WORKER, "确认补录", private=True)

    assert asked.last(WORKER) == (
        "已补录4次会议（录入人王岚，录入日期12月10日）。\n"
        "需要更正名单、登记表决或确认名单的，请点该次会议。"
    )
    assert asked.buttons(WORKER) == [
        "10月15日工作会议", "11月18日其他会议", "11月25日工作会议", "12月2日联席会议",
    ]  # fmt: skip
    found = await ledger(asked)
    assert [(one.state, one.place, one.entered_at is not None) for one in found] == [
        (MeetingState.NOT_HELD, "", True),
        (MeetingState.HELD, "", True),
        (MeetingState.HELD, "二楼", True),
        (MeetingState.HELD, "", True),
    ]
    assert asked.cards() == []
    (duty,) = await asked.says(WORKER, "/duty", private=True)
    assert "12月会议：已完成（12月2日（周三）15:00，12月联席会议）" in duty


async def test_who_was_where_and_what_was_decided_is_written(asked: Chat) -> None:
    await sends(
        asked,
        book(
            ["2026-11-25", "", "工作会议", "", "陈敏", "孙丽", "吴海", "加装扶手；李强；12月20日\n修缮；王芳；12月1日；已于11月30日办结"],
        ),
    )  # fmt: skip
    await asked.presses(WORKER, "确认补录", private=True)

    (meeting,) = await ledger(asked)
    async with asked.group.app.database.begin() as db:
        listed = await attendance.list_of(db, meeting)
        decided = await resolutions.of(db, meeting)
    how = {person.name: record for person, record in listed}
    assert how["孙丽"] is None
    assert how["陈敏"] is not None
    assert how["陈敏"].presence is Presence.EXCUSED
    assert how["吴海"] is not None
    assert how["吴海"].online
    assert {record.at for record in how.values() if record} == {meeting.starts_at}
    assert [(one.words, one.owner, one.due_on, one.done_on) for one in decided] == [
        ("加装扶手", "李强", date(2026, 12, 20), None),
        ("修缮", "王芳", date(2026, 12, 1), date(2026, 11, 30)),
    ]


async def test_two_presses_enter_once(asked: Chat) -> None:
    await sends(asked, book(["2026-11-25", "", "工作会议"]))
    message = asked.group.telegram.history[cast.USER_IDS[WORKER]][-1]
    data = message["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await asked.presses(WORKER, "确认补录", private=True)

    assert await asked.presses_on(WORKER, cast.USER_IDS[WORKER], message["message_id"], data) == [
        "这个按钮已失效，请重新发送命令。"
    ]
    assert len(await ledger(asked)) == 1


async def test_same_file_again_is_refused_row_by_row(asked: Chat) -> None:
    content = book(["2026-11-25", "", "工作会议"], ["2026-12-02", "", "联席会议"])
    await sends(asked, content)
    await asked.presses(WORKER, "确认补录", private=True)
    await ask(asked)

    assert await sends(asked, content) == (
        "补录表有2处需要修改，没有补录。\n"
        "第2行：台账中已有2026年11月25日（周三）15:00的工作会议，不重复补录。"
        "请删去这一行，或核对日期和时间。\n"
        "第3行：台账中已有2026年12月2日（周三）15:00的联席会议，不重复补录。"
        "请删去这一行，或核对日期和时间。\n"
        "请改好后重新发送文件。"
    )
    assert len(await ledger(asked)) == 2


async def test_meeting_of_the_same_day_and_kind_is_the_same_one(asked: Chat) -> None:
    await sends(asked, book(["2026-11-25", "14:30", "工作会议"]))
    await asked.presses(WORKER, "确认补录", private=True)
    await ask(asked)

    assert "第2行：台账中已有2026年11月25日（周三）14:30的工作会议" in (
        await sends(asked, book(["2026-11-25", "", "工作会议"]))
    )
    assert "补录核对：1次会议" in await sends(asked, book(["2026-11-25", "16:30", "联席会议"]))


async def test_entered_meeting_is_gone_on_with(asked: Chat) -> None:
    await sends(asked, book(["2026-11-25", "", "工作会议", "", "陈敏"]))
    await asked.presses(WORKER, "确认补录", private=True)
    await asked.presses(WORKER, "11月25日工作会议", private=True)

    assert asked.last(WORKER) == (
        "11月工作会议：应到9人，实到8人，已达到三分之二（需6人），计入11月会议。"
    )
    assert asked.buttons(WORKER) == [
        "更正", "名单", "登记表决", "议定事项", "主持人、记录人", "确认名单",
    ]  # fmt: skip


FAULTS: Sequence[tuple[Sequence[object], str]] = [
    (["11月10日", "", "工作会议"], "“日期”没有写年份。请写作 2026-11-10。"),
    (["", "", "工作会议"], "没有写日期。请写作 2026-11-10。"),
    (
        [datetime(2026, 11, 10, 9, 30), "", "工作会议"],  # noqa: DTZ001 - of Excel
        "“日期”不能是“2026-11-10 09:30”。请写作 2026-11-10，开始时间写在“时间”列。",
    ),
    (["2026-11-31", "", "工作会议"], "“日期”中没有这一天。请核对月份和日子。"),
    (
        ["示例：2026-11-10", "", "工作会议"],
        "日期前还有“示例”。要补录的请删去这两个字，不补录的请删去这一行。",
    ),
    (
        ["2026-12-11", "", "工作会议"],
        "会议时间还没有到。今后的会议请用 /newmeeting 登记。",
    ),
    (
        ["2026-12-10", "", "工作会议"],
        "会议时间还没有到。今后的会议请用 /newmeeting 登记。",
    ),
    (["2021-11-10", "", "工作会议"], "日期在五年以前，不能补录。请核对年份。"),
    (
        ["2026-11-10", "15:00-16:30", "工作会议"],
        "“时间”不能是“15:00-16:30”。请只写开始时间，例如 15:00。",
    ),
    (
        ["2026-11-10", "3点", "工作会议"],
        "“时间”不能是“3点”。请只写开始时间，例如 15:00。",
    ),
    (
        ["2026-11-10", "", "支委会"],
        "“会议”不能是“支委会”。请填工作会议、联席会议、双述双评会议或其他会议。",
    ),
    (
        ["2026-11-10"],
        "没有写会议。请填工作会议、联席会议、双述双评会议或其他会议。",
    ),
    (["2026-11-10", "", "工作会议", "很远" * 31], "“地点”超过60字。请缩短。"),
    (
        ["2026-11-10", "", "工作会议", "", "查无此人"],
        "2026年11月10日（周二）的班子名册中没有“查无此人”（“请假”列）。"
        "请核对姓名，或先在名册中补全任职起止日期。",
    ),
    (
        ["2026-11-10", "", "工作会议", "", "", "王岚"],
        "2026年11月10日（周二）的班子名册中没有“王岚”（“未到”列）。"
        "请核对姓名，或先在名册中补全任职起止日期。",
    ),
    (
        ["2026-11-10", "", "工作会议", "", "陈敏", "孙丽、陈敏"],
        "“陈敏”同时写在“请假”和“未到”中。请只留一处。",
    ),
    (
        ["2025-11-10", "", "工作会议"],
        "2025年11月10日（周一）的名册中没有班子成员。请先在名册中写明任职起始日期。",
    ),
    (
        ["2026-11-10", "", "工作会议", "13800000000"],
        "“地点”像电话或身份证号，不能保存。请删去。",
    ),
    (["2026-11-10", "", "工作会议", "二_x0000_楼"], "“地点”含有看不见的字符。请删去重新输入。"),
    (["2026-11-10", "", "=A1"], "有公式。请改为文字（粘贴为数值）。"),
    (["2026-11-10", "", "工作会议", "", "、" * 4001], "有一格内容过长。请缩短。"),
    (
        ["2026-11-10", "", "工作会议", "", "", "", "", "事项；甲；12月1日；乙"],
        "“议定事项”第1项为空、太长或分号太多。请写作：事项；责任人；时限。",
    ),
    (
        ["2026-11-10", "", "工作会议", "", "", "", "", "事项；甲；11月31日"],
        "“议定事项”第1项的日期看不懂。请写作12月20日。",
    ),
    (
        ["2026-11-10", "", "工作会议", "", "", "", "", "加装扶手\n事项；甲；已办结"],
        "“议定事项”第2项没有写办结日期。请写作“12月18日已办结”。",
    ),
    (
        ["2026-11-10", "", "工作会议", "", "", "", "", "事项；甲；12月20日已办结"],
        "“议定事项”第1项的办结日期应在会议当日至今天之间。请核对。",
    ),
]


async def test_fault_names_row_and_remedy_and_nothing_is_written(asked: Chat) -> None:
    fine = ["2026-11-25", "", "工作会议"]
    for row, sentence in FAULTS:
        assert await sends(asked, book(fine, row)) == (
            f"补录表有1处需要修改，没有补录。\n第3行：{sentence}\n请改好后重新发送文件。"
        )
    assert await ledger(asked) == []
    assert "补录核对：1次会议" in await sends(asked, book(fine))


async def test_all_faults_of_a_file_are_listed_together_ten_at_most(asked: Chat) -> None:
    content = book(
        ["11月10日", "", "支委会", "", "查无此人"],
        ["2026-11-11", "三点", "工作会议", "", "查无此人、王岚"],
        ["2026-11-12", "", "工作会议"],
        ["2026-11-12", "9:00", "联席会议"],
        *(["2026-12-31", "", "工作会议"] for _row in range(6)),
    )

    listed = (await sends(asked, content)).splitlines()

    assert listed == [
        "补录表有12处需要修改，没有补录。",
        "第2行：“会议”不能是“支委会”。请填工作会议、联席会议、双述双评会议或其他会议。",
        "第2行：“日期”没有写年份。请写作 2026-11-10。",
        "第3行：“时间”不能是“三点”。请只写开始时间，例如 15:00。",
        *(
            f"第3行：2026年11月11日（周三）的班子名册中没有“{name}”（“请假”列）。"
            "请核对姓名，或先在名册中补全任职起止日期。"
            for name in ("查无此人", "王岚")
        ),
        "第5行：与第4行日期相同。同一次会议请只留一行；"
        "同一天确有两次会议的，另一次请用 /newmeeting 补录。",
        *(
            f"第{row}行：会议时间还没有到。今后的会议请用 /newmeeting 登记。"
            for row in range(6, 10)
        ),
        "另有2处没有列出。请改好后重新发送文件。",
    ]
    assert await ledger(asked) == []


async def test_people_of_one_name_are_told_apart_by_their_unit(asked: Chat) -> None:
    await asked.presses(WORKER, "取消", private=True)
    await asked.says(WORKER, "/roster", private=True)
    await asked.presses(WORKER, "导入名册", private=True)
    await asked.says(WORKER, "陈敏 委员 兼职 五个程序 邮政支局 2026-01-01", private=True)
    await asked.presses(WORKER, "确认导入", private=True)
    await ask(asked)

    assert "第2行：有2位“陈敏”。请写作“陈敏（第一小学）”或“陈敏（邮政支局）”。" in (
        await sends(asked, book(["2026-11-25", "", "工作会议", "", "陈敏"]))
    )
    assert "应到10人，实到9人，请假1人" in (
        await sends(asked, book(["2026-11-25", "", "工作会议", "", "陈敏 (邮政支局)"]))
    )
    await asked.presses(WORKER, "确认补录", private=True)
    (meeting,) = await ledger(asked)
    async with asked.group.app.database.begin() as db:
        listed = await attendance.list_of(db, meeting)
    excused = [
        person for person, record in listed if record and record.presence is Presence.EXCUSED
    ]
    assert [(one.name, one.unit and one.unit.name) for one in excused] == [("陈敏", "邮政支局")]


async def test_whole_file_that_cannot_be_gets_one_sentence(asked: Chat) -> None:
    for content, sentence in (
        (b"PK\x03\x04", "打不开文件。请用 Excel 另存为 .xlsx 后再发。"),
        (bomb(), "文件过大，不像补录表。请用模板填写。"),
        (book(*[[]] * grid.MOST_ROWS, ["2026-11-25"]), "文件过大，不像补录表。请用模板填写。"),
        (
            book(["2026-11-25"], headings=["日期", "会议", "请假人员"]),
            "表中缺少“时间”“地点”“请假”“未到”“线上”“议定事项”列。请用模板的表头。",
        ),
        (book(), "表中没有要补录的会议。请从示例下面的空行填起，再发送文件。"),
        (
            book(*(["2026-11-25", "", "工作会议"] for _row in range(61))),
            "一次最多60次会议，表中有61行。请分成几个文件发送。",
        ),
    ):
        assert await sends(asked, content) == sentence
    assert await asked.sends_file(WORKER, "补录.xls", b"") == [
        "请发送 .xlsx 文件；旧版 .xls 请用 Excel 另存为 .xlsx 后再发。"
    ]
    assert await asked.sends_file(WORKER, "补录.xlsx", b"0" * (2 * 1024 * 1024 + 1)) == [
        "文件超过2MB，不能接收。请删去图片等内容后再发。"
    ]
    assert await ledger(asked) == []


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (grid.LARGEST + 1))
    return stream.getvalue()


async def test_template_is_filled_below_its_examples(asked: Chat) -> None:
    sent = asked.group.telegram.history[cast.USER_IDS[WORKER]][-1]
    workbook = load_workbook(io.BytesIO(asked.group.telegram.files[sent["document"]["file_id"]]))
    sheet = workbook["历史会议"]
    sheet["A4"], sheet["C4"] = date(2026, 11, 25), "工作会议"
    sheet["B4"] = timedelta(hours=14, minutes=30)
    stream = io.BytesIO()
    workbook.save(stream)

    assert "补录核对：1次会议。\n11月25日（周三）14:30 工作会议" in (
        await sends(asked, stream.getvalue())
    )


async def test_sixty_meetings_are_shown_in_pages_and_entered_together(asked: Chat) -> None:
    days = [date(2026, 1, 5) + timedelta(days=5 * place) for place in range(60)]
    content = book(*([day, "", "工作会议", "", "陈敏、孙丽"] for day in days))

    answers = await asked.sends_file(WORKER, "补录.xlsx", content)
    assert [len(words.splitlines()) for words in answers] == [1, 26, 25, 11]
    await asked.presses(WORKER, "确认补录", private=True)

    assert asked.last(WORKER).startswith("已补录60次会议（")
    assert len(await ledger(asked)) == 60


async def test_agreement_is_to_what_was_seen(asked: Chat) -> None:
    await sends(asked, book(["2026-11-25", "", "工作会议"]))
    await asked.says(SECRETARY, "/roster", private=True)
    await asked.presses(SECRETARY, "导入名册", private=True)
    leaves = "孙丽 委员 兼职 五个程序 区医院 2026-01-01 2026-11-01"
    await asked.says(SECRETARY, leaves, private=True)
    await asked.presses(SECRETARY, "确认导入", private=True)

    assert await asked.presses(WORKER, "确认补录", private=True) == [CHANGED]
    assert "应到8人，实到8人" in asked.last(WORKER)
    assert await ledger(asked) == []

    await asked.says(SECRETARY, "/newmeeting 2026-11-25 15:00 工作会议", private=True)
    for label in ("补录", "确认"):
        await asked.presses(SECRETARY, label, private=True)
    assert await asked.presses(WORKER, "确认补录", private=True) == [CHANGED]
    assert "第2行：台账中已有2026年11月25日（周三）15:00的工作会议" in asked.last(WORKER)
    assert len(await ledger(asked)) == 1


async def test_words_do_not_end_the_waiting_and_cancelling_does(asked: Chat) -> None:
    assert await asked.says(WORKER, "10月15日开了会", private=True) == [
        "正在等待《历史会议补录表》的 .xlsx 文件。请发送文件，或点“取消”。"
    ]
    await sends(asked, book(["2026-11-25", "", "工作会议"]))
    assert await asked.says(WORKER, "好的", private=True) == [
        "补录还没有确认。请点“确认补录”或“取消”；表格有改动的，重新发送文件。"
    ]
    await asked.presses(WORKER, "取消", private=True)

    assert await asked.presses(WORKER, "确认补录", private=True) == [
        "这个按钮已失效，请重新发送命令。"
    ]
    assert await ledger(asked) == []


async def test_only_managers_are_asked_for_it(asked: Chat) -> None:
    message = asked.group.telegram.history[cast.USER_IDS[MEMBER]][-1]

    assert await asked.presses_on(
        MEMBER, cast.USER_IDS[MEMBER], message["message_id"], "history"
    ) == ["该操作由书记或党务工作者办理。"]
    assert await asked.presses_on(
        MEMBER, cast.USER_IDS[MEMBER], message["message_id"], "enterpast:1:x"
    ) == ["该操作由书记或党务工作者办理。"]
