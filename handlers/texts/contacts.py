"""What is said while a contact between a unit and the community is registered."""

from collections.abc import Mapping, Sequence
from datetime import date

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.days import OR_TYPED
from handlers.texts.office import MOST
from handlers.texts.text import Text, lines
from records.calendar import Period
from records.model import ContactForm, Unit

FORMS = {
    ContactForm.VISIT: "来访",
    ContactForm.PHONE: "电话",
    ContactForm.TALK: "座谈",
    ContactForm.OTHER: "其他",
}
SAID = {name: form for form, name in FORMS.items() if form is not ContactForm.OTHER}
"""The forms as a line may name them."""


def which_unit(action: str, units: int, on: date | None) -> Text:
    """More units than a message has buttons are typed."""
    day = f"（日期{dates.full_day(on)}）" if on is not None else ""
    return lines(
        f"请选择单位{day}：",
        f"这里只列{MOST}个单位，其余单位请直接发送：/{action} 单位名称" if units > MOST else None,
    )


def unit_buttons(
    action: str, names: Mapping[int, str], on: date | None = None
) -> tuple[tuple[Button, ...], ...]:
    ending = f":{on.isoformat()}" if on is not None else ""
    keys = [Button(name, action, f"{number}{ending}") for number, name in names.items()]
    return tuple((key,) for key in keys[:MOST])


def ask_day(unit: Unit) -> Text:
    return lines(f"登记{unit.name}与社区的联系沟通。", OR_TYPED)


def ask_form(unit: Unit, on: date, given: Period | None = None) -> Text:
    return lines(
        f"登记{unit.name}与社区的联系沟通，日期{dates.full_day(on)}。",
        f"归入{dates.period(given)}：期后登记，不计入本期。" if given is not None else None,
        "请选择形式；日期不对的，请发送如：/contact 9月12日",
    )


def form_buttons(
    action: str, carried: str, forms: Mapping[ContactForm, str] = FORMS
) -> tuple[tuple[Button, ...], ...]:
    """Two a row."""
    keys = [Button(name, action, f"{carried}:{form.value}") for form, name in forms.items()]
    return tuple(tuple(keys[place : place + 2]) for place in range(0, len(keys), 2))


def given_button(carried: str, earlier: Period) -> tuple[tuple[Button, ...], ...]:
    """To a worker only."""
    label = f"归入{dates.period(earlier)}（期后）"
    return ((Button(label, "contact", f"{carried}:{earlier.key}"),),)


def carried_of(unit: Unit, on: date, given: Period | None = None) -> str:
    """12:2026-11-18, or with the earlier period it is given to."""
    ending: Sequence[str] = (given.key,) if given is not None else ()
    return ":".join((str(unit.id), on.isoformat(), *ending))
