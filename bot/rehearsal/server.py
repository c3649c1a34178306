"""The Bot API over HTTP, as the real one answers, in front of the local Telegram."""

import copy
import json
from dataclasses import replace
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.rehearsal.description import bot_api, check_request, check_result, method_named, typed
from bot.rehearsal.methods import METHODS
from bot.rehearsal.state import ApiError, Call, Fault, Json, Telegram

OTHER_POLLER = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
WEBHOOK_SET = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
WEBHOOK_CAME = "Conflict: terminated by setWebhook request"
EMPTY = {"chat_id": "Bad Request: chat_id is empty", "text": "Bad Request: message text is empty"}
BATCH = 100
LONGEST_POLL = 50  # seconds


class BotApi:
    """Answers one bot's requests."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram
        self._poller = 0

    def routes(self) -> list[Route]:
        return [
            Route("/bot{token}/{method}", self._method, methods=["GET", "POST"]),
            Route("/file/bot{token}/documents/{file_id}", self._file),
        ]

    async def _file(self, request: Request) -> Response:
        content = self.telegram.files.get(request.path_params["file_id"])
        if request.path_params["token"] != self.telegram.token or content is None:
            return _answered(_failed(ApiError(404, "Not Found")))
        return Response(content, media_type="application/octet-stream")

    async def _method(self, request: Request) -> Response:
        if request.path_params["token"] != self.telegram.token:
            return _answered(_failed(ApiError(401, "Unauthorized")))
        method = method_named(request.path_params["method"])
        if method is None:
            return _answered(_failed(ApiError(404, "Not Found: method not found")))
        try:
            given = typed(method, await _parameters(request))
        except ValueError:
            return _answered(_failed(ApiError(400, "Bad Request: can't parse the request")))
        fault = self._expected(method)
        call = self._noted(method, given)
        failed = fault is not None and not fault.lose_answer
        answer = _failed(fault.error) if fault and failed else await self._answer(method, given)
        if call is not None:
            self.telegram.calls[call.number - 1] = replace(call, answer=answer)
            self.telegram.changed()
        return _answered(answer) if fault is None or failed else _HungUp()

    def _expected(self, method: str) -> Fault | None:
        """The fault that was ordered for this call, if any."""
        waiting = self.telegram.faults[method]
        return waiting.popleft() if waiting else None

    def _noted(self, method: str, given: Json) -> Call | None:
        """Write the call down; polling is not worth a line."""
        telegram = self.telegram
        telegram.complaints += check_request(method, given)
        if method == "getUpdates":
            return None
        telegram.calls.append(Call(len(telegram.calls) + 1, method, given))
        return telegram.calls[-1]

    async def _answer(self, method: str, given: Json) -> Json:
        try:
            result = await self._carried_out(method, given)
        except ApiError as error:
            return _failed(error)
        self.telegram.complaints += check_result(method, result)
        return {"ok": True, "result": copy.deepcopy(result)}

    async def _carried_out(self, method: str, given: Json) -> Any:
        fields = bot_api()["methods"][method]["fields"]
        for name, complaint in EMPTY.items():
            if name in fields and fields[name][0] and given.get(name) is None:
                raise ApiError(400, complaint)
        if wrong := check_request(method, given):
            raise ApiError(400, f"Bad Request: {wrong[0]}")
        if method == "getUpdates":
            return await self._get_updates(given)
        if method not in METHODS:
            raise ApiError(404, "Not Found: method is not rehearsed here")
        return await METHODS[method](self.telegram, given)

    async def _get_updates(self, given: Json) -> list[Json]:
        """Long polling: an offset confirms what came before it; what is not confirmed comes again."""
        telegram = self.telegram
        if telegram.webhook:
            raise ApiError(409, WEBHOOK_SET)
        self._poller += 1
        mine = self._poller
        telegram.stir()  # an earlier poller is told at once
        if (offset := given.get("offset", 0)) < 0:
            oldest = list(telegram.updates)[offset:]
            offset = oldest[0]["update_id"] if oldest else 0
        if offset > 0:
            telegram.confirm(offset)
        if "allowed_updates" in given:
            telegram.allowed = frozenset(given["allowed_updates"])
        await self._something_new(mine, seconds=min(given.get("timeout", 0), LONGEST_POLL))
        if self._poller != mine:
            raise ApiError(409, OTHER_POLLER)
        if telegram.webhook:
            raise ApiError(409, WEBHOOK_CAME)
        return telegram.hand_out(max(1, min(given.get("limit", BATCH), BATCH)))

    async def _something_new(self, poll: int, *, seconds: float) -> None:
        """Until there are updates, the poll is another's to make, or the time is over."""
        telegram = self.telegram
        telegram.polled.set()
        await telegram.until(
            lambda: bool(telegram.updates) or bool(telegram.webhook) or self._poller != poll,
            seconds=seconds,
        )
        if self._poller == poll:
            telegram.polled.clear()


class _HungUp(Response):
    """The answer that never comes: the connection ends in the middle of it."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        del scope, receive
        headers = [(b"content-length", b"2")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})


async def _parameters(request: Request) -> Json:
    """From the address, a form, JSON, or several parts; a file becomes its name and content."""
    given: Json = dict(request.query_params)
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        body: Json = json.loads(await request.body() or b"{}")
        return given | body
    if request.method == "GET":
        return given
    async with request.form() as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                given[name] = (value.filename, await value.read())
            else:
                given[name] = value
    for name, value in list(given.items()):  # attach://part points at another part
        if isinstance(value, str) and value.startswith("attach://"):
            given[name] = given.pop(value.removeprefix("attach://"), value)
    return given


def _failed(error: ApiError) -> Json:
    answer: Json = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        answer["parameters"] = error.parameters
    return answer


def _answered(answer: Json) -> JSONResponse:
    return JSONResponse(answer, status_code=answer.get("error_code", 200))
