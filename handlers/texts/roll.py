"""What is said while the roll is taken by a worker: the list, who is recorded, what is put right."""

import zlib
from collections.abc import Mapping, Sequence

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.meetings import title
from handlers.texts.text import Text, bold, lines
from records.attendance import ABSENT, EXCUSED, LATE, ONLINE, PRESENT, Mark
from records.model import Attendance, Capacity, Meeting, Person, Presence, Roll

MARKS = {PRESENT: "到会", EXCUSED: "请假", ABSENT: "未到", ONLINE: "线上", LATE: "迟到"}
LETTERS = {"p": PRESENT, "e": EXCUSED, "a": ABSENT, "o": ONLINE, "l": LATE}
LETTER_OF = {mark: letter for letter, mark in LETTERS.items()}
MOST_BUTTONS = 90  # of a message; others are recorded by name
GONE = "提前离开"
REASONS = ("登记有误", "漏登")
WRITE_REASON = "请写明更正的原因。"
WHOM = "请选择要登记的同志："
WHOM_TO_CORRECT = "请选择要更正的同志："
NOBODY_LEFT = "班子成员都已登记。需要改动的请用“更正”。"
ENTER_IN_PRIVATE = "补录已转到您的私聊，请在私聊中点选名单。"


def take_roll(meeting: Meeting, exceptions: Mapping[int, Mark], size: int) -> Text:
    """All are present but for the exceptions, which a press on a name changes."""
    present = size - len(exceptions)
    marks = list(exceptions.values())
    online = marks.count(ONLINE)
    counts = "".join(
        f"，{name}{marks.count(mark)}人"
        for mark, name in ((EXCUSED, "请假"), (ABSENT, "未到"))
        if marks.count(mark)
    )
    by_line = f"（含线上{online}人）" if online else ""
    return lines(
        f"{title(meeting)}：到会{present + online}人{by_line}{counts}。",
        "没有到会的，点姓名改为请假、未到或线上；都对了点“确认”。",
    )


def roll_buttons(
    meeting: Meeting, team: Sequence[Person], exceptions: Mapping[int, Mark]
) -> tuple[tuple[Button, ...], ...]:
    """A button for each of the team; what is chosen so far travels in every one of them."""
    order = (PRESENT, EXCUSED, ABSENT, ONLINE)
    keys = []
    for place, person in enumerate(team):
        now = exceptions.get(place, PRESENT)
        following = order[(order.index(now) + 1) % len(order)]
        changed = {**exceptions, place: following}
        label = f"{name_among(person, team)}　{MARKS[now]}"
        keys.append(Button(label, "roll", f"{meeting.id}:{packed(changed, team)}"))
    pairs = [tuple(keys[place : place + 2]) for place in range(0, len(keys), 2)]
    done = Button("确认", "rolled", f"{meeting.id}:{packed(exceptions, team)}")
    return (*pairs, (done,))


def packed(exceptions: Mapping[int, Mark], team: Sequence[Person]) -> str:
    """a3f0.3e7a: which team it is, then place and letter of each exception."""
    marks = "".join(
        f"{place}{LETTER_OF[mark]}" for place, mark in sorted(exceptions.items()) if mark != PRESENT
    )
    return f"{fingerprint(team)}.{marks}"


def fingerprint(team: Sequence[Person]) -> str:
    """Four characters that change when the team does: places mean other people then."""
    return f"{zlib.crc32(','.join(str(one.id) for one in team).encode()) & 0xFFFF:04x}"


def rolled(roll: Roll) -> Text:
    online = f"（含线上{roll.online}人）" if roll.online else ""
    return Text(
        f"已登记{title(roll.meeting)}：应到{roll.expected}人，实到{roll.present}人{online}，"
        f"请假{roll.excused}人，未到{roll.unsigned}人。"
    )


def entered_later(roll: Roll, *, before_start: bool, by: Person, on: str) -> Text:
    """A meeting of the past is in the ledger, with who entered it and when."""
    word = "启用前补录" if before_start else "补录"
    return lines(rolled(roll), f"{word}（录入人{by.name}，录入日期{on}）。")


def people_buttons(
    action: str, meeting: Meeting, people: Sequence[Person]
) -> tuple[tuple[Button, ...], ...]:
    keys = [
        Button(name_among(person, people), action, f"{meeting.id}:{person.id}")
        for person in people[:MOST_BUTTONS]
    ]
    return tuple(tuple(keys[place : place + 2]) for place in range(0, len(keys), 2))


def name_among(person: Person, people: Sequence[Person]) -> str:
    """People of one name are told apart by their unit."""
    if sum(one.name == person.name for one in people) > 1:
        return f"{person.name}（{person.unit.name if person.unit else '社区'}）"
    return person.name


def which_mark(person: Person, record: Attendance | None) -> Text:
    return Text(f"{person.name}，现登记为{state(record)}。请选择：")


def mark_buttons(
    action: str, meeting: Meeting, person: Person, marks: Sequence[Mark], *, may_leave: bool = False
) -> tuple[tuple[Button, ...], ...]:
    carried = f"{meeting.id}:{person.id}"
    keys = [Button(MARKS[mark], action, f"{carried}:{LETTER_OF[mark]}") for mark in marks]
    if may_leave:
        keys.append(Button(GONE, action, f"{carried}:g"))
    return tuple(tuple(keys[place : place + 3]) for place in range(0, len(keys), 3))


def why(person: Person, record: Attendance | None, mark: Mark) -> Text:
    return lines(f"{person.name}：{state(record)}改为{MARKS[mark]}。", WRITE_REASON)


def why_buttons(meeting: Meeting, person: Person, mark: Mark) -> tuple[tuple[Button, ...], ...]:
    carried = f"{meeting.id}:{person.id}:{LETTER_OF[mark]}"
    keys = [
        Button(reason, "corrected", f"{carried}:{number}") for number, reason in enumerate(REASONS)
    ]
    return (tuple(keys), (Button("取消", "drop"),))


def recorded(record: Attendance) -> Text:
    guest = "（列席）" if record.capacity is Capacity.NON_VOTING else ""
    return Text(f"已代为登记：{record.person.name}{guest}，{state(record)}。")


def already(record: Attendance) -> Text:
    return Text(
        f"{record.person.name}已登记为{state(record)}（{dates.clock(record.at)}）。需要改动请用“更正”。"
    )


def corrected(
    person: Person, before: Attendance | None, mark: Mark, reason: str, *, doubtful: bool = False
) -> Text:
    """`doubtful` if votes were recorded and too few are left to have voted."""
    return lines(
        f"已更正：{person.name}，{state(before)}改为{MARKS[mark]}（{reason}）。",
        "更正后在场人数不足，此前登记的表决请核对，有误的请撤销。" if doubtful else None,
    )


def left(person: Person, time: str) -> Text:
    return Text(f"已登记：{person.name}，{time}提前离开。")


def same_name(people: Sequence[Person]) -> Text:
    return Text(f"有{len(people)}位{people[0].name}，请选择：")


def state(record: Attendance | None) -> str:
    """What is recorded of a person, in a word or two."""
    if record is None:
        return "未到"
    if record.presence is Presence.COMING:
        return "未签（回复线上参会）" if record.online else "未签（回复能到会）"
    if record.presence is Presence.EXCUSED:
        return "请假"
    if record.left_at is not None:
        return "提前离开"
    if record.online:
        return "线上"
    return "迟到" if record.late else "到会"


def names(roll: Roll, entries: Sequence[tuple[Person, Attendance | None]]) -> Text:
    """Who is where, in private."""
    people = [person for person, _record in entries]
    groups: dict[str, list[str]] = {}
    for person, record in entries:
        guest = record is not None and record.capacity is Capacity.NON_VOTING
        word = "列席" if guest else state(record)
        gone = f"（{dates.clock(record.left_at)}）" if record and record.left_at else ""
        groups.setdefault(word, []).append(name_among(person, people) + gone)
    return lines(
        bold(f"{title(roll.meeting)}名单（应到{roll.expected}人）"),
        *(f"{word}{len(found)}人：{'、'.join(found)}" for word, found in groups.items()),
    )


def officer(meeting: Meeting, role: str) -> Text:
    return Text(f"{title(meeting)}：请选择{OFFICERS[role]}。")


OFFICERS = {"host": "主持人", "recorder": "记录人"}


def officers_named(host: Person | None, recorder: Person | None) -> Text:
    return Text(
        f"主持人：{host.name if host else '（待补充）'}；"
        f"记录人：{recorder.name if recorder else '（待补充）'}。"
    )
