"""What is said about the documents of a community: their list, their cards, and what became of them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.office import BACK, MOST
from handlers.texts.text import Text, bold, lines
from knowledge.passages import Document
from records.documents import Card, Filed
from records.model import DocumentState, Role

UNSTATED = "未载明"
CARD = {
    "title": "题名",
    "number": "文号",
    "issuer": "发文机关",
    "dated_on": "日期",
    "region": "适用地域",
    "origin": "来源",
    "status": "效力状态",
    "valid_until": "有效期至",
}
"""The lines of a card by the fields of `Card`, in their order."""
VALID, UNCHECKED, FOR_REFERENCE = "现行有效", "是否现行有效待核实", "参考材料"
STATUSES = (VALID, UNCHECKED, FOR_REFERENCE)
BRIEFLY = {UNCHECKED: "时效待核实"}
ROLES = {Role.PARTY_SECRETARY: "书记", Role.PARTY_WORKER: "党务工作者"}
UNITS = {"regulation": "条", "questions": "问", "pairs": "问", "text": "节"}
STATES = {
    DocumentState.DRAFT: "尚未发布",
    DocumentState.SUPERSEDED: "已被新版本取代，提问前加“历史查询”才作答",
    DocumentState.WITHDRAWN: "已撤回",
}
EXPIRED = "已到期，不再用于作答"
NAMED = 30  # characters of a title on a button
HOW_TO_ADD = "收录新文件：把文件直接发到这里（docx、pdf、txt、md、html，问答表用xlsx、csv、jsonl，不超过20MB）。"
PAST = "已撤回、已取代的"
NO_PAST = "没有已撤回或已取代的文件。"
CHECKING = "正在核验是否还能查到，结果稍后发来。"
GONE = "已撤回，核验：答复、检索、原文均已查不到。"
NOT_GONE = "已撤回，但核验时仍能查到原文。请把这一情况告知运行本助手的人，暂勿引用该文件。"

Keys = tuple[tuple[Button, ...], ...]


class Entry(NamedTuple):
    """A document of the list: what a button carries for it, its name, and what is said behind it."""

    key: str
    name: str
    notes: Sequence[str]


def named(title: str) -> str:
    """《…》, once."""
    return title if title.startswith("《") else f"《{title}》"


def role_of(roles: frozenset[Role]) -> str:
    return next((words for role, words in ROLES.items() if role in roles), "")


def staff_role(subdistrict: str) -> str:
    return f"{subdistrict}工作人员"


def size(form: str, passages: int) -> str:
    """18条, 7问, 12节."""
    return f"{passages}{UNITS.get(form, '节')}"


def stated(value: str | date | None) -> str:
    if isinstance(value, date):
        return dates.long_day(value)
    return value or UNSTATED


def card_lines(card: Filed | Card) -> list[str]:
    """题名：…, as it is sent out to be corrected and sent back."""
    known: Mapping[str, Any] = vars(card) if isinstance(card, Filed) else card
    return [f"{name}：{stated(known[field])}" for field, name in CARD.items()]


def entry(filed: Filed, *, applies: bool, community_id: int | None, today: date) -> Entry:
    notes = [] if community_id is None else ["适用" if applies else "不适用"]
    if filed.is_expired(today):
        notes = [EXPIRED]
    if filed.version > 1:
        notes.append(f"第{filed.version}版")
    notes.append(BRIEFLY.get(filed.status, filed.status))
    if filed.valid_until is not None:
        notes.append(f"有效期至{dates.long_day(filed.valid_until)}")
    if community_id is not None and filed.community_id is None:
        notes.append(f"{filed.subdistrict or '运行人员'}提供")
    return Entry(str(filed.id), named(filed.title), notes)


def past_entry(filed: Filed) -> Entry:
    state = "已撤回" if filed.state is DocumentState.WITHDRAWN else "已被新版本取代"
    return Entry(str(filed.id), f"第{filed.version}版{named(filed.title)}", [state])


def shipped_entry(document: Document, *, applies: bool) -> Entry:
    status = BRIEFLY.get(document.status, document.status)
    name = named(document.title) if document.number else document.title
    return Entry(document.key, name, ["适用" if applies else "不适用", status])


def listed(owner: str, entries: Sequence[Entry]) -> Text:
    rows = [
        f"{number}. {one.name}　{'　'.join(one.notes)}"
        for number, one in enumerate(entries[:MOST], start=1)
    ]
    more = [f"另有{len(entries) - MOST}份较早的没有列出。"] if len(entries) > MOST else []
    return lines(bold(f"文件管理（{owner}）"), *rows, *more, HOW_TO_ADD)


def past_listed(entries: Sequence[Entry]) -> Text:
    rows = [f"{one.name}　{'　'.join(one.notes)}" for one in entries[:MOST]]
    return lines(bold(f"{PAST}文件"), *(rows or [NO_PAST]))


def list_buttons(entries: Sequence[Entry], place: str, *, has_past: bool = False) -> Keys:
    rows = tuple(
        (Button(one.name[: NAMED + 2], "doc", f"{one.key}:{place}"),) for one in entries[:MOST]
    )
    past = ((Button(PAST, "docspast", place),),) if has_past else ()
    return (*rows, *past)


def back_buttons(place: str) -> Keys:
    return ((Button(BACK, "docs", place),),)


def ask_withdrawal(filed: Filed) -> Text:
    return lines(
        bold(f"撤回{named(filed.title)}？"),
        "撤回后不再用于作答，也不能查看原文；文本30天后删除，只留来源信息。",
        "以前的版本仍可用“历史查询”查到，需要一并撤回的，请在“已撤回、已取代的”中另行办理。"
        if filed.replaces_id is not None
        else None,
    )


def withdrawal_buttons(words: str) -> Keys:
    return ((Button("确认撤回", "docgone", words), Button(BACK, "doc", words)),)


def withdrawn(filed: Filed) -> str:
    return f"已撤回{named(filed.title)}。{CHECKING}"


def checked_gone(title: str, *, is_gone: bool) -> Text:
    return lines(named(title), GONE if is_gone else NOT_GONE)


def offered(subdistrict: str, filed: Filed) -> Text:
    """To a community's worker: what the subdistrict offers."""
    number = f"（{filed.number}）" if filed.number else ""
    if filed.version > 1:
        return Text(
            f"{subdistrict}更新文件{named(filed.title)}{number}，现为第{filed.version}版。"
            "此前已点“适用”的，自动改用新版本。"
        )
    return Text(
        f"{subdistrict}提供文件{named(filed.title)}{number}。点“适用”后，用于本社区的答复。"
    )


def offered_buttons(filed: Filed, community_id: int) -> Keys:
    words = f"{filed.id}:{community_id}"
    return ((Button("适用", "docchoose", f"{words}:1"), Button("查看", "doc", words)),)


def taken_back(subdistrict: str, filed: Filed) -> Text:
    return Text(f"{subdistrict}已撤回文件{named(filed.title)}，不再用于本社区的答复。")
