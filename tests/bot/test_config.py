"""Settings: unknown names are refused, secrets never shown, .env.example complete and accepted."""

import re
from pathlib import Path

import pytest

from bot.config import PREFIX, Config, SettingsError, load

EXAMPLE = Path(__file__).parents[2] / ".env.example"


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Config.model_fields:
        monkeypatch.delenv(PREFIX + name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def test_nothing_set_means_a_sqlite_file_under_data(tmp_path: Path) -> None:
    config = load()

    assert (config.token, config.operators) == (None, ())
    assert config.database == f"sqlite:///{tmp_path / 'data' / 'dangwu.sqlite3'}"
    assert config.api == "https://api.telegram.org"


def test_settings_come_from_env_file_and_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("DANGWU_TOKEN=1:abc\nDANGWU_OPERATORS=1，2, 3\n", "utf-8")
    monkeypatch.setenv("DANGWU_DATABASE_URL", "postgresql://x@y/z")

    config = load()
    assert config.token is not None
    assert config.token.get_secret_value() == "1:abc"
    assert (config.operators, config.database) == ((1, 2, 3), "postgresql://x@y/z")


def test_unknown_name_in_env_file_is_refused() -> None:
    Path(".env").write_text("DANGWU_TOKN=1:abc\n", "utf-8")

    with pytest.raises(SettingsError) as refused:
        load()
    assert str(refused.value) == ".env 中有不认识的设置：DANGWU_TOKN。请对照 .env.example 修改。"


def test_unknown_name_in_the_environment_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DANGWU_DATABASE", "x")

    with pytest.raises(SettingsError, match="环境变量中有不认识的设置：DANGWU_DATABASE。"):
        load()


@pytest.mark.parametrize(
    ("name", "value", "form"),
    [
        ("DANGWU_OPERATORS", "王岚", ""),
        ("DANGWU_API_BASE_URL", "secret-host", ""),
        ("DANGWU_TOKEN", "令牌", "令牌应形如 123456789:AA…；"),
        (
            "DANGWU_PROXY",
            "127.0.0.1:7890",
            "代理应以 http:// 或 socks5:// 开头，例如 http://127.0.0.1:7890；",
        ),
    ],
)
def test_wrong_value_is_named_but_not_shown(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, form: str
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError) as refused:
        load()
    assert str(refused.value) == f"设置不正确：{name}。{form}请对照 .env.example 修改。"
    assert refused.value.__cause__ is None


def test_token_is_in_no_representation() -> None:
    Path(".env").write_text("DANGWU_TOKEN=123456:secret-secret-secret-secret\n", "utf-8")

    assert "secret-secret" not in repr(load())


def test_example_is_complete_and_accepted() -> None:
    words = EXAMPLE.read_text("utf-8")
    named = set(re.findall(rf"^#? ?({PREFIX}\w+)=", words, re.MULTILINE))
    assert named == {PREFIX + name.upper() for name in Config.model_fields}

    Path(".env").write_text(words, "utf-8")
    assert load().token is not None
