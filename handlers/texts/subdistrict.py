"""What is said to the staff of a subdistrict about themselves: who they are, what they can do, when the digest comes."""

from collections.abc import Mapping, Sequence

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.text import Text, bold, lines
from records.model import Rhythm, Staff

CAN = (
    "/overview 各社区情况，/approve 接入确认，/digest 汇总推送设置。",
    "可以看到已接入社区的登记状态和会议的应到、实到人数，看不到姓名和议定事项。",
)
RHYTHMS: Mapping[Rhythm, str] = {
    Rhythm.WEEKLY: "每周",
    Rhythm.MONTHLY: "每月第一个工作日",
    Rhythm.NEVER: "不推送",
}
WHEN: Mapping[Rhythm, str] = {
    Rhythm.WEEKLY: "每周一09:30（遇休息日顺延到下一个工作日）",
    Rhythm.MONTHLY: "每月第一个工作日09:30",
    Rhythm.NEVER: "不推送，可随时发送 /overview 查看",
}


def bound(one: Staff) -> Text:
    return lines(
        f"已确认身份：{one.name}（{one.subdistrict}工作人员）。",
        *CAN,
        f"汇总推送：{WHEN[one.rhythm]}。个人信息说明见 /privacy。",
    )


def hello(one: Staff) -> Text:
    return lines(f"{one.name}，您好（{one.subdistrict}）。直接发送问题即可查询规定。", *CAN)


def digest(one: Staff) -> Text:
    return lines(f"汇总推送：{WHEN[one.rhythm]}。", "推送内容与 /overview 相同，只列例外。")


def digest_buttons() -> tuple[tuple[Button, ...], ...]:
    return tuple((Button(words, "digest", rhythm.value),) for rhythm, words in RHYTHMS.items())


def my_data(one: Staff) -> Text:
    """For /mydata."""
    since = f"账号：已于{dates.full_day(one.bound_at)}绑定" if one.bound_at else "账号：未绑定"
    return lines(
        bold(f"我的信息（{one.subdistrict}）"),
        f"姓名：{one.name}；身份：街道工作人员",
        since,
        "办理过的接入确认、下发和导出，社区可在 /audit 查到街道和时间，不显示您的姓名。",
    )


def my_data_buttons() -> tuple[tuple[Button, ...], ...]:
    return ((Button("删除我的信息", "erase"),),)


def ordered(names: Sequence[str]) -> str:
    """1. 幸福里社区, a line each."""
    return "\n".join(f"{number}. {name}" for number, name in enumerate(names, 1))
