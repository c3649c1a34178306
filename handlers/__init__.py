"""What can be asked: the whole menu in one table, and what is done with everything else."""

from collections.abc import Mapping, Sequence

from handlers import (
    attendance,
    calculator,
    contacts,
    meetings,
    obligations,
    questions,
    reading,
    setup,
)
from handlers.conversation import Command, Handler, Message, Place, Reply, Request, Services
from handlers.texts import setup as texts


async def help_(request: Request, _services: Services) -> Reply:
    """What can be done here."""
    in_group = request.place is Place.GROUP
    return Reply((Message(texts.help_text(menu(request.place), in_group=in_group)),))


COMMANDS = (
    Command("ask", "查询规定和问答", questions.ask, ("查询", "提问")),
    Command("attend", "会议签到", attendance.attend, ("签到", "到会", "我已到会")),
    Command("leave", "会议请假", attendance.leave, ("请假",)),
    Command("meeting", "本次（下次）会议", meetings.show, ("会议", "本次会议")),
    Command("duty", "例行事项", obligations.duty, ("例行事项",)),
    Command("contact", "登记联系沟通", contacts.contact, ("联系沟通", "登记联系"), in_group=False),
    Command("calc", "组织形式与人数测算", calculator.calc, ("测算",), in_group=False),
    Command("sources", "收录文件清单", questions.sources, ("收录文件", "文件清单")),
    Command("privacy", "个人信息说明", setup.privacy, ("个人信息", "个人信息说明")),
    Command("help", "使用说明", help_, ("帮助", "使用说明", "菜单")),
    Command("start", "开始使用", setup.start, ("开始",), in_group=False),
    Command("bind", "确认身份（绑定码）", setup.bind, ("绑定",), in_group=False),
    Command(
        "newmeeting", "新建会议", meetings.new_meeting, ("新建会议", "登记会议"), for_managers=True
    ),
    Command("opensign", "开始签到", meetings.open_sign_in, ("开始签到",), for_managers=True),
    Command("closesign", "结束签到", meetings.close_sign_in, ("结束签到",), for_managers=True),
)

# What only a button asks for.
ACTIONS: Mapping[str, Handler] = {
    "read": reading.read,
    "solved": reading.solved,
    "unsolved": reading.unsolved,
}
FALLBACK: Handler = questions.ask
GREETING: Handler = setup.greet
MOVED: Handler = setup.moved


def menu(place: Place, *, managers: bool = True) -> Sequence[Command]:
    """The commands shown in a place, with or without those that only managers may use."""
    return [
        command
        for command in COMMANDS
        if (command.in_group or place is Place.PRIVATE) and (managers or not command.for_managers)
    ]
