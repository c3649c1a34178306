"""Procedures step by step: what the documents name, in their order; what is passed over is said."""

from tests.chat import MEMBER, WORKER, Chat


async def test_appointment_goes_through_five_steps(chat: Chat) -> None:
    assert await chat.says(WORKER, "/progress", private=True) == [
        "还没有登记办理进度。请选择要登记的事项："
    ]
    assert chat.buttons(WORKER) == ["登记四步议事法", "登记兼职委员产生五个程序", "登记设立请示"]
    await chat.presses(WORKER, "登记兼职委员产生五个程序", private=True)
    await chat.says(WORKER, "陈敏，第一小学", private=True)
    assert chat.last(WORKER) == (
        "兼职委员产生五个程序：陈敏，第一小学\n"
        "1. 广泛推荐：待登记\n2. 组织遴选：待登记\n3. 上级批复：待登记\n"
        "4. 组织聘用：待登记\n5. 社区公示：待登记\n"
        "依据：问答第3问“广泛推荐、组织遴选(社区党组织会议研究)、上级批复(街道党工委审批,组织部备案)、"
        "组织聘用(社区党组织下聘书)、社区公示五个程序”"
    )
    await chat.presses(WORKER, "登记：上级批复", private=True)
    assert chat.last(WORKER) == (
        "上级批复：请写日期，可加简短备注，例如：11月18日 文号：街党发〔2026〕8号"
    )
    await chat.says(WORKER, "11月16日 文号：街党发〔2026〕8号", private=True)
    assert chat.last(WORKER).splitlines()[1:5] == [
        "缺步提示：广泛推荐、组织遴选尚未登记。",
        "1. 广泛推荐：待登记",
        "2. 组织遴选：待登记",
        "3. 上级批复：2026年11月16日（周一）（文号：街党发〔2026〕8号）",
    ]
    assert chat.buttons(WORKER) == [
        "登记：广泛推荐", "登记：组织遴选", "登记：组织聘用", "登记：社区公示",
    ]  # fmt: skip
    (overview,) = await chat.says(WORKER, "/progress", private=True)
    assert overview.splitlines()[1] == (
        "1. 兼职委员产生五个程序：陈敏，第一小学（1/5，下一步：广泛推荐）"
    )


async def test_request_for_founding_has_three_contents(chat: Chat) -> None:
    await chat.says(WORKER, "/progress", private=True)
    await chat.presses(WORKER, "登记设立请示", private=True)
    await chat.says(WORKER, "幸福里社区", private=True)

    assert "2. 请示内容：辖区党组织数量及名称：待登记" in chat.last(WORKER)
    await chat.presses(WORKER, "登记：请示内容：辖区区域范围", private=True)
    assert await chat.says(WORKER, "明天", private=True) == ["日期不能在今天以后。请改写后重发。"]
    assert await chat.says(WORKER, "前几天吧", private=True) == [
        "没有看懂日期。请按这样写：12月20日"
    ]
    assert (
        "1. 请示内容：辖区区域范围：2026年11月17日（周二）"
        in (await chat.says(WORKER, "昨天", private=True))[0]
    )


async def test_progress_is_for_the_office_in_private(chat: Chat) -> None:
    assert await chat.says(MEMBER, "/progress", private=True) == ["该操作由书记或党务工作者办理。"]
    assert await chat.says(WORKER, "/progress") == ["这件事请到与我的私聊中办理。"]
