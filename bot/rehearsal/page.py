"""The page of the rehearsal group: what it shows as JSON, and what its buttons do."""

import asyncio
import json
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.clock import Clock
from bot.rehearsal import cast, inline, people
from bot.rehearsal.state import Call, Json, Telegram

logger = logging.getLogger(__name__)

ASSETS = Path(__file__).with_name("assets")
TYPES = {".css": "text/css", ".js": "text/javascript"}
SAFE = {
    # Nothing from elsewhere is loaded, nothing that somebody typed can become a script.
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
CALLS_SHOWN = 40
MESSAGES_SHOWN = 200
TOASTS_SHOWN = 20
BEAT = 20.0  # seconds: a sign of life, and the running clock
TOGETHER = 0.03  # seconds in which changes are gathered into one event
LONGEST = 5000
PATIENCE = 10.0  # seconds in which an inline query can be answered
LARGEST = 128 * 1024 * 1024  # bytes: more than a bot may fetch, so that one sees what it says

Advance = Callable[[str], Awaitable[None]]


def page_routes(telegram: Telegram, clock: Clock, advance: Advance) -> list[Route]:
    page = _Page(telegram, clock, advance)
    return [
        Route("/", page.index),
        Route("/assets/{name}", page.asset),
        Route("/events", page.events),
        Route("/say", page.say, methods=["POST"]),
        Route("/press", page.press, methods=["POST"]),
        Route("/inline", page.search, methods=["POST"]),
        Route("/choose", page.choose, methods=["POST"]),
        Route("/send", page.send, methods=["POST"]),
        Route("/advance", page.advance, methods=["POST"]),
        Route("/files/{file_id}", page.file),
    ]


class _Page:
    def __init__(self, telegram: Telegram, clock: Clock, advance: Advance) -> None:
        self.telegram, self.clock, self._advance = telegram, clock, advance
        self.moving = False
        self.newest: dict[int, str] = {}  # person → the inline query that is waited for
        self.session = secrets.token_hex(8)  # a page that outlives the program loads anew

    async def index(self, _request: Request) -> Response:
        kind = "text/html; charset=utf-8"
        return FileResponse(ASSETS / "index.html", media_type=kind, headers=SAFE)

    async def asset(self, request: Request) -> Response:
        path = ASSETS / request.path_params["name"]
        if path.suffix not in TYPES or not path.is_file():
            return _refused("没有这个文件。", 404)
        return FileResponse(path, media_type=f"{TYPES[path.suffix]}; charset=utf-8", headers=SAFE)

    async def events(self, _request: Request) -> Response:
        """The whole state after every change, as server-sent events."""
        return StreamingResponse(self._stream(), media_type="text/event-stream", headers=SAFE)

    async def _stream(self) -> AsyncIterator[str]:
        telegram = self.telegram
        while not telegram.closing:
            seen = telegram.revision
            yield f"data: {json.dumps(self.state(), ensure_ascii=False)}\n\n"
            await telegram.until(lambda: telegram.revision > seen, seconds=BEAT)  # noqa: B023 - awaited here
            await asyncio.sleep(TOGETHER)

    def state(self) -> Json:
        telegram = self.telegram
        return {
            "session": self.session,
            "bot": {"name": cast.BOT_NAME, "username": cast.BOT_USERNAME},
            "group": {"id": cast.GROUP_ID, "title": cast.GROUP_TITLE},
            "players": [vars(player) for player in cast.CAST],
            "suggestions": [vars(suggestion) for suggestion in cast.SUGGESTIONS],
            "menus": self._menus(),
            "managers": sorted(telegram.administrators[cast.GROUP_ID]),
            "clock": self.clock.now().isoformat(),
            "moving": self.moving,
            "chats": {
                str(chat_id): [_shown(message) for message in messages[-MESSAGES_SHOWN:]]
                for chat_id, messages in telegram.history.items()
            },
            "toasts": [
                {"number": number, **vars(toast)} for number, toast in enumerate(telegram.toasts)
            ][-TOASTS_SHOWN:],
            "calls": [_line(call) for call in telegram.calls[-CALLS_SHOWN:]],
        }

    def _menus(self) -> dict[str, list[Json]]:
        """The commands the bot offers, by the kind of chat."""
        return {
            json.loads(scope)["type"]: commands
            for scope, commands in self.telegram.commands.items()
        }

    async def say(self, request: Request) -> Response:
        given = await _body(request)
        text = str(given.get("text", "")).strip()[:LONGEST]
        player = _player(given)
        if player is None or not text:
            return _refused("请先写点什么再发送。")
        in_group = bool(given.get("in_group"))
        if in_group and not player.in_group:
            return _refused("这位不在群里，请换到私聊。")
        chat_id = cast.GROUP_ID if in_group else player.user_id
        people.say(
            self.telegram, player.user_id, text, chat_id=chat_id, reply_to=given.get("reply_to")
        )
        return JSONResponse({"ok": True})

    async def press(self, request: Request) -> Response:
        given = await _body(request)
        player = _player(given)
        chat_id = cast.GROUP_ID if given.get("in_group") else given.get("user_id", 0)
        message = self.telegram.found(chat_id, given.get("message_id", 0))
        if player is None or message is None:
            return _refused("这个按钮已失效，请刷新页面。")
        people.press(
            self.telegram, player.user_id, chat_id, message["message_id"], str(given.get("data"))
        )
        return JSONResponse({"ok": True})

    async def search(self, request: Request) -> Response:
        """What the bot lists for the words behind its name; nothing if it does not answer in time.

        Whoever types on waits for the newest list only.
        """
        given = await _body(request)
        player = _player(given)
        if player is None:
            return _refused("请先选一个人。")
        chat_id = cast.GROUP_ID if given.get("in_group") else player.user_id
        words, offset = str(given.get("words", "")), str(given.get("offset", ""))
        telegram = self.telegram
        number = inline.search(telegram, player.user_id, words, chat_id=chat_id, offset=offset)
        search = telegram.searches[number]
        self.newest[player.user_id] = number
        telegram.stir()
        await telegram.until(
            lambda: search.answer is not None or self.newest[player.user_id] != number,
            seconds=PATIENCE,
        )
        return JSONResponse({"ok": True, "number": number, **_listed(search.answer or {})})

    async def choose(self, request: Request) -> Response:
        given = await _body(request)
        player = _player(given)
        number, result = str(given.get("number")), str(given.get("result"))
        if player is None or number not in self.telegram.searches:
            return _refused("这条结果已失效，请重新输入。")
        if given.get("in_group") and not player.in_group:
            return _refused("这位不在群里，请换到私聊。")
        chat_id = cast.GROUP_ID if given.get("in_group") else player.user_id
        inline.choose(self.telegram, number, result, chat_id=chat_id)
        return JSONResponse({"ok": True})

    async def send(self, request: Request) -> Response:
        """A file for the private chat: its bytes are the body, its name stands in the address."""
        name, user_id = (request.query_params.get(key, "") for key in ("name", "user_id"))
        player = _player({"user_id": int(user_id) if user_id.isdecimal() else 0})
        if player is None or request.headers.get("content-type") != "application/octet-stream":
            return _refused("请先选一个人，再发送文件。")
        content = bytearray()
        async for piece in request.stream():
            content += piece
            if len(content) > LARGEST:
                return _refused("文件太大，演练群最多接收128 MB。", 413)
        people.send_document(self.telegram, player.user_id, name, bytes(content))
        return JSONResponse({"ok": True})

    async def advance(self, request: Request) -> Response:
        given = await _body(request)
        if self.moving:
            return _refused("正在快进，请稍候。")
        self._move(moving=True)
        try:
            await self._advance(str(given.get("step")))
        except KeyError:
            return _refused("只能快进一天、一周或一个月。")
        except Exception:
            logger.exception("the clock could not be moved")
            return _refused("快进没有完成，请看终端里的说明。", 500)
        finally:
            self._move(moving=False)
        return JSONResponse({"ok": True})

    def _move(self, *, moving: bool) -> None:
        self.moving = moving
        self.telegram.changed()

    async def file(self, request: Request) -> Response:
        file_id = request.path_params["file_id"]
        content = self.telegram.files.get(file_id)
        if content is None:
            return _refused("没有这个文件。", 404)
        return Response(content, media_type="application/octet-stream", headers=SAFE)


async def _body(request: Request) -> Json:
    """What the page sends; nothing if it is not ours: another site cannot post JSON here."""
    if request.headers.get("content-type") != "application/json":
        return {}
    try:
        given = await request.json()
    except ValueError:
        return {}
    return given if isinstance(given, dict) else {}


def _player(given: Json) -> cast.Player | None:
    return next((p for p in cast.CAST if p.user_id == given.get("user_id")), None)


def _shown(message: Json) -> Json:
    """What the page needs of a message."""
    reply = message.get("reply_to_message")
    if reply is not None and "forum_topic_created" in reply:
        reply = None
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
        "via": message.get("via_bot", {}).get("username"),
        "reply": reply
        and {"name": reply["from"]["first_name"], "text": reply.get("text", "")[:60]},
    }


def _listed(answer: Json) -> Json:
    """What the page needs of a list: the messages themselves stay here until one is chosen."""
    return {
        "results": [
            {name: result.get(name, "") for name in ("id", "title", "description")}
            for result in answer.get("results", [])
        ],
        "next_offset": answer.get("next_offset", ""),
        "button": answer.get("button"),
    }


def _line(call: Call) -> Json:
    """A call in the log: to whom, the beginning of its words, and what went wrong."""
    words = call.parameters.get("text") or call.parameters.get("caption") or ""
    answer = call.answer or {}
    if "results" in call.parameters:
        words = f"{len(call.parameters['results'])} 条"
    return {
        "number": call.number,
        "method": call.method,
        "chat": call.parameters.get("chat_id"),
        "text": str(words).replace("\n", " ")[:60],
        "error": answer.get("description"),
    }


def _refused(sentence: str, status: int = 400) -> JSONResponse:
    return JSONResponse({"ok": False, "sentence": sentence}, status_code=status)
