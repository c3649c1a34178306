"""What is said about the lists 需求、资源、项目 and about volunteer activities; nobody is named in them."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.office import BACK, DROP, pairs
from handlers.texts.registrations import NEXT, PREVIOUS
from handlers.texts.text import Text, bold, lines
from records.model import Activity, Community, Project, ProjectKind, ProjectState

Item = TypeVar("Item")
Rows = tuple[tuple[Button, ...], ...]
KINDS: Mapping[ProjectKind, str] = {
    ProjectKind.NEED: "需求",
    ProjectKind.RESOURCE: "资源",
    ProjectKind.PROJECT: "项目",
}
STATES: Mapping[ProjectState, str] = {
    ProjectState.PLANNED: "拟办",
    ProjectState.UNDER_WAY: "进行中",
    ProjectState.DONE: "办结",
}
LISTS, ACTIVITIES = "需求、资源、项目", "志愿服务活动"
NONE_YET = "还没有登记。"
ADD_ACTIVITY, REMOVE = "登记活动", "写错了，删除"
NO_NAMES = "不写居民、职工姓名。"
SHOWN = 20  # lines of a page


def pages(found: Sequence[object]) -> int:
    return max(1, -(-len(found) // SHOWN))


def lists(community: Community) -> Text:
    return lines(bold(f"{community.name}{LISTS}"), "请选择：")


def lists_buttons(community: Community) -> tuple[tuple[Button, ...], ...]:
    keys = tuple(
        Button(name, "projects", f"{community.id}:{kind.value}") for kind, name in KINDS.items()
    )
    return (keys, (Button(ACTIVITIES, "activities", str(community.id)),))


def listed(community: Community, kind: ProjectKind, found: Sequence[Project], page: int) -> Text:
    """What is open first."""
    return lines(
        bold(f"{community.name}{KINDS[kind]}：{len(found)}项{_page(found, page)}"),
        *(f"{place}. {_row(one)}" for place, one in _on(found, page)),
        "点编号改状态。" if found else NONE_YET,
    )


def _page(found: Sequence[object], page: int) -> str:
    return f"（第{page}页，共{pages(found)}页）" if pages(found) > 1 else ""


def _on(found: Sequence[Item], page: int) -> list[tuple[int, Item]]:
    """What stands on a page, each with its place in the whole list."""
    first = (page - 1) * SHOWN
    return list(enumerate(found[first : first + SHOWN], start=first + 1))


def _turns(found: Sequence[object], page: int, action: str, carried: str) -> Rows:
    turns = tuple(
        Button(name, action, f"{carried}:{other}")
        for name, other in ((PREVIOUS, page - 1), (NEXT, page + 1))
        if 1 <= other <= pages(found)
    )
    return (turns,) if turns else ()


def _row(one: Project) -> str:
    """老旧电梯改造（建设银行，共建单位物业公司）：进行中，2026年11月20日."""
    who = [one.unit.name] if one.unit is not None else []
    who += [f"共建单位{one.partner}"] if one.partner else []
    beside = f"（{'，'.join(who)}）" if who else ""
    return f"{one.title}{beside}：{STATES[one.state]}，{dates.long_day(one.on)}"


def list_buttons(
    community: Community, kind: ProjectKind, found: Sequence[Project], page: int
) -> Rows:
    keys = [
        Button(str(place), "project", f"{community.id}:{one.id}") for place, one in _on(found, page)
    ]
    return (
        *(tuple(keys[place : place + 5]) for place in range(0, len(keys), 5)),
        *_turns(found, page, "projects", f"{community.id}:{kind.value}"),
        (
            Button(f"新增{KINDS[kind]}", "projectline", f"{community.id}:{kind.value}"),
            Button(BACK, "projects", f"{community.id}:all"),
        ),
    )


def card(one: Project) -> Text:
    return lines(bold(KINDS[one.kind]), _row(one))


def card_buttons(one: Project) -> tuple[tuple[Button, ...], ...]:
    carried = f"{one.community_id}:{one.id}"
    states = tuple(
        Button(name, "project", f"{carried}:{state.value}")
        for state, name in STATES.items()
        if state is not one.state
    )
    back = Button(BACK, "projects", f"{one.community_id}:{one.kind.value}")
    return (states, (Button(REMOVE, "project", f"{carried}:drop"), back))


def write(kind: ProjectKind) -> Text:
    return lines(
        f"请写一行{KINDS[kind]}：标题；单位；共建单位；状态；日期。后四项可以不写。",
        "例如：老旧电梯改造；建设银行；物业公司；进行中；11月20日",
        NO_NAMES,
    )


def drop_buttons() -> tuple[tuple[Button, ...], ...]:
    return ((DROP,),)


def activities(community: Community, found: Sequence[Activity], page: int) -> Text:
    """The latest first."""
    return lines(
        bold(f"{community.name}{ACTIVITIES}：{len(found)}次{_page(found, page)}"),
        *(f"{place}. {dates.long_day(one.on)} {activity(one)}" for place, one in _on(found, page)),
        None if found else NONE_YET,
    )


def activity(one: Activity) -> str:
    units = f"，{one.units}" if one.units else ""
    return f"{one.title}{units}，{one.head_count}人次"


def activity_buttons(community: Community, found: Sequence[Activity], page: int) -> Rows:
    keys = [
        Button(f"删除{place}", "activities", f"{community.id}:{one.id}")
        for place, one in _on(found, page)
    ]
    turns = _turns(found, page, "activities", f"{community.id}:page")
    return (*pairs(keys), *turns, (Button(ADD_ACTIVITY, "activityline", str(community.id)),))


def write_activity() -> Text:
    return lines(
        "请写一行：活动；日期；参加单位；人数。",
        "例如：清洁家园；11月15日；第一小学、区医院；32人",
        "只写单位和人数，不写姓名。",
    )
