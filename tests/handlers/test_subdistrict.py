"""The staff of a subdistrict: bound by a link, 接入确认, the order of the communities, how often they hear of them."""

from bot.rehearsal import cast
from records import subdistricts
from tests.chat import LIAISON, MEMBER, SECRETARY, WORKER, Chat
from tests.handlers.subdistrict import (
    HAPPY,
    NOT_THE_REPLY,
    PEACE,
    STAFF,
    SUBDISTRICT,
    confirmed,
    opened,
    second_community,
    staffed,
)

NOT_STAFF = "这项由街道工作人员办理。街道工作人员请点街道发给您本人的链接，或发送：/bind 绑定码"
THREE = "/overview 各社区情况，/approve 接入确认，/digest 汇总推送设置"


async def test_link_says_who_one_is_and_what_one_can_do(chat: Chat) -> None:
    assert await staffed(chat) == (
        "已确认身份：周游（人民街道工作人员）。\n"
        f"{THREE}。\n"
        "可以看到已接入社区的登记状态和会议的应到、实到人数，看不到姓名和议定事项。\n"
        "汇总推送：每周一09:30（遇休息日顺延到下一个工作日）。个人信息说明见 /privacy。"
    )
    assert await chat.says(STAFF, "/start", private=True) == [
        "周游，您好（人民街道）。直接发送问题即可查询规定。\n"
        f"{THREE}。\n"
        "可以看到已接入社区的登记状态和会议的应到、实到人数，看不到姓名和议定事项。"
    ]


async def test_code_works_once_and_only_for_one_account(chat: Chat) -> None:
    async with chat.group.app.database.begin() as db:
        now = chat.group.clock.now()
        codes = await subdistricts.add(db, SUBDISTRICT, ["孟想", "李敏"], at=now)
    meng, li = (one.code for one in codes)
    (bound,) = await chat.says(STAFF, f"/bind {meng.lower()}", private=True)

    assert bound.startswith("已确认身份：孟想（人民街道工作人员）。")
    assert await chat.says(STAFF, f"/bind {meng}", private=True) == [bound]
    assert await chat.says(MEMBER, f"/bind {meng}", private=True) == [
        "绑定码无效或已使用。请核对后重发，或请工作人员重新发码。"
    ]
    assert await chat.says(STAFF, f"/bind {li}", private=True) == [
        "该身份或您的账号已绑定。如需更换，请与工作人员联系。"
    ]


async def test_help_shows_the_commands_to_staff_only(chat: Chat) -> None:
    await staffed(chat)
    (mine,) = await chat.says(STAFF, "/help", private=True)
    (workers,) = await chat.says(WORKER, "/help", private=True)
    (in_group,) = await chat.says(WORKER, "/help")

    assert f"街道：{THREE}" in mine
    assert "/overview" not in workers + in_group


async def test_nobody_else_gets_in_and_nothing_is_said_in_the_group(chat: Chat) -> None:
    for name in (WORKER, SECRETARY, LIAISON):
        for command in ("/overview", "/approve", "/digest"):
            assert await chat.says(name, command, private=True) == [NOT_STAFF]
    await staffed(chat, LIAISON)
    assert await chat.says(LIAISON, "/overview") == ["这件事请到与我的私聊中办理。"]


async def test_community_is_confirmed_and_hears_what_is_seen(chat: Chat) -> None:
    await staffed(chat)
    assert await chat.says(STAFF, "/overview", private=True) == [
        "还没有已接入的社区。待接入确认1件，请发送 /approve 办理。"
    ]
    assert await chat.says(STAFF, "/approve", private=True) == [
        "待接入确认1件，点社区名称确认：\n"
        "幸福里社区\n"
        "确认后街道可以看到登记状态和会议的应到、实到人数，看不到姓名和议定事项。\n"
        f"{NOT_THE_REPLY}"
    ]

    await chat.presses(STAFF, HAPPY, private=True)

    assert chat.last(STAFF) == f"幸福里社区已接入（2026年11月18日确认）。\n{NOT_THE_REPLY}"
    for name in (WORKER, SECRETARY):
        assert chat.last(name) == (
            "人民街道已确认幸福里社区接入。\n"
            "街道可以看到本社区的登记状态和会议的应到、实到人数，看不到姓名和议定事项；"
            "台账由社区决定是否提供，可随时停止。\n"
            f"{NOT_THE_REPLY}"
        )
        assert chat.buttons(name) == ["向街道提供台账"]
    assert await chat.says(STAFF, "/approve", private=True) == [
        "没有待接入确认的社区。已接入1个社区。"
    ]


async def test_confirming_twice_tells_the_community_once(chat: Chat) -> None:
    await staffed(chat)
    await staffed(chat, LIAISON)
    for name in (STAFF, LIAISON):
        await chat.says(name, "/approve", private=True)
    await chat.presses(STAFF, HAPPY, private=True)
    await chat.presses(LIAISON, HAPPY, private=True)

    told = [one for one in chat.shown(WORKER) if one.startswith("人民街道已确认")]
    assert len(told) == 1


async def test_confirmation_is_taken_back_by_a_second_press(chat: Chat) -> None:
    await staffed(chat)
    await confirmed(chat)
    await chat.says(STAFF, "/approve", private=True)
    for label in ("已接入的社区", HAPPY, "撤销确认"):
        await chat.presses(STAFF, label, private=True)

    assert chat.last(STAFF) == "已撤销幸福里社区的接入确认，街道不再看到该社区的情况。"
    assert chat.last(WORKER) == (
        "人民街道已撤销幸福里社区的接入确认，不再看到本社区的情况。各项功能照常使用。"
    )
    assert await opened(chat) == "还没有已接入的社区。待接入确认1件，请发送 /approve 办理。"
    (audit,) = await chat.says(WORKER, "/audit", private=True)
    assert "11月18日（周三）10:00　人民街道：撤销接入确认\n" in audit
    assert "11月18日（周三）10:00　人民街道：确认接入\n" in audit


async def test_button_of_a_community_that_was_taken_back_is_stale(chat: Chat) -> None:
    await staffed(chat)
    await confirmed(chat)
    await opened(chat, "全部社区")
    place, shown = cast.USER_IDS[STAFF], chat.shown(STAFF)
    message, data = chat._button(place, HAPPY)
    await chat.says(STAFF, "/approve", private=True)
    for label in ("已接入的社区", HAPPY, "撤销确认"):
        await chat.presses(STAFF, label, private=True)

    toasts = await chat.presses_on(STAFF, place, message["message_id"], data)
    assert toasts == ["这个按钮已失效，请重新发送命令。"]
    assert shown[-1] == "已接入1个社区，请选择："


async def test_order_is_that_of_founding_until_the_staff_write_theirs(chat: Chat) -> None:
    await staffed(chat)
    await second_community(chat)
    await confirmed(chat, PEACE, HAPPY)
    await opened(chat, "全部社区")
    assert chat.buttons(STAFF) == [HAPPY, PEACE, "返回"]

    await chat.says(STAFF, "/approve", private=True)
    await chat.presses(STAFF, "社区排序", private=True)
    assert chat.last(STAFF) == (
        "请按行政顺序发送社区名称，每行一个；没有写到的排在后面。现在的顺序：\n"
        "1. 幸福里社区\n"
        "2. 和平里社区"
    )
    assert await chat.says(STAFF, "和平里社区\n不存在社区", private=True) == [
        "本街道没有“不存在社区”。请按 /approve 中的名称，每行写一个社区。"
    ]
    assert await chat.says(STAFF, "和平里社区", private=True) == [
        "已按您写的顺序排列：\n1. 和平里社区\n2. 幸福里社区"
    ]
    await opened(chat, "全部社区")
    assert chat.buttons(STAFF) == [PEACE, HAPPY, "返回"]


async def test_staff_choose_how_often_they_hear(chat: Chat) -> None:
    await staffed(chat)
    assert await chat.says(STAFF, "/digest", private=True) == [
        "汇总推送：每周一09:30（遇休息日顺延到下一个工作日）。\n推送内容与 /overview 相同，只列例外。"
    ]
    await chat.presses(STAFF, "每月第一个工作日", private=True)
    assert chat.last(STAFF).startswith("汇总推送：每月第一个工作日09:30。")
    await chat.presses(STAFF, "不推送", private=True)
    assert chat.last(STAFF).startswith("汇总推送：不推送，可随时发送 /overview 查看。")


async def test_staff_see_and_delete_what_is_kept_of_them(chat: Chat) -> None:
    await staffed(chat)
    assert await chat.says(STAFF, "/mydata", private=True) == [
        "我的信息（人民街道）\n"
        "姓名：周游；身份：街道工作人员\n"
        "账号：已于2026年11月18日（周三）绑定\n"
        "办理过的接入确认、下发和导出，社区可在 /audit 查到街道和时间，不显示您的姓名。"
    ]
    for label in ("删除我的信息", "确认删除"):
        await chat.presses(STAFF, label, private=True)

    assert await chat.says(STAFF, "/overview", private=True) == [NOT_STAFF]
