"""Registering a duty report: a part-time member his own two, a worker anybody's; day, to whom, year, no more."""

from datetime import datetime

from records.calendar import CHINA
from tests.chat import FULL_TIMER, LIAISON, MEMBER, WORKER, Chat

STALE = "这个按钮已失效，请重新发送命令。"


async def test_member_registers_both_of_his_reports(chat: Chat) -> None:
    assert await chat.says(MEMBER, "/report", private=True) == [
        "登记陈敏同志的述职。请选择对象：\n只登记日期、对象和年度，不收材料。"
    ]
    assert chat.buttons(MEMBER) == ["向所在单位党组织", "向社区大党委"]
    await chat.presses(MEMBER, "向社区大党委", private=True)
    assert chat.last(MEMBER) == (
        "登记陈敏同志向社区大党委述职。只登记日期、对象和年度，不收材料。\n"
        "请选日期，也可以直接发送日期，例如：9月12日"
    )
    await chat.presses(MEMBER, "今天", private=True)
    assert chat.last(MEMBER) == (
        "已登记：陈敏同志，2026年11月18日（周三），向社区大党委述职，归属2026年。"
        "2026年向社区大党委述职不再提醒。\n"
        "2026年尚未登记：向所在单位党组织述职。"
    )

    assert await chat.says(MEMBER, "/report 单位 11月10日", private=True) == [
        "已登记：陈敏同志，2026年11月10日（周二），向所在单位党组织述职，归属2026年。"
        "2026年向所在单位党组织述职不再提醒。\n"
        "2026年的述职已登记齐全。"
    ]


async def test_day_is_typed_or_stands_in_the_line(chat: Chat) -> None:
    await chat.says(MEMBER, "/report 11月10日", private=True)
    assert chat.last(MEMBER) == (
        "登记陈敏同志的述职，日期2026年11月10日（周二）。请选择对象：\n"
        "只登记日期、对象和年度，不收材料。"
    )
    await chat.presses(MEMBER, "向所在单位党组织", private=True)
    assert "2026年11月10日（周二），向所在单位党组织述职" in chat.last(MEMBER)

    await chat.says(MEMBER, "/report 大党委", private=True)
    assert await chat.says(MEMBER, "不记得了", private=True) == [
        "没有看懂日期。请按这样写：9月12日"
    ]
    (done,) = await chat.says(MEMBER, "11月9日", private=True)
    assert "2026年11月9日（周一），向社区大党委述职" in done


async def test_worker_registers_for_any_member(chat: Chat) -> None:
    assert await chat.says(WORKER, "/report", private=True) == ["登记谁的述职？"]
    assert len(chat.buttons(WORKER)) == 7
    for label in ("孙丽（区医院）", "向社区大党委", "今天"):
        await chat.presses(WORKER, label, private=True)
    assert chat.last(WORKER).startswith(
        "已登记：孙丽同志，2026年11月18日（周三），向社区大党委述职"
    )

    (done,) = await chat.says(WORKER, "/report 吴海 单位 11月3日", private=True)
    assert done.startswith("已登记：吴海同志，2026年11月3日（周二），向所在单位党组织述职")
    assert await chat.says(WORKER, "/report 查无此人 11月3日", private=True) == [
        "名册中没有“查无此人”。请核对姓名，或先在名册登记。"
    ]
    await chat.says(WORKER, "/report 大党委 11月3日", private=True)
    await chat.presses(WORKER, "郑洁（供电所）", private=True)
    assert chat.last(WORKER).startswith("已登记：郑洁同志，2026年11月3日（周二），向社区大党委述职")


async def test_without_a_unit_organisation_only_the_committee_is_offered(chat: Chat) -> None:
    await chat.says(WORKER, "/units", private=True)
    for label in ("第一小学", "改为没有党组织"):
        await chat.presses(WORKER, label, private=True)

    (asked,) = await chat.says(MEMBER, "/report", private=True)
    assert asked.startswith("登记陈敏同志向社区大党委述职。")
    assert await chat.says(MEMBER, "/report 单位 11月10日", private=True) == [
        "所在单位没有党组织，不用登记向单位党组织述职。请登记向社区大党委述职。"
    ]


async def test_report_of_january_may_belong_to_the_year_before(chat: Chat) -> None:
    january = datetime(2027, 1, 12, 10, 0, tzinfo=CHINA)
    assert await chat.says(MEMBER, "/report 大党委 1月10日", private=True, at=january) == [
        "已登记：陈敏同志，2027年1月10日（周日），向社区大党委述职，归属2027年。"
        "2027年向社区大党委述职不再提醒。\n"
        "1月31日前办的可以归属上一年度（管理员设定，非文件原文）。\n"
        "2027年尚未登记：向所在单位党组织述职。"
    ]
    await chat.presses(MEMBER, "归属2026年", private=True)
    assert chat.last(MEMBER).splitlines()[0] == (
        "已登记：陈敏同志，2027年1月10日（周日），向社区大党委述职，"
        "归属2026年（管理员设定，非文件原文）。"
    )


async def test_report_registered_after_its_year_waits_for_the_worker(chat: Chat) -> None:
    february = datetime(2027, 2, 10, 10, 0, tzinfo=CHINA)
    (done,) = await chat.says(MEMBER, "/report 大党委 2026年12月20日", private=True, at=february)

    assert done.splitlines()[0] == (
        "已登记（补登）：陈敏同志，2026年12月20日（周日），向社区大党委述职，归属2026年。"
        "待工作人员确认一次。"
    )
    assert chat.last(WORKER) == (
        "陈敏（第一小学）登记了向社区大党委述职，请核对。\n"
        "已登记（补登）：陈敏同志，2026年12月20日（周日），向社区大党委述职，归属2026年；"
        "登记日期2月10日。"
    )


async def test_only_part_time_members_report(chat: Chat) -> None:
    refused = "述职由兼职委员登记，名册中您不是兼职委员。如有疑问，请与工作人员联系。"
    assert await chat.says(FULL_TIMER, "/report", private=True) == [refused]
    assert await chat.says(LIAISON, "/report", private=True) == [refused]
    assert await chat.says(MEMBER, "/report") == ["这件事请到与我的私聊中办理。"]
    await chat.says(MEMBER, "/report", private=True)
    message = chat.group.telegram.history[1004][-1]
    for data, toast in (
        ("report:4:P4c:2026-11-18", "该操作由书记或党务工作者办理。"),
        ("report:3:P4x", STALE),
        ("report:3:P4c:2026-11-31", STALE),
    ):
        assert await chat.presses_on(MEMBER, 1004, message["message_id"], data) == [toast]
