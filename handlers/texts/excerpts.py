"""What is shown of a passage that is too long for one message: the surroundings of a clause, or one part after another."""

from handlers.texts.text import Text, bold, fold, lines
from knowledge.passages import Clause, Passage

BREAKS = "。；;\n"
CUT = "…（全文见查看原文）"
PART = 3000  # characters of a passage in one message


def around(passage: Passage, found: Clause, most: int) -> tuple[int, int]:
    """From the beginning of the passage if the clause is near it, else from the clause's sentence."""
    text, start = passage.text, 0
    if len(text) <= most:
        return 0, len(text)
    if found.end > most:
        start = 1 + _last_break(text, 0, found.start)
    if found.end > start + most:
        start = found.start
    end = start + most
    if found.end <= end < len(text):
        end = max(found.end, 1 + _last_break(text, start, end))
    return start, min(end, len(text))


def excerpt(passage: Passage, found: Clause, span: tuple[int, int], footer: str) -> Text:
    """The clause, then what stands around it; of a clause that is too long only its beginning."""
    text, (start, end) = passage.text, span
    if found.end > end:
        return lines(bold(text[found.start : end]) + CUT, footer)
    marked = text[start : found.start] + bold(found.text) + text[found.end : end]
    return lines(bold(found.text), fold(("…" if start else "") + marked + CUT), footer)


def parts(text: str) -> list[str]:
    """The whole text in pieces that end with a sentence."""
    found: list[str] = []
    start = 0
    while len(text) - start > PART:
        end = max(start + PART // 2, 1 + _last_break(text, start, start + PART))
        end = end if text[end - 1] in BREAKS else start + PART
        found.append(text[start:end])
        start = end
    return [*found, text[start:]]


def _last_break(text: str, start: int, end: int) -> int:
    return max(text.rfind(sign, start, end) for sign in BREAKS)
