"""The picture of the registrations: one ink, the order of the roster, and a font for every Chinese name."""

import io
from datetime import date

from PIL import Image, ImageFont

from handlers.files import picture
from handlers.files.ledger import Export
from handlers.files.picture import Page
from handlers.work import WORK
from records import jobs
from records.database import Database
from records.model import Community, ContactForm, Duty, DutyState
from records.registrations import Happened
from records.yearbook import UnitTable
from tests.handlers import year
from tests.handlers.year import moment
from tests.records.facts import BANK, SCHOOL

INK, WHITE, PALE = (0x2B, 0x4A, 0x6F), (255, 255, 255), (0xEE, 0xEE, 0xEE)


async def page_of(database: Database, community: Community, number: int = 1) -> Page:
    asked = Export(community.id, year.YEAR, year.PRIVATE, year.EXPORTED, number)
    async with database.begin() as db:
        return await picture.gather(db, asked.to_json())


def seen(page: Page) -> Image.Image:
    return Image.open(io.BytesIO(picture.draw(page))).convert("RGB")


def marks(image: Image.Image, units: int) -> list[tuple[object, ...]]:
    """The ground of the three cells of each unit, beside the words."""
    step = picture.CELL + picture.GAP
    return [
        tuple(
            image.getpixel((776 + 24 + column * step, picture.TOP + place * picture.ROW + 12))
            for column in range(3)
        )
        for place in range(units)
    ]


async def test_picture_marks_what_is_registered(database: Database) -> None:
    async with database.begin() as db:
        community = await year.whole(db)

    page = await page_of(database, community)
    message = picture.render(page)

    assert [(entry.unit.name, entry.states) for entry in page.facts.units] == [
        (SCHOOL, (DutyState.FULFILLED, DutyState.FULFILLED, DutyState.NEAR_END)),
        (BANK, (DutyState.REGISTERED_LATER, DutyState.FULFILLED, DutyState.FULFILLED)),
        (year.HOSPITAL, (DutyState.AFTER_PERIOD, DutyState.NEAR_END, DutyState.NEAR_END)),
    ]
    assert marks(seen(page), 3) == [(INK, INK, PALE), (INK, INK, INK), (INK, PALE, PALE)]
    assert message.attachment is not None
    assert message.attachment.name == "幸福里社区2026年联系沟通和实事好事登记情况.png"
    assert (
        message.text.plain == "幸福里社区2026年联系沟通和实事好事登记情况。\n尚未登记不等于未开展。"
    )


async def test_unit_without_registration_is_a_hollow_mark(database: Database) -> None:
    async with database.begin() as db:
        community = await year.begun(db)

    assert marks(seen(await page_of(database, community)), 2) == [(WHITE, PALE, PALE)] * 2


async def test_picture_has_one_ink(database: Database) -> None:
    async with database.begin() as db:
        community = await year.begun(db, units=("第二小学",))
        unit = await year.unit(db, community, "第二小学")
        fact = year.contact(unit, date(2026, 6, 2), ContactForm.PHONE)
        await year.recorded(db, fact, at=moment(6, 2))
        deed = Happened(Duty.DEED, date(2026, 6, 5), unit, title="图书角")
        await year.recorded(db, deed, at=moment(6, 5))

    image = seen(await page_of(database, community))

    colours = image.getcolors(maxcolors=1_000_000)
    assert colours is not None
    for _, colour in colours:
        assert isinstance(colour, tuple)
        red, green, blue = colour
        assert red <= green <= blue, colour  # greys and one blue: nothing red, green or yellow


async def test_two_hundred_units_fill_nine_pictures(database: Database) -> None:
    units = tuple(f"驻区单位{number:03}" for number in range(1, 199))
    async with database.begin() as db:
        community = await year.begun(db, units=units)
        await picture.order(db, community, year=year.YEAR, chat_id=year.PRIVATE, at=year.EXPORTED)
    made = []
    while True:
        async with database.begin() as db:
            if (job := await jobs.lease(db, owner="test")) is None:
                break
            made.append(WORK[job.kind].render(await WORK[job.kind].gather(db, job.body)))
            await jobs.done(db, job)

    files = [message.attachment for message in made]
    assert [file and file.name for file in files] == [
        f"幸福里社区2026年联系沟通和实事好事登记情况（第{number}页）.png" for number in range(1, 10)
    ]
    assert made[8].text.plain == (
        "幸福里社区2026年联系沟通和实事好事登记情况（第9页，共9页）。\n尚未登记不等于未开展。"
    )
    heights = [Image.open(io.BytesIO(file.content)).size for file in files if file]
    assert heights == [(1692, 196 + 68 * 24 + 96)] * 8 + [(1692, 196 + 68 * 8 + 96)]


async def test_picture_is_the_same_for_the_same_facts(database: Database) -> None:
    async with database.begin() as db:
        community = await year.whole(db)
    page = await page_of(database, community)

    assert picture.draw(page) == picture.draw(page)


async def test_community_without_units_gets_a_picture_that_says_so(database: Database) -> None:
    async with database.begin() as db:
        community = await year.begun(db, name="很长" * 50)
    facts = UnitTable(community, year.YEAR, year.EXPORT_DAY, [])

    message = picture.render(Page(facts, 1))

    assert message.attachment is not None
    assert Image.open(io.BytesIO(message.attachment.content)).size == (1692, 196 + 68 + 96)
    assert len(message.attachment.name.encode()) < 255


def test_long_names_are_wrapped_then_cut() -> None:
    assert picture.wrapped("第一\n小学\x00") == (["第一 小学"], 28)
    assert picture.wrapped("人民医院" * 8) == (["人民医院" * 7 + "人", "民医院"], 24)
    first, second = picture.wrapped("人民医院" * 25)[0]
    assert (first, second) == ("人民医院" * 7 + "人", "民医院" + "人民医院" * 6 + "人…")


def test_font_draws_every_chinese_character() -> None:
    font = ImageFont.truetype(picture.FONT, 28)
    missing = font.getmask("\U0010ffff")
    box = (missing.size, bytes(missing))

    def is_drawn(code: int) -> bool:
        mask = font.getmask(chr(code))
        return (mask.size, bytes(mask)) != box and any(bytes(mask))

    assert [hex(code) for code in range(0x4E00, 0xA000) if not is_drawn(code)] == []
    assert [mark for mark in "。，、；：？！“”‘’（）《》〔〕…—·％" if not is_drawn(ord(mark))] == []


def test_font_may_be_passed_on() -> None:
    licence = picture.FONT.with_name("OFL.txt").read_text("utf-8")

    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert picture.FONT.stat().st_size < 6_000_000
    assert ImageFont.truetype(picture.FONT, 28).getname() == ("Dangwu Sans SC", "Regular")
