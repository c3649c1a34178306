"""The picture of a year's registrations: units in the order of the roster, contacts by half-years, the deed.

It shows what is registered and nothing else: no percentages, no ranking, one ink. For the community's own
Party secretary and worker in private.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from handlers.conversation import Attachment, Message
from handlers.files import archive, ledger
from handlers.files.ledger import Export
from handlers.texts import files as texts
from handlers.texts.duties import NOT_UNDONE, STATES
from records import communities, yearbook
from records.calendar import day_of
from records.database import Transaction
from records.model import Community, DutyState
from records.yearbook import UnitEntry, UnitTable

KIND = "picture"
FONT = Path(__file__).with_name("fonts") / "DangwuSansSC-Regular.otf"
ROWS = 24  # of a page

WIDTH, MARGIN = 1692, 48
TOP, ROW, GAP, FOOT = 196, 68, 6, 96
NAMES = 700  # how wide a unit's name may be
CELL = (WIDTH - MARGIN - MARGIN - NAMES - 28 - 2 * GAP) // 3
INK, DARK, GREY, PALE = "#2b4a6f", "#1f1f1f", "#5a5a5a", "#eeeeee"

FILLED = (
    DutyState.FULFILLED,
    DutyState.REGISTERED_LATER,
    DutyState.AFTER_PERIOD,
    DutyState.ENTERED_BEFORE_START,
)
"""Drawn as a filled mark; OUTSTANDING is a hollow one, the others, of which nothing is expected, a dash."""


@dataclass(frozen=True)
class Page:
    """One picture of a year; `number` counts from 1."""

    facts: UnitTable
    number: int


async def order(
    db: Transaction, community: Community, *, year: int, chat_id: int, at: datetime
) -> None:
    """As many jobs as the units fill pictures."""
    facts = await yearbook.units_of(db, community, year=year, on=day_of(at))
    for page in range(1, pages_of(facts) + 1):
        await ledger.put(db, KIND, Export(community.id, year, chat_id, at, page))


async def gather(db: Transaction, body: str) -> Page:
    asked = Export.from_json(body)
    community = await communities.with_id(db, asked.community)
    facts = await yearbook.units_of(db, community, year=asked.year, on=day_of(asked.at))
    return Page(facts, asked.page)


def render(page: Page) -> Message:
    """The message with the picture. Slow: runs outside any transaction."""
    facts, pages = page.facts, pages_of(page.facts)
    words = texts.picture(facts.community, facts.year, page=page.number, pages=pages)
    return Message(words, attachment=Attachment(name(page), draw(page)))


def pages_of(facts: UnitTable) -> int:
    return max(1, -(-len(facts.units) // ROWS))


def name(page: Page) -> str:
    number = f"（第{page.number}页）" if pages_of(page.facts) > 1 else ""
    ending = f"{page.facts.year}年{texts.PICTURE}{number}.png"
    return archive.name(page.facts.community.name, ending)


def draw(page: Page) -> bytes:
    """A PNG, the same for the same facts."""
    facts = page.facts
    shown = facts.units[(page.number - 1) * ROWS : page.number * ROWS]
    image = Image.new("RGB", (WIDTH, TOP + ROW * max(1, len(shown)) + FOOT), "white")
    pen = ImageDraw.Draw(image)
    _title(pen, facts)
    for number, entry in enumerate(shown):
        _row(pen, TOP + number * ROW, entry)
    if not shown:
        pen.text((MARGIN, TOP + ROW / 2), texts.NO_UNITS, GREY, _font(28), anchor="lm")
    below = image.height - MARGIN
    if (pages := pages_of(facts)) > 1:
        pen.text((MARGIN, below), f"第{page.number}页，共{pages}页", GREY, _font(22), anchor="ls")
    foot = f"截至{texts.day(facts.exported_on)}　{NOT_UNDONE}"
    pen.text((WIDTH - MARGIN, below), foot, GREY, _font(22), anchor="rs")
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


def _title(pen: ImageDraw.ImageDraw, facts: UnitTable) -> None:
    font = _font(40)
    after = f"{facts.year}年{texts.PICTURE}"
    room = WIDTH - 2 * MARGIN - font.getlength(after)
    whose = _shortened(archive.clean(facts.community.name), font, room)
    pen.text((MARGIN, MARGIN), whose + after, DARK, font, anchor="lt")
    for place, heading in enumerate(texts.COLUMNS):
        pen.text((_left(place) + CELL / 2, TOP - 36), heading, GREY, _font(28), anchor="mm")


def _row(pen: ImageDraw.ImageDraw, top: int, entry: UnitEntry) -> None:
    middle = top + (ROW - GAP) / 2
    lines, size = wrapped(entry.unit.name)
    for number, line in enumerate(lines):
        height = middle + (number - (len(lines) - 1) / 2) * size * 1.2
        pen.text((MARGIN + NAMES, height), line, DARK, _font(size), anchor="rm")
    for place, state in enumerate(entry.states):
        box = (_left(place), top, _left(place) + CELL, top + ROW - GAP)
        _mark(pen, box, state)


def _mark(pen: ImageDraw.ImageDraw, box: tuple[int, int, int, int], state: DutyState) -> None:
    words = STATES[state]
    if state in FILLED:
        fill, line, colour = INK, INK, "white"
    elif state is DutyState.OUTSTANDING:
        fill, line, colour = "white", INK, INK
    else:
        fill, line, colour, words = PALE, PALE, GREY, f"—　{words}"
    pen.rounded_rectangle(box, 10, fill=fill, outline=line, width=3)
    centre = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    pen.text(centre, words, colour, _font(26), anchor="mm")


def _left(place: int) -> int:
    return MARGIN + NAMES + 28 + place * (CELL + GAP)


def wrapped(words: str) -> tuple[Sequence[str], int]:
    """A unit's name on one line, or smaller on two, then cut with …; and the size of its letters."""
    words = archive.clean(words)
    if _font(28).getlength(words) <= NAMES:
        return [words], 28
    font = _font(24)
    end = next(
        place for place in range(len(words), 0, -1) if font.getlength(words[:place]) <= NAMES
    )
    return [words[:end], _shortened(words[end:], font, NAMES)], 24


def _shortened(words: str, font: ImageFont.FreeTypeFont, room: float) -> str:
    if font.getlength(words) <= room:
        return words
    end = next(
        place for place in range(len(words), -1, -1) if font.getlength(words[:place] + "…") <= room
    )
    return words[:end] + "…"


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size)
