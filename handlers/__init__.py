"""What can be asked: the whole menu in one table, and what is done with everything else."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from handlers import (
    appraisal,
    appraisal_sheet,
    approval,
    attendance,
    audit,
    calculator,
    calling,
    contacts,
    days,
    deeds,
    document_cards,
    documents,
    entries,
    founding,
    history,
    importing,
    inline,
    meetings,
    obligations,
    overview,
    papers,
    past_facts,
    people_changes,
    personal,
    projects,
    questions,
    reading,
    record_form,
    refusing,
    registrations,
    reminders,
    reports,
    resolutions,
    retention,
    roll,
    rollout,
    roster,
    roster_upload,
    score_sheet,
    settings,
    setup,
    sharing,
    slips,
    standard_questions,
    subdistrict,
    taught,
    trackers,
    unanswered,
    units,
    visit_cards,
    visits,
    votes,
)
from handlers.conversation import Command, Handler, Message, Place, Reply, Request, Services
from handlers.dates import names_a_day
from handlers.texts import setup as texts
from handlers.texts.text import text
from records import prompts, subdistricts
from records.errors import NothingExpected, Refusal


async def words(request: Request, services: Services) -> Reply:
    """Words that are no command: the answer to what the assistant asked for, or a question."""
    if request.place is Place.GROUP or request.user_id is None:
        return await questions.ask(request, services)
    place = {"chat_id": request.chat_id, "user_id": request.user_id}
    prompt = await prompts.waiting(services.db, **place, now=request.at)
    if prompt is None:
        return await _said(request, services)
    if _asks_in_between(prompt.action, request.words):
        return await questions.ask(request, services)
    await prompts.drop(services.db, **place)
    return await ACTIONS[prompt.action](replace(request, carried=prompt.words), services)


def _asks_in_between(action: str, words: str) -> bool:
    """Whether the words are a question, not the time, number or day that an act waits for."""
    if action == document_cards.WRITTEN:
        return ASKS.search(words) is not None and not document_cards.SEPARATOR.search(words)
    if action in DAYS_ONLY:
        return ASKS.search(words) is not None and not names_a_day(words)
    return action in EXACT and ASKS.search(words) is not None and not NUMBERED.search(words)


async def _said(request: Request, services: Services) -> Reply:
    """“我明天有事来不了，请个假” is about the roll; anything else is a question."""
    if len(request.words) <= SHORT and not ASKS.search(request.words):
        for pattern, handler in ABOUT_THE_ROLL:
            if pattern.search(request.words):
                return await handler(request, services)
    return await questions.ask(request, services)


async def use_buttons(_request: Request, _services: Services) -> Reply:
    """The words of a button, typed."""
    return Reply((Message(text(texts.USE_BUTTONS)),))


async def uploaded(request: Request, services: Services) -> Reply:
    """A file sent in private: for what waits for one, else to be collected."""
    if request.upload is None or request.user_id is None:
        raise NothingExpected
    prompt = await prompts.waiting(
        services.db, chat_id=request.chat_id, user_id=request.user_id, now=request.at
    )
    if prompt is None or prompt.action not in UPLOADS:
        return await importing.upload(request, services)
    return await UPLOADS[prompt.action](replace(request, carried=prompt.words), services)


async def drop(request: Request, services: Services) -> Reply:
    """〔取消〕 under what the assistant asked for."""
    await prompts.drop(services.db, chat_id=request.chat_id, user_id=attendance.user_id_of(request))
    return Reply((Message(text(texts.DROPPED), replaces=True),))


async def help_(request: Request, services: Services) -> Reply:
    """What can be done here, by whoever asks."""
    in_group = request.place is Place.GROUP
    managers = in_group or await _manages(request, services)
    staff = await _oversees(request, services)
    offered = menu(request.place, managers=managers, staff=staff)
    return Reply((Message(texts.help_text(offered, in_group=in_group)),))


async def _manages(request: Request, services: Services) -> bool:
    try:
        _community, person = await attendance.who(request, services)
    except Refusal:
        return False
    return person.may_manage


async def _oversees(request: Request, services: Services) -> bool:
    if request.place is Place.GROUP or request.user_id is None:
        return False
    return await subdistricts.find(services.db, user_id=request.user_id) is not None


COMMANDS = (
    Command("ask", "查询规定和问答", questions.ask, ("查询", "提问")),
    Command("attend", "会议签到", attendance.attend, ("签到", "我已到会")),
    Command("leave", "会议请假", attendance.leave),
    Command("meeting", "本次（下次）会议", meetings.show, ("会议", "本次会议")),
    Command("duty", "例行事项", obligations.duty, ("例行事项",)),
    Command("contact", "登记联系沟通", contacts.contact, ("联系沟通", "登记联系"), in_group=False),
    Command("deed", "登记实事好事", deeds.deed, ("登记好事",), in_group=False),
    Command("report", "登记述职", reports.report, ("述职登记",), in_group=False),
    Command("remind", "我的提醒设置", reminders.remind, ("提醒设置",), in_group=False),
    Command("calc", "组织形式与人数测算", calculator.calc, ("测算",), in_group=False),
    Command("mydata", "查看、更正、删除我的信息", personal.my_data, ("我的信息",), in_group=False),
    Command("sources", "收录文件清单", documents.sources, ("收录文件", "文件清单")),
    Command("privacy", "个人信息说明", setup.privacy, ("个人信息", "个人信息说明")),
    Command("help", "使用说明", help_, ("帮助", "使用说明", "菜单")),
    Command("start", "开始使用", setup.start, ("开始",), in_group=False),
    Command("bind", "确认身份（绑定码）", setup.bind, ("绑定",), in_group=False),
    Command(
        "newmeeting", "新建会议", calling.new_meeting, ("新建会议", "登记会议"), for_managers=True
    ),
    Command("opensign", "开始签到", meetings.open_sign_in, ("开始签到",), for_managers=True),
    Command("closesign", "结束签到", meetings.close_sign_in, ("结束签到",), for_managers=True),
    Command("record", "代为登记", roll.record, ("代为登记",), for_managers=True),
    Command("vote", "登记表决", votes.vote, ("登记表决",), for_managers=True),
    Command("minutes", "会议记录草稿", papers.minutes, ("会议记录",), for_managers=True),
    Command(
        "export",
        "导出台账、年底材料",
        papers.export,
        ("导出台账", "年底材料"),
        in_group=False,
        for_managers=True,
    ),
    Command(
        "roster", "班子名册", roster.roster, ("班子名册", "名册"), in_group=False, for_managers=True
    ),
    Command("visit", "登记走访", visits.visit, ("走访登记",), in_group=False, for_managers=True),
    Command("units", "单位名录", units.register, ("单位名录",), in_group=False, for_managers=True),
    Command("settings", "设置", settings.settings_, ("设置",), in_group=False, for_managers=True),
    Command("docs", "文件管理", documents.docs, ("文件管理",), in_group=False, for_managers=True),
    Command(
        "progress", "办理进度", trackers.progress, ("办理进度",), in_group=False, for_managers=True
    ),
    Command("audit", "操作记录", audit.audit, ("操作记录",), in_group=False, for_managers=True),
    Command(
        "unanswered",
        "待答问题",
        unanswered.show,
        ("待答问题",),
        in_group=False,
        for_managers=True,
    ),
    Command("adjourn", "登记未召开、改期", calling.adjourn, ("改期",), for_managers=True),
    Command(
        "overview",
        "各社区情况",
        overview.show,
        ("各社区情况",),
        in_group=False,
        for_subdistrict=True,
    ),
    Command(
        "approve",
        "接入确认",
        approval.approve,
        ("接入确认",),
        in_group=False,
        for_subdistrict=True,
    ),
    Command(
        "digest",
        "汇总推送设置",
        subdistrict.digest,
        ("汇总推送", "汇总推送设置"),
        in_group=False,
        for_subdistrict=True,
    ),
)

# Acts that wait for a time or a number: a question is answered in between.
EXACT = frozenset({"line", "when", "moved", "another", "counted"})
DAYS_ONLY = frozenset({"contactday", "reportday", "visitday"})
NUMBERED = re.compile(r"[0-9０-９零一二三四五六七八九十两]|[明后今]天|周|现在")
SHORT = 20  # characters
ASKS = re.compile(r"[?？吗呢]|怎么|什么|哪|多少|几|规定|能不能|可以|算不算|要不要")
MINE = r"(?:^|我|本人|家里|有事|有会|出差|[今明后]天|[上下]午|，)"
ABOUT_THE_ROLL: Sequence[tuple[re.Pattern[str], Handler]] = (
    (re.compile(r"^我?(?:想|要)?(?:取消请假|不请假)|能来了$"), attendance.says_coming),
    (
        re.compile(
            MINE
            + r".{0,8}(?:请(?:个|一天|半天)?假|[来去到]不了|不能(?:来|去|到|参加)|参加不了)了?。?$"
        ),
        attendance.says_leave,
    ),
    (re.compile(r"^不[来去]了?$"), attendance.says_leave),
    (re.compile(r"^我?(?:已经)?[到来]了$|^在会场"), attendance.says_coming),
)
# What only a button asks for.
ACTIONS: Mapping[str, Handler] = {
    "read": reading.read,
    "solved": reading.solved,
    "unsolved": reading.unsolved,
    "noneofthese": refusing.none_of_these,
    "passon": refusing.pass_on,
    "openq": unanswered.entry,
    "closeq": unanswered.close,
    "mergeq": unanswered.merge,
    "answerq": unanswered.answer,
    "sendq": unanswered.send,
    "topuses": unanswered.top_uses,
    "teachq": taught.teach,
    "taughts": taught.listed,
    "taughtone": taught.card,
    "taughtasks": taught.wordings,
    "taughtyes": taught.agree,
    "taughtno": taught.disagree,
    "taughtkeep": taught.keep,
    "taughtdrop": taught.drop,
    "drop": drop,
    "months": days.months,
    "month": days.month,
    "contactday": contacts.day,
    "deedday": deeds.day,
    "deedtitle": deeds.title,
    "reportday": reports.day,
    "visitday": visits.day,
    "visitors": visits.visitors,
    "visitdone": visits.done,
    "visits": visit_cards.listed,
    "visitcard": visit_cards.card,
    "visitnote": visit_cards.note,
    "visitcounts": visit_cards.counts,
    "visitform": visit_cards.form,
    "projects": projects.lists,
    "project": projects.project,
    "projectline": projects.line,
    "activities": projects.activities,
    "activityline": projects.activity_line,
    "facts": registrations.facts,
    "confirmfact": registrations.confirm,
    "confirmall": registrations.confirm_all,
    "withdrawfact": registrations.withdraw,
    "factyear": registrations.year,
    "noted": reminders.noted,
    "notelater": reminders.later,
    "notliaison": reminders.not_liaison,
    "entry": entries.entry,
    "entered": entries.entered,
    "copies": entries.copies,
    "copied": entries.copied,
    "appraisal": appraisal.appraisal,
    "reported": appraisal.reported,
    "alsokind": appraisal.also,
    "ofyear": appraisal.of_year,
    "named": founding.named,
    "me": founding.me,
    "myname": founding.my_name,
    "import": roster.import_,
    "lines": roster.lines,
    "rosterform": roster.form,
    "loaded": roster.loaded,
    "slips": slips.slips,
    "people": people_changes.changes,
    "departing": people_changes.departing,
    "leaver": people_changes.leaver,
    "leftfrom": people_changes.left_from,
    "left": people_changes.left,
    "incoming": people_changes.incoming,
    "election": people_changes.election,
    "electedon": people_changes.elected_on,
    "handover": people_changes.handover,
    "newworker": people_changes.new_worker,
    "worker": people_changes.worker,
    "noworker": people_changes.no_worker,
    "unit": units.unit,
    "mark": units.mark,
    "markall": units.mark_all,
    "wasthere": units.was_there,
    "exception": overview.exception,
    "everyone": overview.everyone,
    "sight": overview.sight,
    "askcommunity": overview.ask,
    "yearsum": overview.year_summary,
    "connected": approval.connected,
    "connection": approval.connection,
    "disconnect": approval.disconnect,
    "arrange": approval.arrange,
    "arranged": approval.arranged,
    "rollout": rollout.begin,
    rollout.FILE: rollout.words,
    rollout.TITLE: rollout.titled,
    "sendout": rollout.send,
    "docoffer": importing.offer,
    "docspast": documents.past,
    "doc": documents.card,
    "docrepairs": documents.repairs,
    "docchoose": documents.choose,
    "docstatus": documents.status,
    "docchecked": documents.checked,
    "docvalid": documents.valid,
    "docwithdraw": documents.withdraw,
    "docgone": documents.gone,
    "docnew": importing.begin_version,
    importing.VERSION: importing.words,
    importing.FOR: importing.which,
    "doccard": document_cards.card,
    document_cards.WRITTEN: document_cards.written,
    "docpublish": document_cards.publish,
    "docagreed": document_cards.agreed,
    "docdiscard": document_cards.discard,
    "docasks": standard_questions.ask,
    standard_questions.ACTION: standard_questions.words,
    score_sheet.ACTION: score_sheet.sheet,
    "share": sharing.share,
    "purpose": sharing.purpose,
    "unshare": sharing.unshare,
    "sharedledger": sharing.export,
    "scoresheet": appraisal_sheet.sheet,
    appraisal_sheet.ACTION: appraisal_sheet.words,
    "results": appraisal_sheet.confirm,
    "newunit": units.new_unit,
    "unitnamed": units.unit_named,
    "newliaison": units.new_liaison,
    "liaison": units.liaison,
    "setting": settings.setting,
    "decided": settings.decided,
    "recordform": record_form.form,
    "formsample": record_form.sample,
    "newform": record_form.new,
    record_form.ACTION: record_form.words,
    "dropform": record_form.drop,
    "online": attendance.online,
    "coming": attendance.coming,
    "assign": attendance.assign,
    "refuse": attendance.refuse,
    "line": calling.line,
    "place": calling.place,
    "agree": calling.agree,
    "change": calling.change,
    "cancel": calling.cancel,
    "move": calling.move,
    "moved": calling.moved,
    "history": history.history,
    history.DESK.action: history.DESK.words,
    "pastfacts": past_facts.begin,
    past_facts.DESK.action: past_facts.DESK.words,
    "enterfacts": past_facts.enter,
    "enterpast": history.enter,
    "past": history.entered,
    "again": calling.again,
    "another": calling.another,
    "agenda": calling.agenda_,
    "items": calling.items,
    "panel": meetings.panel,
    "takeback": meetings.take_back,
    "talk": meetings.talk,
    "confirm": meetings.confirm,
    "reopen": meetings.reopen,
    "reopened": meetings.reopened,
    "later": roll.later,
    "roll": roll.roll,
    "rolled": roll.rolled,
    "correct": roll.correct,
    "corrected": roll.corrected,
    "names": roll.names,
    "putright": personal.told,
    "notme": setup.not_me,
    "newtracker": trackers.begin,
    "tracker": trackers.show,
    "step": trackers.step,
    "keeplonger": retention.longer,
    "keepexport": retention.export,
    "erase": personal.erase,
    "notice": papers.notice,
    "sheet": papers.sign_in_sheet,
    "calendar": papers.calendar,
    "summary": papers.sign_in_summary,
    "officers": roll.officers,
    "item": votes.item,
    "manner": votes.manner,
    "counted": votes.counted,
    "settle": votes.settle,
    "undovote": votes.undo,
    "cast": votes.cast,
    "endvote": votes.end,
    "resolve": resolutions.resolve,
    "newresolve": resolutions.new,
    "resolved": resolutions.resolved,
    "finish": resolutions.finish,
    "undoresolve": resolutions.take_back,
    "when": calling.when,
}
# Words that mean the roll: in private chat they are echoed first.
WORDS: Mapping[tuple[str, ...], Handler] = {
    ("到", "到会", "参加", "能来", "能到", "能到会", "我来", "能参加"): attendance.says_coming,
    texts.BUTTON_WORDS: use_buttons,
    ("线上", "线上参会", "线上参加"): attendance.says_online,
    ("请假", "来不了", "去不了", "不能来", "不能参加", "参加不了"): attendance.says_leave,
}
# What a file is for, by the act that waits.
UPLOADS: Mapping[str, Handler] = {
    rollout.FILE: rollout.upload,
    score_sheet.ACTION: score_sheet.upload,
    appraisal_sheet.ACTION: appraisal_sheet.upload,
    "lines": roster_upload.upload,
    history.DESK.action: history.DESK.upload,
    past_facts.DESK.action: past_facts.DESK.upload,
    record_form.ACTION: record_form.upload,
    importing.VERSION: importing.upload_version,
    standard_questions.ACTION: standard_questions.upload,
}
FALLBACK: Handler = words
UPLOADED: Handler = uploaded
INLINE: Handler = inline.search
GREETING: Handler = setup.greet
MOVED: Handler = setup.moved


def menu(place: Place, *, managers: bool = True, staff: bool = False) -> Sequence[Command]:
    """The commands shown in a place, with or without those that only managers or a subdistrict may use."""
    return [
        command
        for command in COMMANDS
        if (command.in_group or place is Place.PRIVATE)
        and (managers or not command.for_managers)
        and (staff or not command.for_subdistrict)
    ]
