"""What is said about contacts between units and the community."""

from datetime import date

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.text import Text, lines
from records.calendar import HalfYear
from records.model import Contact, ContactForm, Unit

FORMS = {
    ContactForm.VISIT: "来访",
    ContactForm.PHONE: "电话",
    ContactForm.TALK: "座谈",
    ContactForm.OTHER: "其他",
}


def ask_form(unit: Unit, on: date) -> Text:
    return lines(
        f"登记{unit.name}与社区的联系沟通，日期{dates.full_day(on)}。",
        "请选择形式；日期不对的，请发送如：/contact 9月12日",
    )


def form_buttons(unit: Unit, on: date) -> tuple[tuple[Button, ...], ...]:
    def button(form: ContactForm) -> Button:
        return Button(FORMS[form], "contact", f"{unit.id}:{on.isoformat()}:{form.value}")

    visit, phone, talk, other = FORMS
    return ((button(visit), button(phone)), (button(talk), button(other)))


def recorded(contact: Contact) -> Text:
    return Text(
        f"已登记：{contact.unit.name}，{dates.full_day(contact.on)}，{FORMS[contact.form]}。"
        f"{dates.period(HalfYear.of(contact.on))}的联系沟通不再提醒。"
    )


def which_unit(on: date) -> Text:
    return Text(f"请选择单位（日期{dates.full_day(on)}）：")


def unit_buttons(units: list[Unit], on: date) -> tuple[tuple[Button, ...], ...]:
    return tuple((Button(unit.name, "contact", f"{unit.id}:{on.isoformat()}"),) for unit in units)
