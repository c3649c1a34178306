"""The page of the rehearsal group: what it shows as JSON, and what its buttons do."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.clock import Clock
from bot.rehearsal import cast, people
from bot.rehearsal.state import Json, Telegram

ASSETS = Path(__file__).with_name("assets")
TYPES = {"page.css": "text/css", "page.js": "text/javascript"}
CALLS_SHOWN = 40
MESSAGES_SHOWN = 200
TOASTS_SHOWN = 20
BEAT = 20.0  # seconds: a sign of life, and the running clock
LONGEST = 5000

Advance = Callable[[str], Awaitable[None]]


def page_routes(telegram: Telegram, clock: Clock, advance: Advance) -> list[Route]:
    page = _Page(telegram, clock, advance)
    return [
        Route("/", page.index),
        Route("/assets/{name}", page.asset),
        Route("/events", page.events),
        Route("/say", page.say, methods=["POST"]),
        Route("/press", page.press, methods=["POST"]),
        Route("/advance", page.advance, methods=["POST"]),
        Route("/files/{file_id}", page.file),
    ]


class _Page:
    def __init__(self, telegram: Telegram, clock: Clock, advance: Advance) -> None:
        self.telegram, self.clock, self._advance = telegram, clock, advance
        self.moving = False

    async def index(self, _request: Request) -> Response:
        return FileResponse(ASSETS / "index.html", media_type="text/html; charset=utf-8")

    async def asset(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in TYPES:
            return _refused("没有这个文件。", 404)
        return FileResponse(ASSETS / name, media_type=f"{TYPES[name]}; charset=utf-8")

    async def events(self, _request: Request) -> Response:
        """The whole state after every change, as server-sent events."""
        headers = {"Cache-Control": "no-store"}
        return StreamingResponse(self._stream(), media_type="text/event-stream", headers=headers)

    async def _stream(self) -> AsyncIterator[str]:
        while not self.telegram.closing:
            seen = self.telegram.revision
            yield f"data: {json.dumps(self.state(), ensure_ascii=False)}\n\n"
            await self.telegram.until(lambda: self.telegram.revision > seen, seconds=BEAT)  # noqa: B023 - awaited here

    def state(self) -> Json:
        telegram = self.telegram
        return {
            "bot": {"name": cast.BOT_NAME, "username": cast.BOT_USERNAME},
            "group": {"id": cast.GROUP_ID, "title": cast.GROUP_TITLE},
            "players": [vars(player) for player in cast.CAST],
            "suggestions": cast.SUGGESTIONS,
            "clock": self.clock.now().isoformat(),
            "moving": self.moving,
            "chats": {
                str(chat_id): [_shown(message) for message in messages[-MESSAGES_SHOWN:]]
                for chat_id, messages in telegram.history.items()
            },
            "toasts": [
                {"number": number, "user_id": toast.user_id, "text": toast.text}
                for number, toast in enumerate(telegram.toasts)
            ][-TOASTS_SHOWN:],
            "calls": [
                {"number": call.number, "method": call.method, "text": _summary(call.parameters)}
                for call in telegram.calls[-CALLS_SHOWN:]
            ],
        }

    async def say(self, request: Request) -> Response:
        given = await request.json()
        text = str(given.get("text", "")).strip()[:LONGEST]
        player = self._player(given)
        if player is None or not text:
            return _refused("请先写点什么再发送。")
        in_group = bool(given.get("in_group"))
        if in_group and not player.in_group:
            return _refused("这位不在群里，请换到私聊。")
        chat_id = cast.GROUP_ID if in_group else None
        people.say(
            self.telegram, player.user_id, text, chat_id=chat_id, reply_to=given.get("reply_to")
        )
        return JSONResponse({"ok": True})

    async def press(self, request: Request) -> Response:
        given = await request.json()
        player = self._player(given)
        chat_id = cast.GROUP_ID if given.get("in_group") else given.get("user_id")
        message = self.telegram.found(chat_id, given.get("message_id"))
        if player is None or message is None:
            return _refused("这个按钮已失效，请刷新页面。")
        people.press(
            self.telegram, player.user_id, chat_id, message["message_id"], str(given.get("data"))
        )
        return JSONResponse({"ok": True})

    async def advance(self, request: Request) -> Response:
        given = await request.json()
        if self.moving:
            return _refused("正在快进，请稍候。")
        self.moving = True
        self.telegram.changed()
        try:
            await self._advance(str(given.get("step")))
        except KeyError:
            return _refused("只能快进一天、一周或一个月。")
        finally:
            self.moving = False
            self.telegram.changed()
        return JSONResponse({"ok": True})

    async def file(self, request: Request) -> Response:
        file_id = request.path_params["file_id"]
        content = self.telegram.files.get(file_id)
        if content is None:
            return _refused("没有这个文件。", 404)
        return Response(content, media_type="application/octet-stream")

    def _player(self, given: Json) -> cast.Player | None:
        return next((p for p in cast.CAST if p.user_id == given.get("user_id")), None)


def _shown(message: Json) -> Json:
    """What the page needs of a message."""
    reply = message.get("reply_to_message")
    return {
        "id": message["message_id"],
        "from": message["from"]["id"],
        "name": message["from"]["first_name"],
        "is_bot": message["from"]["is_bot"],
        "date": message["date"],
        "edited": "edit_date" in message,
        "text": message.get("text") or message.get("caption") or "",
        "entities": message.get("entities") or message.get("caption_entities") or [],
        "buttons": message.get("reply_markup", {}).get("inline_keyboard", []),
        "document": message.get("document"),
        "reply": reply
        and {"name": reply["from"]["first_name"], "text": reply.get("text", "")[:60]},
    }


def _summary(parameters: Json) -> str:
    """The words of a call, shortened for the log."""
    words: Any = parameters.get("text") or parameters.get("caption") or ""
    return str(words).replace("\n", " ")[:60]


def _refused(sentence: str, status: int = 400) -> JSONResponse:
    return JSONResponse({"ok": False, "sentence": sentence}, status_code=status)
