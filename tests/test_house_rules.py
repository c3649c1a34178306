"""What linters cannot hold: where Chinese stands, a sentence for every “no”, a README that is complete."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import handlers
from handlers.texts import refusals
from records import errors
from records.errors import Refusal

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "handlers", "knowledge", "records", "scheduler")
HAN = re.compile(r"[\u4e00-\u9fff]")
CHINESE_BELONGS = re.compile(
    r"handlers/texts/|handlers/files/|handlers/dates\.py|handlers/__init__\.py|handlers/lines\.py"
    r"|knowledge/|bot/rehearsal/|bot/cli\.py|bot/asking\.py|bot/office\.py|bot/knowledge_office\.py|bot/knowledge_cli\.py|bot/program\.py"
    r"|bot/config\.py|bot/app\.py"
)
SOURCES = "".join(
    passage["text"]
    for passage in json.loads((ROOT / "tests" / "data" / "passages.json").read_text("utf-8"))
)
TEXTS = sorted((ROOT / "handlers" / "texts").glob("*.py"))


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """Every string of a module that is not a docstring."""
    tree = ast.parse(path.read_text("utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in docstrings:
            continue
        if isinstance(node.value, str):
            yield node.lineno, node.value


def test_chinese_stands_where_it_belongs() -> None:
    astray = [
        f"{path.relative_to(ROOT)}:{line} {words}"
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
        if not CHINESE_BELONGS.match(str(path.relative_to(ROOT)))
        for line, words in strings(path)
        if HAN.search(words)
    ]

    assert astray == []


def test_every_refusal_has_its_sentence() -> None:
    kinds = {
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, Refusal) and kind is not Refusal
    }

    assert kinds == set(refusals.SENTENCES) | set(refusals.FROM_FACTS)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_sentences_keep_the_house_style(path: Path) -> None:
    for line, words in strings(path):
        if not HAN.search(words):
            continue
        where = f"{path.name}:{line} {words}"
        assert not re.search(r"[!！]|亲[，。]|[哦呢]|逾期|未履行|未完成|管理员[^身设]", words), (
            where
        )
        assert words in SOURCES or not re.search(r"[\u4e00-\u9fff][,;?]", _own(words)), where


def _own(words: str) -> str:
    """Without what stands in full-width quotation marks: the source's own punctuation."""
    return re.sub(r"“[^”]*”", "", words)


def test_readme_names_every_command_and_every_setting() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")

    for command in handlers.COMMANDS:
        assert f"/{command.name}" in readme
    for words in ("python3 run.py test", "python3 run.py ", "@BotFather", "/setprivacy"):
        assert words in readme


def test_repository_holds_no_path_of_a_machine() -> None:
    forbidden = re.compile(r"/root/|/home/\w+/|\.\./shared")
    folder = f"{ROOT}/"
    folders = (*PACKAGES, "tests", "benchmarks", "docs", ".ci")
    files = [
        *ROOT.glob("*.md"),
        *ROOT.glob("*.toml"),
        ROOT / "run.py",
        *(path for name in folders for path in (ROOT / name).rglob("*")),
    ]
    for path in files:
        if (
            not path.is_file()
            or path.suffix in (".png", ".pyc", ".gz", ".otf")
            or path == Path(__file__)
        ):
            continue
        words = path.read_text("utf-8", errors="replace")
        assert forbidden.search(words) is None, path.relative_to(ROOT)
        assert folder not in words, path.relative_to(ROOT)
