"""What is said about questions that the documents do not answer: to whoever asks, and to the workers."""

from collections.abc import Collection, Sequence
from datetime import date

from handlers.conversation import Button
from handlers.texts import dates
from handlers.texts.office import BACK, DROP
from handlers.texts.questions import REASONS, footer, title
from handlers.texts.setup import ROLES
from handlers.texts.text import Text, bold, fold, lines
from knowledge.passages import Clause, Passage
from records.model import Community, QuestionState, Role
from records.unanswered import Entry
from records.uses import Use

Rows = tuple[tuple[Button, ...], ...]

SUPPLEMENT = "本社区补充，非文件原文"
NOT_KEPT = "（原问题已不保存）"
FORGOTTEN = "原问题已不保存，请重新提问。"
IN_PRIVATE = "这类事项请到私聊办理。"
CONCERNS = "这个问题涉及个人，是否转给党务工作者？"
NOT_PASSED_ON = "没有转出，也没有保存这个问题。如需办理，请与工作人员联系。"
NONE_OF_THESE = Button("都不是，转工作人员", "noneofthese")
PERSONAL = "（涉及个人）"
NOTHING_OPEN = "目前没有待答问题。"
CLOSED = "已不予答复。"
EMPTY = "请直接写出答复，不超过2000字。"
NO_USES = "最近12个月还没有引用条款的记录。"
ON_A_PAGE, SHOWN = 8, 40  # entries, characters of a question in a list


def noted(entry: Entry) -> str:
    return f"已收录的文件中未找到相关规定，不能作答。{passed_on(entry)}"


def passed_on(entry: Entry) -> str:
    return f"已转工作人员（编号{entry.number}）。"


def pass_on_buttons() -> Rows:
    return ((Button("转", "passon", "yes"), Button("不转", "passon", "no")),)


def short(words: str, most: int = SHOWN) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= most else f"{flat[: most - 1]}…"


def listed(
    found: Sequence[Sequence[Entry]], personal: Collection[int], page: int, *, count: int
) -> Text:
    """待答问题 5个, most asked first, similar ones in one line."""
    if not count:
        return Text(NOTHING_OPEN)
    last = pages(found)
    return lines(
        bold(f"待答问题 {count}个") + (f"（第{page}页，共{last}页）" if last > 1 else ""),
        *(_line(place, group, personal) for place, group in _on(found, page)),
    )


def _line(place: int, group: Sequence[Entry], personal: Collection[int]) -> str:
    first, *others = group
    mark = PERSONAL if first.id in personal else ""
    times = sum(entry.times for entry in group)
    like = f"，另有{len(others)}个相近" if others else ""
    reason = f"，{REASONS[first.reason]}" if first.reason in REASONS else ""
    return f"{place}. {mark}{short(first.text)}　{times}次{like}{reason}"


def pages(found: Sequence[Sequence[Entry]]) -> int:
    return max(1, -(-len(found) // ON_A_PAGE))


def _on(found: Sequence[Sequence[Entry]], page: int) -> list[tuple[int, Sequence[Entry]]]:
    begin = (page - 1) * ON_A_PAGE
    return list(enumerate(found, start=1))[begin : begin + ON_A_PAGE]


def list_buttons(community: Community, found: Sequence[Sequence[Entry]], page: int) -> Rows:
    keys = [
        Button(f"{place}. {short(group[0].text, 16)}", "openq", f"{community.id}:{group[0].id}")
        for place, group in _on(found, page)
    ]
    turns = tuple(
        Button(label, "unanswered", f"{community.id}:{number}")
        for label, number in (("上一页", page - 1), ("下一页", page + 1))
        if 1 <= number <= pages(found)
    )
    more = (
        Button("本社区补充", "taughts", str(community.id)),
        Button("常用条款", "topuses", str(community.id)),
    )
    return (*((key,) for key in keys), *((turns,) if turns else ()), more)


def shown(
    entry: Entry,
    like: Sequence[Entry],
    place: tuple[Passage, Clause] | None,
    *,
    is_personal: bool,
) -> Text:
    """One question: its words, how often and when it was asked, why the answer did not help."""
    first, last = dates.long_day(entry.first_at), dates.long_day(entry.asked_at)
    when = first if first == last else f"{first}至{last}"
    return lines(
        bold(f"{entry.number}{PERSONAL if is_personal else ''}"),
        f"问：{entry.text}",
        f"提问：{entry.times}次，{when}",
        *_reason(entry, place),
        *(["相近的提问："] if like else []),
        *(f"· {short(one.text)}（{one.times}次）" for one in like),
    )


def _reason(entry: Entry, place: tuple[Passage, Clause] | None) -> list[Text | str]:
    if entry.reason not in REASONS:
        return []
    words: list[Text | str] = [f"没解决的原因：{REASONS[entry.reason]}。当时的答复："]
    if place is None:
        return [*words, "（该文件已撤回或更新）"]
    passage, clause = place
    return [*words, fold(clause.text), footer(passage, clause)]


def entry_buttons(entry: Entry, like: Sequence[Entry]) -> Rows:
    carried = f"{entry.community_id}:{entry.id}"
    back = Button(BACK, "unanswered", f"{entry.community_id}:1")
    if entry.state is not QuestionState.OPEN:
        return ((back,),)
    merge = (Button("合并", "mergeq", carried),) if like else ()
    return (
        (Button("答复", "answerq", carried), Button("不予答复", "closeq", carried)),
        (*merge, back),
    )


def really_close(entry: Entry) -> Text:
    return lines(
        bold(f"{entry.number} {short(entry.text)}"),
        "不予答复后移出待答问题，提问人不会收到消息。",
    )


def close_buttons(entry: Entry) -> Rows:
    carried = f"{entry.community_id}:{entry.id}"
    return ((Button("确认不予答复", "closeq", f"{carried}:yes"), Button(BACK, "openq", carried)),)


def which_to_merge(entry: Entry) -> Text:
    return lines(
        bold(f"{entry.number} {short(entry.text)}"),
        "请选择与它是同一个问题的提问。合并后一并答复。",
    )


def merge_buttons(entry: Entry, like: Sequence[Entry]) -> Rows:
    carried = f"{entry.community_id}:{entry.id}"
    every = ((Button("全部合并", "mergeq", f"{carried}:all"),),) if len(like) > 1 else ()
    return (
        *((Button(short(one.text), "mergeq", f"{carried}:{one.id}"),) for one in like),
        *every,
        (Button(BACK, "openq", carried),),
    )


def write(entry: Entry) -> Text:
    return lines(f"请写出对{entry.number}的答复，不超过2000字：", f"问：{entry.text}")


def write_buttons() -> Rows:
    return ((DROP,),)


def to_asker(entry: Entry, answer: str, community: Community, role: Role, day: date) -> Text:
    """关于您的提问“…”：… 本社区补充，非文件原文。 with role and date."""
    about = (
        "关于您标记“没解决”的答复"
        if entry.text == NOT_KEPT
        else f"关于您的提问“{short(entry.text, 100)}”"
    )
    return lines(
        f"{about}：",
        answer,
        f"{SUPPLEMENT}。",
        f"{community.name}{ROLES[role]}　{dates.long_day(day)}",
    )


def preview(letter: Text) -> Text:
    return lines(bold("提问人将收到："), letter, "需要改写的，请直接再发一遍。")


def preview_buttons(entry: Entry) -> Rows:
    carried = f"{entry.community_id}:{entry.id}"
    return ((Button("发送", "sendq", carried), DROP),)


def sent(entry: Entry, letter: Text, *, told: int, lost: int) -> Text:
    """To how many it goes; nobody is named, for nobody is known."""
    missing = f"其中{lost}人没有打开过与助手的私聊，收不到，可在群里另行说明。" if lost else None
    to = f"发给{told}位提问人" if told else "没有需要通知的提问人"
    return lines(
        bold(f"{entry.number}已答复，{to}。"),
        missing,
        fold(letter),
    )


def sent_buttons(entry: Entry, *, may_be_taught: bool) -> Rows:
    carried = f"{entry.community_id}:{entry.id}"
    teach = ((Button("收入知识库（须另一人同意）", "teachq", carried),),) if may_be_taught else ()
    return (*teach, (Button(BACK, "unanswered", f"{entry.community_id}:1"),))


def used(
    community: Community,
    found: Sequence[tuple[Use, Passage, Clause]],
    asked: Sequence[Entry],
    personal: Collection[int],
) -> Text:
    """常用条款 of the last twelve months, and what is asked most and has no answer; no persons."""
    clauses = [
        f"{place}. {title(passage.document)}{passage.cite(clause)}　{use.times}次　{short(clause.text)}"
        for place, (use, passage, clause) in enumerate(found, start=1)
    ]
    waiting = [
        f"{place}. {PERSONAL if entry.id in personal else ''}{short(entry.text)}　{entry.times}次"
        for place, entry in enumerate(asked, start=1)
    ]
    return lines(
        bold(f"{community.name}常用条款（最近12个月）"),
        *(clauses or [NO_USES]),
        bold("问得最多的待答问题"),
        *(waiting or [NOTHING_OPEN]),
    )


def back_buttons(community: Community) -> Rows:
    return ((Button(BACK, "unanswered", f"{community.id}:1"),),)
