"""The workbook of past registrations as it is sent to an office, with its units and members; made by a job."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from handlers.conversation import Attachment, Message
from handlers.files import forms
from handlers.files.forms import Choice, Form
from handlers.texts import past_facts as texts
from handlers.texts.text import text
from handlers.texts.workbooks import EXAMPLE
from records import communities, jobs, past_facts
from records.calendar import day_of
from records.database import Transaction
from records.model import Community
from records.past_facts import Known

KIND = "past_facts_form"
MATTER, WHO, DATE = "事项", "单位或姓名", "日期"
FORM_OF, CONTENT, YEAR = "形式", "内容或对象", "归属年度"
FORM = Form(
    name=texts.NAME,
    sheet="历史登记",
    key=DATE,
    widths={MATTER: 14, WHO: 30, DATE: 24, FORM_OF: 10, CONTENT: 44, YEAR: 12},
    examples=(
        ("联系沟通", "第一小学", f"{EXAMPLE}：2026-03-12", "来访", "", ""),
        ("实事好事", "区医院", f"{EXAMPLE}：2026-05-20", "", "为老年人义诊", ""),
        ("述职", "陈敏", f"{EXAMPLE}：2026-01-15", "", "大党委", "2025"),
    ),
    notes=texts.NOTES,
    most=texts.MOST,
    nothing=texts.NOTHING,
    too_many=texts.TOO_MANY,
    choices={
        MATTER: Choice(tuple(texts.MATTERS), texts.NO_MATTER),
        FORM_OF: Choice(tuple(texts.SAID), texts.BAD_FORM),
    },
)


@dataclass(frozen=True)
class PastFactsForm:
    known: Known
    made_on: date


async def order(db: Transaction, community: Community, *, chat_id: int, at: datetime) -> None:
    body = json.dumps({"community": community.id, "on": day_of(at).isoformat()})
    await jobs.put(db, kind=KIND, chat_id=chat_id, body=body, at=at)


async def gather(db: Transaction, body: str) -> PastFactsForm:
    found = json.loads(body)
    community = await communities.with_id(db, found["community"])
    known = await past_facts.known(db, community)
    return PastFactsForm(known, date.fromisoformat(found["on"]))


def render(facts: PastFactsForm) -> Message:
    """Slow: runs outside any transaction."""
    names = [
        texts.UNITS_HEAD,
        *(one.name for one in facts.known.units if one.is_local),
        "",
        texts.MEMBERS_HEAD,
        *(texts.with_unit(one) for one in facts.known.members),
    ]
    content = forms.template(FORM, facts.made_on, {texts.LISTS_SHEET: names})
    return Message(text(texts.FORM), attachment=Attachment(texts.FILE_NAME, content))
