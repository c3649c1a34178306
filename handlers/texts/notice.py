"""The notice of a meeting, to copy into other chats and to print."""

from collections.abc import Sequence
from datetime import date

from handlers.texts import dates
from handlers.texts.meetings import KINDS, title
from handlers.texts.resolutions import TO_FILL
from handlers.texts.text import Text, lines
from records.calendar import day_of
from records.model import AgendaItem, Community, Meeting, MeetingKind, Settings
from records.workdays import Workdays

NOTICE_MADE = "会议通知已生成。"
SHEET_MADE = "签到表已生成，打印后备用。"
CALENDAR_MADE = "日历文件已生成，点开可加入手机日历。会议改期或取消后，请重新生成。"


def committee(community: Community) -> str:
    return f"{community.name}大党委"


def full_title(community: Community, meeting: Meeting) -> str:
    """幸福里社区大党委11月工作会议."""
    if meeting.kind is MeetingKind.OTHER:
        return f"{committee(community)}{day_of(meeting.starts_at).month}月会议"
    return f"{committee(community)}{title(meeting)}"


def notice(
    meeting: Meeting,
    community: Community,
    agenda: Sequence[AgendaItem],
    settings: Settings,
    *,
    on: date,
    contact: str | None,
    days: Workdays,
) -> Text:
    """As offices word it: title, address, body, items, leave, signature, day."""
    kind = "会议" if meeting.kind is MeetingKind.OTHER else KINDS[meeting.kind]
    items = "；".join(f"{place}.{item.title}" for place, item in enumerate(agenda, start=1))
    return lines(
        f"关于召开{full_title(community, meeting)}的通知",
        "各位委员：",
        f"{'经研究，' if settings.names_study else ''}定于{dates.full_moment(meeting.starts_at)}"
        f"在{meeting.place or TO_FILL}召开社区大党委{kind}。",
        f"议题：{items or TO_FILL}",
        f"请准时参加。因故不能到会的，请{_until(meeting, on, days)}告知{contact or TO_FILL}。",
        committee(community),
        f"{on.year}年{dates.day(on)}",
    )


def _until(meeting: Meeting, on: date, days: Workdays) -> str:
    """Leave is asked by 17:00 of the working day before; a notice later than that says 提前."""
    last = days.workdays_before(day_of(meeting.starts_at), 1)
    return f"于{dates.day(last)}17:00前" if on <= last else "提前"
