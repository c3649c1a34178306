"""A roster that waits to be agreed to, as the prompt keeps it, and the preview of what it changes."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from handlers.attendance import user_id_of
from handlers.conversation import Message, Request, Services
from handlers.texts import roster as roster_texts
from handlers.texts import turnover as texts
from handlers.texts.text import Text
from records import communities, prompts
from records import turnover as turnovers
from records.database import Transaction
from records.errors import StaleButton
from records.model import Capacity, Entry, Post, Role, Seat
from records.roster import Roster, RosterPerson, RosterUnit
from records.turnover import Turnover

ACTION = "lines"  # the act that waits for a roster, or for 〔确认导入〕


@dataclass(frozen=True)
class Draft:
    """Whose roster is handed in. Without `community_id` the community is yet to be founded in `group`.

    With `elected_on` it is the whole team of a re-election.
    """

    community_id: int | None
    name: str
    subdistrict: str
    group: int | None = None
    elected_on: date | None = None
    roster: Roster | None = None
    ignored: int = 0


def to_words(draft: Draft) -> str:
    """The community's number first, so that whoever waits is known by it."""
    lines = draft.roster
    body = {
        "name": draft.name,
        "subdistrict": draft.subdistrict,
        "group": draft.group,
        "elected_on": draft.elected_on and draft.elected_on.isoformat(),
        "ignored": draft.ignored,
        "units": [
            [one.name, one.is_local, one.has_party_organisation]
            for one in (lines.units if lines else ())
        ],
        "people": [_cells(one) for one in lines.people] if lines else None,
    }
    return f"{draft.community_id or 0}:{json.dumps(body, ensure_ascii=False)}"


def _cells(one: RosterPerson) -> list[Any]:
    return [
        one.name,
        one.unit,
        one.post and one.post.value,
        one.seat and one.seat.value,
        one.entry and one.entry.value,
        one.capacity.value,
        None if one.roles is None else sorted(role.value for role in one.roles),
        one.since and one.since.isoformat(),
        one.until and one.until.isoformat(),
    ]


def from_words(words: str) -> Draft:
    number, _colon, rest = words.partition(":")
    body: dict[str, Any] = json.loads(rest)
    lines = None
    if body["people"] is not None:
        units = tuple(RosterUnit(*cells) for cells in body["units"])
        lines = Roster("", "", units, tuple(_person(cells) for cells in body["people"]))
    elected_on = body["elected_on"]
    return Draft(
        int(number) or None,
        body["name"],
        body["subdistrict"],
        body["group"],
        date.fromisoformat(elected_on) if elected_on else None,
        lines,
        body["ignored"],
    )


def _person(cells: list[Any]) -> RosterPerson:
    name, unit, post, seat, entry, capacity, held, since, until = cells
    return RosterPerson(
        name,
        unit,
        Post(post) if post else None,
        Seat(seat) if seat else None,
        Entry(entry) if entry else None,
        Capacity(capacity),
        None if held is None else frozenset(Role(role) for role in held),
        date.fromisoformat(since) if since else None,
        date.fromisoformat(until) if until else None,
    )


async def waiting(db: Transaction, *, user_id: int, now: datetime) -> Draft | None:
    """What this person is asked a roster for, in private; None if nothing."""
    prompt = await prompts.waiting(db, chat_id=user_id, user_id=user_id, now=now)
    return from_words(prompt.words) if prompt is not None and prompt.action == ACTION else None


async def expect(db: Transaction, draft: Draft, *, user_id: int, at: datetime) -> None:
    await prompts.expect(
        db, chat_id=user_id, user_id=user_id, action=ACTION, words=to_words(draft), at=at
    )


async def changes(db: Transaction, draft: Draft, *, now: datetime) -> Turnover:
    """What the draft would change. StaleButton if nothing was handed in; LastWorker."""
    if draft.roster is None:
        raise StaleButton
    if draft.community_id is None:
        return await turnovers.founding(db, draft.name, draft.subdistrict, draft.roster, now=now)
    community = await communities.with_id(db, draft.community_id)
    return await turnovers.of(db, community, draft.roster, now=now, elected_on=draft.elected_on)


async def preview(db: Transaction, draft: Draft, *, user_id: int, now: datetime) -> Message:
    """What would change, to be agreed to; nothing is written but that it waits."""
    found = await changes(db, draft, now=now)
    await expect(db, draft, user_id=user_id, at=now)
    text = texts.preview(
        found, draft.ignored, elected_on=draft.elected_on, is_first=draft.community_id is None
    )
    if found.is_empty:
        return Message(text, (texts.SEND_AGAIN,))
    return Message(text, texts.preview_buttons(draft.community_id, fingerprint(text.plain)))


def fingerprint(words: str) -> str:
    """Of a preview: what is agreed to is what was seen."""
    return hashlib.sha256(words.encode()).hexdigest()[:12]


async def asked(
    request: Request, services: Services, draft: Draft, words: Text, *, replaces: bool = False
) -> Message:
    """The next words or file of this person are the roster."""
    await expect(services.db, draft, user_id=user_id_of(request), at=request.at)
    return Message(words, roster_texts.how_buttons(draft.community_id), replaces=replaces)
