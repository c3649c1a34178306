"""A bot that says everything back with a button, a quotation and a link; a press edits it."""

from bot.rehearsal import cast
from bot.rehearsal.state import Json
from tests.rehearsal.conftest import Api


async def echo(api: Api) -> None:
    offset = 0
    while True:
        for update in (await api("getUpdates", offset=offset, timeout=20))["result"]:
            offset = update["update_id"] + 1
            if "callback_query" in update:
                await _press(api, update["callback_query"])
            elif "message" in update:
                await _message(api, update["message"])


async def _message(api: Api, message: Json) -> None:
    words, link = message["text"], f"https://t.me/{cast.BOT_USERNAME}?start=CODE"
    quotation = "原文" * 150
    length = len(words.encode("utf-16-le")) // 2
    await api(
        "sendMessage",
        chat_id=message["chat"]["id"],
        text=f"{words}\n{quotation}",
        entities=[
            {"type": "bold", "offset": 0, "length": length},
            {"type": "expandable_blockquote", "offset": length + 1, "length": len(quotation)},
        ],
        reply_parameters={"message_id": message["message_id"]},
        reply_markup={
            "inline_keyboard": [
                [{"text": "按一下", "callback_data": "press"}],
                [{"text": "去私聊", "url": link}],
            ]
        },
    )


async def _press(api: Api, query: Json) -> None:
    message = query["message"]
    await api("answerCallbackQuery", callback_query_id=query["id"], text="收到")
    await api(
        "editMessageText",
        chat_id=message["chat"]["id"],
        message_id=message["message_id"],
        text="改过了",
        reply_markup={"inline_keyboard": [[{"text": "再按", "callback_data": "again"}]]},
    )
