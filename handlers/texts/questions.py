"""Answers from the documents: the clause first, the passage folded, the card as footer."""

import re
from collections.abc import Iterable

from handlers.conversation import Button
from handlers.texts.excerpts import PART, around, excerpt, parts
from handlers.texts.text import Text, bold, fold, lines
from knowledge.library import Library, Suggestion, Suggestions
from knowledge.manners import Manner
from knowledge.passages import Clause, Document, Passage
from knowledge.premises import MAJORITY, Premise
from records.model import Verdict

HISTORICAL, BETWEEN = "历史查询", "：:，, "  # before a question about documents that no longer hold
ASK_HOW = "请在 /ask 后写上问题，例如：/ask 工作会议要多少人到会"
NO_ANSWER = "已收录的文件中未找到相关规定，不能作答。可以换个说法再问，或请工作人员答复。"
SUGGESTIONS, ALSO = "您是想问：", "另见："
TOO_MANY = "您在群里的提问较多，请到与我的私聊中继续。"
ANSWERED_ABOVE = "同样的问题刚刚答复过，请向上查看。"
SUGGESTION = re.compile(r"([\w.-]+):(\d+):(\d+)")
PREMISES = {
    Premise.CONFIRMED: "与文件表述一致：",
    Premise.CONTRADICTED: "与文件表述不一致：",
}
HALF = "文件表述为“半数以上同意”。是否含恰好一半，文件未说明；恰为半数时请主持人认定。\n"
REASONS = {
    Verdict.BESIDE_THE_POINT: "答非所问",
    Verdict.INCOMPLETE: "内容不全",
    Verdict.WRONG_CITATION: "引用有误",
    Verdict.OUTDATED: "文件可能过时",
    Verdict.OTHER: "其他",
}
THANKS_FOR = {True: "已记录，谢谢。", False: "已记录，工作人员会查看。"}
MANNERS = {
    Manner.GREETING: "您好。请直接写出要查的问题，例如：工作会议要多少人到会。",
    Manner.THANKS: "不客气。",
    Manner.WHO: "我是社区党务助手，可以查规定、办会议签到、提示例行事项。用法见 /help。",
    Manner.ABUSE: "请写出要查的问题。对答复不满意的，请与工作人员联系。",
    Manner.OUT_OF_BOUNDS: (
        "本助手不提供对个人的排名、评价和行为记录。会议签到等信息的保存范围见 /privacy。"
    ),
}
UNVERIFIED = "时效待核实"
UNSTATED = "原文未载明"
NOT_THE_DOCUMENT = "非文件原文"
SUPERSEDED = "已被新版本取代"


def answer(passage: Passage, clause: Clause, *, premise: Premise | None = None) -> Text:
    """Result first: the clause in bold; then the whole passage with it, and where it stands."""
    span = around(passage, clause, PART)
    if span != (0, len(passage.text)):
        return excerpt(passage, clause, span, footer(passage, clause))
    text, start, end = passage.text, clause.start, clause.end
    marked = text[:start] + bold(text[start:end]) + text[end:]
    whole = clause.text.strip() == text.strip()
    first = bold(clause.text)
    if premise is Premise.CONFIRMED and clause.text == MAJORITY[1]:
        first = HALF + first
    elif premise is not None:
        first = PREMISES[premise] + first
    return lines(None if whole else first, fold(marked), footer(passage, clause))


def footer(passage: Passage, clause: Clause) -> str:
    """出处：《…》第四条 ｜渝委发〔2006〕25号印发 ｜2006年7月25日 ｜时效待核实."""
    place = f"{title(passage.document)}{passage.cite(clause)}"
    mark = f"，{NOT_THE_DOCUMENT}" if passage.document.is_taught else ""
    return " ｜".join([f"出处：{place}{mark}", *card(passage.document)])


def title(document: Document) -> str:
    """《》 for what somebody issued; a space after the name of anything else: 本社区补充第3条 is one word."""
    if document.is_taught:
        return document.title
    is_issued = document.number or document.issuer or document.date
    return f"《{document.title}》" if is_issued else f"{document.title} "


def card(document: Document) -> list[str]:
    """Number, date and status; what the document does not state is said to be so."""
    if document.is_taught:
        return [document.origin]
    return [*([SUPERSEDED] if document.is_superseded else []), *_stated(document)]


def _stated(document: Document) -> list[str]:
    """The number tells who issued it; where there is none, the issuer is named."""
    if not (document.number or document.issuer or document.date):
        nothing = f"发文机关、文号、日期{UNSTATED}（{document.origin}）"
        return [nothing, *_valid_until(document)]
    issued = f"{document.number}印发" if document.number else f"文号{UNSTATED}"
    issuer = [document.issuer] if document.issuer and not document.number else []
    day = [_date(document) if document.date else f"日期{UNSTATED}"]
    return [issued, *issuer, *day, status(document), *_valid_until(document)]


def status(document: Document) -> str:
    """时效待核实, 现行有效, 参考材料."""
    return UNVERIFIED if document.status.startswith("是否") else document.status


def _valid_until(document: Document) -> list[str]:
    end = document.valid_until
    return [f"有效期至{end.year}年{end.month}月{end.day}日"] if end else []


def _date(document: Document) -> str:
    date = document.date
    return f"{date.year}年{date.month}月{date.day}日" if date else UNSTATED


def answer_buttons(
    passage: Passage, clause: Clause, others: Iterable[Suggestion] = ()
) -> tuple[tuple[Button, ...], ...]:
    """The whole passage, what else may be meant, and whether the answer helped."""
    place = _place(passage, clause)
    helped = (Button("已解决", "solved", place), Button("没解决", "unsolved", place))
    also = ((_asking(one, f"{ALSO}{one.question}"),) for one in others)
    return (*read_buttons(passage), *also, helped)


def read_buttons(passage: Passage) -> tuple[tuple[Button, ...], ...]:
    return ((Button("查看原文", "read", passage.id),),)


def reason_buttons(place: str) -> tuple[tuple[Button, ...], ...]:
    """Why an answer did not help, one reason a row."""
    return tuple(
        (Button(label, "unsolved", f"{place}/{verdict.value}"),)
        for verdict, label in REASONS.items()
    )


def neighbour_buttons(
    before: Passage | None, behind: Passage | None
) -> tuple[tuple[Button, ...], ...]:
    row = tuple(
        Button(f"{way}：{passage.citation}", "read", passage.id)
        for way, passage in (("上一条", before), ("下一条", behind))
        if passage is not None
    )
    return (row,)


def part_buttons(passage: Passage, part: int) -> tuple[tuple[Button, ...], ...]:
    """To the other parts of a passage that is too long for one message."""
    last = len(parts(passage.text))
    row = tuple(
        Button(label, "read", f"{passage.id}/{number}")
        for label, number in (("上一部分", part - 1), ("下一部分", part + 1))
        if 1 <= number <= last
    )
    return (row,) if row else ()


def whole(passage: Passage, part: int = 1) -> Text:
    """The passage as it stands in the document, folded; a long one part by part."""
    place = f"{title(passage.document)}{passage.citation}"
    chapter = f"　{passage.chapter}" if passage.chapter else ""
    pieces = parts(passage.text)
    number = min(max(part, 1), len(pieces))
    of = f"（第{number}部分，共{len(pieces)}部分）" if len(pieces) > 1 else ""
    heading = bold(f"{place}{chapter}{of}")
    return lines(heading, fold(pieces[number - 1]), footer(passage, passage.body))


def _place(passage: Passage, clause: Clause) -> str:
    """A clause in a button's 64 bytes."""
    return f"{passage.id}:{clause.start}:{clause.end}"


def suggestion_buttons(suggestions: Suggestions) -> tuple[tuple[Button, ...], ...]:
    """One row for each: the question, carrying the passage and the place of its clause."""
    return tuple((_asking(item, item.question),) for item in suggestions.items)


def _asking(item: Suggestion, label: str) -> Button:
    return Button(label, "ask", _place(item.passage, item.clause))


def read_suggestion(words: str, library: Library) -> tuple[Passage, Clause] | None:
    """What a suggestion button carries; None if that place is no longer there."""
    match = SUGGESTION.fullmatch(words)
    passage = library.passage(match[1]) if match else None
    if match is None or passage is None:
        return None
    start, end = int(match[2]), int(match[3])
    clause = Clause(start, end, passage.text[start:end])
    return (passage, clause) if clause.text else None


def sources(documents: Iterable[Document]) -> Text:
    """The cards of all documents, with everything they do not state."""
    found = Text("")
    for number, document in enumerate(documents, start=1):
        entry = lines(
            bold(f"{number}. {title(document).strip()}"),
            f"发文机关：{document.issuer or UNSTATED}",
            f"文号：{document.number or UNSTATED}",
            f"日期：{_date(document)}",
            f"适用地域：{document.region or UNSTATED}",
            f"来源：{document.origin}",
            f"效力状态：{document.status}",
            *_valid_until(document),
        )
        found = found + ("\n\n" if number > 1 else "") + entry
    return found
