"""Headings that only their numbers and their shortness show: 一、 （一） 1."""

import re
from collections.abc import Sequence

NUMERAL = r"[一二三四五六七八九十百]+"
RANKS = (
    re.compile(rf"^第{NUMERAL}(?:部分|章|节|编)"),
    re.compile(rf"^{NUMERAL}[、.．]"),
    re.compile(rf"^[(（]{NUMERAL}[)）]"),
    re.compile(r"^\d{1,2}[.．、](?!\d)"),
)
MARKED = re.compile(r"^(#+) ")
ENDED = re.compile(r"[。；;，,：:！!]$")
LONGEST = 30


def with_headings(lines: Sequence[str]) -> list[str]:
    """The lines with # before those that head others, below the headings that are marked already."""
    heads = _Finding().find(lines)
    used = sorted(set(heads.values()))
    shown, depth = [], 0
    for place, line in enumerate(lines):
        if match := MARKED.match(line):
            depth = len(match[1])
        mark = "#" * min(6, depth + used.index(heads[place]) + 1) + " " if place in heads else ""
        shown.append(mark + line)
    return shown


class _Finding:
    """Gathers numbered lines side by side: all are headings if they have something below; else they are a list."""

    def __init__(self) -> None:
        self._open: dict[int, list[tuple[int, bool]]] = {}
        self._heads: dict[int, int] = {}

    def find(self, lines: Sequence[str]) -> dict[int, int]:
        """The places of the headings, with the rank of each."""
        ranks = [_rank(line) for line in lines]
        for place, (line, rank) in enumerate(zip(lines, ranks, strict=True)):
            if MARKED.match(line):
                self._close(-1)
            elif rank is not None:
                self._close(rank)
                has_below = _is_short(line) and _goes_down(
                    rank, lines[place + 1 : place + 2], ranks[place + 1 : place + 2]
                )
                self._open.setdefault(rank, []).append((place, has_below))
        self._close(-1)
        return self._heads

    def _close(self, rank: int) -> None:
        """Judge the groups below a line of this rank."""
        for deeper in [one for one in self._open if one > rank]:
            group = self._open.pop(deeper)
            having = sum(has_below for _place, has_below in group)
            if having == len(group) or (having >= 2 and having == len(group) - 1):
                self._heads |= {place: deeper for place, has_below in group if has_below}


def _rank(line: str) -> int | None:
    return next((rank for rank, pattern in enumerate(RANKS) if pattern.match(line)), None)


def _is_short(line: str) -> bool:
    return len(line) <= LONGEST and not ENDED.search(line)


def _goes_down(rank: int, line: Sequence[str], below: Sequence[int | None]) -> bool:
    """Whether the next line belongs to this one."""
    if not line or MARKED.match(line[0]):
        return False
    return below[0] is None or below[0] > rank
