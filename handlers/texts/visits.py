"""What is said about visits: asked for, noted, confirmed by the unit, listed."""

from collections.abc import Collection, Sequence
from datetime import date

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.days import months_button
from handlers.texts.duties import basis
from handlers.texts.office import MOST, pairs
from handlers.texts.registrations import NEXT, PREVIOUS, VISIT_FORMS, WITHDRAW
from handlers.texts.text import Text, bold, lines
from records.calendar import HalfYear
from records.duties import owed_by_units
from records.model import Community, ContactForm, Duty, Person, Unit, Visit

LISTS, ACTIVITIES, EARLIER = "需求、资源、项目", "志愿服务活动", "走访记录"
NO_NAMES = "不登记居民、职工姓名"
DONE_LABEL = "确认登记"
FIELDS = {
    "visitors": "走访人员",
    "needs": "单位需求",
    "opinions": "意见建议",
    "handling": "处理情况",
    "done_on": "完成日期",
}
SUPPLEMENTS = {
    "needs": "补充需求",
    "opinions": "补充意见建议",
    "handling": "补充处理情况",
    "done_on": "补充完成日期",
    "visitors": "改走访人员",
}
NONE_YET = "还没有登记走访。"
NOT_COUNTED = "走访标为不计入联系沟通"
COMING = "《走访联系记录表》稍后发来。"
ON_A_PAGE = 8
CHOSEN = "（已选）"


def which_unit(units: int) -> Text:
    """More units than a message has buttons are typed."""
    return lines(
        "登记社区党组织走访单位。请选择单位：",
        f"这里只列{MOST}个单位，其余单位请直接发送：/visit 单位名称" if units > MOST else None,
        basis(Duty.VISIT),
    )


def unit_buttons(community: Community, units: Sequence[Unit]) -> tuple[tuple[Button, ...], ...]:
    keys = [Button(one.name, "visit", f"{community.id}:{one.id}") for one in units[:MOST]]
    number = str(community.id)
    return (
        *pairs(keys),
        (Button(EARLIER, "visits", number), Button(ACTIVITIES, "activities", number)),
        (Button(LISTS, "projects", number),),
    )


def ask_form(unit: Unit, on: date) -> Text:
    return lines(
        f"登记走访{unit.name}，日期{dates.full_day(on)}。",
        "请选择形式；日期不对的，点“其他月份”，或直接发送日期，例如：9月12日",
    )


def form_buttons(carried: str, unit_carried: str) -> tuple[tuple[Button, ...], ...]:
    keys = [Button(name, "visit", f"{carried}:{form.value}") for form, name in VISIT_FORMS.items()]
    return (*pairs(keys), (months_button("visit", unit_carried),))


def ask_visitors(unit: Unit, on: date, form: ContactForm) -> Text:
    return lines(
        f"登记走访{unit.name}，日期{dates.full_day(on)}，{VISIT_FORMS[form]}。",
        "请点选走访人员后确认，也可以直接发送姓名，例如：王岚、赵卫国",
    )


def visitor_buttons(
    people: Sequence[Person], chosen: Collection[int], carried: str, marks: Sequence[str], now: str
) -> tuple[tuple[Button, ...], ...]:
    """Each press carries what is chosen after it; 确认登记 what is chosen now."""
    keys = [
        Button(f"{one.name}{CHOSEN if place in chosen else ''}", "visit", f"{carried}:{mark}")
        for place, (one, mark) in enumerate(zip(people, marks, strict=True))
    ]
    return (*pairs(keys), (Button(DONE_LABEL, "visitdone", f"{carried}:{now}"),))


def card(visit: Visit, *, can_count: bool) -> Text:
    """What is noted of a visit; what is not noted is left out."""
    fact = visit.registration
    unit = fact.unit.name if fact.unit is not None else ""
    return lines(
        bold(f"走访{unit}：{dates.full_day(fact.on)}，{_form(visit)}"),
        f"走访人员：{visit.visitors}",
        f"单位需求：{visit.needs}" if visit.needs else None,
        f"意见建议：{visit.opinions}" if visit.opinions else None,
        f"处理情况：{visit.handling}" if visit.handling else None,
        f"完成日期：{dates.long_day(visit.done_on)}" if visit.done_on is not None else None,
        f"联系沟通：{counted(visit, can_count=can_count)}。",
    )


def _form(visit: Visit) -> str:
    return VISIT_FORMS[visit.registration.form or ContactForm.OTHER]


def counted(visit: Visit, *, can_count: bool) -> str:
    """Whether it stands for the unit's contact."""
    half = dates.period(HalfYear.of(visit.registration.on))
    if not owes(visit.registration.unit):
        return "该单位不列入"
    if visit.counts is None:
        return "待单位确认" if can_count else "单位没有可以确认的联络员，暂不计入"
    return f"单位已确认，计入{half}" if visit.counts else "不计入"


def owes(unit: Unit | None) -> bool:
    """Whether the unit owes contact at all (第6问)."""
    return unit is not None and owed_by_units(unit.is_local, unit.has_party_organisation)


def card_buttons(visit: Visit) -> tuple[tuple[Button, ...], ...]:
    carried = carried_of(visit)
    supplements = [
        Button(name, "visitnote", f"{carried}:{field}") for field, name in SUPPLEMENTS.items()
    ]
    rest = [Button("打印记录表", "visitform", carried)]
    if visit.counts is not False and owes(visit.registration.unit):
        rest.append(Button("不计入联系沟通", "visitcounts", f"{carried}:no"))
    rest.append(Button(WITHDRAW, "withdrawfact", carried))
    return (*pairs(supplements), *pairs(rest))


def carried_of(visit: Visit) -> str:
    return f"{visit.registration.community_id}:{visit.registration.id}"


def recorded(visit: Visit, *, can_count: bool) -> Text:
    told = "已请单位联络员确认是否计入联系沟通。" if can_count else None
    return lines("已登记走访。", card(visit, can_count=can_count), told)


def write(visit: Visit, field: str) -> Text:
    unit = visit.registration.unit.name if visit.registration.unit is not None else ""
    if field == "done_on":
        return Text(f"请发送走访{unit}所提事项的完成日期，例如：11月28日")
    if field == "visitors":
        return Text("请发送走访人员姓名，例如：王岚、赵卫国")
    return Text(f"请写走访{unit}的{FIELDS[field]}，不超过500字，{NO_NAMES}。")


def to_liaison(visit: Visit, by: Person) -> Text:
    """What the unit is asked: whether it was so, and whether it counts."""
    on = visit.registration.on
    return lines(
        f"{by.name}同志登记：{dates.day(on)}走访贵单位（{_form(visit)}）。",
        f"请确认是否计入贵单位{dates.period(HalfYear.of(on))}的联系沟通。",
        basis(Duty.HALF_YEAR_CONTACT),
    )


def liaison_buttons(visit: Visit) -> tuple[tuple[Button, ...], ...]:
    carried = carried_of(visit)
    return (
        (Button("确认，计入本期联系沟通", "visitcounts", f"{carried}:yes"),),
        (Button("属实，不计入", "visitcounts", f"{carried}:true"),),
    )


def answered(visit: Visit) -> Text:
    """What the liaison reads in the place of the question."""
    fact = visit.registration
    half = dates.period(HalfYear.of(fact.on))
    if visit.counts:
        return Text(f"已确认：{dates.day(fact.on)}走访，计入{half}的联系沟通，不再提醒。")
    return Text(f"已登记：{dates.day(fact.on)}走访属实，不计入{half}的联系沟通。")


def told(visit: Visit, by: Person) -> Text:
    """What whoever has registered the visit reads of the unit's answer."""
    fact = visit.registration
    unit = fact.unit.name if fact.unit is not None else ""
    what = f"{dates.day(fact.on)}走访{unit}"
    half = dates.period(HalfYear.of(fact.on))
    if visit.counts:
        return Text(f"{by.name}（{unit}）已确认：{what}，计入{half}的联系沟通。")
    return Text(f"{by.name}（{unit}）已确认：{what}属实，不计入联系沟通。")


def not_counted(visit: Visit, by: Person) -> Text:
    """To the liaison who had confirmed it."""
    fact = visit.registration
    half = dates.period(HalfYear.of(fact.on))
    return lines(
        f"{by.name}同志把{dates.day(fact.on)}的走访标为不计入，{half}的联系沟通按其他登记计算。",
        "如有疑问，请与工作人员联系。",
    )


def listed(community: Community, visits: Sequence[Visit], *, page: int, pages: int) -> Text:
    if not visits:
        return Text(NONE_YET)
    number = f"（第{page}页，共{pages}页）" if pages > 1 else ""
    return lines(
        bold(f"{community.name}走访记录{number}"),
        *(f"{place}. {_row(one)}" for place, one in enumerate(visits, start=1)),
        "点编号查看、补充、打印。",
    )


def _row(visit: Visit) -> str:
    fact = visit.registration
    unit = fact.unit.name if fact.unit is not None else ""
    return f"{dates.full_day(fact.on)} {unit}，{_form(visit)}，{visit.visitors}"


def list_buttons(
    community: Community, visits: Sequence[Visit], *, page: int, pages: int
) -> tuple[tuple[Button, ...], ...]:
    keys = [Button(str(place), "visitcard", carried_of(one)) for place, one in enumerate(visits, 1)]
    turns = tuple(
        Button(name, "visits", f"{community.id}:{other}")
        for name, other in ((PREVIOUS, page - 1), (NEXT, page + 1))
        if 1 <= other <= pages
    )
    rows = [tuple(keys[place : place + 4]) for place in range(0, len(keys), 4)]
    return (*rows, *((turns,) if turns else ()))
