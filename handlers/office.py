"""Whoever keeps a community's roster, units and settings: in private, a Party secretary or worker."""

from handlers.attendance import is_number, number_in, user_id_of
from handlers.conversation import Place, Reply, Request, Services, say
from handlers.texts import office as texts
from records import communities, people
from records.database import Transaction
from records.errors import NotAllowed, PrivateOnly, StaleButton
from records.model import Community, Person


async def office(request: Request, services: Services) -> tuple[Community, Person]:
    """The community a button or a waiting act is about, else the only one. Its other acts wait.

    PrivateOnly, NotBound, NotAllowed.
    """
    if request.place is Place.GROUP:
        raise PrivateOnly
    mine = await _managing(services.db, user_id_of(request))
    wanted = number_in(request)
    found = [one for one in mine if wanted in (None, one.community_id)]
    if not found:
        raise NotAllowed
    community = await communities.with_id(services.db, found[0].community_id)
    await communities.lock(services.db, community)
    return community, found[0]


async def which(request: Request, services: Services, action: str) -> Reply | None:
    """Whoever keeps several communities is asked which one is meant."""
    if request.place is Place.GROUP or number_in(request) is not None:
        return None
    mine = await _managing(services.db, user_id_of(request))
    if len(mine) < 2:
        return None
    found = [await communities.with_id(services.db, one.community_id) for one in mine]
    return say(texts.WHICH, *texts.which_buttons(found, action))


async def _managing(db: Transaction, user_id: int) -> list[Person]:
    mine = await people.all_of_account(db, user_id=user_id)
    managing = [person for person in mine if person.may_manage]
    if not managing:
        raise NotAllowed
    return managing


def numbers(request: Request, *, least: int = 0) -> list[str]:
    """What a button or a waiting act carries after the community: 7:33:2026-11-18. StaleButton."""
    carried = request.words if request.pressed else request.carried
    found = carried.split(":")[1:]
    if len(found) < least:
        raise StaleButton
    return found


async def person_in(services: Services, community: Community, number: str) -> Person:
    """Somebody of the community by the number a button carries. StaleButton."""
    found = await people.with_ids(services.db, [int(number)] if is_number(number) else [])
    if not found or found[0].community_id != community.id:
        raise StaleButton
    return found[0]
