"""What is said about many meetings of the past: the workbook, what is wrong with it, what would be entered."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.calling import ONLY_OURS
from handlers.texts.meetings import KINDS
from handlers.texts.office import pairs
from handlers.texts.text import Text, bold, lines
from handlers.texts.workbooks import DATE_EXAMPLE, EXAMPLE, NOT_YET, QUOTED, ignored
from records import rules
from records.calendar import day_of
from records.model import Community, Meeting, MeetingKind, MeetingState, Person, Roll

NAME = "《历史会议补录表》"
FILE_NAME = "历史会议补录表.xlsx"
MOST = 60  # meetings of one file
ON_A_PAGE = 25  # meetings of a message
ANY_KIND = f"{'、'.join(list(KINDS.values())[:-1])}或{KINDS[MeetingKind.OTHER]}"

HOW = f"请按《历史会议补录表》填写，填好后直接发到这里，一次最多{MOST}次会议。表格稍后发来。"
FORM = "历史会议补录表。每行一次会议，写法见“填表说明”。"
NOTES = (
    f"1. 每行一次会议，一次最多{MOST}次。标“{EXAMPLE}”的两行不会补录，可以保留。",
    f"2. “日期”要写明年份，写作 {DATE_EXAMPLE} 或 2026年11月10日。",
    "3. “时间”写开始时间，例如 15:00；留空的按15:00登记。",
    f"4. “会议”填{ANY_KIND}。",
    f"　　{ONLY_OURS}",
    "5. “请假”“未到”“线上”填姓名，用顿号隔开，没有的留空；没有写到的班子成员按到会登记。",
    "6. 应到人数按会议当日的名册计算。列席人员不用填。",
    "7. 同名的写作“姓名（单位）”，社区的同志写作“姓名（社区）”。",
    "8. “议定事项”每项一行（单元格内按 Alt+Enter 换行），依次写事项、责任人、时限，用分号隔开，",
    "　　例如：加装楼道扶手；李强；12月20日。已经办结的，再写：12月18日已办结。",
    "9. 请不要使用公式。无需填写电话、身份证号和请假原因。",
)


# what is wrong with the file

NOTHING = "表中没有要补录的会议。请从示例下面的空行填起，再发送文件。"

TOO_MANY = f"一次最多{MOST}次会议，表中有{{}}行。请分成几个文件发送。"
NO_SUCH_DATE = f"“日期”不能是“{{}}”。请写作 {DATE_EXAMPLE}，开始时间写在“时间”列。"
IN_FUTURE = "会议时间还没有到。今后的会议请用 /newmeeting 登记。"
NO_KIND = f"没有写会议。请填{ANY_KIND}。"
PLACE_TOO_LONG = "“地点”超过60字。请缩短。"


def no_time(written: str) -> str:
    return f"“时间”不能是“{written[:QUOTED]}”。请只写开始时间，例如 15:00。"


def no_kind(written: str) -> str:
    return f"“会议”不能是“{written[:QUOTED]}”。请填{ANY_KIND}。"


def no_team(day: date) -> str:
    return f"{dates.full_day(day)}的名册中没有班子成员。请先在名册中写明任职起始日期。"


def unknown(heading: str, written: str, day: date) -> str:
    return (
        f"{dates.full_day(day)}的班子名册中没有“{written[:QUOTED]}”（“{heading}”列）。"
        "请核对姓名，或先在名册中补全任职起止日期。"
    )


def same_name(found: Sequence[Person], written: str) -> str:
    """Which of them is meant is written with the unit."""
    units = [one.unit.name if one.unit is not None else "社区" for one in found]
    choices = "或".join(f"“{found[0].name}（{unit}）”" for unit in units)
    return f"有{len(found)}位“{written[:QUOTED]}”。请写作{choices}。"


def twice_in_row(person: Person, first: str, second: str) -> str:
    return f"“{person.name}”同时写在“{first}”和“{second}”中。请只留一处。"


def same_day(number: int) -> str:
    return (
        f"与第{number}行日期相同。同一次会议请只留一行；"
        "同一天确有两次会议的，另一次请用 /newmeeting 补录。"
    )


def in_the_ledger(meeting: Meeting) -> str:
    return (
        f"台账中已有{dates.full_moment(meeting.starts_at)}的{KINDS[meeting.kind]}，不重复补录。"
        "请删去这一行，或核对日期和时间。"
    )


def resolution(place: int, fault: str) -> str:
    return f"“议定事项”第{place}项{fault}"


RESOLUTION_TOO_LONG = "为空、太长或分号太多。请写作：事项；责任人；时限。"
RESOLUTION_DAY = "的日期看不懂。请写作12月20日。"
DONE_WITHOUT_DAY = "没有写办结日期。请写作“12月18日已办结”。"
DONE_OUT_OF_RANGE = "的办结日期应在会议当日至今天之间。请核对。"


# what would be entered, and what was


def preview(
    community: Community, found: Sequence[tuple[Roll, int]], columns: int, *, today: date
) -> Iterator[Text]:
    """A line for each meeting with the number of its resolutions; page by page, counts first."""
    written = [_line(roll, decided, community, today) for roll, decided in found]
    pages = [written[place : place + ON_A_PAGE] for place in range(0, len(written), ON_A_PAGE)]
    for number, page in enumerate(pages, start=1):
        yield lines(
            bold(_counts([roll for roll, _decided in found])) if number == 1 else None,
            *page,
            *(_ending(columns) if number == len(pages) else ()),
        )


def _counts(rolls: Sequence[Roll]) -> str:
    not_held = sum(roll.meeting.state is MeetingState.NOT_HELD for roll in rolls)
    more = f"，其中因到会人数不足未召开{not_held}次" if not_held else ""
    return f"补录核对：{len(rolls)}次会议{more}。"


def _ending(columns: int) -> Iterable[str | None]:
    return ignored(columns), NOT_YET


def _line(roll: Roll, decided: int, community: Community, today: date) -> str:
    """10月15日（周四）15:00 工作会议：应到9人，实到7人，请假2人，未到0人，计入10月会议."""
    meeting = roll.meeting
    online = f"（其中线上{roll.online}人）" if roll.online else ""
    parts = (
        f"应到{roll.expected}人",
        f"实到{roll.present}人{online}",
        f"请假{roll.excused}人",
        f"未到{roll.unsigned}人",
        *_outcome(roll, community, today),
        *((f"议定事项{decided}项",) if decided else ()),
    )
    return f"{_moment(meeting.starts_at, today)} {KINDS[meeting.kind]}：{'，'.join(parts)}"


def _outcome(roll: Roll, community: Community, today: date) -> Iterable[str]:
    day = day_of(roll.meeting.starts_at)
    before_start = day < community.starts_on
    if roll.meeting.state is MeetingState.NOT_HELD:
        yield "因到会人数不足未召开"
    elif roll.meeting.kind in rules.MONTHLY_KINDS and not before_start:
        year = f"{day.year}年" if day.year != today.year else ""
        yield f"计入{year}{day.month}月会议"
    if before_start:
        yield "启用前补录"


def _moment(moment: datetime, today: date) -> str:
    """With the year where it is another."""
    if day_of(moment).year == today.year:
        return dates.moment(moment)
    return dates.full_moment(moment)


def entered(found: Sequence[Meeting], *, by: Person, on: date) -> Text:
    return lines(
        f"已补录{len(found)}次会议（录入人{by.name}，录入日期{dates.day(on)}）。",
        "需要更正名单、登记表决或确认名单的，请点该次会议。",
    )


def entered_buttons(found: Sequence[Meeting], *, today: date) -> tuple[tuple[Button, ...], ...]:
    """Each of them, to be gone on with."""
    return pairs(
        [
            Button(f"{_day(one.starts_at, today)}{KINDS[one.kind]}", "past", str(one.id))
            for one in found
        ]
    )


def _day(moment: datetime, today: date) -> str:
    day = day_of(moment)
    return f"{day.year}年{dates.day(day)}" if day.year != today.year else dates.day(day)
