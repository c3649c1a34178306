"""Bad input gets one clear sentence, or silence in a group where silence is right; nothing is half done."""

import pytest

from bot.rehearsal import cast
from tests.chat import MEMBER, WORKER, Chat

UNKNOWN = "没有这个命令。请发送 /help 查看可以办理的事项。"
NOT_TEXT = "暂不能识别语音、图片和文件，请点按钮或打字。"
TOO_LONG = "文字太长，请缩短到500字以内再发。"
NO_ANSWER = "已收录的文件中未找到相关规定，不能作答。可以换个说法再问，或请工作人员答复。"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("/nosuch", UNKNOWN),
        ("/ask", "请在 /ask 后写上问题，例如：/ask 工作会议要多少人到会"),
        ("/ask   ", "请在 /ask 后写上问题，例如：/ask 工作会议要多少人到会"),
        ("问" * 4096, TOO_LONG),
        ("😀😀😀", NO_ANSWER),
        ("\u200b\ufeff。？！", NO_ANSWER),
    ],
)
async def test_in_private_each_gets_its_sentence(chat: Chat, words: str, sentence: str) -> None:
    assert await chat.says(MEMBER, words, private=True) == [sentence]


async def test_voice_and_pictures_are_not_understood(chat: Chat) -> None:
    voice = {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 2}}

    assert await chat.says(MEMBER, "", private=True, media=voice) == [NOT_TEXT]
    assert await chat.says(MEMBER, "", media=voice) == []


async def test_forwarded_command_in_private_is_said_to_be_none(chat: Chat) -> None:
    assert await chat.says(MEMBER, "/attend", private=True, forwarded=True) == [
        "转发的消息不作为命令，请直接发送。"
    ]


@pytest.mark.parametrize(
    "words", ["/nosuch", "/attend@other_bot", "签到", "你好", "/签到表在哪", "@other_bot 你好"]
)
async def test_in_the_group_what_is_not_meant_for_it_meets_silence(chat: Chat, words: str) -> None:
    chat.group.telegram.privacy_mode = False

    assert await chat.says(MEMBER, words) == []


async def test_unknown_command_that_names_the_bot_is_answered(chat: Chat) -> None:
    assert await chat.says(MEMBER, f"/nosuch@{cast.BOT_USERNAME}") == [UNKNOWN]


async def test_slash_and_chinese_word_is_a_command_where_it_arrives(chat: Chat) -> None:
    chat.group.telegram.privacy_mode = False

    assert await chat.says(MEMBER, "/签到") == ["目前没有正在签到的会议。"]


async def test_button_of_nothing_says_so(chat: Chat) -> None:
    await chat.says(WORKER, "/newmeeting 明天下午3点 工作会议")
    number = chat.group.telegram.history[cast.GROUP_ID][-1]["message_id"]

    for data in ("nosuch", "nosuch:1", "ask:nosuch:1:2"):
        assert await chat.presses_on(MEMBER, cast.GROUP_ID, number, data) == [
            "这个按钮已失效，请重新发送命令。"
        ]


@pytest.mark.parametrize(
    "data", ["attend:x", "leave:99", "contact:a:b:c", "ask:::", "contact:1", "contact:1:2026-02-31"]
)
async def test_forged_button_changes_nothing_and_does_not_die(chat: Chat, data: str) -> None:
    await chat.says(MEMBER, "/help", private=True)
    place = cast.USER_IDS[MEMBER]
    number = chat.group.telegram.history[place][-1]["message_id"]

    assert len(await chat.presses_on(MEMBER, place, number, data)) == 1
    assert "死信" not in "".join(chat.shown(WORKER))
