"""文件管理: which documents apply, their versions and state, and what is left of one that is withdrawn."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.rehearsal import cast
from handlers import filing, withdrawals
from handlers.texts import questions
from knowledge.library import Library
from knowledge.passages import Document
from records import documents
from records.calendar import CHINA
from tests.chat import FULL_TIMER, MEMBER, SECRETARY, WORKER, Chat
from tests.handlers.documents import ANSWER, QUESTION, RULES, TITLE, opened, published, sent

NEW_RULES = RULES.replace("四小时", "六小时").replace("3号", "9号")
NEW_ANSWER = ANSWER.replace("四", "六")
SUPERSEDED = "已被新版本取代，提问前加“历史查询”才作答"


async def updated(chat: Chat) -> str:
    """更新版本 with the next text; what is said then."""
    await opened(chat, f"《{TITLE}》", "更新版本")
    await published(chat, NEW_RULES)
    return chat.last(WORKER)


async def test_card_says_everything_and_offers_what_can_be_done(chat: Chat) -> None:
    await published(chat)

    assert await opened(chat, f"《{TITLE}》") == (
        f"《{TITLE}》\n"
        "文号：幸居委〔2026〕3号\n发文机关：未载明\n日期：未载明\n适用地域：未载明\n"
        "来源：上传的文件“停车管理办法.txt”\n效力状态：是否现行有效待核实\n有效期至：未载明\n"
        "内容：4条，没有修复\n"
        "收录：2026年11月18日（周三）10:00（党务工作者）\n"
        "状态：适用，用于本社区答复"
    )
    assert chat.buttons(WORKER) == [
        "改为不适用", "更新版本", "标准问题", "核对状态", "修改来源信息", "撤回", "返回",
    ]  # fmt: skip
    await chat.presses(WORKER, "返回", private=True)
    assert f"\n3. 《{TITLE}》　适用　时效待核实\n" in chat.last(WORKER)


async def test_what_does_not_apply_does_not_answer_and_is_no_source(chat: Chat) -> None:
    await opened(chat, "《重庆市街道社区党组织工作规定》")
    assert await chat.presses(WORKER, "改为不适用", private=True) == [
        "《重庆市街道社区党组织工作规定》已改为不适用，不再用于本社区答复。"
    ]
    assert chat.last(WORKER).endswith("状态：不适用，不用于本社区答复")
    (sources,) = await chat.says(MEMBER, "/sources")
    assert sources.startswith("1. 社区“大党委”问答\n")
    assert "重庆市" not in sources

    await chat.presses(WORKER, "适用", private=True)
    (sources,) = await chat.says(MEMBER, "/sources")
    assert sources.startswith("1. 《重庆市街道社区党组织工作规定》\n")
    (audit,) = await chat.says(WORKER, "/audit", private=True)
    assert [line.partition("　")[2] for line in audit.splitlines()[1:3]] == [
        "王岚：文件改为适用：《重庆市街道社区党组织工作规定》",
        "王岚：文件改为不适用：《重庆市街道社区党组织工作规定》",
    ]


async def test_own_document_is_a_source_with_its_card(chat: Chat) -> None:
    await published(chat)

    (sources,) = await chat.says(MEMBER, "/sources")
    assert sources.endswith(
        f"3. 《{TITLE}》\n发文机关：原文未载明\n文号：幸居委〔2026〕3号\n日期：原文未载明\n"
        "适用地域：原文未载明\n来源：上传的文件“停车管理办法.txt”\n效力状态：是否现行有效待核实"
    )


async def test_new_version_answers_and_the_older_one_only_history_queries(chat: Chat) -> None:
    await published(chat)
    await opened(chat, f"《{TITLE}》", "更新版本")
    assert chat.last(WORKER) == "请发送新版本的文件（不超过20MB）。发布前，现有版本照常作答。"
    assert await chat.says(WORKER, "好", private=True) == [
        "正在等待新版本的文件。请发送文件，或点“取消”。"
    ]
    assert (await sent(chat, "内部资料\n" + NEW_RULES)).startswith("文件上标有“内部")
    assert "\n发布后取代第1版（4条）。\n" in await sent(chat, NEW_RULES)
    for label in ("发布", "来源信息无误，发布"):
        await chat.presses(WORKER, label, private=True)
    assert chat.last(WORKER) == (
        f"已发布《{TITLE}》，共4条，现在就可以提问。\n"
        "第1版不再用于作答；提问以“历史查询”开头的，仍可查到。\n"
        "居民和成员常用的问法，可以在“标准问题”中补充。"
    )

    assert (await chat.says(MEMBER, QUESTION))[0].startswith(NEW_ANSWER)
    (old,) = await chat.says(SECRETARY, QUESTION.replace("/ask ", "/ask 历史查询 "))
    assert old.startswith(ANSWER)
    assert f"出处：《{TITLE}》第四条 ｜已被新版本取代 ｜幸居委〔2026〕3号印发" in old
    card = await opened(chat, f"《{TITLE}》")
    assert card.startswith(f"《{TITLE}》　第2版\n文号：幸居委〔2026〕9号\n")
    assert card.endswith(f"以前的版本：\n第1版：未载明　{SUPERSEDED}")
    assert await opened(chat, "已撤回、已取代的") == (
        f"已撤回、已取代的文件\n第1版《{TITLE}》　已被新版本取代"
    )


def test_footer_says_what_is_known_and_nothing_else() -> None:
    day = date(2026, 6, 8)
    bare = Document("d1", "办事问答", None, None, None, None, "参考材料", "大厅公开栏")
    own = replace(bare, title="停车办法", issuer="幸福里社区居民委员会", status="现行有效")

    assert questions.title(bare) == "办事问答 "
    assert questions.card(bare) == ["发文机关、文号、日期原文未载明（大厅公开栏）"]
    assert questions.title(own) == "《停车办法》"
    assert questions.card(replace(own, date=day, valid_until=day)) == [
        "文号原文未载明",
        "幸福里社区居民委员会",
        "2026年6月8日",
        "现行有效",
        "有效期至2026年6月8日",
    ]
    assert questions.card(replace(own, number="幸〔2026〕3号", is_superseded=True)) == [
        "已被新版本取代",
        "幸〔2026〕3号印发",
        "日期原文未载明",
        "现行有效",
    ]
    taught = replace(bare, title="本社区补充", is_taught=True, origin="书记答复 ｜2026年6月8日")
    assert questions.title(taught) == "本社区补充"
    assert questions.card(taught) == ["书记答复 ｜2026年6月8日"]


async def test_status_is_checked_and_logged(chat: Chat) -> None:
    await published(chat)
    assert await opened(chat, f"《{TITLE}》", "核对状态") == (
        f"核对《{TITLE}》的状态\n请选择核对结果。以发文机关或上级党组织的公布为准。"
    )
    assert chat.buttons(WORKER) == [
        "现行有效", "是否现行有效待核实", "参考材料", "已失效，撤回", "返回",
    ]  # fmt: skip
    assert await chat.presses(WORKER, "现行有效", private=True) == [
        "已登记：现行有效，一年后再请核对。"
    ]
    assert "\n效力状态：现行有效\n" in chat.last(WORKER)
    assert "\n状态核对：2026年11月18日（党务工作者）\n" in chat.last(WORKER)
    assert "｜现行有效" in (await chat.says(MEMBER, QUESTION))[0]


async def test_yearly_question_is_answered_by_its_buttons(chat: Chat) -> None:
    await published(chat)
    later = datetime(2027, 11, 19, 10, 0, tzinfo=CHINA)
    await chat.at(later)
    assert f"《{TITLE}》（幸居委〔2026〕3号）收录已满一年，是否仍然有效请核对。" in chat.shown(
        WORKER
    )

    assert await chat.presses(WORKER, "仍然有效", private=True) == [
        "已登记：仍然有效，一年后再请核对。"
    ]
    assert any("\n状态核对：2027年11月19日（党务工作者）\n" in one for one in chat.shown(WORKER))


async def test_expired_document_says_so_until_it_is_checked(chat: Chat) -> None:
    await published(chat)
    async with chat.group.app.database.begin() as db:
        await documents.change_card(db, 1, valid_until=date(2026, 11, 30))
    chat.group.clock.move_to(datetime(2026, 12, 1, 10, 0, tzinfo=CHINA))

    assert "已到期，不再用于作答　时效待核实　有效期至2026年11月30日" in await opened(chat)
    await chat.presses(WORKER, f"《{TITLE}》", private=True)
    assert chat.last(WORKER).endswith("状态：已到期，不再用于作答；仍然有效的，请点“核对状态”")
    for label in ("核对状态", "现行有效"):
        await chat.presses(WORKER, label, private=True)
    assert chat.last(WORKER).endswith("状态：适用，用于本社区答复")


async def test_withdrawn_document_is_found_by_no_channel(chat: Chat) -> None:
    await published(chat)
    assert (await chat.says(MEMBER, QUESTION))[0].startswith(ANSWER)
    await opened(chat, f"《{TITLE}》", "撤回")
    assert chat.last(WORKER) == (
        f"撤回《{TITLE}》？\n撤回后不再用于作答，也不能查看原文；文本30天后删除，只留来源信息。"
    )
    await chat.presses(WORKER, "确认撤回", private=True)

    assert chat.shown(WORKER)[-2:] == [
        f"已撤回《{TITLE}》。正在核验是否还能查到，结果稍后发来。",
        f"《{TITLE}》\n已撤回，核验：答复、检索、原文均已查不到。",
    ]
    assert await chat.presses(MEMBER, "查看原文") == ["该文件已撤回。请重新提问，按现有文件答复。"]
    assert await chat.presses(MEMBER, "没解决") == ["该文件已撤回。请重新提问，按现有文件答复。"]
    (answer,) = await chat.says(SECRETARY, QUESTION)
    assert ANSWER not in answer
    assert "请向上查看" not in answer  # there stands what was withdrawn
    assert ANSWER not in "".join(await chat.says(FULL_TIMER, f"{QUESTION}（历史查询）"))
    assert TITLE not in (await chat.says(MEMBER, "/sources"))[0]
    assert await opened(chat, "已撤回、已取代的") == (
        f"已撤回、已取代的文件\n第1版《{TITLE}》　已撤回"
    )
    await chat.presses(WORKER, f"第1版《{TITLE}》", private=True)
    assert chat.buttons(WORKER) == ["返回"]
    assert chat.last(WORKER).endswith("状态：已撤回")


async def test_repairs_of_a_withdrawn_document_are_no_way_to_its_words(chat: Chat) -> None:
    await published(chat, RULES.replace("访客车辆", "訪客車輛"))
    await opened(chat, f"《{TITLE}》")
    assert "修复记录" in chat.buttons(WORKER)
    message, data = chat._button(cast.USER_IDS[WORKER], "修复记录")
    await chat.presses(WORKER, "撤回", private=True)
    await chat.presses(WORKER, "确认撤回", private=True)

    assert await chat.presses_on(WORKER, cast.USER_IDS[WORKER], message["message_id"], data) == [
        "该文件已撤回。请重新提问，按现有文件答复。"
    ]
    await opened(chat, "已撤回、已取代的", f"第1版《{TITLE}》")
    assert chat.buttons(WORKER) == ["返回"]
    assert "\n内容：4条\n" in chat.last(WORKER)


async def test_check_of_a_withdrawal_finds_what_is_still_there(
    chat: Chat, library: Library
) -> None:
    await published(chat)
    async with chat.group.app.database.begin() as db:
        gone = await withdrawals.gather(db, "1")
    shelf = chat.group.app.runner.shelf
    await shelf.refresh()

    passages = filing.passages(gone.filed, gone.content)
    assert withdrawals.sentences(passages)[-1] == ANSWER
    assert not withdrawals.is_gone(gone, shelf.library)
    assert withdrawals.is_gone(gone, library)


async def test_withdrawing_a_version_names_those_before_it(chat: Chat) -> None:
    await published(chat)
    await updated(chat)
    await opened(chat, f"《{TITLE}》", "撤回")
    assert chat.last(WORKER).splitlines()[-1] == (
        "以前的版本仍可用“历史查询”查到，需要一并撤回的，请在“已撤回、已取代的”中另行办理。"
    )
    await chat.presses(WORKER, "确认撤回", private=True)
    await opened(chat, "已撤回、已取代的")
    await chat.presses(WORKER, f"第1版《{TITLE}》", private=True)
    for label in ("撤回", "确认撤回"):
        await chat.presses(WORKER, label, private=True)

    assert ANSWER not in "".join(
        await chat.says(MEMBER, QUESTION.replace("/ask ", "/ask 历史查询 "))
    )


async def test_only_managers_of_the_community_see_its_documents(chat: Chat) -> None:
    await published(chat)

    assert await chat.says(MEMBER, "/docs", private=True) == ["该操作由书记或党务工作者办理。"]
    assert await chat.says(WORKER, "/docs") == ["这件事请到与我的私聊中办理。"]
    await opened(chat, f"《{TITLE}》")
    message, data = chat._button(cast.USER_IDS[WORKER], "撤回")
    assert await chat.presses_on(MEMBER, cast.USER_IDS[WORKER], message["message_id"], data) == [
        "该操作由书记或党务工作者办理。"
    ]
    chat.group.clock.move_to(chat.group.clock.now() + timedelta(minutes=1))
    assert f"3. 《{TITLE}》" in await opened(chat, by=SECRETARY)


COUNTRY = """居民公约条例
第一条 为了发挥居民自治的作用，制定本条例。
第二条 居民公约由居民会议讨论制定，报街道办事处备案。
"""
CITY = """幸福市实施《居民公约条例》办法
第一条 根据《居民公约条例》，结合本市实际情况，制定本办法。
第二条 居民公约由居民会议讨论制定，报所在地街道办事处备案。
"""


async def test_clause_that_is_nearly_as_likely_is_one_press_away(chat: Chat) -> None:
    """Two documents say the same: one answers, the other is named below it and takes its place."""
    for text in (COUNTRY, CITY):
        await published(chat, text)
    (answer,) = await chat.says(MEMBER, "/ask 居民公约由谁制定")
    assert answer.startswith("居民公约由居民会议讨论制定，报街道办事处备案\n")
    assert "出处：居民公约条例 第二条" in answer
    assert chat.buttons() == [
        "查看原文",
        "另见：幸福市实施《居民公约条例》办法第二条",
        "已解决",
        "没解决",
    ]

    await chat.presses(MEMBER, "另见：幸福市实施《居民公约条例》办法第二条")

    other = chat.last()
    assert other.startswith("居民公约由居民会议讨论制定，报所在地街道办事处备案\n")
    assert "出处：幸福市实施《居民公约条例》办法 第二条" in other
    assert chat.buttons() == ["查看原文", "已解决", "没解决"]
