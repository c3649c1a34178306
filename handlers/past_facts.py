"""Many registrations of the past from a workbook: asked for, shown in numbers, written all at once."""

from datetime import datetime

from handlers.attendance import user_id_of
from handlers.conversation import Message, Reply, Request, Services
from handlers.files import past_facts as workbook
from handlers.files import past_facts_rows
from handlers.files.forms import Reading
from handlers.office import office, which
from handlers.texts import past_facts as texts
from handlers.texts import workbooks as workbook_texts
from handlers.texts.text import text
from handlers.workbooks import Desk, Shown
from records import past_facts
from records.calendar import day_of
from records.database import Transaction
from records.errors import BadHistory
from records.model import Community
from records.past_facts import PastFact


async def begin(request: Request, services: Services) -> Reply:
    """补录历史登记: the workbook to fill in follows, then the file is waited for."""
    if (choice := await which(request, services, "pastfacts")) is not None:
        return choice
    community, _person = await office(request, services)
    await DESK.ask(request, services, community)
    await workbook.order(services.db, community, chat_id=user_id_of(request), at=request.at)
    return Reply((Message(text(texts.HOW), workbook_texts.how_buttons()),))


async def _show(
    db: Transaction, community: Community, reading: Reading, now: datetime
) -> Shown[PastFact]:
    """BadHistory with every fault, or if there is nothing new."""
    known = await past_facts.known(db, community)
    read = past_facts_rows.read(reading.rows, known, today=day_of(now))
    found = await past_facts.checked(db, community, read)
    if all(one.is_known for one in found):
        raise BadHistory(texts.all_known(len(found)))
    return Shown(found, [texts.preview(community, found, reading.ignored)])


DESK = Desk("past_facts_upload", "pastfactsfile", "enterfacts", workbook.FORM, _show)


async def enter(request: Request, services: Services) -> Reply:
    """确认补录: what was seen is written, all of it; what is known is passed over."""
    agreed = await DESK.agreed(request, services)
    if agreed.instead is not None:
        return agreed.instead
    count = await past_facts.enter(services.db, agreed.facts, by=agreed.person, at=request.at)
    told = texts.entered(count, agreed.facts, by=agreed.person, on=day_of(request.at))
    keys = texts.entered_buttons(agreed.community)
    return Reply((Message(told, keys, replaces=True),))
