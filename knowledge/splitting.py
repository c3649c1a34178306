"""From the text of a document to its passages, in its order."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from knowledge.numerals import chinese, number
from knowledge.parts import parts_of
from knowledge.passages import HEADED, Document, Level, Passage

NUMERAL = r"(?:[一二三四五六七八九十百千零〇]+|\d{1,4})"
DIVISION = re.compile(rf"^第{NUMERAL}(分编|编|章|节)(?:之{NUMERAL})?(?: |$)")
BARE_DIVISION = re.compile(r"^(?:总则|分则|附则|罚则)$")
RANKS = {"编": 0, "分编": 1, "章": 2, "节": 3}
ARTICLE = re.compile(rf"^第({NUMERAL})条(?:之({NUMERAL}))?(?: |$)")
ANNEX = re.compile(rf"^附(?:件|表|录|图)\s*(?:\d{{1,2}}|{NUMERAL})?(?:$|[\s:：.、])")
TITLE = re.compile(
    r"^\S{3,40}(?:法|条例|规定|办法|细则|规则|规程|规范|意见|方案|制度|章程|准则|公约|标准)"
    r"(?:[(（]\S{1,12}[)）])?$"
)
SAYS = re.compile(r"[。;；!！][”\"]?$")
"""The end of a line that says something; titles, dates and numbers end otherwise."""
BRACKETED = re.compile(r"^[(（].*[)）]$")
FOREWORDS = (("通知", ""), ("令", "公布令"), ("公告", "公告"), ("总纲", "总纲"), ("序言", "序言"))
"""What stands before the articles, by a word in its first lines, and how it is cited."""
NUMBERED = re.compile(r"^\d{2}$")
ASKED, ANSWERED = "问：", "答："
HEADING = re.compile(r"^(#{1,6}) (.+)$")
HEADING_NUMBER = re.compile(
    rf"^(?:{NUMERAL}[、.．]|[(（](?:{NUMERAL}|\d+)[)）]|\d+(?:\.\d+)+|\d+[、.．])\s*"
)
LONGEST = 500
"""Sections are split between paragraphs so that each is about so many characters."""


def passages_of(document: Document, form: str, text: str) -> tuple[Passage, ...]:
    """The passages of a cleaned document, in its order."""
    reader = {
        "regulation": _articles,
        "questions": _numbered,
        "pairs": _pairs,
        "text": _sections,
    }[form]
    return tuple(
        Passage(
            f"{document.key}-{one.name}",
            document,
            one.chapter,
            one.level,
            one.number,
            one.text,
            parts_of(one.text, has_heading=one.level in HEADED),
            one.label,
        )
        for one in reader(text.split("\n"), document.title)
    )


@dataclass
class _Found:
    """A passage whose lines are being gathered."""

    name: str
    level: Level
    number: int
    chapter: str = ""
    label: str = ""
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip()


def _articles(lines: Sequence[str], _title: str) -> Iterator[_Found]:
    """The notice, if it says anything; then the articles and what else is found among them."""
    notice, *others = _Gathering().gather(lines)
    if any(SAYS.search(line) and not BRACKETED.match(line) for line in notice.lines):
        head = "\n".join(notice.lines[:4]).replace(" ", "")
        label = next((label for word, label in FOREWORDS if word in head), "前言")
        yield replace(notice, label=label)
    yield from (one for one in others if one.level is Level.ARTICLE or len(one.lines) > 1)


class _Gathering:
    """Goes through a regulation line by line.

    Numbers that begin again (the next regulation in the same file) make another row, told in ids and labels.
    """

    def __init__(self) -> None:
        self._chain: dict[int, str] = {}
        self._found = [_Found("notice", Level.NOTICE, 0)]
        self._row, self._rows_name = 1, ""
        self._names: Counter[str] = Counter()

    def gather(self, lines: Sequence[str]) -> list[_Found]:
        for line in lines:
            rank = _rank(line)
            if rank is not None:
                self._divide(rank, line)
            elif article := ARTICLE.match(line):
                self._begin(article)
                self._found[-1].lines.append(line)
            elif ANNEX.match(line) and not self._in_notice:
                self._chain = {}
                self._aside(line)
            elif not (self._in_notice and self._chain):  # else the end of a table of contents
                self._found[-1].lines.append(line)
        return self._found

    @property
    def _in_notice(self) -> bool:
        return self._found[-1].level is Level.NOTICE

    def _divide(self, rank: int, line: str) -> None:
        self._chain = {known: name for known, name in self._chain.items() if known < rank}
        self._chain[rank] = line
        if not self._in_notice:
            self._aside(line)

    def _aside(self, heading: str) -> None:
        """Lines under a heading that belong to no article: an annex, words before the first article."""
        order = sum(one.level is Level.SECTION for one in self._found) + 1
        chapter = " ".join(self._chain[rank] for rank in sorted(self._chain)[:-1])
        one = _Found(f"s{order}", Level.SECTION, order, chapter, f"“{heading}”", [heading])
        self._found.append(one)

    def _begin(self, article: re.Match[str]) -> None:
        main, addition = number(article[1]) or 0, number(article[2] or "") or 0
        name = f"{main}-{addition}" if addition else str(main)
        if name == "1" and self._names:
            self._row, self._names = self._row + 1, Counter()
            self._rows_name = self._cut_title()
        chapter = " ".join(self._chain[rank] for rank in sorted(self._chain))
        printed = article[0].strip()
        label = "" if printed == f"第{chinese(main)}条" else printed
        if self._row > 1:
            row = self._rows_name or chapter.partition(" ")[0] or f"（{chinese(self._row)}）"
            label = row + printed
        self._names[name] += 1
        if self._names[name] > 1:  # a slip of the source; both are kept
            name = f"{name}.{self._names[name]}"
        name = f"r{self._row}.{name}" if self._row > 1 else name
        self._found.append(_Found(name, Level.ARTICLE, main, chapter, label))

    def _cut_title(self) -> str:
        """The title of the next regulation, which stands at the end of what came before."""
        for last in reversed(self._found[-2:]):
            for order in range(len(last.lines) - 1, 0, -1):
                if TITLE.match(last.lines[order]):
                    title = last.lines[order]
                    del last.lines[order:]
                    if last is self._found[-1]:  # no chapter of the new one has begun
                        self._chain = {}
                    return f"《{title}》"
        return ""


def _rank(line: str) -> int | None:
    """How high a heading of the regulation stands; None for any other line."""
    if BARE_DIVISION.match(line):
        return RANKS["章"]
    match = DIVISION.match(line)
    return RANKS[match[1]] if match else None


def _numbered(lines: Sequence[str], _title: str) -> Iterator[_Found]:
    """Questions below lines with nothing but 01, 02, …"""
    found: list[_Found] = []
    for line in lines:
        if NUMBERED.match(line):
            found.append(_Found(str(len(found) + 1), Level.QUESTION, len(found) + 1))
        elif found:
            found[-1].lines.append(line)
    return iter(found)


def _pairs(lines: Sequence[str], _title: str) -> Iterator[_Found]:
    """Questions that begin with 问：, each with its answer below."""
    found: list[_Found] = []
    for line in lines:
        if line.startswith(ASKED):
            found.append(_Found(str(len(found) + 1), Level.QUESTION, len(found) + 1))
        if found:
            marker = ASKED if not found[-1].lines else ANSWERED
            found[-1].lines.append(line.removeprefix(marker))
    return iter(found)


def _sections(lines: Sequence[str], title: str) -> Iterator[_Found]:
    """Paragraphs below their heading; long ones in several passages."""
    order = 0
    for chain, paragraphs in _headed(lines, title):
        pieces = list(_pieces(paragraphs))
        for piece, body in enumerate(pieces, start=1):
            order += 1
            label = f"“{HEADING_NUMBER.sub('', chain[-1]) or chain[-1]}”"
            label += f"（{chinese(piece)}）" if len(pieces) > 1 else ""
            chapter = " ".join(chain[:-1])
            yield _Found(str(order), Level.SECTION, order, chapter, label, [chain[-1], *body])


def _headed(lines: Sequence[str], title: str) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """The headings down to each group of paragraphs, outermost first."""
    chain: dict[int, str] = {}
    paragraphs: list[str] = []
    for line in (*lines, "# "):
        match = HEADING.match(line)
        if not match and line != "# ":
            paragraphs += [line] if line else []
            continue
        if paragraphs:
            yield tuple(chain[depth] for depth in sorted(chain)) or (title,), paragraphs
            paragraphs = []
        if match:
            chain = {depth: name for depth, name in chain.items() if depth < len(match[1])}
            chain[len(match[1])] = match[2]


def _pieces(paragraphs: Sequence[str]) -> Iterator[list[str]]:
    piece: list[str] = []
    for paragraph in paragraphs:
        if piece and sum(map(len, piece)) + len(paragraph) > LONGEST:
            yield piece
            piece = []
        piece.append(paragraph)
    yield piece
