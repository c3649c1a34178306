"""A question that the documents do not answer, and the worker who answers it."""

from sqlalchemy import text

from tests.chat import WORKER, Chat

OPEN = "已收录的文件中未找到相关规定，不能作答。"
NO_ANSWER = f"{OPEN}可以换个说法再问，或请工作人员答复。"
QUESTION = "电动车能上楼充电吗"
ANSWER = "不能上楼充电，请到3号楼旁充电棚。"
LETTER = (
    f"关于您的提问“{QUESTION}”：\n{ANSWER}\n本社区补充，非文件原文。\n"
    "幸福里社区党务工作者　2026年11月18日"
)


def noted(number: int) -> str:
    return f"{OPEN}已转工作人员（编号Q-{number:04}）。"


async def rows(chat: Chat, query: str) -> list[tuple[object, ...]]:
    async with chat.group.app.database.begin() as db:
        return [tuple(row) for row in (await db.execute(text(query))).all()]


async def opened(chat: Chat, label: str) -> str:
    """The worker opens the list and presses one of its entries."""
    await chat.says(WORKER, "/unanswered", private=True)
    await chat.presses(WORKER, label, private=True)
    return chat.last(WORKER)


async def answered(chat: Chat, label: str, words: str = ANSWER) -> None:
    await opened(chat, label)
    await chat.presses(WORKER, "答复", private=True)
    await chat.says(WORKER, words, private=True)
    await chat.presses(WORKER, "发送", private=True)
