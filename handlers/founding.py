"""Setting up a community from its group: the name, the roster, who sets it up."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers import drafts
from handlers.attendance import is_number, user_id_of
from handlers.conversation import Message, Reply, Request, Services, say
from handlers.drafts import Draft
from handlers.fetching import Administrators
from handlers.files.naming import community_in, is_name
from handlers.texts import founding as texts
from records import binding, communities, jobs, operations, people, prompts, roles, roster
from records.calendar import day_of
from records.database import Transaction
from records.errors import (
    GroupTaken,
    JoinByStart,
    NameTaken,
    NameUnclear,
    NoCommunity,
    NotAName,
    NotBound,
    NotGroupAdministrator,
    StaleButton,
)
from records.model import Community, Person, Role
from records.roster import RosterPerson

KIND = "founding"
LINK = re.compile(r"setup_(-\d{1,20})")  # what the button in the group's first message carries


@dataclass(frozen=True)
class Applicant:
    """Who wants to set up the community of which group."""

    chat_id: int
    user_id: int


@dataclass(frozen=True)
class Answer:
    applicant: Applicant
    is_administrator: bool


async def begin(request: Request, services: Services, *, chat_id: int) -> Reply:
    """The link in the group: whether who opened it administers the group is asked of Telegram.

    Roles are ours; Telegram's flag counts this once, because before the roster nobody has a role.
    """
    user_id = user_id_of(request)
    try:
        community = await communities.in_group(services.db, chat_id)
    except NoCommunity:
        await _refuse_manager_of_another(services.db, user_id)
    else:
        return say(texts.already(community))
    body = json.dumps([chat_id, user_id])
    await jobs.put(services.db, kind=KIND, chat_id=user_id, body=body, at=request.at)
    return say(texts.CHECKING)


async def _refuse_manager_of_another(db: Transaction, user_id: int) -> None:
    """Whose community was loaded at the keyboard and has no group yet joins it with /start."""
    try:
        mine = await people.all_of_account(db, user_id=user_id)
    except NotBound:
        return
    for person in mine:
        community = await communities.with_id(db, person.community_id)
        if person.may_manage and community.group_chat_id is None:
            raise JoinByStart(community.name)


async def gather(_db: Transaction, body: str) -> Applicant:
    return Applicant(*json.loads(body))


def wants(applicant: Applicant) -> Administrators:
    return Administrators(applicant.chat_id)


def render(applicant: Applicant, administrators: frozenset[int]) -> Answer:
    return Answer(applicant, applicant.user_id in administrators)


async def finish(db: Transaction, answer: Answer, now: datetime) -> Sequence[Message]:
    """The first of two steps, or NotGroupAdministrator."""
    if not answer.is_administrator:
        raise NotGroupAdministrator
    user_id, group = answer.applicant.user_id, answer.applicant.chat_id
    await prompts.expect(
        db, chat_id=user_id, user_id=user_id, action="named", words=str(group), at=now
    )
    return (Message(texts.first_step(), texts.cancel()),)


async def named(request: Request, services: Services) -> Reply:
    """The name of the community: the second step is the roster."""
    found = community_in(request.words)
    if found is None:
        raise NameUnclear
    name, subdistrict = found
    if subdistrict and await communities.is_known(services.db, name=name):
        name = f"{subdistrict}{name}"  # another subdistrict has a community of this name
    if await communities.is_known(services.db, name=name):
        raise NameTaken(name)
    draft = Draft(None, name, subdistrict, group=int(request.carried))
    words = texts.second_step(name, subdistrict)
    return Reply((await drafts.asked(request, services, draft, words),))


def whoami(draft: Draft) -> Reply:
    """The roster is agreed to: who of it is setting up?"""
    listed = draft.roster.people if draft.roster else ()
    return Reply((Message(texts.who_are_you(), texts.people_buttons(listed), replaces=True),))


async def me(request: Request, services: Services) -> Reply:
    """Somebody of the roster, or somebody whose name is still to be written."""
    draft = await _waiting(request, services)
    if draft.roster is None:
        raise StaleButton
    if request.words == "":
        user_id = user_id_of(request)
        await prompts.expect(
            services.db,
            chat_id=user_id,
            user_id=user_id,
            action="myname",
            words=drafts.to_words(draft),
            at=request.at,
        )
        return Reply((Message(texts.write_name(), texts.cancel(), replaces=True),))
    listed = draft.roster.people
    if not is_number(request.words) or int(request.words) >= len(listed):
        raise StaleButton
    return await _found(request, services, draft, int(request.words))


async def _waiting(request: Request, services: Services) -> Draft:
    draft = await drafts.waiting(services.db, user_id=user_id_of(request), now=request.at)
    if draft is None or draft.community_id is not None:
        raise StaleButton
    return draft


async def my_name(request: Request, services: Services) -> Reply:
    """The name that was asked for: a worker outside the team."""
    draft = drafts.from_words(request.carried)
    name = request.words.strip()
    if draft.roster is None or not is_name(name):
        raise NotAName
    line = RosterPerson(name, roles=frozenset({Role.PARTY_WORKER}))
    known = [(one.name, one.unit) for one in draft.roster.people]
    if (name, None) in known:
        return await _found(request, services, draft, known.index((name, None)))
    people_lines = (*draft.roster.people, line)
    draft = replace(draft, roster=replace(draft.roster, people=people_lines))
    return await _found(request, services, draft, len(people_lines) - 1)


async def _found(request: Request, services: Services, draft: Draft, place: int) -> Reply:
    """Everything at once: the community, its roster, its group, and who may manage it."""
    db, user_id = services.db, user_id_of(request)
    community, person = await _written(db, draft, place, now=request.at)
    await binding.bind_account(db, person, user_id=user_id, by=person, at=request.at)
    if not person.may_manage:
        await roles.give(db, person, Role.PARTY_WORKER, by=person, at=request.at)
    subject = f"community:{community.id}"
    await operations.log(db, by=person, act="join_group", subject=subject, at=request.at)
    await prompts.drop(db, chat_id=user_id, user_id=user_id)
    team = await people.team_on(db, community_id=community.id, day=day_of(request.at))
    (person,) = await people.with_ids(db, [person.id])
    home = texts.founded(community, person, len(team))
    return Reply((Message(home, texts.home_buttons(community), replaces=True),))


async def _written(
    db: Transaction, draft: Draft, place: int, *, now: datetime
) -> tuple[Community, Person]:
    """GroupTaken, NameTaken: somebody else was faster."""
    if draft.roster is None or draft.group is None:
        raise StaleButton
    if await communities.is_known(db, name=draft.name):
        raise NameTaken(draft.name)
    if await communities.is_known(db, chat_id=draft.group):
        raise GroupTaken
    community = await roster.found(db, draft.name, draft.subdistrict, chat_id=draft.group, now=now)
    numbers = await roster.put(db, community, draft.roster, now=now)
    (person,) = await people.with_ids(db, [numbers[place]])
    return community, person
