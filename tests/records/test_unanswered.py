"""A question without an answer is kept once, without who asked, and for ninety days."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from records import personal, unanswered
from records.database import Database, Transaction
from records.errors import StaleButton
from records.model import QuestionState, Verdict
from records.unanswered import Entry
from tests.records import facts

NOW = facts.START


async def asked(db: Transaction, community_id: int | None, words: str, **changed: Any) -> Entry:
    found: dict[str, Any] = {
        "text": words,
        "normalised": words.strip("？"),
        "user_id": 1,
        "at": NOW,
    }
    return await unanswered.note(db, community_id=community_id, **found | changed)


async def test_same_words_are_one_entry_most_asked_first(database: Database) -> None:
    async with database.begin() as db:
        mine = (await facts.settled(db)).id
        first = await asked(db, mine, "电动车能上楼吗？")
        await asked(db, mine, "几点开门？", user_id=2)
        again = await asked(db, mine, "几点开门", user_id=3, at=NOW + timedelta(hours=1))
        outside = await asked(db, None, "几点开门？")
        assert again == Entry(
            2,
            mine,
            "几点开门？",
            "几点开门",
            None,
            None,
            NOW + timedelta(hours=1),
            2,
            QuestionState.OPEN,
            NOW,
        )
        assert again.number == "Q-0002"
        assert await unanswered.open_ones(db, mine) == [again, first]
        assert await unanswered.open_ones(db, None) == [outside]
        assert await unanswered.askers(db, again) == [2, 3]
        assert [await unanswered.count(db, one) for one in (mine, None)] == [2, 1]
        assert await unanswered.with_id(db, 2, community_id=mine) == again
        with pytest.raises(StaleButton):
            await unanswered.with_id(db, 2, community_id=None)


async def test_who_asks_twice_on_a_day_is_counted_once(database: Database) -> None:
    async with database.begin() as db:
        first, tomorrow = NOW + timedelta(hours=1), NOW + timedelta(days=1)
        times = [
            (await asked(db, None, "几点开门", user_id=user_id, at=at)).times
            for user_id, at in ((1, NOW), (1, first), (2, first), (1, tomorrow), (1, tomorrow))
        ]
        assert times == [1, 1, 2, 3, 3]
        entry = await unanswered.known(db, "几点开门", community_id=None)
        assert entry is not None
        assert (entry.first_at, entry.asked_at) == (NOW, tomorrow)
        await unanswered.answer(db, entry, at=tomorrow, words="八点。")
        answered = await unanswered.with_id(db, entry.id, community_id=None)
        assert answered.answer == "八点。"
        assert await unanswered.known(db, "几点开门", community_id=None) is None


async def test_what_did_not_help_says_why(database: Database) -> None:
    async with database.begin() as db:
        await asked(db, None, "几点开门", reason=Verdict.OUTDATED, passage="faq-7")
        later = await asked(db, None, "几点开门", user_id=2)
        assert (later.reason, later.passage, later.times) == (Verdict.OUTDATED, "faq-7", 2)


async def test_answered_question_hands_over_its_askers_once(database: Database) -> None:
    async with database.begin() as db:
        entry = await asked(db, None, "几点开门")
        await asked(db, None, "几点开门", user_id=2)
        assert await unanswered.answer(db, entry, at=NOW) == [1, 2]
        assert await unanswered.askers(db, entry) == []
        for end in (unanswered.answer, unanswered.close):
            with pytest.raises(StaleButton):
                await end(db, entry, at=NOW)
        found = await unanswered.with_id(db, entry.id, community_id=None)
        assert found.state is QuestionState.ANSWERED
        assert await unanswered.open_ones(db, None) == []
        anew = await asked(db, None, "几点开门")
        assert (anew.id, anew.times) == (2, 1)


async def test_closed_question_tells_nobody(database: Database) -> None:
    async with database.begin() as db:
        entry = await asked(db, None, "今天天气")
        await unanswered.close(db, entry, at=NOW)
        assert await unanswered.askers(db, entry) == []
        found = await unanswered.with_id(db, entry.id, community_id=None)
        assert found.state is QuestionState.CLOSED


async def test_several_wordings_become_one(database: Database) -> None:
    async with database.begin() as db:
        one = await asked(db, None, "几点开门", user_id=1)
        two = await asked(db, None, "几点上班", user_id=2)
        await asked(db, None, "几点上班", user_id=1)
        three = await asked(db, None, "上班时间", user_id=3, at=NOW + timedelta(days=1))
        merged = await unanswered.merge(db, two, [one, three])
        assert (merged.id, merged.times, merged.asked_at) == (two.id, 4, NOW + timedelta(days=1))
        assert await unanswered.askers(db, merged) == [1, 2, 3]
        assert await unanswered.open_ones(db, None) == [merged]
        assert await unanswered.merge(db, merged, [merged]) == merged
        with pytest.raises(StaleButton):
            await unanswered.merge(db, merged, [one])


async def test_questions_of_two_communities_are_not_joined(database: Database) -> None:
    async with database.begin() as db:
        mine = (await facts.settled(db)).id
        one, two = await asked(db, None, "几点开门"), await asked(db, mine, "几点上班")
        with pytest.raises(StaleButton):
            await unanswered.merge(db, one, [two])


async def test_after_ninety_days_nothing_is_left(database: Database) -> None:
    async with database.begin() as db:
        await asked(db, None, "几点开门")
        await unanswered.answer(db, await asked(db, None, "几点下班"), at=NOW)
        kept = await asked(db, None, "几点上班", at=NOW + timedelta(days=1))
        await unanswered.forget(db, now=NOW + timedelta(days=90))
        assert await _rows(db, "unanswered") == 1
        assert await unanswered.open_ones(db, None) == [kept]
        await unanswered.forget(db, now=NOW + timedelta(days=91))
        assert [await _rows(db, name) for name in ("unanswered", "askers")] == [0, 0]
        # the number of a question is not given to another one
        assert (await asked(db, None, "几点开门")).number == "Q-0004"


async def test_account_is_kept_no_longer_because_others_go_on_asking(database: Database) -> None:
    async with database.begin() as db:
        await asked(db, None, "几点开门", user_id=1)
        entry = await asked(db, None, "几点开门", user_id=2, at=NOW + timedelta(days=60))
        await unanswered.forget(db, now=NOW + timedelta(days=89))
        assert await unanswered.askers(db, entry) == [1, 2]
        await unanswered.forget(db, now=NOW + timedelta(days=91))
        assert await unanswered.askers(db, entry) == [2]


async def test_who_wants_to_be_forgotten_is_told_nothing_more(database: Database) -> None:
    async with database.begin() as db:
        entry = await asked(db, None, "几点开门", user_id=1)
        await asked(db, None, "几点开门", user_id=2)
        await asked(db, None, "几点开门", user_id=None)
        await personal.erase(db, user_id=1, of=(), at=NOW)
        assert await unanswered.answer(db, entry, at=NOW) == [2]


async def test_question_is_kept_as_far_as_there_is_room(database: Database) -> None:
    async with database.begin() as db:
        first = await asked(db, None, "问" * 600)
        second = await asked(db, None, "问" * 601)
        assert (len(first.text), len(first.normalised)) == (500, 500)
        assert first.id != second.id


async def test_same_question_at_two_replicas_is_counted_twice(
    postgresql_pair: tuple[Database, Database],
) -> None:
    async def ask(database: Database, user_id: int) -> None:
        async with database.begin() as db:
            await asked(db, None, "几点开门", user_id=user_id)

    one, two = postgresql_pair
    await asyncio.gather(*(ask(each, number) for number, each in enumerate([one, two] * 4)))
    async with one.begin() as db:
        (entry,) = await unanswered.open_ones(db, None)
        assert entry.times == 8
        assert await unanswered.askers(db, entry) == list(range(8))


async def _rows(db: Transaction, table: str) -> int:
    return int((await db.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one())  # noqa: S608
