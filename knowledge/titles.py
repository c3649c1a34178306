"""Which document of the shelf a question names, in full or as people shorten it: 社会救助办法第二十六条."""

import re
from collections.abc import Iterable

from knowledge.passages import Document
from knowledge.words import normalise

TITLE, STATE, FILLERS = 4, "中华人民共和国", " 中里内上的对是"
"""A shorter title is a word like any other; words around a title that ask nothing."""
KIND = re.compile("法|条例|办法|规定|细则|规则|公约|章程|制度|方案|通知|意见|须知|手册")
"""What the name of a document ends with."""
LAW, BY_LAW = "法", "办法"
BEFORE_ARTICLE = re.compile(r"[里中的]*第[0-9〇零一二三四五六七八九十百两]+[条章]")
BETWEEN = "的《》〈〉“”"
"""Skipped in a shortened name."""


def bare(text: str) -> str:
    """A title, or what names it, as people write it: without 中华人民共和国, marks and spaces."""
    return normalise(text).replace(" ", "").replace(STATE, "")


class Titles:
    """The titles of some documents; those of `others` are known, so that what names one of them names none of these."""

    def __init__(self, documents: Iterable[Document], others: Iterable[Document] = ()) -> None:
        self._titles = [(bare(one.title), one) for one in documents]
        self._others = [(bare(one.title), one) for one in others]

    def named(
        self, question: str, view: frozenset[str] | None = None
    ) -> tuple[Document, str] | None:
        """The document that a question names, and what it says besides; None if it names none, or several might be meant."""
        plain = bare(question)
        seen = [(title, one) for title, one in self._titles if view is None or one.key in view]
        seen += self._others
        whole = [pair for pair in seen if len(pair[0]) >= TITLE and pair[0] in plain]
        if whole:
            title, document = max(whole, key=lambda pair: len(pair[0]))
            found: tuple[Document, str] | None = (document, title)
        else:
            found = _shortened(plain, seen)
        if found is None or found[0] in [one for _, one in self._others]:
            return None
        return found[0], _rest(plain, found[1])


def _rest(plain: str, name: str) -> str:
    return plain.replace(name, " ", 1).strip(FILLERS)


def _shortened(plain: str, titles: list[tuple[str, Document]]) -> tuple[Document, str] | None:
    """With the name as it stands; by the longest stretch whose characters all stand, in their order, in the one title that ends like it."""
    found: list[tuple[int, Document, str]] = []
    for kind in KIND.finditer(plain):
        is_cited = BEFORE_ARTICLE.match(plain, kind.end()) is not None
        for title, document in titles:
            if not title.endswith(kind[0]) or (kind[0] == LAW and title.endswith(BY_LAW)):
                continue
            name = _ending(plain[: kind.end()], title)
            told = len(name.translate(dict.fromkeys(map(ord, BETWEEN))))
            is_enough = told > len(kind[0]) + 1 if is_cited else told >= TITLE
            if is_enough and (is_cited or title.endswith(name)):
                found.append((told, document, name))
    longest = max((told for told, _, _ in found), default=0)
    best = [(document, name) for told, document, name in found if told == longest]
    if len({document.key for document, _ in best}) != 1:
        return None
    return best[0]


def _ending(text: str, title: str) -> str:
    """How much of the end of a text is made of characters of the title in their order."""
    place, start = len(title), len(text)
    for at in range(len(text) - 1, -1, -1):
        if text[at] in BETWEEN:
            continue
        place = title.rfind(text[at], 0, place)
        if place < 0:
            break
        start = at
    return text[start:]
