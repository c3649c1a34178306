"""本社区补充: an answer typed by one person, approved by a second, found by everybody of the community."""

from datetime import datetime, timedelta

from sqlalchemy import text

from bot.rehearsal import cast
from records import binding, roster
from records.calendar import CHINA
from records.model import Role
from records.roster import Roster, RosterPerson
from tests.chat import LIAISON, MEMBER, SECRETARY, STRANGER, WORKER, Chat
from tests.handlers.asking import answered

QUESTION, ANSWER = "电动车能上楼充电吗", "不能上楼充电，请到3号楼旁充电棚。"
SHOWN = ANSWER.removesuffix("。")
MARK = "本社区补充，非文件原文"
SAME_PERSON = "撰写人不能自己审核。请另一位书记或党务工作者审核。"
STALE = "这个按钮已失效，请重新发送命令。"
FIRST_REVIEW = datetime(2027, 11, 18, 10, 0, tzinfo=CHINA)


async def handed_in(chat: Chat) -> None:
    """From the refusal in the group to 收入知识库."""
    await chat.says(MEMBER, f"/ask {QUESTION}")
    await chat.says(WORKER, "/unanswered", private=True)
    await chat.presses(WORKER, f"1. {QUESTION}", private=True)
    await chat.presses(WORKER, "答复", private=True)
    await chat.says(WORKER, ANSWER, private=True)
    await chat.presses(WORKER, "发送", private=True)
    await chat.presses(WORKER, "收入知识库（须另一人同意）", private=True)


async def approved(chat: Chat) -> None:
    await handed_in(chat)
    await chat.presses(SECRETARY, "同意收入", private=True)


def later(chat: Chat, **time: int) -> datetime:
    return chat.group.clock.now() + timedelta(**time)


async def test_from_the_refusal_to_the_answer_for_another_person_in_the_group(chat: Chat) -> None:
    await handed_in(chat)
    assert chat.last(WORKER) == ("本社区补充第1条待审核\n已请1位同志审核，同意后在本社区作答。")
    assert chat.last(SECRETARY) == (
        "请核对：\n幸福里社区党务工作者提出收入本社区知识库：\n"
        f"问：{QUESTION}\n答：{ANSWER}\n同意后在本社区作答，注明“{MARK}”，一年后复核。"
    )
    (before,) = await chat.says(LIAISON, QUESTION, private=True)
    assert "Q-0002" in before

    await chat.presses(SECRETARY, "同意收入", private=True)
    assert chat.last(SECRETARY) == chat.last(WORKER)
    assert chat.last(WORKER) == "本社区补充第1条已收入知识库，请在2027年11月18日前复核。"

    (answer,) = await chat.says(LIAISON, f"/ask {QUESTION}", at=later(chat, minutes=11))
    assert answer == (
        f"{ANSWER}\n{QUESTION}\n{ANSWER}\n"
        "出处：本社区补充第1条，非文件原文 ｜幸福里社区党务工作者答复 ｜2026年11月18日 ｜2027年11月18日前复核"
    )
    assert chat.buttons() == ["查看原文", "已解决", "没解决"]


async def test_author_does_not_approve_his_own_answer(chat: Chat) -> None:
    await handed_in(chat)
    await chat.says(WORKER, "/unanswered", private=True)
    await chat.presses(WORKER, "本社区补充", private=True)
    assert chat.last(WORKER) == f"本社区补充（幸福里社区）：1条\n第1条　待审核　{QUESTION}"
    await chat.presses(WORKER, f"第1条 {QUESTION}", private=True)

    assert await chat.presses(WORKER, "同意收入", private=True) == [SAME_PERSON]
    (answer,) = await chat.says(LIAISON, QUESTION, private=True)
    assert "未找到相关规定" in answer


async def test_second_person_may_disagree(chat: Chat) -> None:
    await handed_in(chat)
    await chat.presses(SECRETARY, "不同意", private=True)

    words = f"本社区补充第1条未收入知识库：{QUESTION}"
    assert (chat.last(SECRETARY), chat.last(WORKER)) == (words, words)
    (answer,) = await chat.says(LIAISON, QUESTION, private=True)
    assert "未找到相关规定" in answer


async def test_what_is_handed_in_twice_is_one(chat: Chat) -> None:
    await handed_in(chat)
    place = cast.USER_IDS[WORKER]
    number = chat.group.telegram.history[place][-1]["message_id"]

    assert await chat.presses_on(WORKER, place, number, "teachq:1:1") == [STALE]


async def test_only_manager_is_told_that_somebody_else_must_be_bound(chat: Chat) -> None:
    async with chat.group.app.database.begin() as db:
        await db.execute(
            text("DELETE FROM accounts WHERE user_id = :user_id"),
            {"user_id": cast.USER_IDS[SECRETARY]},
        )
    await handed_in(chat)

    assert chat.last(WORKER).splitlines()[1] == (
        "本社区已确认身份的书记和党务工作者只有您一位，还没有人可以审核。"
        "请先在 /roster 发绑定码，由书记确认身份后审核。审核在“本社区补充”中办理。"
    )


async def test_other_wordings_lead_to_the_same_answer(chat: Chat) -> None:
    await approved(chat)
    await chat.says(WORKER, "/unanswered", private=True)
    await chat.presses(WORKER, "本社区补充", private=True)
    await chat.presses(WORKER, f"第1条 {QUESTION}", private=True)
    await chat.presses(WORKER, "补充问法", private=True)
    await chat.says(WORKER, "电瓶车推进楼道行不行\n\n电单车哪里充电", private=True)
    assert chat.last(WORKER).splitlines()[1:5] == [
        f"问：{QUESTION}",
        "另一种问法：电瓶车推进楼道行不行",
        "另一种问法：电单车哪里充电",
        f"答：{ANSWER}",
    ]

    (answer,) = await chat.says(LIAISON, "电单车哪里充电", private=True)
    assert answer.splitlines()[0] == ANSWER


async def test_answer_is_never_shown_in_part(chat: Chat) -> None:
    whole = "不能上楼充电。请到3号楼旁的充电棚充电，刷卡使用。"
    await chat.says(MEMBER, QUESTION, private=True)
    await answered(chat, f"1. {QUESTION}", whole)
    await chat.presses(WORKER, "收入知识库（须另一人同意）", private=True)
    await chat.presses(SECRETARY, "同意收入", private=True)

    for question in (QUESTION, "电动车在楼上充电可以吗"):
        (answer,) = await chat.says(LIAISON, question, private=True)
        assert answer.startswith(f"{whole}\n{QUESTION}\n{whole}\n")


async def test_withdrawn_answer_is_not_found_by_any_channel(chat: Chat) -> None:
    await approved(chat)
    (answer,) = await chat.says(LIAISON, QUESTION, private=True)
    assert answer.splitlines()[0] == ANSWER
    await chat.says(SECRETARY, "/unanswered", private=True)
    await chat.presses(SECRETARY, "本社区补充", private=True)
    await chat.presses(SECRETARY, f"第1条 {QUESTION}", private=True)
    await chat.presses(SECRETARY, "撤回", private=True)
    await chat.presses(SECRETARY, "确认撤回", private=True)
    assert chat.last(SECRETARY) == "本社区补充第1条已撤回，不再用于作答。"

    for label in ("查看原文", "没解决", "已解决"):
        assert await chat.presses(LIAISON, label, private=True) == ["该答复已撤回。请重新提问。"]
    (audit,) = await chat.says(WORKER, "/audit", private=True)
    assert "李书明：撤回本社区补充第1条" in audit
    for words in (QUESTION, ANSWER, f"历史查询：{QUESTION}"):
        assert SHOWN not in "".join(await chat.says(LIAISON, words, private=True))
    assert SHOWN not in "".join(str(one) for one in await chat.inline(LIAISON, "电动车上楼充电"))


async def test_taught_answer_is_never_listed_inline(chat: Chat) -> None:
    await approved(chat)

    assert SHOWN not in "".join(str(one) for one in await chat.inline(LIAISON, QUESTION))


async def test_in_a_year_it_is_looked_at_again_and_kept(chat: Chat) -> None:
    await approved(chat)
    await chat.at(FIRST_REVIEW)
    asked = "本社区补充第1条已到复核日期（2027年11月18日），请核对答复是否仍然适用。"
    assert f"{asked}\n问：{QUESTION}" in chat.shown(WORKER)
    await chat.presses(WORKER, "继续使用", private=True)

    kept = "本社区补充第1条继续使用，请在2028年11月18日前再次复核。"
    assert kept in chat.shown(WORKER)


async def test_in_a_year_it_may_be_withdrawn(chat: Chat) -> None:
    await approved(chat)
    await chat.at(FIRST_REVIEW)
    await chat.presses(WORKER, "撤回", private=True)
    await chat.presses(WORKER, "确认撤回", private=True)

    assert SHOWN not in "".join(await chat.says(LIAISON, QUESTION, private=True))


async def test_another_community_sees_nothing_of_it(chat: Chat) -> None:
    other = Roster(
        "和平社区",
        "人民街道",
        (),
        (RosterPerson("周游", roles=frozenset({Role.PARTY_WORKER})),),
    )
    async with chat.group.app.database.begin() as db:
        (code,) = await roster.load(db, other, now=chat.group.clock.now())
        await binding.bind(
            db, code=code.code, user_id=cast.USER_IDS[STRANGER], at=chat.group.clock.now()
        )
    await handed_in(chat)
    place = cast.USER_IDS[STRANGER]
    assert await chat.says(STRANGER, "/unanswered", private=True) == ["目前没有待答问题。"]
    number = chat.group.telegram.history[place][-1]["message_id"]
    for data in ("openq:2:1", "teachq:2:1", "taughtyes:1", "taughtone:1", "taughtdrop:1:yes"):
        assert await chat.presses_on(STRANGER, place, number, data) == [STALE]
    for data in ("openq:1:1", "unanswered:1:1", "taughts:1", "topuses:1"):
        assert await chat.presses_on(STRANGER, place, number, data) == [
            "该操作由书记或党务工作者办理。"
        ]

    await chat.presses(SECRETARY, "同意收入", private=True)
    (answer,) = await chat.says(STRANGER, QUESTION, private=True)
    assert "Q-0002" in answer
