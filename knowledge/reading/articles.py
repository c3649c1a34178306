"""Regulations: which lines begin articles and chapters, brought into the form that passages are read from."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from knowledge.numerals import number

NUMERAL = r"(?:[一二三四五六七八九十百千零〇]+|\d{1,4})"
ARTICLE = re.compile(rf"^第 ?({NUMERAL}) ?条(?: ?之({NUMERAL}))?([ :：]*)(.*)$")
CITES = re.compile(r"^(?:[规款项的之、，,。；和至或及与所到中]|第[一二三四五六七八九十\d]+[款项])")
"""What follows 第四条 where it is only spoken of."""
DIVISION = re.compile(rf"^第 ?({NUMERAL}) ?(分编|编|章|节)(?:之{NUMERAL})?([ :：]*)(.*)$")
CONTENTS = re.compile(r"^目 ?[录次]$")
LEADERS = re.compile(r"\s*(?:[.…·]{2,}|\s)\s*\d+$|[.…·]{3,}$")
SPACED = re.compile(r"^(?:总 ?则|分 ?则|附 ?则|罚 ?则)$")
LONGEST_HEADING = 40
FEWEST = 3
GAP = 3
"""Articles that may be left out between two."""


def are_articles(lines: Iterable[str]) -> bool:
    """Whether articles stand in order, as in a regulation."""
    numbers = [found for line in lines if (found := _number(line))]
    if len(numbers) < (FEWEST if numbers[:1] != [(1, 0)] else 2):
        return False
    steps = pairwise(numbers)
    in_order = sum(_follows(before, after) for before, after in steps)
    return in_order >= 0.8 * (len(numbers) - 1)


def canonical(lines: Sequence[str]) -> list[str]:
    """第四条 and its words in one line, headings without their layout; the table of contents is left out."""
    kept: list[str] = []
    last: tuple[int, int] | None = None
    for line in _without_contents(lines):
        words = line.lstrip("# ") if line.startswith("#") else line
        match = ARTICLE.match(words)
        found = _number(words)
        if match and found and _is_next(last, found, is_set_off=bool(match[3])):
            last = found
            kept.append(f"{_label(match)} {match[4]}".rstrip())
        elif match:
            kept.append(_label(match) + match[4])
        elif heading := division(words):
            kept.append(heading)
        elif kept and _is_alone(kept[-1]):
            kept[-1] = f"{kept[-1]} {words}"
        else:
            kept.append(words)
    return kept


def division(line: str) -> str | None:
    """第一章 总则, however it was set; None for a line that is no such heading."""
    if SPACED.match(line):
        return line.replace(" ", "")
    match = DIVISION.match(line)
    if not match or len(line) > LONGEST_HEADING or line[-1] in "。；;，,":
        return None
    if not match[3] and CITES.match(match[4]):
        return None
    head = line[: match.start(3)].replace(" ", "")
    return f"{head} {unspaced(match[4])}".rstrip()


def unspaced(words: str) -> str:
    """总则 for 总 则: short headings are printed wide."""
    parts = words.split(" ")
    return "".join(parts) if all(len(part) == 1 for part in parts) else words


def _label(match: re.Match[str]) -> str:
    return f"第{match[1]}条" + (f"之{match[2]}" if match[2] else "")


def _number(line: str) -> tuple[int, int] | None:
    """120 and 1 for 第一百二十条之一; None where a line does not begin an article."""
    match = ARTICLE.match(line.lstrip("# "))
    if not match or (not match[3] and CITES.match(match[4])):
        return None
    return number(match[1]) or 0, number(match[2] or "") or 0


def _follows(before: tuple[int, int], after: tuple[int, int]) -> bool:
    if after == (1, 0):
        return True
    if after[1]:
        return after[0] == before[0] and after[1] == before[1] + 1
    return before[0] < after[0] <= before[0] + GAP


def _is_next(last: tuple[int, int] | None, found: tuple[int, int], *, is_set_off: bool) -> bool:
    """An article that is set off from its words needs less order than one that may be a mention."""
    if last is None or _follows(last, found):
        return True
    return is_set_off and found >= last


def _is_alone(line: str) -> bool:
    """第四条 on a line by itself: its words follow."""
    match = ARTICLE.match(line)
    return match is not None and not match[4]


def _without_contents(lines: Sequence[str]) -> Iterator[str]:
    """A table of contents ends where its first heading comes again."""
    in_contents, listed = False, set[str]()
    for line in lines:
        words = line.lstrip("# ")
        heading = division(LEADERS.sub("", words))
        if CONTENTS.match(words):
            in_contents = True
        elif heading and (in_contents or LEADERS.search(words)) and heading not in listed:
            listed.add(heading)
        else:
            in_contents = False
            yield line
