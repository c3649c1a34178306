"""A community's own answer: one writes it, another approves it, and once a year it is looked at again."""

from datetime import date, timedelta

import pytest

from records import binding, operations, personal, roster, taught
from records.database import Database, Transaction
from records.errors import SamePerson, StaleButton, WordsTooLong
from records.model import Person, Role, TaughtState
from records.roster import Roster, RosterPerson
from records.taught import Taught
from tests.records import facts

NOW = facts.START
ANSWER = "工作日8:30—17:30，周末不开放。"


async def office(db: Transaction) -> tuple[Person, Person]:
    """Worker and Party secretary."""
    await facts.settled(db)
    return await facts.person(db, "王岚"), await facts.person(db, "李书明")


async def written(db: Transaction, worker: Person, question: str = "几点开门") -> Taught:
    return await taught.teach(
        db, question=question, answer=ANSWER, asks=["几点上班"], by=worker, at=NOW
    )


async def test_second_person_approves_and_then_it_answers(database: Database) -> None:
    async with database.begin() as db:
        worker, secretary = await office(db)
        one = await written(db, worker)
        assert one == Taught(
            1,
            worker.community_id,
            1,
            "几点开门",
            ANSWER,
            ("几点上班",),
            worker.id,
            Role.PARTY_WORKER,
            NOW,
            TaughtState.PENDING,
            None,
            None,
            None,
            None,
            0,
        )
        assert await taught.approved(db) == []
        with pytest.raises(SamePerson):
            await taught.approve(db, one, by=worker, at=NOW)
        after = await taught.approve(db, one, by=secretary, at=NOW)
        assert (after.state, after.approved_by, after.approved_role) == (
            TaughtState.APPROVED,
            secretary.id,
            Role.PARTY_SECRETARY,
        )
        assert (after.review_on, after.revision) == (date(2027, 11, 2), 1)
        with pytest.raises(StaleButton):
            await taught.approve(db, one, by=secretary, at=NOW)
        assert (
            await taught.approved(db) == await taught.approved(db, worker.community_id) == [after]
        )
        assert await taught.changes(db, 0) == [after]
        assert await taught.changes(db, 1) == []
        logged = await operations.latest(db, community_id=worker.community_id, limit=2)
        assert [(each.by, each.act, each.detail) for each in logged] == [
            (secretary, "approve_taught", "1"),
            (worker, "teach", "1"),
        ]


async def test_withdrawn_answer_keeps_its_words_for_a_month(database: Database) -> None:
    async with database.begin() as db:
        worker, secretary = await office(db)
        one = await taught.approve(db, await written(db, worker), by=secretary, at=NOW)
        gone = await taught.withdraw(db, one, by=worker, at=NOW)
        assert (gone.state, gone.answer, gone.revision) == (TaughtState.WITHDRAWN, ANSWER, 2)
        assert await taught.changes(db, 1) == [gone]
        assert await taught.approved(db) == await taught.of_community(db, worker.community_id) == []
        for act in (taught.withdraw, taught.keep, taught.approve):
            with pytest.raises(StaleButton):
                await act(db, one, by=secretary, at=NOW)
        await taught.forget(db, now=NOW + timedelta(days=29))
        assert (await taught.with_id(db, 1, community_id=worker.community_id)).answer == ANSWER
        await taught.forget(db, now=NOW + timedelta(days=30))
        left = await taught.with_id(db, 1, community_id=worker.community_id)
        assert (left.question, left.answer, left.asks) == ("", "", ())
        assert (left.author_role, left.approved_role) == (Role.PARTY_WORKER, Role.PARTY_SECRETARY)


async def test_pending_answer_may_be_withdrawn_by_its_author(database: Database) -> None:
    async with database.begin() as db:
        worker, secretary = await office(db)
        one = await written(db, worker)
        assert (await taught.withdraw(db, one, by=worker, at=NOW)).revision == 0
        with pytest.raises(StaleButton):
            await taught.approve(db, one, by=secretary, at=NOW)
        assert (await written(db, worker)).number == 2


async def test_answer_is_looked_at_again_every_year(database: Database) -> None:
    async with database.begin() as db:
        worker, secretary = await office(db)
        one = await taught.approve(db, await written(db, worker), by=secretary, at=NOW)
        early = await taught.approve(
            db,
            await written(db, worker, "暂停开放吗"),
            by=secretary,
            at=NOW,
            review_on=date(2026, 12, 1),
        )
        assert await taught.to_review(db, date(2026, 11, 30)) == []
        assert await taught.to_review(db, date(2026, 12, 1)) == [early]
        assert await taught.to_review(db, date(2027, 11, 2)) == [one, early]
        assert early.review_due(date(2028, 5, 1)) == date(2027, 12, 1)
        assert early.review_due(date(2026, 11, 30)) is None
        kept = await taught.keep(db, early, by=worker, at=NOW + timedelta(days=29))
        assert kept.review_on == date(2027, 12, 1)
        assert await taught.to_review(db, date(2027, 11, 2)) == [one]


async def test_answer_stays_in_its_community(database: Database) -> None:
    async with database.begin() as db:
        worker, secretary = await office(db)
        one = await taught.approve(db, await written(db, worker), by=secretary, at=NOW)
        stranger = await _worker_of_another(db)
        for act in (taught.approve, taught.withdraw, taught.keep):
            with pytest.raises(StaleButton):
                await act(db, one, by=stranger, at=NOW)
        with pytest.raises(StaleButton):
            await taught.with_id(db, one.id, community_id=stranger.community_id)
        theirs = await written(db, stranger)
        assert (theirs.id, theirs.number) == (2, 1)
        assert await taught.of_community(db, worker.community_id) == [one]


async def _worker_of_another(db: Transaction) -> Person:
    worker = RosterPerson("孙丽", roles=frozenset({Role.PARTY_WORKER}))
    (code,) = await roster.load(db, Roster("和平社区", "人民街道", (), (worker,)), now=NOW)
    return await binding.bind(db, code=code.code, user_id=7, at=NOW)


@pytest.mark.parametrize(
    ("question", "answer"),
    [("", ANSWER), ("问" * 501, ANSWER), ("几点", "  "), ("几点", "答" * 3001)],
)
async def test_empty_and_overlong_words_are_refused(
    database: Database, question: str, answer: str
) -> None:
    async with database.begin() as db:
        worker, _secretary = await office(db)
        with pytest.raises(WordsTooLong):
            await taught.teach(db, question=question, answer=answer, by=worker, at=NOW)


async def test_author_who_wants_to_be_forgotten_is_known_by_role_only(database: Database) -> None:
    async with database.begin() as db:
        worker, secretary = await office(db)
        one = await taught.approve(db, await written(db, worker), by=secretary, at=NOW)
        pending = await written(db, worker, "停车怎么收费")
        other = await written(db, secretary, "门禁坏了找谁")
        await personal.erase(db, user_id=facts.USER_IDS["王岚"], of=[worker], at=NOW)
        left = await taught.with_id(db, one.id, community_id=worker.community_id)
        assert (left.state, left.author_id, left.author_role, left.approved_by) == (
            TaughtState.APPROVED,
            None,
            Role.PARTY_WORKER,
            secretary.id,
        )
        assert await taught.of_community(db, worker.community_id) == [left, other]
        with pytest.raises(StaleButton):  # nobody could tell whether a second person approves
            await taught.approve(db, pending, by=secretary, at=NOW)
        await personal.erase(db, user_id=facts.USER_IDS["李书明"], of=[secretary], at=NOW)
        (left,) = await taught.approved(db)
        assert (left.approved_by, left.approved_role) == (None, Role.PARTY_SECRETARY)
