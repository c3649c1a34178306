"""Many meetings of the past from a workbook: what they would be, and that they are written."""

from datetime import datetime

from handlers.attendance import user_id_of
from handlers.calling import managed
from handlers.conversation import Message, Reply, Request, Services, say
from handlers.files import history as workbook
from handlers.files import history_rows
from handlers.files.forms import Reading
from handlers.office import office, which
from handlers.texts import history as texts
from handlers.texts import meetings as meeting_texts
from handlers.texts import workbooks as workbook_texts
from handlers.texts.text import text
from handlers.workbooks import Desk, Shown
from records import attendance, past
from records.calendar import day_of
from records.database import Transaction
from records.model import Community
from records.past import PastMeeting


async def history(request: Request, services: Services) -> Reply:
    """补录多次会议: the workbook to fill in follows, then the file is waited for."""
    if (choice := await which(request, services, "history")) is not None:
        return choice
    community, _person = await office(request, services)
    await DESK.ask(request, services, community)
    await workbook.order(services.db, chat_id=user_id_of(request), at=request.at)
    keys = workbook_texts.how_buttons()
    return Reply((Message(text(texts.HOW), keys, replaces=True),))


async def _show(
    db: Transaction, community: Community, reading: Reading, now: datetime
) -> Shown[PastMeeting]:
    """BadHistory if it cannot be entered as the roster and the ledger are now."""
    known = await past.known(db, community)
    meetings = history_rows.read(reading.rows, known, now=now)
    rolls = [
        past.roll_of(one, known.team_on(day_of(one.starts_at)), known.settings) for one in meetings
    ]
    found = [(roll, len(one.resolutions)) for roll, one in zip(rolls, meetings, strict=True)]
    pages = list(texts.preview(community, found, reading.ignored, today=day_of(now)))
    return Shown(meetings, pages)


DESK = Desk("history_upload", "historyfile", "enterpast", workbook.FORM, _show)


async def enter(request: Request, services: Services) -> Reply:
    """确认补录: what was seen is written, all of it."""
    agreed = await DESK.agreed(request, services)
    if agreed.instead is not None:
        return agreed.instead
    entered = await past.enter(
        services.db,
        agreed.community,
        agreed.facts,
        chat_id=agreed.community.group_chat_id or user_id_of(request),
        by=agreed.person,
        at=request.at,
    )
    today = day_of(request.at)
    told = texts.entered(entered, by=agreed.person, on=today)
    return Reply((Message(told, texts.entered_buttons(entered, today=today), replaces=True),))


async def entered(request: Request, services: Services) -> Reply:
    """One of the meetings that were entered, with what can still be done about it."""
    _community, _person, meeting = await managed(request, services)
    roll = await attendance.roll_of(services.db, meeting)
    return say(meeting_texts.closed(roll), *meeting_texts.closed_buttons(meeting))
