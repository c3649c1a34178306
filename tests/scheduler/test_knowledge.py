"""Once a year whoever runs a community is asked whether its documents and its own answers still hold."""

import json
from datetime import date, timedelta

from sqlalchemy import text

from records import documents, roles, subdistricts, taught, unanswered
from records.database import Database, Transaction
from records.documents import Content, Filed
from records.unanswered import Entry
from tests.records import facts
from tests.scheduler.heard import at, ticked

WORKER, SECRETARY = facts.USER_IDS["王岚"], facts.USER_IDS["李书明"]
ASKED = "《社区物业服务办法》（人街〔2026〕3号）收录已满一年，是否仍然有效请核对。"


async def published(
    db: Transaction,
    community_id: int | None,
    *,
    subdistrict: str | None = None,
    number: str | None = "人街〔2026〕3号",
    valid_until: date | None = None,
) -> Filed:
    draft = await documents.draft(
        db,
        Content("第一条 …", "[]", "[]", b""),
        community_id=community_id,
        subdistrict=subdistrict,
        title="社区物业服务办法",
        number=number,
        status="现行有效",
        origin="街道网站",
        valid_until=valid_until,
        form="regulation",
        digest=f"{community_id}",
        passages=1,
        by=None,
        at=facts.START,
    )
    return await documents.publish(db, draft, by="party_worker", at=facts.START)


async def asked(database: Database, month: int, day: int, hour: int = 10) -> list[tuple[int, str]]:
    """What a tick of 2027 asks about documents and answers, and whom."""
    found = await ticked(database, at(month, day, hour, year=2027))
    return [(chat, said) for _day, chat, said in found if "请核对" in said]


async def pressable(database: Database, key: str) -> list[tuple[str, str, str]]:
    """The buttons under what the worker was asked: label, action and what it carries."""
    async with database.begin() as db:
        query = text("SELECT body FROM outbox WHERE key = :key")
        body = (await db.execute(query, {"key": f"{key}:{WORKER}"})).scalar_one()
    rows = json.loads(body)["buttons"]
    return [(each["label"], each["action"], each["words"]) for row in rows for each in row]


async def test_worker_is_asked_once_a_year_and_in_office_hours(database: Database) -> None:
    async with database.begin() as db:
        mine = await facts.settled(db)
        filed = await published(db, mine.id)
        await published(db, None)
    assert await asked(database, 11, 1) == []
    assert await asked(database, 11, 2, 7) == []
    assert await asked(database, 11, 2) == [(WORKER, ASKED)]
    assert await pressable(database, "doccheck:1:2027-11-02") == [
        ("仍然有效", "docvalid", "1"),
        ("已失效，撤回", "docwithdraw", "1"),
        ("查看", "doc", "1"),
    ]
    assert await asked(database, 11, 2, 15) == await asked(database, 12, 1) == []

    async with database.begin() as db:
        await documents.confirm(db, filed, by="party_worker", at=at(12, 1, year=2027))
    later = await ticked(database, at(12, 1, year=2028))
    assert [said for _day, chat, said in later if "请核对" in said] == [
        "《社区物业服务办法》（人街〔2026〕3号）2027年12月1日核对后已满一年，是否仍然有效请核对。"
    ]


async def test_document_past_its_end_is_asked_about_at_once(database: Database) -> None:
    async with database.begin() as db:
        mine = await facts.settled(db)
        await published(db, mine.id, number=None, valid_until=date(2027, 3, 31))
    assert await asked(database, 3, 31) == []
    assert await asked(database, 4, 1) == [
        (
            WORKER,
            "《社区物业服务办法》有效期至2027年3月31日，现已到期，不再用于作答。\n"
            "是否仍然有效请核对；仍然有效的，点“仍然有效”后继续用于作答。",
        )
    ]
    assert await asked(database, 11, 2) == []


async def test_taught_answer_comes_up_on_its_day(database: Database) -> None:
    async with database.begin() as db:
        await facts.settled(db)
        worker, secretary = [await facts.person(db, name) for name in ("王岚", "李书明")]
        one = await taught.teach(
            db, question="几点开门", answer="八点半。", by=worker, at=facts.START
        )
        one = await taught.approve(db, one, by=secretary, at=facts.START)
    assert await asked(database, 11, 2) == [
        (
            WORKER,
            "本社区补充第1条已到复核日期（2027年11月2日），请核对答复是否仍然适用。\n问：几点开门",
        )
    ]
    assert await pressable(database, "taughtcheck:1:2027-11-02") == [
        ("继续使用", "taughtkeep", "1"),
        ("撤回", "taughtdrop", "1"),
    ]
    async with database.begin() as db:
        await taught.withdraw(db, one, by=secretary, at=facts.START + timedelta(days=365))
    assert await asked(database, 11, 3) == []


async def test_secretary_is_asked_where_there_is_no_worker(database: Database) -> None:
    async with database.begin() as db:
        mine = await facts.settled(db)
        await published(db, mine.id)
        await roles.put(db, await facts.person(db, "王岚"), frozenset())
    assert await asked(database, 11, 2) == [(SECRETARY, ASKED)]


async def test_staff_are_asked_about_what_they_offer(database: Database) -> None:
    async with database.begin() as db:
        await facts.settled(db)
        codes = await subdistricts.add(db, "人民街道", ["周游", "钱进"], at=facts.START)
        await subdistricts.bind(db, code=codes[0].code, user_id=7, at=facts.START)
        await published(db, None, subdistrict="人民街道")
        await published(db, None, subdistrict="和平街道")
    assert await asked(database, 11, 1) == []
    assert await asked(database, 11, 2) == [(7, ASKED)]
    assert await asked(database, 11, 2, 15) == []


async def test_worker_hears_once_of_questions_that_came_without_an_answer(
    database: Database,
) -> None:
    async with database.begin() as db:
        mine = await facts.settled(db)

        async def ask(words: str, month: int, day: int) -> Entry:
            moment = at(month, day, year=2027)
            return await unanswered.note(
                db, community_id=mine.id, text=words, normalised=words, user_id=None, at=moment
            )

        await ask("食堂几点开饭", 11, 2)
        settled = await ask("停车怎么收费", 11, 3)
        await ask("哪里打印", 11, 6)
        await unanswered.close(db, settled, at=at(11, 4, year=2027))

    async def heard(month: int, day: int, hour: int = 10) -> list[tuple[int, str]]:
        found = await ticked(database, at(month, day, hour, year=2027))
        return [(chat, said) for _day, chat, said in found if "/unanswered" in said]

    assert await heard(11, 5) == []
    assert await heard(11, 8) == [
        (
            WORKER,
            "上次提示以来，有2个问题现有文件没有答复，尚待处理。请发送 /unanswered 查看，可以直接补充答复。",
        )
    ]
    assert await heard(11, 8, 15) == await heard(11, 9) == await heard(11, 15) == []

    async with database.begin() as db:
        await ask("几点关门", 11, 16)
    assert len(await heard(11, 24)) == 1  # nothing ran on Monday and Tuesday
    assert await heard(11, 25) == await heard(11, 29) == []
