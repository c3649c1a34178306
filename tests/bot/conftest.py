"""Where the programs of these tests find themselves."""

from pathlib import Path

import pytest

from bot.rehearsal.host import HOST
from tests.bot.terminal import environment_of


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A data folder of the test's own and a Telegram nobody answers for."""
    return environment_of(
        DANGWU_DATA=str(tmp_path / "data"), DANGWU_API_BASE_URL=f"http://{HOST}:9"
    )
