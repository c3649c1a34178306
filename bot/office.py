"""What is done at the keyboard beside the running bot: loading a community or holidays, staff of a subdistrict, a copy."""

import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from telegram import Bot
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from bot.app import SystemClock
from bot.config import Config, SettingsError
from handlers.files import holidays as arrangement
from handlers.files import roster as workbook
from handlers.files.naming import OFFICE, is_name
from records import holidays, obligations, roster, subdistricts
from records.database import Database, Transaction
from scheduler.upkeep import backup_name


async def load_community(config: Config, file: Path) -> list[str]:
    """Load the workbook; a line for each person with name, link and code, tabs between."""
    read = workbook.read(file)
    username = await _username(config)
    async with _transaction(config) as db:
        codes = await roster.load(db, read, now=SystemClock().now())
    sys.stderr.write(
        f"已导入{read.community}：{len(read.units)}个单位，{len(read.people)}人；"
        f"以下{len(codes)}人的链接和绑定码各用一次，请分别交给本人。\n"
    )
    return [
        "\t".join(
            (
                code.person.name,
                code.person.unit or "",
                _link(username, code.code),
                f"/bind {code.code}",
            )
        )
        for code in codes
    ]


async def add_staff(config: Config, subdistrict: str, names: Sequence[str]) -> list[str]:
    """The same for the staff of a subdistrict; whoever is bound gets no new code."""
    subdistrict = _named(subdistrict, names)
    username = await _username(config)
    now = SystemClock().now()
    async with _transaction(config) as db:
        codes = await subdistricts.add(db, subdistrict, names, at=now)
        known = await subdistricts.size(db, subdistrict)
    sys.stderr.write(
        f"{subdistrict}现有{known}个社区；以下{len(codes)}人的链接和绑定码各用一次，请分别交给本人。\n"
    )
    return [
        "\t".join((one.name, subdistrict, _link(username, one.code), f"/bind {one.code}"))
        for one in codes
    ]


async def remove_staff(config: Config, subdistrict: str, names: Sequence[str]) -> str:
    """They see nothing any more. NoSuchStaff."""
    subdistrict = _named(subdistrict, names)
    async with _transaction(config) as db:
        gone = await subdistricts.remove(db, subdistrict, names, at=SystemClock().now())
    return f"已停用{subdistrict}{len(gone)}人：{'、'.join(one.name for one in gone)}。"


def _named(subdistrict: str, names: Sequence[str]) -> str:
    """The name as communities are registered with it: 人民街道办事处 is 人民街道."""
    if not all(is_name(name) for name in (subdistrict, *names)):
        raise SettingsError("街道或姓名没有看懂：不能太长，也不能含电话等号码。")
    return subdistrict.strip().removesuffix(OFFICE)


def _link(username: str | None, code: str) -> str:
    return f"https://t.me/{username}?start={code}" if username else ""


async def load_workdays(config: Config, file: Path) -> str:
    """Load the holidays of a year; how many days of each kind there were."""
    days = arrangement.read(file)
    now = SystemClock().now()
    async with _transaction(config) as db:
        before = await holidays.workdays(db)
        await holidays.put(db, days, at=now)
        await obligations.recalculate(db, before, now=now)
    worked = sum(days.values())
    return f"已导入{len(days)}天：休{len(days) - worked}天，班{worked}天。"


@asynccontextmanager
async def _transaction(config: Config) -> AsyncIterator[Transaction]:
    """On the database of the bot, made ready if it is new."""
    database = Database(config.database)
    try:
        await database.prepare()
        async with database.begin() as db:
            yield db
    finally:
        await database.close()


async def _username(config: Config) -> str | None:
    """The bot's name for the links; without it the codes still work."""
    if config.token is None:
        sys.stderr.write("还没有设置 DANGWU_TOKEN，只打印绑定码，不打印链接。\n")
        return None
    proxy = config.proxy.get_secret_value() if config.proxy else None
    bot = Bot(
        config.token.get_secret_value(),
        base_url=f"{config.api}/bot",
        request=HTTPXRequest(proxy=proxy),
    )
    try:
        return (await bot.get_me()).username
    except TelegramError:
        sys.stderr.write("暂时连接不上 Telegram，只打印绑定码，不打印链接。\n")
        return None
    finally:
        await bot.shutdown()


async def back_up(config: Config, target: Path | None) -> Path:
    """A copy of the SQLite file, also while the bot runs. SettingsError on PostgreSQL."""
    database = Database(config.database)
    try:
        if database.file is None:
            raise SettingsError("PostgreSQL 数据库请用 pg_dump 备份，见 README。")
        if not database.file.is_file():
            raise SettingsError(f"没有找到数据库文件 {database.file}。请核对 DANGWU_DATA。")
        target = target or config.data / "backups" / backup_name(SystemClock().now())
        await database.back_up(target)
    finally:
        await database.close()
    return target
