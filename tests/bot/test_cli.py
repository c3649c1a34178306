"""The command line as a person uses it: results on stdout, one Chinese sentence on stderr, exit codes."""

import asyncio
import json
import os
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

LEFT_OUT = ("DANGWU_", "PYTHONDONTWRITEBYTECODE")  # settings, and what slows every start
ROOT = Path(__file__).parents[2]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A clean environment with a data folder of the test's own and a Telegram nobody answers for."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(LEFT_OUT)}
    return kept | {
        "DANGWU_DATA": str(tmp_path / "data"),
        "DANGWU_API_BASE_URL": f"http://{HOST}:9",
        "PYTHONUTF8": "1",
    }


def dangwu(*words: object, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot", *map(str, words)]
    return subprocess.run(
        command, env=dict(env), cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )


@asynccontextmanager
async def telegram() -> AsyncIterator[str]:
    """A local Bot API server; its address."""
    bot = {"id": 1000, "is_bot": True, "first_name": "党务助手", "username": cast.BOT_USERNAME}
    api = BotApi(Telegram(cast.TOKEN, bot, SystemClock().now))
    async with serve(Starlette(routes=api.routes()), port=0) as port:
        yield f"http://{HOST}:{port}"


def test_help_is_chinese(environment: dict[str, str]) -> None:
    shown = dangwu("--help", env=environment)

    assert shown.returncode == 0
    assert shown.stdout.startswith("用法：run.py")
    for english in ("usage", "options", "positional", "show this"):
        assert english not in shown.stdout
    for command in ("rehearse", "play", "run", "ask", "community", "backup"):
        assert command in shown.stdout


def test_wrong_call_is_usage(environment: dict[str, str]) -> None:
    for words in ((), ("nosuch",), ("community",), ("rehearse", "--port", "x")):
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


def test_one_question_prints_one_answer_and_nothing_else(environment: dict[str, str]) -> None:
    asked = dangwu("ask", "民主生活会", "每年召开几次", env=environment)

    assert (asked.returncode, asked.stderr) == (0, "")
    assert "每年应召开一次民主生活会" in asked.stdout.splitlines()[0]
    assert asked.stdout.splitlines()[-1].startswith(
        "出处：《重庆市街道社区党组织工作规定》第二十二条"
    )


def test_batch_answers_line_by_line_in_the_scorers_form(
    environment: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(
        '{"id": "a", "q": "民主生活会每年召开几次"}\n\n'
        '{"id": "b", "q": "会上干些什么", "follows": "a"}\n'
        '{"id": "c", "q": "明天下不下雨"}\n',
        "utf-8",
    )
    asked = dangwu("ask", "--batch", file, env=environment)
    rows = [json.loads(line) for line in asked.stdout.splitlines()]

    assert [row["id"] for row in rows] == ["a", "b", "c"]
    assert all(
        set(row) == {"id", "answer", "highlight", "suggestions", "text", "ms"} for row in rows
    )
    assert (rows[0]["answer"], rows[2]["answer"]) == ("reg-22", None)
    assert rows[0]["highlight"] in rows[0]["text"]
    assert rows[2]["text"].startswith("已收录的文件中未找到相关规定")


@pytest.mark.parametrize("content", ["not json\n", '{"id": 1}\n', "[]\n"])
def test_batch_that_cannot_be_read_names_the_line(
    environment: dict[str, str], tmp_path: Path, content: str
) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(content, "utf-8")
    asked = dangwu("ask", "--batch", file, env=environment)

    assert (asked.returncode, asked.stdout) == (1, "")
    assert "第1行不是" in asked.stderr


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


async def _in_thread(*words: object, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """While the local server goes on in this event loop."""
    return await asyncio.to_thread(dangwu, *words, env=env)
