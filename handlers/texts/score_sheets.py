"""What is said about the score sheet of the mutual appraisal: the subdistrict's, and a community's filled one."""

from collections.abc import Sequence
from datetime import datetime

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.office import DROP
from handlers.texts.text import Text, lines
from records.calendar import day_of
from records.model import Community, Meeting, Unit

UNIT, RESULTS = "单位", ("评价结果", "等次", "得分")
COMMITTEE = "社区大党委"
HOW = (
    "请发送评分表（.xlsx，不超过1MB）：第一张表要有表头行，"
    "其中有“单位”和“评价结果”（或“等次”“得分”）两栏，两栏下方留空。"
)
FILE_FIRST = "请发送评分表（.xlsx，不超过1MB）。"
READING = "正在读取，请稍候。"
SHEET_KEPT = "评分表已保存。社区登记双述双评会议后可以领取，表中按社区预先填好单位。"
NOT_A_WORKBOOK = "只能读取 .xlsx 文件。请另存为 .xlsx 后再发。"
BROKEN = "文件打不开。请另存为 .xlsx 后再发。"
TOO_LARGE = "表格过大，不像评分表。请删去多余的内容后再发。"
NO_HEADING = "第一张表没有同时写明“单位”和“评价结果”（或“等次”“得分”）的表头行。请补上后再发。"
FILL_IN = "填好“{}”一栏后，请把文件发回这里。没有评价的留空；只登记结果，不计算。"
COMING = "评分表稍后发到您的私聊。"
NOTHING = "表中没有填写结果。请填好后再发。"
ONLY_CONFIRM = "请核对上面的结果后点“确认”，或重新发送填好的评分表。"


def how(kept_at: datetime | None) -> Text:
    kept = (
        f"现用的评分表是{dates.long_day(day_of(kept_at))}发来的，再发即替换。" if kept_at else None
    )
    return lines(HOW, kept)


def drop_buttons() -> tuple[tuple[Button, ...], ...]:
    return ((DROP,),)


def not_empty(row: int, heading: str) -> str:
    return f"第{row}行“{heading}”已有内容。请把这一栏留空后再发。"


def is_formula(row: int, heading: str) -> str:
    return f"第{row}行“{heading}”是公式。请改为数值或文字后再发。"


def unknown(row: int, name: str) -> str:
    return f"第{row}行：单位名录中没有“{name}”。请用发给您的评分表填写，不改单位名称。"


def twice(row: int, name: str) -> str:
    return f"第{row}行：“{name}”出现两次。请只留一行。"


def too_long(row: int, longest: int) -> str:
    return f"第{row}行：结果超过{longest}个字。请缩短后再发。"


def sheet(community: Community, meeting: Meeting, heading: str) -> Text:
    """With the pre-filled sheet."""
    on = dates.day(day_of(meeting.opened_at or meeting.starts_at))
    return lines(f"{community.name}{on}双述双评会议评分表。", FILL_IN.format(heading))


def preview(results: int, *, committee: bool, missing: Sequence[Unit]) -> Text:
    """Counts only: the results stand in the file."""
    names = "、".join(unit.name for unit in missing)
    return lines(
        f"读到{results}个单位的结果，{COMMITTEE}{'1个' if committee else '未填'}。",
        f"未填{len(missing)}个单位：{names}。" if missing else None,
        "确认后按原样登记，替换此前的结果。",
    )


def preview_buttons(carried: str) -> tuple[tuple[Button, ...], ...]:
    return ((Button("确认", "results", carried), DROP),)


def registered(results: int, *, committee: bool) -> Text:
    also = f"和{COMMITTEE}的结果" if committee else "的结果"
    return Text(f"已登记{results}个单位{also}。")
