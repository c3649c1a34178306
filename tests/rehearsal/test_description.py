"""Requests and results are held against the Bot API description; the script that reduces it."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.rehearsal import reduce_api
from bot.rehearsal.description import bot_api, check_request, check_result, typed

USER = {"id": 1, "is_bot": False, "first_name": "安娜"}
CHAT = {"id": 1, "type": "private"}
MESSAGE = {"message_id": 1, "date": 1, "chat": CHAT, "from": USER}


@pytest.mark.parametrize(
    ("method", "given", "complaints"),
    [
        ("sendMessage", {"chat_id": 1, "text": "字"}, []),
        ("sendMessage", {"chat_id": "@name", "text": "字"}, []),
        ("sendMessage", {"chat_id": True, "text": "字"}, ["sendMessage.chat_id: not Integer"]),
        ("sendMessage", {"chat_id": 1}, ["sendMessage.text: missing"]),
        ("sendMessage", {"chat_id": 1, "text": "字", "to": 2}, ["sendMessage.to: unknown"]),
        (
            "sendMessage",
            {"chat_id": 1, "text": "字", "entities": [{"type": "bold", "offset": 0}]},
            ["sendMessage.entities[].length: missing"],
        ),
        (
            "sendMessage",
            {
                "chat_id": 1,
                "text": "字",
                "reply_markup": {"inline_keyboard": [[{"text": "键", "data": "x"}]]},
            },
            ["sendMessage.reply_markup.inline_keyboard[][].data: unknown"],
        ),
        ("setMyCommands", {"commands": {}}, ["setMyCommands.commands[]: not BotCommand"]),
        ("getMe", {}, []),
    ],
)
def test_requests(method: str, given: dict[str, Any], complaints: list[str]) -> None:
    assert check_request(method, given) == complaints


@pytest.mark.parametrize(
    ("method", "result", "complaints"),
    [
        ("sendMessage", MESSAGE, []),
        ("sendMessage", MESSAGE | {"id": 1}, ["sendMessage.id: unknown"]),
        ("sendMessage", MESSAGE | {"chat": {"id": 1}}, ["sendMessage.chat.type: missing"]),
        ("editMessageText", True, []),
        ("editMessageText", MESSAGE, []),
        ("getUpdates", [{"update_id": 1, "message": MESSAGE}], []),
        ("getUpdates", [{"message": MESSAGE}], ["getUpdates[].update_id: missing"]),
        ("getChatMember", {"status": "left", "user": USER}, []),
        ("deleteMessage", 1, ["deleteMessage: not Boolean"]),
    ],
)
def test_results(method: str, result: Any, complaints: list[str]) -> None:
    assert check_result(method, result) == complaints


def test_form_text_becomes_values() -> None:
    given = {"chat_id": "1", "text": "1", "disable_notification": "true", "entities": "[]"}

    assert typed("sendMessage", given) == {
        "chat_id": 1,
        "text": "1",
        "disable_notification": True,
        "entities": [],
    }
    assert typed("sendMessage", {"chat_id": "@name"}) == {"chat_id": "@name"}


def test_script_keeps_names_types_and_what_is_required(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = {"description": ["many words"], "href": "somewhere"}
    field = {"name": "id", "types": ["Integer"], "required": True, "description": "a number"}
    full = {
        "version": "Bot API 0",
        "methods": {"getIt": {"name": "getIt", "returns": ["It"], **words}},
        "types": {
            "It": {"name": "It", "fields": [field], **words},
            "Some": {"name": "Some", "subtypes": ["It"], **words},
        },
    }
    source, target = tmp_path / "full.json", tmp_path / "reduced.json"
    source.write_text(json.dumps(full), "utf-8")
    monkeypatch.setattr(reduce_api, "TARGET", target)
    monkeypatch.setattr(sys, "argv", ["reduce_api", str(source)])
    reduce_api.main()

    assert json.loads(target.read_text("utf-8")) == {
        "version": "Bot API 0",
        "methods": {"getIt": {"fields": {}, "returns": ["It"]}},
        "types": {
            "It": {"fields": {"id": [True, "Integer"]}, "subtypes": []},
            "Some": {"fields": {}, "subtypes": ["It"]},
        },
    }


def test_shipped_description_is_the_librarys_version() -> None:
    from telegram.constants import BOT_API_VERSION

    assert bot_api()["version"] == f"Bot API {BOT_API_VERSION}"
    assert "description" not in bot_api()["types"]["User"]["fields"]["id"]
