"""What is done at the keyboard beside the running bot: loading a community, making a copy."""

import sys
from pathlib import Path

from telegram import Bot
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from bot.app import SystemClock
from bot.config import Config, SettingsError
from handlers.files import roster as workbook
from records import roster
from records.database import Database
from scheduler.upkeep import backup_name


async def load_community(config: Config, file: Path) -> list[str]:
    """Load the workbook; a line for each person with name, link and code, tabs between."""
    read = workbook.read(file)
    username = await _username(config)
    database = Database(config.database)
    try:
        await database.prepare()
        async with database.begin() as db:
            codes = await roster.load(db, read, now=SystemClock().now())
    finally:
        await database.close()
    sys.stderr.write(
        f"已导入{read.community}：{len(read.units)}个单位，{len(read.people)}人；"
        f"以下{len(codes)}人的链接和绑定码各用一次，请分别交给本人。\n"
    )
    return [
        "\t".join(
            (
                code.person.name,
                code.person.unit or "",
                f"https://t.me/{username}?start={code.code}" if username else "",
                f"/bind {code.code}",
            )
        )
        for code in codes
    ]


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
