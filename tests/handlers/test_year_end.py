"""年底材料: one zip that opens anywhere, holds what the records hold, and says what is missing."""

import io
import zipfile
from pathlib import PurePosixPath, PureWindowsPath

from docx import Document

from handlers.files import ledger, picture, tables, year_end
from handlers.files.ledger import Export
from handlers.work import WORK
from records import jobs
from records.database import Database
from records.model import Community
from tests.handlers import year

FOLDER = "幸福里社区2026年年底材料"
CSVS = (
    "01 会议台账", "02 签到明细", "03 表决", "04 议定事项", "05 联系沟通", "06 走访",
    "07 实事好事", "08 述职", "09 抄报", "10 例行事项", "11 尚未登记",
)  # fmt: skip
FORMS = (
    "01 走访联系记录表（建设银行幸福里支行11月5日）",
    "02 走访联系记录表（人民医院11月6日）",
    "03 走访联系记录表（社区党支部11月7日）",
)
HELD = (
    ("01", "5月工作会议", "5月20日"),
    ("02", "6月工作会议", "6月24日"),
    ("04", "8月工作会议", "8月19日"),
    ("05", "9月联席会议", "9月16日"),
    ("07", "12月双述双评会议", "12月18日"),
)
LIST = """\
幸福里社区2026年年底材料清单
2026年12月30日导出

一、已有材料
{files}

二、尚缺
1. 会议（1月、2月、3月、4月）：启用前无记录
2. 会议（7月、8月、10月、11月）：尚未登记
3. 会议（12月）：临近期末
4. 联系沟通（2026年下半年）：临近期末1个单位，见台账“尚未登记”
5. 实事好事（2026年）：临近期末2个单位，见台账“尚未登记”
6. 向社区大党委述职（2026年）：临近期末1人，见台账“尚未登记”
7. 评价结果抄报：尚未抄报2个单位，见台账“抄报”
8. 社区尚未确认的登记1项
9. 台账第1号（5月20日工作会议）：名单尚未确认
10. 台账第3号（7月22日工作会议）：名单尚未确认
11. 台账第4号（8月19日工作会议）：名单尚未确认
12. 台账第5号（9月16日联席会议）：名单尚未确认
13. 台账第7号（12月18日双述双评会议）：名单尚未确认
14. 台账第8号（12月31日工作会议）：尚无结果
15. 议定事项未办结1项，见台账“议定事项”

三、说明
签字原件、述职全文、填好的评分表：本助手不保存，有材料的请另附。
会议记录为草稿，标有（待补充）处请补齐后签字。
电子记录仅作工作参考，以组织部门要求为准。
尚未登记不等于未开展。
"""


async def of_year(database: Database, community: Community) -> year_end.YearEnd:
    asked = Export(community.id, year.YEAR, year.PRIVATE, year.EXPORTED)
    async with database.begin() as db:
        return await year_end.gather(db, asked.to_json())


def unpacked(facts: year_end.YearEnd) -> zipfile.ZipFile:
    file = year_end.render(facts).attachment
    assert file is not None
    return zipfile.ZipFile(io.BytesIO(file.content))


async def test_zip_holds_the_year(database: Database) -> None:
    async with database.begin() as db:
        community = await year.whole(db)
    facts = await of_year(database, community)

    message = year_end.render(facts)
    archive = unpacked(facts)

    paths = [info.filename.removeprefix(f"{FOLDER}/") for info in archive.infolist()]
    records, summaries, forms = paths[2:7], paths[7:12], paths[12:15]
    assert paths[:2] == ["清单.txt", "幸福里社区2026年台账.xlsx"]
    for found, folder in ((records, "会议记录草稿"), (summaries, "签到汇总")):
        assert [path.split("/")[0] for path in found] == [folder] * 5
        for path, (number, _, day) in zip(found, HELD, strict=True):
            name = path.split("/")[1]
            assert name.startswith(f"{number} ")
            assert name.endswith(f"（{day}）.docx")
    assert forms == [f"走访联系记录表/{name}.docx" for name in FORMS]
    assert paths[15:26] == [f"表格（CSV）/{name}.csv" for name in CSVS]
    assert paths[26:] == ["图片/幸福里社区2026年联系沟通和实事好事登记情况.png"]
    assert message.attachment is not None
    assert message.attachment.name == f"{FOLDER}.zip"
    assert message.text.plain == (
        "幸福里社区2026年年底材料已生成，请先看其中的“清单”。\n"
        "电子记录仅作工作参考，以组织部门要求为准。\n尚未登记不等于未开展。"
    )


async def test_list_says_what_is_there_and_what_is_missing(database: Database) -> None:
    async with database.begin() as db:
        community = await year.whole(db)

    archive = unpacked(await of_year(database, community))

    paths = [name.removeprefix(f"{FOLDER}/") for name in archive.namelist()[1:]]
    files = "\n".join(f"{number}. {path}" for number, path in enumerate(paths, start=1))
    content = archive.read(f"{FOLDER}/清单.txt")
    assert content.decode("utf-8-sig") == LIST.format(files=files).replace("\n", "\r\n")
    assert content.startswith(b"\xef\xbb\xbf")


async def test_parts_are_those_that_are_sent_alone(database: Database) -> None:
    async with database.begin() as db:
        community = await year.whole(db)
    facts = await of_year(database, community)

    archive = unpacked(facts)

    book = facts.book
    assert archive.read(f"{FOLDER}/幸福里社区2026年台账.xlsx") == ledger.workbook(book)
    for name, table in zip(CSVS, tables.of(book), strict=True):
        assert archive.read(f"{FOLDER}/表格（CSV）/{name}.csv") == tables.to_csv(table)
    shown = archive.read(f"{FOLDER}/图片/幸福里社区2026年联系沟通和实事好事登记情况.png")
    assert shown == picture.draw(picture.Page(book.unit_table, 1))
    words = [path for path in archive.namelist() if path.endswith(".docx")]
    titles = [Document(io.BytesIO(archive.read(path))).paragraphs[0].text for path in words]
    summaries = [f"幸福里社区{name}签到汇总" for _, name, _ in HELD]
    assert titles[5:] == [*summaries, *["走访联系记录表"] * 3]


async def test_zip_is_the_same_for_the_same_facts(database: Database) -> None:
    async with database.begin() as db:
        community = await year.whole(db)
    facts = await of_year(database, community)

    assert year_end.render(facts) == year_end.render(facts)
    for info in unpacked(facts).infolist():
        assert info.date_time == (2026, 12, 30, 0, 0, 0)
        assert info.flag_bits & 0x800  # the name is UTF-8
        assert not info.is_dir()


async def test_names_cannot_leave_the_folder(database: Database) -> None:
    async with database.begin() as db:
        community = await year.whole(db, name='../x\\y:社区*?"<>|\n')
    facts = await of_year(database, community)

    message = year_end.render(facts)

    assert message.attachment is not None
    assert message.attachment.name == "_x_y_社区______2026年年底材料.zip"
    for name in unpacked(facts).namelist():
        path = PurePosixPath(name)
        assert path.parts[0] == "_x_y_社区______2026年年底材料"
        assert not path.is_absolute()
        assert ".." not in path.parts
        assert not PureWindowsPath(name).drive
        for part in path.parts:
            assert not set(part) & set('\\/:*?"<>|\n')
            assert part.strip(". ") == part
            assert len(part.encode()) < 255


async def test_two_hundred_units_and_a_long_name_fit(database: Database) -> None:
    units = tuple(f"驻区单位{number:03}" for number in range(1, 199))
    async with database.begin() as db:
        community = await year.begun(db, units=units, name="很长的社区名称" * 14)
    facts = await of_year(database, community)

    names = unpacked(facts).namelist()

    assert len(names) == len(set(names)) == 2 + 11 + 9
    assert max(len(part.encode()) for name in names for part in name.split("/")) < 255


async def test_year_end_is_a_job_of_its_own(database: Database) -> None:
    async with database.begin() as db:
        community = await year.whole(db)
        await year_end.order(db, community, year=year.YEAR, chat_id=year.PRIVATE, at=year.EXPORTED)

    async with database.begin() as db:
        job = await jobs.lease(db, owner="test")
        assert job is not None
        facts = await WORK[job.kind].gather(db, job.body)

    assert (job.kind, job.chat_id) == ("year_end", year.PRIVATE)
    assert facts == await of_year(database, community)
