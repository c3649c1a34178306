"""The roster workbook: the template an office fills in, and reading it back with row and remedy."""

import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from handlers.files import grid
from handlers.files.cells import (
    ENTRIES,
    NUMBERING,
    POSTS,
    ROLES,
    SEATS,
    YES_NO,
    Reading,
    Row,
    name_in,
    person,
    refuse_many,
    refuse_twice,
    unit,
    words,
)
from records.errors import BadRoster
from records.model import Capacity
from records.roster import Roster, RosterPerson, RosterUnit

LOOKED_AT = 10  # rows among which the heading is

TOO_LARGE = "文件过大，不像名册。请用模板填写。"
COMMUNITY, UNITS, PEOPLE, NOTES_SHEET = "社区", "单位", "人员", "填表说明"
COLUMNS: Mapping[str, Sequence[str]] = {
    COMMUNITY: ("社区名称", "街道"),
    UNITS: ("单位名称", "驻区单位", "有党组织"),
    PEOPLE: ("姓名", "单位", "职务", "席位", "进入方式", "列席", "身份", "任职起", "任职止"),
}
NEEDED = ("姓名", "职务", "席位")  # without these a sheet is no roster
CHOICES: Mapping[str, Mapping[str, Sequence[str]]] = {
    UNITS: {"驻区单位": tuple(YES_NO)[:2], "有党组织": tuple(YES_NO)[:2]},
    PEOPLE: {
        "职务": tuple(POSTS)[:3],
        "席位": tuple(SEATS)[:3],
        "进入方式": tuple(ENTRIES)[:3],
        "列席": tuple(YES_NO)[:2],
    },
}
EXAMPLE: Mapping[str, Sequence[Sequence[str]]] = {
    COMMUNITY: [("幸福里社区", "人民街道")],
    UNITS: [("第一小学", "是", "是"), ("社区党支部", "否", "是")],
    PEOPLE: [
        ("李书明", "", "书记", "专职", "上级任命", "否", "书记", "2026-01-01", ""),
        ("陈敏", "第一小学", "委员", "兼职", "五个程序", "否", "联络员", "2026-01-01", ""),
        ("王岚", "", "", "", "", "否", "党务工作者", "", ""),
    ],
}
NOTES = (
    "“身份”可填：书记、党务工作者、联络员；有多个的用顿号隔开；委员不用填。",
    "“职务”填书记、副书记或委员；不在大党委班子的（党务工作者、联络员）留空。",
    "“席位”填专职、兼职或无；“进入方式”填直接进入、五个程序或上级任命。",
    "“驻区单位”和“有党组织”都填“是”的单位，列入每半年联系沟通。",
    "日期写作 2026-01-01；任职止留空表示在任。无需填写电话、身份证号。",
)


def template() -> bytes:
    """The workbook to be filled in, with one invented example."""
    return _saved(EXAMPLE)


def form(units: Sequence[RosterUnit], people: Sequence[RosterPerson]) -> bytes:
    """The workbook as a community hands it in again: what is known stands in it."""
    rows: dict[str, Sequence[Sequence[str]]] = {
        UNITS: [(one.name, _yes(one.is_local), _yes(one.has_party_organisation)) for one in units],
        PEOPLE: [_cells(one) for one in people],
    }
    return _saved(rows)


def _yes(mark: bool | None) -> str:  # noqa: FBT001 - one mark of the register
    return "是" if mark else "否"


def _cells(one: RosterPerson) -> Sequence[str]:
    held = [name for name, role in ROLES.items() if role in (one.roles or ())]
    return (
        one.name,
        one.unit or "",
        _named(POSTS, one.post),
        _named(SEATS, one.seat) if one.post is not None else "",
        _named(ENTRIES, one.entry),
        "是" if one.capacity is Capacity.NON_VOTING else "否",
        "、".join(held),
        _written(one.since),
        _written(one.until),
    )


def _named(names: Mapping[str, Any], value: object) -> str:
    return next(name for name, one in names.items() if one is value)


def _written(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def _saved(rows: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, filled in rows.items():
        _fill(workbook.create_sheet(title), COLUMNS[title], filled)
        for heading, allowed in CHOICES.get(title, {}).items():
            _offer(workbook[title], COLUMNS[title].index(heading), allowed)
    notes = workbook.create_sheet(NOTES_SHEET)
    for line in NOTES:
        notes.append([line])
    notes.column_dimensions["A"].width = 90
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _fill(sheet: Worksheet, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Every cell as text: a name that begins with = is no formula."""
    for number, cells in enumerate([headings, *rows], start=1):
        for place, value in enumerate(cells, start=1):
            cell = sheet.cell(number, place, value)
            cell.data_type, cell.number_format = "s", "@"
            cell.font = Font(bold=number == 1)
    for column in "ABCDEFGHI"[: len(headings)]:
        sheet.column_dimensions[column].width = 16
    sheet.freeze_panes = "A2"


def _offer(sheet: Worksheet, place: int, allowed: Sequence[str]) -> None:
    """A list to choose from in a column."""
    offered = DataValidation("list", formula1=f'"{",".join(allowed)}"', allow_blank=True)
    column = "ABCDEFGHI"[place]
    offered.add(f"{column}2:{column}1001")
    sheet.add_data_validation(offered)


def read(path: Path) -> Roster:
    """The whole community in a workbook, as the operator hands it in. BadRoster; nothing in part."""
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise BadRoster(f"找不到文件：{path}。请核对文件名。") from error
    except OSError as error:
        raise BadRoster(f"打不开 {path.name}。请核对文件后再导入。") from error
    workbook = _open(content, path.name)
    for title in COLUMNS:
        if title not in workbook.sheetnames:
            raise BadRoster(f"缺少“{title}”表。请用 community template 生成的模板填写。")
    communities, _ignored = _rows(workbook, COMMUNITY, COLUMNS[COMMUNITY])
    if len(communities) != 1:
        raise BadRoster("“社区”表应当只有一行。请写社区名称和街道后再导入。")
    reading = _read(workbook, known=None, blank_means_none=True)
    return replace(
        reading.roster,
        community=name_in(communities[0], "社区名称"),
        subdistrict=communities[0]["街道"],
    )


def read_content(content: bytes, name: str, *, known: Collection[str]) -> Reading:
    """The people and units of a workbook that a community hands in; `known` are its units.

    Of three sheets only the one of the people must be there. BadRoster.
    """
    workbook = _open(content, name)
    reading = _read(workbook, known=known, blank_means_none=False)
    if COMMUNITY not in workbook.sheetnames:
        return reading
    communities, _ignored = _rows(workbook, COMMUNITY, COLUMNS[COMMUNITY][:1])
    if not communities:
        return reading
    named = replace(reading.roster, community=communities[0]["社区名称"])
    return replace(reading, roster=named)


def _read(workbook: Workbook, *, known: Collection[str] | None, blank_means_none: bool) -> Reading:
    units: list[RosterUnit] = []
    ignored = 0
    if UNITS in workbook.sheetnames:
        rows, ignored = _rows(workbook, UNITS, COLUMNS[UNITS])
        units = [unit(row) for row in rows]
        _refuse_twice(units)
    title = PEOPLE if PEOPLE in workbook.sheetnames else workbook.sheetnames[0]
    rows, more = _rows(workbook, title, NEEDED)
    found = [(row, person(row, blank_means_none=blank_means_none)) for row in rows]
    if not found:
        raise BadRoster(f"“{title}”表没有人员。请至少填写一名党务工作者。")
    refuse_twice(found)
    if units or known is None:
        _refuse_unknown(found, {one.name for one in units} | set(known or ()))
    people = tuple(one for _row, one in found)
    return Reading(Roster("", "", tuple(units), people), ignored + more)


def _open(content: bytes, name: str) -> Workbook:
    """The workbook; its sheets are parsed later."""
    try:
        return grid.opened(content)
    except grid.Broken as error:
        raise BadRoster(f"打不开 {name}。请用 Excel 另存为 .xlsx 后再导入。") from error
    except grid.TooLarge as error:
        raise BadRoster(TOO_LARGE) from error


def _rows(workbook: Workbook, title: str, needed: Sequence[str]) -> tuple[list[Row], int]:
    """The filled rows of a sheet by heading, and how many other columns it has: these are not read."""
    lines = _lines(workbook, title)
    start = next((place for place, line in enumerate(lines[:LOOKED_AT]) if needed[0] in line[1]), 0)
    headings = [name.replace(" ", "") for name in lines[start][1]] if lines else []
    missing = [name for name in needed if name not in headings]
    if missing:
        raise BadRoster(f"“{title}”表缺少“{'”“'.join(missing)}”列。请用模板的表头。")
    wanted = COLUMNS.get(title, COLUMNS[PEOPLE])
    found = []
    for number, values in lines[start + 1 :]:
        cells = {
            name: value for name, value in zip(headings, values, strict=False) if name in wanted
        }
        if any(cells.values()):
            found.append(Row(f"“{title}”表第{number}行", cells))
    refuse_many(len(found))
    return found, sum(bool(name) and name not in (*wanted, NUMBERING) for name in headings)


def _lines(workbook: Workbook, title: str) -> list[tuple[int, list[str]]]:
    """The rows that hold something, with their numbers. BadRoster for a formula."""
    try:
        found = grid.lines(workbook, title)
    except grid.Broken as error:
        raise BadRoster(f"“{title}”表读不出来。请用 Excel 另存为 .xlsx 后再导入。") from error
    except grid.TooLarge as error:
        raise BadRoster(TOO_LARGE) from error
    if (formula := next((line.number for line in found if line.has_formula), None)) is not None:
        raise BadRoster(f"“{title}”表第{formula}行：有公式。请改为文字（粘贴为数值）后再发。")
    filled = ((line.number, [words(value) for value in line.values]) for line in found)
    return [(number, values) for number, values in filled if any(values)]


def _refuse_twice(units: Sequence[RosterUnit]) -> None:
    seen: set[str] = set()
    for one in units:
        if one.name in seen:
            raise BadRoster(f"“单位”表中“{one.name}”出现两次。请删去一行。")
        seen.add(one.name)


def _refuse_unknown(found: Sequence[tuple[Row, RosterPerson]], units: Collection[str]) -> None:
    for row, one in found:
        if one.unit is not None and one.unit not in units:
            raise row.wrong(f"“单位”表中没有“{one.unit[:40]}”。请先在“单位”表登记。")
