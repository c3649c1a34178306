"""Once a year whoever keeps a document, or has taught an answer, is asked whether it still holds.

From the first working day of a week on the worker hears, once, of questions that have come without an answer.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from handlers.conversation import Message, letter
from handlers.texts import upkeep as texts
from records import documents, outbox, people, rounds, subdistricts, taught, unanswered
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
WEEK = timedelta(days=7)

Keepers = tuple[int | None, str | None]
"""A community, or the subdistrict that offers a document to its communities."""


async def tick(database: Database, days: Workdays, now: datetime) -> None:
    """In office hours, twice a day. What is the operator's is marked in `knowledge list`."""
    if not days.is_office_time(now):
        return
    today = day_of(now)
    async with database.begin() as db:
        filed = [one for one in await documents.to_check(db, today) if any(_keepers_of(one))]
        old = await taught.to_review(db, today)
    matters: list[Filed | Taught] = [*filed, *old]
    for first in range(0, len(matters), BATCH):
        async with database.begin() as db:
            await _tell(db, matters[first : first + BATCH], today, now=now)
    await _tell_of_questions(database, days, today, now=now)
    async with database.begin() as db:
        await rounds.make(db, ROUND, now=now)


async def _tell_of_questions(
    database: Database, days: Workdays, today: date, *, now: datetime
) -> None:
    """Those from one week's first working day to the next: each is told of once, also where that day was missed."""
    monday = today - timedelta(days=today.weekday())
    since, until = days.first_workday(monday - WEEK), days.first_workday(monday)
    if today < until:
        return
    async with database.begin() as db:
        fresh = await unanswered.fresh(db, since, until)
    waiting = sorted(fresh.items())
    for first in range(0, len(waiting), BATCH):
        some = dict(waiting[first : first + BATCH])
        async with database.begin() as db:
            keepers = await _keepers(db, {(community, None) for community in some})
            told = [
                letter(
                    Message(texts.questions(some[community])),
                    chat_id=account,
                    priority=Priority.REMINDER,
                    key=f"questions:{community}:{until}:{account}",
                )
                for community in some
                for account in keepers.get((community, None), ())
            ]
            await outbox.put_all(db, told, at=now)


async def _tell(
    db: Transaction, matters: Sequence[Filed | Taught], today: date, *, now: datetime
) -> None:
    """To whoever was not asked yet about what fell due on that day."""
    keepers = await _keepers(db, {_keepers_of(one) for one in matters})
    due: dict[str, Letter] = {}
    for one in matters:
        key, message = _question(one, today)
        for account in keepers.get(_keepers_of(one), ()):
            mine = f"{key}:{account}"
            due[mine] = letter(message, chat_id=account, priority=Priority.REMINDER, key=mine)
    known = await outbox.known(db, due)
    await outbox.put_all(db, [due[key] for key in due if key not in known], at=now)


def _keepers_of(one: Filed | Taught) -> Keepers:
    return one.community_id, one.subdistrict if isinstance(one, Filed) else None


async def _keepers(db: Transaction, wanted: set[Keepers]) -> dict[Keepers, list[int]]:
    """The workers' accounts, the Party secretary's where no worker is bound; of an offer, the staff's."""
    found: dict[Keepers, list[int]] = {}
    for role in OFFICES:
        missing = {one for one, _staff in wanted if one is not None and (one, None) not in found}
        for community_id, account in await people.accounts_with_roles(
            db, community_ids=missing, wanted=[role]
        ):
            found.setdefault((community_id, None), []).append(account)
    for name in sorted(staff for _community, staff in wanted if staff is not None):
        bound = await subdistricts.bound(db, name)
        found[None, name] = [one.user_id for one in bound if one.user_id is not None]
    return found


def _question(one: Filed | Taught, today: date) -> tuple[str, Message]:
    """The key names what is asked about and the day from which it is: a new one every year."""
    if isinstance(one, Filed):
        key = f"doccheck:{one.id}:{one.check_due(today)}"
        return key, Message(texts.document(one, today), texts.document_buttons(one))
    key = f"taughtcheck:{one.id}:{one.review_due(today)}"
    return key, Message(texts.taught(one), texts.taught_buttons(one))
