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
    errors.DayNotUnderstood: "没有看懂日期。请按这样写：9月12日",
    errors.CodeMissing: "请在 /bind 后写上绑定码，例如：/bind 7R9JSFZP9T",
    errors.NoOwingUnits: "名录中还没有需要联系沟通的单位。请先在名册“单位”表登记后导入。",
    errors.BadCode: "绑定码无效或已使用。请核对后重发，或请工作人员重新发码。",
    errors.AlreadyBound: "该身份或您的账号已绑定。如需更换，请与工作人员联系。",
    errors.GroupTaken: "本群已关联其他社区，或您的社区已关联其他群。如需更换，请与工作人员联系。",
    errors.NoMeeting: "还没有登记会议。请工作人员用 /newmeeting 登记。",
    errors.MeetingInThePast: "会议时间已过。请改写为今后的时间。",
    errors.NotUnderstood: "没有看懂会议时间。请按这样写：/newmeeting 下周三下午3点 工作会议 二楼会议室",
    errors.NotALiaison: (
        "联系沟通和实事好事由驻区单位的联络员登记，名册中您不是联络员。如需登记，请与工作人员联系。"
    ),
    errors.UnitMissing: "请写明单位，例如：/deed 建设银行幸福里支行 为小区更换路灯 11月20日",
    errors.NotAPartTimeMember: "述职由兼职委员登记，名册中您不是兼职委员。如有疑问，请与工作人员联系。",
    errors.NoUnitOrganisation: "所在单位没有党组织，不用登记向单位党组织述职。请登记向社区大党委述职。",
    errors.ConfirmedBefore: "工作人员已确认这项登记。需要撤销的，请与工作人员联系。",
    errors.PrivateNumber: "内容像电话或身份证号，不能保存。请删去后再发。",
    errors.ActivityNotUnderstood: (
        "没有看懂这一行。请按这样写：清洁家园；11月15日；第一小学、区医院；32人"
    ),
    errors.NobodyVisited: "请至少选一名走访人员，或直接发送姓名。",
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
    errors.NoteMissing: "还没有写内容。请直接写一段文字发来。",
    errors.LineMissing: "还没有写内容。请写一行，先写标题，各项用“；”隔开，例如：清洁家园；11月15日",
    errors.OrderMissing: "还没有写社区名称。请按行政顺序写，每行一个。",
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
    errors.FileGone: "文件没有收到。请重新发送一次。",
    errors.AllBound: "名册中的同志都已确认身份，不需要绑定条。",
    errors.TooFewForWorking: "到会不足三分之二，不能计为工作会议（问答第7问）；可以计为联席会议，或不另计。",
    errors.NoLaterReminder: "本期没有更晚的提醒。已开展的，请点按钮登记。",
    errors.GivenTooLate: "只能归入开展当期或以前的一期。请核对日期和归属年度后重新登记。",
    errors.WorkersOnly: "时段结束以后开展的，由工作人员登记归属。请与工作人员联系。",
    errors.NotStaff: (
        "这项由街道工作人员办理。街道工作人员请点街道发给您本人的链接，或发送：/bind 绑定码"
    ),
    errors.AskedBefore: "这一事项本期已请社区补充登记过，每个事项每期一次。请与社区直接联系。",
    errors.NothingToAsk: "该社区这一事项已经登记或不适用，不需要补充登记。",
    errors.NobodyToAsk: "该社区的党务工作者和书记都还没有确认身份，消息发不到。请与社区直接联系。",
    errors.NotShared: (
        "该社区没有向街道提供台账，或已停止提供。确需查看的，请向社区说明用途，由社区点“向街道提供台账”。"
    ),
    errors.NotConnected: "街道还没有确认本社区接入，暂时不能提供。请先与街道联系。",
    errors.DocumentUnclear: (
        "请在一行内写明文件标题（不超过100字）和执行日期，例如：关于××的通知 2026年12月1日"
    ),
    errors.NoScoreSheet: "街道没有提供评分表，只登记召开日期和参加单位。",
    errors.NoDocument: "没有找到这份文件，可能已放弃或撤回。查看现有文件请发送 /docs。",
    errors.DocumentWithdrawn: "该文件已撤回。请重新提问，按现有文件答复。",
    errors.AnswerWithdrawn: "该答复已撤回。请重新提问。",
    errors.SamePerson: "撰写人不能自己审核。请另一位书记或党务工作者审核。",
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


def _day_out_of_range(refusal: errors.DayOutOfRange) -> str:
    earliest = dates.long_day(refusal.earliest)
    return f"日期只能是今天及以前，最早到{earliest}。请改写后重发。"


def _no_such_unit(refusal: errors.NoSuchUnit) -> str:
    return f"名录中没有“{refusal.name[:40]}”，或该单位不登记此项。请按名录中的全称填写。"


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


def _file_too_large(refusal: errors.FileTooLarge) -> str:
    return f"文件超过{refusal.megabytes}MB，不能接收。请删去图片等内容后再发。"


def _no_such_staff(refusal: errors.NoSuchStaff) -> str:
    return f"该街道没有名为“{refusal.name[:20]}”的工作人员。请核对街道和姓名。"


def _no_such_community(refusal: errors.NoSuchCommunity) -> str:
    return f"本街道没有“{refusal.name[:40]}”。请按 /approve 中的名称，每行写一个社区。"


def _asked_too_early(refusal: errors.AskedTooEarly) -> str:
    return f"自{dates.full_day(refusal.first)}起可以请社区补充登记（期末后第5个工作日）。"


def _document_known(refusal: errors.DocumentKnown) -> str:
    return f"《{refusal.title[:60]}》已收录，内容相同，不再重复收录。查看请发送 /docs。"


FROM_FACTS: dict[type[Refusal], Callable[..., str]] = {
    errors.FileTooLarge: _file_too_large,
    errors.NoSuchCommunity: _no_such_community,
    errors.NoSuchStaff: _no_such_staff,
    errors.AskedTooEarly: _asked_too_early,
    errors.BadScoreSheet: str,
    errors.DocumentKnown: _document_known,
    errors.NoOpenMeeting: _no_open_meeting,
    errors.MeetingStillOpen: _still_open,
    errors.MeetingAlreadyPlanned: _already_planned,
    errors.NoSuchUnit: _no_such_unit,
    errors.DayOutOfRange: _day_out_of_range,
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
    errors.BadHolidays: str,
    errors.BadDocument: str,
}


def sentence(refusal: Refusal, *, private: bool = False) -> str:
    """What is said; in private chat nobody is sent to private chat."""
    kind = type(refusal)
    if private and kind is errors.NotBound:
        return NOT_BOUND_PRIVATE
    return FROM_FACTS[kind](refusal) if kind in FROM_FACTS else SENTENCES[kind]
