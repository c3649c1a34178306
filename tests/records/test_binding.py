"""Codes bind one account to one person, once; loading a roster again keeps what is there."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from records import binding, communities, people, roster
from records.database import Database
from records.errors import AlreadyBound, BadCode, GroupTaken, NotBound, NotOnRoster
from records.model import Role
from tests.records.facts import GROUP, ROSTER, START, USER_IDS, person, settled


async def test_code_binds_once(database: Database) -> None:
    async with database.begin() as db:
        codes = {code.person.name: code.code for code in await roster.load(db, ROSTER, now=START)}
        bound = await binding.bind(db, code=codes["陈敏"].lower(), user_id=1, at=START)
        again = await binding.bind(db, code=codes["陈敏"], user_id=1, at=START)
        assert (bound.name, again) == ("陈敏", bound)
        with pytest.raises(BadCode):
            await binding.bind(db, code=codes["陈敏"], user_id=2, at=START)


async def test_one_account_is_not_two_people_of_a_community(database: Database) -> None:
    async with database.begin() as db:
        codes = {code.person.name: code.code for code in await roster.load(db, ROSTER, now=START)}
        await binding.bind(db, code=codes["陈敏"], user_id=1, at=START)
        with pytest.raises(AlreadyBound):
            await binding.bind(db, code=codes["王岚"], user_id=1, at=START)


async def test_unknown_code_is_refused(database: Database) -> None:
    async with database.begin() as db:
        with pytest.raises(BadCode):
            await binding.bind(db, code="NOSUCHCODE", user_id=1, at=START)


async def test_code_is_kept_as_its_digest_only(database: Database) -> None:
    async with database.begin() as db:
        codes = await roster.load(db, ROSTER, now=START)
        kept = (await db.execute(text("SELECT digest FROM binding_codes"))).scalars().all()

    assert not {code.code for code in codes} & set(kept)


async def test_loading_again_gives_codes_only_to_those_not_yet_bound(database: Database) -> None:
    async with database.begin() as db:
        first = {code.person.name: code.code for code in await roster.load(db, ROSTER, now=START)}
        await binding.bind(db, code=first["陈敏"], user_id=1, at=START)
        second = {code.person.name: code.code for code in await roster.load(db, ROSTER, now=START)}

        assert set(first) - set(second) == {"陈敏"}
        with pytest.raises(BadCode):
            await binding.bind(db, code=first["王岚"], user_id=2, at=START)
        counts = await db.execute(text("SELECT count(*) FROM people"))
        assert counts.scalar_one() == len(ROSTER.people)


async def test_loading_again_brings_changes_of_term_and_role(database: Database) -> None:
    async with database.begin() as db:
        community = await settled(db)
        left = [
            replace(line, until=date(2026, 11, 30), roles=frozenset({Role.LIAISON}))
            if line.name == "陈敏"
            else line
            for line in ROSTER.people
        ]
        await roster.load(db, replace(ROSTER, people=left), now=START)

        names = [
            [one.name for one in await people.team_on(db, community_id=community.id, day=day)]
            for day in (date(2026, 11, 30), date(2026, 12, 1))
        ]
        assert names == [["李书明", "陈敏", "赵卫国"], ["李书明", "赵卫国"]]
        assert Role.LIAISON in (await person(db, "陈敏")).roles


async def test_roles_are_those_of_the_roster(database: Database) -> None:
    async with database.begin() as db:
        await settled(db)

        roles = {name: set((await person(db, name)).roles) for name in USER_IDS}
        assert roles == {
            "李书明": {Role.PARTY_SECRETARY, Role.MEMBER},
            "王岚": {Role.PARTY_WORKER},
            "陈敏": {Role.MEMBER},
            "赵卫国": {Role.MEMBER},
            "刘强": {Role.LIAISON},
        }


async def test_stranger_is_not_bound_and_a_neighbour_is_not_on_the_roster(
    database: Database,
) -> None:
    async with database.begin() as db:
        community = await settled(db)
        other = await roster.load(
            db, roster.Roster("阳光社区", "人民街道", (), ROSTER.people[1:2]), now=START
        )
        await binding.bind(db, code=other[0].code, user_id=77, at=START)

        with pytest.raises(NotBound):
            await people.of_account(db, community_id=community.id, user_id=99)
        with pytest.raises(NotOnRoster):
            await people.of_account(db, community_id=community.id, user_id=77)


async def test_group_belongs_to_one_community(database: Database) -> None:
    async with database.begin() as db:
        await settled(db)
        worker = await person(db, "王岚")

        assert (await communities.join_group(db, worker, chat_id=GROUP)).group_chat_id == GROUP
        with pytest.raises(GroupTaken):
            await communities.join_group(db, worker, chat_id=-5)


async def test_group_that_became_a_supergroup_keeps_its_community(database: Database) -> None:
    async with database.begin() as db:
        community = await settled(db)
        await communities.move_group(db, old=GROUP, new=-1009)

        assert (await communities.in_group(db, -1009)).id == community.id
