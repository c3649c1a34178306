"""What is printed and handed in: to copy, as files, in private; and what was done, by whom and when."""

from datetime import datetime

from records.calendar import CHINA
from tests.chat import MEMBER, PART_TIMERS, SECRETARY, WORKER, Chat

THREE_PM = datetime(2026, 11, 25, 15, 0, tzinfo=CHINA)
LINE = "/newmeeting 下周三下午3点 工作会议 二楼会议室"


async def test_notice_is_a_text_to_copy_and_a_file(chat: Chat) -> None:
    await chat.called(LINE)
    await chat.presses(WORKER, "议题", private=True)
    await chat.says(WORKER, "电梯改造\n共建项目", private=True)
    assert await chat.presses(WORKER, "会议通知", private=True) == ["文件稍后发到您的私聊。"]

    assert chat.shown(WORKER)[-2] == (
        "关于召开幸福里社区大党委11月工作会议的通知\n"
        "各位委员：\n"
        "经研究，定于2026年11月25日（周三）15:00在二楼会议室召开社区大党委工作会议。\n"
        "议题：1.电梯改造；2.共建项目\n"
        "请准时参加。因故不能到会的，请于11月24日17:00前告知王岚。\n"
        "幸福里社区大党委\n"
        "2026年11月18日"
    )
    assert chat.last(WORKER).splitlines()[-1].endswith(".docx")


async def test_sheet_and_calendar_file_come_in_private(chat: Chat) -> None:
    await chat.called(LINE)
    for label, ending in (("签到表", ".docx"), ("日历文件", ".ics")):
        await chat.presses(WORKER, label, private=True)
        assert chat.last(WORKER).endswith(ending)


async def test_confirming_brings_summary_and_record_once(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    for name in (MEMBER, SECRETARY, *PART_TIMERS[:4]):
        await chat.presses(name, "我已到会")
    await chat.presses(WORKER, "结束签到", private=True)
    message = chat.group.telegram.history[1002][-1]
    await chat.presses(WORKER, "确认名单", private=True)
    await chat.presses_on(WORKER, 1002, message["message_id"], "confirm:1")

    files = [words.splitlines()[-1] for words in chat.shown(WORKER) if words.endswith(".docx")]
    assert files == [
        "幸福里社区11月工作会议签到汇总（11月25日）.docx",
        "幸福里社区大党委11月工作会议记录（11月25日）.docx",
    ]
    assert await chat.says(WORKER, "/minutes") == []
    assert chat.last(WORKER).endswith("记录（11月25日）.docx")


async def test_export_offers_ledger_year_end_and_picture(chat: Chat) -> None:
    assert await chat.says(WORKER, "/export", private=True) == [
        "幸福里社区：请选择要导出的材料。\n本助手不是档案：请按规定另行归档。"
    ]
    assert chat.buttons(WORKER) == [
        "2026年台账", "2026年年底材料", "2025年台账", "2025年年底材料", "登记情况图",
    ]  # fmt: skip
    for label, ending in (
        ("2026年台账", ".xlsx"),
        ("2026年年底材料", ".zip"),
        ("登记情况图", ".png"),
    ):
        assert await chat.presses(WORKER, label, private=True) == ["文件稍后发到您的私聊。"]
        assert chat.last(WORKER).endswith(ending)
    assert await chat.says(MEMBER, "/export", private=True) == ["该操作由书记或党务工作者办理。"]
    assert await chat.says(WORKER, "/export") == ["这件事请到与我的私聊中办理。"]


async def test_operations_say_who_did_what_and_why(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    await chat.presses(MEMBER, "我已到会")
    for label in ("更正", MEMBER, "请假", "登记有误"):
        await chat.presses(WORKER, label, private=True)
    (answer,) = await chat.says(WORKER, "/audit", private=True)

    assert answer.splitlines()[:4] == [
        "操作记录（新的在前）",
        "11月25日（周三）15:00　王岚：更正陈敏（11月工作会议），到会改为请假：登记有误",
        "11月25日（周三）15:00　陈敏：到会（11月工作会议）",
        "11月25日（周三）15:00　王岚：开始签到（11月工作会议）",
    ]
    assert chat.buttons(WORKER) == ["更早的"]
    await chat.presses(WORKER, "更早的", private=True)
    assert "确认身份" in chat.last(WORKER)
    assert await chat.says(MEMBER, "/audit", private=True) == ["该操作由书记或党务工作者办理。"]


async def test_member_sees_and_erases_what_is_kept(chat: Chat) -> None:
    await chat.opened(THREE_PM)
    await chat.presses(MEMBER, "我已到会")
    (answer,) = await chat.says(MEMBER, "/mydata", private=True)
    assert answer == (
        "我的信息（幸福里社区）\n"
        "姓名：陈敏，第一小学；身份：委员\n"
        "任职：委员（兼职），2026年11月18日（周三）至今\n"
        "账号：已于2026年11月18日（周三）绑定\n"
        "会议：11月25日工作会议，到会（15:00）\n"
        "签到明细保留当年和上一年，到期只留人数；只有您本人和工作人员能看到。"
    )
    await chat.presses(MEMBER, "需要更正", private=True)
    await chat.says(MEMBER, "单位应为第二小学", private=True)
    assert chat.last(MEMBER) == "已转工作人员，更正后会告诉您。"
    assert chat.last(WORKER) == "陈敏同志提出更正本人信息：单位应为第二小学"

    await chat.says(MEMBER, "/mydata", private=True)
    for label in ("删除我的信息", "确认删除"):
        await chat.presses(MEMBER, label, private=True)
    assert chat.last(MEMBER) == "已删除账号绑定和提问。如需重新使用，请向工作人员索取绑定码。"
    assert await chat.says(MEMBER, "/leave", private=True) == [
        "还没有确认您的身份。请点工作人员给您的个人链接，或发送：/bind 绑定码"
    ]
    assert "实到1人" in chat.card()


async def test_last_worker_cannot_vanish(chat: Chat) -> None:
    await chat.says(WORKER, "/mydata", private=True)
    await chat.presses(WORKER, "删除我的信息", private=True)
    (toast,) = await chat.presses(WORKER, "确认删除", private=True)

    assert "党务工作者" in toast
