"""What is said about what will be forgotten."""

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.text import Text, lines
from records.retention import Year


def notice(kept: Year) -> Text:
    return lines(
        f"{kept.community.name}{kept.year}年的会议签到明细将于{dates.full_day(kept.ends_on)}清理，只留人数。",
        "需要留存的请先导出；表决票数、议定事项和台账人数不受影响。",
    )


def notice_buttons(kept: Year) -> tuple[tuple[Button, ...], ...]:
    export = Button("导出", "keepexport", str(kept.year))
    if kept.extended:
        return ((export,),)
    return ((export, Button("延后3个月", "keeplonger", str(kept.year))),)


def extended(kept: Year) -> Text:
    return Text(f"已延后：{kept.year}年的会议签到明细保留到{dates.full_day(kept.ends_on)}。")
