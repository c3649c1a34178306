"""What is listed for `@bot words` in any chat, and the message that a choice becomes."""

from handlers.conversation import Button, Result
from handlers.texts import questions
from handlers.texts.text import Text, bold, fold, lines
from knowledge.manners import Manner
from knowledge.passages import Clause, Document, Passage

ASK, BOUNDS, READ = "ask", "bounds", "read_"  # what a link to the private chat carries
TITLE = 60  # characters: two lines on a phone
LONGEST = 900  # characters of a clause, and of a passage: with its card below 4,096 in any script
BREAKS = "。；;\n"

HERE = {
    ASK: "请直接发送要查的问题，例如：工作会议要多少人到会。",
    BOUNDS: questions.MANNERS[Manner.OUT_OF_BOUNDS],
}
CUT = "…（全文见查看原文）"

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
    text, (start, end) = passage.text, _around(passage, found)
    if (start, end) == (0, len(text)):
        return questions.answer(passage, found)
    footer = questions.footer(passage, found)
    if found.end > end:
        return lines(bold(text[found.start : end]) + CUT, footer)
    marked = text[start : found.start] + bold(found.text) + text[found.end : end]
    return lines(bold(found.text), fold(("…" if start else "") + marked + CUT), footer)


def _around(passage: Passage, found: Clause) -> tuple[int, int]:
    """What is shown of a passage: from its beginning if the clause is near it, else from the clause's sentence."""
    text, start = passage.text, 0
    if len(text) <= LONGEST:
        return 0, len(text)
    if found.end > LONGEST:
        start = 1 + _last_break(text, 0, found.start)
    if found.end > start + LONGEST:
        start = found.start
    end = start + LONGEST
    if found.end <= end < len(text):
        end = max(found.end, 1 + _last_break(text, start, end))
    return start, min(end, len(text))


def _last_break(text: str, start: int, end: int) -> int:
    return max(text.rfind(sign, start, end) for sign in BREAKS)


def document(one: Document) -> Result:
    """A document that is collected here; chosen, it is its card."""
    name, stated = questions.title(one).strip(), " ｜".join(questions.card(one))
    return Result(one.key, name[:TITLE], stated, lines(bold(name), stated))
