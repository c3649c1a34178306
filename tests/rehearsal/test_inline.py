"""Inline mode on the local server: the query, the list that is checked, and the choice."""

import pytest
from telegram import Bot, InlineQueryResultArticle, InputTextMessageContent, MessageEntity

from bot.rehearsal import inline, people
from bot.rehearsal.state import Json, Telegram
from tests.rehearsal.conftest import ANNA, CHEN, GROUP, Api

BOLD = MessageEntity(MessageEntity.BOLD, 0, 3)
RESULT = InlineQueryResultArticle(
    "reg-4", "第四条", InputTextMessageContent("第四条 /help", entities=[BOLD])
)


def listed(**changes: object) -> Json:
    """A result as JSON."""
    content = {"message_text": "字"}
    found = {"type": "article", "id": "1", "title": "题", "input_message_content": content}
    return found | changes


async def test_query_is_answered_and_a_result_stands_in_the_chat(
    telegram: Telegram, bot: Bot
) -> None:
    number = inline.search(telegram, ANNA, "第四条", chat_id=GROUP, offset="10")
    (update,) = await bot.get_updates()
    assert update.inline_query is not None
    query = update.inline_query
    assert (query.id, query.query, query.offset) == (number, "第四条", "10")
    assert (query.from_user.id, query.chat_type) == (ANNA, "supergroup")

    await bot.answer_inline_query(query.id, [RESULT], next_offset="20", cache_time=300)
    chosen = inline.choose(telegram, number, "reg-4", chat_id=GROUP)
    assert (chosen["from"]["id"], chosen["via_bot"]["id"]) == (ANNA, 500)
    assert [(mark["type"], mark["offset"]) for mark in chosen["entities"]] == [
        ("bold", 0),
        ("bot_command", 4),
    ]
    assert telegram.history[GROUP] == [chosen]
    assert telegram.complaints == []


async def test_choice_reaches_the_bot_as_a_message_via_it_and_only_where_it_is(
    telegram: Telegram, bot: Bot
) -> None:
    telegram.chats[-1002] = {"id": -1002, "type": "group", "title": "别的群"}
    telegram.members[-1002] = {ANNA}
    number = inline.search(telegram, ANNA, "第四条")
    await bot.answer_inline_query(number, [RESULT])
    for place in (GROUP, -1002, None):
        inline.choose(telegram, number, "reg-4", chat_id=place)

    _query, *heard = await bot.get_updates()
    assert [one.message and one.message.chat.id for one in heard] == [GROUP, ANNA]
    assert all(one.message and one.message.via_bot for one in heard)
    assert all(one.chosen_inline_result is None for one in heard)


async def test_whoever_never_wrote_to_the_bot_may_search(telegram: Telegram, bot: Bot) -> None:
    number = inline.search(telegram, CHEN, "字" * 300)
    (update,) = await bot.get_updates()

    assert update.inline_query is not None
    assert (len(update.inline_query.query), update.inline_query.chat_type) == (256, "sender")
    assert await bot.answer_inline_query(number, []) is True


async def test_query_is_answered_once(telegram: Telegram, api: Api) -> None:
    number = inline.search(telegram, ANNA, "字")
    await api("answerInlineQuery", inline_query_id=number, results=[])

    for again in (number, "inline-0"):
        answer = await api("answerInlineQuery", inline_query_id=again, results=[])
        assert answer["description"].startswith("Bad Request: query is too old")


@pytest.mark.parametrize(
    ("given", "description"),
    [
        ({"results": [listed(id=str(n)) for n in range(51)]}, "RESULTS_TOO_MUCH"),
        ({"results": [listed(), listed()]}, "RESULT_ID_DUPLICATE"),
        ({"results": [listed(id="字" * 22)]}, "RESULT_ID_INVALID"),
        ({"results": [listed(title="")]}, "ARTICLE_TITLE_EMPTY"),
        ({"results": [listed(input_message_content={"message_text": " "})]}, "MESSAGE_EMPTY"),
        (
            {"results": [listed(input_message_content={"message_text": "😀" * 2049})]},
            "MESSAGE_TOO_LONG",
        ),
        ({"results": [], "next_offset": "0" * 65}, "NEXT_OFFSET_INVALID"),
        ({"results": [], "button": {"text": "问", "start_parameter": "问"}}, "START_PARAM_INVALID"),
        ({}, "answerInlineQuery.results: missing"),
    ],
)
async def test_list_that_telegram_would_not_take(
    telegram: Telegram, api: Api, given: Json, description: str
) -> None:
    number = inline.search(telegram, ANNA, "字")
    answer = await api("answerInlineQuery", inline_query_id=number, **given)

    assert answer["description"] == f"Bad Request: {description}"
    assert telegram.searches[number].answer is None


async def test_what_was_not_listed_cannot_be_chosen(telegram: Telegram) -> None:
    number = inline.search(telegram, ANNA, "字")

    with pytest.raises(KeyError):
        inline.choose(telegram, number, "reg-4", chat_id=GROUP)


async def test_file_of_more_than_twenty_megabytes_is_not_fetched(
    telegram: Telegram, api: Api
) -> None:
    limit = 20 * 1024 * 1024
    small = people.kept(telegram, "办法.docx", bytes(limit))
    large = people.kept(telegram, "办法.pdf", bytes(limit + 1))

    assert (await api("getFile", file_id=small["file_id"]))["result"]["file_size"] == limit
    answer = await api("getFile", file_id=large["file_id"])
    assert answer["description"] == "Bad Request: file is too big"
