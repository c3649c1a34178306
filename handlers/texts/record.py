"""The words of the meeting record: from recorded facts only, every blank marked."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from handlers.texts import dates, votes
from handlers.texts.resolutions import TO_FILL, described
from handlers.texts.roll import name_among
from records import rules
from records.calendar import day_of
from records.model import (
    AgendaItem,
    Meeting,
    MeetingKind,
    MeetingState,
    Person,
    QuorumBase,
    Resolution,
    Roll,
    Settings,
    Settlement,
    Vote,
)

FIELDS = (
    "名称",
    "时间",
    "地点",
    "主持人",
    "记录人",
    "应到",
    "实到",
    "请假",
    "缺席",
    "列席",
    "议题",
    "发言要点",
    "表决方式和票数",
    "议定事项",
    "主持人签字",
    "记录人签字",
)
NONE = "无"
DENOMINATOR = "以上均以表决时在场的班子成员为分母，弃权计入，列席不计。"
DRAFT = f"会议记录草稿已生成，只写已登记的内容，空白处标{TO_FILL}，请补齐并核对。"
STANDARD_FORM = "本社区的模板没有用上，会议记录草稿已按标准格式生成。"


def shortage(roll: Roll) -> str | None:
    """The first line of what was no meeting (T8)."""
    too_few = "到会不足三分之二，" if rules.short_of_quorum(roll) else ""
    match roll.meeting.state:
        case MeetingState.TALK:
            return f"{too_few}仅作座谈、通报登记，不表决。"
        case MeetingState.NOT_HELD:
            return f"{too_few}会议未召开。"
        case _:
            return None


def entered_later(meeting: Meeting, *, starts_on: date, by: Person | None) -> str | None:
    """Of a meeting of the past who entered it, and when."""
    if meeting.entered_at is None:
        return None
    word = "启用前补录" if day_of(meeting.starts_at) < starts_on else "补录"
    who = f"录入人{by.name}，" if by is not None else ""
    on = day_of(meeting.entered_at)
    return f"{word}（{who}录入日期{on.year}年{dates.day(on)}）"


def expected(roll: Roll) -> str:
    if roll.meeting.kind is MeetingKind.WORKING and (
        roll.settings.quorum_base is QuorumBase.WITHOUT_EXCUSED
    ):
        return f"{roll.expected}人（计算三分之二时扣除请假；{votes.SET_HERE}）"
    return f"{roll.expected}人"


def present(roll: Roll) -> str:
    """Known once the roll is closed."""
    if not roll.meeting.is_over:
        return TO_FILL
    more = "、".join(
        f"{name}{count}人"
        for name, count in (("线上", roll.online), ("迟到", roll.late), ("提前离开", roll.left))
        if count
    )
    set_here = (
        f"；线上不计入三分之二，{votes.SET_HERE}"
        if roll.online and not roll.settings.online_counts
        else ""
    )
    return f"{roll.present}人" + (f"（其中{more}{set_here}）" if more else "")


def names(people: Sequence[Person]) -> str:
    if not people:
        return NONE
    return f"{len(people)}人：" + "、".join(name_among(person, people) for person in people)


def items(agenda: Iterable[AgendaItem]) -> str:
    return "\n".join(f"{place}. {item.title}" for place, item in enumerate(agenda, 1)) or TO_FILL


def ballots(
    meeting: Meeting,
    held: Sequence[Vote],
    settings: Settings,
    *,
    settlers: Mapping[int, Person],
) -> str:
    """A line for each vote; `settlers` are those who registered what the host made of one half."""
    if not held:
        return _nothing(meeting)
    found = [
        f"{place}. {_ballot(meeting, vote, settings)}{_settled(vote, settings, settlers)}"
        for place, vote in enumerate(held, start=1)
    ]
    return "\n".join([*found, DENOMINATOR])


def _ballot(meeting: Meeting, vote: Vote, settings: Settings) -> str:
    manner = f"{vote.title}：{votes.MANNERS[vote.manner]}表决，"
    if vote.closed_at is None:
        return f"{manner}尚未结束。"
    unvoted = vote.present - vote.agreed - vote.against - vote.abstained
    missing = f"，未表态{unvoted}人" if unvoted else ""
    says = rules.vote_result(meeting.kind, vote, settings) is not None
    return (
        f"{manner}参会班子成员{vote.present}人，同意{vote.agreed}人，不同意{vote.against}人，"
        f"弃权{vote.abstained}人{missing}。{votes.verdict(meeting, vote, settings) if says else ''}"
    )


def _settled(vote: Vote, settings: Settings, settlers: Mapping[int, Person]) -> str:
    if vote.settlement is None:
        return ""
    by = settlers.get(vote.settled_by or 0)
    signed = "，".join(part for part in (by.name if by else "", _when(vote.settled_at)) if part)
    words = f"认定：{votes.SETTLEMENTS[vote.settlement]}（{signed}）。"
    if vote.settlement is Settlement.BY_READING and settings.half and settings.half_decided_on:
        on = dates.full_day(settings.half_decided_on)
        reading = f"口径：{votes.READINGS[settings.half]}，{on}集体研究确定"
        return f"{words}{reading}；{votes.SET_HERE}。"
    return words


def _when(moment: datetime | None) -> str:
    return dates.full_moment(moment) if moment is not None else ""


def decided(meeting: Meeting, resolutions: Iterable[Resolution]) -> str:
    found = [f"{place}. {described(one)}" for place, one in enumerate(resolutions, start=1)]
    return "\n".join(found) or _nothing(meeting)


def _nothing(meeting: Meeting) -> str:
    """Below two thirds nothing was decided; otherwise nobody has entered it yet."""
    return NONE if meeting.state in (MeetingState.TALK, MeetingState.NOT_HELD) else TO_FILL
