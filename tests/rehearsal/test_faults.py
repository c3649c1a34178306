"""Errors on order: throttling, failures, and the answer that is lost after the act."""

import httpx
import pytest
from starlette.applications import Starlette
from telegram import Bot
from telegram.error import InvalidToken, NetworkError
from telegram.request import HTTPXRequest

from bot.rehearsal.host import HOST, PortTaken, serve
from bot.rehearsal.server import BotApi
from bot.rehearsal.state import Telegram
from tests.rehearsal.conftest import ANNA, TOKEN, Api


async def test_throttled_bot_is_told_how_long(telegram: Telegram, api: Api) -> None:
    telegram.fail_next(
        "sendMessage", code=429, description="Too Many Requests: retry after 7", retry_after=7
    )

    assert await api("sendMessage", chat_id=ANNA, text="字") == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 7",
        "parameters": {"retry_after": 7},
    }
    assert telegram.history[ANNA] == []


async def test_lost_answer_leaves_the_message_in_the_chat(telegram: Telegram, bot: Bot) -> None:
    telegram.fail_next("sendMessage", lose_answer=True)

    with pytest.raises(NetworkError):
        await bot.send_message(ANNA, "字")
    assert [message["text"] for message in telegram.history[ANNA]] == ["字"]


async def test_fault_passes_after_so_many_times(telegram: Telegram, api: Api) -> None:
    telegram.fail_next("getMe", code=502, description="Bad Gateway", times=2)

    answers = [await api("getMe") for _ in range(3)]
    assert [answer.get("description") for answer in answers] == ["Bad Gateway"] * 2 + [None]
    assert [call.answer for call in telegram.calls] == answers


async def test_wrong_token_is_refused(address: str) -> None:
    async with HTTPXRequest() as request:
        stranger = Bot("500:another-token", base_url=f"{address}/bot", request=request)
        with pytest.raises(InvalidToken):
            await stranger.get_me()
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"{address}/bot500:another-token/getMe")
    assert (answer.status_code, answer.json()) == (
        401,
        {"ok": False, "error_code": 401, "description": "Unauthorized"},
    )


async def test_body_that_is_no_json_is_refused(address: str) -> None:
    async with httpx.AsyncClient() as client:
        answer = await client.post(
            f"{address}/bot{TOKEN}/getMe",
            content=b"{",
            headers={"content-type": "application/json"},
        )

    assert answer.json()["description"] == "Bad Request: can't parse the request"


async def test_port_in_use_is_said(telegram: Telegram, address: str) -> None:
    port = int(address.rpartition(":")[2])
    with pytest.raises(PortTaken):
        async with serve(Starlette(), port=port):
            pass


async def test_server_comes_back_on_its_port(telegram: Telegram) -> None:
    app = Starlette(routes=BotApi(telegram).routes())
    async with serve(app, port=0) as port:
        pass
    async with serve(app, port=port), httpx.AsyncClient() as client:
        answer = await client.get(f"http://{HOST}:{port}/bot{TOKEN}/getMe")

    assert answer.json()["result"]["id"] == 500
