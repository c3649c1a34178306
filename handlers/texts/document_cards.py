"""What stands on the card of one document: what is stated, what was repaired, what can be done with it."""

from collections.abc import Sequence
from datetime import date

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.documents import (
    EXPIRED,
    STATES,
    STATUSES,
    Keys,
    back_buttons,
    card_lines,
    named,
    size,
    stated,
)
from handlers.texts.office import BACK
from handlers.texts.text import Text, bold, fold, lines
from knowledge.cleaning import Flaw, Repair
from knowledge.passages import Document
from records.documents import Filed
from records.model import DocumentState

FLAWS = {
    Flaw.CONTROL: "多余字符",
    Flaw.PINYIN: "拼音注",
    Flaw.BULLET: "项目符号",
    Flaw.BROKEN_LINE: "断行",
    Flaw.SCRIPT: "繁体",
    Flaw.HALF_ROW: "缺问题或答复的行，未收录",
}
OTHER_FLAW = "其他"
STILL_VALID = "；仍然有效的，请点“核对状态”"
SHOWN, QUOTED = 40, 60  # repairs that are listed, and characters of a repaired line
ASK_STATUS = "请选择核对结果。以发文机关或上级党组织的公布为准。"
STILL = "仍然有效"


def card(filed: Filed, repairs: int, *, state: str | None, versions: Sequence[Filed]) -> Text:
    """Everything there is to say."""
    before = [
        f"第{one.version}版：{stated(one.dated_on)}　{STATES.get(one.state, '')}"
        for one in versions
    ]
    return lines(
        bold(named(filed.title) + (f"　第{filed.version}版" if filed.version > 1 else "")),
        *card_lines(filed)[1:],
        _content(filed, repairs),
        _published(filed),
        _checked(filed),
        f"状态：{state}" if state else None,
        fold(lines("以前的版本：", *before)) if before else None,
    )


def state(filed: Filed, *, applies: bool | None, is_own: bool, today: date) -> str | None:
    """`applies` is None where nobody is answered from it."""
    if filed.state is not DocumentState.PUBLISHED:
        return STATES[filed.state]
    if filed.is_expired(today):
        return EXPIRED + (STILL_VALID if is_own else "")
    return None if applies is None else _applies(applies=applies)


def _applies(*, applies: bool) -> str:
    return "适用，用于本社区答复" if applies else "不适用，不用于本社区答复"


def _content(filed: Filed, repairs: int) -> str:
    """Of what was withdrawn nobody looks at the repairs any more."""
    whole = f"内容：{size(filed.form, filed.passages)}"
    is_shown = filed.state is not DocumentState.WITHDRAWN
    return f"{whole}，{_repaired(repairs)}" if is_shown else whole


def _repaired(repairs: int) -> str:
    return f"修复{repairs}处" if repairs else "没有修复"


def _published(filed: Filed) -> str | None:
    if filed.published_at is None:
        return None
    end = ""
    if filed.withdrawn_at is not None:
        end = f"；{dates.full_moment(filed.withdrawn_at)}撤回（{filed.withdrawn_by}）"
    return f"收录：{dates.full_moment(filed.published_at)}（{filed.published_by}）{end}"


def _checked(filed: Filed) -> str | None:
    if filed.checked_on is None:
        return None
    return f"状态核对：{dates.long_day(filed.checked_on)}（{filed.checked_by}）"


def card_buttons(
    filed: Filed, place: str, *, repairs: int, applies: bool | None, is_own: bool
) -> Keys:
    words = f"{filed.id}:{place}"
    rows: list[tuple[Button, ...]] = []
    if applies is not None:
        rows.append((choice_button(words, applies=applies),))
    if repairs:
        rows.append((Button("修复记录", "docrepairs", words),))
    if is_own and filed.state is DocumentState.PUBLISHED:
        rows += [
            (Button("更新版本", "docnew", words), Button("标准问题", "docasks", words)),
            (Button("核对状态", "docstatus", words), Button("修改来源信息", "doccard", words)),
        ]
    if is_own and filed.state in (DocumentState.PUBLISHED, DocumentState.SUPERSEDED):
        rows.append((Button("撤回", "docwithdraw", words),))
    return (*rows, *back_buttons(place))


def choice_button(words: str, *, applies: bool) -> Button:
    """What can be chosen instead of what is."""
    if applies:
        return Button("改为不适用", "docchoose", f"{words}:0")
    return Button("适用", "docchoose", f"{words}:1")


def shipped_card(document: Document, *, applies: bool) -> Text:
    name = named(document.title) if document.number else document.title
    return lines(
        bold(name),
        f"文号：{stated(document.number)}",
        f"发文机关：{stated(document.issuer)}",
        f"日期：{stated(document.date)}",
        f"适用地域：{stated(document.region)}",
        f"来源：{document.origin}",
        f"效力状态：{document.status}",
        f"内容：随助手提供，{_repaired(len(document.repairs))}",
        f"状态：{_applies(applies=applies)}",
    )


def shipped_buttons(document: Document, place: str, *, applies: bool) -> Keys:
    words = f"{document.key}:{place}"
    repairs = ((Button("修复记录", "docrepairs", words),),) if document.repairs else ()
    return ((choice_button(words, applies=applies),), *repairs, *back_buttons(place))


def chosen(title: str, *, applies: bool) -> str:
    if applies:
        return f"{named(title)}已改为适用。"
    return f"{named(title)}已改为不适用，不再用于本社区答复。"


def repair_log(title: str, repairs: Sequence[Repair]) -> Text:
    """What stood there beside what stands there now."""
    rows = [
        f"第{one.line}行　{FLAWS.get(one.flaw, OTHER_FLAW)}：“{_short(one.before)}”{_after(one)}"
        for one in repairs[:SHOWN]
    ]
    more = f"另有{len(repairs) - SHOWN}处没有列出。" if len(repairs) > SHOWN else None
    return lines(bold(f"{named(title)}的修复记录：{len(repairs)}处"), fold(lines(*rows)), more)


def _after(one: Repair) -> str:
    return f"改为“{_short(one.after)}”" if one.after.strip() else "删去"


def _short(words: str) -> str:
    words = "".join(letter if letter.isprintable() else "□" for letter in words.strip("\n"))
    return words if len(words) <= QUOTED else words[:QUOTED] + "……"


def repair_buttons(words: str) -> Keys:
    return ((Button(BACK, "doc", words),),)


def ask_status(filed: Filed) -> Text:
    return lines(bold(f"核对{named(filed.title)}的状态"), ASK_STATUS)


def confirmed(status: str = STILL) -> str:
    return f"已登记：{status}，一年后再请核对。"


def status_buttons(words: str) -> Keys:
    rows = [
        (Button(status, "docchecked", f"{words}:{number}"),)
        for number, status in enumerate(STATUSES)
    ]
    return (
        *rows,
        (Button("已失效，撤回", "docwithdraw", words),),
        (Button(BACK, "doc", words),),
    )
