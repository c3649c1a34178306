"""What is said while a part-time member's duty report is registered: day, to whom and year, no more."""

from collections.abc import Mapping, Sequence
from datetime import date

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.days import OR_TYPED
from handlers.texts.office import MOST, pairs
from handlers.texts.registrations import REPORTS
from handlers.texts.text import Text, lines
from records.model import Duty, Person
from records.register import Occurrence

LABELS: Mapping[Duty, str] = {
    Duty.REPORT_TO_UNIT: "向所在单位党组织",
    Duty.REPORT_TO_COMMITTEE: "向社区大党委",
}
SAID: Mapping[str, Duty] = {
    "单位": Duty.REPORT_TO_UNIT,
    "所在单位": Duty.REPORT_TO_UNIT,
    "单位党组织": Duty.REPORT_TO_UNIT,
    "所在单位党组织": Duty.REPORT_TO_UNIT,
    "大党委": Duty.REPORT_TO_COMMITTEE,
    "社区": Duty.REPORT_TO_COMMITTEE,
    "社区大党委": Duty.REPORT_TO_COMMITTEE,
}
ONLY_THIS = "只登记日期、对象和年度，不收材料。"


def whom(words: str) -> Duty | None:
    """To whom it was, as a line or a cell may name it: 大党委, 向社区大党委述职."""
    return SAID.get(words.removeprefix("向").removesuffix("述职"))


def whose(members: int) -> Text:
    """More members than a message has buttons are typed."""
    more = f"这里只列{MOST}人，其余请直接发送：/report 姓名" if members > MOST else None
    return lines("登记谁的述职？", more)


def member_buttons(names: Mapping[int, str], ending: str) -> tuple[tuple[Button, ...], ...]:
    keys = [Button(name, "report", f"{number}{ending}") for number, name in names.items()]
    return pairs(keys[:MOST])


def ask_whom(member: Person, on: date | None) -> Text:
    day = f"，日期{dates.full_day(on)}" if on is not None else ""
    return lines(f"登记{member.name}同志的述职{day}。请选择对象：", ONLY_THIS)


def whom_buttons(
    member: Person, offered: Sequence[Duty], on: date | None
) -> tuple[tuple[Button, ...], ...]:
    ending = f":{on.isoformat()}" if on is not None else ""
    return tuple(
        (Button(LABELS[duty], "report", f"{member.id}:{duty.value}{ending}"),) for duty in offered
    )


def ask_day(member: Person, duty: Duty) -> Text:
    return lines(f"登记{member.name}同志{REPORTS[duty]}。{ONLY_THIS}", OR_TYPED)


def still_open(owed: Sequence[Occurrence]) -> str | None:
    """Which of the two are not yet registered for the year."""
    left = [one for one in owed if one.state.is_open and not one.facts]
    if not owed:
        return None
    year = dates.period(owed[0].period)
    if left:
        return f"{year}尚未登记：{'、'.join(REPORTS[one.duty] for one in left)}。"
    return f"{year}的述职已登记齐全。" if all(one.facts for one in owed) else None
