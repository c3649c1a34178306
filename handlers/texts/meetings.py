"""What is said about meetings and sign-in."""

from collections.abc import Sequence

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.people import address
from handlers.texts.text import Text, bold, lines
from records import rules
from records.calendar import day_of
from records.model import (
    Attendance,
    Capacity,
    Meeting,
    MeetingKind,
    MeetingState,
    Person,
    Presence,
    Roll,
)

KINDS = {
    MeetingKind.WORKING: "工作会议",
    MeetingKind.JOINT: "联席会议",
    MeetingKind.MUTUAL_APPRAISAL: "双述双评会议",
    MeetingKind.OTHER: "其他会议",
}
TWO_THIRDS = "依据：问答第7问“参会人数不少于三分之二方可召开”"


def title(meeting: Meeting) -> str:
    """11月工作会议."""
    return f"{day_of(meeting.starts_at).month}月{KINDS[meeting.kind]}"


STATES = {
    MeetingState.DRAFT: "待确认",
    MeetingState.PLANNED: "尚未开始签到",
    MeetingState.OPEN: "签到中",
    MeetingState.HELD: "签到已结束",
    MeetingState.NOT_HELD: "未召开",
    MeetingState.TALK: "仅作座谈、通报登记",
    MeetingState.CANCELLED: "已取消",
}


def card(roll: Roll) -> Text:
    """The live roll: numbers only, no names."""
    meeting = roll.meeting
    place = f"　{meeting.place}" if meeting.place else ""
    return lines(
        "📌 " + bold(f"{title(meeting)}　{STATES[meeting.state]}"),
        dates.moment(meeting.starts_at) + place,
        _numbers(roll),
        _result(roll),
        TWO_THIRDS if meeting.kind is MeetingKind.WORKING else None,
    )


def _numbers(roll: Roll) -> str:
    if roll.meeting.state in (MeetingState.PLANNED, MeetingState.CANCELLED):
        coming = f"　回复到会{roll.coming}人" if roll.coming else ""
        return f"应到{roll.expected}人{coming}　请假{roll.excused}人"
    unsigned = "未签" if roll.meeting.state is MeetingState.OPEN else "未到"
    more = [
        f"　{name}{count}人"
        for name, count in (
            ("迟到", roll.late),
            ("提前离开", roll.left),
            ("列席", roll.non_voting),
        )
        if count
    ]
    by_line = f"（含线上{roll.online}人）" if roll.online else ""
    return (
        f"应到{roll.expected}人　实到{roll.present}人{by_line}　请假{roll.excused}人　"
        f"{unsigned}{roll.unsigned}人{''.join(more)}"
    )


def _result(roll: Roll) -> str | None:
    """What follows from the numbers, while the roll is taken and afterwards."""
    meeting = roll.meeting
    month = f"{day_of(meeting.opened_at or meeting.starts_at).month}月"
    match meeting.state:
        case MeetingState.HELD:
            counts = f"，计入{month}会议" if meeting.kind in rules.MONTHLY_KINDS else ""
            return f"{_reached(roll)}{counts}。"
        case MeetingState.NOT_HELD if meeting.kind is not MeetingKind.WORKING:
            return "无人签到，未召开。"
        case MeetingState.NOT_HELD:
            return f"实到{roll.present}人，因到会人数不足未召开，不计入{month}会议。"
        case MeetingState.TALK:
            short = "" if meeting.kind is not MeetingKind.WORKING else "到会不足三分之二，"
            return f"{short}不表决，不计入{month}会议。"
        case MeetingState.CANCELLED:
            return None
        case _:
            return _so_far(roll)


def _so_far(roll: Roll) -> str:
    if roll.meeting.kind is not MeetingKind.WORKING:
        return f"{KINDS[roll.meeting.kind]}的到会人数，文件未作规定。"
    needed = rules.quorum(roll.base)
    if roll.meeting.state is MeetingState.PLANNED:
        return f"规定到会人数{needed}人（三分之二）"
    if (missing := rules.short_of_quorum(roll)) > 0:
        return f"还差{missing}人（三分之二为{needed}人）"
    if roll.left and not rules.may_vote(roll):
        return f"在场{roll.present - roll.left}人，已低于三分之二（{needed}人），请主持人留意。"
    return f"{_reached(roll)}，可以召开。"


def _reached(roll: Roll) -> str:
    if roll.meeting.kind is not MeetingKind.WORKING:
        return f"实到{roll.present}人"
    return f"实到{roll.present}人，已达到三分之二（需{rules.quorum(roll.base)}人）"


def card_buttons(meeting: Meeting) -> tuple[tuple[Button, ...], ...]:
    if meeting.state is not MeetingState.OPEN:
        return ()
    number = str(meeting.id)
    return (
        (Button("我已到会", "attend", number), Button("请假", "leave", number)),
        (Button("线上参会", "online", number),),
    )


def card_key(meeting: Meeting) -> str:
    return f"meeting:{meeting.id}"


def opened(meeting: Meeting) -> Text:
    return Text(f"{title(meeting)}已开始签到。结束时点“结束签到”，或在群里发送 /closesign。")


BASE_NOTE = "请假的同志仍计入应到；列席不计入。"


def opened_note(meeting: Meeting, *, early: bool) -> Text:
    """To the worker, in private, with the buttons of the roll."""
    planned = (
        f"会议定于{dates.full_moment(meeting.starts_at)}；点错了的，请撤销。" if early else None
    )
    return lines(opened(meeting), planned, BASE_NOTE)


def early_buttons(meeting: Meeting) -> tuple[tuple[Button, ...], ...]:
    return ((Button("撤销开始签到", "takeback", str(meeting.id)),),)


def taken_back(meeting: Meeting) -> Text:
    return Text(f"已撤销开始签到。{title(meeting)}：{dates.full_moment(meeting.starts_at)}。")


def recent_buttons(meetings: Sequence[Meeting]) -> tuple[tuple[Button, ...], ...]:
    """Other meetings by day and kind."""
    return tuple(
        (
            Button(
                f"{dates.day(day_of(one.starts_at))}{KINDS[one.kind]}（{STATES[one.state]}）",
                "panel",
                str(one.id),
            ),
        )
        for one in meetings
    )


def confirm_buttons(meeting: Meeting) -> tuple[tuple[Button, ...], ...]:
    number = str(meeting.id)
    return ((Button("返回", "panel", number), Button("仍要确认", "confirm", f"{number}:yes")),)


def opened_buttons(meeting: Meeting) -> tuple[tuple[Button, ...], ...]:
    number = str(meeting.id)
    return (
        (Button("全员到会，点选例外", "roll", number),),
        (Button("代为登记", "record", number), Button("更正", "correct", number)),
        (Button("登记表决", "vote", number), Button("名单", "names", number)),
        (Button("主持人、记录人", "officers", number), Button("结束签到", "closesign", number)),
    )


def outcome(roll: Roll) -> Text:
    """What became of the meeting, for everybody."""
    return Text(f"{title(roll.meeting)}：应到{roll.expected}人，{_result(roll)}")


def closed(roll: Roll) -> Text:
    """The same to whoever closed the roll, with what to do next."""
    return lines(
        outcome(roll),
        "点错人数的请先更正，再选择。" if roll.meeting.state is MeetingState.NOT_HELD else None,
    )


def closed_buttons(meeting: Meeting) -> tuple[tuple[Button, ...], ...]:
    """What comes after the roll, in private."""
    number = str(meeting.id)
    fix = (Button("更正", "correct", number), Button("名单", "names", number))
    if meeting.confirmed_at is not None:
        return (
            (Button("会议记录", "minutes", number), Button("签到汇总", "summary", number)),
            (Button("重新打开", "reopen", number),),
        )
    if meeting.state is MeetingState.NOT_HELD:
        return (
            fix,
            (Button("另定时间", "again", number), Button("只作登记", "talk", number)),
            (Button("确认名单", "confirm", number),),
        )
    votes = (Button("登记表决", "vote", number), Button("议定事项", "resolve", number))
    return (
        fix,
        *((votes,) if meeting.state is MeetingState.HELD else ()),
        (Button("主持人、记录人", "officers", number),),
        (Button("确认名单", "confirm", number),),
    )


def confirmed(meeting: Meeting, *, is_new: bool) -> Text:
    if not is_new:
        return Text(f"{title(meeting)}名单此前已确认，无需重复操作。")
    return lines(
        f"{title(meeting)}名单已确认。",
        "签到汇总和会议记录草稿稍后发来。如需再改，请书记点“重新打开”并写明原因。",
    )


def reopened(meeting: Meeting) -> Text:
    return Text(f"{title(meeting)}台账已重新打开，改好后请再点“确认名单”。")


WRITE_REOPEN = "请写明重新打开的原因，改动前后都会保留。"


def as_talk(roll: Roll) -> Text:
    month = day_of(roll.meeting.starts_at).month
    return Text(
        f"{title(roll.meeting)}已作座谈、通报登记：到会不足三分之二，不表决，不计入{month}月会议。"
    )


def coming_note(meeting: Meeting, *, tomorrow: bool) -> Text:
    """The note to a member on the working day before."""
    when = f"明天{dates.clock(meeting.starts_at)}" if tomorrow else dates.moment(meeting.starts_at)
    place = f"（{meeting.place}）" if meeting.place else ""
    return Text(f"{when}{KINDS[meeting.kind]}{place}，能否到会？")


def rescheduled(before: Meeting, meeting: Meeting) -> Text:
    """To everybody who was asked about the old time."""
    place = f"（{meeting.place}）" if meeting.place else ""
    return Text(
        f"原定{dates.moment(before.starts_at)}的{KINDS[meeting.kind]}改到"
        f"{dates.moment(meeting.starts_at)}{place}，能否到会？"
    )


def not_asked(meeting: Meeting, people: Sequence[Person]) -> Text:
    """To the worker: who has no account that could be asked."""
    names = "、".join(person.name for person in people)
    return Text(
        f"{title(meeting)}已向绑定账号的同志询问能否到会。没有绑定账号，请另行通知：{names}。"
    )


def forgotten(meeting: Meeting) -> Text:
    """To the worker, on the working day after."""
    if meeting.state is MeetingState.OPEN:
        return Text(
            f"{dates.moment(meeting.starts_at)}的{KINDS[meeting.kind]}签到还没有结束，请结束后核对名单。"
        )
    return Text(
        f"{dates.moment(meeting.starts_at)}的{KINDS[meeting.kind]}没有签到记录。已召开的请补录，未召开的请改时间或取消。"
    )


def forgotten_buttons(meeting: Meeting) -> tuple[tuple[Button, ...], ...]:
    number = str(meeting.id)
    if meeting.state is MeetingState.OPEN:
        return ((Button("结束签到", "closesign", number), Button("名单", "names", number)),)
    return (
        (Button("补录", "later", number),),
        (Button("改时间", "move", number), Button("取消会议", "cancel", number)),
    )


def called_off(meeting: Meeting) -> Text:
    """To everybody who was asked."""
    return Text(f"{dates.moment(meeting.starts_at)}的{KINDS[meeting.kind]}已取消。")


def coming_buttons(meeting: Meeting) -> tuple[tuple[Button, ...], ...]:
    number = str(meeting.id)
    return (
        (Button("能到会", "coming", number), Button("请假", "leave", number)),
        (Button("线上参会", "online", number),),
    )


def announced(record: Attendance) -> str:
    how = "线上参会" if record.online else "到会"
    if record.presence is Presence.PRESENT:
        return f"您已于{dates.clock(record.at)}签到，无需重复操作。"
    when = dates.moment(record.meeting.starts_at)
    then = "会议开始后请点“线上参会”。" if record.online else "到会时请再签到。"
    return f"{address(record.person)}，已记下：{title(record.meeting)}（{when}）能{how}。{then}"


AS_PRESENT, AS_ONLINE, AS_EXCUSED = "到会", "线上参会", "请假"


def echo(meeting: Meeting, how: str) -> Text:
    """Words in private chat, to be confirmed."""
    return Text(f"{title(meeting)}（{dates.moment(meeting.starts_at)}）：登记为{how}？")


def echo_buttons(meeting: Meeting, action: str) -> tuple[tuple[Button, ...], ...]:
    return ((Button("确认", action, str(meeting.id)), Button("取消", "drop")),)


def signed_in(record: Attendance) -> str:
    """The toast, and the answer to /attend."""
    time = dates.clock(record.at)
    if record.capacity is Capacity.NON_VOTING:
        return "已登记为列席。" if record.is_new else f"您已于{time}登记为列席，无需重复操作。"
    if not record.is_new:
        return f"您已于{time}签到，无需重复操作。"
    how = "已线上签到" if record.online else "已签到"
    return f"{address(record.person)}，{time}{how}{'（迟到）' if record.late else ''}。"


def excused(record: Attendance) -> str:
    time = dates.clock(record.at)
    if record.presence is Presence.PRESENT:
        return f"您已于{time}签到，不再登记请假。如需更正，请与工作人员联系。"
    if not record.is_new:
        return f"您已于{dates.moment(record.at)}请假，无需重复操作。"
    return f"{address(record.person)}，已登记请假：{title(record.meeting)}。"


def came_late(meeting: Meeting) -> Text:
    """To the workers: the list they confirmed has changed."""
    return Text(
        f"{title(meeting)}名单确认后，收到一条结束前发出的签到，已计入。请核对后重新确认名单。"
    )


def late_buttons(meeting: Meeting) -> tuple[tuple[Button, ...], ...]:
    number = str(meeting.id)
    return ((Button("名单", "names", number), Button("确认名单", "confirm", number)),)


CLAIMED = "还没有确认您的身份，已转工作人员；确认后按现在的时间签到。"
CLAIMED_BEFORE = "您的签到已转工作人员，确认身份后即登记，无需重复操作。"


FOR_REFERENCE = "电子记录仅作工作参考，以组织部门要求为准。"
SUMMARY = f"签到汇总已生成。{FOR_REFERENCE}"
