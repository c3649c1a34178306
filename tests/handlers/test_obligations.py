"""/duty: the community's in the group, one's own in private, all of it with names for whoever keeps it."""

from datetime import datetime

from records.calendar import CHINA
from tests.chat import LIAISON, MEMBER, WORKER, Chat

CLAUSES = (
    "问答第6问“每月至少召开1次工作会议或党建联席会议”；“年终召开双述双评会议”；"
    "“定期联系沟通,每半年至少1次”；“每年至少为社区办一件实事好事”；"
    "“兼职委员每年分别向所在单位党组织和社区“大党委”述职”"
)


def at(month: int, day: int, hour: int = 9, minute: int = 30, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=CHINA)


async def test_group_sees_numbers_and_nobody_s_name(chat: Chat) -> None:
    assert await chat.says(MEMBER, "/duty") == [
        "幸福里社区例行事项\n"
        "11月会议：未到期\n"
        "2026年下半年联系沟通：已登记0个单位，尚未登记10个单位\n"
        "2026年实事好事：已登记0个单位，尚未登记10个单位\n"
        "2026年兼职委员述职：已登记0项，尚未登记14项\n"
        "2026年双述双评会议：未到期\n"
        f"依据：{CLAUSES}\n"
        "双述双评起止日期、“定期”的频次：管理员设定，非文件原文。\n"
        "尚未登记不等于未开展。"
    ]


async def test_member_sees_his_two_reports_in_private(chat: Chat) -> None:
    assert await chat.says(MEMBER, "/duty", private=True) == [
        "陈敏同志例行事项（幸福里社区）\n"
        "2026年向所在单位党组织述职：未到期\n"
        "2026年向社区大党委述职：未到期\n"
        "依据：问答第6问“兼职委员每年分别向所在单位党组织和社区“大党委”述职”\n"
        "已开展的，点下面的按钮登记即可，不用传照片。\n"
        "尚未登记不等于未开展。"
    ]
    assert chat.buttons(MEMBER) == ["登记述职"]


async def test_liaison_sees_his_unit(chat: Chat) -> None:
    assert await chat.says(LIAISON, "/duty", private=True) == [
        "建设银行幸福里支行例行事项（幸福里社区）\n"
        "2026年下半年联系沟通：未到期\n"
        "2026年实事好事：未到期\n"
        "依据：问答第6问“定期联系沟通,每半年至少1次”；“每年至少为社区办一件实事好事”\n"
        "已开展的，点下面的按钮登记即可，不用传照片。\n"
        "尚未登记不等于未开展。"
    ]
    assert chat.buttons(LIAISON) == ["登记联系沟通", "登记实事好事"]


async def test_worker_sees_who_has_not_registered(chat: Chat) -> None:
    (shown,) = await chat.says(WORKER, "/duty", private=True)

    assert shown.splitlines()[:4] == [
        "幸福里社区例行事项",
        "11月会议：未到期",
        "2026年下半年联系沟通：已登记0个单位，尚未登记10个单位",
        "尚未登记：第一小学、区医院、幸福里物业公司、供电所、派出所、老干部党支部、商圈联合党支部、"
        "建设银行幸福里支行、阳光养老院、邮政支局。",
    ]
    assert "对单位尚未登记：陈敏、孙丽、吴海、郑洁、冯涛、何静、马建军。" in shown
    assert "2026年民主生活会：未到期" in shown
    assert "本助手自2026年11月18日启用，此前未登记的显示为启用前无记录。" in shown
    assert chat.buttons(WORKER) == ["登记民主生活会", "登记明细", "历史登记补录表"]


async def test_what_is_over_and_not_registered_stays_on_the_list(chat: Chat) -> None:
    await chat.at(at(1, 6, year=2027))
    (shown,) = await chat.says(WORKER, "/duty", private=True)

    assert shown.splitlines()[1:3] == ["12月会议：尚未登记", "1月会议：未到期"]
    assert "2026年双述双评会议：未到期" in shown
    assert "2026年下半年联系沟通：已登记0个单位，尚未登记10个单位" in shown
    assert "2027年上半年联系沟通：已登记0个单位，尚未登记10个单位" in shown


async def test_democratic_life_meeting_is_an_entry_of_its_day_and_year(chat: Chat) -> None:
    await chat.says(WORKER, "/duty", private=True)
    await chat.presses(WORKER, "登记民主生活会", private=True)
    assert chat.last(WORKER) == (
        "请写民主生活会的召开日期，例如：12月10日\n"
        "由社区党组织登记，只登记归属年度、召开日期和登记人，不记录会议内容。\n"
        "原文为2006年规定；党支部等情形是否适用，以现行规定和上级通知为准。"
    )
    await chat.says(WORKER, "11月12日", private=True)
    assert chat.last(WORKER).splitlines()[0] == (
        "已登记民主生活会：归属2026年度，2026年11月12日（周四），登记人王岚。"
    )
    (shown,) = await chat.says(WORKER, "/duty", private=True)
    assert "2026年民主生活会：已完成（2026年11月12日（周四））" in shown
    assert "民主生活会" not in (await chat.says(WORKER, "/duty"))[0]


async def test_democratic_life_meeting_in_march_may_belong_to_the_year_before(chat: Chat) -> None:
    await chat.at(at(3, 10, 15, year=2027))
    await chat.says(WORKER, "/duty", private=True)
    await chat.presses(WORKER, "登记民主生活会", private=True)
    await chat.presses(WORKER, "今天（3月10日）", private=True)
    assert chat.last(WORKER) == (
        "2027年3月10日（周三）的民主生活会归属哪一年度？（管理员设定，非文件原文）"
    )
    await chat.presses(WORKER, "归属2026年", private=True)
    assert chat.last(WORKER).splitlines()[0] == (
        "已登记民主生活会：归属2026年度，2027年3月10日（周三），登记人王岚。"
    )


async def test_democratic_life_meeting_entered_for_the_other_year_moves_there(chat: Chat) -> None:
    await chat.at(at(3, 10, 15, year=2027))
    for year in (2026, 2027):
        await chat.says(WORKER, "/duty", private=True)
        await chat.presses(WORKER, "登记民主生活会", private=True)
        await chat.presses(WORKER, "今天（3月10日）", private=True)
        await chat.presses(WORKER, f"归属{year}年", private=True)

        assert chat.last(WORKER).splitlines()[0] == (
            f"已登记民主生活会：归属{year}年度，2027年3月10日（周三），登记人王岚。"
        )


async def test_day_ahead_or_unclear_is_refused_and_asked_again(chat: Chat) -> None:
    await chat.says(WORKER, "/duty", private=True)
    await chat.presses(WORKER, "登记民主生活会", private=True)
    assert await chat.says(WORKER, "2026年12月30日", private=True) == [
        "日期不能在今天以后。请改写后重发。"
    ]


async def test_member_may_not_enter_for_the_organisation(chat: Chat) -> None:
    await chat.says(MEMBER, "/duty", private=True)
    message, _data = chat._button(1004, "登记述职")
    toasts = await chat.presses_on(MEMBER, 1004, message["message_id"], "entry:1:P6")
    assert toasts == ["该操作由书记或党务工作者办理。"]
