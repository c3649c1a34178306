"""`@bot words` in any chat: clauses of the documents open to everyone, ten a page, nothing of anybody's own."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import text as sql

from bot.rehearsal import cast
from bot.rehearsal.people import block
from bot.writing import PAGE, units
from handlers.texts import inline as texts
from knowledge import segments
from knowledge.library import Library
from knowledge.passages import Clause, Document, Passage
from knowledge.splitting import passages_of
from records import documents, people, taught
from records.database import Transaction
from records.documents import Content, Filed
from tests.chat import LIAISON, MEMBER, SECRETARY, STRANGER, WORKER, Chat, Listed

CARD = "渝委发〔2006〕25号印发 ｜2006年7月25日 ｜时效待核实"
ARTICLE_22 = f"《重庆市街道社区党组织工作规定》第二十二条 ｜{CARD}"
MEETING = "街道、社区党组织每年应召开一次民主生活会"
BROAD = "党员"  # a word of many clauses


async def test_clause_is_listed_with_its_place_and_becomes_the_answer_of_a_chat(chat: Chat) -> None:
    first, *_others = await chat.inline(STRANGER, "民主生活会每年召开几次")
    (answer,) = await chat.says(STRANGER, "民主生活会每年召开几次", private=True)

    assert first == Listed(MEETING, ARTICLE_22, answer)


async def test_ten_a_page_and_none_twice(chat: Chat) -> None:
    first = await chat.inline_answer(MEMBER, BROAD)
    second = await chat.inline_answer(MEMBER, BROAD, first["next_offset"])

    assert (len(first["results"]), first["next_offset"]) == (10, "10")
    assert len(second["results"]) > 0
    numbers = [result["id"] for page in (first, second) for result in page["results"]]
    assert len(set(numbers)) == len(numbers)
    assert "button" not in first
    assert "button" not in second


async def test_there_are_fifty_at_most(chat: Chat) -> None:
    offset, found = "", 0
    while True:
        answer = await chat.inline_answer(MEMBER, BROAD, offset)
        found += len(answer["results"])
        if not (offset := answer["next_offset"]):
            break

    assert 20 < found <= 50
    assert await chat.inline(MEMBER, BROAD, "50") == []
    assert await chat.inline(MEMBER, BROAD, "x") == await chat.inline(MEMBER, BROAD)


async def test_where_nothing_is_typed_the_documents_are_listed(chat: Chat) -> None:
    assert await chat.inline(MEMBER, " ") == [
        Listed(
            "《重庆市街道社区党组织工作规定》", CARD, f"《重庆市街道社区党组织工作规定》\n{CARD}"
        ),
        Listed(
            "社区“大党委”问答",
            "发文机关、文号、日期原文未载明（网络转载稿）",
            "社区“大党委”问答\n发文机关、文号、日期原文未载明（网络转载稿）",
        ),
    ]


async def test_where_nothing_is_found_the_way_to_private_chat_is_shown(chat: Chat) -> None:
    answer = await chat.inline_answer(MEMBER, "明天下不下雨")
    assert answer["results"] == []
    assert answer["button"] == {"text": "未找到相关规定，私聊提问", "start_parameter": "ask"}

    assert await chat.says(MEMBER, "/start ask", private=True) == [
        "请直接发送要查的问题，例如：工作会议要多少人到会。"
    ]


async def test_nobody_is_ranked_here_either(chat: Chat) -> None:
    answer = await chat.inline_answer(MEMBER, "请假次数最多的党员是谁")
    assert answer["results"] == []
    assert answer["button"] == {"text": "不提供个人情况，点此看说明", "start_parameter": "bounds"}

    assert await chat.says(MEMBER, "/start bounds", private=True) == [
        "本助手不提供对个人的排名、评价和行为记录。会议签到等信息的保存范围见 /privacy。"
    ]


async def test_everybody_is_shown_the_same_so_telegram_may_remember_it(chat: Chat) -> None:
    answers = [await chat.inline_answer(name, "民主生活会") for name in (WORKER, LIAISON, STRANGER)]

    for answer in answers:
        del answer["inline_query_id"]
    assert answers[0] == answers[1] == answers[2]
    assert (answers[0]["cache_time"], answers[0]["is_personal"]) == (300, False)


async def test_chosen_clause_is_no_question_and_leads_to_its_article(chat: Chat) -> None:
    await chat.inline(MEMBER, "民主生活会每年召开几次")
    for private in (False, True):
        before = len(chat.shown(MEMBER)), len(chat.shown())
        message = await chat.chooses(MEMBER, MEETING, private=private)
        assert message["via_bot"]["username"] == cast.BOT_USERNAME
        assert (len(chat.shown(MEMBER)), len(chat.shown())) == before

    ((button,),) = message["reply_markup"]["inline_keyboard"]
    start = button["url"].removeprefix(f"https://t.me/{cast.BOT_USERNAME}?start=")
    (whole,) = await chat.says(MEMBER, f"/start {start}", private=True)
    assert whole.splitlines()[0] == (
        "《重庆市街道社区党组织工作规定》第二十二条　第六章 领导班子和干部队伍建设"
    )


async def test_link_to_what_is_not_there_says_so(chat: Chat) -> None:
    assert await chat.says(MEMBER, "/start read_reg-999", private=True) == [
        "这个按钮已失效，请重新发送命令。"
    ]


async def test_only_documents_that_are_open_to_everyone_are_listed(chat: Chat) -> None:
    """The operator's, not a community's own, nor what is offered to a subdistrict, nor what was taught."""
    at = chat.group.clock.now()
    async with chat.group.app.database.begin() as db:
        (worker,) = await people.all_of_account(db, user_id=cast.USER_IDS[WORKER])
        (secretary,) = await people.all_of_account(db, user_id=cast.USER_IDS[SECRETARY])
        await _published(db, "停车办法甲", at=at, community_id=None)
        own = await _published(db, "停车办法乙", at=at, community_id=worker.community_id)
        await _published(db, "停车办法丙", at=at, community_id=None, subdistrict="人民街道")
        one = await taught.teach(
            db, question="停车证怎么办理", answer="停车证在服务大厅办理。", by=worker, at=at
        )
        await taught.approve(db, one, by=secretary, at=at)

    assert {one.description for one in await chat.inline(MEMBER, "停车证")} == {
        "《停车办法甲》第一条 ｜〔2026〕3号印发 ｜2026年5月1日 ｜现行有效"
    }
    assert [one.title for one in await chat.inline(MEMBER, "")][2:] == ["《停车办法甲》"]
    (whole,) = await chat.says(MEMBER, "停车证怎么办理", private=True)
    assert "停车证" in whole
    for number in (f"d{own.id}-1", f"t{worker.community_id}-1"):
        assert await chat.says(STRANGER, f"/start read_{number}", private=True) == [
            "这个按钮已失效，请重新发送命令。"
        ]


async def test_withdrawn_document_is_listed_no_more(chat: Chat) -> None:
    at = chat.group.clock.now()
    async with chat.group.app.database.begin() as db:
        filed = await _published(db, "停车办法", at=at, community_id=None)
    (found,) = await chat.inline(MEMBER, "停车证")
    assert found.title == "居民凭房产证到服务大厅办理停车证"
    async with chat.group.app.database.begin() as db:
        await documents.withdraw(db, filed, by="operator", at=at)

    assert await chat.inline(MEMBER, "停车证") == []


async def _published(db: Transaction, title: str, *, at: datetime, **to: Any) -> Filed:
    text = f"第一条 居民凭{title[4:] or '房产证'}到服务大厅办理停车证。"
    document = Document("new", title, None, None, None, None, "", "")
    index = segments.build(passages_of(document, "regulation", text)).to_bytes()
    draft = await documents.draft(
        db,
        Content(text, "[]", "[]", index),
        form="regulation",
        digest=title.ljust(64, "0"),
        passages=1,
        by=None,
        at=at,
        title=title,
        number="〔2026〕3号",
        dated_on=date(2026, 5, 1),
        status="现行有效",
        origin="社区公告栏",
        **to,
    )
    return await documents.publish(db, draft, by="operator", at=at)


async def test_of_the_words_typed_nothing_is_kept(chat: Chat) -> None:
    await chat.inline(MEMBER, "夜猫子问题民主生活会")
    database = chat.group.app.database
    assert database.file is not None
    async with database.begin() as db:
        left = await db.execute(sql("SELECT count(*) FROM inbox WHERE body IS NOT NULL"))
        assert left.scalar_one() == 0
        kept = await db.execute(sql("SELECT count(*) FROM outbox WHERE body <> ''"))
        assert kept.scalar_one() == 0
        asked = await db.execute(sql("SELECT count(*) FROM questions"))
        assert asked.scalar_one() == 0


async def test_whoever_is_known_to_nobody_is_answered_all_the_same(chat: Chat) -> None:
    """The list never waits for a private chat: who blocked the assistant may still quote a clause."""
    block(chat.group.telegram, cast.USER_IDS[STRANGER])

    assert (await chat.inline(STRANGER, "民主生活会每年召开几次"))[0].title == MEETING


@pytest.fixture
def long(library: Library) -> Passage:
    """An article of 3,000 characters in sentences of ten, some of which count twice."""
    article = library.passage("reg-22")
    assert article is not None
    words = "".join(f"第{number:03}句𠀀𠀁𠀂𠀃。" for number in range(300))
    return replace(article, text=f"第二十二条 {words}", parts=())


@pytest.mark.parametrize("number", [0, 5, 60, 150, 299])
def test_of_a_long_passage_what_stands_around_the_clause_is_shown(
    long: Passage, number: int
) -> None:
    words = f"第{number:03}句𠀀𠀁𠀂𠀃。"
    shown = texts.answer(long, long.clause(words))

    first, passage, card = shown.plain.split("\n")
    assert first == words
    assert words in passage
    assert passage.endswith("…（全文见查看原文）")
    assert passage.startswith("第二十二条 " if number < 80 else "…第")
    assert card.startswith("出处：《重庆市街道社区党组织工作规定》第二十二条")
    assert units(shown.plain) < PAGE
    bold, fold, inside = shown.spans
    assert shown.plain[bold.start : bold.end] == shown.plain[inside.start : inside.end] == words
    assert shown.plain[fold.start : fold.end] == passage


def test_long_clause_is_shown_once_and_cut(long: Passage) -> None:
    shown = texts.answer(long, Clause(6, len(long.text), long.text[6:]))

    clause, _card = shown.plain.split("\n")
    assert clause.startswith("第000句")
    assert clause.endswith("…（全文见查看原文）")
    assert units(shown.plain) < PAGE
    assert len(texts.title(long, Clause(6, len(long.text), long.text[6:]))) == 60


def test_whole_answer_to_a_question_is_listed_by_the_question(library: Library) -> None:
    passage = library.passage("faq-7")
    assert passage is not None

    assert texts.title(passage, passage.body) == "社区“大党委”会议类型?"
    assert texts.title(passage, passage.clause("参会人数不少于三分之二方可召开")) == (
        "参会人数不少于三分之二方可召开"
    )
