"""The register of duties: the community's in the group, one's own in private."""

from handlers.attendance import who
from handlers.conversation import Message, Place, Reply, Request, Services
from handlers.texts import obligations as texts
from handlers.texts.text import Text
from records import communities, contacts, meetings, rules
from records.calendar import HalfYear, Month, day_of
from records.database import Transaction
from records.model import Community, Duty, Person, Role


async def duty(request: Request, services: Services) -> Reply:
    """Community level in the group; in private the liaison's unit, or all of it for a worker."""
    community, person = await who(request, services)
    if request.place is Place.GROUP:
        shown = await _community(request, services.db, community, name_units=False)
    elif Role.LIAISON in person.roles and not person.may_manage:
        shown = await _unit(request, services.db, community, person)
    else:
        shown = await _community(request, services.db, community, name_units=person.may_manage)
    return Reply((Message(shown),))


async def _community(
    request: Request, db: Transaction, community: Community, *, name_units: bool
) -> Text:
    today = day_of(request.at)
    month, half = Month.of(today), HalfYear.of(today)
    meeting = await meetings.held_in(db, community, month)
    in_contact = await contacts.in_period(db, community_id=community.id, period=half)
    owing = await communities.owing_units(db, community_id=community.id)
    outstanding = [unit.name for unit in owing if unit.id not in in_contact]
    return texts.register(
        community,
        month=month,
        meeting=meeting,
        meeting_state=rules.state(
            Duty.MONTHLY_MEETING, month, fulfilled=meeting is not None, today=today
        ),
        half=half,
        registered=len(owing) - len(outstanding),
        outstanding=len(outstanding),
        unit_names=outstanding if name_units else (),
    )


async def _unit(request: Request, db: Transaction, community: Community, person: Person) -> Text:
    today = day_of(request.at)
    half = HalfYear.of(today)
    in_contact = await contacts.in_period(db, community_id=community.id, period=half)
    if person.unit is None:
        return await _community(request, db, community, name_units=False)
    contact = in_contact.get(person.unit.id)
    state = rules.state(Duty.HALF_YEAR_CONTACT, half, fulfilled=contact is not None, today=today)
    return texts.unit_register(person.unit, half, contact, state)
