"""From a refusal in the group to the worker's answer in private, most asked first, similar ones together."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.rehearsal import cast
from tests.chat import LIAISON, MEMBER, SECRETARY, STRANGER, WORKER, Chat
from tests.handlers.asking import ANSWER, LETTER, NO_ANSWER, QUESTION, answered, noted, opened, rows


async def test_refusal_is_a_numbered_entry_and_the_same_question_keeps_its_number(
    chat: Chat,
) -> None:
    assert await chat.says(MEMBER, f"/ask {QUESTION}") == [noted(1)]
    assert await chat.says(LIAISON, f"/ask {QUESTION}") == [noted(1)]
    assert await chat.says(MEMBER, f"请问{QUESTION}？", private=True) == [noted(2)]
    assert await chat.says(MEMBER, f"{QUESTION}？？", private=True) == [noted(1)]
    assert await chat.says(STRANGER, "/ask 社区食堂几点开门") == [noted(3)]

    kept = await rows(chat, "SELECT text, times FROM unanswered ORDER BY id")
    assert kept == [(QUESTION, 2), (f"请问{QUESTION}？", 1), ("社区食堂几点开门", 1)]


async def test_next_day_the_same_person_counts_again(chat: Chat) -> None:
    await chat.says(MEMBER, QUESTION, private=True)
    await chat.says(MEMBER, QUESTION, private=True)
    later = chat.group.clock.now() + timedelta(days=1)
    await chat.says(MEMBER, QUESTION, private=True, at=later)

    shown = await opened(chat, f"1. {QUESTION}")
    assert shown == f"Q-0001\n问：{QUESTION}\n提问：2次，2026年11月18日至2026年11月19日"


@pytest.mark.parametrize("words", ["谢谢", "你是谁", "😀😀😀", "？？", "12345", "问" * 501])
async def test_what_is_no_question_makes_no_entry(chat: Chat, words: str) -> None:
    (said,) = await chat.says(MEMBER, words, private=True)

    assert "编号" not in said
    assert await rows(chat, "SELECT text FROM unanswered") == []


async def test_stranger_in_private_gets_no_number(chat: Chat) -> None:
    assert await chat.says(STRANGER, QUESTION, private=True) == [NO_ANSWER]
    assert await chat.says(STRANGER, "受了处分还能当委员吗", private=True) == [NO_ANSWER]


async def test_answer_goes_to_everybody_who_asked_in_private(chat: Chat) -> None:
    await chat.says(MEMBER, f"/ask {QUESTION}")
    await chat.says(LIAISON, QUESTION, private=True)
    assert await opened(chat, f"1. {QUESTION}") == (
        f"Q-0001\n问：{QUESTION}\n提问：2次，2026年11月18日"
    )
    assert chat.buttons(WORKER) == ["答复", "不予答复", "返回"]

    await chat.presses(WORKER, "答复", private=True)
    assert chat.last(WORKER) == f"请写出对Q-0001的答复，不超过2000字：\n问：{QUESTION}"
    assert await chat.says(WORKER, "写错了", private=True) == [
        "提问人将收到：\n" + LETTER.replace(ANSWER, "写错了") + "\n需要改写的，请直接再发一遍。"
    ]
    await chat.says(WORKER, ANSWER, private=True)
    await chat.presses(WORKER, "发送", private=True)

    assert chat.last(MEMBER) == chat.last(LIAISON) == LETTER
    assert chat.last(WORKER) == f"Q-0001已答复，发给2位提问人。\n{LETTER}"
    assert chat.buttons(WORKER) == ["收入知识库（须另一人同意）", "返回"]
    assert await rows(chat, "SELECT * FROM askers") == []
    assert LETTER not in "".join(chat.shown())
    assert (await chat.says(WORKER, "/unanswered", private=True)) == ["目前没有待答问题。"]
    (audit,) = await chat.says(WORKER, "/audit", private=True)
    assert "王岚：答复提问Q-0001" in audit


async def test_worker_is_told_how_many_cannot_be_reached(chat: Chat) -> None:
    await chat.says(STRANGER, f"/ask {QUESTION}")
    await chat.says(MEMBER, QUESTION, private=True)
    await answered(chat, f"1. {QUESTION}")

    assert chat.last(WORKER).splitlines()[:2] == [
        "Q-0001已答复，发给2位提问人。",
        "其中1人没有打开过与助手的私聊，收不到，可在群里另行说明。",
    ]
    assert chat.last(MEMBER) == LETTER


async def test_pressed_twice_it_is_sent_once(chat: Chat) -> None:
    await chat.says(MEMBER, QUESTION, private=True)
    await opened(chat, f"1. {QUESTION}")
    await chat.presses(WORKER, "答复", private=True)
    await chat.says(WORKER, ANSWER, private=True)
    number = chat.group.telegram.history[cast.USER_IDS[WORKER]][-1]["message_id"]
    place = cast.USER_IDS[WORKER]
    for _time in range(2):
        await chat.presses_on(WORKER, place, number, "sendq:1:1")

    assert chat.shown(MEMBER).count(LETTER) == 1


async def test_question_that_gets_no_answer_is_asked_about_once_more(chat: Chat) -> None:
    await chat.says(MEMBER, QUESTION, private=True)
    await opened(chat, f"1. {QUESTION}")
    await chat.presses(WORKER, "不予答复", private=True)
    assert chat.last(WORKER).splitlines()[1] == "不予答复后移出待答问题，提问人不会收到消息。"
    before = chat.shown(MEMBER)

    assert await chat.presses(WORKER, "确认不予答复", private=True) == ["已不予答复。"]
    assert chat.last(WORKER) == "目前没有待答问题。"
    assert chat.shown(MEMBER) == before
    assert await rows(chat, "SELECT * FROM askers") == []


async def test_similar_questions_stand_together_and_are_joined(chat: Chat) -> None:
    await chat.says(MEMBER, "社区食堂几点开门", private=True)
    await chat.says(LIAISON, "请问社区食堂几点开门？", private=True)
    await chat.says(SECRETARY, "社区食堂几点开门呢", private=True)
    await chat.says(MEMBER, QUESTION, private=True)
    assert await chat.says(WORKER, "待答问题", private=True) == [
        f"待答问题 4个\n1. 社区食堂几点开门　3次，另有2个相近\n2. {QUESTION}　1次"
    ]
    await chat.presses(WORKER, "1. 社区食堂几点开门", private=True)
    assert chat.buttons(WORKER) == ["答复", "不予答复", "合并", "返回"]
    await chat.presses(WORKER, "合并", private=True)
    await chat.presses(WORKER, "全部合并", private=True)
    assert "提问：3次" in chat.last(WORKER)

    await chat.presses(WORKER, "答复", private=True)
    await chat.says(WORKER, "七点。", private=True)
    await chat.presses(WORKER, "发送", private=True)
    for name in (MEMBER, LIAISON, SECRETARY):
        assert "七点。" in chat.last(name)


async def test_suggestions_have_a_way_out(chat: Chat) -> None:
    await chat.says(MEMBER, "/ask 报到怎么规定的")
    assert chat.buttons()[-1] == "都不是，转工作人员"
    before = len(chat.shown())
    await chat.presses(MEMBER, "都不是，转工作人员")

    assert (len(chat.shown()), chat.last()) == (before, "已转工作人员（编号Q-0001）。")
    assert await rows(chat, "SELECT text FROM unanswered") == [("报到怎么规定的",)]


async def test_after_ten_minutes_the_question_is_no_longer_known(chat: Chat) -> None:
    await chat.says(MEMBER, "/ask 报到怎么规定的")
    later = chat.group.clock.now() + timedelta(minutes=11)

    assert await chat.presses(MEMBER, "都不是，转工作人员", at=later) == [
        "原问题已不保存，请重新提问。"
    ]
    assert await rows(chat, "SELECT text FROM unanswered") == []


async def test_list_is_for_the_workers_in_private(chat: Chat) -> None:
    assert await chat.says(MEMBER, "/unanswered", private=True) == [
        "该操作由书记或党务工作者办理。"
    ]
    assert await chat.says(WORKER, "/unanswered") == ["这件事请到与我的私聊中办理。"]


async def test_long_list_has_pages(chat: Chat) -> None:
    asked = (
        "电梯坏了 停车位怎么租 食堂几点开门 超市打折吗 宠物要办证吗 理发多少钱 快递柜在哪"
        " 水管漏了 电影几点放"
    )
    for question in asked.split():
        await chat.says(MEMBER, question, private=True)
    (first,) = await chat.says(WORKER, "/unanswered", private=True)
    assert first.splitlines()[0] == "待答问题 9个（第1页，共2页）"
    assert chat.buttons(WORKER)[-3:] == ["下一页", "本社区补充", "常用条款"]

    await chat.presses(WORKER, "下一页", private=True)
    assert chat.last(WORKER) == "待答问题 9个（第2页，共2页）\n9. 电影几点放　1次"
    assert chat.buttons(WORKER) == ["9. 电影几点放", "上一页", "本社区补充", "常用条款"]


async def test_group_of_no_community_gets_no_number(chat: Chat) -> None:
    async with chat.group.app.database.begin() as db:
        await db.execute(text("UPDATE communities SET group_chat_id = NULL"))
    assert await chat.says(MEMBER, f"/ask {QUESTION}") == [NO_ANSWER]
    await chat.says(MEMBER, "/ask 报到怎么规定的")
    assert "都不是，转工作人员" not in chat.buttons()
    await chat.says(MEMBER, "/ask 民主生活会每年召开几次")
    await chat.presses(MEMBER, "没解决")
    await chat.presses(MEMBER, "其他")

    assert await rows(chat, "SELECT text FROM unanswered") == []
