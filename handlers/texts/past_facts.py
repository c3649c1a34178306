"""What is said about many registrations of the past: the workbook, what is wrong with it, what would be entered."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.contacts import FORMS
from handlers.texts.duties import NAMES
from handlers.texts.registrations import LIST, VISIT_FORMS
from handlers.texts.text import Text, bold, lines
from handlers.texts.workbooks import DATE_EXAMPLE, EXAMPLE, NOT_YET, QUOTED, ignored
from records import duties
from records.calendar import Period, Year
from records.model import Community, ContactForm, Duty, Person, Unit
from records.past_facts import PastFact

NAME = "《历史登记补录表》"
FILE_NAME = "历史登记补录表.xlsx"
MOST = 200  # rows of one file
MATTERS: Mapping[str, Duty] = {
    "联系沟通": Duty.HALF_YEAR_CONTACT,
    "实事好事": Duty.DEED,
    "述职": Duty.REPORT_TO_COMMITTEE,  # to whom stands in another column
    "走访": Duty.VISIT,
    "民主生活会": Duty.DEMOCRATIC_LIFE,
}
SAID: Mapping[str, ContactForm] = {
    **{name: form for form, name in FORMS.items()},
    VISIT_FORMS[ContactForm.VISIT]: ContactForm.VISIT,
}
WITHOUT = ("", "无", "/", "-", "—")
ANY_MATTER = "、".join(MATTERS)
ANY_FORM = "、".join(SAID)
TITLE_LENGTH, VISITORS_LENGTH = 100, 100

HOW = f"请按{NAME}填写，填好后直接发到这里，一次最多{MOST}行。表格稍后发来。"
FORM = "历史登记补录表。每行一项，写法见“填表说明”，单位和人员见第二张表。"
LISTS_SHEET = "单位和人员"
UNITS_HEAD, MEMBERS_HEAD = "【单位】联系沟通、实事好事、走访", "【兼职委员】述职"
NOTES = (
    f"1. 每行一项，一次最多{MOST}行。标“{EXAMPLE}”的几行不会补录，可以保留。",
    f"2. “事项”填{ANY_MATTER}。",
    "3. “单位或姓名”：联系沟通、实事好事、走访填单位，述职填兼职委员姓名，民主生活会留空。",
    f"4. “日期”是实际开展的日期，要写明年份，写作 {DATE_EXAMPLE} 或 2026年11月10日。",
    f"5. “形式”只用于联系沟通和走访，填{ANY_FORM}；留空按“其他”登记。",
    "6. “内容或对象”：实事好事填标题，述职填“单位”或“大党委”，走访填走访人员（可留空），其余留空。",
    "7. “归属年度”留空按开展的年度。1月31日前的实事好事、述职，3月31日前的民主生活会，",
    "　　可以填上一年度（管理员设定，非文件原文）。联系沟通按日期所在的半年计算，不用填。",
    "8. 已经登记过的不会重复补录。启用之前的记为启用前补录。",
    "9. 请不要使用公式。不填居民、职工姓名，不填电话、身份证号，民主生活会不填批评内容。",
)
NOTHING = "表中没有要补录的登记。请从示例下面的空行填起，再发送文件。"
TOO_MANY = f"一次最多{MOST}行，表中有{{}}行。请分成几个文件发送。"

# what is wrong with a row

NO_SUCH_DATE = f"“日期”不能是“{{}}”。请写作 {DATE_EXAMPLE}。"
IN_FUTURE = "日期还没有到。只补录已经开展的。"
NO_MATTER = f"没有写事项。请填{ANY_MATTER}。"
NO_UNIT = "没有写单位。请填名录中的单位名称。"
NO_MEMBER = "没有写姓名。请填兼职委员的姓名。"
NO_TITLE = "没有写标题。请在“内容或对象”填实事好事的标题。"
TITLE_TOO_LONG = f"标题超过{TITLE_LENGTH}字。请缩短。"
VISITORS_TOO_LONG = f"走访人员超过{VISITORS_LENGTH}字。请缩短。"
NO_WHOM = "没有看懂述职对象。请在“内容或对象”填“单位”或“大党委”。"
NO_ORGANISATION = "所在单位没有党组织，没有向单位述职这一项。请核对对象。"
NO_FORM_HERE = "“形式”只用于联系沟通和走访。请删去。"
NO_CONTENT_HERE = "这一事项不填“内容或对象”。请删去。"
NO_NAME_HERE = "民主生活会不填“单位或姓名”。请删去。"
BAD_FORM = f"“形式”请填{ANY_FORM}，或留空。"
BAD_YEAR = "“归属年度”请写年份，例如 2026，或留空。"
OTHER_YEAR = (
    "“归属年度”只能是开展的年度；1月31日前的实事好事、述职，3月31日前的民主生活会，可以填上一年度。"
)
ONLY_OWN_YEAR = "“归属年度”与日期不一致。联系沟通和走访按日期计算，请留空。"


def no_matter(written: str) -> str:
    return f"“事项”不能是“{written[:QUOTED]}”。请填{ANY_MATTER}。"


def unknown_unit(written: str) -> str:
    return f"名录中没有“{written[:QUOTED]}”。请按第二张表的单位名称填写。"


def not_owing(unit: Unit) -> str:
    return f"{unit.name}不是有党组织的驻区单位，不登记此项。请先在 /units 核对，或删去这一行。"


def unknown_member(written: str) -> str:
    return f"兼职委员中没有“{written[:QUOTED]}”。请按第二张表的姓名填写。"


def same_name(found: Sequence[Person]) -> str:
    choices = "或".join(f"“{with_unit(one)}”" for one in found)
    return f"有{len(found)}位同名。请写作{choices}。"


def with_unit(person: Person) -> str:
    return f"{person.name}（{person.unit.name if person.unit is not None else '社区'}）"


# what would be entered, and what was


def all_known(count: int) -> str:
    return f"表中{count}项都已登记，没有要补录的。请核对表格，或点“取消”。"


def preview(community: Community, found: Sequence[PastFact], columns: int) -> Text:
    """How much of each duty for which period; what is known is left out."""
    fresh = [one for one in found if not one.is_known]
    before = sum(_is_before(one, community) for one in fresh)
    return lines(
        bold(f"补录核对：{len(fresh)}项。"),
        *_counts(fresh),
        f"其中启用前补录{before}项。" if before else None,
        skipped(found),
        ignored(columns),
        NOT_YET,
    )


def _counts(fresh: Sequence[PastFact]) -> Iterator[str]:
    """联系沟通3项：2026年上半年1项，2026年下半年2项."""
    for duty in dict.fromkeys(one.fact.duty for one in sorted(fresh, key=_place)):
        mine = [one for one in fresh if one.fact.duty is duty]
        counted = Counter(_period(one) for one in mine)
        periods = sorted(counted, key=lambda period: period.first)
        parts = "，".join(f"{dates.period(period)}{counted[period]}项" for period in periods)
        yield f"{NAMES[duty]}{len(mine)}项：{parts}"


def _place(one: PastFact) -> int:
    return list(Duty).index(one.fact.duty)


def _period(one: PastFact) -> Period:
    on = one.fact.counts_on or one.fact.on
    kind = duties.KINDS.get(one.fact.duty)
    return kind.period.of(on) if kind is not None and kind.period is not None else Year.of(on)


def _is_before(one: PastFact, community: Community) -> bool:
    return one.fact.duty in duties.KINDS and _period(one).last < community.starts_on


def skipped(found: Sequence[PastFact]) -> str | None:
    count = sum(one.is_known for one in found)
    return f"已登记过的{count}项不重复补录。" if count else None


def entered(count: int, found: Sequence[PastFact], *, by: Person, on: date) -> Text:
    return lines(
        f"已补录{count}项（录入人{by.name}，录入日期{dates.day(on)}）。",
        skipped(found),
        "需要撤销的，请在登记明细中办理。",
    )


def entered_buttons(community: Community) -> tuple[tuple[Button, ...], ...]:
    return ((Button(LIST, "facts", str(community.id)),),)
