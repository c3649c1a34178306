"""What is said about registrations: what was registered, how it stands, confirmed, taken back; the list of them."""

from collections.abc import Mapping, Sequence
from datetime import date

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.contacts import FORMS
from handlers.texts.duties import NAMES, SET_BY_US, STATES_OUTSIDE
from handlers.texts.office import DROP
from handlers.texts.text import Text, bold, lines
from records import duties
from records.calendar import day_of
from records.model import Community, ContactForm, Duty, DutyState, Person, Registration
from records.register import Occurrence
from records.standing import Registered

VISIT_FORMS = {**FORMS, ContactForm.VISIT: "上门"}  # seen from the community that visits
REPORTS = {
    Duty.REPORT_TO_UNIT: "向所在单位党组织述职",
    Duty.REPORT_TO_COMMITTEE: "向社区大党委述职",
}
REGISTERED = {
    DutyState.REGISTERED_LATER: "已登记（补登）",
    DutyState.ENTERED_BEFORE_START: "已登记（启用前补录）",
}
WAITS, IN_LIST = "待工作人员确认一次。", "待确认"
CONFIRM, WITHDRAW, LIST, CONFIRM_ALL = "确认", "撤销登记", "登记明细", "全部确认"
GONE = "这项登记已撤销，不用再确认。"
NOTHING = "今年和去年还没有登记。"
ENTER_PAST = "补录历史登记"
PREVIOUS, NEXT = "上一页", "下一页"
ON_A_PAGE = 8


def what(done: Registered) -> str:
    """建设银行幸福里支行，2026年9月12日（周六），来访."""
    fact = done.fact
    day = dates.full_day(fact.on)
    if fact.duty in REPORTS and done.member is not None:
        return f"{done.member.name}同志，{day}，{REPORTS[fact.duty]}"
    owner = f"{fact.unit.name}，" if fact.unit is not None else ""
    return f"{owner}{day}，{_matter(fact)}"


def _matter(fact: Registration) -> str:
    """What was done: how a unit kept in contact, what it did for the community."""
    if fact.duty is Duty.HALF_YEAR_CONTACT:
        form = fact.form or ContactForm.OTHER
        if fact.arises_from is not None:
            return f"{VISIT_FORMS[form]}（走访，单位已确认）"
        return FORMS[form]
    if fact.duty is Duty.VISIT:
        return f"走访（{VISIT_FORMS[fact.form or ContactForm.OTHER]}）"
    return fact.title or NAMES[fact.duty]


def is_to_confirm(done: Registered) -> bool:
    """A worker is to look at it once."""
    return done.fact.confirmed_at is None


def recorded(done: Registered, *, today: date, years: Sequence[int] = ()) -> Text:
    """已登记 and what follows from it; with several years what may be chosen."""
    return lines(
        f"{_word(done)}：{what(done)}{_year(done)}。{_consequence(done, today)}",
        _which_year(done.fact, years) if len(years) > 1 else None,
    )


def _word(done: Registered) -> str:
    return REGISTERED.get(done.state, "已登记") if done.state is not None else "已登记"


def _which_year(fact: Registration, years: Sequence[int]) -> str:
    before = min(years)
    if may_be_chosen(fact, before):
        return f"1月31日前办的可以归属上一年度（{SET_BY_US}）。"
    return f"归入{before}年的为期后登记，不计入{fact.on.year}年。"


def _year(done: Registered) -> str:
    """Which year it belongs to, where one may be chosen."""
    kind = duties.KINDS.get(done.fact.duty)
    if kind is None or kind.given_until is None or done.period is None:
        return ""
    chosen = f"（{SET_BY_US}）" if done.fact.counts_on != done.fact.on else ""
    return f"，归属{done.period.year}年{chosen}"


def _consequence(done: Registered, today: date) -> str:
    if done.period is None:
        return ""
    if done.state is DutyState.AFTER_PERIOD:
        return f"归入{dates.period(done.period)}：期后登记，不计入本期。"
    if is_to_confirm(done):
        return WAITS
    if done.state is DutyState.FULFILLED and today <= done.period.last:
        of = "" if done.fact.duty in REPORTS else "的"
        return f"{dates.period(done.period)}{of}{NAMES[done.fact.duty]}不再提醒。"
    return ""


def recorded_buttons(done: Registered, years: Sequence[int] = ()) -> tuple[tuple[Button, ...], ...]:
    """The years it may be given to, if more than one; taking it back while no worker has confirmed it."""
    carried = _carried(done.fact)
    own = done.fact.on.year
    keys = tuple(
        Button(
            f"归属{year}年" if may_be_chosen(done.fact, year) else f"归入{year}年（期后）",
            "factyear",
            f"{carried}:{year}",
        )
        for year in years
        if len(years) > 1 and year in (own, own - 1)
    )
    return (*((keys,) if keys else ()), (Button(WITHDRAW, "withdrawfact", carried),))


def may_be_chosen(fact: Registration, year: int) -> bool:
    """Whether the day still lies within those in which the year may be chosen."""
    kind = duties.KINDS.get(fact.duty)
    given = kind.given_until if kind is not None else None
    return year == fact.on.year or (given is not None and fact.on <= date(fact.on.year, *given))


def _carried(fact: Registration) -> str:
    return f"{fact.community_id}:{fact.id}"


def note(done: Registered) -> Text:
    """To the worker: what somebody has registered."""
    unit = f"（{done.by.unit.name}）" if done.by.unit is not None else ""
    return lines(
        f"{done.by.name}{unit}登记了{NAMES[done.fact.duty]}，请核对。",
        f"{_word(done)}：{what(done)}{_year(done)}；登记日期{dates.day(day_of(done.fact.recorded_at))}。",
    )


def note_buttons(fact: Registration) -> tuple[tuple[Button, ...], ...]:
    carried = _carried(fact)
    return ((Button(CONFIRM, "confirmfact", carried), Button(WITHDRAW, "withdrawfact", carried)),)


def confirmed(done: Registered) -> Text:
    """The note, once it is confirmed; by whom."""
    by, at = done.confirmed_by, done.fact.confirmed_at
    who = f"（{by.name}，{dates.day(day_of(at))}）" if by is not None and at is not None else ""
    return Text(f"已确认{who}：{what(done)}{_year(done)}。")


def confirmed_all(count: int) -> str:
    return f"已确认{count}项。"


# taken back


def why(done: Registered) -> Text:
    return lines(f"撤销登记：{what(done)}。", "请写明撤销原因，不超过200字。")


def why_buttons() -> tuple[tuple[Button, ...], ...]:
    return ((DROP,),)


def withdrawn(done: Registered, left: Occurrence | None) -> Text:
    """What becomes of the matter: open again, or still fulfilled by something else."""
    return lines(f"已撤销：{what(done)}。{_left(left)}")


def _left(left: Occurrence | None) -> str:
    if left is None:
        return ""
    state = STATES_OUTSIDE[left.state]
    name = f"{dates.period(left.period)}{NAMES[left.duty]}"
    if left.facts or left.meetings:
        return f"{name}另有登记，仍为“{state}”。"
    return f"{name}恢复为“{state}”。"


def withdrawn_note(done: Registered, by: Person, reason: str, left: Occurrence | None) -> Text:
    """To the unit's liaison or to the member, with the reason."""
    return lines(
        f"{by.name}同志撤销了登记：{what(done)}。",
        f"原因：{reason}。",
        _left(left) or None,
        "如有疑问，请与工作人员联系。",
    )


def withdrawn_buttons(community: Community, *, manages: bool) -> tuple[tuple[Button, ...], ...]:
    return ((Button(LIST, "facts", str(community.id)),),) if manages else ()


# the list


def listed(
    community: Community,
    found: Sequence[Registered],
    *,
    page: int,
    pages: int,
    total: int,
    waiting: int,
    years: Sequence[int],
) -> Text:
    """A page of it, under a heading for each duty; what waits for a worker comes first."""
    if not total:
        return lines(bold(f"{community.name}{LIST}"), NOTHING)
    counts = f"{total}项" + (f"，{IN_LIST}{waiting}项" if waiting else "")
    number = f"（第{page}页，共{pages}页）" if pages > 1 else ""
    rows: list[Text | str] = []
    heading = ""
    for place, done in enumerate(found, start=1):
        name = IN_LIST if done.fact.confirmed_at is None else NAMES[done.fact.duty]
        if name != heading:
            heading = name
            rows.append(bold(heading))
        rows.append(f"{place}. {_row(done)}")
    return lines(
        bold(
            f"{community.name}{LIST}：{'、'.join(f'{year}年' for year in years)}共{counts}{number}"
        ),
        *rows,
    )


def _row(done: Registered) -> str:
    """What it is, with its duty where the heading does not say it, and how it stands."""
    duty = ""
    if done.fact.confirmed_at is None and done.fact.duty not in REPORTS:
        duty = f"{NAMES[done.fact.duty]}：" if done.fact.duty is not Duty.VISIT else ""
    states: Mapping[DutyState | None, str] = {
        DutyState.REGISTERED_LATER: "（补登）",
        DutyState.AFTER_PERIOD: "（期后）",
        DutyState.ENTERED_BEFORE_START: "（启用前补录）",
    }
    return f"{duty}{what(done)}{_year(done)}{states.get(done.state, '')}"


def list_buttons(
    community: Community,
    found: Sequence[Registered],
    *,
    page: int,
    pages: int,
    waiting: Sequence[Registration],
) -> tuple[tuple[Button, ...], ...]:
    """确认 and 撤销 with the number of the row; then all that waits at once, and the other pages."""
    rows: list[tuple[Button, ...]] = []
    taken_back: list[Button] = []
    for place, done in enumerate(found, start=1):
        carried = _carried(done.fact)
        back = Button(f"撤销{place}", "withdrawfact", carried)
        if done.fact.confirmed_at is None:
            rows.append((Button(f"{CONFIRM}{place}", "confirmfact", f"{carried}:{page}"), back))
        else:
            taken_back.append(back)
    rows += [tuple(taken_back[place : place + 4]) for place in range(0, len(taken_back), 4)]
    if waiting:  # what is registered meanwhile was not seen
        newest = max(one.id for one in waiting)
        label = f"{CONFIRM_ALL}（{len(waiting)}项）"
        rows.append((Button(label, "confirmall", f"{community.id}:{newest}"),))
    turns = [
        Button(name, "facts", f"{community.id}:{other}")
        for name, other in ((PREVIOUS, page - 1), (NEXT, page + 1))
        if 1 <= other <= pages
    ]
    if turns:
        rows.append(tuple(turns))
    return (*rows, (Button(ENTER_PAST, "pastfacts", str(community.id)),))
