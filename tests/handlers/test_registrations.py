"""What was registered: confirmed with one press, taken back with a reason, listed for the worker."""

from datetime import datetime

from records.calendar import CHINA
from tests.chat import LIAISON, MEMBER, SECRETARY, WORKER, Chat

BANK = "建设银行幸福里支行"
LAMPS = f"{BANK}，2026年11月10日（周二），为小区更换路灯"
STALE = "这个按钮已失效，请重新发送命令。"


async def facts(chat: Chat) -> list[str]:
    """The worker opens the list; its lines."""
    await chat.says(WORKER, "/duty", private=True)
    (label,) = [one for one in chat.buttons(WORKER) if one.startswith("登记明细")]
    await chat.presses(WORKER, label, private=True)
    return chat.last(WORKER).splitlines()


async def some(chat: Chat) -> None:
    """A deed and two contacts by the liaison, a contact by the worker, a report by the member.

    The deed waits for the worker, and the contact of a half-year that is over; the others do not.
    """
    await chat.says(LIAISON, "/deed 为小区更换路灯 11月10日", private=True)
    await chat.says(LIAISON, "/contact 9月12日 电话", private=True)
    await chat.says(LIAISON, "/contact 5月6日 电话", private=True)
    await chat.says(WORKER, "/contact 11月2日 第一小学 来访", private=True)
    await chat.says(MEMBER, "/report 大党委 11月3日", private=True)


async def test_list_shows_what_waits_first_then_duty_by_duty(chat: Chat) -> None:
    await some(chat)

    assert await facts(chat) == [
        "幸福里社区登记明细：2025年、2026年共5项，待确认2项",
        "待确认",
        f"1. 实事好事：{LAMPS}，归属2026年",
        f"2. 联系沟通：{BANK}，2026年5月6日（周三），电话（启用前补录）",
        "联系沟通",
        "3. 第一小学，2026年11月2日（周一），来访",
        f"4. {BANK}，2026年9月12日（周六），电话",
        "向社区大党委述职",
        "5. 陈敏同志，2026年11月3日（周二），向社区大党委述职，归属2026年",
    ]
    assert chat.buttons(WORKER) == [
        "确认1", "撤销1", "确认2", "撤销2", "撤销3", "撤销4", "撤销5",
        "全部确认（2项）", "补录历史登记",
    ]  # fmt: skip


async def test_one_is_confirmed_in_the_list_and_then_all(chat: Chat) -> None:
    await some(chat)
    await facts(chat)
    await chat.presses(WORKER, "确认2", private=True)
    assert chat.last(WORKER).splitlines()[0].endswith("待确认1项")

    assert await chat.presses(WORKER, "全部确认（1项）", private=True) == ["已确认1项。"]
    assert chat.last(WORKER).splitlines() == [
        "幸福里社区登记明细：2025年、2026年共5项",
        "联系沟通",
        "1. 第一小学，2026年11月2日（周一），来访",
        f"2. {BANK}，2026年9月12日（周六），电话",
        f"3. {BANK}，2026年5月6日（周三），电话（启用前补录）",
        "实事好事",
        f"4. {LAMPS}，归属2026年",
        "向社区大党委述职",
        "5. 陈敏同志，2026年11月3日（周二），向社区大党委述职，归属2026年",
    ]


async def test_what_was_registered_after_the_list_was_shown_is_not_confirmed_with_it(
    chat: Chat,
) -> None:
    await chat.says(LIAISON, "/deed 为小区更换路灯 11月10日", private=True)
    await facts(chat)
    await chat.says(LIAISON, "/deed 为老人理发 11月11日", private=True)

    assert await chat.presses(WORKER, "全部确认（1项）", private=True) == ["已确认1项。"]
    assert (await facts(chat))[0].endswith("待确认1项")


async def test_list_is_turned_page_by_page(chat: Chat) -> None:
    for day in range(1, 11):
        await chat.says(WORKER, f"/contact 10月{day}日 第一小学 电话", private=True)

    lines = await facts(chat)
    assert lines[0].endswith("共10项（第1页，共2页）")
    assert lines[2] == "1. 第一小学，2026年10月10日（周六），电话"
    assert chat.buttons(WORKER)[-2:] == ["下一页", "补录历史登记"]
    await chat.presses(WORKER, "下一页", private=True)
    assert chat.last(WORKER).splitlines()[1:] == [
        "联系沟通",
        "1. 第一小学，2026年10月2日（周五），电话",
        "2. 第一小学，2026年10月1日（周四），电话",
    ]
    await chat.presses(WORKER, "上一页", private=True)
    assert chat.last(WORKER).splitlines() == lines


async def test_empty_list_says_so(chat: Chat) -> None:
    assert await facts(chat) == ["幸福里社区登记明细", "今年和去年还没有登记。"]
    assert chat.buttons(WORKER) == ["补录历史登记"]


async def test_confirming_twice_changes_nothing(chat: Chat) -> None:
    await chat.says(LIAISON, "/deed 为小区更换路灯 11月10日", private=True)
    note = chat.group.telegram.history[1002][-1]
    data = note["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    before = chat.shown(LIAISON)
    await chat.presses(WORKER, "确认", private=True)
    confirmed = chat.last(WORKER)
    later = datetime(2026, 11, 20, 9, 0, tzinfo=CHINA)
    await chat.says(WORKER, "/help", private=True, at=later)
    await chat.presses_on(WORKER, 1002, note["message_id"], data)

    assert confirmed == f"已确认（王岚，11月18日）：{LAMPS}，归属2026年。"
    assert confirmed in chat.shown(WORKER)
    assert chat.shown(LIAISON) == before


async def test_worker_takes_it_back_with_a_reason_and_the_liaison_hears_it(chat: Chat) -> None:
    await chat.says(LIAISON, "/deed 为小区更换路灯 11月10日", private=True)
    await chat.presses(WORKER, "撤销登记", private=True)
    assert chat.last(WORKER) == f"撤销登记：{LAMPS}。\n请写明撤销原因，不超过200字。"
    assert await chat.says(WORKER, "由", private=True, media=None) == [
        f"已撤销：{LAMPS}。2026年实事好事恢复为“未到期”。"
    ]

    assert chat.last(LIAISON) == (
        f"王岚同志撤销了登记：{LAMPS}。\n原因：由。\n"
        "2026年实事好事恢复为“未到期”。\n如有疑问，请与工作人员联系。"
    )
    await chat.presses(WORKER, "确认", private=True)
    assert "这项登记已撤销，不用再确认。" in chat.shown(WORKER)


async def test_reason_is_short_and_may_be_called_off(chat: Chat) -> None:
    await chat.says(LIAISON, "/deed 为小区更换路灯 11月10日", private=True)
    await chat.presses(WORKER, "撤销登记", private=True)
    assert await chat.says(WORKER, "长" * 201, private=True) == ["内容为空或太长。请缩短后重写。"]
    await chat.presses(WORKER, "取消", private=True)

    assert (await facts(chat))[2] == f"1. 实事好事：{LAMPS}，归属2026年"


async def test_liaison_takes_back_what_is_not_yet_confirmed(chat: Chat) -> None:
    december = datetime(2027, 1, 12, 10, 0, tzinfo=CHINA)
    await chat.says(LIAISON, "/contact 9月12日 电话", private=True)
    await chat.says(LIAISON, "/contact 2026年9月13日 电话", private=True, at=december)
    await chat.presses(LIAISON, "撤销登记", private=True)
    assert await chat.says(LIAISON, "日期记错了", private=True) == [
        f"已撤销：{BANK}，2026年9月13日（周日），电话。2026年下半年联系沟通另有登记，仍为“已登记”。"
    ]

    first = next(
        message
        for message in chat.group.telegram.history[1005]
        if "2026年9月12日" in message.get("text", "") and "reply_markup" in message
    )
    data = first["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await chat.presses_on(LIAISON, 1005, first["message_id"], data)
    assert await chat.says(LIAISON, "日期记错了", private=True) == [
        f"已撤销：{BANK}，2026年9月12日（周六），电话。2026年下半年联系沟通恢复为“尚未登记”。"
    ]


async def test_member_hears_of_the_reversal_of_his_report(chat: Chat) -> None:
    await chat.says(WORKER, "/report 陈敏 大党委 11月3日", private=True)
    await chat.presses(WORKER, "撤销登记", private=True)
    await chat.says(WORKER, "会议改期。", private=True)

    assert chat.last(MEMBER) == (
        "王岚同志撤销了登记：陈敏同志，2026年11月3日（周二），向社区大党委述职。\n"
        "原因：会议改期。\n2026年向社区大党委述职恢复为“未到期”。\n如有疑问，请与工作人员联系。"
    )
    assert (await facts(chat))[1] == "今年和去年还没有登记。"


async def test_buttons_are_checked_at_every_press(chat: Chat) -> None:
    await chat.says(LIAISON, "/deed 为小区更换路灯 11月10日", private=True)
    message = chat.group.telegram.history[1004][-1]["message_id"]
    refused = "该操作由书记或党务工作者办理。"
    for data in ("confirmfact:1:1", "withdrawfact:1:1", "facts:1", "confirmall:1:9", "pastfacts:1"):
        assert await chat.presses_on(MEMBER, 1004, message, data) == [refused]

    message = chat.group.telegram.history[1001][-1]["message_id"]
    for data in (
        "confirmfact:1:99:1",
        "confirmfact:1",
        "confirmall:1:x",
        "withdrawfact:1:99",
        "factyear:1:1:2020",
        "factyear:1:1:x",
    ):
        assert await chat.presses_on(SECRETARY, 1001, message, data) == [STALE]
    assert await chat.presses_on(SECRETARY, 1001, message, "confirmfact:1:1:1") == [""]


async def test_worker_who_registers_the_same_confirms_it(chat: Chat) -> None:
    await chat.says(LIAISON, "/contact 9月12日 电话", private=True)
    assert await chat.says(WORKER, f"/contact 9月12日 {BANK} 电话", private=True) == [
        f"已登记：{BANK}，2026年9月12日（周六），电话。2026年下半年的联系沟通不再提醒。"
    ]
    await chat.says(LIAISON, "/deed 为小区更换路灯 11月10日", private=True)
    await chat.says(WORKER, f"/deed {BANK} 为小区更换路灯 11月10日", private=True)

    assert (await facts(chat))[0] == "幸福里社区登记明细：2025年、2026年共2项"
