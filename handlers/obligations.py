"""The register of duties: the community's in the group, one's own in private, all of it for whoever keeps it."""

from collections.abc import Sequence

from handlers.attendance import who
from handlers.conversation import Message, Place, Reply, Request, Services, say
from handlers.texts import obligations as texts
from records import communities, holidays, register, registrations
from records.calendar import day_of
from records.model import Community, Person, Role
from records.register import Occurrence


async def duty(request: Request, services: Services) -> Reply:
    """Community level in the group; in private one's own and one's unit's; for a worker all of it."""
    if request.place is Place.GROUP:
        community = await communities.in_group(services.db, request.chat_id)
        occurrences = await _of_day(request, services, community)
        return say(texts.of_community(community, occurrences, request.at))
    community, person = await who(request, services)
    occurrences = await _of_day(request, services, community)
    if person.may_manage:
        return await _for_keeper(request, services, community, occurrences)
    mine = own(person, occurrences)
    if not mine:
        return say(texts.of_community(community, occurrences, request.at))
    return say(texts.own(community, mine, request.at), *texts.own_buttons(mine))


async def _of_day(
    request: Request, services: Services, community: Community
) -> Sequence[Occurrence]:
    days = await holidays.workdays(services.db)
    return await register.of_day(services.db, community, today=day_of(request.at), days=days)


def own(person: Person, occurrences: Sequence[Occurrence]) -> list[Occurrence]:
    """What the person owes, and what the unit owes that he speaks for."""
    speaks_for = person.unit if Role.LIAISON in person.roles else None
    return [
        one
        for one in occurrences
        if (one.person is not None and one.person.id == person.id)
        or (speaks_for is not None and one.unit == speaks_for)
    ]


async def _for_keeper(
    request: Request,
    services: Services,
    community: Community,
    occurrences: Sequence[Occurrence],
) -> Reply:
    waiting = await registrations.unconfirmed(services.db, community_id=community.id)
    words = texts.for_keeper(community, occurrences, len(waiting), request.at)
    keys = texts.keeper_buttons(community, occurrences, waiting=len(waiting))
    return Reply((Message(words, keys, replaces=request.pressed),))
