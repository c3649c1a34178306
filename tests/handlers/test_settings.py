"""设置: each beside the original sentence, and labelled where the community has set it."""

from tests.chat import MEMBER, WORKER, Chat


async def opened(chat: Chat, title: str) -> str:
    await chat.says(WORKER, "/settings", private=True)
    await chat.presses(WORKER, title, private=True)
    return chat.last(WORKER)


async def test_every_setting_stands_beside_its_sentence(chat: Chat) -> None:
    (shown,) = await chat.says(WORKER, "设置", private=True)

    assert shown.splitlines()[:-1] == [
        "幸福里社区设置",
        "1. 三分之二的基数：班子成员总数（请假仍计入）（默认）",
        "问答第7问“参会人数不少于三分之二方可召开”",
        "2. 线上参会：计入到会，单列人数（默认）",
        "问答第7问“参会人数不少于三分之二方可召开”",
        "3. 工作会议通过比例：暂不设定（默认）",
        "文件未作规定。",
        "4. 恰为半数的既定口径：未登记，由主持人认定（默认）",
        "问答第7问“参会“大党委”班子成员中半数以上同意方可形成“大党委”决议”",
        "5. 迟到：不登记迟到（默认）",
        "文件未作规定。",
        "6. 双述双评的“年终”：12月1日至次年1月31日（管理员设定，非文件原文）",
        "问答第6问“年终召开双述双评会议”",
        "7. 向驻区单位上级报告的频次：暂不设定（默认）",
        "问答第6问“定期〔向〕驻区单位上级组织人事部门报告辖区单位党组织共建工作开展情况”",
        "8. 组织群众监督评议的频次：暂不设定（默认）",
        "规定第十二条“定期组织群众对社区服务工作进行监督评议”",
        "9. 通知中“经研究”：写“经研究”（默认）",
        "文件未作规定。",
        "10. 按钮表决：关闭（默认）",
        "文件未作规定。",
    ]
    assert await chat.says(MEMBER, "/settings", private=True) == ["该操作由书记或党务工作者办理。"]


async def test_what_is_set_is_labelled_and_can_be_taken_back(chat: Chat) -> None:
    assert await opened(chat, "三分之二的基数") == (
        "三分之二的基数：班子成员总数（请假仍计入）（默认）\n"
        "问答第7问“参会人数不少于三分之二方可召开”\n"
        "原文未写按什么人数计算。"
    )
    await chat.presses(WORKER, "扣除请假人数", private=True)
    assert chat.last(WORKER).splitlines()[0] == (
        "三分之二的基数：扣除请假人数（管理员设定，非文件原文）"
    )
    await chat.presses(WORKER, "返回", private=True)
    assert "1. 三分之二的基数：扣除请假人数（管理员设定，非文件原文）" in chat.last(WORKER)

    await chat.presses(WORKER, "三分之二的基数", private=True)
    await chat.presses(WORKER, "班子成员总数（请假仍计入）", private=True)
    assert chat.last(WORKER).splitlines()[0].endswith("（默认）")


async def test_every_option_can_be_chosen(chat: Chat) -> None:
    for title, option in (
        ("线上参会", "不计入到会"),
        ("工作会议通过比例", "半数以上"),
        ("工作会议通过比例", "三分之二以上"),
        ("迟到", "超过15分钟"),
        ("双述双评的“年终”", "12月1日至12月31日"),
        ("向驻区单位上级报告的频次", "每季度"),
        ("组织群众监督评议的频次", "每半年"),
        ("通知中“经研究”", "不写“经研究”"),
        ("按钮表决", "开启"),
    ):
        await opened(chat, title)
        await chat.presses(WORKER, option, private=True)
        assert chat.last(WORKER).splitlines()[0] == (f"{title}：{option}（管理员设定，非文件原文）")


async def test_frequency_that_was_set_enters_the_register_and_its_entry_is_made_there(
    chat: Chat,
) -> None:
    await opened(chat, "向驻区单位上级报告的频次")
    await chat.presses(WORKER, "每季度", private=True)
    (shown,) = await chat.says(WORKER, "/duty", private=True)
    named = "2026年第四季度向驻区单位上级组织人事部门报告共建情况"
    assert f"{named}：未到期" in shown

    await chat.presses(WORKER, "登记共建情况报告", private=True)
    await chat.presses(WORKER, "今天（11月18日）", private=True)
    (shown,) = await chat.says(WORKER, "/duty", private=True)
    assert f"{named}：已完成（2026年11月18日（周三））" in shown


async def test_reading_of_exactly_half_needs_the_day_of_the_decision(chat: Chat) -> None:
    await opened(chat, "恰为半数的既定口径")
    await chat.presses(WORKER, "恰为半数算达到", private=True)
    assert chat.last(WORKER) == ("恰为半数算达到。请写集体研究的日期，例如：2026年11月10日")
    assert await chat.says(WORKER, "2026年12月1日", private=True) == [
        "集体研究的日期不能晚于今天。请核对后重新写。"
    ]
    assert await chat.says(WORKER, "2026年11月10日", private=True) == [
        "恰为半数的既定口径：恰为半数算达到，2026年11月10日（周二）集体研究"
        "（管理员设定，非文件原文）\n"
        "问答第7问“参会“大党委”班子成员中半数以上同意方可形成“大党委”决议”\n"
        "原文未写“半数以上”是否含恰好一半。既定口径须经集体研究并登记日期。"
    ]

    await chat.presses(WORKER, "未登记，由主持人认定", private=True)
    assert chat.last(WORKER).splitlines()[0] == ("恰为半数的既定口径：未登记，由主持人认定（默认）")
