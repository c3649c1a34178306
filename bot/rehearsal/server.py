"""The Bot API over HTTP, as the real one answers, in front of the local Telegram."""

import json
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.rehearsal.description import check_request, check_result, method_named, typed
from bot.rehearsal.methods import BATCH, METHODS
from bot.rehearsal.state import ApiError, Call, Fault, Json, Telegram

OTHER_POLLER = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
WEBHOOK_SET = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


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
            return _failed(ApiError(404, "Not Found"))
        return Response(content, media_type="application/octet-stream")

    async def _method(self, request: Request) -> Response:
        if request.path_params["token"] != self.telegram.token:
            return _failed(ApiError(401, "Unauthorized"))
        method = method_named(request.path_params["method"])
        if method is None:
            return _failed(ApiError(404, "Not Found: method not found"))
        given = typed(method, await _parameters(request))
        fault = self._noted(method, given)
        if fault is not None and not fault.lose_answer:
            return _failed(fault.error)
        try:
            result = await self._carried_out(method, given)
        except ApiError as error:
            return _failed(error)
        if fault is not None:
            return _failed(fault.error)
        return JSONResponse({"ok": True, "result": result})

    def _noted(self, method: str, given: Json) -> Fault | None:
        """Write the call down; the fault that was ordered for it, if any."""
        telegram = self.telegram
        telegram.complaints += check_request(method, given)
        if method != "getUpdates":
            telegram.calls.append(Call(len(telegram.calls) + 1, method, given))
            telegram.changed()
        waiting = telegram.faults[method]
        return waiting.popleft() if waiting else None

    async def _carried_out(self, method: str, given: Json) -> Any:
        if wrong := check_request(method, given):
            raise ApiError(400, f"Bad Request: {wrong[0]}")
        if method == "getUpdates":
            result = await self._get_updates(given)
        elif method in METHODS:
            result = await METHODS[method](self.telegram, given)
        else:
            raise ApiError(400, f"Bad Request: {method} is not rehearsed here")
        self.telegram.complaints += check_result(method, result)
        return result

    async def _get_updates(self, given: Json) -> list[Json]:
        """Long polling: an offset confirms what came before it; what is not confirmed comes again."""
        telegram = self.telegram
        if telegram.webhook:
            raise ApiError(409, WEBHOOK_SET)
        self._poller += 1
        mine = self._poller
        telegram.changed()  # an earlier poller is told at once
        offset = given.get("offset", 0)
        if offset < 0:
            while len(telegram.updates) > -offset:
                telegram.updates.popleft()
        while offset > 0 and telegram.updates and telegram.updates[0]["update_id"] < offset:
            telegram.updates.popleft()
        if "allowed_updates" in given:
            telegram.allowed = frozenset(given["allowed_updates"])
        await telegram.until(
            lambda: bool(telegram.updates) or self._poller != mine, seconds=given.get("timeout", 0)
        )
        if self._poller != mine:
            raise ApiError(409, OTHER_POLLER)
        return list(telegram.updates)[: given.get("limit", BATCH)]


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


def _failed(error: ApiError) -> JSONResponse:
    answer: Json = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        answer["parameters"] = error.parameters
    return JSONResponse(answer, status_code=error.code)
