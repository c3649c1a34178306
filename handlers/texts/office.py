"""What the conversations of an office have in common: which community, which person, how buttons lie."""

from collections.abc import Sequence

from handlers.conversation import Button
from records.model import Community, Person

MOST = 90  # buttons of a list: a message holds a hundred
WHICH = "请选择社区："
DROP, BACK = Button("取消", "drop"), "返回"


def which_buttons(found: Sequence[Community], action: str) -> tuple[tuple[Button, ...], ...]:
    return tuple((Button(one.name, action, str(one.id)),) for one in found)


def named(person: Person) -> str:
    """陈敏（第一小学）: people of one name are told apart by their unit."""
    return f"{person.name}（{person.unit.name}）" if person.unit is not None else person.name


def pairs(keys: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    """Two buttons a row."""
    return tuple(tuple(keys[place : place + 2]) for place in range(0, len(keys), 2))
