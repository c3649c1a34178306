"""What is said after a mutual appraisal: what else it fulfils, each confirmed by a press."""

from collections.abc import Sequence

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.duties import SET_BY_US, basis
from handlers.texts.meetings import KINDS, title
from handlers.texts.office import pairs
from handlers.texts.text import Text, bold, lines
from records.calendar import day_of
from records.model import Duty, Meeting, MeetingKind, Person

NOT_REPORTED, OTHER_YEAR = "更正：未述职", "更正归属年度"
LATEST_MONTH = 1  # the month in which the year before may be chosen


def follow_up(meeting: Meeting, members: int, reported: int) -> Text:
    """双述双评会议已登记: three things to confirm."""
    also = "否" if meeting.also_kind is None else f"计为{KINDS[meeting.also_kind]}"
    return lines(
        bold(f"{title(meeting)}已登记，请一次确认以下三项："),
        f"1. 已向社区大党委述职的兼职委员：已登记{reported}人，共{members}人",
        f"2. 同时计为工作会议或联席会议：{also}",
        "3. 评价结果逐单位抄报：点“抄报清单”",
        _year_line(meeting),
        basis(Duty.MUTUAL_APPRAISAL),
        "评价结果只按单位登记，不涉及个人。",
    )


def _year_line(meeting: Meeting) -> str:
    return f"归属{_year(meeting)}年度（{SET_BY_US}）。"


def _year(meeting: Meeting) -> int:
    return meeting.year or day_of(meeting.opened_at or meeting.starts_at).year


def follow_up_buttons(meeting: Meeting, left: int) -> tuple[tuple[Button, ...], ...]:
    number = meeting.id
    rows: list[tuple[Button, ...]] = []
    if left:
        rows.append(
            (
                Button("全部已述职", "reported", f"{number}"),
                Button("逐人点选", "reported", f"{number}:list"),
            )
        )
    else:
        rows.append((Button("逐人点选", "reported", f"{number}:list"),))
    others = [
        (MeetingKind.WORKING, "计为工作会议", "working"),
        (MeetingKind.JOINT, "计为联席会议", "joint"),
        (None, "不另计会议", "none"),
    ]
    rows.append(
        tuple(
            Button(label, "alsokind", f"{number}:{words}")
            for kind, label, words in others
            if kind is not meeting.also_kind
        )
    )
    on = day_of(meeting.opened_at or meeting.starts_at)
    if on.month <= LATEST_MONTH:
        other = on.year - 1 if _year(meeting) == on.year else on.year
        rows.append((Button(f"归属{other}年度", "ofyear", f"{number}:{other}"),))
    rows.append(
        (
            Button("抄报清单", "copies", f"{meeting.community_id}"),
            Button("登记评价结果", "scoresheet", f"{number}"),
        )
    )
    return tuple(rows)


def members(meeting: Meeting, listed: Sequence[Person], reported: set[int]) -> Text:
    return lines(
        f"{dates.long_day(day_of(meeting.starts_at))}已向社区大党委述职的，请逐人点选（再点一次取消）：",
        *(f"{'已述职' if one.id in reported else '未登记'}　{one.name}同志" for one in listed),
    )


def member_buttons(
    meeting: Meeting, listed: Sequence[Person], reported: set[int]
) -> tuple[tuple[Button, ...], ...]:
    keys = [
        Button(
            f"{'取消' if one.id in reported else '登记'}{one.name}",
            "reported",
            f"{meeting.id}:{one.id}",
        )
        for one in listed
    ]
    return (*pairs(keys), (Button("返回", "appraisal", f"{meeting.id}"),))
