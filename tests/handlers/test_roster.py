"""The roster workbook: the template reads back; every fault names its row and what to do."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from handlers.files import grid, roster
from records.errors import BadRoster
from records.model import Entry, Post, Role, Seat
from records.roster import Roster, RosterPerson, RosterUnit


@pytest.fixture
def workbook() -> Workbook:
    return load_workbook(io.BytesIO(roster.template()))


def test_template_reads_back_as_its_own_example(tmp_path: Path, workbook: Workbook) -> None:
    assert roster.read(_saved(tmp_path, workbook)) == Roster(
        "幸福里社区",
        "人民街道",
        (
            RosterUnit("第一小学", is_local=True, has_party_organisation=True),
            RosterUnit("社区党支部", is_local=False, has_party_organisation=True),
        ),
        (
            RosterPerson(
                "李书明",
                None,
                Post.SECRETARY,
                Seat.FULL_TIME,
                Entry.APPOINTED,
                roles=frozenset({Role.PARTY_SECRETARY}),
                since=date(2026, 1, 1),
            ),
            RosterPerson(
                "陈敏",
                "第一小学",
                Post.MEMBER,
                Seat.PART_TIME,
                Entry.FIVE_STEPS,
                roles=frozenset({Role.LIAISON}),
                since=date(2026, 1, 1),
            ),
            RosterPerson("王岚", roles=frozenset({Role.PARTY_WORKER})),
        ),
    )


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "sentence"),
    [
        (
            "人员",
            "C3",
            "主席",
            "“人员”表第3行：“职务”不能是“主席”。请填书记、副书记、委员，或留空。",
        ),
        ("人员", "B3", "第九小学", "“人员”表第3行：“单位”表中没有“第九小学”。请先在“单位”表登记。"),
        (
            "人员",
            "G3",
            "管理员",
            "“人员”表第3行：“身份”不能是“管理员”。请填书记、党务工作者或联络员。",
        ),
        ("人员", "G4", "联络员", "“人员”表第4行：联络员没有单位。请填写所在单位。"),
        ("人员", "H2", "去年", "“人员”表第2行：“任职起”不是日期。请写作 2026-01-01。"),
        ("人员", "A2", None, "“人员”表第2行：“姓名”未填写或过长。请补全后再导入。"),
        ("单位", "A3", "第一小学", "“单位”表中“第一小学”出现两次。请删去一行。"),
        ("单位", "B2", "也许", "“单位”表第2行：“驻区单位”不能是“也许”。请填是、否，或留空。"),
        ("人员", "A1", "名字", "“人员”表缺少“姓名”列。请用模板的表头。"),
    ],
)
def test_fault_is_named_with_its_row_and_remedy(
    tmp_path: Path, workbook: Workbook, sheet: str, cell: str, value: str | None, sentence: str
) -> None:
    workbook[sheet][cell] = value

    with pytest.raises(BadRoster) as refused:
        roster.read(_saved(tmp_path, workbook))
    assert str(refused.value) == sentence


def test_two_people_of_one_name_are_told_apart_by_their_unit(
    tmp_path: Path, workbook: Workbook
) -> None:
    workbook["人员"].append(["陈敏", "社区党支部", "委员", "兼职", "", "", "", "", ""])
    assert len(roster.read(_saved(tmp_path, workbook)).people) == 4

    workbook["人员"].append(["陈敏", "社区党支部", "委员", "兼职", "", "", "", "", ""])
    with pytest.raises(BadRoster, match="出现两次"):
        roster.read(_saved(tmp_path, workbook))


def test_phone_and_identity_columns_are_not_even_read(tmp_path: Path, workbook: Workbook) -> None:
    expected = roster.read(_saved(tmp_path, workbook))
    workbook["人员"]["J1"], workbook["人员"]["J2"] = "手机", "13800000000"

    assert roster.read(_saved(tmp_path, workbook)) == expected


def test_strange_characters_in_a_name_stay_as_typed(tmp_path: Path, workbook: Workbook) -> None:
    workbook["人员"]["A4"] = '<b>&"王\n岚'

    assert roster.read(_saved(tmp_path, workbook)).people[2].name == '<b>&"王岚'


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04"])
def test_file_that_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "名册.xlsx"
    file.write_bytes(content)

    with pytest.raises(BadRoster, match="打不开 名册.xlsx"):
        roster.read(file)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadRoster, match="找不到文件"):
        roster.read(tmp_path / "none.xlsx")


def test_archive_that_would_swell_is_not_unpacked(tmp_path: Path) -> None:
    file = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (grid.LARGEST + 1))

    with pytest.raises(BadRoster, match="文件过大"):
        roster.read(file)


def _saved(folder: Path, workbook: Workbook) -> Path:
    file = folder / "roster.xlsx"
    workbook.save(file)
    return file
