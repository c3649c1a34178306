"""Questions with answers in a running text: 问：… 答：…, or numbered questions with their answers below."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

NUMERAL = r"[一二三四五六七八九十百]+"
COUNT = rf"(?:#+ )?(?:{NUMERAL}[、.．]|[(（](?:{NUMERAL}|\d{{1,3}})[)）]|\d{{1,3}}[.．、](?!\d)|第?{NUMERAL}问[:： ]?)?\s*"
MARKED = re.compile(
    rf"^{COUNT}(?:问题?\s*(?:{NUMERAL}|\d+)?\s*[:：]|Q\d*\s*[:：.．])\s*(.+)$", re.IGNORECASE
)
ANSWER = re.compile(r"^(?:#+ )?(?:答案?|回答|A\d*)\s*[:：]\s*(.*)$", re.IGNORECASE)
NUMBERED = re.compile(
    rf"^(?:#+ )?(?:{NUMERAL}[、.．]|[(（](?:{NUMERAL}|\d{{1,3}})[)）]|\d{{1,3}}[.．、]|第?(?:{NUMERAL}|\d{{1,3}})问[:： ]?)\s*"
    r"([^。；;]{3,60}[?？])$"
)
HEADED = re.compile(r"^#+ ([^。；;]{3,60}[?？])$")
ONLY_NUMBER = re.compile(r"^(\d{1,3})$")
INLINE = re.compile(r"^(.{3,80}[?？])\s*(?:答|A)\s*[:：]\s*(.+)$", re.IGNORECASE)
GROUP = re.compile(r"^#+ ")
FEWEST = 2


@dataclass
class Pair:
    """A question with the lines of its answer, and the place of its line in the text."""

    question: str
    answer: list[str] = field(default_factory=list)
    place: int = 0


def find(lines: Sequence[str]) -> list[Pair]:
    """The pairs of a text; none where it is of another form."""
    for pattern in (MARKED, NUMBERED, HEADED):
        pairs = _gathered(lines, pattern)
        if _are_it(pairs, lines):
            return pairs
    pairs = _gathered(_numbers_joined(lines), NUMBERED)
    return pairs if _are_it(pairs, lines) else []


def _are_it(pairs: Sequence[Pair], lines: Sequence[str]) -> bool:
    """Two questions at least, most with an answer, and not much of the text before the first."""
    answered = [pair for pair in pairs if pair.answer]
    if len(answered) < FEWEST or len(answered) < 0.7 * len(pairs):
        return False
    return sum(map(len, lines[: pairs[0].place])) < 0.4 * sum(map(len, lines))


def _gathered(lines: Sequence[str], pattern: re.Pattern[str]) -> list[Pair]:
    pairs: list[Pair] = []
    for place, line in enumerate(lines):
        match, answer = pattern.match(line), ANSWER.match(line)
        if match:
            pairs.append(_opened(match[1], place))
        elif not pairs:
            continue
        elif answer:
            pairs[-1].answer += [answer[1]] if answer[1] else []
        elif not GROUP.match(line):
            pairs[-1].answer.append(line)
    return pairs


def _opened(words: str, place: int) -> Pair:
    """A question may have its answer in the same line."""
    inline = INLINE.match(words)
    return Pair(inline[1], [inline[2]], place) if inline else Pair(words.strip(), place=place)


def _numbers_joined(lines: Sequence[str]) -> list[str]:
    """01 on a line by itself belongs to the question below."""
    whole: list[str] = []
    waiting, last = "", 0
    for line in lines:
        match = ONLY_NUMBER.match(line)
        if match and int(match[1]) == last + 1:
            waiting, last = f"{last + 1}、", last + 1
            continue
        whole.append(waiting + line)
        waiting = ""
    return whole
