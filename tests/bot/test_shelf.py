"""The library of a running assistant follows the records: in this process, in a replica, and while people ask."""

import asyncio
from datetime import datetime, timedelta

import psycopg
from sqlalchemy import event, text

from bot.shelf import Shelf
from handlers import filing
from knowledge.library import Answer, Library
from records import documents
from records.calendar import CHINA
from records.database import Database, Transaction
from records.documents import Filed
from tests.chat import MEMBER, SECRETARY, WORKER, Chat
from tests.handlers.documents import ANSWER, QUESTION, RULES

NOW = datetime(2026, 11, 18, 10, 0, tzinfo=CHINA)
OPEN = frozenset({"reg", "faq"})
OLDER = b"an index of another format"
ASKED = QUESTION.removeprefix("/ask ")


async def file(db: Transaction, library: Library, words: str = RULES) -> Filed:
    """As the operator publishes it at the keyboard, beside the running assistant."""
    prepared = filing.prepare(words.encode(), "停车管理办法.txt", library, OPEN)
    draft = await filing.file_draft(db, prepared, community_id=None, by=None, at=NOW)
    return await documents.publish(db, draft, by="运行人员", at=NOW)


async def index(db: Transaction, filed: Filed) -> bytes:
    """As it is kept."""
    return (await documents.content(db, filed.id)).index


async def test_replica_answers_from_what_another_published_until_it_is_withdrawn(
    postgresql_pair: tuple[Database, Database], library: Library
) -> None:
    here, there = postgresql_pair
    await here.prepare()
    shelf = Shelf(there, library)
    async with here.begin() as db:
        filed = await file(db, library)
    await shelf.refresh()
    found = shelf.library.answer(ASKED)
    assert isinstance(found, Answer)
    assert found.clause.text == ANSWER

    async with here.begin() as db:
        await documents.withdraw(db, filed, by="运行人员", at=NOW)
    await shelf.refresh()
    assert {one.key for one in shelf.library.documents} == OPEN
    assert shelf.library.passage(f"{filed.key}-4") is None


async def test_new_version_stays_beside_the_old_one_until_the_view_tells_them_apart(
    database: Database, library: Library
) -> None:
    await database.prepare()
    shelf = Shelf(database, library)
    async with database.begin() as db:
        old = await file(db, library)
    await shelf.refresh()
    async with database.begin() as db:
        words = RULES.replace("四小时", "六小时")
        prepared = filing.prepare(words.encode(), "停车管理办法.txt", library, OPEN, old)
        draft = await filing.file_draft(db, prepared, community_id=None, by=None, at=NOW)
        new = await documents.publish(db, draft, by="运行人员", at=NOW, replaces=old.id)
    await shelf.refresh()
    async with database.begin() as db:
        today = await documents.applying(db, None, today=NOW.date())
        past = await documents.applying(db, None, today=NOW.date(), historical=True)

    assert (new.key in today, old.key in today, past) == (True, False, frozenset([old.key]))
    for view, limit in ((today, "六小时"), (past, "四小时")):
        found = shelf.library.answer(ASKED, view=view)
        assert isinstance(found, Answer)
        assert limit in found.clause.text


async def test_index_of_an_older_program_is_built_once(
    database: Database, library: Library
) -> None:
    await database.prepare()
    async with database.begin() as db:
        filed = await file(db, library)
        fresh = await index(db, filed)
        await documents.renew_index(db, filed.id, was=fresh, index=OLDER)
        revision = await documents.revision(db)
    shelf = Shelf(database, library)
    await shelf.refresh()
    async with database.begin() as db:
        assert (await index(db, filed), await documents.revision(db)) == (fresh, revision)

    assert isinstance(shelf.library.answer(ASKED), Answer)


async def test_index_that_cannot_be_kept_answers_all_the_same(
    sqlite_url: str, library: Library
) -> None:
    database = Database(sqlite_url)
    async with database.begin() as db:
        filed = await file(db, library)
        await documents.renew_index(db, filed.id, was=await index(db, filed), index=OLDER)
        await db.execute(
            text(
                "CREATE TRIGGER full BEFORE UPDATE ON document_contents "
                "BEGIN SELECT RAISE(ABORT, 'no room'); END"
            )
        )
    shelf = Shelf(database, library)
    await shelf.refresh()
    async with database.begin() as db:
        assert await index(db, filed) == OLDER
        assert await shelf.is_current(db)
    await database.close()

    assert isinstance(shelf.library.answer(ASKED), Answer)


async def test_index_that_was_replaced_meanwhile_stays(
    database: Database, library: Library
) -> None:
    await database.prepare()
    async with database.begin() as db:
        filed = await file(db, library)
        fresh = await index(db, filed)
        await documents.renew_index(db, filed.id, was=b"an earlier one", index=OLDER)

        assert await index(db, filed) == fresh


async def test_no_question_is_lost_while_documents_are_published(
    chat: Chat, library: Library
) -> None:
    people = (MEMBER, WORKER, SECRETARY)
    moments = [NOW + timedelta(minutes=11 * turn) for turn in range(6)]

    async def publish(turn: int) -> None:
        words = RULES.replace("四小时", f"{'五六七八九十'[turn]}小时").replace(
            "停车管理", f"停车{turn}号"
        )
        async with chat.group.app.database.begin() as db:
            await file(db, library, words)

    answers = []
    for turn, moment in enumerate(moments):
        asked = chat.says(people[turn % 3], "/ask 工作会议要多少人到会", at=moment)
        answered, _ = await asyncio.gather(asked, publish(turn))
        answers.append(answered[0])

    assert all("参会人数不少于三分之二方可召开" in answer for answer in answers)
    assert len(chat.group.app.workers[0].shelf.library.documents) == 2 + len(moments)


async def test_withdrawal_in_the_middle_of_a_refresh_is_seen_by_the_next(
    postgresql_pair: tuple[Database, Database], library: Library
) -> None:
    here, there = postgresql_pair
    await here.prepare()
    shelf = Shelf(there, library)
    async with here.begin() as db:
        filed = await file(db, library)
    withdrawn: list[str] = []

    def withdraw(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        """As soon as the other replica has read what was changed."""
        if "documents.revision > " in statement and not withdrawn:
            withdrawn.append(filed.key)
            with psycopg.connect(here.conninfo) as connection:
                number = connection.execute(
                    "UPDATE revisions SET number = number + 1 RETURNING number"
                )
                (revision,) = number.fetchone() or (0,)
                connection.execute(
                    "UPDATE documents SET state = 'withdrawn', revision = %s", [revision]
                )

    event.listen(there.engine.sync_engine, "after_cursor_execute", withdraw)
    await shelf.refresh()
    await shelf.refresh()

    assert withdrawn == [filed.key]
    assert shelf.library.passage(f"{filed.key}-4") is None
