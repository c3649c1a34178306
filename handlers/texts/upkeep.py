"""What is asked once a year about documents and taught answers, and that questions wait for an answer."""

from datetime import date

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.documents import named
from handlers.texts.text import Text, lines
from records.documents import Filed
from records.taught import Taught

SHOWN = 60  # characters of a question

Buttons = tuple[tuple[Button, ...], ...]


def document(filed: Filed, today: date) -> Text:
    """Whether it still holds: a year after it was filed or confirmed, or past its own end."""
    card = named(filed.title) + (f"（{filed.number}）" if filed.number else "")
    if filed.valid_until is not None and filed.is_expired(today):
        end = dates.long_day(filed.valid_until)
        return lines(
            f"{card}有效期至{end}，现已到期，不再用于作答。",
            "是否仍然有效请核对；仍然有效的，点“仍然有效”后继续用于作答。",
        )
    since = "收录" if filed.checked_on is None else f"{dates.long_day(filed.checked_on)}核对后"
    return Text(f"{card}{since}已满一年，是否仍然有效请核对。")


def document_buttons(filed: Filed) -> Buttons:
    number = str(filed.id)
    return (
        (Button("仍然有效", "docvalid", number),),
        (Button("已失效，撤回", "docwithdraw", number),),
        (Button("查看", "doc", number),),
    )


def questions(number: int) -> Text:
    return Text(
        f"上次提示以来，有{number}个问题现有文件没有答复，尚待处理。请发送 /unanswered 查看，可以直接补充答复。"
    )


def taught(one: Taught) -> Text:
    question = one.question[:SHOWN] + ("……" if len(one.question) > SHOWN else "")
    day = dates.long_day(one.review_on) if one.review_on is not None else ""
    return lines(
        f"本社区补充第{one.number}条已到复核日期（{day}），请核对答复是否仍然适用。",
        f"问：{question}",
    )


def taught_buttons(one: Taught) -> Buttons:
    number = str(one.id)
    return ((Button("继续使用", "taughtkeep", number), Button("撤回", "taughtdrop", number)),)
