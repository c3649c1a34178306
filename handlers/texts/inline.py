"""What is listed for `@bot words` in any chat, and the message that a choice becomes."""

from handlers.conversation import Button, Result
from handlers.texts import questions
from handlers.texts.excerpts import around, excerpt
from handlers.texts.text import Text, bold, lines
from knowledge.manners import Manner
from knowledge.passages import Clause, Document, Passage

ASK, BOUNDS, READ = "ask", "bounds", "read_"  # what a link to the private chat carries
TITLE = 60  # characters: two lines on a phone
LONGEST = 900  # characters of a clause, and of a passage: with its card below 4,096 in any script

HERE = {
    ASK: "请直接发送要查的问题，例如：工作会议要多少人到会。",
    BOUNDS: questions.MANNERS[Manner.OUT_OF_BOUNDS],
}

ASK_IN_PRIVATE = Button("输入关键词查规定，也可私聊提问", "start", ASK)
NOTHING_FOUND = Button("未找到相关规定，私聊提问", "start", ASK)
OUT_OF_BOUNDS = Button("不提供个人情况，点此看说明", "start", BOUNDS)


def clause(passage: Passage, found: Clause, *, bot_username: str) -> Result:
    """Listed by its words or its question, with where it stands; chosen, it is the answer of a chat."""
    place = f"{questions.title(passage.document)}{passage.cite(found)}"
    return Result(
        f"{passage.id}:{found.start}:{found.end}",
        title(passage, found),
        " ｜".join([place, *questions.card(passage.document)]),
        answer(passage, found),
        ((Button("查看原文", url=f"https://t.me/{bot_username}?start={READ}{passage.id}"),),),
    )


def title(passage: Passage, found: Clause) -> str:
    """The question of a whole answer; of anything else the words by which it is told from its neighbours."""
    words = passage.heading if found == passage.body and passage.heading else found.text
    first = words.strip().replace("\n", " ")
    return first if len(first) <= TITLE else first[: TITLE - 1] + "…"


def answer(passage: Passage, found: Clause) -> Text:
    """As in a chat; of a long passage only what stands around the clause."""
    span = around(passage, found, LONGEST)
    if span == (0, len(passage.text)):
        return questions.answer(passage, found)
    return excerpt(passage, found, span, questions.footer(passage, found))


def document(one: Document) -> Result:
    """A document that is collected here; chosen, it is its card."""
    name, stated = questions.title(one).strip(), " ｜".join(questions.card(one))
    return Result(one.key, name[:TITLE], stated, lines(bold(name), stated))
