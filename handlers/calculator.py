"""/calc: the same computations by buttons, with a number pad that keeps its state in the buttons."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from handlers.conversation import Message, Reply, Request, Services, say
from handlers.texts import calculations as texts
from knowledge.calculations import Consent, Membership, Numbers, Seats, Turnout
from records.errors import StaleButton


@dataclass(frozen=True)
class Calculation:
    """What can be computed: how it is offered, what is asked for, and what the numbers mean."""

    label: str
    asked: Sequence[str]
    of: Callable[..., Numbers]


CALCULATIONS: Mapping[str, Calculation] = {
    "m": Calculation(texts.FORM, (texts.MEMBERS,), Membership),
    "t": Calculation(texts.MAY_MEET, (texts.TEAM, texts.PRESENT), Turnout),
    "c": Calculation(texts.MAY_PASS, (texts.ATTENDING, texts.AGREED), Consent),
    "s": Calculation(texts.COMPOSITION, (texts.FULL_TIME, texts.PART_TIME_SEATS), Seats),
}
STATE = re.compile(r"([mtcs])((?:/\d{0,5}){0,3})")  # kind, then the numbers so far


async def calc(request: Request, services: Services) -> Reply:
    """Choose a computation, then enter its numbers; each press shows what stands so far."""
    if not request.words:
        offered = [(key, one.label) for key, one in CALCULATIONS.items()]
        return say(texts.CHOOSE, *texts.choice_buttons(offered))
    match = STATE.fullmatch(request.words)
    if not request.pressed or match is None:
        raise StaleButton
    kind = CALCULATIONS[match[1]]
    entered = match[2].split("/")[1:] or [""]
    if len(entered) <= len(kind.asked):
        text = texts.entry(kind.label, kind.asked, entered)
        return Reply((Message(text, texts.pad(request.words, entered[-1]), replaces=True),))
    numbers = kind.of(*(int(words or 0) for words in entered[: len(kind.asked)]))
    passage = services.library.passage(texts.clause_of(numbers)[0])
    if passage is None:
        raise StaleButton
    return Reply((Message(texts.result(numbers, passage), replaces=True),))
