"""An inline query → Request, a page of results → answerInlineQuery."""

import json
from datetime import datetime

from telegram import (
    Bot,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)

from bot.writing import entities, keyboard, pages
from handlers.conversation import (
    Message,
    Place,
    Request,
    Result,
    Results,
    results_from_json,
    results_to_json,
)
from records.outbox import Lane, Letter

# Everybody is shown the same, so Telegram may answer for us: its memory is the only cache there is,
# and what is withdrawn may still be listed there for so long.
CACHE = 300  # seconds


def request_of(query: InlineQuery, at: datetime) -> Request:
    """Whoever types `@bot words` in any chat. Which chat that is, Telegram does not say."""
    return Request(
        chat_id=query.from_user.id,
        place=Place.PRIVATE,
        user_id=query.from_user.id,
        at=at,
        words=query.query.strip(),
        offset=query.offset,
    )


def letter(request: Request, results: Results, *, query_id: str) -> Letter:
    body = json.dumps({"inline": query_id, "results": results_to_json(results)}, ensure_ascii=False)
    return Letter(request.chat_id, body, lane=Lane.ANSWER)


async def answer(bot: Bot, body: str) -> None:
    """Carry out such a letter. Raises TelegramError."""
    found = json.loads(body)
    results = results_from_json(found["results"])
    way = results.way
    await bot.answer_inline_query(
        found["inline"],
        [_article(result) for result in results.items],
        cache_time=CACHE,
        is_personal=False,
        next_offset=results.following,
        button=InlineQueryResultsButton(way.label, start_parameter=way.words) if way else None,
    )


def _article(result: Result) -> InlineQueryResultArticle:
    text = next(pages(Message(result.text))).text  # one message is all there is
    return InlineQueryResultArticle(
        id=result.id,
        title=result.title,
        description=result.description,
        input_message_content=InputTextMessageContent(
            text.plain,
            entities=entities(text),
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
        reply_markup=keyboard(result.buttons),
    )
