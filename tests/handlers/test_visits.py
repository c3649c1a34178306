"""Visits: three presses for the worker, confirmed by the unit as its contact, completed, printed, listed."""

import io
from datetime import datetime

from docx import Document

from bot.rehearsal import cast
from records import units
from records.calendar import CHINA
from tests.chat import LIAISON, MEMBER, SECRETARY, WORKER, Chat

BANK = "建设银行幸福里支行"
CARD = f"走访{BANK}：2026年11月18日（周三），上门\n走访人员：王岚\n联系沟通：单位已确认，计入2026年下半年。"
ASKED = (
    "王岚同志登记：11月18日走访贵单位（上门）。\n"
    "请确认是否计入贵单位2026年下半年的联系沟通。\n"
    "依据：问答第6问“定期联系沟通,每半年至少1次”"
)
STALE = "这个按钮已失效，请重新发送命令。"
YES, TRUE = "确认，计入本期联系沟通", "属实，不计入"


async def visited(chat: Chat, unit: str = BANK) -> None:
    """The worker registers a visit of today in three presses."""
    await chat.says(WORKER, "/visit", private=True)
    for label in (unit, "上门", "确认登记"):
        await chat.presses(WORKER, label, private=True)


async def contact_of_bank(chat: Chat) -> str:
    """How the bank's contact stands, as its liaison reads it."""
    (words,) = await chat.says(LIAISON, "/duty", private=True)
    return words.splitlines()[1]


async def test_visit_is_registered_in_three_presses_and_the_unit_is_asked(chat: Chat) -> None:
    assert await chat.says(WORKER, "/visit", private=True) == [
        "登记社区党组织走访单位。请选择单位：\n"
        "依据：问答第6问“社区党组织要主动走访联系驻区单位党组织,了解需求及意见建议”"
    ]
    assert chat.buttons(WORKER) == [
        *cast.OWING, cast.MARKET, "走访记录", "志愿服务活动", "需求、资源、项目",
    ]  # fmt: skip
    await chat.presses(WORKER, BANK, private=True)
    assert chat.last(WORKER) == (
        f"登记走访{BANK}，日期2026年11月18日（周三）。\n"
        "请选择形式；日期不对的，点“其他月份”，或直接发送日期，例如：9月12日"
    )
    assert chat.buttons(WORKER) == ["上门", "电话", "座谈", "其他", "其他月份"]
    await chat.presses(WORKER, "上门", private=True)
    assert chat.last(WORKER) == (
        f"登记走访{BANK}，日期2026年11月18日（周三），上门。\n"
        "请点选走访人员后确认，也可以直接发送姓名，例如：王岚、赵卫国"
    )
    assert chat.buttons(WORKER) == ["李书明", "赵卫国", "王岚（已选）", "确认登记"]
    await chat.presses(WORKER, "确认登记", private=True)

    assert chat.last(WORKER) == (
        "已登记走访。\n"
        f"走访{BANK}：2026年11月18日（周三），上门\n走访人员：王岚\n联系沟通：待单位确认。\n"
        "已请单位联络员确认是否计入联系沟通。"
    )
    assert chat.last(LIAISON) == ASKED
    assert chat.buttons(LIAISON) == [YES, TRUE]
    assert await contact_of_bank(chat) == "2026年下半年联系沟通：未到期"


async def test_confirmed_visit_counts_once_as_contact(chat: Chat) -> None:
    await visited(chat)
    message = chat.group.telegram.history[1005][-1]
    data = message["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    for _ in range(2):
        await chat.presses_on(LIAISON, 1005, message["message_id"], data)

    assert chat.last(LIAISON) == "已确认：11月18日走访，计入2026年下半年的联系沟通，不再提醒。"
    told = f"刘强（{BANK}）已确认：11月18日走访{BANK}，计入2026年下半年的联系沟通。"
    assert chat.shown(WORKER).count(told) == 1
    assert (await contact_of_bank(chat)).startswith("2026年下半年联系沟通：已登记（2026年11月18日")
    await chat.says(WORKER, "/duty", private=True)
    await chat.presses(WORKER, "登记明细", private=True)
    assert chat.last(WORKER).splitlines() == [
        "幸福里社区登记明细：2025年、2026年共2项",
        "联系沟通",
        f"1. {BANK}，2026年11月18日（周三），上门（走访，单位已确认）",
        "走访",
        f"2. {BANK}，2026年11月18日（周三），走访（上门）",
    ]


async def test_visit_that_is_true_need_not_count(chat: Chat) -> None:
    await visited(chat)
    await chat.presses(LIAISON, TRUE, private=True)

    assert chat.last(LIAISON) == "已登记：11月18日走访属实，不计入2026年下半年的联系沟通。"
    assert chat.last(WORKER) == (f"刘强（{BANK}）已确认：11月18日走访{BANK}属实，不计入联系沟通。")
    assert await contact_of_bank(chat) == "2026年下半年联系沟通：未到期"


async def test_worker_marks_it_as_not_counting_before_or_after(chat: Chat) -> None:
    await visited(chat)
    await chat.presses(LIAISON, YES, private=True)
    await chat.presses(WORKER, "不计入联系沟通", private=True)

    assert f"走访{BANK}：2026年11月18日（周三），上门\n走访人员：王岚\n联系沟通：不计入。" in (
        chat.shown(WORKER)
    )
    assert chat.last(LIAISON) == (
        "王岚同志把11月18日的走访标为不计入，2026年下半年的联系沟通按其他登记计算。\n"
        "如有疑问，请与工作人员联系。"
    )
    assert await contact_of_bank(chat) == "2026年下半年联系沟通：未到期"

    await chat.says(WORKER, f"/visit {BANK} 11月17日", private=True)
    for label in ("电话", "确认登记", "不计入联系沟通"):
        await chat.presses(WORKER, label, private=True)
    await chat.presses(LIAISON, YES, private=True)
    assert "已登记：11月17日走访属实，不计入2026年下半年的联系沟通。" in chat.shown(LIAISON)


async def test_withdrawn_visit_takes_the_contact_with_it(chat: Chat) -> None:
    await visited(chat)
    await chat.presses(LIAISON, YES, private=True)
    await chat.presses(WORKER, "撤销登记", private=True)
    assert await chat.says(WORKER, "日期记错了", private=True) == [
        f"已撤销：{BANK}，2026年11月18日（周三），走访（上门）。"
        "2026年下半年联系沟通恢复为“未到期”。"
    ]

    assert chat.last(LIAISON) == (
        f"王岚同志撤销了登记：{BANK}，2026年11月18日（周三），走访（上门）。\n"
        "原因：日期记错了。\n2026年下半年联系沟通恢复为“未到期”。\n如有疑问，请与工作人员联系。"
    )
    assert await contact_of_bank(chat) == "2026年下半年联系沟通：未到期"
    assert await chat.presses(WORKER, "补充需求", private=True) == [STALE]


async def test_withdrawn_contact_leaves_the_visit(chat: Chat) -> None:
    await visited(chat)
    await chat.presses(LIAISON, YES, private=True)
    await chat.says(WORKER, "/duty", private=True)
    for label in ("登记明细", "撤销1"):
        await chat.presses(WORKER, label, private=True)
    await chat.says(WORKER, "另行登记", private=True)

    await chat.says(WORKER, "/visit", private=True)
    for label in ("走访记录", "1"):
        await chat.presses(WORKER, label, private=True)
    assert chat.last(WORKER).endswith("联系沟通：不计入。")


async def test_visitors_are_ticked_or_typed(chat: Chat) -> None:
    await chat.says(WORKER, "/visit 第一小学", private=True)
    for label in ("座谈", "赵卫国", "王岚（已选）"):
        await chat.presses(WORKER, label, private=True)
    assert chat.buttons(WORKER) == ["李书明", "赵卫国（已选）", "王岚", "确认登记"]
    await chat.presses(WORKER, "确认登记", private=True)
    assert chat.last(WORKER).splitlines()[2] == "走访人员：赵卫国"

    await chat.says(WORKER, "/visit 区医院", private=True)
    for label in ("座谈", "王岚（已选）"):
        await chat.presses(WORKER, label, private=True)
    assert await chat.presses(WORKER, "确认登记", private=True) == [
        "请至少选一名走访人员，或直接发送姓名。"
    ]
    assert await chat.says(WORKER, "13800000000", private=True) == [
        "内容像电话或身份证号，不能保存。请删去后再发。"
    ]
    (done,) = await chat.says(WORKER, "王岚、社工小组", private=True)
    assert done.splitlines()[1:4] == [
        "走访区医院：2026年11月18日（周三），座谈",
        "走访人员：王岚、社工小组",
        "联系沟通：单位没有可以确认的联络员，暂不计入。",
    ]


async def test_another_day_is_typed_or_chosen(chat: Chat) -> None:
    await chat.says(WORKER, "/visit", private=True)
    await chat.presses(WORKER, "第一小学", private=True)
    (asked,) = await chat.says(WORKER, "9月12日", private=True)
    assert asked.startswith("登记走访第一小学，日期2026年9月12日（周六）。")
    for label in ("其他月份", "10月"):
        await chat.presses(WORKER, label, private=True)
    (asked,) = await chat.says(WORKER, "20日", private=True)
    assert asked.startswith("登记走访第一小学，日期2026年10月20日（周二）。")

    for words, refused in (
        ("/visit 第一小学 11月19日", "日期只能是今天及以前，最早到2021年1月1日。请改写后重发。"),
        ("/visit 光明小学", "名录中没有“光明小学”，或该单位不登记此项。请按名录中的全称填写。"),
    ):
        assert await chat.says(WORKER, words, private=True) == [refused]


async def test_unit_that_owes_no_contact_is_not_asked(chat: Chat) -> None:
    await visited(chat, cast.MARKET)

    assert chat.last(WORKER).splitlines()[3:] == ["联系沟通：该单位不列入。"]
    assert "不计入联系沟通" not in chat.buttons(WORKER)


async def test_what_came_of_it_is_noted_later_and_printed(chat: Chat) -> None:
    await visited(chat)
    await chat.presses(LIAISON, YES, private=True)
    for label, words in (
        ("补充需求", "希望增加停车位"),
        ("补充处理情况", "已转物业公司"),
        ("补充完成日期", "11月18日"),
        ("改走访人员", "王岚、赵卫国"),
    ):
        await chat.presses(WORKER, label, private=True)
        await chat.says(WORKER, words, private=True)
    assert chat.last(WORKER) == (
        f"走访{BANK}：2026年11月18日（周三），上门\n走访人员：王岚、赵卫国\n"
        "单位需求：希望增加停车位\n处理情况：已转物业公司\n完成日期：2026年11月18日\n"
        "联系沟通：单位已确认，计入2026年下半年。"
    )

    assert await chat.presses(WORKER, "打印记录表", private=True) == [
        "《走访联系记录表》稍后发来。"
    ]
    assert chat.last(WORKER) == (
        f"走访联系记录表，空项请手写补充。\n走访联系记录表（{BANK}11月18日）.docx"
    )
    sent = chat.group.telegram.history[1002][-1]
    document = Document(io.BytesIO(chat.group.telegram.files[sent["document"]["file_id"]]))
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["单位", BANK],
        ["走访日期", "2026年11月18日（周三）"],
        ["形式", "上门"],
        ["走访人员", "王岚、赵卫国"],
        ["单位需求", "希望增加停车位"],
        ["意见建议", "（待补充）"],
        ["处理情况", "已转物业公司"],
        ["完成日期", "2026年11月18日"],
        ["联系沟通", "单位已确认，计入2026年下半年"],
        ["登记", "王岚，2026年11月18日"],
    ]
    assert [paragraph.text for paragraph in document.paragraphs] == [
        "走访联系记录表",
        "填表：幸福里社区党组织",
        "走访人员签字：（待补充）　　　　单位确认签字：（待补充）",
        "不登记居民、职工姓名。电子记录仅作工作参考，以组织部门要求为准。",
    ]


async def test_notes_are_short_and_days_are_days(chat: Chat) -> None:
    await visited(chat)
    for label, words, refused in (
        ("补充需求", "长" * 501, "内容为空或太长。请缩短后重写。"),
        ("补充完成日期", "不清楚", "没有看懂日期。请按这样写：12月20日"),
        ("补充完成日期", "2026年11月19日", "日期不能在今天以后。请改写后重发。"),
    ):
        await chat.presses(WORKER, label, private=True)
        assert await chat.says(WORKER, words, private=True) == [refused]


async def test_visits_are_listed_page_by_page(chat: Chat) -> None:
    await chat.says(WORKER, "/visit", private=True)
    await chat.presses(WORKER, "走访记录", private=True)
    assert chat.last(WORKER) == "还没有登记走访。"
    for day in range(1, 10):
        await chat.says(WORKER, f"/visit 第一小学 11月{day}日", private=True)
        for label in ("上门", "确认登记"):
            await chat.presses(WORKER, label, private=True)

    await chat.says(WORKER, "/visit", private=True)
    await chat.presses(WORKER, "走访记录", private=True)
    assert chat.last(WORKER).splitlines()[:2] == [
        "幸福里社区走访记录（第1页，共2页）",
        "1. 2026年11月9日（周一） 第一小学，上门，王岚",
    ]
    assert chat.buttons(WORKER) == [*"12345678", "下一页"]
    await chat.presses(WORKER, "下一页", private=True)
    assert chat.last(WORKER).splitlines()[1:] == [
        "1. 2026年11月1日（周日） 第一小学，上门，王岚",
        "点编号查看、补充、打印。",
    ]
    await chat.presses(WORKER, "1", private=True)
    assert chat.last(WORKER).splitlines()[0] == "走访第一小学：2026年11月1日（周日），上门"


async def test_only_whoever_manages_registers_visits_and_only_the_liaison_answers(
    chat: Chat,
) -> None:
    refused = "该操作由书记或党务工作者办理。"
    assert await chat.says(MEMBER, "/visit", private=True) == [refused]
    assert await chat.says(WORKER, "/visit") == ["这件事请到与我的私聊中办理。"]
    await visited(chat)
    member = chat.group.telegram.history[1004][-1]["message_id"]
    liaison = chat.group.telegram.history[1005][-1]["message_id"]
    secretary = chat.group.telegram.history[1001][-1]["message_id"]

    assert await chat.presses_on(MEMBER, 1004, member, "visitcounts:1:1:yes") == [
        "联系沟通和实事好事由驻区单位的联络员登记，名册中您不是联络员。如需登记，请与工作人员联系。"
    ]
    for data in ("visitcounts:1:1:no", "visitcard:1:1", "visitform:1:1", "visits:1"):
        assert await chat.presses_on(LIAISON, 1005, liaison, data) == [refused]
    for data in (
        "visitcounts:1:1:maybe",
        "visitcounts:1:9:yes",
        "visitcounts:x:1:yes",
        "visitcounts:1",
    ):
        assert await chat.presses_on(LIAISON, 1005, liaison, data) == [STALE]
    for data in (
        "visit:1:99",
        "visit:1:x",
        "visit:1:8:2026-11-18:dance",
        "visit:1:8:2026-11-18:visit:0000.1",
        "visitdone:1:8:2026-11-18:visit:x",
        "visitcard:1:x",
        "visitnote:1:1:secrets",
    ):
        assert await chat.presses_on(SECRETARY, 1001, secretary, data) == [STALE]


async def test_answer_in_the_next_half_year_counts_for_the_day_of_the_visit(chat: Chat) -> None:
    await visited(chat)
    january = datetime(2027, 1, 12, 10, 0, tzinfo=CHINA)
    await chat.presses(LIAISON, YES, private=True, at=january)

    assert chat.last(LIAISON) == "已确认：11月18日走访，计入2026年下半年的联系沟通，不再提醒。"
    await chat.says(WORKER, "/duty", private=True)
    await chat.presses(WORKER, "登记明细", private=True)
    assert chat.last(WORKER).splitlines()[2] == (
        f"1. {BANK}，2026年11月18日（周三），上门（走访，单位已确认）（补登）"
    )


async def test_unit_confirms_a_visit_of_long_ago(chat: Chat) -> None:
    """A worker may go five years back; the liaison is not refused for the day."""
    await chat.says(WORKER, f"/visit {BANK} 2023-03-01", private=True)
    for label in ("上门", "确认登记"):
        await chat.presses(WORKER, label, private=True)
    await chat.presses(LIAISON, YES, private=True)

    assert "计入2023年上半年的联系沟通" in chat.last(LIAISON)


async def test_more_units_than_buttons_are_typed(chat: Chat) -> None:
    async with chat.group.app.database.begin() as db:
        for number in range(100):
            added = await units.add(db, f"第{number + 100}号商铺", community_id=1)
            at = chat.group.clock.now()
            await units.mark(db, added, is_local=True, has_party_organisation=True, at=at)
    for command in ("visit", "contact", "deed"):
        (asked,) = await chat.says(WORKER, f"/{command}", private=True)
        assert f"这里只列90个单位，其余单位请直接发送：/{command} 单位名称" in asked
        assert len(chat.buttons(WORKER)) < 100

        (begun,) = await chat.says(WORKER, f"/{command} 第199号商铺", private=True)
        assert "第199号商铺" in begun
