"""What is said at the beginning: greeting, help, binding, privacy."""

from collections.abc import Iterable, Sequence

from handlers.conversation import Button, Command
from handlers.texts import dates
from handlers.texts.people import address
from handlers.texts.text import Text, bold, lines
from records.model import Community, Person, Role

HELLO_GROUP = (
    "大家好，我是社区党务助手，可以查规定、办会议签到、提示例行事项。"
    "@我或使用命令时我才回应，不保存、不分析其他聊天内容。"
)
SET_UP = "请书记或党务工作者点下方按钮完成设置。"
HELLO_PRIVATE = (
    "您好，我是社区党务助手，可以查规定、办会议签到、提示例行事项。直接发送问题即可查询。"
)
BIND_HOW = "委员、联络员和党务工作者请使用工作人员给您的个人链接，或发送：/bind 绑定码"

JOIN_GROUP = "请把我加入工作群，并在群里发送 /start 关联本社区。"

NEVER = "不打卡、不排名、不分析群聊。"

BUTTON_WORDS = (
    "改时间", "取消会议", "议题", "导出", "名单", "更正", "确认名单", "会议通知", "签到表",
    "议定事项", "结束表决", "另定时间", "只作登记", "重新打开",
)  # fmt: skip
USE_BUTTONS = "请发送 /meeting，在消息下方点相应的按钮办理。"
DROPPED = "已取消，没有登记任何内容。"

PRIVACY = (
    "只保存：姓名、职务、席位、任期、单位、账号编号、会议签到、联系沟通等登记、走访人员和操作记录。",
    "不保存：电话、身份证号、位置、照片和群里的其他聊天内容。",
    "发给我的消息和我的答复办完即清除正文；没有办成的消息保留14天，备份中再留14天。",
    "为接续追问，最近10分钟的提问暂存，到时清除。",
    "文件没有答复的提问不记姓名，保留90天；为转告答复，提问账号留到答复为止。条款引用只计次数。",
    "街道只看各社区的登记情况和会议的应到、实到人数；社区注明用途提供台账的，才看得到姓名，可随时停止。",
    "不打卡、不排名、不评价个人。查看、更正、删除自己的信息，请在私聊发送 /mydata。",
)

ROLES = {
    Role.PARTY_SECRETARY: "书记",
    Role.PARTY_WORKER: "党务工作者",
    Role.MEMBER: "委员",
    Role.LIAISON: "联络员",
}


def set_up_buttons(bot_username: str, chat_id: int) -> tuple[tuple[Button, ...], ...]:
    return ((Button("去私聊办理", url=f"https://t.me/{bot_username}?start=setup_{chat_id}"),),)


def private_chat(bot_username: str) -> Button:
    return Button("去私聊办理", url=f"https://t.me/{bot_username}?start=hello")


def hello_group() -> Text:
    return lines(HELLO_GROUP, SET_UP)


def joined(community: Community) -> Text:
    return Text(f"本群已关联{community.name}。查询规定请用 /ask，其他用法见 /help。")


def hello_private(person: Person | None, community: Community | None) -> Text:
    if person is None or community is None:
        return lines(HELLO_PRIVATE, BIND_HOW)
    return lines(
        f"{address(person)}，您好。{HELLO_PRIVATE}",
        *(home(community) if person.may_manage else ()),
        "其他用法见 /help。",
    )


def home(community: Community) -> Sequence[str]:
    """Since when there is a record, and what is never done."""
    started = f"{community.starts_on.year}年{dates.day(community.starts_on)}"
    return (f"本助手自{started}启用，此前未登记的显示为启用前无记录，可以补录。", NEVER)


def bound(person: Person, community: Community) -> Text:
    held = [name for role, name in ROLES.items() if role in person.roles]
    unit = f"，{person.unit.name}" if person.unit else ""
    return lines(
        f"已确认身份：{person.name}（{community.name}{'、'.join(held)}{unit}）。",
        "提醒会发到这里；用法见 /help，个人信息说明见 /privacy。",
        JOIN_GROUP if person.may_manage and community.group_chat_id is None else None,
    )


UNBOUND = "已解除绑定。请向工作人员索取您本人的链接或绑定码。"


def not_me(person: Person) -> tuple[Button, ...]:
    """Whoever opened another's link says so with one press."""
    return (Button("不是我", "notme", str(person.id)),)


def went_astray(person: Person) -> Text:
    return Text(
        f"有人打开了{person.name}的个人链接，表示不是本人，已解除绑定。请核对后重新发放绑定码。"
    )


def help_text(commands: Iterable[Command], *, in_group: bool) -> Text:
    """At most twelve lines: one for each command, those of managers and of a subdistrict together."""
    shown = [command for command in commands if command.name not in ("help", "start", "bind")]
    managers = [f"/{command.name} {command.label}" for command in shown if command.for_managers]
    staff = [f"/{command.name} {command.label}" for command in shown if command.for_subdistrict]
    entries = [
        f"/{command.name} {command.label}"
        for command in shown
        if not (command.for_managers or command.for_subdistrict)
    ]
    how = "也可以@我加问题查询。" if in_group else "也可以直接发送问题，或发“签到”“请假”等词。"
    office = f"书记、党务工作者：{'，'.join(managers)}" if managers else None
    subdistrict = f"街道：{'，'.join(staff)}" if staff else None
    return lines(bold("使用说明"), *entries, office, subdistrict, how)


def privacy() -> Text:
    return lines(bold("个人信息说明"), *PRIVACY)
