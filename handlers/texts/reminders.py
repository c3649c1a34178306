"""What is said unasked about duties: one digest for each chat, with the clause of each matter and its buttons."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, time
from functools import cache
from itertools import groupby

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.duties import NAMES, NOT_UNDONE, OF_2006, SET_BY_US, basis
from handlers.texts.text import Text, joined, lines
from records import duties
from records.calendar import Period
from records.duties import Bearer
from records.model import Community, Duty, Meeting, NoteAnswer, Person, Unit
from records.notes import Note
from records.reminder_settings import ReminderSettings
from records.workdays import Workdays

NOT_ANNOUNCED = "（调休安排待公布）"
LATE = "（补发）"
BLOCKS, NAMED, BUTTONS = 10, 30, 40  # in one message
REGISTER = {
    Duty.HALF_YEAR_CONTACT: "已联系，去登记",
    Duty.DEED: "登记实事好事",
    Duty.REPORT_TO_UNIT: "已向单位述职，去登记",
    Duty.REPORT_TO_COMMITTEE: "已向大党委述职，去登记",
}
MATTERS = {
    Duty.HALF_YEAR_CONTACT: "{when}与{community}大党委的联系沟通",
    Duty.DEED: "{when}为{community}办实事好事",
    Duty.REPORT_TO_UNIT: "{when}向所在单位党组织的述职",
    Duty.REPORT_TO_COMMITTEE: "{when}向{community}大党委的述职",
}
HOW = {
    Duty.HALF_YEAR_CONTACT: "如已联系，点“已联系，去登记”即可，不用传照片。",
    Duty.DEED: "如已办，点“登记实事好事”即可，不用传照片。",
    Duty.REPORT_TO_UNIT: "如已述职，点“已向单位述职，去登记”即可，不用传材料。",
    Duty.REPORT_TO_COMMITTEE: "如已述职，点“已向大党委述职，去登记”即可，不用传材料。",
}
INSTEAD = {
    Duty.HALF_YEAR_CONTACT: "请代为联系；已联系的，发送 /contact 登记。",
    Duty.DEED: "请代为联系；已办的，发送 /deed 登记。",
    Duty.REPORT_TO_UNIT: "请代为提示；已述职的，发送 /report 登记。",
    Duty.REPORT_TO_COMMITTEE: "请代为提示；已述职的，发送 /report 登记。",
}
NEW = {
    Bearer.UNIT: "贵单位在本期中新入驻，本期只作提示。",
    Bearer.MEMBER: "您本年度任职不满一年，本年度只作提示。",
}
REPLACED = "已有新提醒。"
HOURS = {hour: time.fromisoformat(hour) for hour in ("09:30", "11:00", "14:30", "16:30")}
PAUSES = {"7": 7, "14": 14, "30": 30, "0": 0}  # days


def digest(matters: Sequence[Note], days: Workdays, planned: Mapping[Community, Meeting]) -> Text:
    """Everything one chat is told now: its own matters first, then those of the office."""
    own = [note for note in matters if _is_personal(note)]
    blocks = [_own(own)] if own else []
    blocks += [_of_committee(note, planned) for note in matters if _is_office(note)]
    blocks += _unreachable(matters)
    if len(blocks) > BLOCKS:
        blocks = [*blocks[:BLOCKS], Text(f"另有{len(blocks) - BLOCKS}项，请发送 /duty 查看。")]
    more = matters[0].total - len(matters)
    if more > 0:
        blocks.append(Text(f"另有{more}项，请发送 /duty 查看。"))
    last = max(note.period.last for note in matters)
    announced = None if days.is_announced(last.year) else NOT_ANNOUNCED
    return lines(joined("\n\n", blocks), announced)


def _is_office(note: Note) -> bool:
    return duties.KINDS[note.duty].bearer is Bearer.COMMUNITY


def _is_personal(note: Note) -> bool:
    return note.is_own and not _is_office(note)


def _own(notes: Sequence[Note]) -> Text:
    """P2, P3 to the liaison of a unit, P4 to a part-time member."""
    first = notes[0]
    is_member = any(duties.KINDS[note.duty].bearer is Bearer.MEMBER for note in notes)
    title = "同志" if is_member else ""
    greeting = f"{LATE if all(note.is_late for note in notes) else ''}{first.reader}{title}您好。"
    if len(notes) == 1:
        return lines(
            f"{greeting}{_owner(first)}{_matter(first)}，目前还没有登记。",
            basis(first.duty),
            NEW[duties.KINDS[first.duty].bearer] if first.is_new else None,
            HOW[first.duty],
        )
    listed = [
        f"{number}. {_owner(note)}{_matter(note)}{'（本期只作提示）' if note.is_new else ''}"
        for number, note in enumerate(notes, 1)
    ]
    return lines(
        f"{greeting}以下{len(notes)}项目前还没有登记：",
        *listed,
        *dict.fromkeys(basis(note.duty) for note in notes),
        "如已开展，点下面的按钮登记即可，不用传照片和材料。",
    )


def _owner(note: Note) -> str:
    return "贵单位" if note.unit is not None else "您"


def _matter(note: Note) -> str:
    """今年下半年与幸福里社区大党委的联系沟通."""
    return MATTERS[note.duty].format(when=_this(note.period), community=note.community.name)


@cache
def _this(period: Period) -> str:
    return "今年" + dates.period(period).partition("年")[2]


def _of_committee(note: Note, planned: Mapping[Community, Meeting]) -> Text:
    """P1, P5 to P8 and the November notice, to the Party-affairs worker (and the Party secretary)."""
    late = LATE if note.is_late else ""
    if note.duty is Duty.HOLIDAYS:
        return lines(*_holidays(note.period))
    if note.duty is Duty.MONTHLY_MEETING:
        return lines(*_monthly(note, late, planned.get(note.community)))
    return lines(
        f"{late}{_community_matter(note)}还没有登记。",
        basis(note.duty),
        OF_2006 if note.duty is Duty.DEMOCRATIC_LIFE else None,
        SET[note.duty],
    )


SET: Mapping[Duty, str] = {
    Duty.MUTUAL_APPRAISAL: f"起止日期为{SET_BY_US}。可用 /newmeeting 安排会议。",
    Duty.DEMOCRATIC_LIFE: "已召开的，发送 /duty 登记日期即可。",
    Duty.UPWARD_REPORT: f"频次为{SET_BY_US}。已报告的，发送 /duty 登记。",
    Duty.PUBLIC_REVIEW: f"频次为{SET_BY_US}。已开展的，发送 /duty 登记。",
}


def _community_matter(note: Note) -> str:
    owner = "党组织" if note.duty in (Duty.DEMOCRATIC_LIFE, Duty.PUBLIC_REVIEW) else "大党委"
    when = dates.period(note.period)
    return f"{note.community.name}{owner}{when}{NAMES[note.duty]}"


def _monthly(note: Note, late: str, planned: Meeting | None) -> Iterator[str]:
    named = f"{late}{note.community.name}大党委{dates.period(note.period)}会议"
    if note.stage == 0:
        yield f"{named}还没有安排。"
    elif planned is not None:
        yield f"{named}已安排在{dates.moment(planned.starts_at)}，还没有召开。"
    else:
        yield f"{named}还没有登记。"
    yield basis(Duty.MONTHLY_MEETING)
    yield "可用 /newmeeting 安排会议，当天签到后计入本月。"


def _holidays(period: Period) -> Iterator[str]:
    yield f"{period.year + 1}年放假调休安排尚未收录。"
    yield (
        "在收录之前，提醒按周一至周五推算，并注明“调休安排待公布”。"
        "国务院办公厅公布后，请运行本助手的工作人员导入。"
    )


def _unreachable(matters: Iterable[Note]) -> list[Text]:
    """To the worker: units and members whom the bot cannot write to."""
    instead = sorted(
        (note for note in matters if not note.is_own),
        key=lambda note: (note.community.id, note.duty.value, note.period.key),
    )
    grouped = groupby(instead, key=lambda note: (note.community, note.duty, note.period))
    return [_unreachable_block(list(notes)) for _key, notes in grouped]


def _unreachable_block(notes: Sequence[Note]) -> Text:
    first = notes[0]
    names = [note.unit.name if note.unit is not None else f"{note.name}同志" for note in notes]
    late = LATE if all(note.is_late for note in notes) else ""
    who = f"{len(names)}个单位" if first.unit is not None else f"{len(names)}位兼职委员"
    cannot = "没有可以提醒的联络员" if first.unit is not None else "还没有确认身份，不能提醒"
    more = "等" if len(names) > NAMED else ""
    return lines(
        f"{late}{dates.period(first.period)}{NAMES[first.duty]}：{who}尚未登记，且{cannot}。",
        f"{'、'.join(names[:NAMED])}{more}。",
        basis(first.duty),
        f"{INSTEAD[first.duty]}{NOT_UNDONE}",
    )


def digest_buttons(matters: Sequence[Note]) -> tuple[tuple[Button, ...], ...]:
    """Registering each matter, waiting for all of them, another liaison; what was pressed is gone."""
    own = [note for note in matters if _is_personal(note)]
    open_ones = [note for note in own if note.answer in (None, NoteAnswer.POSTPONED)]
    of_a_duty = {duty: [one for one in own if one.duty is duty] for duty in Duty}
    registering = [
        (Button(_label(note, of_a_duty[note.duty]), "noted", str(note.obligation_id)),)
        for note in open_ones[:BUTTONS]
    ]
    others = []
    if any(note.may_wait and note.answer is None for note in open_ones):
        others.append(Button("三天后再提醒", "notelater"))
    units = list(dict.fromkeys(note.unit for note in open_ones if note.unit is not None))
    if len(units) == 1:
        others.append(Button("联络员已更换", "notliaison", str(units[0].id)))
    else:
        registering += [
            (Button(f"联络员已更换（{unit.name}）", "notliaison", str(unit.id)),)
            for unit in units[:BUTTONS]
        ]
    return (*registering, *((tuple(others),) if others else ()))


def _label(note: Note, same: Sequence[Note]) -> str:
    """Whoever speaks for several units or communities sees which one of the same duty is meant."""
    label = REGISTER[note.duty]
    if len(same) < 2:
        return label
    several_units = any(one.unit != note.unit for one in same)
    return f"{label}（{note.unit.name if several_units and note.unit else note.community.name}）"


def replaced() -> Text:
    return Text(REPLACED)


def postponed(until: date) -> str:
    """On the button's press, seen by whoever pressed."""
    return f"好的，{dates.day(until)}（{dates.weekday(until)}）再提醒您。"


def handed_over() -> Text:
    return Text("已请工作人员更换联络员，您不再收到该单位的提醒。")


def liaison_changed(unit: Unit, person: Person) -> Text:
    return lines(
        f"{unit.name}：{person.name}回复联络员已更换，不再提醒本人。",
        "请登记新的联络员，下次提醒发给新联络员。",
    )


def settings(found: ReminderSettings, *, paused: bool) -> Text:
    when = f"工作日{found.said_at:%H:%M}"
    if paused and found.paused_until is not None:
        when = f"暂停到{dates.full_day(found.paused_until)}，之后{when}"
    return lines(
        f"您的提醒时间：{when}。",
        "每件事每期最多提醒三次；暂停期间到期的，恢复后合并提醒一次。",
    )


def settings_buttons(found: ReminderSettings, *, paused: bool) -> tuple[tuple[Button, ...], ...]:
    hours = tuple(Button(hour, "remind", hour) for hour, at in HOURS.items() if at != found.said_at)
    if paused:
        return (hours, (Button("恢复提醒", "remind", "0"),))
    pauses = tuple(Button(f"暂停{length}天", "remind", str(length)) for length in (7, 14, 30))
    return (hours, pauses)
