"""`run.py knowledge`: one function for each command; the library is imported when it is needed."""

import argparse
import asyncio
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from bot.config import load

FAILED = 1
FILES = ".docx .pdf .txt .md .html，或问答表 .xlsx .csv .jsonl；可以写几个，每个不超过20MB"
YES = ("y", "yes", "是")
OPTIONS = {
    "title": ("--title", "题名"),
    "number": ("--number", "文号"),
    "issuer": ("--issuer", "发文机关"),
    "dated_on": ("--date", "日期"),
    "region": ("--region", "适用地域"),
    "status": ("--status", "效力状态"),
    "valid_until": ("--valid-until", "有效期至"),
}
"""The lines of a card that can be given, by their field."""


def add_to(commands: Any, parser: type[argparse.ArgumentParser]) -> None:
    knowledge = commands.add_parser("knowledge", help="收录、查看、撤回文件")
    acts = knowledge.add_subparsers(
        title="命令", metavar="命令", required=True, parser_class=parser
    )
    _describe_add(acts.add_parser("add", help="收录文件：先预览，确认后发布，打印编号"))
    listed = acts.add_parser("list", help="列出文件")
    listed.set_defaults(command=_list)
    shown = acts.add_parser("show", help="查看一份文件的来源信息和修复记录")
    shown.add_argument("key", metavar="编号", help="例如 d12")
    shown.add_argument("--text", action="store_true", help="一并打印全文")
    shown.set_defaults(command=_show)
    confirmed = acts.add_parser("confirm", help="登记一份文件核对后仍然有效，一年后再请核对")
    confirmed.add_argument("key", metavar="编号", help="例如 d12")
    confirmed.set_defaults(command=_confirm)
    withdrawn = acts.add_parser("withdraw", help="撤回一份文件，并核验已查不到")
    withdrawn.add_argument("key", metavar="编号", help="例如 d12")
    withdrawn.add_argument("--yes", action="store_true", help="不再询问，直接撤回")
    withdrawn.set_defaults(command=_withdraw)


def _describe_add(add: argparse.ArgumentParser) -> None:
    add.add_argument("files", nargs="+", type=Path, metavar="文件", help=FILES)
    for field, (option, words) in OPTIONS.items():
        described = f"{words}；不写则按文件所载"
        add.add_argument(option, dest=field, metavar=words, help=described)
    add.add_argument("--replaces", metavar="编号", help="取代哪份文件，例如 d12")
    add.add_argument("--community", metavar="社区", help="只用于这个社区；不写则用于各社区")
    add.add_argument("--yes", action="store_true", help="不再询问，直接发布")
    add.set_defaults(command=_add)


def _add(options: argparse.Namespace) -> None:
    """A line for each file that was published; failed if one was not."""
    from bot import knowledge_office

    given = {name: getattr(options, name) for name in OPTIONS}
    order = knowledge_office.Order(
        files=options.files,
        card={name: value for name, value in given.items() if value is not None},
        community=options.community,
        replaces=options.replaces,
        agrees=_agreement(options),
    )

    async def add() -> list[str | None]:
        keys = []
        async for key in knowledge_office.add(load(), order):
            _write([key] if key is not None else [])
            keys.append(key)
        return keys

    if None in asyncio.run(add()):
        sys.exit(FAILED)


def _list(_options: argparse.Namespace) -> None:
    from bot import knowledge_office

    _write(asyncio.run(knowledge_office.listed(load())))


def _show(options: argparse.Namespace) -> None:
    from bot import knowledge_office

    shown = knowledge_office.shown(load(), options.key, with_text=options.text)
    _write([asyncio.run(shown)])


def _confirm(options: argparse.Namespace) -> None:
    from bot import knowledge_office

    _write([asyncio.run(knowledge_office.confirm(load(), options.key))])


def _withdraw(options: argparse.Namespace) -> None:
    from bot import knowledge_office

    _write([asyncio.run(knowledge_office.withdraw(load(), options.key, _agreement(options)))])


def _agreement(options: argparse.Namespace) -> Callable[[str], bool]:
    return (lambda _question: True) if options.yes else _asked


def _asked(question: str) -> bool:
    """What is typed; nobody there means no."""
    sys.stderr.write(question)
    sys.stderr.flush()
    try:
        return input().strip().lower() in YES
    except EOFError:
        sys.stderr.write("\n")
        return False


def _write(lines: Iterable[str]) -> None:
    """Results go to stdout at once."""
    for line in lines:
        sys.stdout.write(line + "\n")
    sys.stdout.flush()
