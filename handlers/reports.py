"""Registering a duty report (问答第6问“分别…述职”): a part-time member his own, a worker anybody's."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from handlers import dates, days, registrations
from handlers.attendance import user_id_of
from handlers.conversation import Button, Message, Place, Reply, Request, Services, say
from handlers.registering import register_fact
from handlers.texts import days as day_texts
from handlers.texts import registrations as fact_texts
from handlers.texts import reports as texts
from handlers.texts.office import named as with_unit
from handlers.texts.text import lines
from records import holidays, obligations, people, register
from records import registrations as facts
from records.calendar import Year, day_of
from records.duties import OF_MEMBERS
from records.errors import (
    DayNotUnderstood,
    NoSuchPerson,
    NotAllowed,
    NotAPartTimeMember,
    NoUnitOrganisation,
    PrivateOnly,
    StaleButton,
)
from records.model import Duty, Person
from records.register import Occurrence
from records.registrations import Happened
from records.standing import Registered

WHOM = "|".join(duty.value for duty in OF_MEMBERS)
CARRIED = re.compile(rf"(\d{{1,15}})(?::({WHOM}))?(?::(\d{{4}}-[01]\d-[0-3]\d))?")
Mine = Mapping[int, tuple[Person, Person]]
"""The part-time members somebody may register for, by their number, and as whom."""


async def report(request: Request, services: Services) -> Reply:
    """Ask for what is still missing (whose, to whom, day), then register."""
    mine = await _members(request, services)
    if request.pressed and request.words:
        return await _pressed(request, services, mine)
    on, rest = dates.beside(request.words, today=day_of(request.at))
    duty, rest = _whom(rest)
    if not rest:
        return await _ask(request, services, mine, list(mine), duty, on)
    chosen = [number for number, (member, _by) in mine.items() if rest in _names(member)]
    if not chosen:
        raise NoSuchPerson(rest)
    return await _ask(request, services, mine, chosen, duty, on)


def _names(member: Person) -> tuple[str, str]:
    return member.name, with_unit(member)


def _whom(words: str) -> tuple[Duty | None, str]:
    """To whom a line says it was, and the other words."""
    parts = words.split()
    for place, part in enumerate(parts):
        if (said := texts.whom(part)) is not None:
            return said, " ".join(parts[:place] + parts[place + 1 :])
    return None, " ".join(parts)


async def day(request: Request, services: Services) -> Reply:
    """The day that was asked for, typed."""
    mine = await _members(request, services)
    carried, on, _rest = days.typed(request)
    match = CARRIED.fullmatch(carried)
    if match is None or match[2] is None:
        raise StaleButton
    if on is None:
        raise DayNotUnderstood
    return await _ask(request, services, mine, [int(match[1])], Duty(match[2]), on)


async def begin(request: Request, services: Services, person: Person, duty: Duty) -> Reply:
    """The first question to a member about one of his two reports, below what was said before."""
    return await _ask_day(request, services, person, duty, replaces=False)


async def _members(request: Request, services: Services) -> Mine:
    """Oneself as part-time member, all of them for a worker. PrivateOnly, NotAPartTimeMember."""
    if request.place is Place.GROUP:
        raise PrivateOnly
    found: dict[int, tuple[Person, Person]] = {}
    first = Year(day_of(request.at).year - 1).first
    for by in await people.all_of_account(services.db, user_id=user_id_of(request)):
        ids = [
            one.person_id
            for one in await obligations.of_community(services.db, by.community_id)
            if one.duty is Duty.REPORT_TO_COMMITTEE
            and one.person_id is not None
            and (by.may_manage or one.person_id == by.id)
            and (one.until is None or one.until >= first)
        ]
        found |= {one.id: (one, by) for one in await people.with_ids(services.db, ids)}
    if not found:
        raise NotAPartTimeMember
    return found


async def _pressed(request: Request, services: Services, mine: Mine) -> Reply:
    """A button carries member, member:whom, member:day or all of it."""
    match = CARRIED.fullmatch(request.words)
    if match is None:
        raise StaleButton
    duty = Duty(match[2]) if match[2] is not None else None
    on = days.iso(match[3]) if match[3] is not None else None
    return await _ask(request, services, mine, [int(match[1])], duty, on)


async def _ask(  # noqa: PLR0917 - the parts of one line
    request: Request,
    services: Services,
    mine: Mine,
    chosen: Sequence[int],
    duty: Duty | None,
    on: date | None,
) -> Reply:
    """The first question that is still open."""
    if any(number not in mine for number in chosen):
        raise NotAllowed
    if len(chosen) > 1:
        members = [mine[number][0] for number in chosen]
        return say(texts.whose(len(members)), *_member_keys(members, duty, on))
    member, by = mine[chosen[0]]
    offered = _offered(member)
    duty = offered[0] if len(offered) == 1 and duty is None else duty
    if duty is not None and duty not in offered:
        raise NoUnitOrganisation
    if duty is None:
        keys = texts.whom_buttons(member, offered, on)
        return Reply((Message(texts.ask_whom(member, on), keys, replaces=request.pressed),))
    if on is None:
        return await _ask_day(request, services, member, duty, replaces=request.pressed)
    return await _register(request, services, Happened(duty, on, person_id=member.id), by)


def _member_keys(
    members: Sequence[Person], duty: Duty | None, on: date | None
) -> tuple[tuple[Button, ...], ...]:
    parts = (duty.value if duty is not None else None, on.isoformat() if on is not None else None)
    ending = "".join(f":{part}" for part in parts if part is not None)
    return texts.member_buttons({one.id: with_unit(one) for one in members}, ending)


def _offered(member: Person) -> Sequence[Duty]:
    """A report to one's unit only where the unit has a Party organisation."""
    if member.unit is not None and member.unit.has_party_organisation:
        return OF_MEMBERS
    return (Duty.REPORT_TO_COMMITTEE,)


async def _ask_day(
    request: Request, services: Services, member: Person, duty: Duty, *, replaces: bool
) -> Reply:
    carried = f"{member.id}:{duty.value}"
    await days.expect_day(request, services, "report", carried)
    keys = day_texts.day_buttons("report", carried, day_of(request.at))
    return Reply((Message(texts.ask_day(member, duty), keys, replaces=replaces),))


async def _register(request: Request, services: Services, fact: Happened, by: Person) -> Reply:
    facts.check_day(fact.duty, fact.on, by=by, today=day_of(request.at))
    done, told = await register_fact(request, services, fact, by)
    await days.settled(request, services, "reportday")
    years = await registrations.years(services, done.community, done.fact, by, request)
    words = lines(
        fact_texts.recorded(done, today=day_of(request.at), years=years),
        texts.still_open(await _owed(request, services, done)),
    )
    keys = fact_texts.recorded_buttons(done, years)
    return Reply((Message(words, keys, replaces=request.pressed), *told))


async def _owed(request: Request, services: Services, done: Registered) -> list[Occurrence]:
    """Both reports of the member in the year."""
    calendar = await holidays.workdays(services.db)
    year, today = done.fact.counts_on.year, day_of(request.at)
    return [
        one
        for one in await register.of_year(
            services.db, done.community, year, today=today, days=calendar
        )
        if one.person is not None and one.person.id == done.fact.person_id
    ]
