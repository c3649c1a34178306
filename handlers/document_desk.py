"""Who looks after documents: the managers of a community, or the staff of a subdistrict for what it offers."""

from dataclasses import dataclass, replace
from datetime import datetime

from handlers.attendance import is_number
from handlers.conversation import Message, Place, Request, Services
from handlers.office import office
from handlers.subdistrict import staff_of
from handlers.texts import documents as texts
from records import connections, documents, operations, people, rollouts, subdistricts
from records.database import Transaction
from records.documents import Filed
from records.errors import NoDocument, NotAllowed, NotBound, PrivateOnly, StaleButton
from records.model import Community, Person, Staff

STAFF = "s"  # in a button, instead of the number of a community


@dataclass(frozen=True)
class Keeper:
    """Whoever acts, in which role, and whose documents are meant: a community's or a subdistrict's."""

    person: Person | None = None
    community: Community | None = None
    staff: Staff | None = None

    @property
    def community_id(self) -> int | None:
        return self.community.id if self.community is not None else None

    @property
    def subdistrict(self) -> str | None:
        return self.staff.subdistrict if self.staff is not None else None

    @property
    def place(self) -> str:
        """As buttons carry it: 7, or s."""
        return str(self.community_id) if self.community is not None else STAFF

    @property
    def owner(self) -> str:
        return self.community.name if self.community is not None else self.subdistrict or ""

    @property
    def role(self) -> str:
        if self.person is not None:
            return texts.role_of(self.person.roles)
        return texts.staff_role(self.subdistrict or "")

    def owns(self, filed: Filed) -> bool:
        return (filed.community_id, filed.subdistrict) == (self.community_id, self.subdistrict)


@dataclass(frozen=True)
class Meant:
    """The document a button or a waiting act is about, and what else it carries."""

    keeper: Keeper
    filed: Filed
    more: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """33:7, as buttons carry it."""
        return f"{self.filed.id}:{self.keeper.place}"


def carried(request: Request) -> list[str]:
    """33:7:1."""
    words = request.words if request.pressed else request.carried
    return words.split(":") if words else []


async def kept_by(services: Services, user_id: int) -> list[str]:
    """The places whose documents somebody keeps: communities by number, or s for a subdistrict's offers."""
    try:
        mine = await people.all_of_account(services.db, user_id=user_id)
    except NotBound:
        mine = []
    managed = [str(one.community_id) for one in mine if one.may_manage]
    if managed or await subdistricts.find(services.db, user_id=user_id) is None:
        return managed
    return [STAFF]


async def keeper(request: Request, services: Services, place: str) -> Keeper:
    """PrivateOnly, NotAllowed, NotStaff, StaleButton."""
    if request.place is Place.GROUP:
        raise PrivateOnly
    if place == STAFF:
        return Keeper(staff=await staff_of(request, services))
    if not is_number(place):
        raise StaleButton
    community, person = await office(replace(request, pressed=True, words=place), services)
    return Keeper(person, community)


async def meant(request: Request, services: Services) -> Meant:
    """NoDocument, NotAllowed, StaleButton."""
    number, *more = carried(request) or [""]
    if not is_number(number):
        raise StaleButton
    place = more[0] if more else await _place_of(services, int(number))
    found = await keeper(request, services, place)
    return Meant(found, await seen(services, found, int(number)), tuple(more[1:]))


async def _place_of(services: Services, number: int) -> str:
    """Whose it is, where a button says only the number."""
    filed = await documents.with_id(services.db, number)
    return STAFF if filed.community_id is None else str(filed.community_id)


async def seen(services: Services, who: Keeper, number: int) -> Filed:
    """NoDocument if it is none that the keeper can see."""
    if who.staff is None:
        return await documents.visible(services.db, number, community_id=who.community_id)
    filed = await documents.with_id(services.db, number)
    if not who.owns(filed):
        raise NoDocument
    return filed


async def owned(request: Request, services: Services) -> Meant:
    """The same for what is to be changed. StaleButton if it is another's."""
    found = await meant(request, services)
    if not found.keeper.owns(found.filed):
        raise StaleButton
    return found


async def refuse_strangers(
    db: Transaction, user_id: int, *, community_id: int | None, subdistrict: str | None
) -> None:
    """NotAllowed if somebody keeps these documents no more: a job is done later than it was asked for."""
    if community_id is None:
        one = await subdistricts.find(db, user_id=user_id)
        is_allowed = one is not None and one.subdistrict == subdistrict
    else:
        person = await people.find(db, community_id=community_id, user_id=user_id)
        is_allowed = person is not None and person.may_manage
    if not is_allowed:
        raise NotAllowed


async def log(services: Services, found: Meant, act: str, *, at: datetime) -> None:
    """In the list of the community; what a subdistrict does stands in those of all its communities."""
    who, detail = found.keeper, texts.named(found.filed.title)
    if who.person is not None:
        subject = f"document:{found.filed.id}"
        await operations.log(
            services.db, by=who.person, act=act, subject=subject, at=at, detail=detail
        )
    if who.staff is not None:
        for community in await rollouts.recipients(services.db, who.staff):
            await operations.log_outside(
                services.db, community, by=who.staff, act=f"{act}_offer", detail=detail, at=at
            )


async def told(services: Services, staff: Staff) -> list[tuple[int, int]]:
    """The confirmed communities of a subdistrict with the accounts of their workers, a pair an account."""
    offices = await connections.offices(services.db, staff.subdistrict)
    return [
        (community.id, account)
        for community in await rollouts.recipients(services.db, staff)
        for account in offices.get(community.id, ())
    ]


async def letters(services: Services, found: Meant) -> list[Message]:
    """What the communities are told of a new offer."""
    staff = found.keeper.staff
    if staff is None:
        return []
    words = texts.offered(staff.subdistrict, found.filed)
    return [
        Message(words, texts.offered_buttons(found.filed, community_id), chat_id=account)
        for community_id, account in await told(services, staff)
    ]
