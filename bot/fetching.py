"""What a job asks of Telegram before it can go on: a file, or who administers a group."""

from telegram import Bot
from telegram.error import BadRequest, Forbidden

from handlers.fetching import MEGABYTE, Administrators, Fetched, File, Wanted
from records.errors import FileGone, FileTooLarge


async def fetch(bot: Bot, wanted: Wanted) -> Fetched:
    """FileTooLarge, FileGone; other faults of the network are tried again with the job."""
    if isinstance(wanted, Administrators):
        return await _administrators(bot, wanted.chat_id)
    return await _content(bot, wanted)


async def _administrators(bot: Bot, chat_id: int) -> frozenset[int]:
    """Telegram tells this to every member of the group, and to nobody else."""
    try:
        found = await bot.get_chat_administrators(chat_id)
    except (BadRequest, Forbidden):
        return frozenset()
    return frozenset(member.user.id for member in found)


async def _content(bot: Bot, wanted: File) -> bytes:
    too_large = FileTooLarge(wanted.largest // MEGABYTE)
    try:
        file = await bot.get_file(wanted.file_id)
        if (file.file_size or 0) > wanted.largest:
            raise too_large
        return bytes(await file.download_as_bytearray())
    except BadRequest as error:
        raise (too_large if "too big" in error.message else FileGone) from error
