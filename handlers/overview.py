"""/overview: the roll-up of a subdistrict, what is not registered, one community, and asking it once."""

from collections.abc import Sequence
from datetime import date

from handlers.attendance import user_id_of
from handlers.conversation import Message, Reply, Request, Services
from handlers.files import overview as workbook
from handlers.subdistrict import matter_of, number, page_of, parts, staff_of
from handlers.texts import overview as texts
from handlers.texts import papers as paper_texts
from handlers.texts.text import text
from records import connections, holidays, overview, requests, sharing
from records.calendar import day_of
from records.database import Transaction
from records.errors import NobodyToAsk, StaleButton
from records.model import Community

YEARS = 2  # this one and the one before


async def show(request: Request, services: Services) -> Reply:
    """The line of numbers, and a button for each kind of exception."""
    one = await staff_of(request, services)
    today, days = day_of(request.at), await holidays.workdays(services.db)
    found = await overview.of(services.db, one.subdistrict, today=today, days=days)
    keys = texts.overview_buttons(found, today)
    return Reply((Message(texts.overview(found, today), keys, replaces=request.pressed),))


async def exception(request: Request, services: Services) -> Reply:
    """The communities of one kind of exception, with numbers, in administrative order."""
    one = await staff_of(request, services)
    duty, period, page = parts(request, least=3)
    matter, today = matter_of(duty, period), day_of(request.at)
    found = await overview.exceptions(
        services.db,
        one.subdistrict,
        matter,
        today=today,
        days=await holidays.workdays(services.db),
    )
    listed = [
        (community, found[community.id])
        for community in await _confirmed(services.db, one.subdistrict)
        if community.id in found
    ]
    shown, has_more = page_of(listed, number(page), texts.PAGE)
    total = (len(listed), sum(found.values()))
    keys = texts.community_buttons(
        [community for community, _count in shown],
        matter=matter,
        page=number(page),
        has_more=has_more,
    )
    words = texts.exceptions(matter, shown, total, today)
    return Reply((Message(words, keys, replaces=True),))


async def everyone(request: Request, services: Services) -> Reply:
    """全部社区, by name only."""
    one = await staff_of(request, services)
    page = number(parts(request, least=1)[0])
    listed = await _confirmed(services.db, one.subdistrict)
    shown, has_more = page_of(listed, page, texts.PAGE)
    keys = texts.community_buttons(shown, matter=None, page=page, has_more=has_more)
    return Reply((Message(texts.everyone(len(listed)), keys, replaces=True),))


async def _confirmed(db: Transaction, subdistrict: str) -> Sequence[Community]:
    return overview.confirmed(await connections.of_subdistrict(db, subdistrict))


async def sight(request: Request, services: Services) -> Reply:
    """One community: its states, and the numbers of this year's meetings."""
    one = await staff_of(request, services)
    wanted, *about = parts(request, least=1)
    community = await connections.confirmed(services.db, one, number(wanted))
    matter = matter_of(*about) if len(about) == 2 else None
    today = day_of(request.at)
    found = await overview.of_community(
        services.db, community, today=today, days=await holidays.workdays(services.db)
    )
    shares = await sharing.of_community(services.db, community)
    keys = texts.sight_buttons(community, shares, matter=matter)
    return Reply((Message(texts.sight(found, shares, today), keys, replaces=True),))


async def ask(request: Request, services: Services) -> Reply:
    """请社区补充登记: to its worker in private. AskedTooEarly, AskedBefore, NothingToAsk, NobodyToAsk."""
    one = await staff_of(request, services)
    wanted, duty, period = parts(request, least=3)
    matter, today = matter_of(duty, period), day_of(request.at)
    community, missing = await requests.ask(
        services.db,
        one,
        number(wanted),
        matter,
        days=await holidays.workdays(services.db),
        at=request.at,
    )
    told = (await connections.offices(services.db, one.subdistrict)).get(community.id)
    if not told:
        raise NobodyToAsk
    words = texts.request(one, community, matter, missing, today)
    notes = [Message(words, chat_id=account) for account in told]
    return Reply(tuple(notes), toast=texts.asked(community, matter, today))


async def year_summary(request: Request, services: Services) -> Reply:
    """导出年底汇总: which year, then a job makes the workbook."""
    one = await staff_of(request, services)
    years = _years(day_of(request.at))
    if not request.words:
        message = Message(text(texts.WHICH_YEAR), texts.which_year(years), replaces=True)
        return Reply((message,))
    year = number(request.words)
    if year not in years:
        raise StaleButton
    await workbook.order(services.db, one, year=year, chat_id=user_id_of(request), at=request.at)
    return Reply(toast=paper_texts.COMING)


def _years(today: date) -> list[int]:
    return [today.year - back for back in range(YEARS)]
