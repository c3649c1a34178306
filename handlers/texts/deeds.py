"""What is said while a deed of a unit for the community is registered."""

from collections.abc import Sequence
from datetime import date

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.days import TODAY, months_button
from handlers.texts.office import DROP
from handlers.texts.text import Text, lines
from records.model import Project, Unit

TITLE = "标题写一行，不超过100字，不写居民姓名"
EXAMPLE = "为小区更换路灯 11月20日"
OFFERED = 8  # projects to choose from


def ask_day(unit: Unit) -> Text:
    return lines(
        f"登记{unit.name}为社区办的实事好事。",
        f"请选日期，也可以直接发送标题和日期，例如：{EXAMPLE}",
        f"{TITLE}。不用传照片。",
    )


def day_buttons(unit: Unit, today: date) -> tuple[tuple[Button, ...], ...]:
    key = Button(TODAY, "deed", f"{unit.id}:{today.isoformat()}")
    return ((key, months_button("deed", str(unit.id))),)


def ask_title(unit: Unit, on: date, *, offered: bool) -> Text:
    choose = "请点项目，或发送标题" if offered else "请发送标题"
    return lines(
        f"登记{unit.name}为社区办的实事好事，日期{dates.full_day(on)}。",
        f"{choose}，例如：为小区更换路灯。{TITLE}。",
    )


def title_buttons(
    unit: Unit, on: date, projects: Sequence[Project]
) -> tuple[tuple[Button, ...], ...]:
    keys = [
        (Button(one.title, "deed", f"{unit.id}:{on.isoformat()}:{one.id}"),)
        for one in projects[:OFFERED]
    ]
    return (*keys, (DROP,))
