"""What is said about any workbook that an office fills in: waited for, read, refused row by row, agreed to."""

from collections.abc import Sequence

from handlers.conversation import Button
from handlers.texts.office import DROP
from records.model import Community

SHOWN = 10  # faults that are listed
QUOTED = 20  # characters of a cell that a sentence repeats
EXAMPLE = "示例"
DATE_EXAMPLE = "2026-11-10"
NOTES_SHEET = "填表说明"

READING = "已收到补录表，正在核对。"
CONFIRM_FIRST = "补录还没有确认。请点“确认补录”或“取消”；表格有改动的，重新发送文件。"
NOT_A_WORKBOOK = "请发送 .xlsx 文件；旧版 .xls 请用 Excel 另存为 .xlsx 后再发。"
CHANGED_MEANWHILE = "名册或台账在此期间有变化，请按最新的核对结果确认。"
NOT_YET = "尚未写入。请核对后点“确认补录”。"

BROKEN = "打不开文件。请用 Excel 另存为 .xlsx 后再发。"
TOO_LARGE = "文件过大，不像补录表。请用模板填写。"
HAS_FORMULA = "有公式。请改为文字（粘贴为数值）。"
TOO_LONG = "有一格内容过长。请缩短。"
NO_DATE = f"没有写日期。请写作 {DATE_EXAMPLE}。"
YEAR_MISSING = f"“日期”没有写年份。请写作 {DATE_EXAMPLE}。"
NO_SUCH_DAY = "“日期”中没有这一天。请核对月份和日子。"
STILL_EXAMPLE = f"日期前还有“{EXAMPLE}”。要补录的请删去这两个字，不补录的请删去这一行。"
TOO_LONG_AGO = "日期在五年以前，不能补录。请核对年份。"


def file_first(name: str) -> str:
    return f"正在等待{name}的 .xlsx 文件。请发送文件，或点“取消”。"


def how_buttons() -> tuple[tuple[Button, ...], ...]:
    return ((DROP,),)


def missing(headings: Sequence[str]) -> str:
    return f"表中缺少“{'”“'.join(headings)}”列。请用模板的表头。"


def refused(faults: Sequence[str]) -> str:
    """The first of them, all in one message; nothing was written."""
    more = f"另有{len(faults) - SHOWN}处没有列出。" if len(faults) > SHOWN else ""
    ending = f"{more}请改好后重新发送文件。"
    return "\n".join((f"补录表有{len(faults)}处需要修改，没有补录。", *faults[:SHOWN], ending))


def in_row(number: int, fault: str) -> str:
    return f"第{number}行：{fault}"


def hidden(heading: str) -> str:
    return f"“{heading}”含有看不见的字符。请删去重新输入。"


def private(heading: str) -> str:
    return f"“{heading}”像电话或身份证号，不能保存。请删去。"


def ignored(columns: int) -> str | None:
    return f"已忽略{columns}列，未保存。" if columns else None


def preview_buttons(action: str, community: Community, seen: str) -> tuple[tuple[Button, ...], ...]:
    return ((Button("确认补录", action, f"{community.id}:{seen}"), DROP),)
