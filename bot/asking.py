"""Asking at the keyboard: one question, or a file of them."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.config import SettingsError
from handlers import questions
from handlers.conversation import Reply
from knowledge.library import Library, Suggestions


def one(question: str) -> str:
    """The plain text of the answer, as the chat would show it; a suggestion is a line of its own."""
    return _plain(questions.reply_to(question, Library.load()))


def batch(file: Path) -> Iterator[str]:
    """A line of JSON for each line of the file: id, answer, highlight, suggestions, text, ms.

    `follows` names an earlier line: its question, and those that one follows, are the dialogue so far.
    """
    library = Library.load()
    asked: dict[str, tuple[str, ...]] = {}
    for row in _rows(file):
        previous = asked.get(row.get("follows", ""), ())
        asked[row["id"]] = (*previous, row["q"])
        yield json.dumps(_answered(row, library, previous), ensure_ascii=False)


def _answered(row: dict[str, Any], library: Library, previous: tuple[str, ...]) -> dict[str, Any]:
    started = time.perf_counter()
    found = questions.find(row["q"], library, previous=previous)
    spent = (time.perf_counter() - started) * 1000
    answer = questions.direct(found)
    suggestions = found.items if isinstance(found, Suggestions) else ()
    return {
        "id": row["id"],
        "answer": answer.passage.id if answer else None,
        "highlight": answer.clause.text if answer else None,
        "suggestions": [item.passage.id for item in suggestions],
        "text": _plain(questions.said(found, question=row["q"])),
        "ms": round(spent, 3),
    }


def _plain(reply: Reply) -> str:
    (message,) = reply.messages
    keys = [button for row in message.buttons for button in row if button.action == "ask"]
    labels = [f"〔{button.label}〕" for button in keys]
    return "\n".join([message.text.plain, *labels])


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    try:
        lines = file.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"读不了 {file}。请核对文件名，并存为 UTF-8 后再试。") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            yield {"id": str(row["id"]), "q": str(row["q"]), "follows": str(row.get("follows", ""))}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise SettingsError(
                f'{file} 第{number}行不是 {{"id":…,"q":…}} 形式的 JSON。请改正后再试。'
            ) from error
