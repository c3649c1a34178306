"""Recording a contact in private: two presses for the liaison, one more for the worker."""

from tests.chat import LIAISON, MEMBER, STRANGER, WORKER, Chat


async def test_liaison_records_a_contact_of_september_in_one_press(chat: Chat) -> None:
    assert await chat.says(LIAISON, "/contact 9月12日", private=True) == [
        "登记建设银行幸福里支行与社区的联系沟通，日期2026年9月12日（周六）。\n"
        "请选择形式；日期不对的，请发送如：/contact 9月12日"
    ]
    assert chat.buttons(LIAISON) == ["来访", "电话", "座谈", "其他"]

    await chat.presses(LIAISON, "来访", private=True)
    assert chat.shown(LIAISON)[-1] == (
        "已登记：建设银行幸福里支行，2026年9月12日（周六），来访。2026年下半年的联系沟通不再提醒。"
    )
    assert chat.buttons(LIAISON) == []


async def test_worker_names_or_chooses_the_unit(chat: Chat) -> None:
    await chat.says(WORKER, "/contact", private=True)
    assert len(chat.buttons(WORKER)) == 10
    await chat.presses(WORKER, "区医院", private=True)
    assert chat.shown(WORKER)[-1].startswith("登记区医院与社区的联系沟通，日期2026年11月18日")

    assert await chat.says(WORKER, "/contact 光明小学", private=True) == [
        "名录中没有“光明小学”这个需要联系沟通的单位。请按名录中的全称填写。"
    ]
    (answer,) = await chat.says(WORKER, "/contact 11月2日 第一小学", private=True)
    assert answer.startswith("登记第一小学与社区的联系沟通，日期2026年11月2日（周一）。")


async def test_duty_shows_to_each_what_concerns_him(chat: Chat) -> None:
    await chat.says(LIAISON, "/contact", private=True)
    await chat.presses(LIAISON, "电话", private=True)

    assert await chat.says(LIAISON, "/duty", private=True) == [
        "建设银行幸福里支行例行事项\n"
        "2026年下半年联系沟通：已登记（2026年11月18日（周三））\n"
        "依据：问答第6问“定期联系沟通,每半年至少1次”\n"
        "尚未登记不等于未开展。"
    ]
    (of_worker,) = await chat.says(WORKER, "/duty", private=True)
    (of_member,) = await chat.says(MEMBER, "/duty", private=True)
    (in_group,) = await chat.says(WORKER, "/duty")
    assert "尚未登记的单位：第一小学、区医院" in of_worker
    assert of_member == in_group
    assert in_group == (
        "幸福里社区例行事项\n"
        "11月会议：未到期\n"
        "2026年下半年联系沟通：已登记1个单位，尚未登记9个单位\n"
        "依据：问答第6问“每月至少召开1次工作会议或党建联席会议”\n"
        "依据：问答第6问“定期联系沟通,每半年至少1次”\n"
        "尚未登记不等于未开展。"
    )


async def test_contact_is_a_private_matter_of_liaisons(chat: Chat) -> None:
    assert await chat.says(LIAISON, "/contact") == ["这件事请到与我的私聊中办理。"]
    assert chat.buttons() == ["去私聊办理"]
    assert await chat.says(MEMBER, "/contact", private=True) == [
        "您不是驻区单位联络员，不能登记联系沟通。请与工作人员联系。"
    ]
    assert await chat.says(STRANGER, "/contact", private=True) == [
        "还没有确认您的身份。请点工作人员给您的个人链接，或发送：/bind 绑定码"
    ]


async def test_future_and_long_past_days_are_refused(chat: Chat) -> None:
    refused = "日期只能是今天及以前，最早到上个半年。请改写后重发。"
    assert await chat.says(LIAISON, "/contact 明天", private=True) == [refused]
    await chat.says(LIAISON, "/contact 2025年12月31日", private=True)
    assert await chat.presses(LIAISON, "来访", private=True) == [refused]
    assert await chat.says(LIAISON, "/contact 9月31日", private=True) == [
        "没有看懂日期。请按这样写：/contact 9月12日"
    ]


async def test_pressing_twice_records_once(chat: Chat) -> None:
    await chat.says(LIAISON, "/contact", private=True)
    message = chat.group.telegram.history[1005][-1]
    data = message["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    for _ in range(2):
        await chat.presses_on(LIAISON, 1005, message["message_id"], data)

    (shown,) = await chat.says(LIAISON, "/duty", private=True)
    assert "已登记（2026年11月18日（周三））" in shown


async def test_nobody_records_for_another_unit_by_a_forged_button(chat: Chat) -> None:
    await chat.says(LIAISON, "/contact", private=True)
    message = chat.group.telegram.history[1005][-1]

    assert await chat.presses_on(
        LIAISON, 1005, message["message_id"], "contact:1:2026-11-18:visit"
    ) == ["该操作由书记或党务工作者办理。"]
