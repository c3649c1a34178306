"""The roster workbook: the template an office fills in, and reading it back with row and remedy."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from records.model import Capacity, Entry, Post, Role, Seat
from records.roster import Roster, RosterPerson, RosterUnit

Choice = TypeVar("Choice")

LARGEST = 20 * 1024 * 1024  # bytes after unpacking: a roster has a few hundred rows
LONGEST = 100  # characters of a name
MOST_ROWS = 5000

COMMUNITY, UNITS, PEOPLE = "社区", "单位", "人员"
COLUMNS: Mapping[str, Sequence[str]] = {
    COMMUNITY: ("社区名称", "街道"),
    UNITS: ("单位名称", "驻区单位", "有党组织"),
    PEOPLE: ("姓名", "单位", "职务", "席位", "进入方式", "列席", "身份", "任职起", "任职止"),
}
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


@dataclass
class RosterError(Exception):
    """What is wrong in the workbook, as one sentence with sheet, row and remedy."""

    sentence: str

    def __str__(self) -> str:
        return self.sentence


def template() -> bytes:
    """The workbook to be filled in, with one invented example."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, headings in COLUMNS.items():
        sheet = workbook.create_sheet(title)
        sheet.append(list(headings))
        for row in EXAMPLE[title]:
            sheet.append(list(row))
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        for column in "ABCDEFGHI"[: len(headings)]:
            sheet.column_dimensions[column].width = 16
        sheet.freeze_panes = "A2"
    notes = workbook.create_sheet("填表说明")
    for line in NOTES:
        notes.append([line])
    notes.column_dimensions["A"].width = 90
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def read(path: Path) -> Roster:
    """The community in the workbook. RosterError; nothing is read in part."""
    workbook = _open(path)
    tables = {title: list(_rows(workbook, title)) for title in COLUMNS}
    if len(tables[COMMUNITY]) != 1:
        raise RosterError("“社区”表应当只有一行。请写社区名称和街道后再导入。")
    number, row = tables[COMMUNITY][0]
    names = [_unit(number, row) for number, row in tables[UNITS]]
    _refuse_twice(names)
    known = {unit.name for unit in names}
    people = [_person(number, row, known) for number, row in tables[PEOPLE]]
    _refuse_same_person(people)
    if not people:
        raise RosterError("“人员”表没有人员。请至少填写一名党务工作者。")
    return Roster(
        _name(COMMUNITY, number, row["社区名称"], "社区名称"),
        row["街道"],
        tuple(names),
        tuple(people),
    )


def _open(path: Path) -> Workbook:
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
                raise RosterError("文件过大，不像名册。请用 community template 生成的模板填写。")
        return load_workbook(path, data_only=True)
    except FileNotFoundError as error:
        raise RosterError(f"找不到文件：{path}。请核对文件名。") from error
    except (OSError, zipfile.BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise RosterError(f"打不开 {path.name}。请用 Excel 另存为 .xlsx 后再导入。") from error


def _rows(workbook: Workbook, title: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The filled rows of a sheet by heading; extra columns are not read at all."""
    if title not in workbook.sheetnames:
        raise RosterError(f"缺少“{title}”表。请用 community template 生成的模板填写。")
    sheet: Worksheet = workbook[title]
    lines = sheet.iter_rows(values_only=True, max_row=MOST_ROWS)
    headings = [_words(value) for value in next(lines, ())]
    missing = [name for name in COLUMNS[title] if name not in headings]
    if missing:
        raise RosterError(f"“{title}”表缺少“{'”“'.join(missing)}”列。请用模板的表头。")
    for number, values in enumerate(lines, start=2):
        row = {name: _words(value) for name, value in zip(headings, values, strict=False)}
        if any(row[name] for name in COLUMNS[title]):
            yield number, row


def _words(value: Any) -> str:
    """A cell as clean text: no control characters, no spaces around."""
    if isinstance(value, datetime):
        value = value.date().isoformat()
    return re.sub(r"[\x00-\x1f\x7f]", "", str(value if value is not None else "")).strip()


def _name(sheet: str, number: int, value: str, heading: str) -> str:
    if not value or len(value) > LONGEST:
        raise RosterError(f"“{sheet}”表第{number}行：“{heading}”未填写或过长。请补全后再导入。")
    return value


def _choice(
    sheet: str, number: int, row: Mapping[str, str], heading: str, choices: Mapping[str, Choice]
) -> Choice:
    if row[heading] not in choices:
        allowed = "、".join(name for name in choices if name)
        raise RosterError(
            f"“{sheet}”表第{number}行：“{heading}”不能是“{row[heading][:20]}”。请填{allowed}，或留空。"
        )
    return choices[row[heading]]


def _unit(number: int, row: Mapping[str, str]) -> RosterUnit:
    return RosterUnit(
        _name(UNITS, number, row["单位名称"], "单位名称"),
        is_local=_choice(UNITS, number, row, "驻区单位", YES_NO),
        has_party_organisation=_choice(UNITS, number, row, "有党组织", YES_NO),
    )


def _person(number: int, row: Mapping[str, str], units: set[str]) -> RosterPerson:
    unit = row["单位"] or None
    if unit is not None and unit not in units:
        raise RosterError(
            f"“人员”表第{number}行：“单位”表中没有“{unit[:40]}”。请先在“单位”表登记。"
        )
    return RosterPerson(
        _name(PEOPLE, number, row["姓名"], "姓名"),
        unit,
        _choice(PEOPLE, number, row, "职务", POSTS),
        _choice(PEOPLE, number, row, "席位", SEATS),
        _choice(PEOPLE, number, row, "进入方式", ENTRIES),
        Capacity.NON_VOTING if _choice(PEOPLE, number, row, "列席", YES_NO) else Capacity.VOTING,
        _roles(number, row),
        _day(number, row, "任职起"),
        _day(number, row, "任职止"),
    )


def _roles(number: int, row: Mapping[str, str]) -> frozenset[Role]:
    names = [name for name in re.split(r"[、，,；;\s]+", row["身份"]) if name]
    if wrong := [name for name in names if name not in ROLES and name != "委员"]:
        raise RosterError(
            f"“人员”表第{number}行：“身份”不能是“{wrong[0][:20]}”。请填书记、党务工作者或联络员。"
        )
    held = frozenset(ROLES[name] for name in names if name in ROLES)
    if Role.LIAISON in held and not row["单位"]:
        raise RosterError(f"“人员”表第{number}行：联络员没有单位。请填写所在单位。")
    return held


def _day(number: int, row: Mapping[str, str], heading: str) -> date | None:
    value = row[heading].replace("/", "-").replace(".", "-")
    if not value:
        return None
    try:
        year, month, day = (int(part) for part in value.split("-"))
        return date(year, month, day)
    except ValueError as error:
        raise RosterError(
            f"“人员”表第{number}行：“{heading}”不是日期。请写作 2026-01-01。"
        ) from error


def _refuse_twice(units: Sequence[RosterUnit]) -> None:
    seen: set[str] = set()
    for unit in units:
        if unit.name in seen:
            raise RosterError(f"“单位”表中“{unit.name}”出现两次。请删去一行。")
        seen.add(unit.name)


def _refuse_same_person(people: Sequence[RosterPerson]) -> None:
    """Two people of one name are told apart by their unit."""
    seen: set[tuple[str, str | None]] = set()
    for person in people:
        if (person.name, person.unit) in seen:
            raise RosterError(f"“人员”表中“{person.name}”出现两次。同名的请分别写明单位。")
        seen.add((person.name, person.unit))
