"""Asking at the keyboard: one question, or a file of them, of the documents that are open to everyone."""

import asyncio
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.app import SystemClock
from bot.config import Config, SettingsError
from bot.shelf import Shelf
from handlers import questions
from handlers.conversation import Reply
from handlers.texts.documents import named
from knowledge.library import Library, Suggestions
from knowledge.passages import Passage
from records import documents
from records.calendar import day_of
from records.database import Database


@dataclass(frozen=True)
class _Open:
    """The library, and the keys of what everybody may be shown of it (all, if there are none)."""

    library: Library
    keys: frozenset[str] | None = None


def one(config: Config, question: str) -> str:
    """The plain text of the answer, as the chat would show it; a suggestion is a line of its own."""
    known = _open(config)
    return _plain(questions.reply_to(question, known.library, seen=known.keys))


def batch(config: Config, file: Path) -> Iterator[str]:
    """A line of JSON for each line of the file: id, answer, citation, highlight, suggestions, suggested, text, ms.

    `follows` names an earlier line: its question, and those that one follows, are the dialogue so far.
    """
    rows = list(_rows(file))
    known = _open(config)
    asked: dict[str, tuple[str, ...]] = {}
    for row in rows:
        previous = asked.get(row["follows"], ())
        asked[row["id"]] = (*previous, row["q"])
        yield json.dumps(_answered(row, known, previous), ensure_ascii=False)


def _open(config: Config) -> _Open:
    """The shipped documents, and those that the operator published if there is a database yet."""
    database = Database(config.database)
    if database.file is not None and not database.file.is_file():
        return _Open(Library.load())
    return asyncio.run(_published(database))


async def _published(database: Database) -> _Open:
    try:
        await database.prepare()
        shelf = Shelf(database, Library.load())
        await shelf.refresh()
        async with database.begin() as db:
            keys = await documents.open_to_all(db, today=day_of(SystemClock().now()))
        return _Open(shelf.library, keys)
    finally:
        await database.close()


def _answered(row: dict[str, Any], known: _Open, previous: tuple[str, ...]) -> dict[str, Any]:
    started = time.perf_counter()
    found = questions.find(row["q"], known.library, previous=previous, seen=known.keys)
    spent = (time.perf_counter() - started) * 1000
    answer = questions.direct(found)
    suggestions = found.items if isinstance(found, Suggestions) else ()
    return {
        "id": row["id"],
        "answer": answer.passage.id if answer else None,
        "citation": _cited(answer.passage) if answer else None,
        "highlight": answer.clause.text if answer else None,
        "suggestions": [item.passage.id for item in suggestions],
        "suggested": [_cited(item.passage) for item in suggestions],
        "text": _plain(questions.said(found, question=row["q"])),
        "ms": round(spent, 3),
    }


def _cited(passage: Passage) -> str:
    """《…》第六条: the same wherever the document was brought in, unlike its id."""
    return named(passage.document.title) + passage.citation


def _plain(reply: Reply) -> str:
    (message,) = reply.messages
    keys = [button for row in message.buttons for button in row if button.action == "ask"]
    labels = [f"〔{button.label}〕" for button in keys]
    return "\n".join([message.text.plain, *labels])


def _rows(file: Path) -> Iterator[dict[str, str]]:
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
