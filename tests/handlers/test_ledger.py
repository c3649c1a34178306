"""The workbook of a year holds what the records hold, as text and numbers, on pages an office can print."""

import csv
import io
import re
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from handlers.conversation import Message
from handlers.files import ledger, sheets, tables
from handlers.files.ledger import Export
from handlers.files.sheets import Column, Table
from handlers.work import WORK
from records import attendance, contacts, jobs, meetings, settings, votes, yearbook
from records.database import Database
from records.model import (
    Community,
    ContactForm,
    Half,
    Manner,
    MeetingKind,
    Settlement,
)
from records.yearbook import Yearbook
from tests.handlers import year
from tests.handlers.year import moment
from tests.records.facts import BANK, SCHOOL

SHEETS = {
    "会议台账": """\
序号|日期时间|类型|地点|应到|实到|请假|未到|列席|线上|结果|补录|名单确认
1|2026年5月20日（周三）15:00|工作会议|二楼会议室|3|2|1|0|0|0|已召开，计入5月会议|启用前补录（录入人王岚，录入日期2026年7月6日）|尚未确认
2|2026年6月24日（周三）15:00|工作会议|二楼会议室|3|2|1|0|1|0|已召开，计入6月会议||2026年6月24日
3|2026年7月22日（周三）15:00|工作会议|二楼会议室|3|1|0|2|0|0|因到会人数不足未召开||尚未确认
4|2026年8月19日（周三）15:00|工作会议|二楼会议室|3|1|0|2|0|0|仅作座谈、通报登记||尚未确认
5|2026年9月16日（周三）15:00|联席会议|二楼会议室|3|2|0|1|0|0|已召开，计入9月会议||尚未确认
6|2026年10月21日（周三）15:00|工作会议|二楼会议室|||||||已取消||
7|2026年12月31日（周四）09:00|工作会议||||||||尚未召开||
""",
    "签到明细": """\
会议|姓名|单位|情况|时间|代为登记|早退
1. 5月20日工作会议|李书明||到会||王岚|
1. 5月20日工作会议|陈敏|第一小学|到会||王岚|
1. 5月20日工作会议|赵卫国||请假||王岚|
2. 6月24日工作会议|李书明||到会|15:02||
2. 6月24日工作会议|陈敏|第一小学|到会|15:02||
2. 6月24日工作会议|赵卫国||请假|2026年6月23日（周二）15:00|王岚|
2. 6月24日工作会议|刘强|建设银行幸福里支行|列席|15:02||
3. 7月22日工作会议|李书明||未到|||
3. 7月22日工作会议|陈敏|第一小学|到会|15:02||
3. 7月22日工作会议|赵卫国||未到|||
4. 8月19日工作会议|李书明||到会|15:02||
4. 8月19日工作会议|陈敏|第一小学|未到|||
4. 8月19日工作会议|赵卫国||未到|||
5. 9月16日联席会议|李书明||到会|15:02||
5. 9月16日联席会议|陈敏|第一小学|到会|15:02||16:20
5. 9月16日联席会议|赵卫国||未到|||
""",
    "表决": """\
会议|事项|方式|在场班子成员|同意|不同意|弃权|未表态|结果|认定
2. 6月24日工作会议|老旧电梯改造|举手|2|2|0|0|0|工作会议的通过比例文件未作规定，只列票数|
5. 9月16日联席会议|共建经费|无记名|2|1|0|1|0|恰为半数，请主持人认定|暂缓，请示街道党工委（李书明，2026年9月16日（周三）16:10）
""",
    "议定事项": """\
会议|事项|责任人|时限|办结日期
2. 6月24日工作会议|加装楼道扶手|李强|2026年9月30日|2026年9月12日
2. 6月24日工作会议|楼前绿化|（待补充）|（待补充）|未办结
""",
    "联系沟通": """\
单位|日期|形式|登记日期|登记
第一小学|2026年6月15日|来访|2026年6月15日|已登记
建设银行幸福里支行|2026年6月20日|座谈|2026年7月3日|已登记（补登）
第一小学|2026年9月12日|电话|2026年9月14日|已登记
""",
    "尚未登记": """\
半年|单位|登记情况
2026年下半年|建设银行幸福里支行|临近期末
尚未登记不等于未开展。||
""",
}
EXPECTED = {
    name: [line.split("|") for line in lines.splitlines()] for name, lines in SHEETS.items()
}


async def of_year(database: Database, community: Community) -> Yearbook:
    asked = Export(community.id, year.YEAR, year.PRIVATE, year.EXPORTED)
    async with database.begin() as db:
        return await ledger.gather(db, asked.to_json())


def opened(message: Message) -> Workbook:
    assert message.attachment is not None
    return load_workbook(io.BytesIO(message.attachment.content))


def rows(book: Workbook, sheet: str) -> list[tuple[object, ...]]:
    """What stands below the title."""
    return list(book[sheet].iter_rows(min_row=2, values_only=True))


def words(book: Workbook, sheet: str) -> list[list[str]]:
    """The same as it is read: nothing where a cell is empty."""
    return [["" if value is None else str(value) for value in row] for row in rows(book, sheet)]


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


async def test_ledger_holds_the_facts_of_the_year(database: Database) -> None:
    async with database.begin() as db:
        community = await year.whole(db)

    message = ledger.render(await of_year(database, community))

    book = opened(message)
    assert {sheet: words(book, sheet) for sheet in book.sheetnames} == EXPECTED
    assert message.attachment is not None
    assert message.attachment.name == "幸福里社区2026年台账（2026年12月30日导出）.xlsx"
    assert message.text.plain == (
        "幸福里社区2026年台账已导出。\n电子记录仅作工作参考，以组织部门要求为准。"
    )


async def test_ledger_agrees_with_the_rolls(database: Database) -> None:
    async with database.begin() as db:
        community = await year.whole(db)
        held = [
            await attendance.roll_of(db, meeting)
            for meeting in await meetings.all_of(db, community)
            if meeting.opened_at is not None
        ]

    book = opened(ledger.render(await of_year(database, community)))

    shown = [row[4:10] for row in rows(book, "会议台账")[1:] if row[4] is not None]
    assert shown == [
        (roll.expected, roll.present, roll.excused, roll.unsigned, roll.non_voting, roll.online)
        for roll in held
    ]


async def test_every_sheet_prints_on_a4_under_its_title(database: Database) -> None:
    async with database.begin() as db:
        community = await year.whole(db)

    book = opened(ledger.render(await of_year(database, community)))

    for sheet in book.worksheets:
        last = sheet.cell(sheet.max_row, sheet.max_column).coordinate
        assert sheet["A1"].value == f"幸福里社区2026年{sheet.title}　2026年12月30日导出"
        assert sheet.print_area == f"'{sheet.title}'!$A$1:${last[0]}${sheet.max_row}"
        assert sheet.print_title_rows == "$1:$2"
        assert sheet.freeze_panes == "A3"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddHeader is not None
        assert sheet.oddHeader.right.text == "电子记录仅作工作参考，以组织部门要求为准。"
        assert sheet.oddFooter is not None
        assert sheet.oddFooter.center.text == "第&P页，共&N页"
        widths = [column.width for column in sheet.column_dimensions.values()]
        assert all(6 <= width <= 90 for width in widths)


async def test_ledger_is_the_same_file_for_the_same_facts(database: Database) -> None:
    async with database.begin() as db:
        community = await year.whole(db)
    facts = await of_year(database, community)

    first, again = ledger.workbook(facts), ledger.workbook(facts)

    assert first == again
    core = zipfile.ZipFile(io.BytesIO(first)).read("docProps/core.xml").decode()
    assert re.findall(r">(\d{4}-[^<]*)<", core) == ["2026-12-30T00:00:00Z"] * 2


DANGEROUS = ('=HYPERLINK("x")', "@SUM", "\t=1", "+1+1", "-2", "\r=2", "＝3", "#REF!", "多\n行")
SEEN = ('=HYPERLINK("x")', "@SUM", "=1", "+1+1", "-2", "=2", "＝3", "#REF!", "多 行")


async def test_names_that_look_like_formulas_stay_words(database: Database) -> None:
    async with database.begin() as db:
        community = await year.begun(db, units=DANGEROUS)
        worker = (await year.everybody(db))["王岚"]
        for name in DANGEROUS:
            await contacts.record(
                db,
                await year.unit(db, community, name),
                by=worker,
                on=date(2026, 6, 2),
                form=ContactForm.PHONE,
                at=moment(6, 2),
            )
    facts = await of_year(database, community)

    content = ledger.workbook(facts)

    book = load_workbook(io.BytesIO(content))
    cells = [book["联系沟通"].cell(number, 1) for number in range(3, 3 + len(SEEN))]
    assert [(cell.value, cell.data_type, bool(cell.quotePrefix)) for cell in cells] == [
        (name, "s", name[0] in "=+-@＝") for name in SEEN
    ]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.namelist():
            assert b"<f>" not in archive.read(part), part


async def test_csv_is_what_the_sheet_is_for_excel(database: Database) -> None:
    async with database.begin() as db:
        community = await year.whole(db)

    for table in tables.of(await of_year(database, community)):
        content = tables.to_csv(table)

        expected = EXPECTED[table.name]
        if table.note is not None:
            expected = [*expected[:-1], [table.note]]
        assert content.startswith(b"\xef\xbb\xbf")
        assert content.count(b"\n") == content.count(b"\r\n") == len(expected)
        assert read(content) == expected


def test_csv_marks_what_could_be_a_formula() -> None:
    table = Table("单位", (Column("单位", 20),), [(name,) for name in (*DANGEROUS, "第一\x00小学")])

    content = tables.to_csv(table)

    marked = [f"'{name}" if name[0] in "=+-@＝" else name for name in (*SEEN, "第一小学")]
    assert read(content) == [["单位"], *([name] for name in marked)]


def test_sheet_drops_what_nobody_sees() -> None:
    words = ("第一\x00小学", "\u202e反向", "a\x07b\x85c", "\ud800半个", "=\x00cmd")
    table = Table("单位", (Column("单位", 20),), [(name,) for name in words])

    content = sheets.workbook([table], owner="\x01幸福里&社区\n2026年", on=date(2026, 12, 30))

    sheet = load_workbook(io.BytesIO(content))["单位"]
    assert [row[0] for row in sheet.iter_rows(values_only=True)] == [
        "幸福里&社区 2026年单位　2026年12月30日导出",
        "单位",
        "第一小学",
        "反向",
        "ab c",
        "半个",
        "=cmd",
    ]


async def test_empty_year_says_that_nothing_is_registered(database: Database) -> None:
    async with database.begin() as db:
        community = await year.begun(db)
    asked = Export(community.id, 2025, year.PRIVATE, year.EXPORTED)
    async with database.begin() as db:
        facts = await ledger.gather(db, asked.to_json())

    book = opened(ledger.render(facts))

    assert [words(book, name)[1:] for name in book.sheetnames[:-1]] == [
        [["没有登记。", *[""] * width]] for width in (12, 6, 9, 4, 4)
    ]
    assert rows(book, "尚未登记")[1:] == [
        ("2025年上半年", SCHOOL, "启用前无记录"),
        ("2025年上半年", BANK, "启用前无记录"),
        ("2025年下半年", SCHOOL, "启用前无记录"),
        ("2025年下半年", BANK, "启用前无记录"),
        ("尚未登记不等于未开展。", None, None),
    ]


async def test_two_hundred_units_are_listed_in_the_order_of_the_roster(database: Database) -> None:
    units = tuple(f"驻区单位{number:03}" for number in range(1, 199))
    async with database.begin() as db:
        community = await year.begun(db, units=units)

    book = opened(ledger.render(await of_year(database, community)))

    listed = rows(book, "尚未登记")[1:-1]
    everyone = (SCHOOL, BANK, *units)
    assert listed == [
        *(("2026年上半年", name, "尚未登记") for name in everyone),
        *(("2026年下半年", name, "临近期末") for name in everyone),
    ]


async def test_meeting_in_progress_shows_who_has_signed(database: Database) -> None:
    async with database.begin() as db:
        community = await year.begun(db)
        known = await year.everybody(db)
        worker = known["王岚"]
        meeting = await year.planned(db, community, moment(11, 25), kind=MeetingKind.JOINT)
        await attendance.announce(db, meeting, known["李书明"], online=False, at=moment(11, 24))
        await settings.change(db, by=worker, at=moment(11, 24), late_after=5)
        await meetings.open_sign_in(db, community, by=worker, at=moment(11, 25))
        meeting = await meetings.with_id(db, meeting.id)
        await attendance.sign_in(db, meeting, known["陈敏"], at=moment(11, 25, 15, 20), online=True)
        await votes.begin(db, meeting, title="绿化", by=worker, at=moment(11, 25, 15, 30))

    book = opened(ledger.render(await of_year(database, community)))

    named = "1. 11月25日联席会议"
    assert rows(book, "会议台账")[1][4:] == (3, 1, 0, 2, 0, 1, "签到中", None, None)
    assert rows(book, "签到明细")[1:] == [
        (named, "李书明", None, "未签", None, None, None),
        (named, "陈敏", SCHOOL, "到会（线上、迟到）", "15:20", None, None),
        (named, "赵卫国", None, "未签", None, None, None),
    ]
    assert rows(book, "表决")[1:] == [
        (named, "绿化", "按钮", 1, 0, 0, 0, 1, "表决中", None),
    ]


@pytest.mark.parametrize(
    ("half", "outcome"), [(Half.IS_ENOUGH, "达到"), (Half.IS_TOO_LITTLE, "未达到")]
)
async def test_half_settled_by_the_reading_says_who_and_what(
    database: Database, half: Half, outcome: str
) -> None:
    async with database.begin() as db:
        community = await year.begun(db)
        known = await year.everybody(db)
        await settings.decide_half(
            db, half, on=date(2026, 6, 10), by=known["王岚"], at=moment(6, 11)
        )
        meeting = await year.held(db, community, moment(6, 24), kind=MeetingKind.JOINT)
        vote = await votes.count(
            db,
            meeting,
            title="共建经费",
            manner=Manner.HANDS,
            agreed=1,
            against=1,
            abstained=0,
            by=known["王岚"],
            at=moment(6, 24, 16),
        )
        await votes.settle(
            db,
            meeting,
            vote,
            Settlement.BY_READING,
            by=known["李书明"],
            at=moment(6, 24, 16, 5),
        )

    book = opened(ledger.render(await of_year(database, community)))

    assert rows(book, "表决")[1][8:] == (
        "恰为半数，请主持人认定",
        f"按本社区既定口径认定为{outcome}（李书明，2026年6月24日（周三）16:05）",
    )


async def test_meeting_of_the_turn_of_the_year_lies_in_the_year_it_was_held(
    database: Database,
) -> None:
    async with database.begin() as db:
        community = await year.begun(db)
        await year.held(db, community, moment(12, 31, 23))
        next_year = year.EXPORTED.replace(year=2027)
        this = await yearbook.of(db, community, year=2026, on=next_year.date())
        other = await yearbook.of(db, community, year=2027, on=next_year.date())

    assert [len(this.meetings), len(other.meetings)] == [1, 0]


async def test_export_is_a_job_of_its_own(database: Database) -> None:
    async with database.begin() as db:
        community = await year.whole(db)
        await ledger.order(db, community, year=year.YEAR, chat_id=year.PRIVATE, at=year.EXPORTED)

    async with database.begin() as db:
        job = await jobs.lease(db, owner="test")
        assert job is not None
        facts = await WORK[job.kind].gather(db, job.body)

    assert (job.kind, job.chat_id) == ("ledger", year.PRIVATE)
    assert facts == await of_year(database, community)
