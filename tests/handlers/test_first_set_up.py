"""The first set-up by whoever adds the bot: a link in the group, the name, the roster, who one is."""

import io

import pytest
from openpyxl import load_workbook

from bot.rehearsal import cast, people
from tests.chat import LIAISON, MEMBER, STRANGER, WORKER, Chat

GROUP = -100777
LINK = f"/start setup_{GROUP}"
ROSTER = """张伟 书记 专职 直接进入 和平社区党委
李娜 副书记 专职 上级任命
王芳 委员 兼职 五个程序 第二小学
周游 党务工作者"""


@pytest.fixture
async def new_group(chat: Chat) -> int:
    """Another group, administered by the stranger, who has just added the bot."""
    telegram, user_id = chat.group.telegram, cast.USER_IDS[STRANGER]
    telegram.chats[GROUP] = {"id": GROUP, "type": "supergroup", "title": "和平社区大党委工作群"}
    telegram.members[GROUP] = {user_id, cast.USER_IDS[MEMBER], cast.USER_IDS[WORKER]}
    telegram.administrators[GROUP] = {user_id}
    people.add_bot(telegram, user_id, GROUP)
    await chat.group.settled()
    return GROUP


def said_in(chat: Chat, group: int) -> list[str]:
    return [m["text"] for m in chat.group.telegram.history[group] if m["from"]["is_bot"]]


async def test_whoever_added_it_sets_it_up_in_two_steps(chat: Chat, new_group: int) -> None:
    assert said_in(chat, new_group) == [
        "大家好，我是社区党务助手，可以查规定、办会议签到、提示例行事项。"
        "@我或使用命令时我才回应，不保存、不分析其他聊天内容。\n"
        "请书记或党务工作者点下方按钮完成设置。"
    ]
    keyboard = chat.group.telegram.history[new_group][-1]["reply_markup"]["inline_keyboard"]
    assert keyboard[0][0]["url"].endswith(f"?start=setup_{new_group}")

    assert await chat.says(STRANGER, LINK, private=True) == [
        "正在核对您在该群的管理员身份，请稍候。",
        "已核对，可以设置。\n"
        "共两步：社区名称、班子成员名册。其余都有默认设置，以后可改。\n"
        "第一步：请写明街道和社区名称，例如：人民街道 幸福里社区",
    ]
    (second,) = await chat.says(STRANGER, "光明街道和平社区", private=True)
    assert second.splitlines()[:2] == ["社区名称：和平社区（光明街道）。", "第二步：班子成员名册。"]
    assert chat.buttons(STRANGER) == ["下载模板", "取消"]

    assert await chat.says(STRANGER, ROSTER, private=True) == [
        "名册核对：和平社区班子成员3人，其他人员1人。\n"
        "名单：张伟（书记，专职，和平社区党委）、李娜（副书记，专职）、王芳（委员，兼职，第二小学）\n"
        "其他人员：周游：党务工作者\n"
        "新登记单位：和平社区党委、第二小学\n"
        "单位的“驻区单位”“有党组织”两项请在 /units 核对。\n"
        "委员数3名，问答第2问为“原则上9-11名”，请核对席位。\n"
        "兼职1名，问答第2问为“原则上配备7-9名,辖区单位多的可适当增加,"
        "辖区单位少的可适当减少”，请核对席位。\n"
        "以上只作提示，不影响办理。\n"
        "请对照街道党工委的批复核对名单。"
    ]
    await chat.presses(STRANGER, "确认导入", private=True)
    assert chat.shown(STRANGER)[-1] == "您是名册中的哪位？选定后完成导入，并确认您的身份。"
    assert chat.buttons(STRANGER) == [
        "张伟（和平社区党委）", "李娜", "王芳（第二小学）", "周游", "名册中没有我", "取消",
    ]  # fmt: skip

    await chat.presses(STRANGER, "周游", private=True)
    assert chat.shown(STRANGER)[-1] == (
        "设置完成：和平社区，班子成员3人。\n"
        "已确认您的身份：周游（党务工作者）。\n"
        "本助手自2026年11月18日启用，此前未登记的显示为启用前无记录，可以补录。\n"
        "不打卡、不排名、不分析群聊。\n"
        "三分之二的基数等口径先按默认，每项附原文，见 /settings。\n"
        "建议至少有两名党务工作者或书记确认身份，以便一人离岗后仍能办理。"
    )
    assert chat.buttons(STRANGER) == ["班子名册", "单位名录", "绑定条", "设置"]
    assert len(said_in(chat, new_group)) == 1
    people.say(chat.group.telegram, cast.USER_IDS[STRANGER], "/meeting", chat_id=new_group)
    await chat.group.settled()
    assert said_in(chat, new_group)[-1] == "还没有登记会议。请工作人员用 /newmeeting 登记。"


async def test_who_is_not_in_the_roster_writes_his_name(chat: Chat, new_group: int) -> None:
    await _up_to_the_roster(chat, "张伟 书记 专职 直接进入")
    await chat.presses(STRANGER, "确认导入", private=True)
    await chat.presses(STRANGER, "名册中没有我", private=True)

    (home,) = await chat.says(STRANGER, "周游", private=True)

    assert home.splitlines()[:2] == [
        "设置完成：和平社区，班子成员1人。",
        "已确认您的身份：周游（党务工作者）。",
    ]


async def test_party_secretary_who_sets_up_manages_by_his_post(chat: Chat, new_group: int) -> None:
    await _up_to_the_roster(chat, "周游 书记 专职 直接进入")
    await chat.presses(STRANGER, "确认导入", private=True)
    await chat.presses(STRANGER, "周游", private=True)

    assert "已确认您的身份：周游（书记）。" in chat.last(STRANGER)


async def test_only_an_administrator_of_the_group_may_set_it_up(chat: Chat, new_group: int) -> None:
    refused = "没有查到您在该群的管理员身份，不能设置。请由有管理员身份的同志点群里的按钮。"

    assert (await chat.says(MEMBER, LINK, private=True))[-1] == refused
    assert (await chat.says(STRANGER, "/start setup_-100123", private=True))[-1] == refused


async def test_worker_loaded_at_the_keyboard_is_led_to_start(chat: Chat, new_group: int) -> None:
    async with chat.group.app.database.begin() as db:
        await db.exec_driver_sql("UPDATE communities SET group_chat_id = NULL")

    assert await chat.says(WORKER, LINK, private=True) == [
        "幸福里社区已经设置。请在群里发送 /start，把本群关联到幸福里社区。"
    ]


async def test_group_that_is_set_up_is_not_set_up_again(chat: Chat, new_group: int) -> None:
    (answer,) = await chat.says(LIAISON, f"/start setup_{cast.GROUP_ID}", private=True)

    assert answer == ("该群已设置为幸福里社区的工作群。请使用工作人员给您的个人链接确认身份。")


async def test_name_of_another_community_is_told_apart_by_the_subdistrict(
    chat: Chat, new_group: int
) -> None:
    await chat.says(STRANGER, LINK, private=True)
    for words in ("", "13800000000", "一 二 三"):
        assert (await chat.says(STRANGER, words or "😀" * 60, private=True))[-1].startswith(
            "没有看懂名称。"
        )
    assert await chat.says(STRANGER, "幸福里社区", private=True) == [
        "“幸福里社区”已经设置。同名而不同街道的，请连同街道一起写；"
        "是同一社区的，请与原工作人员联系。"
    ]

    (second,) = await chat.says(STRANGER, "光明街道 幸福里社区", private=True)

    assert second.startswith("社区名称：光明街道幸福里社区（光明街道）。")


async def test_cancelled_set_up_leaves_nothing(chat: Chat, new_group: int) -> None:
    await _up_to_the_roster(chat, ROSTER)
    await chat.presses(STRANGER, "取消", private=True)

    assert chat.last(STRANGER) == "已取消，没有登记任何内容。"
    assert (await chat.says(STRANGER, "/roster", private=True))[0].startswith("还没有确认您的身份")
    people.say(chat.group.telegram, cast.USER_IDS[MEMBER], "/attend", chat_id=new_group)
    await chat.group.settled()
    assert said_in(chat, new_group)[-1].startswith("本群还没有关联社区。")


async def test_bot_that_is_added_again_knows_the_group(chat: Chat) -> None:
    telegram, worker = chat.group.telegram, cast.USER_IDS[WORKER]
    people.remove_bot(telegram, worker, cast.GROUP_ID)
    people.add_bot(telegram, worker, cast.GROUP_ID)
    await chat.group.settled()

    assert chat.last() == "本群已关联幸福里社区。查询规定请用 /ask，其他用法见 /help。"


async def _up_to_the_roster(chat: Chat, roster: str) -> None:
    await chat.says(STRANGER, LINK, private=True)
    await chat.says(STRANGER, "光明街道 和平社区", private=True)
    await chat.says(STRANGER, roster, private=True)


async def test_template_may_be_filled_in_instead_of_text(chat: Chat, new_group: int) -> None:
    await chat.says(STRANGER, LINK, private=True)
    await chat.says(STRANGER, "光明街道 和平社区", private=True)
    await chat.presses(STRANGER, "下载模板", private=True)
    telegram, place = chat.group.telegram, cast.USER_IDS[STRANGER]
    sent = telegram.history[place][-1]
    assert sent["caption"] == "名册模板。填好后直接发到这里；写法见“填表说明”。"
    made = load_workbook(io.BytesIO(telegram.files[sent["document"]["file_id"]]))
    assert made.sheetnames == ["单位", "人员", "填表说明"]
    made["单位"].append(["第二小学", "是", "是"])
    made["人员"].append(["张伟", None, "书记", "专职", "直接进入", "否", None, None, None])
    made["人员"].append(["王芳", "第二小学", "委员", "兼职", "五个程序", "否", None, "2026-03-01"])
    stream = io.BytesIO()
    made.save(stream)

    answer = await chat.sends_file(STRANGER, "名册.xlsx", stream.getvalue())
    assert answer[-1].splitlines()[1] == (
        "名单：张伟（书记，专职）、王芳（委员，兼职，第二小学，2026年3月1日（周日）起）"
    )
    await chat.presses(STRANGER, "确认导入", private=True)
    await chat.presses(STRANGER, "张伟", private=True)

    assert "已确认您的身份：张伟（书记）。" in chat.last(STRANGER)
    (listed,) = await chat.says(STRANGER, "/units", private=True)
    assert listed.startswith("和平社区单位名录：1个单位，其中1个列入每半年联系沟通")


async def test_who_keeps_two_communities_is_asked_which(chat: Chat, new_group: int) -> None:
    chat.group.telegram.administrators[new_group].add(cast.USER_IDS[WORKER])
    await chat.says(WORKER, LINK, private=True)
    await chat.says(WORKER, "光明街道 和平社区", private=True)
    await chat.says(WORKER, "王岚 党务工作者", private=True)
    await chat.presses(WORKER, "确认导入", private=True)
    await chat.presses(WORKER, "王岚", private=True)

    for command in ("/roster", "/units", "/settings"):
        assert await chat.says(WORKER, command, private=True) == ["请选择社区："]
        await chat.presses(WORKER, "和平社区", private=True)
        assert chat.last(WORKER).startswith("和平社区")
