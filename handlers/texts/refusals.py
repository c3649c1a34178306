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
    errors.KindMissing: (
        "请写明是工作会议、联席会议、双述双评会议还是其他会议，"
        "例如：/newmeeting 下周三下午3点 工作会议 二楼会议室"
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
    errors.MeetingTooFarAhead: "会议时间在一年以后，请核对后重新写。",
    errors.MeetingTooLongAgo: "会议时间在五年以前，不能登记。请核对后重新写。",
    errors.LedgerClosed: "该次会议的名单已确认。如需改动，请书记先点“重新打开”并写明原因。",
    errors.SecretaryOnly: "重新打开台账由书记办理。",
    errors.ReasonMissing: "请写明原因，改动前后都会保留。",
    errors.VotesNotUnderstood: "没有看懂票数。请按这样写：/vote 电梯改造 举手 同意7 不同意1 弃权1",
    errors.VoteStillOpen: "有一项按钮表决还没有结束。请先点“结束表决”。",
    errors.VoteOver: "这项表决已经结束，不能再改。如有疑问，请与主持人联系。",
    errors.NotAnElector: "本次表决由开始表决时在场的班子成员参加，您不在名单内。如有疑问，请与工作人员联系。",
    errors.NothingToSettle: "这项表决不需要认定，或已经认定。请查看最新的表决结果。",
    errors.NoReading: "还没有登记本社区的既定口径。请先在 /settings 登记集体研究的口径和日期。",
    errors.ButtonVotesOff: "按钮表决没有开启。请登记举手等方式的票数，或在 /settings 开启。",
    errors.ItemsTooLong: "议题最多10项，每项不超过200字。请缩短后重写。",
    errors.WordsTooLong: "内容为空或太长。请缩短后重写。",
    errors.TooManyExceptions: "名单或例外太多，不便点选。请用 /record 逐人登记，例如：/record 张伟 请假",
    errors.AlreadyExtended: "该年度的签到明细已延后过一次或已清理，不能再延后。请及时用 /export 导出。",
    errors.AlreadyCalled: "这次会议此前已确认或取消，无需重复操作。查看会议请发送 /meeting。",
    errors.VoteTooEarly: "会议还没有开始签到，不能登记表决。请先点“开始签到”。",
    errors.NothingToAdjourn: "目前没有可以改时间或取消的会议。新建会议请发送 /newmeeting。",
    errors.MeetingNotOurs: "这里登记大党委会议。支部党员大会、支委会、党小组会、党课、主题党日和民主生活会请按原渠道登记。",
    errors.NoSuchDay: "没有这个日期或时间，请核对后重新写，例如：11月25日下午3点",
    errors.HourMissing: "请写明几点，并注明上午或下午，例如：11月25日下午3点",
    errors.TimeNotUnderstood: "没有看懂时间。请按这样写：11月25日下午3点",
    errors.DayAhead: "日期不能在今天以后。请改写后重发。",
    errors.DayUnknown: "没有看懂日期。请按这样写：12月20日",
    errors.LastWorker: (
        "至少要保留一名已确认身份的党务工作者。请先增加一名党务工作者，待其确认身份后再办理。"
    ),
    errors.NotGroupAdministrator: (
        "没有查到您在该群的管理员身份，不能设置。请由有管理员身份的同志点群里的按钮。"
    ),
    errors.NameUnclear: "没有看懂名称。请只写文字，不超过50字，例如：人民街道 幸福里社区",
    errors.NotAName: "没有看懂名称：不能太长，也不能含电话等号码。请只写名称后再发。",
    errors.ElectionDayOutOfRange: "换届日期应在今天前后一年以内。请核对后重新写。",
    errors.DateUnclear: "没有看懂日期。请按这样写：2026年12月1日",
    errors.DecidedLater: "集体研究的日期不能晚于今天。请核对后重新写。",
    errors.NothingExpected: "现在没有等待接收的文件。请先在 /roster、/newmeeting 或 /settings 中点相应的按钮，再发文件。",
    errors.FileTooLarge: "文件超过2MB，不能接收。请删去图片等内容后再发。",
    errors.FileGone: "文件没有收到。请重新发送一次。",
    errors.AllBound: "名册中的同志都已确认身份，不需要绑定条。",
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


def _overlap(refusal: errors.MeetingsOverlap) -> str:
    start = dates.moment(refusal.meeting.starts_at)
    return f"与{start}的{title(refusal.meeting)}时间相近（不足1小时）。请改时间，或先取消那次会议。"


def _no_such_person(refusal: errors.NoSuchPerson) -> str:
    return f"名册中没有“{refusal.name[:20]}”。请核对姓名，或先在名册登记。"


def _same_name(refusal: errors.SameName) -> str:
    return f"有{len(refusal.people)}位同名的同志，请连同单位一起写。"


def _too_few_to_vote(refusal: errors.TooFewToVote) -> str:
    missing = f"还差{refusal.missing}人，" if refusal.missing else ""
    return f"{missing}到会不足，不能表决。点错人数的请先更正。"


def _numbers_disagree(refusal: errors.NumbersDisagree) -> str:
    return (
        f"三项合计{refusal.counted}人，与在场班子成员{refusal.present}人不一致。"
        "请核对票数；人数有误的请先更正名单。"
    )


def _host_votes_last(refusal: errors.HostVotesLast) -> str:
    return f"主持人最后表态：还有{refusal.missing}人没有表态。请稍后再选。"


def _no_team(refusal: errors.NoTeam) -> str:
    day = dates.full_day(refusal.day)
    return f"{day}的名册中没有班子成员。请在 /roster 点“导入名册”，给每位成员写上任职起始日期后再补录，例如：张伟 书记 专职 直接进入 2026-01-01"


def _name_taken(refusal: errors.NameTaken) -> str:
    return (
        f"“{refusal.name[:40]}”已经设置。同名而不同街道的，请连同街道一起写；"
        "是同一社区的，请与原工作人员联系。"
    )


def _join_by_start(refusal: errors.JoinByStart) -> str:
    return f"{refusal.name}已经设置。请在群里发送 /start，把本群关联到{refusal.name}。"


def _leaving_day(refusal: errors.LeavingDayOutOfRange) -> str:
    since = f"，不早于任职日{dates.full_day(refusal.since)}" if refusal.since else ""
    return f"离任日期只能是今天及以前{since}。请核对后重新写。"


def _unit_exists(refusal: errors.UnitExists) -> str:
    return f"名录中已有“{refusal.name[:40]}”，不再重复登记。"


FROM_FACTS: dict[type[Refusal], Callable[..., str]] = {
    errors.NoOpenMeeting: _no_open_meeting,
    errors.MeetingStillOpen: _still_open,
    errors.MeetingAlreadyPlanned: _already_planned,
    errors.NoSuchUnit: _no_such_unit,
    errors.MeetingsOverlap: _overlap,
    errors.NoSuchPerson: _no_such_person,
    errors.SameName: _same_name,
    errors.TooFewToVote: _too_few_to_vote,
    errors.NumbersDisagree: _numbers_disagree,
    errors.HostVotesLast: _host_votes_last,
    errors.NoTeam: _no_team,
    errors.BadRoster: str,
    errors.BadHistory: str,
    errors.BadTemplate: str,
    errors.NameTaken: _name_taken,
    errors.JoinByStart: _join_by_start,
    errors.LeavingDayOutOfRange: _leaving_day,
    errors.UnitExists: _unit_exists,
}


def sentence(refusal: Refusal, *, private: bool = False) -> str:
    """What is said; in private chat nobody is sent to private chat."""
    kind = type(refusal)
    if private and kind is errors.NotBound:
        return NOT_BOUND_PRIVATE
    return FROM_FACTS[kind](refusal) if kind in FROM_FACTS else SENTENCES[kind]
