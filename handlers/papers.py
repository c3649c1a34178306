"""What is printed and handed in: notice, sheets, record, calendar file, the ledger of a year."""

from datetime import date
from types import ModuleType

from handlers.attendance import is_number, user_id_of
from handlers.calling import managed, manager
from handlers.conversation import Message, Place, Reply, Request, Services, say
from handlers.files import calendar_file, ledger, picture, record, sheet, summary, year_end
from handlers.files import notice as notice_file
from handlers.texts import notice as notice_texts
from handlers.texts import papers as texts
from handlers.texts import sharing as sharing_texts
from records import agenda, connections, holidays, meetings, settings
from records.calendar import day_of
from records.errors import NoMeeting, PrivateOnly, StaleButton
from records.model import Meeting

YEARS = 2  # this one and the one before
PAPERS = {"ledger": ledger, "year_end": year_end, "picture": picture}


async def notice(request: Request, services: Services) -> Reply:
    """会议通知: the text to copy, and the same as a Word file."""
    community, person, meeting = await managed(request, services)
    words = notice_texts.notice(
        meeting,
        community,
        await agenda.of(services.db, meeting),
        await settings.of(services.db, community.id),
        on=day_of(request.at),
        contact=person.name,
        days=await holidays.workdays(services.db),
    )
    await _order(request, services, notice_file, meeting)
    return Reply((Message(words, chat_id=user_id_of(request)),), toast=texts.COMING)


async def sign_in_sheet(request: Request, services: Services) -> Reply:
    """签到表: blank, before the meeting."""
    return await _ordered(request, services, sheet)


async def calendar(request: Request, services: Services) -> Reply:
    """日历文件 of a meeting."""
    return await _ordered(request, services, calendar_file)


async def sign_in_summary(request: Request, services: Services) -> Reply:
    """签到汇总 once more."""
    return await _ordered(request, services, summary)


async def minutes(request: Request, services: Services) -> Reply:
    """/minutes: the draft of the record of the meeting of the button, or of the last one."""
    if request.pressed:
        return await _ordered(request, services, record)
    community, _person = await manager(request, services)
    meeting = await meetings.latest(services.db, community, at=request.at)
    if not meeting.is_over:
        done = [one for one in await meetings.all_of(services.db, community) if one.is_over]
        if not done:
            raise NoMeeting
        meeting = done[-1]
    await _order(request, services, record, meeting)
    return Reply((Message(texts.record_coming(meeting), chat_id=user_id_of(request)),))


async def _ordered(request: Request, services: Services, paper: ModuleType) -> Reply:
    _community, _person, meeting = await managed(request, services)
    await _order(request, services, paper, meeting)
    return Reply(toast=texts.COMING)


async def _order(request: Request, services: Services, paper: ModuleType, meeting: Meeting) -> None:
    """The file is made after this act is done, and goes to the private chat of whoever asked."""
    await paper.order(services.db, meeting, chat_id=user_id_of(request), at=request.at)


async def export(request: Request, services: Services) -> Reply:
    """/export: the ledger, the year-end material or the picture, of this year or the last."""
    if request.place is Place.GROUP:
        raise PrivateOnly
    community, _person = await manager(request, services)
    today = day_of(request.at)
    if not request.pressed:
        keys = texts.export_buttons(_years(today))
        if await connections.is_confirmed(services.db, community.id):
            keys = (*keys, (sharing_texts.share_button(community),))
        return say(texts.which_export(community), *keys)
    what, _colon, when = request.words.partition(":")
    if not is_number(when) or int(when) not in _years(today):
        raise StaleButton
    year, chat_id = int(when), user_id_of(request)
    if what not in PAPERS:
        raise StaleButton
    await PAPERS[what].order(services.db, community, year=year, chat_id=chat_id, at=request.at)
    return Reply(toast=texts.COMING)


def _years(today: date) -> list[int]:
    return [today.year - back for back in range(YEARS)]
