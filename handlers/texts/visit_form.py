"""What stands in 《走访联系记录表》."""

from collections.abc import Iterator

from handlers.texts import dates
from handlers.texts.meetings import FOR_REFERENCE
from handlers.texts.registrations import VISIT_FORMS
from handlers.texts.visits import FIELDS, counted
from records.calendar import day_of
from records.model import Community, ContactForm, Person, Visit

TITLE = "走访联系记录表"
MADE = "走访联系记录表，空项请手写补充。"
BLANK = "（待补充）"
SIGNATURES = (
    f"走访人员签字：{BLANK}　　　　单位确认签字：{BLANK}",
    f"不登记居民、职工姓名。{FOR_REFERENCE}",
)
LONG = ("needs", "opinions", "handling")


def owner(community: Community) -> str:
    return f"填表：{community.name}党组织"


def rows(visit: Visit, by: Person) -> Iterator[tuple[str, str, bool]]:
    """Name, what was noted, and whether it needs room."""
    fact = visit.registration
    yield "单位", fact.unit.name if fact.unit is not None else BLANK, False
    yield "走访日期", dates.full_day(fact.on), False
    yield "形式", VISIT_FORMS[fact.form or ContactForm.OTHER], False
    for field, name in FIELDS.items():
        value = getattr(visit, field)
        shown = dates.long_day(value) if field == "done_on" and value else value
        yield name, shown or BLANK, field in LONG
    yield "联系沟通", counted(visit, can_count=True), False
    yield "登记", f"{by.name}，{dates.long_day(day_of(fact.recorded_at))}", False
