"""What is said while a day is asked for: today by a button, another by its month, or typed."""

from collections.abc import Sequence
from datetime import date

from handlers.conversation import Button
from handlers.texts.office import DROP
from handlers.texts.text import Text
from records.calendar import Month

TODAY, OTHER_MONTHS = "今天", "其他月份"
OR_TYPED = "请选日期，也可以直接发送日期，例如：9月12日"
WHICH_MONTH = "请选月份，也可以直接发送日期，例如：9月12日"
IN_A_ROW = 3


def day_buttons(action: str, carried: str, today: date) -> tuple[tuple[Button, ...], ...]:
    return (
        (Button(TODAY, action, f"{carried}:{today.isoformat()}"), months_button(action, carried)),
    )


def months_button(action: str, carried: str) -> Button:
    return Button(OTHER_MONTHS, "months", f"{action}:{carried}")


def month_buttons(
    action: str, carried: str, months: Sequence[Month], today: date
) -> tuple[tuple[Button, ...], ...]:
    keys = [
        Button(_named(month, today), "month", f"{action}:{carried}:{month.key}") for month in months
    ]
    return tuple(tuple(keys[place : place + IN_A_ROW]) for place in range(0, len(keys), IN_A_ROW))


def _named(month: Month, today: date) -> str:
    """With the year where it is another."""
    return f"{month.month}月" if month.year == today.year else f"{month.year}年{month.month}月"


def which_day(month: Month) -> Text:
    return Text(f"请发送{month.year}年{month.month}月的哪一天，例如：12日")


def drop_buttons() -> tuple[tuple[Button, ...], ...]:
    return ((DROP,),)
