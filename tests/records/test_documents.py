"""A document answers once it is published, until it is replaced or withdrawn; two replicas never miss a change."""

import asyncio
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from records import connections, documents, personal, roster, taught
from records.database import Database, Transaction
from records.documents import Content, Filed
from records.errors import DocumentKnown, NoDocument, StaleButton, WordsTooLong
from records.model import Community, DocumentState
from records.roster import Roster
from tests.records import facts

NOW = facts.START
TODAY = NOW.date()
TEXT = "第一条 为了规范物业服务，制定本办法。"
CONTENT = Content(TEXT, "[]", "[]", b"\x00\x01index")
SHIPPED = {"reg", "faq"}
WORKER = "party_worker"


async def drafted(db: Transaction, community_id: int | None, **changed: Any) -> Filed:
    found: dict[str, Any] = {
        "title": "社区物业服务办法",
        "number": "人街〔2026〕3号",
        "issuer": "人民街道办事处",
        "dated_on": date(2026, 5, 1),
        "status": "现行有效",
        "origin": "街道网站",
        "form": "regulation",
        "digest": str(changed.get("title", "")).ljust(64, "a"),
        "passages": 1,
        "by": 1002,
        "at": NOW,
    }
    content = changed.pop("content", CONTENT)
    return await documents.draft(db, content, community_id=community_id, **found | changed)


async def published(
    db: Transaction, community_id: int | None, *, replaces: int | None = None, **changed: Any
) -> Filed:
    draft = await drafted(db, community_id, **changed)
    return await documents.publish(
        db, draft, by=WORKER, at=changed.get("at", NOW), replaces=replaces
    )


async def another(db: Transaction, name: str, subdistrict: str) -> Community:
    await roster.load(db, Roster(name, subdistrict, (), ()), now=NOW)
    listed = await connections.of_subdistrict(db, subdistrict)
    return next(one.community for one in listed if one.community.name == name)


async def answering(db: Transaction, community_id: int | None, **when: Any) -> set[str]:
    return set(await documents.applying(db, community_id, **{"today": TODAY} | when))


async def test_draft_answers_nobody_until_it_is_published(database: Database) -> None:
    async with database.begin() as db:
        mine = await facts.settled(db)
        draft = await drafted(db, mine.id, region="人民街道")
        assert (draft.key, draft.state, draft.revision) == ("d1", DocumentState.DRAFT, 0)
        assert await documents.content(db, draft.id) == CONTENT
        assert await answering(db, mine.id) == SHIPPED
        assert await documents.listed(db, mine.id) == []
        assert await documents.changes(db, 0) == []

        after = await documents.publish(db, draft, by=WORKER, at=NOW)
        assert (after.state, after.version, after.published_by) == (
            DocumentState.PUBLISHED,
            1,
            WORKER,
        )
        assert after.drafted_by is None
        assert await documents.with_id(db, draft.id) == after
        assert await documents.listed(db, mine.id) == [after]
        assert await answering(db, mine.id) == {*SHIPPED, "d1"}
        assert await documents.changes(db, 0) == [(1, 1, DocumentState.PUBLISHED)]
        with pytest.raises(StaleButton):
            await documents.publish(db, draft, by=WORKER, at=NOW)
        with pytest.raises(StaleButton):
            await documents.discard(db, draft)
        assert await documents.revision(db) == 1


async def test_new_version_takes_over_and_the_old_one_is_history(database: Database) -> None:
    async with database.begin() as db:
        mine = await facts.settled(db)
        old = await published(db, mine.id, title="旧版")
        await documents.choose(db, mine.id, old.key, applies=False, by=WORKER, at=NOW)
        new = await published(db, mine.id, title="新版", replaces=old.id)
        assert (new.version, new.replaces_id) == (2, old.id)
        assert (await documents.with_id(db, old.id)).state is DocumentState.SUPERSEDED
        assert await answering(db, mine.id) == SHIPPED  # switched off before, and still
        await documents.choose(db, mine.id, new.key, applies=True, by=WORKER, at=NOW)
        assert await answering(db, mine.id) == {*SHIPPED, new.key}
        assert await documents.changes(db, 1) == [
            (old.id, 2, DocumentState.SUPERSEDED),
            (new.id, 2, DocumentState.PUBLISHED),
        ]
        assert [one.id for one in await documents.listed(db, mine.id)] == [new.id, old.id]
        third = await drafted(db, mine.id, title="又一版")
        with pytest.raises(StaleButton):
            await documents.publish(db, third, by=WORKER, at=NOW, replaces=old.id)


async def test_history_is_what_was_replaced_or_has_ended(database: Database) -> None:
    async with database.begin() as db:
        mine = await facts.settled(db)
        old = await published(db, mine.id, title="旧版")
        new = await published(db, mine.id, title="新版", replaces=old.id)
        ended = await published(db, mine.id, title="试行", valid_until=TODAY)
        assert await answering(db, mine.id) == {*SHIPPED, new.key, ended.key}
        assert await answering(db, mine.id, historical=True) == {old.key}

        tomorrow = TODAY + timedelta(days=1)
        assert await answering(db, mine.id, today=tomorrow) == {*SHIPPED, new.key}
        assert await answering(db, mine.id, today=tomorrow, historical=True) == {
            old.key,
            ended.key,
        }
        await documents.confirm(db, ended, by=WORKER, at=NOW + timedelta(days=1))
        assert await answering(db, mine.id, today=tomorrow) == {*SHIPPED, new.key, ended.key}


async def test_withdrawn_document_answers_nothing_and_loses_its_text(database: Database) -> None:
    async with database.begin() as db:
        mine = await facts.settled(db)
        filed = await published(db, mine.id)
        gone = await documents.withdraw(db, filed, by=WORKER, at=NOW)
        assert (gone.state, gone.withdrawn_by, gone.revision) == (
            DocumentState.WITHDRAWN,
            WORKER,
            2,
        )
        for historical in (False, True):
            assert filed.key not in await answering(db, mine.id, historical=historical)
        with pytest.raises(StaleButton):
            await documents.withdraw(db, filed, by=WORKER, at=NOW)
        with pytest.raises(StaleButton):
            await documents.confirm(db, filed, by=WORKER, at=NOW)
        await documents.forget(db, now=NOW + timedelta(days=29))
        assert await documents.content(db, filed.id) == CONTENT
        await documents.forget(db, now=NOW + timedelta(days=30))
        with pytest.raises(NoDocument):
            await documents.content(db, filed.id)
        with pytest.raises(NoDocument):
            await documents.set_content(db, filed, CONTENT)
        assert await documents.listed(db, mine.id) == [gone]


async def test_withdrawn_version_does_not_bring_the_old_one_back(database: Database) -> None:
    async with database.begin() as db:
        mine = await facts.settled(db)
        old = await published(db, mine.id, title="旧版")
        new = await published(db, mine.id, title="新版", replaces=old.id)
        await documents.withdraw(db, new, by=WORKER, at=NOW)
        assert await answering(db, mine.id) == SHIPPED
        again = await published(db, mine.id, title="旧版")
        assert await answering(db, mine.id) == {*SHIPPED, again.key}
        await documents.withdraw(db, old, by=WORKER, at=NOW)
        assert await answering(db, mine.id, historical=True) == set()


async def test_community_takes_what_is_offered_and_leaves_what_does_not_apply(
    database: Database,
) -> None:
    async with database.begin() as db:
        mine = await facts.settled(db)
        neighbour = await another(db, "和平社区", "人民街道")
        far = await another(db, "光明社区", "光明街道")
        general = await published(db, None, title="全市规定")
        offer = await published(db, None, title="街道办法", subdistrict="人民街道")
        own = await published(db, mine.id, title="居民公约")

        assert await answering(db, mine.id) == {*SHIPPED, general.key, own.key}
        assert await answering(db, neighbour.id) == {*SHIPPED, general.key}
        assert await answering(db, None) == {*SHIPPED, general.key}
        assert await documents.open_to_all(db, today=TODAY) == {*SHIPPED, general.key}
        seen = {
            community: [one.id for one in await documents.listed(db, community)]
            for community in (mine.id, neighbour.id, far.id, None)
        }
        assert seen == {
            mine.id: [own.id, offer.id, general.id],
            neighbour.id: [offer.id, general.id],
            far.id: [general.id],
            None: [general.id],
        }

        await documents.choose(db, mine.id, offer.key, applies=True, by=WORKER, at=NOW)
        await documents.choose(db, mine.id, "reg", applies=False, by=WORKER, at=NOW)
        await documents.choose(db, mine.id, general.key, applies=False, by=WORKER, at=NOW)
        assert await answering(db, mine.id) == {"faq", offer.key, own.key}
        assert await answering(db, neighbour.id) == {*SHIPPED, general.key}
        await documents.choose(db, mine.id, "reg", applies=True, by=WORKER, at=NOW)
        assert await answering(db, mine.id) == {*SHIPPED, offer.key, own.key}


@pytest.mark.parametrize("key", ["d3", "d99", "d", "dx", "t1", "nothing"])
async def test_what_cannot_be_seen_cannot_be_chosen(database: Database, key: str) -> None:
    async with database.begin() as db:
        mine = await facts.settled(db)
        far = await another(db, "光明社区", "光明街道")
        await published(db, mine.id, title="居民公约")
        draft = await drafted(db, mine.id, title="草稿")
        theirs = await published(db, far.id, title="外社区的")
        assert (draft.key, theirs.key) == ("d2", "d3")
        with pytest.raises(NoDocument):
            await documents.choose(db, mine.id, key, applies=True, by=WORKER, at=NOW)
        with pytest.raises(NoDocument):
            await documents.choose(db, mine.id, draft.key, applies=True, by=WORKER, at=NOW)
        with pytest.raises(NoDocument):
            await documents.visible(db, theirs.id, community_id=mine.id)
        with pytest.raises(NoDocument):
            await documents.visible(db, draft.id, community_id=far.id)
        assert await documents.visible(db, draft.id, community_id=mine.id) == draft


async def test_drafts_of_the_operator_are_shown_to_no_community(database: Database) -> None:
    async with database.begin() as db:
        mine = await facts.settled(db)
        draft = await drafted(db, None)
        with pytest.raises(NoDocument):
            await documents.visible(db, draft.id, community_id=mine.id)
        assert await documents.visible(db, draft.id, community_id=None) == draft
        assert await documents.everything(db) == [draft]


async def test_same_text_is_published_once_for_those_who_see_it(database: Database) -> None:
    async with database.begin() as db:
        mine = await facts.settled(db)
        far = await another(db, "光明社区", "光明街道")
        first = await published(db, mine.id, digest="same")
        assert await documents.known(db, "same", community_id=mine.id) == first
        assert await documents.known(db, "same", community_id=far.id) is None
        await published(db, far.id, digest="same")
        twin = await drafted(db, mine.id, digest="same", title="同一份")
        with pytest.raises(DocumentKnown) as refused:
            await documents.publish(db, twin, by=WORKER, at=NOW)
        assert refused.value.title == "社区物业服务办法"

    async with database.begin() as db:
        again = await documents.publish(db, twin, by=WORKER, at=NOW, replaces=first.id)
        assert (again.version, again.replaces_id) == (2, first.id)


async def test_offer_is_known_within_its_subdistrict(database: Database) -> None:
    async with database.begin() as db:
        offer = await published(db, None, subdistrict="人民街道", digest="same")
        assert await documents.known(db, "same", community_id=None) is None
        assert await documents.known(db, "same", community_id=None, subdistrict="人民街道") == offer


async def test_what_belongs_to_others_cannot_be_replaced(database: Database) -> None:
    async with database.begin() as db:
        mine = await facts.settled(db)
        general = await published(db, None, title="全市规定")
        draft = await drafted(db, mine.id)
        for number, refusal in ((general.id, StaleButton), (99, NoDocument)):
            with pytest.raises(refusal):
                await documents.publish(db, draft, by=WORKER, at=NOW, replaces=number)


async def test_card_and_questions_change_with_a_new_revision(database: Database) -> None:
    async with database.begin() as db:
        mine = await facts.settled(db)
        draft = await drafted(db, mine.id)
        changed = await documents.change_card(
            db, draft.id, number=None, valid_until=date(2027, 12, 31), status="试行"
        )
        assert (changed.number, changed.valid_until, changed.status, changed.revision) == (
            None,
            date(2027, 12, 31),
            "试行",
            0,
        )
        await documents.publish(db, draft, by=WORKER, at=NOW)
        assert (await documents.change_card(db, draft.id, issuer="区民政局")).revision == 2
        questions = Content(TEXT, '[{"passage": "d1-1"}]', "[]", b"new")
        assert (await documents.set_content(db, draft, questions)).revision == 3
        assert await documents.content(db, draft.id) == questions
        assert await documents.changes(db, 1) == [(1, 3, DocumentState.PUBLISHED)]


@pytest.mark.parametrize("card", [{"title": "规" * 301}, {"title": " "}, {"issuer": ""}])
async def test_card_with_an_empty_or_overlong_line_is_refused(
    database: Database, card: dict[str, Any]
) -> None:
    async with database.begin() as db:
        with pytest.raises(WordsTooLong):
            await drafted(db, None, **card)
        draft = await drafted(db, None)
        with pytest.raises(WordsTooLong):
            await documents.change_card(db, draft.id, **card)


async def test_draft_goes_when_it_is_dropped_or_after_a_day(database: Database) -> None:
    async with database.begin() as db:
        mine = await facts.settled(db)
        dropped, old = await drafted(db, mine.id), await drafted(db, mine.id)
        fresh = await drafted(db, mine.id, at=NOW + timedelta(hours=1))
        kept = await published(db, mine.id)
        await documents.discard(db, dropped)
        await documents.forget(db, now=NOW + timedelta(days=1))
        assert await documents.everything(db) == [kept, fresh]
        for number in (dropped.id, old.id):
            with pytest.raises(NoDocument):
                await documents.content(db, number)
        await documents.forget(db, now=NOW + timedelta(days=2))
        # the number of a forgotten draft is never another one's: its buttons may still be pressed
        assert (await drafted(db, mine.id)).id == kept.id + 1


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2027, 11, 1), None),
        (date(2027, 11, 2), date(2027, 11, 2)),
        (date(2028, 2, 1), date(2027, 11, 2)),
        (date(2028, 11, 2), date(2028, 11, 2)),
    ],
)
async def test_status_is_asked_once_a_year(database: Database, day: date, due: date | None) -> None:
    async with database.begin() as db:
        filed = await published(db, None)
        await drafted(db, None)
        assert filed.check_due(day) == due
        assert await documents.to_check(db, day) == ([filed] if due else [])


async def test_confirmed_document_is_asked_about_a_year_later(database: Database) -> None:
    async with database.begin() as db:
        filed = await published(db, None, valid_until=date(2027, 3, 31))
        assert await documents.to_check(db, date(2027, 3, 31)) == []
        assert await documents.to_check(db, date(2027, 4, 1)) == [filed]
        assert filed.check_due(date(2027, 9, 1)) == date(2027, 4, 1)
        at = datetime(2027, 9, 1, 10, 0, tzinfo=NOW.tzinfo)
        confirmed = await documents.confirm(db, filed, by=WORKER, at=at)
        assert (confirmed.checked_on, confirmed.checked_by) == (date(2027, 9, 1), WORKER)
        assert confirmed.revision > filed.revision
        assert await documents.to_check(db, date(2028, 8, 31)) == []
        assert await documents.to_check(db, date(2028, 9, 1)) == [confirmed]


async def test_taught_answers_apply_where_they_were_approved(database: Database) -> None:
    async with database.begin() as db:
        mine = await facts.settled(db)
        neighbour = await another(db, "和平社区", "人民街道")
        worker, secretary = [await facts.person(db, name) for name in ("王岚", "李书明")]
        one = await taught.teach(db, question="几点开门", answer="八点半。", by=worker, at=NOW)
        assert f"t{mine.id}" not in await answering(db, mine.id)
        await taught.approve(db, one, by=secretary, at=NOW)
        assert await answering(db, mine.id) == {*SHIPPED, f"t{mine.id}"}
        assert await answering(db, neighbour.id) == SHIPPED
        assert await documents.open_to_all(db, today=TODAY) == SHIPPED


async def test_long_text_and_index_come_back_as_they_were(database: Database) -> None:
    content = Content("条" * 3_000_000, "[]", "[]", bytes(range(256)) * 40_000)
    async with database.begin() as db:
        draft = await drafted(db, None, content=content)
        assert await documents.content(db, draft.id) == content


async def test_who_wants_to_be_forgotten_is_not_known_from_a_draft(database: Database) -> None:
    async with database.begin() as db:
        draft = await drafted(db, None)
        await personal.erase(db, user_id=1002, of=(), at=NOW)
        assert (await documents.with_id(db, draft.id)).drafted_by is None


async def test_draft_pressed_twice_at_once_is_published_once(
    postgresql_pair: tuple[Database, Database],
) -> None:
    one, two = postgresql_pair
    async with one.begin() as db:
        draft = await drafted(db, None)

    async def press(database: Database) -> bool:
        try:
            async with database.begin() as db:
                await documents.publish(db, draft, by=WORKER, at=NOW)
        except StaleButton:
            return False
        return True

    assert sorted(await asyncio.gather(press(one), press(two))) == [False, True]
    async with one.begin() as db:
        assert await documents.changes(db, 0) == [(draft.id, 1, DocumentState.PUBLISHED)]


async def test_same_text_published_at_once_by_two_is_published_once(
    postgresql_pair: tuple[Database, Database],
) -> None:
    one, two = postgresql_pair
    async with one.begin() as db:
        drafts = [await drafted(db, None, digest="same") for _ in range(2)]

    async def press(database: Database, draft: Filed) -> bool:
        try:
            async with database.begin() as db:
                await documents.publish(db, draft, by=WORKER, at=NOW)
        except DocumentKnown:
            return False
        return True

    found = await asyncio.gather(press(one, drafts[0]), press(two, drafts[1]))
    assert sorted(found) == [False, True]


async def test_revisions_of_two_replicas_are_committed_in_their_order(
    postgresql_pair: tuple[Database, Database],
) -> None:
    """The second waits for the first: who has seen revision 2 has seen revision 1."""
    one, two = postgresql_pair
    async with one.begin() as db:
        first, second = await drafted(db, None, title="甲"), await drafted(db, None, title="乙")

    async def press() -> int:
        async with two.begin() as db:
            return (await documents.publish(db, second, by=WORKER, at=NOW)).revision

    async with one.begin() as db:
        assert (await documents.publish(db, first, by=WORKER, at=NOW)).revision == 1
        waiting = asyncio.create_task(press())
        done, _waiting = await asyncio.wait({waiting}, timeout=0.2)
        assert not done
        async with two.begin() as reader:
            assert await documents.changes(reader, 0) == []
    assert await waiting == 2
    async with two.begin() as db:
        assert await documents.changes(db, 0) == [
            (first.id, 1, DocumentState.PUBLISHED),
            (second.id, 2, DocumentState.PUBLISHED),
        ]
        assert await documents.revision(db) == 2
