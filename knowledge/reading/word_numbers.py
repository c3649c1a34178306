"""The numbers that Word puts before paragraphs and does not store with their text: 第一条, （一）, 1."""

import re
from collections import defaultdict
from typing import Any

from docx.oxml.ns import qn

from knowledge.numerals import chinese

CHINESE = (
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "ideographDigital",
    "taiwaneseCountingThousand",
)
CIRCLED = 0x2460  # ①
VALUE = qn("w:val")


class Numbers:
    """Counts the lists of one document on as their paragraphs come by."""

    def __init__(self, root: Any) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._lists: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if root is not None:
            self._learn(root)

    def _learn(self, root: Any) -> None:
        for abstract in root.iter(qn("w:abstractNum")):
            name = str(abstract.get(qn("w:abstractNumId")))
            self._levels[name] = {
                int(level.get(qn("w:ilvl"), "0")): (
                    _value(level, "numFmt", "decimal"),
                    _value(level, "lvlText", ""),
                    int(_value(level, "start", "1")),
                )
                for level in abstract.iter(qn("w:lvl"))
            }
        for one in root.iter(qn("w:num")):
            self._lists[str(one.get(qn("w:numId")))] = _value(one, "abstractNumId", "")

    def next(self, name: str, level: int) -> str:
        """The number of the next paragraph of a list, as it is printed; empty for bullets."""
        abstract = self._lists.get(name, "")
        levels = self._levels.get(abstract, {})
        if level not in levels:
            return ""
        counts = self._counts[abstract]
        start = levels[level][2]
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        kind, pattern, _start = levels[level]
        if kind in ("bullet", "none"):
            return ""

        def shown(match: re.Match[str]) -> str:
            depth = int(match[1]) - 1
            form, _text, first = levels.get(depth, ("decimal", "", 1))
            return _printed(form, counts.get(depth, first))

        said = re.sub(r"%([1-9])", shown, pattern)
        return said + (" " if said.endswith(("条", "章", "节", "编")) else "")


def _value(element: Any, name: str, otherwise: str) -> str:
    found = element.find(qn(f"w:{name}"))
    return otherwise if found is None else str(found.get(VALUE, otherwise))


def _printed(form: str, count: int) -> str:
    if form in CHINESE or form.startswith("chinese"):
        return chinese(count)
    if form == "decimalEnclosedCircle" and 1 <= count <= 20:
        return chr(CIRCLED + count - 1)
    if form in ("lowerLetter", "upperLetter") and 1 <= count <= 26:
        return chr(ord("a" if form == "lowerLetter" else "A") + count - 1)
    return str(count)
