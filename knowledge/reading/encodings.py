"""Bytes of a text file to its text, strictly: what does not decode is named by its line."""

import re
from collections.abc import Callable

from knowledge.cleaning import simplified
from knowledge.reading.result import Problem, Unreadable

HAN = re.compile(r"[\u4e00-\u9fff]")
ODD = re.compile(
    r"[\u0080-\u009f\u0100-\u02ff\u0370-\u1fff\u3400-\u4dbf\ue000-\uf8ff\U00010000-\U0010ffff]"
)
SENSELESS = 0.2
"""The share of rare characters from which on a line was written in another encoding."""


def strictly_decoded(raw: bytes) -> str:
    """UTF-16 by its mark, UTF-8 with or without mark, else GB 18030. Unreadable: mixed encodings."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return raw.decode("utf-16")
        except UnicodeDecodeError as error:
            line = raw[: error.start].count("\n".encode("utf-16-le")) + 1
            raise Unreadable(Problem.MIXED_ENCODING, str(line)) from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _gb18030(raw)
    return _whole(text, lambda line: "\ufffd" in line)


def _gb18030(raw: bytes) -> str:
    """A file of GB 18030 has no line that is Chinese in UTF-8: it would be two files in one."""
    unicode: list[int] = []
    others: list[int] = []
    for number, line in enumerate(raw.splitlines(), start=1):
        try:
            unicode += [number] if HAN.search(line.decode()) else []
        except UnicodeDecodeError:
            others.append(number)
    if unicode:
        raise Unreadable(Problem.MIXED_ENCODING, str(min((unicode, others), key=len)[0]))
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError as error:
        broken = raw[: error.start].count(b"\n") + 1
        raise Unreadable(Problem.MIXED_ENCODING, str(broken)) from error
    if _share(text) > SENSELESS:
        return _whole(text, lambda line: _share(line) > SENSELESS)
    return text


def _whole(text: str, is_bad: Callable[[str], bool]) -> str:
    for number, line in enumerate(text.splitlines(), start=1):
        if is_bad(line):
            raise Unreadable(Problem.MIXED_ENCODING, str(number))
    return text


def _share(text: str) -> float:
    """Of the characters that are not ASCII, those that nobody writes in simplified Chinese."""
    beyond = [char for char in text if char > "\u007f"]
    return sum(map(_is_rare, simplified("".join(beyond)))) / len(beyond) if beyond else 0.0


def _is_rare(char: str) -> bool:
    if ODD.match(char):
        return True
    if not HAN.match(char):
        return False
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False
