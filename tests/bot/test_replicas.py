"""Several programs: one office each, a bell that is heard next door, one program to a SQLite file."""

import asyncio
from pathlib import Path

import pytest

from bot.delivery.bell import Bell, Desk
from bot.delivery.election import InUse, office, sole_user
from records.database import Database


async def test_office_passes_on_when_its_holder_leaves(
    postgresql_pair: tuple[Database, Database],
) -> None:
    one, two = postgresql_pair
    elected: list[str] = []
    leave = asyncio.Event()

    async def stand(database: Database, name: str) -> None:
        async with office(database, name="sender-1"):
            elected.append(name)
            await leave.wait()

    first = asyncio.create_task(stand(one, "one"))
    while not elected:
        await asyncio.wait([first], timeout=0.01)
    second = asyncio.create_task(stand(two, "two"))
    await asyncio.wait([second], timeout=0.3)
    assert elected == ["one"]

    leave.set()
    await asyncio.gather(first, second)
    assert elected == ["one", "two"]


async def test_bell_is_heard_by_the_other_replica(
    postgresql_pair: tuple[Database, Database],
) -> None:
    here, there = Bell(), Bell()
    connected = [
        asyncio.create_task(bell.connect(database))
        for bell, database in zip((here, there), postgresql_pair, strict=True)
    ]
    async with asyncio.timeout(10):
        while there.rings() == 0:
            await here.ring(Desk.SENDER)
            await there.wait(0, at_most=0.1)
    assert (there.rings(Desk.SENDER) > 0, there.rings(Desk.WORKER)) == (True, 0)
    for task in connected:
        task.cancel()
    await asyncio.gather(*connected, return_exceptions=True)


async def test_bell_that_rang_meanwhile_is_not_missed() -> None:
    bell = Bell()
    heard = bell.rings()
    await bell.ring()
    await bell.wait(heard, at_most=60)

    assert bell.rings() == heard + 1


async def test_bell_that_names_nobody_is_for_all() -> None:
    bell = Bell()
    await bell.ring(Desk.WORKER)
    await bell.ring()

    assert [bell.rings(desk) for desk in (Desk.WORKER, Desk.SENDER, Desk.RUNNER)] == [2, 1, 1]


def test_sqlite_file_belongs_to_one_program(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'dangwu.sqlite3'}"
    with sole_user(Database(url)), pytest.raises(InUse), sole_user(Database(url)):
        pass
    with sole_user(Database(url)):
        pass
