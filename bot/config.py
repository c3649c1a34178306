"""Settings from the environment and .env; anything unknown with our prefix is refused."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from dotenv import dotenv_values
from pydantic import Field, HttpUrl, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "DANGWU_"
TOKEN = re.compile(r"\d+:\S+")
PROXIES = ("http://", "https://", "socks5://", "socks5h://")
FORMS = {
    "token": "令牌应形如 123456789:AA…；",
    "proxy": "代理应以 http:// 或 socks5:// 开头，例如 http://127.0.0.1:7890；",
}


class SettingsError(Exception):
    """A setting is missing, unknown or wrong; the message is a sentence for the person at the keyboard."""


class Config(BaseSettings):
    """Every setting there is; see .env.example."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        extra="ignore",
        hide_input_in_errors=True,
        frozen=True,
    )

    token: SecretStr | None = None
    data: Path = Path("data")
    database_url: SecretStr | None = None
    api_base_url: HttpUrl = HttpUrl("https://api.telegram.org")
    proxy: SecretStr | None = None
    operators: Annotated[tuple[int, ...], NoDecode] = Field(default=())

    @field_validator("operators", mode="before")
    @classmethod
    def _numbers(cls, value: object) -> object:
        """A comma-separated list of account ids."""
        if isinstance(value, str):
            return tuple(
                part.strip() for part in value.replace("，", ",").split(",") if part.strip()
            )
        return value

    @field_validator("token", "database_url", "proxy", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("token")
    @classmethod
    def _looks_like_a_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("not a token")
        return value

    @field_validator("proxy")
    @classmethod
    def _names_its_kind(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not value.get_secret_value().startswith(PROXIES):
            raise ValueError("not a proxy")
        return value

    @property
    def database(self) -> str:
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{(self.data / 'dangwu.sqlite3').absolute()}"

    @property
    def api(self) -> str:
        return str(self.api_base_url).rstrip("/")


def load(env_file: Path = Path(".env")) -> Config:
    """The settings; SettingsError names every setting that cannot be used, never its value."""
    _refuse_unknown(os.environ, "环境变量")
    if env_file.is_file():
        try:
            _refuse_unknown(dotenv_values(env_file, encoding="utf-8"), f"{env_file} ")
        except UnicodeDecodeError as error:
            raise SettingsError(f"{env_file} 不是 UTF-8 编码，请另存为 UTF-8 后再试。") from error
    try:
        return Config(_env_file=env_file)
    except ValidationError as error:
        names = sorted({str(part["loc"][0]) for part in error.errors()})
        listed = "、".join(PREFIX + name.upper() for name in names)
        forms = "".join(FORMS[name] for name in names if name in FORMS)
        raise SettingsError(f"设置不正确：{listed}。{forms}请对照 .env.example 修改。") from None


def _refuse_unknown(names: Mapping[str, str | None], where: str) -> None:
    known = {PREFIX + name.upper() for name in Config.model_fields}
    unknown = sorted(
        name for name in names if name.upper().startswith(PREFIX) and name.upper() not in known
    )
    if unknown:
        raise SettingsError(
            f"{where}中有不认识的设置：{'、'.join(unknown)}。请对照 .env.example 修改。"
        )
