"""Asking in the group and in private: word for word with clause and card, or an honest no."""

from datetime import timedelta

from sqlalchemy import text

from bot.rehearsal import cast
from tests.chat import MEMBER, SECRETARY, STRANGER, Chat

QUORUM = "参会人数不少于三分之二方可召开"
CARD = "发文机关、文号、日期原文未载明（网络转载稿）"


async def test_answer_is_the_clause_then_the_folded_passage_then_the_card(chat: Chat) -> None:
    (answer,) = await chat.says(MEMBER, "/ask 工作会议要多少人到会才能召开")

    first, *passage, card = answer.splitlines()
    assert QUORUM in first
    assert passage[0] == "社区“大党委”会议类型?"
    assert card == f"出处：社区“大党委”问答 第7问 ｜{CARD}"
    message = chat.group.telegram.history[cast.GROUP_ID][-1]
    assert [entity["type"] for entity in message["entities"]] == [
        "bold",
        "expandable_blockquote",
        "bold",
    ]


async def test_answer_replies_to_the_question(chat: Chat) -> None:
    said = await chat.group.says(MEMBER, "@xingfuli_dangwu_bot 民主生活会每年召开几次")

    answer = chat.group.telegram.history[cast.GROUP_ID][-1]
    assert answer["reply_to_message"]["message_id"] == said["message_id"]
    assert answer["text"].splitlines()[-1] == (
        "出处：《重庆市街道社区党组织工作规定》第二十二条 ｜渝委发〔2006〕25号印发 ｜2006年7月25日 ｜时效待核实"
    )


async def test_ask_as_a_reply_answers_what_somebody_else_said(chat: Chat) -> None:
    said = await chat.group.says(STRANGER, "民主生活会每年召开几次")
    (answer,) = await chat.says(MEMBER, "/ask", reply_to=said["message_id"])

    assert "每年应召开一次民主生活会" in answer.splitlines()[0]


async def test_stranger_may_ask_in_private(chat: Chat) -> None:
    (answer,) = await chat.says(STRANGER, "民主生活会每年召开几次", private=True)

    assert "每年应召开一次民主生活会" in answer.splitlines()[0]


async def test_what_the_documents_do_not_say_is_not_answered(chat: Chat) -> None:
    assert await chat.says(MEMBER, "/ask 明天下不下雨") == [
        "已收录的文件中未找到相关规定，不能作答。已转工作人员（编号Q-0001）。"
    ]


async def test_suggestion_that_is_pressed_takes_the_place_of_the_suggestions(chat: Chat) -> None:
    await chat.says(MEMBER, "/ask 第二章有哪些条")
    labels = chat.buttons()
    assert len(labels) >= 3

    before = len(chat.shown())
    await chat.presses(MEMBER, labels[1])
    assert len(chat.shown()) == before
    assert "第四条" in chat.shown()[-1].splitlines()[-1]
    assert chat.buttons() == ["查看原文", "已解决", "没解决"]


async def test_sources_show_the_cards_with_what_is_not_stated(chat: Chat) -> None:
    (answer,) = await chat.says(MEMBER, "/sources")

    assert answer == (
        "1. 《重庆市街道社区党组织工作规定》\n"
        "发文机关：中共重庆市委\n"
        "文号：渝委发〔2006〕25号\n"
        "日期：2006年7月25日\n"
        "适用地域：重庆市\n"
        "来源：通知及规定全文文本\n"
        "效力状态：是否现行有效待核实\n"
        "\n"
        "2. 社区“大党委”问答\n"
        "发文机关：原文未载明\n"
        "文号：原文未载明\n"
        "日期：原文未载明\n"
        "适用地域：原文未载明\n"
        "来源：网络转载稿\n"
        "效力状态：参考材料，非规范性文件"
    )


async def test_false_premise_is_corrected_and_a_true_one_confirmed_in_the_first_line(
    chat: Chat,
) -> None:
    first_lines = [
        (await chat.says(MEMBER, question, private=True))[0].splitlines()[0]
        for question in (
            "工作会议过半数到会就行吧",
            "工作会议要三分之二到会，对吧",
            "联席会议过半数同意就算通过了吧",
        )
    ]

    assert first_lines == [
        "与文件表述不一致：参会人数不少于三分之二方可召开",
        "与文件表述一致：参会人数不少于三分之二方可召开",
        "文件表述为“半数以上同意”。是否含恰好一半，文件未说明；恰为半数时请主持人认定。",
    ]


async def test_word_of_two_meanings_is_asked_back_with_buttons(chat: Chat) -> None:
    assert await chat.says(MEMBER, "/ask 报到怎么规定的") == ["您是想问："]
    assert chat.buttons() == [
        "在职党员回居住地社区报到",
        "驻区单位党组织到社区“大党委”报到",
        "都不是，转工作人员",
    ]

    await chat.presses(MEMBER, "在职党员回居住地社区报到")
    assert chat.shown()[-1].splitlines()[0] == "坚持在职党员回居住地社区报到制度"


async def test_manners_get_one_short_line(chat: Chat) -> None:
    answers = [
        await chat.says(MEMBER, words, private=True) for words in ("谢谢", "你是谁", "谁表现最差")
    ]

    assert answers == [
        ["不客气。"],
        ["我是社区党务助手，可以查规定、办会议签到、提示例行事项。用法见 /help。"],
        ["本助手不提供对个人的排名、评价和行为记录。会议签到等信息的保存范围见 /privacy。"],
    ]


async def test_follow_up_goes_on_with_what_the_person_asked_before(chat: Chat) -> None:
    await chat.says(MEMBER, "我们有120名党员，设什么组织", private=True)
    (answer,) = await chat.says(MEMBER, "要是只有98个呢", private=True)

    assert answer.splitlines()[0] == "按98名党员测算：可设立党总支。"


async def test_after_three_questions_in_ten_minutes_the_group_has_peace(chat: Chat) -> None:
    questions = [f"/ask {count}名党员设什么组织" for count in (10, 60, 110, 120, 130)]
    answers = [await chat.says(MEMBER, question) for question in questions]

    assert [len(answer) for answer in answers] == [1, 1, 1, 1, 0]
    assert answers[3] == ["您在群里的提问较多，请到与我的私聊中继续。"]
    later = chat.group.clock.now() + timedelta(minutes=11)
    assert len(await chat.says(MEMBER, questions[4], at=later)) == 1


async def test_same_question_is_not_answered_twice_within_ten_minutes(chat: Chat) -> None:
    question = "/ask 民主生活会每年召开几次"
    await chat.says(MEMBER, question)

    assert await chat.says(SECRETARY, question) == ["同样的问题刚刚答复过，请向上查看。"]
    (private,) = await chat.says(SECRETARY, question.removeprefix("/ask "), private=True)
    assert "每年应召开一次民主生活会" in private


async def test_whole_passage_can_be_read_with_its_neighbours(chat: Chat) -> None:
    await chat.says(MEMBER, "/ask 民主生活会每年召开几次")
    await chat.presses(MEMBER, "查看原文")
    assert chat.shown()[-1].splitlines()[0] == (
        "《重庆市街道社区党组织工作规定》第二十二条　第六章 领导班子和干部队伍建设"
    )
    assert chat.buttons() == ["上一条：第二十一条", "下一条：第二十三条"]

    await chat.presses(MEMBER, "下一条：第二十三条")
    assert "第二十三条" in chat.shown()[-1].splitlines()[0]


async def test_answer_that_did_not_help_is_kept_with_its_reason_and_no_name(chat: Chat) -> None:
    await chat.says(MEMBER, "/ask 民主生活会每年召开几次")
    await chat.presses(MEMBER, "没解决")
    assert chat.buttons() == ["答非所问", "内容不全", "引用有误", "文件可能过时", "其他"]

    assert await chat.presses(MEMBER, "内容不全") == ["已记录，工作人员会查看。"]
    assert chat.buttons() == ["查看原文"]
    async with chat.group.app.database.begin() as db:
        kept = (await db.execute(text("SELECT passage, verdict FROM feedback"))).all()
    assert [tuple(row) for row in kept] == [("reg-22", "incomplete")]


async def test_last_verdict_on_an_answer_wins(chat: Chat) -> None:
    await chat.says(MEMBER, "/ask 民主生活会每年召开几次")
    number = chat.group.telegram.history[cast.GROUP_ID][-1]
    keys = [key for row in number["reply_markup"]["inline_keyboard"] for key in row]
    for data in (keys[1]["callback_data"], f"{keys[2]['callback_data']}/other"):
        await chat.presses_on(MEMBER, cast.GROUP_ID, number["message_id"], data)
    async with chat.group.app.database.begin() as db:
        kept = (await db.execute(text("SELECT verdict FROM feedback"))).scalars().all()

    assert kept == ["other"]
