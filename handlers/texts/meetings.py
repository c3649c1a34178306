"""What is said about meetings and sign-in."""

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.people import address
from handlers.texts.text import Text, bold, lines
from records import rules
from records.calendar import day_of
from records.model import Attendance, Capacity, Meeting, MeetingKind, MeetingState, Presence, Roll

KINDS = {MeetingKind.WORKING: "工作会议", MeetingKind.JOINT: "联席会议"}
TWO_THIRDS = "依据：问答第7问“参会人数不少于三分之二方可召开”"
HOW_TO_CALL = (
    "请写明时间、会议和地点，例如：\n"
    "/newmeeting 下周三下午3点 工作会议 二楼会议室\n"
    "会议可写“工作会议”或“联席会议”。"
)


def title(meeting: Meeting) -> str:
    """11月工作会议."""
    return f"{day_of(meeting.starts_at).month}月{KINDS[meeting.kind]}"


def called(meeting: Meeting) -> Text:
    return lines(
        f"已登记{title(meeting)}：{dates.full_moment(meeting.starts_at)}，{meeting.place}。",
        "到时点“开始签到”，或发送 /opensign。",
    )


def call_buttons(meeting: Meeting) -> tuple[tuple[Button, ...], ...]:
    return ((Button("开始签到", "opensign", str(meeting.id)),),)


STATES = {
    MeetingState.PLANNED: "尚未开始签到",
    MeetingState.OPEN: "签到中",
    MeetingState.HELD: "签到已结束",
    MeetingState.NOT_HELD: "未召开",
}


def card(roll: Roll) -> Text:
    """The live roll: numbers only, no names."""
    meeting = roll.meeting
    place = f"　{meeting.place}" if meeting.place else ""
    guests = f"　列席{roll.non_voting}人" if roll.non_voting else ""
    return lines(
        "📌 " + bold(f"{title(meeting)}　{STATES[meeting.state]}"),
        dates.moment(meeting.starts_at) + place,
        f"应到{roll.expected}人　实到{roll.present}人　请假{roll.excused}人　"
        f"{'未签' if meeting.state is MeetingState.OPEN else '未到'}{roll.unsigned}人{guests}"
        if meeting.state is not MeetingState.PLANNED
        else f"应到{roll.expected}人　请假{roll.excused}人",
        _result(roll),
        TWO_THIRDS if meeting.kind is MeetingKind.WORKING else None,
    )


def _result(roll: Roll) -> str:
    meeting = roll.meeting
    month = f"{day_of(meeting.opened_at or meeting.starts_at).month}月"
    if meeting.state is MeetingState.HELD:
        return f"{_reached(roll)}，计入{month}会议。"
    if meeting.state is MeetingState.NOT_HELD:
        return f"实到{roll.present}人，因到会人数不足未召开，不计入{month}会议。"
    if meeting.kind is MeetingKind.JOINT:
        return "联席会议的到会人数，文件未作规定。"
    if (missing := rules.short_of_quorum(roll)) > 0:
        return f"还差{missing}人（三分之二为{rules.quorum(roll.expected)}人）"
    return f"{_reached(roll)}，可以召开。"


def _reached(roll: Roll) -> str:
    if roll.meeting.kind is MeetingKind.JOINT:
        return f"实到{roll.present}人"
    return f"实到{roll.present}人，已达到三分之二（需{rules.quorum(roll.expected)}人）"


def card_buttons(meeting: Meeting) -> tuple[tuple[Button, ...], ...]:
    if meeting.state is not MeetingState.OPEN:
        return ()
    number = str(meeting.id)
    return ((Button("我已到会", "attend", number), Button("请假", "leave", number)),)


def card_key(meeting: Meeting) -> str:
    return f"meeting:{meeting.id}"


def opened(meeting: Meeting) -> Text:
    return Text(f"{title(meeting)}已开始签到。结束时点“结束签到”，或在群里发送 /closesign。")


def opened_buttons(meeting: Meeting) -> tuple[tuple[Button, ...], ...]:
    return ((Button("结束签到", "closesign", str(meeting.id)),),)


def closed(roll: Roll) -> Text:
    """Result first, to whoever closed the roll."""
    expected = f"应到{roll.expected}人，{_result(roll)}"
    again = "可用 /newmeeting 另定时间。" if roll.meeting.state is MeetingState.NOT_HELD else None
    return lines(f"{title(roll.meeting)}：{expected}", again, SUMMARY_WAITING)


def signed_in(record: Attendance) -> str:
    """The toast, and the answer to /attend."""
    time = dates.clock(record.at)
    if record.capacity is Capacity.NON_VOTING:
        return "已登记为列席。" if record.is_new else f"您已于{time}登记为列席，无需重复操作。"
    if not record.is_new:
        return f"您已于{time}签到，无需重复操作。"
    return f"{address(record.person)}，{time}已签到。"


def excused(record: Attendance) -> str:
    time = dates.clock(record.at)
    if record.presence is Presence.PRESENT:
        return f"您已于{time}签到，不再登记请假。如需更正，请与工作人员联系。"
    if not record.is_new:
        return f"您已于{dates.moment(record.at)}请假，无需重复操作。"
    return f"{address(record.person)}，已登记请假：{title(record.meeting)}。"


FOR_REFERENCE = "电子记录仅作工作参考，以组织部门要求为准。"
SUMMARY = f"签到汇总已生成。{FOR_REFERENCE}"
SUMMARY_WAITING = "签到汇总稍后发到您的私聊。"
