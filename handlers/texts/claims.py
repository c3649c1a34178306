"""What is said about sign-ins of accounts that are nobody yet."""

from collections.abc import Sequence

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.meetings import signed_in, title
from handlers.texts.roll import MOST_BUTTONS
from handlers.texts.text import Text, lines
from records.claims import Claim
from records.model import Attendance, Person

SHOWN_NAME = 30  # characters
REFUSED = "已处理：不是本社区的同志，没有登记签到。"


def who_is_it(claim: Claim, shown_name: str) -> Text:
    """To the worker: the name is what Telegram shows, which anybody can choose."""
    name = " ".join(shown_name.split())[:SHOWN_NAME] or "没有名字"
    how = "线上参会" if claim.online else "我已到会"
    return lines(
        f"{title(claim.meeting)}：一个还没有确认身份的账号（显示为“{name}”）"
        f"于{dates.clock(claim.at)}点了“{how}”。",
        "请确认是哪位同志；确认后绑定账号，并按当时的时间签到。",
    )


def bound(record: Attendance) -> Text:
    """To the account itself, if it has ever opened the private chat."""
    return lines(
        f"工作人员已确认您是{record.person.name}。",
        signed_in(record),
        "如有误，请与工作人员联系。个人信息说明见 /privacy。",
    )


def choices(claim: Claim, people: Sequence[Person]) -> tuple[tuple[Button, ...], ...]:
    carried = f"{claim.meeting.id}:{claim.id}"
    keys = [
        Button(_name(person, people), "assign", f"{carried}:{person.id}")
        for person in people[:MOST_BUTTONS]
    ]
    pairs = [tuple(keys[place : place + 2]) for place in range(0, len(keys), 2)]
    return (*pairs, (Button("不是本社区的同志", "refuse", f"{carried}:0"),))


def _name(person: Person, people: Sequence[Person]) -> str:
    """People of one name are told apart by their unit."""
    same = [one for one in people if one.name == person.name]
    if len(same) > 1:
        return f"{person.name}（{person.unit.name if person.unit else '社区'}）"
    return person.name


def assigned(record: Attendance) -> Text:
    return lines(f"已确认身份并绑定账号：{record.person.name}。", signed_in(record))
