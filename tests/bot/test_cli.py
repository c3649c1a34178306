"""The command line as a person uses it: results on stdout, one Chinese sentence on stderr, exit codes."""

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from openpyxl import load_workbook
from starlette.applications import Starlette

from bot.app import SystemClock
from bot.rehearsal import cast
from bot.rehearsal.host import HOST, serve
from bot.rehearsal.server import BotApi
from bot.rehearsal.state import Telegram
from tests.bot.terminal import ROOT, Done, dangwu

ONE_DAY_A_LINE = "请每行写一天，放假写作“2027-01-01,休”，上班写作“2027-02-07,班”。"


def days_of(folder: Path) -> list[tuple[str, int]]:
    """The days that were imported, and whether each is worked."""
    with sqlite3.connect(folder / "data" / "dangwu.sqlite3") as database:
        return database.execute(
            "SELECT day, is_workday FROM workday_overrides ORDER BY day"
        ).fetchall()


@asynccontextmanager
async def telegram() -> AsyncIterator[str]:
    """A local Bot API server; its address."""
    bot = {"id": 1000, "is_bot": True, "first_name": "党务助手", "username": cast.BOT_USERNAME}
    api = BotApi(Telegram(cast.TOKEN, bot, SystemClock().now))
    async with serve(Starlette(routes=api.routes()), port=0) as port:
        yield f"http://{HOST}:{port}"


@pytest.mark.parametrize(
    ("call", "code", "words"),
    [
        (("ask", "民主生活会每年召开几次"), 0, "每年应召开一次民主生活会"),
        (("run",), 1, "还没有设置 DANGWU_TOKEN"),
        (("knowledge", "list"), 0, "社区“大党委”问答"),
    ],
)
def test_program_starts_from_nothing(
    environment: dict[str, str], call: tuple[str, ...], code: int, words: str
) -> None:
    command = [sys.executable, "-X", "utf8", "-m", "bot", *call]
    done = subprocess.run(
        command, env=environment, cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )

    assert done.returncode == code
    assert words in done.stdout + done.stderr


def test_help_is_chinese(environment: dict[str, str]) -> None:
    shown = dangwu("--help", env=environment)

    assert shown.returncode == 0
    assert shown.stdout.startswith("用法：run.py")
    for english in ("usage", "options", "positional", "show this"):
        assert english not in shown.stdout
    for command in ("rehearse", "play", "run", "ask", "community", "backup", "workdays"):
        assert command in shown.stdout


def test_wrong_call_is_usage(environment: dict[str, str]) -> None:
    for words in ((), ("nosuch",), ("community",), ("workdays",), ("rehearse", "--port", "x")):
        wrong = dangwu(*words, env=environment)
        assert (wrong.returncode, wrong.stdout) == (2, "")
        assert "请看 --help。" in wrong.stderr


def test_empty_question_and_bad_places_get_a_sentence(
    environment: dict[str, str], tmp_path: Path
) -> None:
    for words, sentence in (
        (("ask",), "请写上问题，例如：python3 run.py ask 工作会议要多少人到会"),
        (("rehearse", "--port", "99999"), "端口应在 1 到 65535 之间。"),
        (
            ("community", "template", tmp_path / "none" / "a.xlsx"),
            f"没有文件夹 {tmp_path / 'none'}。请先建好，或换一个位置。",
        ),
    ):
        wrong = dangwu(*words, env=environment)
        assert (wrong.returncode, wrong.stdout, wrong.stderr) == (1, "", sentence + "\n")


async def test_roster_is_loaded_and_everybody_gets_a_link(
    environment: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "名册.xlsx"
    made = dangwu("community", "template", file, env=environment)
    assert (made.returncode, made.stdout) == (0, "")
    assert dangwu("community", "template", file, env=environment).returncode == 1

    async with telegram() as address:
        settings = {"DANGWU_TOKEN": cast.TOKEN, "DANGWU_API_BASE_URL": address}
        loaded = await _in_thread("community", "import", file, env=environment | settings)
    rows = [line.split("\t") for line in loaded.stdout.splitlines()]
    assert loaded.returncode == 0
    assert [row[:2] for row in rows] == [["李书明", ""], ["陈敏", "第一小学"], ["王岚", ""]]
    for _name, _unit, link, command in rows:
        assert link == f"https://t.me/{cast.BOT_USERNAME}?start={command.removeprefix('/bind ')}"


def test_roster_without_a_token_gives_codes_only(
    environment: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "名册.xlsx"
    dangwu("community", "template", file, env=environment)
    loaded = dangwu("community", "import", file, env=environment)

    assert loaded.returncode == 0
    assert "只打印绑定码" in loaded.stderr
    assert loaded.stdout.splitlines()[2].startswith("王岚\t\t\t/bind ")


def test_faulty_roster_imports_nothing(environment: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "名册.xlsx"
    dangwu("community", "template", file, env=environment)
    workbook = load_workbook(file)
    workbook["人员"]["C3"] = "主席"
    workbook.save(file)
    loaded = dangwu("community", "import", file, env=environment)

    assert (loaded.returncode, loaded.stdout) == (1, "")
    assert loaded.stderr == (
        "“人员”表第3行：“职务”不能是“主席”。请填书记、副书记、委员，或留空。\n"
    )
    assert not (tmp_path / "data" / "dangwu.sqlite3").exists()


async def test_staff_of_a_subdistrict_get_links_and_can_be_stopped(
    environment: dict[str, str], tmp_path: Path
) -> None:
    async with telegram() as address:
        settings = {"DANGWU_TOKEN": cast.TOKEN, "DANGWU_API_BASE_URL": address}
        words = ("subdistrict", "add", "人民街道办事处", "张华", "李敏")
        added = await _in_thread(*words, env=environment | settings)
    rows = [line.split("\t") for line in added.stdout.splitlines()]
    assert added.returncode == 0
    assert [row[:2] for row in rows] == [["张华", "人民街道"], ["李敏", "人民街道"]]
    for _name, _subdistrict, link, command in rows:
        assert link == f"https://t.me/{cast.BOT_USERNAME}?start={command.removeprefix('/bind ')}"
    assert added.stderr == (
        "人民街道现有0个社区；以下2人的链接和绑定码各用一次，请分别交给本人。\n"
    )

    stopped = dangwu("subdistrict", "remove", "人民街道", "张华", env=environment)
    assert (stopped.returncode, stopped.stdout) == (0, "已停用人民街道1人：张华。\n")
    unknown = dangwu("subdistrict", "remove", "人民街道", "王五", env=environment)
    assert (unknown.returncode, unknown.stderr) == (
        1,
        "该街道没有名为“王五”的工作人员。请核对街道和姓名。\n",
    )
    wrong = dangwu("subdistrict", "add", "人民街道", "13912345678", env=environment)
    assert (wrong.returncode, wrong.stderr) == (
        1,
        "街道或姓名没有看懂：不能太长，也不能含电话等号码。\n",
    )


def test_backup_is_a_whole_copy(environment: dict[str, str], tmp_path: Path) -> None:
    nothing = dangwu("backup", env=environment)
    assert (nothing.returncode, nothing.stdout) == (1, "")
    file = tmp_path / "名册.xlsx"
    dangwu("community", "template", file, env=environment)
    dangwu("community", "import", file, env=environment)

    made = dangwu("backup", tmp_path / "copy.sqlite3", env=environment)
    assert made.stdout == f"{tmp_path / 'copy.sqlite3'}\n"
    with sqlite3.connect(tmp_path / "copy.sqlite3") as copy:
        assert copy.execute("SELECT name FROM communities").fetchall() == [("幸福里社区",)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_holidays_are_imported_as_offices_write_them(
    environment: dict[str, str], tmp_path: Path, encoding: str
) -> None:
    file = tmp_path / "安排.csv"
    lines = (
        "日期，安排",
        "2027-01-01,休",
        "２０２７年１月２日，放假",
        "2027/1/3\t上班",
        "",
        '"2027.2.6","休",',
        "2027年2月7日班",
        "2027-2-6,班",
    )
    file.write_text("\n".join(lines), encoding)
    imported = dangwu("workdays", "import", file, env=environment)

    assert (imported.returncode, imported.stderr) == (0, "")
    assert imported.stdout == "已导入5天：休2天，班3天。\n"
    assert days_of(tmp_path) == [
        ("2027-01-01", 0),
        ("2027-01-02", 0),
        ("2027-01-03", 1),
        ("2027-02-06", 1),
        ("2027-02-07", 1),
    ]


def test_next_import_corrects_a_day_and_leaves_the_others(
    environment: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "安排.txt"
    file.write_text("2027-01-01,休\n2027-01-03,班\n", "utf-8")
    dangwu("workdays", "import", file, env=environment)
    file.write_text("2027-01-03,休\n", "utf-8")
    again = dangwu("workdays", "import", file, env=environment)

    assert again.stdout == "已导入1天：休1天，班0天。\n"
    assert days_of(tmp_path) == [("2027-01-01", 0), ("2027-01-03", 0)]


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ("2027-01-01,休\n2027-01-02,调休\n", "第2行：“调休”没有看懂。" + ONE_DAY_A_LINE),
        ("日期,安排\n\n2027-01-02\n", "第3行：没有写休或班。" + ONE_DAY_A_LINE),
        ("元旦,休\n2027-01-02,休\n", "第1行：“元旦,休”没有写明是哪一天。" + ONE_DAY_A_LINE),
        ("2027-02-30,休\n", "第1行：没有2027-02-30这一天。请核对日期。"),
        ("2027-1-1至1-3,休\n", "第1行：“至1-3,休”没有看懂。" + ONE_DAY_A_LINE),
        ("日期,安排\n", "文件中没有日期。" + ONE_DAY_A_LINE),
        ("PK\0\0", "安排.csv 不是文本文件。请另存为 .csv 或 .txt 后再导入。"),
    ],
)
def test_wrong_line_of_holidays_is_named_and_nothing_imported(
    environment: dict[str, str], tmp_path: Path, lines: str, fault: str
) -> None:
    file = tmp_path / "安排.csv"
    file.write_text(lines, "utf-8")
    refused = dangwu("workdays", "import", file, env=environment)

    assert (refused.returncode, refused.stdout, refused.stderr) == (1, "", fault + "\n")
    assert not (tmp_path / "data" / "dangwu.sqlite3").exists()


def test_holidays_that_are_not_there_get_a_sentence(
    environment: dict[str, str], tmp_path: Path
) -> None:
    for file, fault in (
        (tmp_path / "none.csv", f"找不到文件：{tmp_path / 'none.csv'}。请核对文件名。"),
        (tmp_path, f"打不开 {tmp_path.name}。请核对文件后再导入。"),
    ):
        refused = dangwu("workdays", "import", file, env=environment)
        assert (refused.returncode, refused.stdout, refused.stderr) == (1, "", fault + "\n")


def test_run_without_a_token_says_where_to_get_one(environment: dict[str, str]) -> None:
    run = dangwu("run", env=environment)

    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr == (
        "还没有设置 DANGWU_TOKEN。请在 .env 中填写 @BotFather 给的令牌，见 README。\n"
    )


def test_run_without_network_says_so(environment: dict[str, str]) -> None:
    run = dangwu("run", env=environment | {"DANGWU_TOKEN": cast.TOKEN})

    assert run.returncode == 1
    assert run.stderr.splitlines()[-1] == (
        "连接不上 Telegram。请检查网络；需要代理的，请设置 DANGWU_PROXY。"
    )


async def test_run_with_a_wrong_token_says_so(environment: dict[str, str]) -> None:
    async with telegram() as address:
        settings = {"DANGWU_TOKEN": "1000:wrong-token-of-nobody", "DANGWU_API_BASE_URL": address}
        run = await _in_thread("run", env=environment | settings)

    assert run.returncode == 1
    assert (
        run.stderr == "Telegram 不认识这个令牌。请核对 DANGWU_TOKEN，或在 @BotFather 重新获取。\n"
    )
    assert "wrong-token" not in run.stdout + run.stderr


@pytest.mark.parametrize("kind", ["folder", "garbage", "locked", "url"])
def test_database_that_cannot_be_opened_is_one_sentence(
    environment: dict[str, str], tmp_path: Path, kind: str
) -> None:
    file = tmp_path / "data" / "dangwu.sqlite3"
    file.parent.mkdir()
    settings = environment | {"DANGWU_TOKEN": cast.TOKEN}
    holder: sqlite3.Connection | None = None
    if kind == "folder":
        file.mkdir()
    if kind == "garbage":
        file.write_bytes(b"this is not a database" * 100)
    if kind == "locked":
        holder = sqlite3.connect(file, isolation_level=None)
        holder.execute("BEGIN EXCLUSIVE")
    if kind == "url":
        settings |= {"DANGWU_DATABASE_URL": "nosuch://x"}
    run = dangwu("run", env=settings)
    if holder is not None:
        holder.close()

    assert run.returncode == 1
    assert run.stderr == (
        "数据库打不开：文件损坏、被别的程序占用，或地址不对。请检查 DANGWU_DATA 和 DANGWU_DATABASE_URL。\n"
    )


def test_wrong_setting_is_named(environment: dict[str, str]) -> None:
    run = dangwu("run", env=environment | {"DANGWU_TOKN": "x"})

    assert (run.returncode, run.stderr) == (
        1,
        "环境变量中有不认识的设置：DANGWU_TOKN。请对照 .env.example 修改。\n",
    )


def test_half_year_plays_to_its_end(environment: dict[str, str]) -> None:
    played = dangwu("play", env=environment)

    assert (played.returncode, played.stderr) == (0, "")
    for words in (
        "参会人数不少于三分之二方可召开",
        "实到6人，已达到三分之二（需6人），计入7月会议。",
        "实到5人，因到会人数不足未召开，不计入8月会议。",
        "幸福里社区大党委8月会议还没有安排。",
        "刘强您好。贵单位今年下半年与幸福里社区大党委的联系沟通，目前还没有登记。",
        "已登记：建设银行幸福里支行，2026年9月12日（周六），来访。",
    ):
        assert words in played.stdout
    _before, after = played.stdout.split("2026年9月12日（周六），来访。", maxsplit=1)
    assert "刘强您好" not in after


async def _in_thread(*words: object, env: Mapping[str, str]) -> Done:
    """While the local server goes on in this event loop."""
    return await asyncio.to_thread(dangwu, *words, env=env)
