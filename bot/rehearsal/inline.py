"""Inline mode: somebody types `@bot words` in any chat, the bot lists results, one is chosen."""

import re
from itertools import count

from bot.rehearsal.formatting import formatted, units
from bot.rehearsal.messages import LONGEST_TEXT, TOO_OLD, markup
from bot.rehearsal.people import say
from bot.rehearsal.state import ApiError, Json, Search, Telegram

NUMBERS = count(1)
LONGEST_QUERY, MOST_RESULTS, LONGEST_ID = 256, 50, 64
START = re.compile(r"[A-Za-z0-9_-]{1,64}")


def search(
    telegram: Telegram, user_id: int, words: str, *, chat_id: int | None = None, offset: str = ""
) -> str:
    """Somebody has typed the bot's name and some words; the number of the query.

    The bot hears who types and in what kind of chat, never in which. The real Telegram answers by
    itself what was answered before and may still be remembered; here the bot is always asked.
    """
    number = f"inline-{next(NUMBERS)}"
    telegram.searches[number] = Search(user_id)
    kind = telegram.chat(chat_id)["type"] if chat_id not in {None, user_id} else "sender"
    telegram.push(
        "inline_query",
        {
            "id": number,
            "from": telegram.users[user_id],
            "query": words[:LONGEST_QUERY],
            "offset": offset,
            "chat_type": kind,
        },
    )
    return number


def choose(telegram: Telegram, number: str, result_id: str, *, chat_id: int | None = None) -> Json:
    """Somebody chooses a result: it stands in the chat as his own message, “via” the bot.

    KeyError if it was not listed. Without inline feedback the bot does not hear of the choice as
    such; the message reaches it like others that come through it.
    """
    search = telegram.searches[number]
    listed = {result["id"]: result for result in (search.answer or {}).get("results", [])}
    chosen = listed[result_id]
    text, marks = formatted(chosen["input_message_content"], text="message_text", marks="entities")
    content = {"text": text, "entities": marks, "via_bot": telegram.bot}
    if (keys := markup(chosen)) is not None:
        content["reply_markup"] = keys
    return say(telegram, search.user_id, "", chat_id=chat_id, media=content)


async def answer_inline_query(telegram: Telegram, given: Json) -> bool:
    search = telegram.searches.get(given["inline_query_id"])
    if search is None or search.answer is not None:
        raise ApiError(400, TOO_OLD)
    results = given["results"]
    if len(results) > MOST_RESULTS:
        raise ApiError(400, "Bad Request: RESULTS_TOO_MUCH")
    for result in results:
        _check(result)
    if len({result["id"] for result in results}) < len(results):
        raise ApiError(400, "Bad Request: RESULT_ID_DUPLICATE")
    if len(given.get("next_offset", "").encode()) > LONGEST_ID:
        raise ApiError(400, "Bad Request: NEXT_OFFSET_INVALID")
    button = given.get("button")
    if button is not None and not START.fullmatch(button.get("start_parameter", "")):
        raise ApiError(400, "Bad Request: START_PARAM_INVALID")
    search.answer = given
    telegram.changed()
    return True


def _check(result: Json) -> None:
    """Articles with a text are all that is rehearsed here; ApiError."""
    if not 1 <= len(result["id"].encode()) <= LONGEST_ID:
        raise ApiError(400, "Bad Request: RESULT_ID_INVALID")
    content = result.get("input_message_content", {})
    if result["type"] != "article" or "message_text" not in content:
        raise ApiError(400, "Bad Request: RESULT_TYPE_INVALID")
    if not result["title"]:
        raise ApiError(400, "Bad Request: ARTICLE_TITLE_EMPTY")
    text, _marks = formatted(content, text="message_text", marks="entities")
    if not text:
        raise ApiError(400, "Bad Request: MESSAGE_EMPTY")
    if units(text) > LONGEST_TEXT:
        raise ApiError(400, "Bad Request: MESSAGE_TOO_LONG")
    markup(result)
