"""The command line: one function for each command; results on stdout, progress on stderr."""

import argparse
import asyncio
import logging
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from bot import knowledge_cli, logs
from bot.config import SettingsError, load

FAILED, USAGE = 1, 2
COMPLAINTS = (
    (r"invalid choice: '(.*?)'", "没有“{}”这个命令。"),
    (r"unrecognized arguments: (.*)", "多出了：{}。"),
    (r"invalid \w+ value: '(.*?)'", "“{}”不是数字。"),
    (r"argument (\S+): expected one argument", "{} 后面还要写内容。"),
    (r"required|one of the arguments", "命令没有写完。"),
)
LOCKED = "数据库打不开：文件损坏、被别的程序占用，或地址不对。请检查 DANGWU_DATA 和 DANGWU_DATABASE_URL。"
IN_USE = "已有一个党务助手在使用这个数据库。请先停止它，或换一个 DANGWU_DATA。"
NO_COPY = "备份没有写成。请检查磁盘空间和目录权限后再试。"
BROKEN = "程序出错，没有办成。请把上面的记录交给运行本助手的人。"


class Parser(argparse.ArgumentParser):
    """argparse with Chinese headings and one clear sentence for a wrong call."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        super().__init__(add_help=False, **options)
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示本说明")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage: ", "用法：", 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", "用法：", 1)

    def error(self, message: str) -> NoReturn:
        sys.stderr.write(f"{self.format_usage()}{_chinese(message)}请看 --help。\n")
        sys.exit(USAGE)


def _chinese(message: str) -> str:
    """What argparse complains about, as far as it names what was written."""
    for pattern, words in COMPLAINTS:
        if match := re.search(pattern, message):
            return words.format(*match.groups())
    return "命令不完整或有误。"


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    logs.start(verbose=options.verbose)
    try:
        options.command(options)
    except KeyboardInterrupt:  # the ordinary end of what runs for ever
        sys.stderr.write("已中断。\n")
        return 0 if options.command in (_run, _rehearse) else FAILED
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception as error:
        sentence = _sentence(error)
        if sentence is None:
            logging.getLogger(__name__).exception("failed")
            sentence = BROKEN
        sys.stderr.write(sentence + "\n")
        return FAILED
    return 0


def _sentence(error: Exception) -> str | None:
    """What the person at the keyboard is told; None for a fault of the program."""
    from bot.delivery.election import InUse
    from handlers.texts import refusals
    from records.database import DatabaseUnavailable, NoCopy
    from records.errors import Refusal

    if isinstance(error, SettingsError):
        return str(error)
    if isinstance(error, Refusal):
        return refusals.sentence(error, private=True)
    if isinstance(error, InUse):
        return IN_USE
    if isinstance(error, NoCopy):
        return NO_COPY
    return LOCKED if isinstance(error, DatabaseUnavailable) else None


def _parser() -> Parser:
    parser = Parser(
        prog="run.py",
        description="党务助手：查规定、办会议签到、提示例行事项。",
        epilog="不写命令等于 rehearse；另有 run.py test 运行测试、run.py prepare 只准备环境。",
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="在标准错误输出更多运行记录")
    commands = parser.add_subparsers(
        title="命令", metavar="命令", required=True, parser_class=Parser
    )

    rehearse = commands.add_parser(
        "rehearse", help="打开演练群（在本机浏览器里试用，不连 Telegram）"
    )
    rehearse.add_argument("--port", type=int, default=8765, metavar="端口", help="默认 8765")
    rehearse.set_defaults(command=_rehearse)

    play = commands.add_parser("play", help="在演练群里演完半年，打印对话")
    play.set_defaults(command=_play)

    run = commands.add_parser("run", help="启动真正的机器人")
    run.set_defaults(command=_run)

    ask = commands.add_parser("ask", help="问一个问题，打印答复")
    ask.add_argument("question", nargs="*", metavar="问题", help="例如：工作会议要多少人到会")
    ask.add_argument(
        "--batch", type=Path, metavar="文件", help="每行一个 JSON：id、q、可选 follows"
    )
    ask.set_defaults(command=_ask)

    community = commands.add_parser("community", help="登记社区、单位和人员")
    acts = community.add_subparsers(
        title="命令", metavar="命令", required=True, parser_class=Parser
    )
    template = acts.add_parser("template", help="生成名册模板 .xlsx")
    template.add_argument("file", type=Path, metavar="文件", help="Excel 文件，以 .xlsx 结尾")
    template.set_defaults(command=_template)
    imported = acts.add_parser("import", help="导入名册，打印每人的绑定链接和绑定码")
    imported.add_argument("file", type=Path, metavar="文件", help="Excel 文件，以 .xlsx 结尾")
    imported.set_defaults(command=_import)

    knowledge_cli.add_to(commands, Parser)

    subdistrict = commands.add_parser("subdistrict", help="登记街道工作人员")
    staff = subdistrict.add_subparsers(
        title="命令", metavar="命令", required=True, parser_class=Parser
    )
    for name, command, words in (
        ("add", _add_staff, "增加街道工作人员，打印每人的绑定链接和绑定码"),
        ("remove", _remove_staff, "停用街道工作人员（其绑定随即解除）"),
    ):
        act = staff.add_parser(name, help=words)
        act.add_argument("subdistrict", metavar="街道", help="与社区登记的街道名称相同")
        act.add_argument("names", nargs="+", metavar="姓名", help="一人或多人")
        act.set_defaults(command=command)

    backup = commands.add_parser("backup", help="备份数据库（可在助手运行时使用）")
    backup.add_argument(
        "file", type=Path, nargs="?", metavar="文件", help="默认存入数据目录的 backups"
    )
    backup.set_defaults(command=_backup)

    workdays = commands.add_parser("workdays", help="登记放假调休安排")
    days = workdays.add_subparsers(title="命令", metavar="命令", required=True, parser_class=Parser)
    arranged = days.add_parser(
        "import",
        help="导入公布的放假调休安排",
        epilog="每行写一天：放假写作“2027-01-01,休”，上班写作“2027-02-07,班”。同一天以后写的为准。",
    )
    arranged.add_argument("file", type=Path, metavar="文件", help="文本文件，.csv 或 .txt")
    arranged.set_defaults(command=_import_workdays)
    return parser


def _rehearse(options: argparse.Namespace) -> None:
    from bot.rehearsal import group

    if not 0 <= options.port <= 65535:
        raise SettingsError("端口应在 1 到 65535 之间。")
    asyncio.run(group.rehearse(port=options.port))


def _play(_options: argparse.Namespace) -> None:
    from bot.rehearsal import play

    asyncio.run(play.play())


def _run(_options: argparse.Namespace) -> None:
    from bot import program

    asyncio.run(program.run(load()))


def _ask(options: argparse.Namespace) -> None:
    from bot import asking

    if options.batch is not None:
        for line in asking.batch(load(), options.batch):
            print(line, flush=True)
        return
    question = " ".join(options.question).strip()
    if not question:
        raise SettingsError("请写上问题，例如：python3 run.py ask 工作会议要多少人到会")
    print(asking.one(load(), question))


def _template(options: argparse.Namespace) -> None:
    from handlers.files import roster

    if options.file.exists():
        raise SettingsError(f"{options.file} 已存在。请换一个文件名，以免覆盖。")
    if not options.file.absolute().parent.is_dir():
        raise SettingsError(f"没有文件夹 {options.file.parent}。请先建好，或换一个位置。")
    options.file.write_bytes(roster.template())
    sys.stderr.write(f"已生成 {options.file}，请按“填表说明”填写后导入。\n")


def _import(options: argparse.Namespace) -> None:
    from bot import office

    for line in asyncio.run(office.load_community(load(), options.file)):
        print(line)


def _add_staff(options: argparse.Namespace) -> None:
    from bot import office

    for line in asyncio.run(office.add_staff(load(), options.subdistrict, options.names)):
        print(line)


def _remove_staff(options: argparse.Namespace) -> None:
    from bot import office

    print(asyncio.run(office.remove_staff(load(), options.subdistrict, options.names)))


def _backup(options: argparse.Namespace) -> None:
    from bot import office

    print(asyncio.run(office.back_up(load(), options.file)))


def _import_workdays(options: argparse.Namespace) -> None:
    from bot import office

    print(asyncio.run(office.load_workdays(load(), options.file)))
