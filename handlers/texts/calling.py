"""What is said while a meeting is called: what was understood, and what can be done with it."""

from collections.abc import Sequence
from datetime import date, datetime

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.meetings import KINDS, title
from handlers.texts.text import Text, bold, lines
from records.model import AgendaItem, Meeting, MeetingKind, MeetingState, Resolution

EXAMPLE = "下周三下午3点 工作会议 二楼会议室"
HOW_TO_CALL = (
    f"请写明时间、会议和地点，例如：\n/newmeeting {EXAMPLE}\n"
    "会议可写工作会议、联席会议、双述双评会议或其他会议。"
)
ONLY_OURS = "这里登记大党委会议。支部党员大会、支委会、党小组会、党课、主题党日请按原渠道登记，不在此重复填报。"
WHICH_KIND = "请选择会议："
MANY = "补录多次会议"
OTHER_DAY, OTHER_TIME = "其他日期", "其他时间"
TIMES = ("9:00", "10:00", "14:30", "15:00", "16:00", "19:00")
WRITE_LINE = f"请写明时间、会议和地点，例如：{EXAMPLE}"
WRITE_PLACE = "请写明地点，例如：二楼会议室"
WRITE_TIME = "请写明新的时间，例如：下周三下午3点；地点有变的接着写。"
WRITE_AGENDA = "请写议题，每行一项，最多10项。"
CHANGE_IN_GROUP = f"请重新发送：/newmeeting {EXAMPLE}"
CANCELLED_DRAFT = "已取消，没有登记会议。"
DROP = Button("取消", "drop")


def which_kind() -> Text:
    return lines(ONLY_OURS, WHICH_KIND)


def kind_buttons() -> tuple[tuple[Button, ...], ...]:
    working, joint, appraisal, other = (
        Button(name, "newmeeting", kind.value) for kind, name in KINDS.items()
    )
    return ((working, joint), (appraisal, other), (Button(MANY, "history"),))


def which_day(kind: MeetingKind) -> Text:
    return Text(f"{KINDS[kind]}：请选择日期。")


def day_buttons(kind: MeetingKind, days: Sequence[date]) -> tuple[tuple[Button, ...], ...]:
    keys = [
        Button(
            f"{dates.day(day)}（{dates.weekday(day)}）",
            "newmeeting",
            f"{kind.value}|{day.isoformat()}",
        )
        for day in days
    ]
    pairs = [tuple(keys[place : place + 2]) for place in range(0, len(keys), 2)]
    return (*pairs, (Button(OTHER_DAY, "newmeeting", f"{kind.value}|?"),))


def which_time(kind: MeetingKind, day: date) -> Text:
    return Text(f"{KINDS[kind]}，{dates.full_day(day)}：请选择时间。")


def time_buttons(kind: MeetingKind, day: date) -> tuple[tuple[Button, ...], ...]:
    keys = [
        Button(words, "newmeeting", f"{kind.value}|{day.isoformat()}|{words}") for words in TIMES
    ]
    rows = [tuple(keys[place : place + 3]) for place in range(0, len(keys), 3)]
    return (*rows, (Button(OTHER_TIME, "newmeeting", f"{kind.value}|{day.isoformat()}|?"),))


def write_when(kind: MeetingKind) -> Text:
    return Text(f"{KINDS[kind]}：请写日期和时间，例如：11月25日下午3点")


def write_hour(kind: MeetingKind, day: date) -> Text:
    return Text(f"{KINDS[kind]}，{dates.full_day(day)}：请写几点，例如：下午3点半")


def write_place(kind: MeetingKind, starts_at: datetime) -> Text:
    return lines(f"{KINDS[kind]}，{dates.full_moment(starts_at)}。", WRITE_PLACE)


def place_buttons(places: Sequence[tuple[int, str]]) -> tuple[tuple[Button, ...], ...]:
    """Places of earlier meetings, each by the number of its meeting."""
    return (*((Button(place, "place", str(number)),) for number, place in places), (DROP,))


def understood(meeting: Meeting) -> Text:
    """What was read, to be agreed to."""
    return Text(f"{_what(meeting)}。对吗？")


def understood_buttons(meeting: Meeting) -> tuple[tuple[Button, ...], ...]:
    number = str(meeting.id)
    return (
        (Button("对", "agree", number), Button("改", "change", number)),
        (Button("取消", "cancel", number),),
    )


def in_the_past(meeting: Meeting) -> Text:
    return lines("会议时间已过。", f"{_what(meeting)}。")


def past_buttons(meeting: Meeting) -> tuple[tuple[Button, ...], ...]:
    number = str(meeting.id)
    return (
        (Button("补录", "later", number), Button("改时间", "move", number)),
        (Button("取消", "cancel", number),),
    )


def called(meeting: Meeting, *, carried: int = 0) -> Text:
    """`carried` is how many earlier resolutions came on the agenda."""
    return lines(
        f"已登记{_what(meeting)}。",
        f"未办结的{carried}项议定事项已列入议题。" if carried else None,
        "到时点“开始签到”，或发送 /opensign。",
    )


def call_buttons(meeting: Meeting) -> tuple[tuple[Button, ...], ...]:
    return ((Button("开始签到", "opensign", str(meeting.id)),),)


def panel_buttons(meeting: Meeting) -> tuple[tuple[Button, ...], ...]:
    """What a worker does with a planned meeting, in private."""
    number = str(meeting.id)
    return (
        (Button("开始签到", "opensign", number),),
        (Button("会议通知", "notice", number), Button("签到表", "sheet", number)),
        (Button("议题", "agenda", number), Button("日历文件", "calendar", number)),
        (Button("改时间", "move", number), Button("取消会议", "cancel", number)),
    )


def moved(meeting: Meeting) -> Text:
    return Text(f"已改为{_what(meeting)}。")


def cancelled(meeting: Meeting) -> Text:
    return Text(f"已取消{_what(meeting)}。")


def agenda_written(meeting: Meeting, items: Sequence[AgendaItem]) -> Text:
    return lines(
        bold(f"{title(meeting)}议题"), *(f"{item.position}. {item.title}" for item in items)
    )


CARRIED = "上次议定事项落实情况："


def still_open(resolution: Resolution) -> str:
    """An earlier resolution as an item of the next agenda."""
    until = f"{dates.day(resolution.due_on)}前" if resolution.due_on else ""
    who = "，".join(part for part in (resolution.owner, until) if part)
    return f"{CARRIED}{resolution.words}{f'（{who}）' if who else ''}"


def is_carried(item: str) -> bool:
    return item.startswith(CARRIED)


def really_cancel(meeting: Meeting) -> Text:
    return Text(f"确定取消{_what(meeting)}吗？已收到询问的同志会收到取消通知。")


def cancel_buttons(meeting: Meeting) -> tuple[tuple[Button, ...], ...]:
    number = str(meeting.id)
    return ((Button("确定取消", "cancel", f"{number}:yes"), Button("返回", "panel", number)),)


def _what(meeting: Meeting) -> str:
    place = f"，{meeting.place}" if meeting.place else ""
    return f"{title(meeting)}：{dates.full_moment(meeting.starts_at)}{place}"


def adjourn(meeting: Meeting) -> Text:
    state = "尚未开始签到" if meeting.state is MeetingState.PLANNED else "未召开"
    return Text(f"{_what(meeting)}（{state}）。请选择：")


def adjourn_buttons(meeting: Meeting) -> tuple[tuple[Button, ...], ...]:
    number = str(meeting.id)
    if meeting.state is MeetingState.PLANNED:
        return ((Button("改时间", "move", number), Button("取消会议", "cancel", number)),)
    return ((Button("另定时间", "again", number), Button("只作登记", "talk", number)),)
