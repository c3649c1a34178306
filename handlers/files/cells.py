"""What stands in the cells of a roster, typed or in a workbook: a line of it, or what is wrong with it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from records.errors import BadRoster
from records.model import Capacity, Entry, Post, Role, Seat
from records.roster import Roster, RosterPerson, RosterUnit

Choice = TypeVar("Choice")

LONGEST = 100  # characters of a name
MOST_LINES = 1000  # people of a community
SHOWN = 20  # characters of a cell that a sentence repeats

POSTS = {"书记": Post.SECRETARY, "副书记": Post.DEPUTY, "委员": Post.MEMBER, "": None}
SEATS = {"专职": Seat.FULL_TIME, "兼职": Seat.PART_TIME, "无": None, "": None}
ENTRIES = {
    "直接进入": Entry.DIRECT,
    "五个程序": Entry.FIVE_STEPS,
    "上级任命": Entry.APPOINTED,
    "": None,
}
YES_NO = {"是": True, "否": False, "": False}
ROLES = {
    "书记": Role.PARTY_SECRETARY,
    "党务工作者": Role.PARTY_WORKER,
    "联络员": Role.LIAISON,
}
NUMBERING = "序号"  # a column that says nothing of anybody
PRIVATE = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{9,11}|\d{17}[\dXx]|\d{15})(?!\d)")
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|_x00(?:0[0-8BCEFbcef]|1[0-9A-Fa-f])_")
BREAKS = re.compile(r"[\t\r\n\u200b\ufeff]")
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


@dataclass(frozen=True)
class Row:
    """A line as it was written: where it stands (第3行), and its cells by heading."""

    where: str
    cells: Mapping[str, str]

    def __getitem__(self, heading: str) -> str:
        return self.cells.get(heading, "")

    def wrong(self, fault: str) -> BadRoster:
        return BadRoster(f"{self.where}：{fault}")


@dataclass(frozen=True)
class Reading:
    """What was read. The community is empty where it is not said; `ignored` columns were not kept."""

    roster: Roster
    ignored: int = 0


def words(value: Any) -> str:
    """A cell as clean text; whole numbers without a decimal point."""
    if isinstance(value, datetime):
        value = value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return BREAKS.sub("", str(value if value is not None else "")).strip()


def check(row: Row) -> None:
    """Nothing that cannot be seen, and no number that belongs to a person. BadRoster."""
    for heading, value in row.cells.items():
        if UNSEEN.search(value):
            raise row.wrong(f"“{heading}”含有看不见的字符。请删去重新输入后再发。")
        if is_private(value):
            raise row.wrong(f"“{heading}”像电话或身份证号，不能保存。请删去后再发。")


def is_private(value: str) -> bool:
    """Whether it looks like a telephone or an identity number."""
    return PRIVATE.search(re.sub(r"[\s-]", "", value)) is not None


def name_in(row: Row, heading: str) -> str:
    value = row[heading]
    if re.fullmatch(r"[\u4e00-\u9fff]\s+[\u4e00-\u9fff]", value):  # 张　伟
        value = value[0] + value[-1]
    if not value or len(value) > LONGEST:
        raise row.wrong(f"“{heading}”未填写或过长。请补全后再导入。")
    return value


def choice(row: Row, heading: str, choices: Mapping[str, Choice]) -> Choice:
    if row[heading] not in choices:
        allowed = "、".join(name for name in choices if name)
        raise row.wrong(f"“{heading}”不能是“{row[heading][:SHOWN]}”。请填{allowed}，或留空。")
    return choices[row[heading]]


def unit(row: Row) -> RosterUnit:
    check(row)
    return RosterUnit(
        name_in(row, "单位名称"),
        is_local=choice(row, "驻区单位", YES_NO),
        has_party_organisation=choice(row, "有党组织", YES_NO),
    )


def person(row: Row, *, blank_means_none: bool) -> RosterPerson:
    """One person. An empty 身份 takes every role away only where that is what a blank means."""
    check(row)
    name = name_in(row, "姓名")
    post = choice(row, "职务", POSTS)
    seat = choice(row, "席位", SEATS)
    entry = choice(row, "进入方式", ENTRIES)
    held = _roles(row)
    _check_office(row, post=post, has_roles=bool(held))
    since, until = _day(row, "任职起"), _day(row, "任职止")
    if since and until and until < since:
        raise row.wrong("“任职止”早于“任职起”。请核对日期。")
    return RosterPerson(
        name,
        row["单位"] or None,
        post,
        seat,
        entry,
        Capacity.NON_VOTING if choice(row, "列席", YES_NO) else Capacity.VOTING,
        held if held or blank_means_none else None,
        since,
        until,
    )


def _check_office(row: Row, *, post: Post | None, has_roles: bool) -> None:
    """Whoever is in the team has a post and a seat, whoever is not has a role."""
    if post is not None and not row["席位"]:
        raise row.wrong("没有写席位。请写专职、兼职或无。")
    if post is None and (row["席位"] or row["进入方式"]):
        raise row.wrong("没有写职务。请写书记、副书记或委员。")
    if post is None and not has_roles:
        raise row.wrong(
            "没有写职务。班子成员请写书记、副书记或委员，其他人员请写党务工作者或联络员。"
        )


def _roles(row: Row) -> frozenset[Role]:
    names = [name for name in re.split(r"[、，,；;\s]+", row["身份"]) if name]
    if wrong := [name for name in names if name not in ROLES and name != "委员"]:
        raise row.wrong(f"“身份”不能是“{wrong[0][:SHOWN]}”。请填书记、党务工作者或联络员。")
    held = frozenset(ROLES[name] for name in names if name in ROLES)
    if Role.LIAISON in held and not row["单位"]:
        raise row.wrong("联络员没有单位。请填写所在单位。")
    return held


def _day(row: Row, heading: str) -> date | None:
    if not row[heading]:
        return None
    match = DAY.fullmatch(row[heading])
    try:
        if match is not None:
            return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        pass  # 31 June
    raise row.wrong(f"“{heading}”不是日期。请写作 2026-01-01。")


def refuse_twice(found: Iterable[tuple[Row, RosterPerson]]) -> None:
    """Two people of one name are told apart by their unit."""
    seen: set[tuple[str, str | None]] = set()
    for row, one in found:
        if (one.name, one.unit) in seen:
            raise row.wrong(f"“{one.name[:SHOWN]}”出现两次。同名的请分别写明单位。")
        seen.add((one.name, one.unit))


def refuse_many(rows: int) -> None:
    if rows > MOST_LINES:
        raise BadRoster(f"名册超过{MOST_LINES}行，不像一个社区的名册。请核对后再发。")
