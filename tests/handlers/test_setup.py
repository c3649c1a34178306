"""Beginning: the first message in a group, binding, help, privacy, menus."""

from bot.rehearsal import cast, people
from tests.chat import MEMBER, STRANGER, WORKER, Chat


async def test_first_message_in_the_group_then_the_worker_joins_it(chat: Chat) -> None:
    assert chat.shown()[:2] == [
        "大家好，我是社区党务助手，可以查规定、办会议签到、提示例行事项。"
        "@我或使用命令时我才回应，不保存、不分析其他聊天内容。\n"
        "请书记或党务工作者点下方按钮完成设置。",
        "本群已关联幸福里社区。查询规定请用 /ask，其他用法见 /help。",
    ]


async def test_link_bound_the_worker_and_says_what_comes_next(chat: Chat) -> None:
    assert chat.shown(WORKER) == [
        "已确认身份：王岚（幸福里社区党务工作者）。\n"
        "提醒会发到这里；用法见 /help，个人信息说明见 /privacy。\n"
        "请把我加入工作群，并在群里发送 /start 关联本社区。"
    ]


async def test_whoever_opened_anothers_link_says_so_with_one_press(chat: Chat) -> None:
    assert chat.buttons(MEMBER) == ["不是我"]
    await chat.presses(MEMBER, "不是我", private=True)

    assert chat.last(MEMBER) == "已解除绑定。请向工作人员索取您本人的链接或绑定码。"
    assert chat.last(WORKER) == (
        "有人打开了陈敏的个人链接，表示不是本人，已解除绑定。请核对后重新发放绑定码。"
    )
    assert await chat.says(MEMBER, "/leave", private=True) == [
        "还没有确认您的身份。请点工作人员给您的个人链接，或发送：/bind 绑定码"
    ]


async def test_code_typed_by_another_is_refused(chat: Chat) -> None:
    used = chat.group.telegram.history[cast.USER_IDS[MEMBER]][0]["text"].removeprefix("/start ")
    assert await chat.says(STRANGER, "/bind", private=True) == [
        "请在 /bind 后写上绑定码，例如：/bind 7R9JSFZP9T"
    ]
    for words in (f"/bind {used}", "/bind 没有这个码", "/bind　NOSUCHCODE", "/start NOSUCHCODE"):
        assert await chat.says(STRANGER, words, private=True) == [
            "绑定码无效或已使用。请核对后重发，或请工作人员重新发码。"
        ]


async def test_binding_is_not_done_before_an_audience(chat: Chat) -> None:
    assert await chat.says(STRANGER, "/bind ABCDEFGHJK") == ["这件事请到与我的私聊中办理。"]


async def test_stranger_is_greeted_and_told_how_to_be_known(chat: Chat) -> None:
    assert await chat.says(STRANGER, "/start", private=True) == [
        "您好，我是社区党务助手，可以查规定、办会议签到、提示例行事项。直接发送问题即可查询。\n"
        "委员、联络员和党务工作者请使用工作人员给您的个人链接，或发送：/bind 绑定码"
    ]


async def test_known_member_is_greeted_by_name(chat: Chat) -> None:
    (answer,) = await chat.says(MEMBER, "/start", private=True)

    assert answer.startswith("陈敏同志，您好。")


async def test_help_fits_in_twelve_lines_and_names_every_command(chat: Chat) -> None:
    (in_group,) = await chat.says(MEMBER, "/help")
    (private,) = await chat.says(MEMBER, "帮助", private=True)

    assert len(in_group.splitlines()) <= 12
    assert "/attend 会议签到" in in_group
    assert "/contact" not in in_group
    assert "/contact 登记联系沟通" in private
    assert (
        "书记、党务工作者：/newmeeting 新建会议，/opensign 开始签到，/closesign 结束签到"
        in in_group
    )


async def test_privacy_says_what_is_kept_and_what_is_not(chat: Chat) -> None:
    (answer,) = await chat.says(MEMBER, "/privacy")

    assert answer.splitlines()[1] == (
        "只保存：姓名、职务、席位、任期、单位、账号编号、会议签到、联系沟通等登记、走访人员和操作记录。"
    )


async def test_menus_have_chinese_descriptions_and_members_see_eight(chat: Chat) -> None:
    menus = chat.group.telegram.commands
    in_groups = menus['{"type": "all_group_chats"}']

    assert [entry["command"] for entry in in_groups] == [
        "ask", "attend", "leave", "meeting", "duty", "sources", "privacy", "help",
    ]  # fmt: skip
    assert in_groups[1] == {"command": "attend", "description": "会议签到"}
    assert len(menus['{"type": "all_chat_administrators"}']) == 8 + 7


async def test_second_group_cannot_be_joined_to_the_same_community(chat: Chat) -> None:
    telegram = chat.group.telegram
    telegram.chats[-100777] = {"id": -100777, "type": "supergroup", "title": "另一个群"}
    people.add_bot(telegram, cast.USER_IDS[WORKER], -100777)
    for name, words in ((WORKER, "/start"), (MEMBER, "/attend")):
        people.say(telegram, cast.USER_IDS[name], words, chat_id=-100777)
    await chat.group.settled()

    assert [m["text"] for m in telegram.history[-100777] if m["from"]["is_bot"]][1:] == [
        "本群已关联其他社区，或您的社区已关联其他群。如需更换，请与工作人员联系。",
        "本群还没有关联社区。请书记或党务工作者在群里发送 /start。",
    ]


async def test_group_that_becomes_a_supergroup_goes_on(chat: Chat) -> None:
    telegram = chat.group.telegram
    people.migrate(telegram, cast.GROUP_ID, -1009999)
    await chat.group.settled()
    people.say(telegram, cast.USER_IDS[WORKER], "/opensign", chat_id=-1009999)
    await chat.group.settled()

    assert telegram.history[-1009999][-1]["text"] == (
        "还没有登记会议。请工作人员用 /newmeeting 登记。"
    )
