"""Registering a contact in private: two presses for the liaison, one more for the worker, no photo."""

from datetime import datetime

from records.calendar import CHINA
from tests.chat import LIAISON, MEMBER, SECRETARY, STRANGER, WORKER, Chat

BANK = "建设银行幸福里支行"
REGISTERED = f"已登记：{BANK}，2026年11月18日（周三），来访。2026年下半年的联系沟通不再提醒。"
STALE = "这个按钮已失效，请重新发送命令。"


async def test_liaison_registers_todays_contact_in_two_presses(chat: Chat) -> None:
    assert await chat.says(LIAISON, "/contact", private=True) == [
        f"登记{BANK}与社区的联系沟通。\n请选日期，也可以直接发送日期，例如：9月12日"
    ]
    assert chat.buttons(LIAISON) == ["今天", "其他月份"]
    before = chat.shown(WORKER)

    await chat.presses(LIAISON, "今天", private=True)
    assert chat.last(LIAISON) == (
        f"登记{BANK}与社区的联系沟通，日期2026年11月18日（周三）。\n"
        "请选择形式；日期不对的，请发送如：/contact 9月12日"
    )
    assert chat.buttons(LIAISON) == ["来访", "电话", "座谈", "其他"]
    await chat.presses(LIAISON, "来访", private=True)

    assert chat.last(LIAISON) == REGISTERED
    assert chat.buttons(LIAISON) == ["撤销登记"]
    assert chat.shown(WORKER) == before


async def test_day_of_another_month_is_typed_after_its_button(chat: Chat) -> None:
    await chat.says(LIAISON, "/contact", private=True)
    await chat.presses(LIAISON, "其他月份", private=True)
    assert chat.last(LIAISON) == "请选月份，也可以直接发送日期，例如：9月12日"
    assert chat.buttons(LIAISON) == [f"{month}月" for month in range(1, 12)]
    await chat.presses(LIAISON, "9月", private=True)
    assert chat.last(LIAISON) == "请发送2026年9月的哪一天，例如：12日"

    assert await chat.says(LIAISON, "31日", private=True) == ["没有看懂日期。请按这样写：9月12日"]
    (asked,) = await chat.says(LIAISON, "12", private=True)
    assert asked.startswith(f"登记{BANK}与社区的联系沟通，日期2026年9月12日（周六）。")


async def test_months_of_january_reach_back_to_july(chat: Chat) -> None:
    january = datetime(2027, 1, 5, 10, 0, tzinfo=CHINA)
    await chat.says(LIAISON, "/contact", private=True, at=january)
    await chat.presses(LIAISON, "其他月份", private=True)

    assert chat.buttons(LIAISON) == [*(f"2026年{month}月" for month in range(7, 13)), "1月"]


async def test_typed_day_works_at_once_and_a_question_is_still_answered(chat: Chat) -> None:
    await chat.says(LIAISON, "/contact", private=True)
    (answer,) = await chat.says(LIAISON, "联系沟通多久一次？", private=True)
    assert "每半年至少1次" in answer

    await chat.says(LIAISON, "9月12日", private=True)
    await chat.presses(LIAISON, "电话", private=True)
    assert chat.last(LIAISON) == (
        f"已登记：{BANK}，2026年9月12日（周六），电话。2026年下半年的联系沟通不再提醒。"
    )


async def test_one_line_says_all_of_it(chat: Chat) -> None:
    assert await chat.says(LIAISON, "/contact 9月12日 建设银行 座谈", private=True) == [
        f"已登记：{BANK}，2026年9月12日（周六），座谈。2026年下半年的联系沟通不再提醒。"
    ]
    (asked,) = await chat.says(LIAISON, "/contact 9月13日 建设银行", private=True)
    assert asked.startswith(f"登记{BANK}与社区的联系沟通，日期2026年9月13日（周日）。")


async def test_worker_names_or_chooses_the_unit(chat: Chat) -> None:
    await chat.says(WORKER, "/contact", private=True)
    assert len(chat.buttons(WORKER)) == 10
    for label in ("区医院", "今天", "座谈"):
        await chat.presses(WORKER, label, private=True)
    assert chat.last(WORKER) == (
        "已登记：区医院，2026年11月18日（周三），座谈。2026年下半年的联系沟通不再提醒。"
    )

    assert await chat.says(WORKER, "/contact 光明小学", private=True) == [
        "名录中没有“光明小学”，或该单位不登记此项。请按名录中的全称填写。"
    ]
    (answer,) = await chat.says(WORKER, "/contact 11月2日 第一小学", private=True)
    assert answer.startswith("登记第一小学与社区的联系沟通，日期2026年11月2日（周一）。")
    await chat.says(WORKER, "/contact 11月2日", private=True)
    assert chat.last(WORKER) == "请选择单位（日期2026年11月2日（周一））："
    await chat.presses(WORKER, "第一小学", private=True)
    assert chat.last(WORKER).startswith("登记第一小学与社区的联系沟通，日期2026年11月2日")


async def test_contact_of_an_earlier_half_year_is_confirmed_once_by_the_worker(chat: Chat) -> None:
    january = datetime(2027, 1, 12, 10, 0, tzinfo=CHINA)
    assert await chat.says(LIAISON, "/contact 12月20日 电话", private=True, at=january) == [
        f"已登记（补登）：{BANK}，2026年12月20日（周日），电话。待工作人员确认一次。"
    ]

    assert chat.last(WORKER) == (
        f"刘强（{BANK}）登记了联系沟通，请核对。\n"
        f"已登记（补登）：{BANK}，2026年12月20日（周日），电话；登记日期1月12日。"
    )
    assert chat.buttons(WORKER) == ["确认", "撤销登记"]
    await chat.presses(WORKER, "确认", private=True)
    assert chat.last(WORKER) == (f"已确认（王岚，1月12日）：{BANK}，2026年12月20日（周日），电话。")
    assert chat.buttons(WORKER) == []


async def test_contact_from_before_the_start_is_entered_so(chat: Chat) -> None:
    assert await chat.says(LIAISON, "/contact 5月6日 电话", private=True) == [
        f"已登记（启用前补录）：{BANK}，2026年5月6日（周三），电话。待工作人员确认一次。"
    ]


async def test_worker_gives_a_contact_to_the_half_year_that_is_over(chat: Chat) -> None:
    january = datetime(2027, 1, 20, 10, 0, tzinfo=CHINA)
    await chat.says(WORKER, "/contact 1月12日 区医院", private=True, at=january)
    assert chat.buttons(WORKER) == ["来访", "电话", "座谈", "其他", "归入2026年下半年（期后）"]
    await chat.presses(WORKER, "归入2026年下半年（期后）", private=True)
    assert chat.last(WORKER).splitlines()[1] == "归入2026年下半年：期后登记，不计入本期。"
    assert chat.buttons(WORKER) == ["来访", "电话", "座谈", "其他"]
    await chat.presses(WORKER, "电话", private=True)
    assert chat.last(WORKER) == (
        "已登记：区医院，2027年1月12日（周二），电话。归入2026年下半年：期后登记，不计入本期。"
    )

    await chat.says(WORKER, "/contact 1月13日 区医院", private=True)
    assert chat.buttons(WORKER) == ["来访", "电话", "座谈", "其他"]


async def test_only_a_worker_early_in_a_half_year_is_offered_the_one_before(chat: Chat) -> None:
    january, april = (datetime(2027, month, 20, 10, 0, tzinfo=CHINA) for month in (1, 4))
    forms = ["来访", "电话", "座谈", "其他"]
    await chat.says(LIAISON, "/contact 1月12日", private=True, at=january)
    assert chat.buttons(LIAISON) == forms
    message = chat.group.telegram.history[1005][-1]
    assert await chat.presses_on(
        LIAISON, 1005, message["message_id"], "contact:8:2027-01-12:2026-H2:visit"
    ) == [STALE]

    await chat.says(WORKER, "/contact 4月12日 区医院", private=True, at=april)
    assert chat.buttons(WORKER) == forms


async def test_contact_is_a_private_matter_of_liaisons(chat: Chat) -> None:
    assert await chat.says(LIAISON, "/contact") == ["这件事请到与我的私聊中办理。"]
    assert chat.buttons() == ["去私聊办理"]
    assert await chat.says(MEMBER, "/contact", private=True) == [
        "联系沟通和实事好事由驻区单位的联络员登记，名册中您不是联络员。如需登记，请与工作人员联系。"
    ]
    assert await chat.says(STRANGER, "/contact", private=True) == [
        "还没有确认您的身份。请点工作人员给您的个人链接，或发送：/bind 绑定码"
    ]


async def test_future_and_long_past_days_are_refused(chat: Chat) -> None:
    refused = "日期只能是今天及以前，最早到2026年1月1日。请改写后重发。"
    assert await chat.says(LIAISON, "/contact 明天", private=True) == [refused]
    assert await chat.says(LIAISON, "/contact 2025年12月31日", private=True) == [refused]
    assert await chat.says(LIAISON, "/contact 9月31日", private=True) == [
        "没有看懂日期。请按这样写：9月12日"
    ]


async def test_pressing_twice_registers_once(chat: Chat) -> None:
    await chat.says(LIAISON, "/contact", private=True)
    await chat.presses(LIAISON, "今天", private=True)
    message = chat.group.telegram.history[1005][-1]
    data = message["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    for _ in range(2):
        await chat.presses_on(LIAISON, 1005, message["message_id"], data)

    assert chat.last(LIAISON) == REGISTERED
    await chat.says(WORKER, "/duty", private=True)
    await chat.presses(WORKER, "登记明细", private=True)
    assert chat.last(WORKER).splitlines()[0] == "幸福里社区登记明细：2025年、2026年共1项"


async def test_nobody_registers_for_another_unit_by_a_forged_button(chat: Chat) -> None:
    await chat.says(LIAISON, "/contact", private=True)
    message = chat.group.telegram.history[1005][-1]

    for data in ("contact:1:2026-11-18:visit", "contact:1"):
        assert await chat.presses_on(LIAISON, 1005, message["message_id"], data) == [
            "该操作由书记或党务工作者办理。"
        ]
    for data in ("contact:8:2026-13-18:visit", "month:contact:8:2026-13", "months:roster:8"):
        assert await chat.presses_on(LIAISON, 1005, message["message_id"], data) == [STALE]


async def test_secretary_may_do_it_as_well(chat: Chat) -> None:
    assert await chat.says(SECRETARY, "/contact 11月2日 第一小学 来访", private=True) == [
        "已登记：第一小学，2026年11月2日（周一），来访。2026年下半年的联系沟通不再提醒。"
    ]
