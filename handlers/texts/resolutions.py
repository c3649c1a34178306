"""What is said about resolutions: what was decided, who sees to it, until when."""

from collections.abc import Sequence

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.text import Text, bold, lines
from records.model import Meeting, Resolution

TO_FILL = "（待补充）"
WRITE = "请写：事项；责任人；时限。例如：加装楼道扶手；李强；12月20日"
NONE_OPEN = "目前没有未办结的议定事项。"


def listed(resolutions: Sequence[Resolution]) -> Text:
    if not resolutions:
        return Text(NONE_OPEN)
    return lines(
        bold(f"未办结的议定事项{len(resolutions)}项"),
        *(f"{place}. {described(one)}" for place, one in enumerate(resolutions, start=1)),
    )


def described(resolution: Resolution) -> str:
    until = f"{dates.full_day(resolution.due_on)}前" if resolution.due_on else f"时限{TO_FILL}"
    return f"{resolution.words}（责任人：{resolution.owner or TO_FILL}，{until}）"


def list_buttons(
    meeting: Meeting, resolutions: Sequence[Resolution]
) -> tuple[tuple[Button, ...], ...]:
    done = [
        (Button(f"第{place}项已办结", "finish", f"{meeting.id}:{one.id}"),)
        for place, one in enumerate(resolutions[:10], start=1)
    ]
    new = (Button("登记议定事项", "newresolve", str(meeting.id)),)
    return (*done, new) if meeting.confirmed_at is None else tuple(done)


def added(resolutions: Sequence[Resolution]) -> Text:
    return lines(
        *(f"已登记议定事项：{described(one)}。" for one in resolutions),
        "未办结的会列入下次会议的议题。",
    )


def added_buttons(
    meeting: Meeting, resolutions: Sequence[Resolution]
) -> tuple[tuple[Button, ...], ...]:
    undo = [
        (
            Button(
                "撤销这次登记" if len(resolutions) == 1 else f"撤销第{place}项",
                "undoresolve",
                f"{meeting.id}:{one.id}",
            ),
        )
        for place, one in enumerate(resolutions, start=1)
    ]
    return ((Button("议定事项", "resolve", str(meeting.id)),), *undo)


def taken_back(resolution: Resolution) -> Text:
    return Text(f"已撤销登记：{resolution.words}。")


def finished(resolution: Resolution) -> Text:
    return Text(f"已办结：{resolution.words}。")
