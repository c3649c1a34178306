"""Two replicas on one PostgreSQL."""

from collections.abc import AsyncIterator

import pytest

from records.database import Database
from tests.conftest import PostgreSQL


@pytest.fixture
async def postgresql_pair(postgresql: PostgreSQL) -> AsyncIterator[tuple[Database, Database]]:
    url = postgresql.fresh()
    one, two = Database(url), Database(url)
    yield one, two
    await one.close()
    await two.close()
