"""What is said about the units of a community."""

from collections.abc import Mapping, Sequence
from datetime import date

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.office import BACK, MOST, pairs
from handlers.texts.text import Text, bold, lines
from records.model import Community, Person, Unit

NAME = "单位名录"
OWING = "是驻区单位且有党组织的，列入每半年联系沟通（问答第6问）。"
NONE = "还没有登记单位。"
MARKS = (["local", "0"], ["local", "1"], ["party", "0"], ["party", "1"])


def register(
    community: Community, listed: Sequence[Unit], liaisons: Mapping[int, Sequence[Person]]
) -> Text:
    """The numbers first, then a line for each unit."""
    owing = sum(one.is_local and one.has_party_organisation for one in listed)
    return lines(
        bold(f"{community.name}{NAME}：{len(listed)}个单位，其中{owing}个列入每半年联系沟通"),
        *(_line(one, liaisons.get(one.id, ())) for one in listed),
        OWING if listed else NONE,
    )


def _line(one: Unit, liaisons: Sequence[Person]) -> str:
    names = "、".join(person.name for person in liaisons)
    return f"{one.name}：{_marks(one)}{f'，联络员{names}' if names else ''}"


def _marks(one: Unit) -> str:
    local = "驻区单位" if one.is_local else "不是驻区单位"
    party = "有党组织" if one.has_party_organisation else "没有党组织"
    if not one.is_local and not one.has_party_organisation:
        return "两项未标"
    return f"{local}，{party}"


def register_buttons(
    community: Community, listed: Sequence[Unit]
) -> tuple[tuple[Button, ...], ...]:
    number = str(community.id)
    unmarked = any(not one.is_local and not one.has_party_organisation for one in listed)
    keys = [Button(one.name, "unit", f"{number}:{one.id}") for one in listed[:MOST]]
    all_of_them = Button("未标的都标为驻区单位、有党组织", "markall", f"{number}:all")
    return (
        *pairs(keys),
        *(((all_of_them,),) if unmarked else ()),
        (Button("新增单位", "newunit", number),),
    )


def unit(shown: Unit, liaisons: Sequence[Person], joined: date | None) -> Text:
    """`joined` is the day of a unit that came after the community had begun."""
    names = "、".join(person.name for person in liaisons) or "未登记"
    return lines(
        bold(shown.name),
        f"{_marks(shown)}。",
        f"联络员：{names}。",
        f"{dates.long_day(joined)}新入驻：当期联系沟通、实事好事只作提示，期末为不适用。"
        if joined
        else None,
    )


def unit_buttons(
    community: Community, shown: Unit, joined: date | None
) -> tuple[tuple[Button, ...], ...]:
    carried = f"{community.id}:{shown.id}"
    local = "改为不是驻区单位" if shown.is_local else "标为驻区单位"
    party = "改为没有党组织" if shown.has_party_organisation else "标为有党组织"
    return (
        (
            Button(local, "mark", f"{carried}:local:{int(not shown.is_local)}"),
            Button(party, "mark", f"{carried}:party:{int(not shown.has_party_organisation)}"),
        ),
        *(((Button("改为原已入驻", "wasthere", carried),),) if joined else ()),
        (
            Button("更换联络员", "newliaison", carried),
            Button(BACK, "units", f"{community.id}:back"),
        ),
    )


def new_liaison_button(community: Community, shown: Unit) -> tuple[tuple[Button, ...], ...]:
    return ((Button("更换联络员", "newliaison", f"{community.id}:{shown.id}"),),)


def write_names() -> Text:
    return Text("请写单位名称，每行一个：")


def write_liaison(shown: Unit) -> Text:
    return Text(f"请写{shown.name}的联络员姓名：")
