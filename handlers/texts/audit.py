"""What is said about operations: who did what to which meeting or person, and when."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from handlers.conversation import Button
from handlers.texts import dates, votes
from handlers.texts.duties import NAMES
from handlers.texts.meetings import title
from handlers.texts.overview import MATTERS
from handlers.texts.text import Text, bold, lines
from records.calendar import period_of
from records.model import Meeting
from records.operations import Operation

ACTS = {
    "draft": "拟登记会议",
    "call": "登记会议",
    "enter_later": "补录会议",
    "move": "改时间",
    "cancel": "取消会议",
    "open_sign_in": "开始签到",
    "take_back": "撤销开始签到",
    "close_sign_in": "结束签到",
    "as_talk": "仅作座谈、通报登记",
    "confirm": "确认名单",
    "reopen": "重新打开台账",
    "agenda": "登记议题",
    "host": "登记主持人",
    "recorder": "登记记录人",
    "correct": "更正",
    "leave_early": "登记提前离开",
    "coming": "回复能到会",
    "coming+online": "回复线上参会",
    "present": "到会",
    "present+online": "线上参会",
    "present+late": "到会（迟到）",
    "present+online+late": "线上参会（迟到）",
    "excused": "请假",
    "absent": "未到",
    "count": "登记表决",
    "undo_vote": "撤销表决登记",
    "open_vote": "开始按钮表决",
    "close_vote": "结束按钮表决",
    "settle": "认定表决结果",
    "resolve": "登记议定事项",
    "undo_resolve": "撤销议定事项",
    "finish": "办结议定事项",
    "bind": "确认身份",
    "release": "解除账号绑定",
    "begin_tracker": "登记办理进度",
    "step": "登记办理步骤",
    "erase": "删除本人信息",
    "set": "修改设置",
    "contact": "登记联系沟通",
    "register": "登记",
    "confirm_fact": "确认登记",
    "withdraw": "撤销登记",
    "attribute": "改归属年度",
    "note_visit": "补充走访记录",
    "add_project": "登记需求、资源、项目",
    "change_project": "修改需求、资源、项目",
    "drop_project": "删除需求、资源、项目",
    "add_activity": "登记志愿服务活动",
    "drop_activity": "删除志愿服务活动",
    "also_kind": "双述双评另计会议",
    "of_year": "改归属年度",
    "export": "导出材料",
    "keep_longer": "延后清理签到明细",
    "join_group": "关联工作群",
    "import_roster": "导入名册",
    "leave_office": "登记离任",
    "take_office": "登记新任",
    "re_elect": "登记整体换届",
    "change_role": "调整身份",
    "change_unit": "修改单位",
    "add_unit": "登记单位",
    "issue_codes": "发放绑定码",
    "template": "上传会议记录模板",
    "drop_template": "恢复标准会议记录格式",
    "connect": "确认接入",
    "disconnect": "撤销接入确认",
    "request": "请社区补充登记",
    "rollout": "下发文件",
    "publish_document": "收录文件",
    "document_card": "修改文件来源信息",
    "document_asks": "修改标准问题",
    "confirm_document": "核对文件状态",
    "use_document": "文件改为适用",
    "leave_document": "文件改为不适用",
    "withdraw_document": "撤回文件",
    "publish_document_offer": "提供文件",
    "document_card_offer": "修改所提供文件的来源信息",
    "confirm_document_offer": "核对所提供文件的状态",
    "withdraw_document_offer": "撤回所提供的文件",
    "shared_export": "导出台账",
    "share": "向街道提供台账",
    "unshare": "停止向街道提供台账",
    "results": "登记评价结果",
    "teach": "撰写本社区补充",
    "approve_taught": "审核通过本社区补充",
    "reword_taught": "补充问法：本社区补充",
    "keep_taught": "继续使用本社区补充",
    "answer_question": "答复提问",
    "close_question": "不予答复提问",
    "merge_questions": "合并提问",
    "withdraw_taught": "撤回本社区补充",
}
# By the staff of the subdistrict, who are no people of the community: the detail begins with its name.
OFFERS = (
    "publish_document_offer",
    "document_card_offer",
    "confirm_document_offer",
    "withdraw_document_offer",
)
OF_SUBDISTRICT = ("connect", "disconnect", "request", "rollout", "shared_export", *OFFERS)
DOCUMENTS = (
    "publish_document",
    "document_card",
    "document_asks",
    "confirm_document",
    "use_document",
    "leave_document",
    "withdraw_document",
)
OTHER, FOR_ANOTHER = "其他操作", "代为登记"
SETTLEMENTS = {one.value: words for one, words in votes.SETTLEMENTS.items()}
SETTINGS = {
    "quorum_base": "三分之二的基数",
    "online_counts": "线上是否计入",
    "pass_mark": "工作会议通过比例",
    "half": "恰为半数的口径",
    "half_decided_on": "口径的研究日期",
    "window": "双述双评的“年终”",
    "upward_report": "向驻区单位上级报告的频次",
    "public_review": "群众监督评议的频次",
    "late_after": "迟到",
    "names_study": "通知中“经研究”",
    "button_votes": "按钮表决",
}
OTHER_SETTING = "其他设置"
EARLIER = "更早的"
NOTHING = "还没有操作记录。"
WORDS = {
    "present": "到会",
    "present+online": "线上",
    "present+late": "迟到",
    "present+online+late": "线上（迟到）",
    "excused": "请假",
    "absent": "未到",
    "coming": "未签",
    "coming+online": "未签",
}


def listed(operations: Sequence[Operation], meetings: Mapping[int, Meeting]) -> Text:
    if not operations:
        return Text(NOTHING)
    return lines(bold("操作记录（新的在前）"), *(line(one, meetings) for one in operations))


def line(operation: Operation, meetings: Mapping[int, Meeting]) -> str:
    """11月25日（周三）15:02　王岚：更正陈敏（11月工作会议），到会改为请假：登记有误."""
    by = operation.by.name if operation.by else _nobody_here(operation)
    act = ACTS.get(operation.act, OTHER)
    about = operation.about.name if operation.about and operation.about != operation.by else ""
    if about and operation.act in WORDS:
        act, about = f"{FOR_ANOTHER}{about}", ACTS.get(operation.act, OTHER)
    kind, _colon, number = operation.subject.partition(":")
    meeting = meetings.get(int(number)) if kind == "meeting" and number.isdecimal() else None
    of = f"（{title(meeting)}）" if meeting else ""
    return f"{dates.moment(operation.at)}　{by}：{act}{about}{of}{_detail(operation)}"


def _nobody_here(operation: Operation) -> str:
    if operation.act in OF_SUBDISTRICT and operation.detail:
        return operation.detail.partition("：")[0]
    return "已删除的人员"


def _detail(operation: Operation) -> str:
    """What changed, where the act alone does not say it."""
    tell = DETAILS.get(operation.act)
    return tell(operation.detail, operation.subject) if tell and operation.detail else ""


def _correction(detail: str, _subject: str) -> str:
    change, _colon, reason = detail.partition("：")
    before, _to, after = change.partition(">")
    return f"，{WORDS.get(before, before)}改为{WORDS.get(after, after)}：{reason}"


def _move(detail: str, _subject: str) -> str:
    return "：" + "改到".join(
        dates.moment(datetime.fromisoformat(one)) for one in detail.split(">")
    )


def _fact(detail: str, _subject: str) -> str:
    """P2 记错了日期: what was registered, and why it was taken back."""
    value, _space, reason = detail.partition(" ")
    name = next((words for duty, words in NAMES.items() if duty.value == value), "")
    return f"：{name}，原因：{reason}" if reason else f"：{name}"


def _of_subdistrict(detail: str, _subject: str) -> str:
    """人民街道：《…》: what follows the name."""
    _name, colon, rest = detail.partition("：")
    return f"{colon}{rest}"


def _request(detail: str, _subject: str) -> str:
    """人民街道：P2 2026-H1."""
    value, _space, period = detail.partition("：")[2].partition(" ")
    name = next((words for duty, words in MATTERS.items() if duty.value == value), "")
    return f"：{dates.period(period_of(period))}{name}" if period else ""


def _number(detail: str, _subject: str) -> str:
    return f"第{detail}条"


DETAILS: Mapping[str, Callable[[str, str], str]] = {
    "teach": _number,
    "approve_taught": _number,
    "reword_taught": _number,
    "keep_taught": _number,
    "answer_question": lambda detail, _subject: detail,
    "close_question": lambda detail, _subject: detail,
    "merge_questions": lambda detail, _subject: detail,
    "withdraw_taught": _number,
    "request": _request,
    "rollout": _of_subdistrict,
    **dict.fromkeys(OFFERS, _of_subdistrict),
    **dict.fromkeys(DOCUMENTS, lambda detail, _subject: f"：{detail}"),
    "shared_export": lambda detail, _subject: f"：{detail.partition('：')[2]}年",
    "share": lambda detail, _subject: f"：{detail.replace('：', '年，用途：', 1)}",
    "unshare": lambda detail, _subject: f"：{detail}年",
    "correct": _correction,
    "move": _move,
    "reopen": lambda detail, _subject: f"：{detail.partition('：')[2]}",
    "settle": lambda detail, _subject: f"：{SETTLEMENTS.get(detail, '')}",
    "set": lambda _detail, subject: f"：{SETTINGS.get(subject.partition(':')[2], OTHER_SETTING)}",
    "register": _fact,
    "confirm_fact": _fact,
    "withdraw": _fact,
    "attribute": lambda detail, _subject: f"：{detail.partition(' ')[2]}年",
    "undo_vote": lambda detail, _subject: f"：{detail}",
    "undo_resolve": lambda detail, _subject: f"：{detail}",
}


def more_buttons(operations: Sequence[Operation], full: int) -> tuple[tuple[Button, ...], ...]:
    """The next page, if this one was full."""
    if len(operations) < full:
        return ()
    return ((Button(EARLIER, "audit", str(operations[-1].id)),),)
