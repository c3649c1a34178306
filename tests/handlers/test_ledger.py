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
from records import attendance, jobs, meetings, settings, visits, votes, yearbook
from records.database import Database
from records.model import (
    Community,
    ContactForm,
    Duty,
    Frequency,
    Half,
    Manner,
    MeetingKind,
    Settlement,
    Window,
)
from records.registrations import Happened
from records.yearbook import Yearbook
from tests.handlers import year
from tests.handlers.year import moment
from tests.records.facts import BANK, SCHOOL

MONTHLY = "问答第6问“每月至少召开1次工作会议或党建联席会议”"
SHEETS = {
    "会议台账": """\
序号|日期时间|类型|地点|应到|实到|请假|未到|列席|线上|结果|补录|名单确认
1|2026年5月20日（周三）15:00|工作会议|二楼会议室|3|2|1|0|0|0|已召开，计入5月会议|启用前补录（录入人王岚，录入日期2026年7月6日）|尚未确认
2|2026年6月24日（周三）15:00|工作会议|二楼会议室|3|2|1|0|1|0|已召开，计入6月会议||2026年6月24日
3|2026年7月22日（周三）15:00|工作会议|二楼会议室|3|1|0|2|0|0|因到会人数不足未召开||尚未确认
4|2026年8月19日（周三）15:00|工作会议|二楼会议室|3|1|0|2|0|0|仅作座谈、通报登记||尚未确认
5|2026年9月16日（周三）15:00|联席会议|二楼会议室|3|2|0|1|0|0|已召开，计入9月会议||尚未确认
6|2026年10月21日（周三）15:00|工作会议|二楼会议室|||||||已取消||
7|2026年12月18日（周五）15:00|双述双评会议|二楼会议室|3|2|0|1|0|0|已召开||尚未确认
8|2026年12月31日（周四）09:00|工作会议||||||||尚未召开||
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
7. 12月18日双述双评会议|李书明||到会|15:02||
7. 12月18日双述双评会议|陈敏|第一小学|到会|15:02||
7. 12月18日双述双评会议|赵卫国||未到|||
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
单位|日期|形式|登记日期|登记情况|社区确认日期
第一小学|2026年6月15日|来访|2026年6月15日|已完成|2026年6月15日
建设银行幸福里支行|2026年6月20日|座谈|2026年7月3日|已完成（补登）|2026年7月6日
人民医院|2026年7月10日|其他|2026年7月13日|期后完成|2026年7月13日
第一小学|2026年9月12日|电话|2026年9月14日|已完成|2026年9月14日
建设银行幸福里支行|2026年11月5日|走访|2026年11月9日|已完成|2026年11月9日
""",
    "走访": """\
日期|单位|走访人员|形式|单位需求|意见建议|处理情况|完成日期|是否计入联系沟通
2026年11月5日|建设银行幸福里支行|李书明、王岚|上门|希望协调门前停车|=建议多开放日|已与物业商定|2026年11月20日|计入
2026年11月6日|人民医院|王岚|座谈|||||待单位确认
2026年11月7日|社区党支部|王岚|电话|||||该单位不列入
""",
    "实事好事": """\
单位|事项|日期|归属年度|登记日期|登记情况|社区确认日期
建设银行幸福里支行|慰问老党员|2026年1月20日|2025年|2026年6月10日|启用前补录|2026年6月10日
建设银行幸福里支行|防范电信诈骗讲座|2026年10月20日|2026年|2026年10月21日|已完成|待确认
""",
    "述职": """\
姓名|单位|述职对象|日期|归属年度|登记情况
陈敏|第一小学|所在单位党组织|2026年12月8日|2026年|已完成
""",
    "抄报": """\
单位|双述双评会议日期|评价结果|抄报日期
第一小学|2026年12月18日|95|2026年12月22日
建设银行幸福里支行|2026年12月18日|良好|尚未抄报
人民医院|2026年12月18日||尚未抄报
社区“大党委”|2026年12月18日|92|
""",
    "例行事项": """\
事项|时段|登记情况|日期|依据
会议|1月|启用前无记录||{MONTHLY}
会议|2月|启用前无记录||{MONTHLY}
会议|3月|启用前无记录||{MONTHLY}
会议|4月|启用前无记录||{MONTHLY}
会议|5月|启用前补录|2026年5月20日|{MONTHLY}
会议|6月|已完成|2026年6月24日|{MONTHLY}
会议|7月|尚未登记||{MONTHLY}
会议|8月|尚未登记||{MONTHLY}
会议|9月|已完成|2026年9月16日|{MONTHLY}
会议|10月|尚未登记||{MONTHLY}
会议|11月|尚未登记||{MONTHLY}
会议|12月|临近期末||{MONTHLY}
双述双评会议|2026年（2026年12月1日至2027年1月31日）|已完成|2026年12月18日|问答第6问“年终召开双述双评会议”
民主生活会|2026年|已完成|2026年12月10日|规定第二十二条“街道、社区党组织每年应召开一次民主生活会”
民主生活会：原文为2006年规定；党支部等情形是否适用，以现行规定和上级通知为准。双述双评会议的起止时间：管理员设定，非文件原文。尚未登记不等于未开展。||||
""".replace("{MONTHLY}", MONTHLY),
    "尚未登记": """\
事项|时段|单位或姓名|登记情况
会议|7月|幸福里社区|尚未登记
会议|8月|幸福里社区|尚未登记
会议|10月|幸福里社区|尚未登记
会议|11月|幸福里社区|尚未登记
会议|12月|幸福里社区|临近期末
联系沟通|2026年下半年|人民医院|临近期末
实事好事|2026年|第一小学|临近期末
实事好事|2026年|人民医院|临近期末
向社区大党委述职|2026年|陈敏|临近期末
尚未登记不等于未开展。|||
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
        for name in DANGEROUS:
            unit = await year.unit(db, community, name)
            fact = year.contact(unit, date(2026, 6, 2), ContactForm.PHONE)
            await year.recorded(db, fact, at=moment(6, 2))
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


def marked(words: str) -> str:
    """As a CSV says that it is no formula."""
    return f"'{words}" if words.startswith(("=", "+", "-", "@", "＝")) else words


async def test_csv_is_what_the_sheet_is_for_excel(database: Database) -> None:
    async with database.begin() as db:
        community = await year.whole(db)

    for table in tables.of(await of_year(database, community)):
        content = tables.to_csv(table)

        expected = [[marked(cell) for cell in row] for row in EXPECTED[table.name]]
        if table.note is not None:
            expected = [*expected[:-1], [table.note]]
        assert content.startswith(b"\xef\xbb\xbf")
        assert content.count(b"\n") == content.count(b"\r\n") == len(expected)
        assert read(content) == expected


def test_csv_marks_what_could_be_a_formula() -> None:
    table = Table("单位", (Column("单位", 20),), [(name,) for name in (*DANGEROUS, "第一\x00小学")])

    content = tables.to_csv(table)

    assert read(content) == [["单位"], *([marked(name)] for name in (*SEEN, "第一小学"))]


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

    empty = [name for name in book.sheetnames if name != "例行事项"]
    assert [words(book, name)[1:] for name in empty] == [
        [["没有登记。", *[""] * width]] for width in (12, 6, 9, 4, 5, 8, 6, 5, 3, 3)
    ]
    own = rows(book, "例行事项")[1:-1]
    assert [(row[0], row[2], row[3]) for row in own] == [
        *[("会议", "启用前无记录", None)] * 12,
        ("双述双评会议", "启用前无记录", None),
        ("民主生活会", "启用前无记录", None),
    ]


async def test_two_hundred_units_are_listed_in_the_order_of_the_roster(database: Database) -> None:
    units = tuple(f"驻区单位{number:03}" for number in range(1, 199))
    async with database.begin() as db:
        community = await year.begun(db, units=units)

    book = opened(ledger.render(await of_year(database, community)))

    listed = [row for row in rows(book, "尚未登记") if row[0] in ("联系沟通", "实事好事")]
    everyone = (SCHOOL, BANK, *units)
    assert listed == [
        *(("联系沟通", "2026年上半年", name, "尚未登记") for name in everyone),
        *(("联系沟通", "2026年下半年", name, "临近期末") for name in everyone),
        *(("实事好事", "2026年", name, "临近期末") for name in everyone),
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


async def test_longest_notes_of_a_visit_are_seen_whole(database: Database) -> None:
    async with database.begin() as db:
        community = await year.begun(db)
        school = await year.unit(db, community, SCHOOL)
        on = date(2026, 9, 8)
        visit = await year.visited(db, school, on, ContactForm.VISIT, visitors="王岚")
        worker = (await year.everybody(db))["王岚"]
        await visits.complete(db, visit, by=worker, at=moment(9, 9), needs="需求" * 250)

    sheet = opened(ledger.render(await of_year(database, community)))["走访"]

    letters_of_a_line = (sheet.column_dimensions["E"].width - 1) // 2
    lines = -(-500 // letters_of_a_line)
    assert 15 * lines < (sheet.row_dimensions[3].height or 0) < 409  # Excel knows no row higher


async def test_two_meetings_in_one_are_counted_once_and_named_both(database: Database) -> None:
    async with database.begin() as db:
        community = await year.begun(db)
        worker = (await year.everybody(db))["王岚"]
        held = await year.held(db, community, moment(12, 18), kind=MeetingKind.MUTUAL_APPRAISAL)
        await meetings.set_also_kind(
            db, community, held, MeetingKind.JOINT, by=worker, at=moment(12, 18, 17)
        )

    book = opened(ledger.render(await of_year(database, community)))

    assert [(row[2], row[10]) for row in rows(book, "会议台账")[1:]] == [
        ("双述双评会议、联席会议", "已召开，计入12月会议")
    ]
    own = [row[:4] for row in rows(book, "例行事项") if row[3] is not None]
    assert own[1:] == [
        ("会议", "12月", "已完成", "2026年12月18日"),
        ("双述双评会议", "2026年（2026年12月1日至2027年1月31日）", "已完成", "2026年12月18日"),
    ]


async def test_what_the_community_has_set_is_marked_as_set_by_it(database: Database) -> None:
    async with database.begin() as db:
        community = await year.begun(db)
        worker = (await year.everybody(db))["王岚"]
        await settings.change(
            db,
            by=worker,
            at=moment(6, 2),
            window=Window.DECEMBER,
            upward_report=Frequency.YEAR,
            public_review=Frequency.QUARTER,
        )
        review = Happened(Duty.PUBLIC_REVIEW, date(2026, 9, 8))
        await year.recorded(db, review, at=moment(9, 9))

    book = opened(ledger.render(await of_year(database, community)))

    own = rows(book, "例行事项")[13:]
    assert [row[:4] for row in own[:-1]] == [
        ("双述双评会议", "2026年（2026年12月1日至2026年12月31日）", "临近期末", None),
        ("民主生活会", "2026年", "临近期末", None),
        ("向驻区单位上级组织人事部门报告共建情况", "2026年", "临近期末", None),
        ("组织群众监督评议", "2026年第一季度", "启用前无记录", None),
        ("组织群众监督评议", "2026年第二季度", "尚未登记", None),
        ("组织群众监督评议", "2026年第三季度", "已完成", "2026年9月8日"),
        ("组织群众监督评议", "2026年第四季度", "临近期末", None),
    ]
    assert own[-1][0] == (
        "民主生活会：原文为2006年规定；党支部等情形是否适用，以现行规定和上级通知为准。"
        "双述双评会议的起止时间、向驻区单位上级组织人事部门报告共建情况的频次、"
        "组织群众监督评议的频次：管理员设定，非文件原文。尚未登记不等于未开展。"
    )


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
