"""What is said about answers that a community has taught itself: checked, listed, withdrawn, looked at again."""

from collections.abc import Sequence
from datetime import date

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.office import BACK, DROP
from handlers.texts.setup import ROLES
from handlers.texts.text import Text, bold, lines
from handlers.texts.unanswered import SUPPLEMENT, short
from records.calendar import day_of
from records.model import Community, TaughtState
from records.taught import Taught

Rows = tuple[tuple[Button, ...], ...]

STATES = {
    TaughtState.PENDING: "待审核",
    TaughtState.APPROVED: "使用中",
    TaughtState.WITHDRAWN: "已撤回",
}
NONE_YET = "还没有本社区补充。在待答问题中答复后，可收入知识库。"
ALONE = "本社区已确认身份的书记和党务工作者只有您一位，还没有人可以审核。请先在 /roster 发绑定码，由书记确认身份后审核。"
ON_A_PAGE = 8
MOST_ASKS = 20


def handed_in(one: Taught, *, asked: int) -> Text:
    """It waits for a second person; or there is none yet."""
    waits = (
        f"已请{asked}位同志审核，同意后在本社区作答。"
        if asked
        else f"{ALONE}审核在“本社区补充”中办理。"
    )
    return lines(bold(f"本社区补充第{one.number}条待审核"), waits)


def to_check(one: Taught, community: Community) -> Text:
    return lines(
        bold("请核对："),
        f"{community.name}{ROLES[one.author_role]}提出收入本社区知识库：",
        *_words(one),
        f"同意后在本社区作答，注明“{SUPPLEMENT}”，一年后复核。",
    )


def check_buttons(one: Taught) -> Rows:
    carried = str(one.id)
    return ((Button("同意收入", "taughtyes", carried), Button("不同意", "taughtno", carried)),)


def _words(one: Taught) -> list[str]:
    asks = [f"另一种问法：{ask}" for ask in one.asks]
    return [f"问：{one.question}", *asks, f"答：{one.answer}"]


def approved(one: Taught) -> Text:
    until = f"，请在{dates.long_day(one.review_on)}前复核" if one.review_on else ""
    return Text(f"本社区补充第{one.number}条已收入知识库{until}。")


def refused(one: Taught) -> Text:
    return Text(f"本社区补充第{one.number}条未收入知识库：{short(one.question)}")


def listed(community: Community, found: Sequence[Taught], page: int, today: date) -> Text:
    count, last = len(found), pages(found)
    return lines(
        bold(f"本社区补充（{community.name}）：{count}条")
        + (f"（第{page}页，共{last}页）" if last > 1 else ""),
        *(
            f"第{one.number}条　{_state(one, today)}　{short(one.question)}"
            for one in _on(found, page)
        ),
        None if found else NONE_YET,
    )


def _state(one: Taught, today: date) -> str:
    return "待复核" if one.review_due(today) else STATES[one.state]


def pages(found: Sequence[Taught]) -> int:
    return max(1, -(-len(found) // ON_A_PAGE))


def _on(found: Sequence[Taught], page: int) -> Sequence[Taught]:
    return found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]


def list_buttons(community: Community, found: Sequence[Taught], page: int) -> Rows:
    keys = [
        Button(f"第{one.number}条 {short(one.question, 16)}", "taughtone", str(one.id))
        for one in _on(found, page)
    ]
    turns = tuple(
        Button(label, "taughts", f"{community.id}:{number}")
        for label, number in (("上一页", page - 1), ("下一页", page + 1))
        if 1 <= number <= pages(found)
    )
    back = Button(BACK, "unanswered", f"{community.id}:1")
    return (*((key,) for key in keys), *((turns,) if turns else ()), (back,))


def shown(one: Taught, community: Community, today: date) -> Text:
    """The whole answer: who wrote and who approved it, in which role, and when it is looked at again."""
    day = dates.long_day(day_of(one.taught_at))
    wrote = f"{community.name}{ROLES[one.author_role]}答复，{day}"
    checked = None
    if one.approved_role is not None and one.approved_at is not None:
        day = dates.long_day(day_of(one.approved_at))
        checked = f"{ROLES[one.approved_role]}审核，{day}"
    review = f"{dates.long_day(one.review_on)}前复核" if one.review_on else None
    return lines(
        bold(f"本社区补充第{one.number}条（{_state(one, today)}）"),
        *_words(one),
        wrote,
        checked,
        review,
    )


def buttons(one: Taught, today: date) -> Rows:
    carried = str(one.id)
    back = Button(BACK, "taughts", f"{one.community_id}:1")
    if one.state is TaughtState.WITHDRAWN:
        return ((back,),)
    asks = Button("补充问法", "taughtasks", carried)
    away = Button("撤回", "taughtdrop", carried)
    first = check_buttons(one) if one.state is TaughtState.PENDING else ()
    if one.review_due(today):
        first = ((Button("继续使用", "taughtkeep", carried),),)
    return (*first, (asks, away), (back,))


def write_asks(one: Taught) -> Text:
    return lines(
        f"请写出第{one.number}条的其他问法，一行一种，最多{MOST_ASKS}行：",
        f"问：{one.question}",
        "发来的将替换原有的其他问法。",
    )


def drop_buttons() -> Rows:
    return ((DROP,),)


def really_drop(one: Taught) -> Text:
    return lines(
        bold(f"撤回本社区补充第{one.number}条"),
        f"问：{short(one.question)}",
        "撤回后不再用于作答，以后需要的，请重新答复并收入。",
    )


def really_drop_buttons(one: Taught) -> Rows:
    carried = str(one.id)
    return (
        (Button("确认撤回", "taughtdrop", f"{carried}:yes"), Button(BACK, "taughtone", carried)),
    )


def dropped(one: Taught) -> Text:
    return Text(f"本社区补充第{one.number}条已撤回，不再用于作答。")


def kept(one: Taught) -> Text:
    until = dates.long_day(one.review_on) if one.review_on else ""
    return Text(f"本社区补充第{one.number}条继续使用，请在{until}前再次复核。")
