"""Inline queries on their way: through the inbox, before every message, and never late."""

import json

from sqlalchemy import text

from bot.addressing import Me, arrival
from bot.rehearsal import cast, inline, people
from bot.rehearsal.state import ApiError, Fault
from bot.routing import chinese_words
from records import outbox
from records.inbox import Arrival
from tests.chat import MEMBER, STRANGER, Chat

ME = Me(500, "xingfuli_dangwu_bot", chinese_words())
WORDS = "民主生活会每年召开几次"
TOO_OLD = ApiError(
    400, "Bad Request: query is too old and response timeout expired or query ID is invalid"
)


def test_query_goes_to_the_lane_of_the_person() -> None:
    query = {"update_id": 1, "inline_query": {"from": {"id": 7}, "query": "民主生活会"}}

    kept = arrival(query, ME)
    assert (kept.lane, json.loads(kept.body or "")) == ("user:7", query)


def test_of_a_clause_that_somebody_chose_only_the_number_is_kept() -> None:
    for chat in ({"id": 7, "type": "private"}, {"id": -100, "type": "supergroup"}):
        chosen = {
            "update_id": 1,
            "message": {
                "chat": chat,
                "text": "@xingfuli_dangwu_bot",
                "entities": [{"type": "mention", "offset": 0, "length": 20}],
                "via_bot": {"id": 500},
            },
        }
        assert arrival(chosen, ME) == Arrival(1, None, None)


async def test_only_what_stands_in_the_line_now_is_looked_for(chat: Chat) -> None:
    telegram, database = chat.group.telegram, chat.group.app.database
    async with database.begin():  # nothing is worked on while somebody types
        numbers = [
            inline.search(telegram, cast.USER_IDS[MEMBER], WORDS[:length]) for length in (2, 5, 11)
        ]
        other = inline.search(telegram, cast.USER_IDS[STRANGER], WORDS)
    await chat.group.settled()

    answered = [telegram.searches[number].answer is not None for number in [*numbers, other]]
    assert answered == [False, False, True, True]


async def test_answer_that_comes_too_late_is_dropped_and_the_next_one_is_given(chat: Chat) -> None:
    telegram = chat.group.telegram
    telegram.faults["answerInlineQuery"].append(Fault(TOO_OLD))
    number = inline.search(telegram, cast.USER_IDS[MEMBER], WORDS)
    await chat.group.settled()

    assert telegram.searches[number].answer is None
    assert len([call for call in telegram.calls if call.method == "answerInlineQuery"]) == 1
    assert len(await chat.inline(MEMBER, WORDS)) > 0


async def test_answer_that_waited_ten_seconds_is_not_sent_any_more(chat: Chat) -> None:
    telegram, database = chat.group.telegram, chat.group.app.database
    wait = ApiError(429, "Too Many Requests: retry after 30", retry_after=30)
    telegram.faults["answerInlineQuery"].append(Fault(wait))
    number = inline.search(telegram, cast.USER_IDS[MEMBER], WORDS)
    throttled = "answerInlineQuery"
    await telegram.until(
        lambda: any(call.method == throttled and call.answer for call in telegram.calls), seconds=5
    )
    async with database.begin() as db:
        await db.execute(text("UPDATE outbox SET expires_at = 0 WHERE state = 'waiting'"))
        await outbox.drop_expired(db)
        left = await db.execute(text("SELECT count(*) FROM outbox WHERE body <> ''"))
        assert left.scalar_one() == 0
    await chat.group.settled()

    assert telegram.searches[number].answer is None


async def test_list_does_not_wait_for_a_throttled_chat(chat: Chat) -> None:
    telegram, user_id = chat.group.telegram, cast.USER_IDS[MEMBER]
    wait = ApiError(429, "Too Many Requests: retry after 1", retry_after=1)
    telegram.faults["sendMessage"].append(Fault(wait))
    people.say(telegram, user_id, "/privacy")
    number = inline.search(telegram, user_id, WORDS)
    await telegram.until(lambda: telegram.searches[number].answer is not None, seconds=5)

    assert len(chat.shown(MEMBER)) == 1  # the message itself is still held back
    await chat.group.settled()
    assert len(chat.shown(MEMBER)) == 2
