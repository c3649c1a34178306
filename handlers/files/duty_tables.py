"""The tables of what was registered in a year, of the community's own duties, and of what is not registered."""

from collections.abc import Iterator, Sequence
from datetime import date

from handlers.files.sheets import Column, Row, Table, listed
from handlers.texts import dates
from handlers.texts import files as texts
from handlers.texts.contacts import FORMS
from handlers.texts.duties import CLAUSES, NAMES, NOT_UNDONE, OF_2006, SET_BY_US, STATES
from handlers.texts.registrations import VISIT_FORMS
from handlers.texts.visits import owes
from records import duties
from records.calendar import day_of
from records.duties import Bearer
from records.model import Duty, Registration, Visit
from records.register import Occurrence
from records.yearbook import Copy, Yearbook

DAY = 18
CONTACTS = (
    Column("单位", 46),
    Column("日期", DAY),
    Column("形式", 10, is_centred=True),
    Column("登记日期", DAY),
    Column("登记情况", 20),
    Column("社区确认日期", DAY),
)
DEEDS = (
    Column("单位", 30),
    Column("事项", 36),
    Column("日期", 16),
    Column("归属年度", 10, is_centred=True),
    Column("登记日期", 16),
    Column("登记情况", 16),
    Column("社区确认日期", 16),
)
REPORTS = (
    Column("姓名", 16),
    Column("单位", 40),
    Column("述职对象", 22),
    Column("日期", DAY),
    Column("归属年度", 12, is_centred=True),
    Column("登记情况", 22),
)
COPIES = (
    Column("单位", 52),
    Column("双述双评会议日期", 26),
    Column("评价结果", 22, is_centred=True),
    Column("抄报日期", 30),
)
DUTIES = (
    Column("事项", 24),
    Column("时段", 22),
    Column("登记情况", 16),
    Column("日期", DAY),
    Column("依据", 54),
)
OUTSTANDING = (
    Column("事项", 40),
    Column("时段", 22),
    Column("单位或姓名", 48),
    Column("登记情况", 20),
)
NOTES, LONG_NOTES = 25, 41  # as wide as the words of a visit need, to be seen whole on paper
TO_CONFIRM = "待确认"
NOT_SENT = "尚未抄报"
COMMITTEE = "社区“大党委”"
COUNTED = {True: "计入", False: "不计入", None: "待单位确认"}
NOT_OWED = "该单位不列入"
ADDRESSEES = {
    Duty.REPORT_TO_UNIT: "所在单位党组织",
    Duty.REPORT_TO_COMMITTEE: "社区大党委",
}
SET_BY_COMMUNITY = {
    Duty.MUTUAL_APPRAISAL: "起止时间",
    Duty.UPWARD_REPORT: "频次",
    Duty.PUBLIC_REVIEW: "频次",
}


def of(book: Yearbook) -> list[Table]:
    """Of a duty report only day, addressee and year: nothing sums up what one person did."""
    own = [one for one in book.register if duties.KINDS[one.duty].bearer is Bearer.COMMUNITY]
    missing = sorted((one for one in book.register if one.state.is_open), key=_place)
    return [
        listed(
            "联系沟通",
            CONTACTS,
            [_contact(book, one) for one in book.registered(Duty.HALF_YEAR_CONTACT)],
        ),
        listed("走访", _visit_columns(book.visits), [_visit(one) for one in book.visits]),
        listed("实事好事", DEEDS, [_deed(book, one) for one in book.registered(Duty.DEED)]),
        listed("述职", REPORTS, [_report(book, one) for one in book.registered(*ADDRESSEES)]),
        listed("抄报", COPIES, [_copy(one) for one in book.copies]),
        listed("例行事项", DUTIES, [_own(book, one) for one in own], note="".join(_notes(own))),
        listed("尚未登记", OUTSTANDING, [_open(book, one) for one in missing], note=NOT_UNDONE),
    ]


def _place(one: Occurrence) -> tuple[int, date]:
    """Duty by duty and period by period; within them the order of the register."""
    return list(Duty).index(one.duty), one.period.first


def _contact(book: Yearbook, one: Registration) -> Row:
    return (
        _unit(one),
        texts.day(one.on),
        _form(one),
        texts.day(day_of(one.recorded_at)),
        _state(book, one),
        _confirmed(one),
    )


def _deed(book: Yearbook, one: Registration) -> Row:
    return (
        _unit(one),
        one.title or "",
        texts.day(one.on),
        f"{one.counts_on.year}年",
        texts.day(day_of(one.recorded_at)),
        _state(book, one),
        _confirmed(one),
    )


def _report(book: Yearbook, one: Registration) -> Row:
    person = book.people.get(one.person_id or 0)
    unit = one.unit or (person.unit if person is not None else None)
    return (
        book.name(one.person_id),
        unit.name if unit is not None else "",
        ADDRESSEES[one.duty],
        texts.day(one.on),
        f"{one.counts_on.year}年",
        _state(book, one),
    )


def _visit(one: Visit) -> Row:
    fact = one.registration
    return (
        texts.day(fact.on),
        _unit(fact),
        one.visitors,
        VISIT_FORMS[fact.form] if fact.form is not None else "",
        one.needs,
        one.opinions,
        one.handling,
        texts.day(one.done_on) if one.done_on is not None else "",
        COUNTED[one.counts] if owes(fact.unit) else NOT_OWED,
    )


def _visit_columns(visits: Sequence[Visit]) -> Sequence[Column]:
    longest = max((len(_words(one)) for one in visits), default=0)
    width = LONG_NOTES if longest > 10 * NOTES else NOTES
    return (
        Column("日期", 16),
        Column("单位", 20),
        Column("走访人员", 12),
        Column("形式", 8, is_centred=True),
        *(Column(heading, width) for heading in ("单位需求", "意见建议", "处理情况")),
        Column("完成日期", 16),
        Column("是否计入联系沟通", 14, is_centred=True),
    )


def _words(visit: Visit) -> str:
    return max((visit.needs, visit.opinions, visit.handling), key=len)


def _copy(one: Copy) -> Row:
    """The committee's own result goes nowhere."""
    appraised = texts.day(one.appraised_on) if one.appraised_on is not None else ""
    if one.unit is None:
        return COMMITTEE, appraised, one.result, ""
    sent = texts.day(one.sent.on) if one.sent is not None else NOT_SENT
    return one.unit.name, appraised, one.result, sent


def _own(book: Yearbook, one: Occurrence) -> Row:
    where, words = CLAUSES[one.duty]
    return (
        NAMES[one.duty],
        _period(book, one),
        STATES[one.state],
        "、".join(texts.day(day) for day in _days(one)),
        f"{where}“{words}”",
    )


def _open(book: Yearbook, one: Occurrence) -> Row:
    owner = one.unit or one.person or book.community
    return NAMES[one.duty], _period(book, one), owner.name, STATES[one.state]


def _period(book: Yearbook, one: Occurrence) -> str:
    """Of the mutual appraisal with what the community takes for 年终."""
    words = dates.period(one.period)
    if one.duty is not Duty.MUTUAL_APPRAISAL:
        return words
    first, last = duties.window(book.settings.window, one.period.year)
    return f"{words}（{texts.day(first)}至{texts.day(last)}）"


def _days(one: Occurrence) -> list[date]:
    held = [day_of(meeting.opened_at or meeting.starts_at) for meeting in one.meetings]
    return sorted({*held, *(fact.on for fact in one.facts)})


def _notes(own: Sequence[Occurrence]) -> Iterator[str]:
    found = {one.duty for one in own}
    if Duty.DEMOCRATIC_LIFE in found:
        yield f"{NAMES[Duty.DEMOCRATIC_LIFE]}：{OF_2006}"
    chosen = [f"{NAMES[duty]}的{what}" for duty, what in SET_BY_COMMUNITY.items() if duty in found]
    if chosen:
        yield f"{'、'.join(chosen)}：{SET_BY_US}。"
    yield NOT_UNDONE


def _form(one: Registration) -> str:
    """A contact that a visit stands for says so."""
    if one.arises_from is not None:
        return NAMES[Duty.VISIT]
    return FORMS[one.form] if one.form is not None else ""


def _unit(one: Registration) -> str:
    return one.unit.name if one.unit is not None else ""


def _state(book: Yearbook, one: Registration) -> str:
    return STATES[book.states[one.id]]


def _confirmed(one: Registration) -> str:
    return texts.day(day_of(one.confirmed_at)) if one.confirmed_at is not None else TO_CONFIRM
