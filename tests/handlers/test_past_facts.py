"""Many registrations of the past from a workbook: listed for the office, checked row by row, entered once."""

import io
from collections.abc import Sequence
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from bot.rehearsal import cast
from handlers.files.past_facts import FORM
from records import registrations, visits
from records.calendar import CHINA
from records.model import Duty, Registration
from tests.chat import MEMBER, WORKER, Chat
from tests.handlers.test_history import READING, book

HEADINGS = ["事项", "单位或姓名", "日期", "形式", "内容或对象", "归属年度"]
TODAY = datetime(2026, 12, 10, 9, 0, tzinfo=CHINA)
FINE = ["联系沟通", "第一小学", "2026-11-25", "来访"]


@pytest.fixture
async def asked(chat: Chat) -> Chat:
    """The worker has pressed 补录历史登记 under the list."""
    await ask(chat, at=TODAY)
    return chat


async def ask(chat: Chat, *, at: datetime | None = None) -> None:
    await chat.says(WORKER, "/duty", private=True, at=at)
    for label in ("登记明细", "补录历史登记"):
        await chat.presses(WORKER, label, private=True)


async def sends(chat: Chat, *rows: Sequence[object], headings: Sequence[str] = HEADINGS) -> str:
    """The worker sends a workbook; what comes of it."""
    answers = await chat.sends_file(WORKER, "补录.xlsx", book(*rows, headings=headings))
    assert answers[0] == READING
    return "\n".join(answers[1:])


async def entered(chat: Chat) -> list[Registration]:
    async with chat.group.app.database.begin() as db:
        return await registrations.within(
            db, community_id=1, first=date(2021, 1, 1), last=date(2026, 12, 31)
        )


async def test_workbook_comes_with_the_units_and_members_of_the_community(asked: Chat) -> None:
    sent = asked.group.telegram.history[cast.USER_IDS[WORKER]][-1]
    workbook = load_workbook(io.BytesIO(asked.group.telegram.files[sent["document"]["file_id"]]))
    sheet, listed = workbook["历史登记"], workbook["单位和人员"]

    assert asked.shown(WORKER)[-2:] == [
        "请按《历史登记补录表》填写，填好后直接发到这里，一次最多200行。表格稍后发来。",
        "历史登记补录表。每行一项，写法见“填表说明”，单位和人员见第二张表。\n历史登记补录表.xlsx",
    ]
    assert [cell.value for cell in sheet[1]] == HEADINGS
    assert [(str(one.sqref), one.formula1) for one in sheet.data_validations.dataValidation] == [
        ("A2:A204", '"联系沟通,实事好事,述职,走访,民主生活会"'),
        ("D2:D204", '"来访,电话,座谈,其他,上门"'),
    ]
    names = [cell.value for (cell,) in listed.iter_rows()]
    assert names == [
        "【单位】联系沟通、实事好事、走访",
        *cast.OWING,
        cast.MARKET,
        None,
        "【兼职委员】述职",
        "陈敏（第一小学）", "孙丽（区医院）", "吴海（幸福里物业公司）", "郑洁（供电所）",
        "冯涛（派出所）", "何静（老干部党支部）", "马建军（商圈联合党支部）",
    ]  # fmt: skip
    assert workbook.sheetnames == ["历史登记", "单位和人员", "填表说明"]


async def test_facts_are_counted_agreed_to_and_entered_together(asked: Chat) -> None:
    assert await sends(
        asked,
        *FORM.examples,
        ["联系沟通", "第一小学", date(2026, 3, 12), "来访", "", ""],
        ["联系沟通", "区医院", "2026年11月25日（周三）", "", "", "2026"],
        ["实事好事", "区医院", "2026-05-20", "", "为老年人义诊", ""],
        ["实事好事", "第一小学", "2026.1.20", "", "开放操场", "2025年"],
        ["述职", "陈敏", "2026-01-15", "", "向社区大党委述职", "2025年度"],
        ["述职", "孙丽(区医院)", "2026-12-01", "", "单位", ""],
        ["走访", "农贸市场", "2026-12-02", "上门", "王岚", ""],
        ["民主生活会", "", "2026-03-01", "", "", 2025],
        headings=[*HEADINGS, "备注"],
    ) == (
        "补录核对：8项。\n"
        "联系沟通2项：2026年上半年1项，2026年下半年1项\n"
        "实事好事2项：2025年1项，2026年1项\n"
        "向所在单位党组织述职1项：2026年1项\n"
        "向社区大党委述职1项：2025年1项\n"
        "民主生活会1项：2025年1项\n"
        "走访1项：2026年1项\n"
        "其中启用前补录4项。\n"
        "已忽略1列，未保存。\n"
        "尚未写入。请核对后点“确认补录”。"
    )
    assert asked.buttons(WORKER) == ["确认补录", "取消"]
    assert await entered(asked) == []

    await asked.presses(WORKER, "确认补录", private=True)

    assert asked.last(WORKER) == (
        "已补录8项（录入人王岚，录入日期12月10日）。\n需要撤销的，请在登记明细中办理。"
    )
    assert asked.buttons(WORKER) == ["登记明细"]
    found = await entered(asked)
    assert [(one.duty, one.on, one.counts_on, one.title) for one in found] == [
        (Duty.REPORT_TO_COMMITTEE, date(2026, 1, 15), date(2025, 12, 31), None),
        (Duty.DEED, date(2026, 1, 20), date(2025, 12, 31), "开放操场"),
        (Duty.DEMOCRATIC_LIFE, date(2026, 3, 1), date(2025, 12, 31), None),
        (Duty.HALF_YEAR_CONTACT, date(2026, 3, 12), date(2026, 3, 12), None),
        (Duty.DEED, date(2026, 5, 20), date(2026, 5, 20), "为老年人义诊"),
        (Duty.HALF_YEAR_CONTACT, date(2026, 11, 25), date(2026, 11, 25), None),
        (Duty.REPORT_TO_UNIT, date(2026, 12, 1), date(2026, 12, 1), None),
        (Duty.VISIT, date(2026, 12, 2), date(2026, 12, 2), None),
    ]
    assert all(one.confirmed_by == one.recorded_by for one in found)
    async with asked.group.app.database.begin() as db:
        (visit,) = await visits.of_community(
            db, community_id=1, first=date(2026, 1, 1), last=date(2026, 12, 31)
        )
    assert visit.visitors == "王岚"


async def test_what_is_known_is_skipped_and_counted(asked: Chat) -> None:
    await asked.says(WORKER, "/contact 11月25日 第一小学 来访", private=True)
    other = ["联系沟通", "区医院", "2026-11-25", "电话"]

    assert await sends(asked, FINE, other, other) == (
        "补录核对：1项。\n联系沟通1项：2026年下半年1项\n"
        "已登记过的2项不重复补录。\n尚未写入。请核对后点“确认补录”。"
    )
    await asked.presses(WORKER, "确认补录", private=True)
    assert asked.last(WORKER).splitlines()[:2] == [
        "已补录1项（录入人王岚，录入日期12月10日）。",
        "已登记过的2项不重复补录。",
    ]

    await ask(asked)
    assert await sends(asked, FINE, other) == (
        "表中2项都已登记，没有要补录的。请核对表格，或点“取消”。"
    )
    assert len(await entered(asked)) == 2


FAULTS: Sequence[tuple[Sequence[object], str]] = [
    (
        ["慰问", "第一小学", "2026-11-10"],
        "“事项”不能是“慰问”。请填联系沟通、实事好事、述职、走访、民主生活会。",
    ),
    (
        ["", "第一小学", "2026-11-10"],
        "没有写事项。请填联系沟通、实事好事、述职、走访、民主生活会。",
    ),
    (["联系沟通", "第一小学", "11月10日"], "“日期”没有写年份。请写作 2026-11-10。"),
    (["联系沟通", "第一小学", "上半年"], "“日期”不能是“上半年”。请写作 2026-11-10。"),
    (["联系沟通", "第一小学", "2026-12-11"], "日期还没有到。只补录已经开展的。"),
    (["联系沟通", "第一小学", "2020-12-31"], "日期在五年以前，不能补录。请核对年份。"),
    (["联系沟通", "", "2026-11-10"], "没有写单位。请填名录中的单位名称。"),
    (["联系沟通", "光明小学", "2026-11-10"], "名录中没有“光明小学”。请按第二张表的单位名称填写。"),
    (
        ["联系沟通", "农贸市场", "2026-11-10"],
        "农贸市场不是有党组织的驻区单位，不登记此项。请先在 /units 核对，或删去这一行。",
    ),
    (
        ["联系沟通", "第一小学", "2026-11-10", "微信"],
        "“形式”请填来访、电话、座谈、其他、上门，或留空。",
    ),
    (
        ["联系沟通", "第一小学", "2026-11-10", "", "座谈"],
        "这一事项不填“内容或对象”。请删去。",
    ),
    (
        ["联系沟通", "第一小学", "2026-11-10", "", "", "2025"],
        "“归属年度”与日期不一致。联系沟通和走访按日期计算，请留空。",
    ),
    (["实事好事", "第一小学", "2026-11-10"], "没有写标题。请在“内容或对象”填实事好事的标题。"),
    (["实事好事", "第一小学", "2026-11-10", "", "好" * 101], "标题超过100字。请缩短。"),
    (
        ["实事好事", "第一小学", "2026-11-10", "电话", "捐书"],
        "“形式”只用于联系沟通和走访。请删去。",
    ),
    (
        ["实事好事", "第一小学", "2026-02-01", "", "捐书", "2025"],
        "“归属年度”只能是开展的年度；1月31日前的实事好事、述职，3月31日前的民主生活会，可以填上一年度。",
    ),
    (
        ["实事好事", "第一小学", "2026-02-01", "", "捐书", "去年"],
        "“归属年度”请写年份，例如 2026，或留空。",
    ),
    (["走访", "第一小学", "2026-11-10", "上门", "甲" * 101], "走访人员超过100字。请缩短。"),
    (["述职", "", "2026-11-10", "", "单位"], "没有写姓名。请填兼职委员的姓名。"),
    (
        ["述职", "赵卫国", "2026-11-10", "", "单位"],
        "兼职委员中没有“赵卫国”。请按第二张表的姓名填写。",
    ),
    (
        ["述职", "陈敏", "2026-11-10", "", "街道"],
        "没有看懂述职对象。请在“内容或对象”填“单位”或“大党委”。",
    ),
    (["民主生活会", "陈敏", "2026-11-10"], "民主生活会不填“单位或姓名”。请删去。"),
    (["民主生活会", "", "2026-11-10", "", "批评"], "这一事项不填“内容或对象”。请删去。"),
    (
        ["实事好事", "第一小学", "2026-11-10", "", "找13800000000"],
        "“内容或对象”像电话或身份证号，不能保存。请删去。",
    ),
    (["联系沟通", "第一小学", "=A1"], "有公式。请改为文字（粘贴为数值）。"),
]


async def test_fault_names_row_and_remedy_and_nothing_is_written(asked: Chat) -> None:
    for row, sentence in FAULTS:
        assert await sends(asked, FINE, row) == (
            f"补录表有1处需要修改，没有补录。\n第3行：{sentence}\n请改好后重新发送文件。"
        )
    assert await entered(asked) == []
    assert "补录核对：1项" in await sends(asked, FINE)


async def test_member_without_a_unit_organisation_reports_to_the_committee_only(
    asked: Chat,
) -> None:
    await asked.presses(WORKER, "取消", private=True)
    await asked.says(WORKER, "/units", private=True)
    for label in ("第一小学", "改为没有党组织"):
        await asked.presses(WORKER, label, private=True)
    await ask(asked)

    assert "第2行：所在单位没有党组织，没有向单位述职这一项。请核对对象。" in (
        await sends(asked, ["述职", "陈敏", "2026-11-10", "", "单位"])
    )


async def test_people_of_one_name_are_told_apart_by_their_unit(asked: Chat) -> None:
    await asked.presses(WORKER, "取消", private=True)
    await asked.says(WORKER, "/roster", private=True)
    await asked.presses(WORKER, "导入名册", private=True)
    await asked.says(WORKER, "陈敏 委员 兼职 五个程序 邮政支局", private=True)
    await asked.presses(WORKER, "确认导入", private=True)
    await ask(asked)

    report = ["述职", "陈敏", "2026-12-09", "", "大党委"]
    assert "第2行：有2位同名。请写作“陈敏（第一小学）”或“陈敏（邮政支局）”。" in (
        await sends(asked, report)
    )
    assert "补录核对：1项" in await sends(asked, ["述职", "陈敏（邮政支局）", *report[2:]])


async def test_whole_file_that_cannot_be_gets_one_sentence(asked: Chat) -> None:
    assert await sends(asked) == "表中没有要补录的登记。请从示例下面的空行填起，再发送文件。"
    assert await sends(asked, *[FINE] * 201) == ("一次最多200行，表中有201行。请分成几个文件发送。")
    assert await sends(asked, ["2026-11-10"], headings=["日期"]) == (
        "表中缺少“事项”“单位或姓名”“形式”“内容或对象”“归属年度”列。请用模板的表头。"
    )
    assert await asked.says(WORKER, "好了", private=True) == [
        "正在等待《历史登记补录表》的 .xlsx 文件。请发送文件，或点“取消”。"
    ]


async def test_agreement_is_to_what_was_seen(asked: Chat) -> None:
    await sends(asked, FINE, ["联系沟通", "区医院", "2026-11-25", "电话"])
    message = asked.group.telegram.history[cast.USER_IDS[WORKER]][-1]
    data = message["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await asked.says("李书明", "/contact 11月25日 第一小学 来访", private=True)

    place = cast.USER_IDS[WORKER]
    assert await asked.presses_on(WORKER, place, message["message_id"], data) == [
        "名册或台账在此期间有变化，请按最新的核对结果确认。"
    ]
    assert asked.last(WORKER).splitlines()[0] == "补录核对：1项。"
    await asked.presses(WORKER, "确认补录", private=True)
    assert len(await entered(asked)) == 2
    member = asked.group.telegram.history[cast.USER_IDS[MEMBER]][-1]["message_id"]
    assert await asked.presses_on(MEMBER, cast.USER_IDS[MEMBER], member, "enterfacts:1:x") == [
        "该操作由书记或党务工作者办理。"
    ]
