"""What is said about procedures: the steps as the documents name them, what is done and what is missing."""

from collections.abc import Sequence

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.calling import DROP
from handlers.texts.text import Text, bold, lines
from records.model import Procedure
from records.trackers import Tracker

NAMES = {
    Procedure.FOUR_STEPS: "四步议事法",
    Procedure.FIVE_STEPS: "兼职委员产生五个程序",
    Procedure.FOUNDING: "设立请示",
}
STEPS = {
    Procedure.FOUR_STEPS: ("居民群众建议", "班子成员提议", "大党委会议决议", "党员群众评议"),
    Procedure.FIVE_STEPS: ("广泛推荐", "组织遴选", "上级批复", "组织聘用", "社区公示"),
    Procedure.FOUNDING: (
        "请示内容：辖区区域范围",
        "请示内容：辖区党组织数量及名称",
        "请示内容：拟任“大党委”班子成员",
        "报出请示",
        "批复或通知",
        "报备",
    ),
}
CLAUSES = {
    Procedure.FOUR_STEPS: "依据：问答第6问“居民群众建议、班子成员提议、大党委会议决议、党员群众评议”",
    Procedure.FIVE_STEPS: (
        "依据：问答第3问“广泛推荐、组织遴选(社区党组织会议研究)、上级批复(街道党工委审批,组织部备案)、"
        "组织聘用(社区党组织下聘书)、社区公示五个程序”"
    ),
    Procedure.FOUNDING: (
        "依据：问答第4问“请示内容应包括辖区区域范围、辖区党组织数量及名称,拟任“大党委”班子成员”"
    ),
}
WRITE_TITLES = {
    Procedure.FOUR_STEPS: "请写议题的摘要，例如：老旧小区加装电梯。不写居民姓名。",
    Procedure.FIVE_STEPS: "请写拟聘兼职委员的姓名和单位，例如：陈敏，第一小学",
    Procedure.FOUNDING: "请写社区名称，例如：幸福里社区",
}
NONE_YET = "还没有登记办理进度。请选择要登记的事项："
OVERVIEW = "办理进度"
TO_DO = "待登记"


def overview(trackers: Sequence[Tracker]) -> Text:
    if not trackers:
        return Text(NONE_YET)
    return lines(
        bold(OVERVIEW),
        *(
            f"{place}. {NAMES[one.procedure]}：{one.title}（{_progress(one)}）"
            for place, one in enumerate(trackers, start=1)
        ),
    )


def _progress(tracker: Tracker) -> str:
    names = STEPS[tracker.procedure]
    if not tracker.missing:
        return "已全部登记"
    return f"{len(tracker.steps)}/{len(names)}，下一步：{names[tracker.missing[0] - 1]}"


def overview_buttons(trackers: Sequence[Tracker]) -> tuple[tuple[Button, ...], ...]:
    known = [
        (Button(f"{place}. {one.title}", "tracker", str(one.id)),)
        for place, one in enumerate(trackers[-20:], start=max(1, len(trackers) - 19))
    ]
    new = [(Button(f"登记{name}", "newtracker", kind.value),) for kind, name in NAMES.items()]
    return (*known, *new)


def card(tracker: Tracker) -> Text:
    """What was done on which day; what was passed over is named."""
    done = {step.number: step for step in tracker.steps}
    rows = []
    for number, name in enumerate(STEPS[tracker.procedure], start=1):
        if number in done:
            note = f"（{done[number].note}）" if done[number].note else ""
            rows.append(f"{number}. {name}：{dates.full_day(done[number].on)}{note}")
        else:
            rows.append(f"{number}. {name}：{TO_DO}")
    skipped = "、".join(STEPS[tracker.procedure][number - 1] for number in tracker.skipped)
    return lines(
        bold(f"{NAMES[tracker.procedure]}：{tracker.title}"),
        f"缺步提示：{skipped}尚未登记。" if skipped else None,
        *rows,
        CLAUSES[tracker.procedure],
    )


def card_buttons(tracker: Tracker) -> tuple[tuple[Button, ...], ...]:
    return tuple(
        (Button(f"登记：{STEPS[tracker.procedure][number - 1]}", "step", f"{tracker.id}:{number}"),)
        for number in tracker.missing
    )


def write_day(tracker: Tracker, number: int) -> Text:
    name = STEPS[tracker.procedure][number - 1]
    example = "11月18日 文号：街党发〔2026〕8号" if "批复" in name else "11月18日"
    return Text(f"{name}：请写日期，可加简短备注，例如：{example}")


def drop_buttons() -> tuple[tuple[Button, ...], ...]:
    return ((DROP,),)
