"""Which updates are kept: everything private, and in groups only what is meant for the bot."""

import json
from typing import Any

import pytest

from bot.addressing import Me, arrival
from bot.routing import chinese_words

ME = Me(500, "xingfuli_dangwu_bot", chinese_words())
GROUP = {"id": -100, "type": "supergroup"}
PRIVATE = {"id": 7, "type": "private"}


def message(text: str, chat: dict[str, Any] = GROUP, **more: Any) -> dict[str, Any]:
    return {"update_id": 1, "message": {"chat": chat, "text": text, **more}}


def command(text: str) -> dict[str, Any]:
    length = len(text.split(" ", maxsplit=1)[0])
    return message(text, entities=[{"type": "bot_command", "offset": 0, "length": length}])


def mention(text: str, name: str) -> dict[str, Any]:
    offset = len(text[: text.index(name)].encode("utf-16-le")) // 2
    return message(text, entities=[{"type": "mention", "offset": offset, "length": len(name)}])


@pytest.mark.parametrize(
    "update",
    [
        command("/attend"),
        command("/ask@xingfuli_dangwu_bot 工作会议"),
        command("/ATTEND@XINGFULI_DANGWU_BOT"),
        mention("🙂🙂 @xingfuli_dangwu_bot 多少人到会", "@xingfuli_dangwu_bot"),
        message("那兼职的呢", reply_to_message={"from": {"id": 500}}),
        message("/签到"),
        message("随便说说", PRIVATE),
        message("", migrate_to_chat_id=-200),
    ],
)
def test_what_is_meant_for_the_bot_is_kept(update: dict[str, Any]) -> None:
    kept = arrival(update, ME)

    assert kept.lane == f"chat:{update['message']['chat']['id']}"
    assert json.loads(kept.body or "") == update


@pytest.mark.parametrize(
    "update",
    [
        message("今天中午吃什么"),
        message("签到"),
        message("/签到表在哪"),
        command("/attend@other_bot"),
        mention("@other_bot 你好", "@other_bot"),
        message("好的", reply_to_message={"from": {"id": 8}}),
        message("新话题", reply_to_message={"from": {"id": 500}, "forum_topic_created": {}}),
        {"update_id": 1, "edited_message": {"chat": GROUP, "text": "/attend"}},
        {
            "update_id": 1,
            "channel_post": {"chat": {"id": -3, "type": "channel"}, "text": "/attend"},
        },
    ],
)
def test_of_other_talk_only_the_number_is_kept(update: dict[str, Any]) -> None:
    kept = arrival(update, ME)

    assert (kept.update_id, kept.lane, kept.body) == (1, None, None)


def test_press_goes_to_the_lane_of_its_chat() -> None:
    press = {"update_id": 1, "callback_query": {"from": {"id": 7}, "message": {"chat": GROUP}}}

    assert arrival(press, ME).lane == "chat:-100"
