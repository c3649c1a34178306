"""One sentence for every “no” of the rules, with what to do next."""

from collections.abc import Callable

from handlers.texts import dates
from handlers.texts.meetings import title
from records import errors
from records.errors import Refusal

NOT_BOUND = "还没有确认您的身份，暂时不能办理。请到私聊确认，或与工作人员联系。"
NOT_BOUND_PRIVATE = "还没有确认您的身份。请点工作人员给您的个人链接，或发送：/bind 绑定码"
NO_SIGN_IN = "目前没有正在签到的会议。"

SENTENCES: dict[type[Refusal], str] = {
    errors.NoCommunity: "本群还没有关联社区。请书记或党务工作者在群里发送 /start。",
    errors.NotBound: NOT_BOUND,
    errors.NotOnRoster: "名册中没有您，请与工作人员联系。",
    errors.NotAllowed: "该操作由书记或党务工作者办理。",
    errors.AnonymousSender: "您正以匿名管理员身份发言，无法确认是哪位同志。请点卡片上的按钮，或到私聊办理。",
    errors.PrivateOnly: "这件事请到与我的私聊中办理。",
    errors.GroupOnly: "本社区还没有关联工作群。请先把我加入群，并在群里发送 /start。",
    errors.KindMissing: (
        "请写明是工作会议还是联席会议，例如：/newmeeting 下周三下午3点 工作会议 二楼会议室"
    ),
    errors.PlaceTooLong: "地点太长，请缩短到60字以内。",
    errors.DayNotUnderstood: "没有看懂日期。请按这样写：/contact 9月12日",
    errors.CodeMissing: "请在 /bind 后写上绑定码，例如：/bind 7R9JSFZP9T",
    errors.NoOwingUnits: "名录中还没有需要联系沟通的单位。请先在名册“单位”表登记后导入。",
    errors.BadCode: "绑定码无效或已使用。请核对后重发，或请工作人员重新发码。",
    errors.AlreadyBound: "该身份或您的账号已绑定。如需更换，请与工作人员联系。",
    errors.GroupTaken: "本群已关联其他社区，或您的社区已关联其他群。如需更换，请与工作人员联系。",
    errors.NoMeeting: "还没有登记会议。请工作人员用 /newmeeting 登记。",
    errors.MeetingInThePast: "会议时间已过。请改写为今后的时间。",
    errors.NotUnderstood: "没有看懂会议时间。请按这样写：/newmeeting 下周三下午3点 工作会议 二楼会议室",
    errors.NotALiaison: "您不是驻区单位联络员，不能登记联系沟通。请与工作人员联系。",
    errors.StaleButton: "这个按钮已失效，请重新发送命令。",
    errors.DayOutOfRange: "日期只能是今天及以前，最早到上个半年。请改写后重发。",
}


def _no_open_meeting(refusal: errors.NoOpenMeeting) -> str:
    if refusal.following is None:
        return NO_SIGN_IN
    return f"{NO_SIGN_IN}下次会议：{dates.moment(refusal.following)}。"


def _still_open(refusal: errors.MeetingStillOpen) -> str:
    return f"{title(refusal.meeting)}正在签到。请先发送 /closesign 结束，再开始新的签到。"


def _already_planned(refusal: errors.MeetingAlreadyPlanned) -> str:
    start = dates.moment(refusal.meeting.starts_at)
    return f"{start}已登记{title(refusal.meeting)}，不再重复登记。"


def _no_such_unit(refusal: errors.NoSuchUnit) -> str:
    return f"名录中没有“{refusal.name[:40]}”这个需要联系沟通的单位。请按名录中的全称填写。"


FROM_FACTS: dict[type[Refusal], Callable[..., str]] = {
    errors.NoOpenMeeting: _no_open_meeting,
    errors.MeetingStillOpen: _still_open,
    errors.MeetingAlreadyPlanned: _already_planned,
    errors.NoSuchUnit: _no_such_unit,
}


def sentence(refusal: Refusal, *, private: bool = False) -> str:
    """What is said; in private chat nobody is sent to private chat."""
    kind = type(refusal)
    if private and kind is errors.NotBound:
        return NOT_BOUND_PRIVATE
    return FROM_FACTS[kind](refusal) if kind in FROM_FACTS else SENTENCES[kind]
