"""A bot that says everything back with a button, a quotation and a link; a press edits it.

What is typed behind its name is listed twice ten times.
"""

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
            elif "inline_query" in update:
                await _list(api, update["inline_query"])
            elif "via_bot" not in update.get("message", {}):
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


async def _list(api: Api, query: Json) -> None:
    begin = int(query["offset"] or 1)
    await api(
        "answerInlineQuery",
        inline_query_id=query["id"],
        results=[
            {
                "type": "article",
                "id": str(number),
                "title": f"{query['query']} {number}",
                "description": "出处",
                "input_message_content": {"message_text": f"{query['query']} {number}\n原文"},
            }
            for number in range(begin, begin + 10)
        ],
        next_offset="11" if begin == 1 else "",
        button={"text": "私聊提问", "start_parameter": "ask"},
    )
