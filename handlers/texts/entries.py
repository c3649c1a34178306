"""What is said about entries of the Party organisation and about copies of the results of an appraisal."""

from collections.abc import Mapping, Sequence
from datetime import date

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.duties import NAMES, NOT_UNDONE, OF_2006, SET_BY_US, basis
from handlers.texts.meetings import title
from handlers.texts.office import DROP, MOST, pairs
from handlers.texts.text import Text, bold, lines
from records.appraisals import Results
from records.calendar import day_of
from records.model import Community, Duty, Meeting, Person, Registration, Unit

ASKED = {
    Duty.DEMOCRATIC_LIFE: "请写民主生活会的召开日期，例如：12月10日",
    Duty.UPWARD_REPORT: "请写报告日期，例如：12月10日",
    Duty.PUBLIC_REVIEW: "请写开展监督评议的日期，例如：12月10日",
}
KEPT = {
    Duty.DEMOCRATIC_LIFE: "由社区党组织登记，只登记归属年度、召开日期和登记人，不记录会议内容。",
    Duty.UPWARD_REPORT: "只登记日期和登记人。",
    Duty.PUBLIC_REVIEW: "只登记是否开展，不登记居民姓名。",
}


def ask_day(duty: Duty) -> Text:
    return lines(ASKED[duty], KEPT[duty], OF_2006 if duty is Duty.DEMOCRATIC_LIFE else None)


def day_buttons(community: Community, duty: Duty, today: date) -> tuple[tuple[Button, ...], ...]:
    carried = f"{community.id}:{duty.value}:{today.isoformat()}"
    return ((Button(f"今天（{dates.day(today)}）", "entered", carried), DROP),)


def ask_year(duty: Duty, on: date) -> Text:
    return Text(f"{dates.full_day(on)}的{NAMES[duty]}归属哪一年度？（{SET_BY_US}）")


def year_buttons(
    community: Community, duty: Duty, on: date, years: Sequence[int]
) -> tuple[tuple[Button, ...], ...]:
    carried = f"{community.id}:{duty.value}:{on.isoformat()}"
    return (tuple(Button(f"归属{year}年", "entered", f"{carried}:{year}") for year in years),)


def recorded(registration: Registration, by: Person) -> Text:
    year = registration.counts_on.year
    belongs = f"归属{year}年度，" if registration.duty is Duty.DEMOCRATIC_LIFE else ""
    day = dates.full_day(registration.on)
    return lines(
        f"已登记{NAMES[registration.duty]}：{belongs}{day}，登记人{by.name}。",
        OF_2006 if registration.duty is Duty.DEMOCRATIC_LIFE else None,
    )


def copies(
    meeting: Meeting, owing: Sequence[Unit], done: Mapping[Unit, Registration], results: Results
) -> Text:
    """Unit by unit: the result as it was written, the day of the copy or 尚未抄报; no term is set."""
    held = dates.long_day(day_of(meeting.opened_at or meeting.starts_at))
    left = sum(unit not in done for unit in owing)
    return lines(
        bold(f"{held}{title(meeting)}抄报清单"),
        *(
            f"{unit.name}：{_result(results.get(unit.id))}{_copied(done.get(unit))}"
            for unit in owing
        ),
        f"社区大党委：评价结果{results[None]}" if None in results else None,
        f"按钮只列{MOST}个单位，登记后再列其余单位。" if left > MOST else None,
        basis(Duty.COPY),
        f"原文未写时限。{NOT_UNDONE}",
    )


def _result(result: str | None) -> str:
    return f"评价结果{result}，" if result is not None else ""


def _copied(sent: Registration | None) -> str:
    return f"{dates.long_day(sent.on)}抄报" if sent is not None else "尚未抄报"


def copy_buttons(
    community: Community, meeting: Meeting, left: Sequence[Unit]
) -> tuple[tuple[Button, ...], ...]:
    carried = f"{community.id}:{meeting.id}"
    return pairs([Button(unit.name, "copied", f"{carried}:{unit.id}") for unit in left[:MOST]])


def ask_copied(unit: Unit) -> Text:
    return Text(f"{unit.name}的评价结果已抄报其上级党组织？请点日期，或写日期，例如：1月20日")


def copied_buttons(carried: str, today: date) -> tuple[tuple[Button, ...], ...]:
    day = Button(f"今天（{dates.day(today)}）", "copied", f"{carried}:{today.isoformat()}")
    return ((day, DROP),)
