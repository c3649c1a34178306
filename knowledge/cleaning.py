"""From a source file to clean text, with a log of every repair; the source's own slips and punctuation stay."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import cache

from opencc import OpenCC

PINYIN = re.compile(r"(?<=[\u4e00-\u9fff])\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+\)")
LOST_BULLET = re.compile(r"^\?(?=[\u4e00-\u9fff])", re.MULTILINE)
CONTROL = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffe\uffff]"
)


class Flaw(Enum):
    """What was wrong with the source."""

    CONTROL = "control character"
    PINYIN = "pinyin note"
    BULLET = "lost bullet"
    BROKEN_LINE = "line broken inside a title"
    SCRIPT = "traditional script"
    HALF_ROW = "row without question or answer"


@dataclass(frozen=True)
class Repair:
    """One change: in which line of the source (from 1), what stood there, what stands there now."""

    flaw: Flaw
    line: int
    before: str
    after: str


@dataclass(frozen=True)
class Cleaned:
    text: str
    repairs: tuple[Repair, ...]


def decode(raw: bytes) -> str:
    """UTF-8 with or without mark, UTF-16 by its mark, else GB 18030; guessing fails on short texts."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030", errors="replace")


def clean(source: str) -> Cleaned:
    """The text as it was meant to be printed."""
    lines = source.splitlines()
    repairs: list[Repair] = []
    for number, line in enumerate(lines):
        lines[number] = _clean_line(line, number + 1, repairs)
    return Cleaned("\n".join(_joined(lines, repairs)), tuple(repairs))


def _clean_line(line: str, number: int, repairs: list[Repair]) -> str:
    def drop(flaw: Flaw) -> Callable[[re.Match[str]], str]:
        def note(match: re.Match[str]) -> str:
            repairs.append(Repair(flaw, number, match[0], ""))
            return ""

        return note

    line = CONTROL.sub(drop(Flaw.CONTROL), line)
    line = PINYIN.sub(drop(Flaw.PINYIN), line)
    line = LOST_BULLET.sub(drop(Flaw.BULLET), line)
    simple = simplified(line)
    if simple != line:
        repairs.append(Repair(Flaw.SCRIPT, number, line, simple))
    return simple


def _joined(lines: list[str], repairs: list[Repair]) -> list[str]:
    """Lines with those parts put together that break off inside 《…》."""
    whole: list[str] = []
    for number, line in enumerate(lines, start=1):
        if whole and "》" in line and whole[-1].count("《") > whole[-1].count("》"):
            repairs.append(Repair(Flaw.BROKEN_LINE, number, "\n" + line[:12], line[:12]))
            whole[-1] += line
            continue
        whole.append(line)
    return whole


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def simplified(text: str) -> str:
    """Traditional script in simplified characters, one for one."""
    return str(_converter().convert(text))
