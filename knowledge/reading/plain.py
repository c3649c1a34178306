"""Text files and Markdown, already decoded and cleaned."""

import re
from collections.abc import Iterable, Iterator

from knowledge.reading.lines import BETWEEN, headed, tidy
from knowledge.reading.wrapping import rejoined

COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
HEADING = re.compile(r"^\s{0,3}(#{1,6})\s*(.+?)[\s#]*$")
RULE = re.compile(r"^\s*(?:[-*_=~`]\s*){3,}\w*$")
TABLE_RULE = re.compile(r"^\s*\|?[\s:|-]*-[\s:|-]*\|[\s:|-]*$")
BULLET = re.compile(r"^\s*(?:[-*+•]\s+|>\s?)+")
IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
STRONG = re.compile(r"(\*\*|__|~~)(?=\S)(.+?)(?<=\S)\1")
EMPHASIS = re.compile(r"(?<![\w*])(\*|`)(?=[^\s*`])([^*`]+?)(?<=\S)\1(?!\w)")
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])")


def plain_lines(text: str) -> Iterator[str]:
    """The lines of a text file; # headings are understood there too."""
    for line in rejoined(text.split("\n")):
        match = HEADING.match(line)
        yield headed(len(match[1]) if match else 0, match[2] if match else line)


def front_lines(text: str) -> list[str]:
    """What a Markdown file says of itself above its text: 密级: 内部."""
    found = FRONT.match(text)
    return found[0].split("\n") if found else []


def markdown_lines(text: str) -> Iterator[str]:
    """What Markdown would show, a line for each paragraph, item and row."""
    shown = COMMENT.sub("", FRONT.sub("", text))
    for line in shown.split("\n"):
        if not line.strip() or TABLE_RULE.match(line) or RULE.match(line):
            continue
        match = HEADING.match(line)
        if match:
            yield headed(len(match[1]), _bare(match[2]))
            continue
        words = _bare(BULLET.sub("", line))
        if line.strip().startswith("|") or line.count(" | ") > 1:
            yield BETWEEN.join(_cells(words))
        elif words:
            yield headed(0, words)


def _cells(line: str) -> Iterable[str]:
    return (said for cell in line.strip().strip("|").split("|") if (said := tidy(cell)))


def _bare(text: str) -> str:
    """A line without its marks."""
    text = LINK.sub(r"\1", IMAGE.sub("", text))
    text = EMPHASIS.sub(r"\2", STRONG.sub(r"\2", text))
    return tidy(ESCAPE.sub(r"\1", TAG.sub("", text)))
