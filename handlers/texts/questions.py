"""Answers from the documents: the clause first, the passage folded, the card as footer."""

from collections.abc import Iterable

from handlers.conversation import Button
from handlers.texts.text import Text, bold, fold, lines
from knowledge.library import Library, Suggestions
from knowledge.passages import Clause, Document, Passage

ASK_HOW = "请在 /ask 后写上问题，例如：/ask 工作会议要多少人到会"
NO_ANSWER = "已收录的文件中未找到相关规定，不能作答。可以换个说法再问，或请工作人员答复。"
SUGGESTIONS = "没有完全对得上的规定。您是想问："
UNSTATED = "原文未载明"


def answer(passage: Passage, clause: Clause) -> Text:
    """Result first: the clause in bold; then the whole passage with it, and where it stands."""
    text, start, end = passage.text, clause.start, clause.end
    marked = text[:start] + bold(text[start:end]) + text[end:]
    whole = clause.text.strip() == text.strip()
    return lines(None if whole else bold(clause.text), fold(marked), footer(passage))


def footer(passage: Passage) -> str:
    """出处：《…》第四条 ｜渝委发〔2006〕25号印发 ｜2006年7月25日 ｜时效待核实."""
    return " ｜".join([f"出处：{title(passage.document)} {passage.citation}", *card(passage.document)])


def title(document: Document) -> str:
    return document.title


def card(document: Document) -> list[str]:
    """Number, date and status; what the document itself does not state is said to be so."""
    return []


def suggestion_buttons(suggestions: Suggestions) -> tuple[tuple[Button, ...], ...]:
    """One row for each: the question, carrying the passage and the place of its clause."""
    return tuple(
        (
            Button(
                item.question,
                "ask",
                f"{item.passage.id}:{item.clause.start}:{item.clause.end}",
            ),
        )
        for item in suggestions.items
    )


def read_suggestion(words: str, library: Library) -> tuple[Passage, Clause] | None:
    """What a suggestion button carries; None if that passage is no longer there."""
    raise NotImplementedError


def sources(documents: Iterable[Document]) -> Text:
    """The cards of all documents."""
    raise NotImplementedError
