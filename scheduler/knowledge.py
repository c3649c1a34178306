"""Once a year a community is asked whether a document, or an answer it taught, still holds."""

from collections.abc import Sequence
from datetime import date, datetime

from handlers.conversation import Message, letter
from handlers.texts import upkeep as texts
from records import documents, outbox, people, rounds, taught
from records.calendar import day_of
from records.database import Database, Transaction
from records.documents import Filed
from records.model import Role
from records.outbox import Letter, Priority
from records.taught import Taught
from records.workdays import Workdays

ROUND = "knowledge"
OFFICES = (Role.PARTY_WORKER, Role.PARTY_SECRETARY)  # the second where nobody of the first is bound
BATCH = 500  # matters told of in one transaction


async def tick(database: Database, days: Workdays, now: datetime) -> None:
    """In office hours, twice a day. What is the operator's or a subdistrict's is in their lists."""
    if not days.is_office_time(now):
        return
    today = day_of(now)
    async with database.begin() as db:
        filed = [one for one in await documents.to_check(db, today) if one.community_id is not None]
        old = await taught.to_review(db, today)
    matters: list[Filed | Taught] = [*filed, *old]
    for first in range(0, len(matters), BATCH):
        async with database.begin() as db:
            await _tell(db, matters[first : first + BATCH], today, now=now)
    async with database.begin() as db:
        await rounds.make(db, ROUND, now=now)


async def _tell(
    db: Transaction, matters: Sequence[Filed | Taught], today: date, *, now: datetime
) -> None:
    """To whoever was not asked yet about what fell due on that day."""
    offices = await _offices(db, {one.community_id for one in matters})
    due: dict[str, Letter] = {}
    for one in matters:
        key, message = _question(one, today)
        for account in offices.get(one.community_id, ()):
            mine = f"{key}:{account}"
            due[mine] = letter(message, chat_id=account, priority=Priority.REMINDER, key=mine)
    known = await outbox.known(db, due)
    await outbox.put_all(db, [due[key] for key in due if key not in known], at=now)


async def _offices(
    db: Transaction, community_ids: set[int | None]
) -> dict[int | None, Sequence[int]]:
    """The workers' accounts; the Party secretary's where no worker is bound."""
    found: dict[int | None, list[int]] = {}
    for role in OFFICES:
        missing = {one for one in community_ids if one is not None and one not in found}
        for community_id, account in await people.accounts_with_roles(
            db, community_ids=missing, wanted=[role]
        ):
            found.setdefault(community_id, []).append(account)
    return {community_id: tuple(accounts) for community_id, accounts in found.items()}


def _question(one: Filed | Taught, today: date) -> tuple[str, Message]:
    """The key names what is asked about and the day from which it is: a new one every year."""
    if isinstance(one, Filed):
        key = f"doccheck:{one.id}:{one.check_due(today)}"
        return key, Message(texts.document(one, today), texts.document_buttons(one))
    key = f"taughtcheck:{one.id}:{one.review_due(today)}"
    return key, Message(texts.taught(one), texts.taught_buttons(one))
