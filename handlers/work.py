"""Slow work that handlers put off: what each kind of job reads, and what it makes of it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from handlers import (
    appraisal_sheet,
    founding,
    history,
    importing,
    past_facts,
    record_form,
    roster_upload,
    score_sheet,
    standard_questions,
    withdrawals,
)
from handlers.conversation import Message
from handlers.fetching import Wanted
from handlers.files import (
    calendar_file,
    ledger,
    notice,
    overview,
    picture,
    record,
    record_sample,
    roster_form,
    score_form,
    shared_ledger,
    sheet,
    slips,
    summary,
    visit_form,
    year_end,
)
from handlers.files import history as history_form
from handlers.files import past_facts as past_facts_form
from records.database import Transaction

Finish = Callable[[Transaction, Any, datetime], Awaitable[Sequence[Message]]]


@dataclass(frozen=True)
class Work:
    """`gather` reads the facts in a short transaction; `render` is slow and runs in a thread.

    What the facts want from the messenger (`wants`) is fetched in between and handed to `render`.
    What `render` makes is the message that is sent; or `finish` makes messages of it, in the
    second transaction. A Refusal anywhere is said to whoever asked, and ends the job. What
    `asks_library` is handed the library of now as the last argument of `render`.
    """

    gather: Callable[[Transaction, str], Awaitable[Any]]
    render: Callable[..., Any]
    wants: Callable[[Any], Wanted] | None = None
    finish: Finish | None = None
    asks_library: bool = False


WORK: Mapping[str, Work] = {
    founding.KIND: Work(founding.gather, founding.render, founding.wants, founding.finish),
    importing.KIND: Work(
        importing.gather, importing.render, importing.wants, importing.finish, asks_library=True
    ),
    standard_questions.SHEET: Work(
        standard_questions.gather_sheet, standard_questions.render_sheet
    ),
    standard_questions.KIND: Work(
        standard_questions.gather,
        standard_questions.render,
        standard_questions.wants,
        standard_questions.finish,
    ),
    withdrawals.KIND: Work(withdrawals.gather, withdrawals.render, asks_library=True),
    roster_form.KIND: Work(roster_form.gather, roster_form.render),
    roster_upload.KIND: Work(
        roster_upload.gather, roster_upload.render, roster_upload.wants, roster_upload.finish
    ),
    history_form.KIND: Work(history_form.gather, history_form.render),
    past_facts_form.KIND: Work(past_facts_form.gather, past_facts_form.render),
    past_facts.DESK.kind: Work(
        past_facts.DESK.gather,
        past_facts.DESK.render,
        past_facts.DESK.wants,
        past_facts.DESK.finish,
    ),
    history.DESK.kind: Work(
        history.DESK.gather, history.DESK.render, history.DESK.wants, history.DESK.finish
    ),
    slips.KIND: Work(slips.gather, slips.render),
    calendar_file.KIND: Work(calendar_file.gather, calendar_file.render),
    ledger.KIND: Work(ledger.gather, ledger.render),
    notice.KIND: Work(notice.gather, notice.render),
    picture.KIND: Work(picture.gather, picture.render),
    record.KIND: Work(record.gather, record.render),
    overview.KIND: Work(overview.gather, overview.render),
    shared_ledger.KIND: Work(shared_ledger.gather, shared_ledger.render),
    score_form.KIND: Work(score_form.gather, score_form.render),
    score_sheet.KIND: Work(
        score_sheet.gather, score_sheet.render, score_sheet.wants, score_sheet.finish
    ),
    appraisal_sheet.KIND: Work(
        appraisal_sheet.gather,
        appraisal_sheet.render,
        appraisal_sheet.wants,
        appraisal_sheet.finish,
    ),
    record_form.KIND: Work(
        record_form.gather, record_form.render, record_form.wants, record_form.finish
    ),
    record_sample.KIND: Work(record_sample.gather, record_sample.render),
    sheet.KIND: Work(sheet.gather, sheet.render),
    summary.KIND: Work(summary.gather, summary.render),
    visit_form.KIND: Work(visit_form.gather, visit_form.render),
    year_end.KIND: Work(year_end.gather, year_end.render),
}
