"""A passage that is too long for one message is an excerpt in the answer, and read part by part."""

from handlers.texts import questions
from knowledge.passages import Document
from knowledge.splitting import passages_of
from tests.chat import MEMBER, Chat
from tests.handlers.documents import published

MATTERS = "".join(f"第{number}件事项由社区居民委员会受理并登记。" for number in range(1, 301))
RULES = f"""幸福里社区事项受理办法
第一条 为方便居民，制定本办法。
第二条 受理下列事项：{MATTERS}电动平衡车登记挂牌请到社区服务大厅三号窗口。
第三条 本办法由社区居民委员会解释。
"""


QUESTION = "幸福里社区事项受理办法第二条"


def test_answer_shows_what_stands_around_the_clause() -> None:
    document = Document("d1", "幸福里社区事项受理办法", None, None, None, None, "参考材料", "上传")
    (_first, passage, _last) = passages_of(document, "regulation", RULES.partition("\n")[2])
    words = "电动平衡车登记挂牌请到社区服务大厅三号窗口"

    first, around, footer = questions.answer(passage, passage.clause(words)).plain.splitlines()
    assert first == words
    assert around.startswith("…")
    assert words in around
    assert len(around) < 3100
    assert footer.startswith("出处：幸福里社区事项受理办法 第二条")


async def test_answer_in_the_group_is_one_message(chat: Chat) -> None:
    await published(chat, RULES)

    (answer,) = await chat.says(MEMBER, f"/ask {QUESTION}")
    assert answer.startswith("受理下列事项：第1件")
    assert "…（全文见查看原文）\n出处：" in answer
    assert len(answer) < 4096


async def test_whole_passage_is_read_part_by_part(chat: Chat) -> None:
    await published(chat, RULES)
    await chat.says(MEMBER, QUESTION, private=True)
    await chat.presses(MEMBER, "查看原文", private=True)

    read = []
    while True:
        heading, words, _footer = chat.last(MEMBER).splitlines()
        read.append(words)
        assert heading == f"幸福里社区事项受理办法 第二条（第{len(read)}部分，共3部分）"
        if "下一部分" not in chat.buttons(MEMBER):
            break
        await chat.presses(MEMBER, "下一部分", private=True)

    assert "".join(read) in RULES
    assert "".join(read).startswith("第二条 受理下列事项：第1件")
    assert "".join(read).endswith("三号窗口。")
    assert chat.buttons(MEMBER) == ["上一部分", "上一条：第一条", "下一条：第三条"]
