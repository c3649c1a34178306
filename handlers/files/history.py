"""The workbook of many past meetings as it is sent to an office: its columns, and the job that makes it."""

from datetime import date, datetime

from handlers.conversation import Attachment, Message
from handlers.files import forms
from handlers.files.forms import Choice, Form
from handlers.texts import history as texts
from handlers.texts.meetings import KINDS
from handlers.texts.text import text
from handlers.texts.workbooks import EXAMPLE
from records import jobs
from records.calendar import day_of
from records.database import Transaction

KIND = "history_form"
DATE, TIME, MEETING, PLACE, RESOLUTIONS = "日期", "时间", "会议", "地点", "议定事项"
EXCUSED, ABSENT, ONLINE = "请假", "未到", "线上"
FORM = Form(
    name=texts.NAME,
    sheet="历史会议",
    key=DATE,
    widths={
        DATE: 22,
        TIME: 9,
        MEETING: 15,
        PLACE: 18,
        EXCUSED: 22,
        ABSENT: 16,
        ONLINE: 16,
        RESOLUTIONS: 50,
    },
    examples=(
        (
            f"{EXAMPLE}：2026-10-15",
            "15:00",
            "工作会议",
            "二楼会议室",
            "陈敏、孙丽",
            "",
            "吴海",
            "加装楼道扶手；李强；12月20日\n修缮活动室；王芳；11月10日；11月6日已办结",
        ),
        (f"{EXAMPLE}：2026年9月16日", "", "联席会议", "", "", "赵卫国", "", ""),
    ),
    notes=texts.NOTES,
    most=texts.MOST,
    nothing=texts.NOTHING,
    too_many=texts.TOO_MANY,
    choices={MEETING: Choice(tuple(KINDS.values()), texts.NO_KIND)},
)


async def order(db: Transaction, *, chat_id: int, at: datetime) -> None:
    await jobs.put(db, kind=KIND, chat_id=chat_id, body=day_of(at).isoformat(), at=at)


async def gather(_db: Transaction, body: str) -> date:
    """The same for every community: only the day it was asked for."""
    return date.fromisoformat(body)


def render(on: date) -> Message:
    content = forms.template(FORM, on)
    return Message(text(texts.FORM), attachment=Attachment(texts.FILE_NAME, content))
