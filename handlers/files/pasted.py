"""A roster pasted as text: a line for each person, with a heading or without."""

import re
from collections.abc import Iterator, Mapping, Sequence

from handlers.files.cells import (
    DAY,
    ENTRIES,
    NUMBERING,
    POSTS,
    ROLES,
    SEATS,
    SHOWN,
    UNSEEN,
    Reading,
    Row,
    is_private,
    person,
    refuse_many,
    refuse_twice,
)
from records.errors import BadRoster
from records.roster import Roster

HEADINGS = ("姓名", "单位", "职务", "席位", "进入方式", "列席", "身份", "任职起", "任职止")
NUMBER = re.compile(r"^\s*\d{1,4}\s*[、.．)）]\s*")
BETWEEN = re.compile(r"[\s,，、;；]+")
JOINED = re.compile(r"(专职|兼职)(书记|副书记|委员)")
NO_UNIT = re.compile(r"(书记|委员|主任|同志)$")
EXAMPLE = "张伟 书记 专职 直接进入 幸福里社区党委"


def read(text: str) -> Reading:
    """The people of the text, and how many columns of it were not kept. BadRoster."""
    lines = [
        (number, line)
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip(" \t\u3000\u200b\ufeff")
    ]
    if not lines:
        raise BadRoster(f"没有看到名册。请每人写一行，例如：{EXAMPLE}")
    heading, ignored = _heading(lines[0][1])
    if heading is not None:
        lines = lines[1:]
    refuse_many(len(lines))
    found = [
        (row, person(row, blank_means_none=False)) for row in _rows(lines, heading) if row.cells
    ]
    if not found:
        raise BadRoster("名册只有表头，没有人员。请每人写一行后再发。")
    refuse_twice(found)
    return Reading(Roster("", "", (), tuple(one for _row, one in found)), ignored)


def _heading(line: str) -> tuple[list[str] | None, int]:
    """The columns of a first line that is a heading, and how many of them are not kept."""
    names = [name.replace(" ", "") for name in _split(line)]
    if "姓名" not in names:
        return None, 0
    ignored = [name for name in names if name and name not in (*HEADINGS, NUMBERING)]
    return names, len(ignored)


def _split(line: str) -> list[str]:
    """By tabs if there are any, else by commas, else by spaces."""
    for mark in ("\t", ",", "，"):
        if mark in line:
            return [part.strip() for part in line.split(mark)]
    return line.split()


def _rows(lines: Sequence[tuple[int, str]], heading: list[str] | None) -> Iterator[Row]:
    for number, line in lines:
        where = f"第{number}行"
        if UNSEEN.search(line):
            raise BadRoster(f"{where}：含有看不见的字符。请删去重新输入后再发。")
        parts = _split(line)
        if heading is not None and ("\t" in line or len(parts) == len(heading)):
            cells = dict(zip(heading, parts, strict=False))
            yield Row(where, {name: cells[name] for name in HEADINGS if name in cells})
        else:
            yield _unheaded(where, line)


def _unheaded(where: str, line: str) -> Row:
    """Each word says by itself what it is; the first is the name, what is left is the unit."""
    parts = [part for part in BETWEEN.split(NUMBER.sub("", line)) if part]
    if is_private("".join(part for part in parts if not DAY.fullmatch(part))):
        raise BadRoster(f"{where}：有像电话或身份证号的内容，不能保存。请删去后再发。")
    if len(parts) > 1 and len(parts[0]) == len(parts[1]) == 1:
        parts[:2] = ["".join(parts[:2])]  # 张　伟
    row = Row(where, cells := {"姓名": "".join(parts[:1])})
    for word in (part for one in parts[1:] for part in _parts(one)):
        heading = _heading_of(word, cells)
        if heading == "单位" and NO_UNIT.search(word):
            raise row.wrong(f"“{word[:SHOWN]}”不是大党委的职务。请写书记、副书记或委员。")
        if heading == "身份" and heading in cells:
            cells[heading] += f"、{word}"
            continue
        if heading in cells:
            both = f"“{cells[heading][:SHOWN]}”和“{word[:SHOWN]}”"
            raise row.wrong(f"{both}不能同时写。请按这样写：{EXAMPLE}")
        cells[heading] = "是" if heading == "列席" else word
    return row


def _parts(word: str) -> Sequence[str]:
    """兼职委员 is a seat and a post."""
    match = JOINED.fullmatch(word)
    return match.groups() if match is not None else (word,)


def _heading_of(word: str, cells: Mapping[str, str]) -> str:
    """The column a word belongs to."""
    for heading, known in (
        ("职务", POSTS),
        ("席位", SEATS),
        ("进入方式", ENTRIES),
        ("身份", ROLES),
        ("列席", ("列席",)),
    ):
        if word in known:
            return heading
    if DAY.fullmatch(word):
        return "任职止" if "任职起" in cells else "任职起"
    return "单位"
