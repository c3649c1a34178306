"""What is said while a file is brought in: whether it can be read, the preview, its card, its publication."""

from collections.abc import Sequence
from typing import NamedTuple

from handlers.conversation import Button
from handlers.texts.documents import CARD, STATUSES, UNSTATED, card_lines, named, size
from handlers.texts.office import DROP
from handlers.texts.questions import title
from handlers.texts.text import Text, bold, fold, lines
from knowledge.library import Answer, Suggestions
from knowledge.reading.result import Problem
from records.documents import Card, Filed
from records.model import Community

READING = "已收到文件，正在核对。"
SEND_VERSION = "请发送新版本的文件（不超过20MB）。发布前，现有版本照常作答。"
VERSION_FIRST = "正在等待新版本的文件。请发送文件，或点“取消”。"
WHICH = "这份文件收录到哪个社区："
NO_PASSAGES = "文件里没有可以作答的内容，没有收录。请核对后重新发送。"
NO_TITLE = "无题名文件"
DISCARDED = "已放弃，没有收录。"
CONFIRM_FIRST = "发布前请核对来源信息。有误或未载明的，请点“修改来源信息”。"
CARD_CHANGED = "来源信息已修改，请核对后发布。"
HOW_TO_EDIT = (
    "请复制下面几行，改好后整段发回。不知道的和没有期限的，保留“未载明”；"
    f"“效力状态”写{'、'.join(STATUSES[:-1])}或{STATUSES[-1]}。"
)
ROOM = {"title": 300, "number": 100, "issuer": 200, "region": 100, "origin": 200}  # characters
SHOWN = 60  # characters of a line or a clause that a sentence repeats
KEPT = "请补充或核对来源信息后发布。24小时内没有发布的，自动放弃。"
SPLIT = {
    "regulation": "按条款分为",
    "questions": "按问题分为",
    "pairs": "按问题分为",
    "text": "按标题和段落分为",
}
ORIGIN = "上传的文件"
PROBLEMS = {
    Problem.EMPTY: "文件里没有文字，没有收录。请核对后重新发送。",
    Problem.TOO_LARGE: "文件超过20MB，不能收录。请删去图片或拆分后再发。",
    Problem.OLD_WORD: "旧版 Word 文件不能读取。请另存为 .docx 后再发。",
    Problem.WPS: "WPS 格式的文件不能读取。请另存为 .docx 后再发。",
    Problem.SCANNED: "文件是扫描件，里面没有文字。请发送文字版，或识别成文字、核对后另存为 .docx 再发。",
    Problem.ENCRYPTED: "文件加了密码，不能读取。请取消密码后再发。",
    Problem.BOMB: "压缩内容异常，没有打开。请用 Word 或 Excel 重新另存后再发。",
    Problem.BROKEN: "文件已损坏，打不开。请用原来的程序打开后另存一份再发。",
    Problem.NO_TABLE: "表里没有“问题”和“答复”两列，不能收录。请写上这两个表头后再发；名册等表格，请先在 /roster 等处点相应的按钮再发。",
    Problem.TOO_MANY_ROWS: "问答表超过10000行，没有收录。请分成几个文件发送。",
    Problem.TOO_LONG: "文件内容过长，没有收录。请分成几个文件发送。",
    Problem.TOO_SLOW: "文件处理时间过长，没有收录。请另存为 .docx 或 .txt，或拆分后再发。",
    Problem.TOO_BIG_IN_MEMORY: "文件内容过多，没有收录。请删去图片或拆分后再发。",
}
AT_A_LINE = {
    Problem.BROKEN: "文件第{}行的写法有误，没有收录。请改正后再发。",
    Problem.NO_TABLE: "文件第{}行没有“question”和“answer”两项，没有收录。请补上后再发。",
    Problem.MIXED_ENCODING: "文件第{}行的文字编码与其他行不同，有乱码。请用记事本另存为 UTF-8 编码后再发。",
}
UNKNOWN_KIND = "不能读取{}文件，没有收录。请另存为 .docx 后再发；问答表请用 .xlsx、.csv 或 .jsonl。"
WRONG_EXTENSION = "文件名与内容不符：内容是 {} 文件。请把文件名的结尾改为 {} 后再发。"
MARKED = "文件上标有“{}”字样，不能收录。本助手只收录公开文件。"
NOT_FOUND = "已收录的文件中未找到"

Keys = tuple[tuple[Button, ...], ...]


class Trial(NamedTuple):
    """A question that was tried, and what would be answered to it once the document is published."""

    question: str
    found: Answer | Suggestions | None


def unreadable(problem: Problem, detail: str) -> str:
    """One sentence that says what to do next; nothing was changed."""
    if problem in AT_A_LINE and detail:
        return AT_A_LINE[problem].format(detail)
    if problem in PROBLEMS:
        return PROBLEMS[problem]
    if problem is Problem.UNKNOWN_KIND:
        return UNKNOWN_KIND.format(f" {detail} " if detail else "这种")
    if problem is Problem.WRONG_EXTENSION:
        return WRONG_EXTENSION.format(detail, detail)
    return MARKED.format(detail)


def origin(name: str) -> str:
    """Where the text came from, as long as nobody says it better."""
    return f"{ORIGIN}“{name[-100:]}”" if name else ORIGIN


def preview(
    card: Card,
    form: str,
    *,
    passages: int,
    repairs: int,
    trials: Sequence[Trial],
    replaced: Filed | None,
) -> Text:
    """What would be published, with what it would now answer."""
    before = None
    if replaced is not None:
        before = f"发布后取代第{replaced.version}版（{size(replaced.form, replaced.passages)}）。"
    return lines(
        bold(f"{named(card['title'])}可以收录，尚未发布。"),
        f"内容：{SPLIT[form]}{size(form, passages)}{f'；修复{repairs}处' if repairs else ''}。",
        before,
        *card_lines(card),
        *([bold("试问，发布后这样作答：")] if trials else []),
        *(_tried(number, one) for number, one in enumerate(trials, start=1)),
    )


def _tried(number: int, one: Trial) -> Text:
    return lines(f"{number}. {one.question}", fold(_found(one.found)))


def _found(found: Answer | Suggestions | None) -> str:
    match found:
        case Answer():
            place = f"{title(found.passage.document)}{found.passage.cite(found.clause)}"
            return f"“{_short(found.clause.text)}”（{place}）"
        case Suggestions():
            return f"您是想问：{'；'.join(_short(one.question) for one in found.items)}"
        case _:
            return NOT_FOUND


def _short(words: str) -> str:
    words = words.strip().replace("\n", " ")
    return words if len(words) <= SHOWN else words[:SHOWN] + "……"


def preview_buttons(words: str, *, repairs: int) -> Keys:
    log = ((Button("修复记录", "docrepairs", words),),) if repairs else ()
    return (
        *log,
        (Button("补充来源信息", "doccard", words),),
        (Button("发布", "docpublish", words), Button("放弃", "docdiscard", words)),
    )


def which_buttons(found: Sequence[Community]) -> Keys:
    return (*((Button(one.name, "docfor", str(one.id)),) for one in found), (DROP,))


def edit(filed: Filed) -> Text:
    return lines(HOW_TO_EDIT, "", *card_lines(filed))


def edited(filed: Filed) -> Text:
    return lines(bold(f"{named(filed.title)}的来源信息已修改："), *card_lines(filed)[1:])


def confirm(filed: Filed, *, is_changed: bool = False) -> Text:
    return lines(bold(CARD_CHANGED if is_changed else CONFIRM_FIRST), *card_lines(filed))


def confirm_buttons(words: str) -> Keys:
    """Under the card: it has been seen."""
    return (
        (Button("来源信息无误，发布", "docagreed", words),),
        (Button("修改来源信息", "doccard", words), Button("放弃", "docdiscard", words)),
    )


def unknown_line(line: str) -> str:
    return (
        f"没有看懂“{_short(line)}”这一行。每行请先写名称，再写冒号和内容，例如：{CARD['number']}：{UNSTATED}"
        f"。可写的名称：{'、'.join(CARD.values())}。"
    )


def not_a_day(field: str, value: str) -> str:
    return f"“{CARD[field]}”不是日期：{_short(value)}。请写作2026年12月1日，或“{UNSTATED}”。"


def not_a_status(value: str) -> str:
    return f"“{CARD['status']}”不能是“{_short(value)}”。请写{'、'.join(STATUSES)}中的一项。"


def missing(field: str) -> str:
    return f"“{CARD[field]}”不能空着。请写明后再发。"


def too_long(field: str) -> str:
    return f"“{CARD[field]}”太长。请缩短后再发。"


def private(field: str) -> str:
    return f"“{CARD[field]}”像电话或身份证号，不能保存。请删去后再发。"


def published(filed: Filed, replaced: Filed | None, *, offered_by: str | None = None) -> Text:
    """What follows, for a community or for all of a subdistrict."""
    whole = size(filed.form, filed.passages)
    now = "现在就可以提问。"
    if offered_by is not None:
        now = f"已提供给{offered_by}各社区，由各社区选择是否适用。"
    before = None
    if replaced is not None:
        before = f"第{replaced.version}版不再用于作答；提问以“历史查询”开头的，仍可查到。"
    return lines(
        bold(f"已发布{named(filed.title)}，共{whole}，{now}"),
        before,
        "居民和成员常用的问法，可以在“标准问题”中补充。",
    )


def published_buttons(words: str) -> Keys:
    return ((Button("标准问题", "docasks", words), Button("查看", "doc", words)),)


def drop_buttons() -> Keys:
    return ((DROP,),)
