"""Registering a deed: by the liaison or the worker, title, day and year, from a project or typed."""

from datetime import datetime

from records.calendar import CHINA
from tests.chat import FULL_TIMER, LIAISON, WORKER, Chat

BANK = "建设银行幸福里支行"
LAMPS = "为小区更换路灯"
REGISTERED = f"已登记：{BANK}，2026年11月10日（周二），{LAMPS}，归属2026年。待工作人员确认一次。"
JANUARY = datetime(2027, 1, 12, 10, 0, tzinfo=CHINA)


async def test_liaison_registers_a_deed_and_the_worker_confirms_it(chat: Chat) -> None:
    assert await chat.says(LIAISON, "/deed", private=True) == [
        f"登记{BANK}为社区办的实事好事。\n"
        f"请选日期，也可以直接发送标题和日期，例如：{LAMPS} 11月20日\n"
        "标题写一行，不超过100字，不写居民姓名。不用传照片。"
    ]
    assert chat.buttons(LIAISON) == ["今天", "其他月份"]
    await chat.presses(LIAISON, "今天", private=True)
    assert chat.last(LIAISON) == (
        f"登记{BANK}为社区办的实事好事，日期2026年11月18日（周三）。\n"
        f"请发送标题，例如：{LAMPS}。标题写一行，不超过100字，不写居民姓名。"
    )
    assert await chat.says(LIAISON, LAMPS, private=True) == [
        REGISTERED.replace("11月10日（周二）", "11月18日（周三）")
    ]

    assert chat.last(WORKER) == (
        f"刘强（{BANK}）登记了实事好事，请核对。\n"
        f"已登记：{BANK}，2026年11月18日（周三），{LAMPS}，归属2026年；登记日期11月18日。"
    )
    await chat.presses(WORKER, "确认", private=True)
    assert chat.last(WORKER) == (
        f"已确认（王岚，11月18日）：{BANK}，2026年11月18日（周三），{LAMPS}，归属2026年。"
    )
    assert await chat.presses(LIAISON, "撤销登记", private=True) == [
        "工作人员已确认这项登记。需要撤销的，请与工作人员联系。"
    ]


async def test_one_typed_line_works_as_command_and_as_answer(chat: Chat) -> None:
    assert await chat.says(LIAISON, f"/deed {LAMPS} 11月10日", private=True) == [REGISTERED]
    await chat.says(LIAISON, "/deed", private=True)
    assert await chat.says(LIAISON, f"{LAMPS}，11月10日", private=True) == [REGISTERED]
    assert await chat.says(LIAISON, f"/deed 11月10日{LAMPS}", private=True) == [REGISTERED]
    before = chat.shown(WORKER)
    assert sum("登记了实事好事" in words for words in before) == 1

    assert await chat.says(LIAISON, "/deed 为3月5日学雷锋活动提供场地", private=True) == [
        f"已登记：{BANK}，2026年11月18日（周三），为3月5日学雷锋活动提供场地，归属2026年。"
        "待工作人员确认一次。"
    ]


async def test_day_is_chosen_first_and_the_title_written_then(chat: Chat) -> None:
    await chat.says(LIAISON, "/deed 11月10日", private=True)
    assert await chat.says(LIAISON, LAMPS, private=True) == [REGISTERED]


async def test_worker_says_which_unit_and_confirms_with_it(chat: Chat) -> None:
    assert await chat.says(WORKER, f"/deed {LAMPS}", private=True) == [
        f"请写明单位，例如：/deed 建设银行幸福里支行 {LAMPS} 11月20日"
    ]
    assert await chat.says(WORKER, f"/deed 建设银行 {LAMPS} 11月10日", private=True) == [
        f"已登记：{BANK}，2026年11月10日（周二），{LAMPS}，归属2026年。2026年的实事好事不再提醒。"
    ]
    await chat.says(WORKER, "/deed", private=True)
    await chat.presses(WORKER, "区医院", private=True)
    assert await chat.says(WORKER, "义诊 11月3日", private=True) == [
        "已登记：区医院，2026年11月3日（周二），义诊，归属2026年。2026年的实事好事不再提醒。"
    ]


async def test_title_is_short_and_holds_no_number_of_a_person(chat: Chat) -> None:
    assert await chat.says(LIAISON, f"/deed {'好' * 101}", private=True) == [
        "内容为空或太长。请缩短后重写。"
    ]
    assert await chat.says(LIAISON, "/deed 看望老人 13800000000", private=True) == [
        "内容像电话或身份证号，不能保存。请删去后再发。"
    ]
    for day in ("2024年12月31日", "11月19日"):  # the latter is tomorrow, not of last year
        assert await chat.says(LIAISON, f"/deed {LAMPS} {day}", private=True) == [
            "日期只能是今天及以前，最早到2025年1月1日。请改写后重发。"
        ]


async def test_deed_of_january_may_belong_to_the_year_before(chat: Chat) -> None:
    assert await chat.says(LIAISON, "/deed 清雪 1月10日", private=True, at=JANUARY) == [
        f"已登记：{BANK}，2027年1月10日（周日），清雪，归属2027年。待工作人员确认一次。\n"
        "1月31日前办的可以归属上一年度（管理员设定，非文件原文）。"
    ]
    assert chat.buttons(LIAISON) == ["归属2026年", "归属2027年", "撤销登记"]
    await chat.presses(LIAISON, "归属2026年", private=True)
    assert chat.last(LIAISON).splitlines()[0] == (
        f"已登记：{BANK}，2027年1月10日（周日），清雪，归属2026年（管理员设定，非文件原文）。"
        "待工作人员确认一次。"
    )

    await chat.says(LIAISON, "/deed 清雪 1月10日", private=True)
    assert "归属2026年" in chat.last(LIAISON)
    await chat.presses(WORKER, "确认", private=True)
    assert chat.last(WORKER).endswith("清雪，归属2026年（管理员设定，非文件原文）。")
    assert await chat.presses(LIAISON, "归属2027年", private=True) == [
        "工作人员已确认这项登记。需要撤销的，请与工作人员联系。"
    ]


async def test_deed_of_february_is_given_back_by_a_worker_only(chat: Chat) -> None:
    february = datetime(2027, 2, 10, 10, 0, tzinfo=CHINA)
    await chat.says(LIAISON, "/deed 义诊 2月3日", private=True, at=february)
    assert chat.buttons(LIAISON) == ["撤销登记"]

    await chat.says(WORKER, "/deed 区医院 义诊 2月3日", private=True)
    assert chat.last(WORKER).splitlines()[1] == "归入2026年的为期后登记，不计入2027年。"
    assert chat.buttons(WORKER) == ["归入2026年（期后）", "归属2027年", "撤销登记"]
    await chat.presses(WORKER, "归入2026年（期后）", private=True)
    assert chat.last(WORKER).splitlines()[0] == (
        "已登记：区医院，2027年2月3日（周三），义诊，归属2026年（管理员设定，非文件原文）。"
        "归入2026年：期后登记，不计入本期。"
    )


async def test_deed_is_taken_from_the_open_projects_of_the_unit(chat: Chat) -> None:
    await chat.says(WORKER, "/visit", private=True)
    for label in ("需求、资源、项目", "项目", "新增项目"):
        await chat.presses(WORKER, label, private=True)
    await chat.says(WORKER, "老旧电梯改造；建设银行", private=True)

    await chat.says(LIAISON, "/deed", private=True)
    await chat.presses(LIAISON, "今天", private=True)
    assert chat.buttons(LIAISON) == ["老旧电梯改造", "取消"]
    await chat.presses(LIAISON, "老旧电梯改造", private=True)
    assert chat.last(LIAISON).startswith(f"已登记：{BANK}，2026年11月18日（周三），老旧电梯改造，")


async def test_other_members_are_told_who_registers(chat: Chat) -> None:
    assert await chat.says(FULL_TIMER, "/deed", private=True) == [
        "联系沟通和实事好事由驻区单位的联络员登记，名册中您不是联络员。如需登记，请与工作人员联系。"
    ]
    assert await chat.says(LIAISON, "/deed") == ["这件事请到与我的私聊中办理。"]
    await chat.says(LIAISON, "/deed", private=True)
    message = chat.group.telegram.history[1005][-1]
    for data, refused in (
        ("deed:1:2026-11-18", "该操作由书记或党务工作者办理。"),
        ("deed:8:2026-11-18:99", "这个按钮已失效，请重新发送命令。"),
        ("deed:8:2026-11-31", "这个按钮已失效，请重新发送命令。"),
    ):
        assert await chat.presses_on(LIAISON, 1005, message["message_id"], data) == [refused]
