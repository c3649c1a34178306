"""The staff of a subdistrict: who asks, in private; and how often the digest comes."""

from collections.abc import Sequence
from typing import TypeVar

from handlers.attendance import is_number, user_id_of
from handlers.conversation import Message, Place, Reply, Request, Services
from handlers.texts import subdistrict as texts
from records import subdistricts
from records.calendar import period_of
from records.errors import PrivateOnly, StaleButton
from records.model import Duty, Rhythm, Staff
from records.overview import MATTERS, Matter

Item = TypeVar("Item")


async def staff_of(request: Request, services: Services) -> Staff:
    """Whoever asks, of a subdistrict. PrivateOnly, NotStaff."""
    if request.place is Place.GROUP:
        raise PrivateOnly
    return await subdistricts.of_account(services.db, user_id=user_id_of(request))


async def digest(request: Request, services: Services) -> Reply:
    """/digest: how often; pressed, it is that from now on."""
    one = await staff_of(request, services)
    if request.pressed and request.words:
        chosen = next((each for each in Rhythm if each.value == request.words), None)
        if chosen is None:
            raise StaleButton
        one = await subdistricts.choose_rhythm(services.db, one, chosen, now=request.at)
    shown = Message(texts.digest(one), texts.digest_buttons(), replaces=request.pressed)
    return Reply((shown,))


def parts(request: Request, least: int = 0) -> list[str]:
    """What a button carries, 7:P2:2026-H1. StaleButton."""
    found = request.words.split(":") if request.words else []
    if len(found) < least:
        raise StaleButton
    return found


def number(words: str) -> int:
    """StaleButton."""
    if not is_number(words):
        raise StaleButton
    return int(words)


def matter_of(duty: str, period: str) -> Matter:
    """StaleButton."""
    try:
        return Matter(_known(Duty(duty)), period_of(period))
    except ValueError as error:
        raise StaleButton from error


def _known(duty: Duty) -> Duty:
    if duty not in MATTERS:
        raise StaleButton
    return duty


def page_of(items: Sequence[Item], page: int, size: int) -> tuple[Sequence[Item], bool]:
    """The items of a page, and whether more follow."""
    return items[page * size : (page + 1) * size], len(items) > (page + 1) * size
