"""A local Telegram with three people, a group and a bot, served over HTTP."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from telegram import Bot

from bot.rehearsal.host import HOST, serve
from bot.rehearsal.server import BotApi
from bot.rehearsal.state import Json, Telegram
from records.calendar import CHINA

TOKEN = "500:a-token-of-the-local-server"  # noqa: S105 - of no real bot
ANNA, BORIS, CHEN = 11, 12, 13  # Chen is in no group and has never written
GROUP = -1001
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=CHINA)


@dataclass(frozen=True)
class Api:
    """A plain HTTP client of the bot's."""

    client: httpx.AsyncClient
    base_url: str

    async def __call__(self, method: str, **parameters: Any) -> Json:
        """The whole answer to a request with a JSON body."""
        response = await self.client.post(f"{self.base_url}/{method}", json=parameters)
        answer: Json = response.json()
        assert response.status_code == answer.get("error_code", 200)
        return answer


def local_telegram() -> Telegram:
    bot = {"id": 500, "is_bot": True, "first_name": "助手", "username": "helper_bot"}
    telegram = Telegram(TOKEN, bot, lambda: NOON)
    for user_id, name in ((ANNA, "安娜"), (BORIS, "鲍里斯"), (CHEN, "陈")):
        telegram.users[user_id] = {"id": user_id, "is_bot": False, "first_name": name}
    telegram.chats[GROUP] = {"id": GROUP, "type": "supergroup", "title": "工作群"}
    telegram.members[GROUP] = {ANNA, BORIS, 500}
    telegram.started |= {ANNA, BORIS}
    return telegram


@pytest.fixture
def telegram() -> Telegram:
    return local_telegram()


@pytest.fixture
async def address(telegram: Telegram) -> AsyncIterator[str]:
    async with serve(Starlette(routes=BotApi(telegram).routes()), port=0) as port:
        yield f"http://{HOST}:{port}"
        await telegram.close()


@pytest.fixture
async def api(address: str) -> AsyncIterator[Api]:
    async with httpx.AsyncClient(timeout=10) as client:
        yield Api(client, f"{address}/bot{TOKEN}")


@pytest.fixture
async def bot(address: str) -> AsyncIterator[Bot]:
    """The library the program uses, in front of the local server."""
    async with Bot(
        TOKEN, base_url=f"{address}/bot", base_file_url=f"{address}/file/bot"
    ) as connected:
        yield connected
