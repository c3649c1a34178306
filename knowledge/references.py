"""Direct references: 第七条第（六）项, 第4条, 问答6, 双向沟通机制, 第二章有哪些条."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.cleaning import simplified
from knowledge.numerals import number
from knowledge.passages import Clause, Level, Passage

NUMBER = r"([0-9零〇一二两三四五六七八九十百]{1,5})"
ARTICLE = re.compile(
    rf"第?\s*{NUMBER}\s*条(?:\s*(?:的|里)?\s*(?:第\s*[(（]?\s*{NUMBER}\s*[)）]?\s*[项款点]|[(（]\s*{NUMBER}\s*[)）]\s*[项款点]?|{NUMBER}\s*[项款]))?"
)
QUESTION = re.compile(
    rf"问答[里中的]?\s*第?\s*{NUMBER}(?:\s*[问条题个])?|第\s*{NUMBER}\s*(?:问|题|个问题)|{NUMBER}\s*问(?!题)"
)
CHAPTER = re.compile(rf"第\s*{NUMBER}\s*章")
MECHANISM = re.compile(r"[\u4e00-\u9fff]{2,8}机制")
EMPTY = re.compile(
    r"规定|工作规定|问答|大党委|社区|请问|请|帮我|查一下|查|看看|看|原文|全文|内容|的|里|是|什么|啥|怎么|说|讲|写|了|一下"
    r"|哪些|有|条款|条文|条|呢|吗|具体|给我|发|下|我|想|要|那|一|[^\u4e00-\u9fffA-Za-z0-9]"
)
OTHER = re.compile(r"(法典|宪法|办法|法|条例|章程|准则|细则)[》里中的]*\s*$")
"""The kind of document whose article is cited."""
WHOLE = 1
"""So many characters beside the reference ask nothing more."""


@dataclass(frozen=True)
class Reference:
    """The passages (of one chapter, or one, or none) that a question names; `only` if it asks nothing else."""

    passages: tuple[Passage, ...]
    clause: Clause | None
    only: bool


def find(question: str, passages: Iterable[Passage]) -> Reference | None:
    """What the question names; None where it names nothing that there is."""
    text = simplified(unicodedata.normalize("NFKC", question))
    known = tuple(passages)
    return (
        _part(text, known)
        or _article(text, known)
        or _question(text, known)
        or _chapter(text, known)
    )


def _article(text: str, passages: tuple[Passage, ...]) -> Reference | None:
    match = ARTICLE.search(text)
    if match is None or _is_elsewhere(text[: match.start()], passages):
        return None
    level = Level.QUESTION if "问答" in text[: match.start()] else Level.ARTICLE
    passage = _at(level, match[1], passages)
    if passage is None:
        return Reference((), None, only=True) if _only(text, match[0]) else None
    digits = match[2] or match[3] or match[4]
    item = digits and number(digits)
    for part in passage.parts:
        if item and part.level is Level.ITEM and part.number == item:
            return Reference((passage,), part.clause, _only(text, match[0]))
    return Reference((passage,), None, _only(text, match[0]))


def _is_elsewhere(before: str, passages: tuple[Passage, ...]) -> bool:
    """Whether the article of a law is cited (民法典第十条) and none of these documents is of that kind."""
    kind = OTHER.search(before)
    titles = {passage.document.title for passage in passages}
    return kind is not None and not any(kind[1] in title for title in titles)


def _question(text: str, passages: tuple[Passage, ...]) -> Reference | None:
    match = QUESTION.search(text)
    passage = match and _at(Level.QUESTION, match[1] or match[2] or match[3], passages)
    return Reference((passage,), None, _only(text, match[0])) if match and passage else None


def _chapter(text: str, passages: tuple[Passage, ...]) -> Reference | None:
    match = CHAPTER.search(text)
    if match is None:
        return None
    wanted = number(match[1])
    found = tuple(
        passage
        for passage in passages
        if (named := CHAPTER.match(passage.chapter)) and number(named[1]) == wanted
    )
    return Reference(found, None, _only(text, match[0])) if found else None


def _part(text: str, passages: tuple[Passage, ...]) -> Reference | None:
    """A named part, such as 双向沟通机制."""
    for name in MECHANISM.findall(text):
        for passage in passages:
            for part in passage.parts:
                if part.name and name.endswith(part.name):
                    return Reference((passage,), part.clause, _only(text, name))
    return None


def _at(level: Level, digits: str, passages: tuple[Passage, ...]) -> Passage | None:
    wanted = number(digits)
    return next((one for one in passages if one.level is level and one.number == wanted), None)


def _only(text: str, named: str) -> bool:
    return len(EMPTY.sub("", text.replace(named, "", 1))) <= WHOLE
